"""Reads a trace of `strace -f -y -s BIG` and judges whether each HTTP 201 left only after its commit was fsynced.
Arguments: the trace, then for each expected 201 in order a text that its transaction writes (a title, say).

For answer n the text n must first appear in the WAL after answer n-1. SQLite writes a transaction as frames, each a
24-byte header and a page; the header of the last one carries the database's size: the commit. An fsync or fdatasync
of that file must begin after the commit frame is written and succeed before the answer is begun. What other
transactions (a job in the background) write meanwhile does not matter.
"""

import re
import sys
from dataclasses import dataclass

CALL = re.compile(r"^(?P<pid>\d+)\s+[\d:.]+\s+(?P<name>\w+)\((?P<rest>.*)$", re.DOTALL)
RESUMED = re.compile(r"^(?P<pid>\d+)\s+[\d:.]+\s+<\.\.\. (?P<name>\w+) resumed>(?P<rest>.*)$", re.DOTALL)
RESULT = re.compile(r"\)\s+= (-?\d+)(?: |$)[^\"]*$")
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
FILE = re.compile(r"^\d+<(.*?)>[,)\s]")
SYNCS = {"fsync", "fdatasync"}
FRAME_HEADER_BYTES = 24
EXCERPT_LINES_MAX = 40


@dataclass
class Event:
    name: str
    file: str
    data: bytes
    begin: int  # line on which the call was entered
    end: int  # line on which it returned; the same when nothing happened meanwhile

    @property
    def to_wal(self):
        return self.file.endswith("-wal")


def parse(lines):
    """The calls that succeeded, in the order of their beginnings."""
    events, open_calls = [], {}
    for number, line in enumerate(lines):
        line = line.rstrip("\n")
        if call := CALL.match(line):
            begin, rest = number, call["rest"]
            if rest.endswith("<unfinished ...>"):
                open_calls[call["pid"]] = (call["name"], begin, rest)
                continue
            name = call["name"]
        elif (call := RESUMED.match(line)) and call["pid"] in open_calls:
            name, begin, first = open_calls.pop(call["pid"])
            rest = first.removesuffix("<unfinished ...>") + call["rest"]
        else:
            continue
        result, file = RESULT.search(rest), FILE.match(rest)
        if not result or not file or int(result[1]) < 0:
            continue
        text = "".join(STRING.findall(rest))
        data = text.encode("latin-1").decode("unicode_escape").encode("latin-1")
        events.append(Event(name, file[1], data, begin, number))
    return sorted(events, key=lambda event: event.begin)


def commit_of(writes, text):
    """The write that completes the first transaction in which the text appears, or None."""
    first = next((write for write in writes if text in write.data), None)
    if first is None:
        return None
    frames = [write for write in writes if write.file == first.file]
    start = max(frames.index(first) - 1, 0)  # the text stands in a page, its header is the write before
    for header, page in zip(frames[start:], frames[start + 1 :]):
        if len(header.data) == FRAME_HEADER_BYTES and header.data[4:8] != bytes(4):
            return page
    return None


def fault(events, previous_end, answer, text):
    """What is wrong with this answer, or None."""
    writes = [e for e in events if e.to_wal and e.name not in SYNCS and e.begin > previous_end]
    commit = commit_of(writes, text)
    if commit is None:
        return "its commit is not in the WAL"
    for e in events:
        if e.name in SYNCS and e.file == commit.file and e.begin > commit.end and e.end < answer.begin:
            return None
    return "no fsync of the WAL succeeded between its commit and it"


def judge(lines, texts):
    """Faults as (answer's number, line before it, its line, what is wrong)."""
    events = parse(lines)
    answers = [e for e in events if not e.to_wal and e.data.startswith(b"HTTP/1.1 201")]
    if not texts or len(answers) != len(texts):
        return [(0, -1, len(lines) - 1, f"{len(answers)} answers 201 in the trace, expected {len(texts)}")]
    faults, previous_end = [], -1
    for number, (answer, text) in enumerate(zip(answers, texts), 1):
        if wrong := fault(events, previous_end, answer, text.encode()):
            faults.append((number, previous_end, answer.end, wrong))
        previous_end = answer.end
    return faults


def main(path, *texts):
    with open(path, encoding="latin-1", newline="\n") as file:
        lines = file.readlines()
    faults = judge(lines, texts)
    for number, begin, end, wrong in faults[:1]:
        print(f"answer {number}: {wrong}. The trace up to it:", file=sys.stderr)
        for line in lines[begin + 1 : end + 1][-EXCERPT_LINES_MAX:]:
            line = line.rstrip("\n")
            print("  " + (line if len(line) <= 200 else line[:120] + " ... " + line[-70:]), file=sys.stderr)
    if not faults:
        print(f"{len(texts)} of {len(texts)} answers were preceded by an fsync of the WAL")
    elif len(faults) > 1 or faults[0][0]:
        print(f"{len(faults)} of {len(texts)} answers were not preceded by an fsync of the WAL", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
