"""Contract fuzzing: requests made from the API document, against a server on each database. See README.md."""

import argparse
import multiprocessing
import os
import sys
import time
from collections import namedtuple
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import cases
from document import Document
from findings import compare
from reasons import BEYOND_THE_SCHEMA
from run import Run
from server import Postgres, Server, Sqlite

ROOT = Path(__file__).resolve().parents[3]
DEFAULT_BINARY = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"), "debug", "dispatch")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=10, help="random requests per operation and mode (10)")
    parser.add_argument("--batch", type=int, default=10, help="random requests per operation, mode and round (10)")
    parser.add_argument("--seconds", type=int, default=240, help="no round begins after this time (240)")
    parser.add_argument("--seed", type=int, default=1, help="where random requests begin (1)")
    parser.add_argument("--document", type=Path, default=ROOT / "openapi.json", help="the API document (openapi.json)")
    parser.add_argument("--only", help="operations whose id contains this text; coverage is not judged")
    parser.add_argument("--database", choices=["sqlite", "postgres"], help="one database instead of both")
    parser.add_argument("--all", action="store_true", help="fail for a listed reason that was never met")
    return parser.parse_args()


def databases(only):
    """SQLite always; PostgreSQL when there is a cluster, and never silently without."""
    found = []
    if only != "postgres":
        found.append(Sqlite())
    if only != "sqlite":
        if not (url := os.environ.get("DISPATCH_TEST_POSTGRES")):
            sys.exit("fuzz: DISPATCH_TEST_POSTGRES is not set: run this through scripts/with-postgres.sh")
        found.append(Postgres(url))
    return found


def main():
    options = arguments()
    binary = Path(os.environ.get("DISPATCH_BIN", DEFAULT_BINARY))
    if not binary.exists():
        sys.exit(f"fuzz: no server at {binary}: cargo build -p dispatch-server")
    document = Document(options.document)
    operations = cases.load(document)
    if options.only:
        operations = {id: one for id, one in operations.items() if options.only in id}
    started = time.monotonic()
    with ExitStack() as stack:
        servers = [(one.name, stack.enter_context(Server(binary, one))) for one in databases(options.database)]
        runs = [Run(document, operations, name, server) for name, server in servers]
        plan = partial(cases.plan, operations, options.seed, options.examples, options.batch)
        rounds = fuzz(runs, plan, started + options.seconds)
    report(runs, rounds, time.monotonic() - started, options.all)


def fuzz(runs, plan, deadline):
    """Sends round after round to every server until they or the time are over; the first is always finished.
    The first database is asked here, each other one in a process of its own: to make and to judge requests is nearly all the work."""
    first, *others = runs
    apart = [Apart(run, plan) for run in others]
    rounds = 0
    first.begin()
    for cases_of in plan():
        first.round(cases_of)
        rounds += 1
        over = time.monotonic() > deadline
        for other in apart:
            other.tell(first, over)
        if over:
            break
    first.end()
    for other in apart:
        other.join()
    return rounds


class Apart:
    """A run in a process of its own, which makes the same rounds from the same plan and compares its answers with the first run's."""

    def __init__(self, run, plan):
        self.run = run
        processes = multiprocessing.get_context("fork")
        self.ours, theirs = processes.Pipe()
        self.process = processes.Process(target=self._work, args=(plan, theirs))
        self.process.start()
        theirs.close()  # so that its end is noticed

    def tell(self, first, over):
        """What the first run was answered in this round, and whether it was the last."""
        answers = [(id, status, None) for id, status, _ in first.answers]
        self._ask(lambda: self.ours.send((first.name, answers, over)))

    def join(self):
        """Takes over what the process found."""
        run = self.run
        found = self._ask(self.ours.recv)
        run.findings, run.succeeded, run.requests, run.digest, run.checks.reasons_met = found
        self.process.join()

    def _ask(self, act):
        try:
            return act()
        except (EOFError, BrokenPipeError):
            sys.exit(f"fuzz: the run on {self.run.name} ended before its time")

    def _work(self, plan, pipe):
        run = self.run
        run.begin()
        for cases_of in plan():
            run.round(cases_of)
            name, answers, over = pipe.recv()
            compare([Answers(name, answers), run])
            if over:
                break
        run.end()
        pipe.send((run.findings, run.succeeded, run.requests, str(run.digest), run.checks.reasons_met))


# As much of a run as is compared.
Answers = namedtuple("Answers", "name answers")


def report(runs, rounds, seconds, all_reasons):
    passed = failed = 0
    for run in runs:
        for line in run.findings.lines():
            print(line)
        failed += len(run.findings.operations())
        passed += len(run.operations.keys() - run.findings.operations())
        print(
            f"{run.name}: {len(run.succeeded)} of {len(run.document.operations)} operations answered 2xx, "
            f"{run.requests} requests, {len(run.findings)} findings, fingerprint of the requests {run.digest}"
        )
    met = set().union(*(run.checks.reasons_met for run in runs))
    print(f"{rounds} rounds in {seconds:.0f} s; {len(met)} of {len(BEYOND_THE_SCHEMA)} listed reasons were met")
    unmet = [reason for reason in BEYOND_THE_SCHEMA if reason not in met] if all_reasons else []
    for reason in unmet:
        print(f"UNMET {reason.operations}: {reason.code} {reason.field}: {reason.message}: take it out of reasons.py")
    failed += len(unmet)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
