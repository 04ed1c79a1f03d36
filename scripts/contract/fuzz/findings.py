"""What was found, each finding once, with a request that repeats it."""

import hashlib
import re
import shlex
from collections import Counter

from checks import Problem

BODY_SHOWN_MAX = 3000
HEADERS_SHOWN = {"authorization", "content-type", "cookie", "idempotency-key", "x-idempotency-key", "x-csrf-token"}
STAND_INS = {r"\bsk_live_(?!nobody)\w+": "$KEY", r"\bst_\w+": "$SESSION"}


class Findings:
    """Findings of one database; the shortest request of each is kept."""

    def __init__(self):
        self.times, self.shortest = Counter(), {}

    def add(self, operation, problems, request):
        for problem in problems:
            key = (operation, problem.kind, problem.text)
            self.times[key] += 1
            command = curl(request) if request is not None else ""
            if key not in self.shortest or len(command) < len(self.shortest[key]):
                self.shortest[key] = command

    def __len__(self):
        return len(self.times)

    def operations(self):
        return {operation for operation, _, _ in self.times}

    def lines(self):
        for key, times in sorted(self.times.items()):
            operation, kind, text = key
            yield f"FOUND {operation}: {kind}: {text} ({times} times)"
            if self.shortest[key]:
                yield f"  {self.shortest[key]}"


def curl(request):
    """The request as a command line; `$URL` and credentials are left for the reader, since this server is gone by then."""
    words = ["curl", "-i", "-X", request.method]
    for name, value in request.headers.items():
        if name.lower() in HEADERS_SHOWN:
            value = value if isinstance(value, str) else value.decode("latin-1")
            for pattern, stand_in in STAND_INS.items():
                value = re.sub(pattern, stand_in, value)
            words += ["-H", f"{name}: {'$CSRF' if name == 'X-CSRF-Token' else value}"]
    if request.body:
        body = request.body.decode(errors="backslashreplace") if isinstance(request.body, bytes) else str(request.body)
        cut = f"... {len(body)} characters" if len(body) > BODY_SHOWN_MAX else ""
        words += ["--data-binary", body[:BODY_SHOWN_MAX] + cut]
    path = request.url.partition("/v1")[2]
    return f"{shlex.join(words)} \"$URL/v1\"{shlex.quote(path)}"


# Whether an attempt is under way at this moment is a matter of time, and not of the database.
TIMED = {"webhooks.retryDelivery", "automations.retryRun"}


def compare(runs):
    """Every database answers the same request with the same status; a difference is a finding of the later one."""
    first, *others = runs
    for other in others:
        for (id, status, _), (_, other_status, request) in zip(first.answers, other.answers):
            if status != other_status and id not in TIMED:
                text = f"{other_status} where {first.name} answers {status}"
                other.findings.add(id, [Problem("databases differ", text)], request)


class Digest:
    """A fingerprint of all requests, in which ids and tokens of this run are left out: equal runs have equal ones."""

    RANDOM = re.compile(rb"[0-9a-hjkmnp-tv-z]{26,}")

    def __init__(self):
        self.hash = hashlib.sha256()

    def add(self, request):
        body = request.body.encode() if isinstance(request.body, str) else request.body or b""
        path = request.url.partition("/v1")[2].encode()
        text = b"\n".join((request.method.encode(), path, body))
        self.hash.update(self.RANDOM.sub(lambda found: b"*%d" % len(found[0]), text))

    def __str__(self):
        return self.hash.hexdigest()[:12]
