"""The crash experiment: kills the server at random moments under a mixed load, and looks for everything that it has answered.

python3 -B scripts/proof/crash --binary target/release/dispatch --kills 1000 --seed 1 [--database postgres://...]
    [--disaster none|unsynced|full-disk|read-only|clock-back]
python3 -B scripts/proof/crash --binary ... --self-test: a disk that lies about fsync must be found out.

It knows the server by its API, its mail and its commands alone. Ends with 1 when something was lost, doubled, has a hole or is wrong.
"""

import argparse
import json
import os
import pathlib
import random
import shutil
import signal
import sys
import tempfile
import threading
import time
import types

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import disaster
import server
from book import Book
from listen import Follower, Receiver, Relay
from load import Sender, Writer
from server import Api, Gone, Place
from verify import HOOKED, Broken, Log, Verifier

WRITERS = 8
LIFE_SECONDS = (0.05, 2.0)
KILLED_WHILE_STARTING = 0.08
STOPPED_BY_TERM = 0.04
DOCTOR_EVERY = 10
EVERYTHING_EVERY = 50
TAGS = ("red", "green", "blue", "billing", "vip", "printer")


class Brand:
    def __init__(self, api, slug):
        made = created(api, "/brands", {"name": slug.title(), "slug": slug})
        self.id, self.slug, self.path = made["id"], slug, f"/brands/{made['id']}"
        self.tags = {tag: created(api, f"{self.path}/tags", {"name": tag})["id"] for tag in TAGS}
        self.inbound = created(api, f"{self.path}/inbound-token", {})["token"]


def created(api, path, body):
    status, answer = api.ask("POST", path, body)
    if status != 201:
        raise SystemExit(f"crash: POST {path} answered {status}: {answer}")
    return answer


class Run:
    """One experiment."""

    def __init__(self, options, kind):
        self.options = options
        self.random = self.seeded("run", 0)
        self.book, self.over = Book(shown=1 if options.self_test else 20), threading.Event()
        self.kills = 0
        self.disaster = kind(self)
        base = "/dev/shm" if self.disaster.in_memory and os.path.isdir("/dev/shm") else None
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="dispatch-crash-", dir=base)).resolve()
        self.process = self.place = None

    def seeded(self, *names):
        return random.Random(f"{self.options.seed} {names}")

    def refused(self, status, answer, kind, brand, key):
        """A write that was not taken. That is wrong, unless the disaster explains it; then nothing of it may be there."""
        answer = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
        if self.disaster.refuses and status in (500, 503, 507):
            self.book.refuse(f"{kind} {status}", brand, key)
            time.sleep(0.005)
        else:
            self.book.finding("wrong", f"{kind} was answered with {status}: {answer}")

    def begin(self):
        self.disaster.prepare()
        self.place = Place(self.options.binary, self.root, self.options.database)
        self.disaster.begin()
        self.receiver, self.relay = Receiver(self.book), Relay(self.book)
        self.place.relay = self.relay.server_address[1]
        self.key = self.place.key()
        self.disaster.dead()  # a key that was printed is there, whatever happens next
        self.start()
        api = Api(self.place.http, self.key)
        self.brands = [Brand(api, slug) for slug in ("one", "two", "three")]
        self.hooks = []
        one, two, _ = self.brands
        self.hook(api, one, "/all", ["*"], lambda kind: kind.split(".")[0] in HOOKED)
        self.hook(api, two, "/tickets", ["ticket.*", "comment.created"], lambda kind: kind.startswith("ticket.") or kind == "comment.created")
        self.writers = [Writer(self, number) for number in range(WRITERS)]
        self.senders = [Sender(self, number, by_smtp=number < 2) for number in range(3)]
        self.verifier = Verifier(self)
        self.follower = Follower(self, one)
        self.follower.start()

    def hook(self, api, brand, path, events, wants):
        since = int(api.get(f"{brand.path}/events?after=now")["position"])
        made = created(api, f"{brand.path}/webhooks", {"url": self.receiver.url(path), "events": events})
        self.hooks.append((brand, f"{brand.path}/webhooks/{made['id']}", path, since, wants))

    def start(self):
        for _ in range(3):
            self.process = self.place.serve()
            if self.process:
                return
            if "in use" not in self.place.log()[-2000:]:
                break
            time.sleep(1)
        raise Broken(f"the server does not start any more:\n{self.place.log()[-3000:]}")

    def kill(self):
        at = time.time()
        server.kill(self.process)
        self.kills += 1
        self.over.set()
        return at

    def life(self):
        """Clients write until the server is killed."""
        self.over.clear()
        threads = [threading.Thread(target=one.live, daemon=True) for one in self.writers + self.senders]
        for thread in threads:
            thread.start()
        low, high = LIFE_SECONDS
        self.disaster.live(low * (high / low) ** self.random.random())
        if self.process.poll() is not None:
            self.book.finding("wrong", f"the server ended by itself:\n{self.place.log()[-2000:]}")
        at = self.kill()
        for thread in threads:
            thread.join(90)
            if thread.is_alive():
                raise SystemExit("crash: a client hangs")
        self.disaster.dead()
        return at

    def next_life(self, at):
        """Starts the server, sometimes several times, and looks at it once no connection of the dead one is left."""
        while self.random.random() < KILLED_WHILE_STARTING and self.kills < self.options.kills:
            self.process = self.place.spawn()
            time.sleep(self.random.random() * 0.06)
            at = self.kill()
            self.book.fact("killed while starting")
            self.disaster.dead()
        self.start()
        if self.options.database:
            self.place.others_are_gone(at)
        if self.random.random() < STOPPED_BY_TERM:
            self.stop()
            self.disaster.dead()
            self.start()

    def stop(self):
        Api(self.place.http, self.key).get("/health")  # one that has not said yet where it listens ends as any process does
        self.process.send_signal(signal.SIGTERM)
        if status := self.process.wait(60):
            self.book.finding("wrong", f"a server that was told to stop ended with {status}")
        self.book.fact("stopped by SIGTERM")

    def doctor(self):
        ok, said = self.place.run("doctor")
        self.book.fact("doctor asked")
        if not ok or not said.endswith("All is well."):
            self.book.finding("wrong", f"doctor: {said}")

    def experiment(self):
        try:
            self.begin()
            self.rounds()
        except Broken as error:
            self.book.finding("lost", error)
        except Gone as error:
            ended = self.process.poll()
            self.book.finding("lost", f"no answer while nobody kills ({error}; the server's end: {ended}):\n{self.place.log()[-2000:]}")

    def rounds(self):
        at, rounds = self.life(), 0
        while True:
            rounds += 1
            if rounds % DOCTOR_EVERY == 0:
                self.doctor()
            self.next_life(at)
            if self.kills >= self.options.kills or self.book.found.total() > 100:
                break
            self.verifier.after_restart(whole=rounds % EVERYTHING_EVERY == 0)
            if self.options.verbose:
                print(f"{self.kills} kills, {self.book.acknowledged.total()} acknowledged", flush=True)
            at = self.life()
        if self.options.self_test:
            return
        self.disaster.over()
        self.verifier.at_the_end()
        self.stop()
        self.disaster.dead()  # what was told to stop is on the disk as well
        self.doctor()
        for line in self.place.log().splitlines():
            if "panicked" in line or ("ERROR" in line and not self.disaster.refuses):
                self.book.finding("wrong", f"the server's log: {line}")

    def remove(self):
        if self.process:
            self.process.kill()
            self.process.wait()
        if self.place:
            self.place.remove()
        self.disaster.remove()
        if self.book.found.total() and self.options.keep:
            print(f"crash: kept: {self.root}")
        else:
            shutil.rmtree(self.root)


def report(run, options, seconds):
    book = run.book
    where = "PostgreSQL" if options.database else "SQLite"
    print(f"crash: {where}, disaster {options.disaster}, seed {options.seed}: {run.kills} kills in {seconds:.0f} s")
    print(f"  {book.acknowledged.total()} acknowledged writes: " + ", ".join(f"{count} {kind}" for kind, count in book.acknowledged.most_common()))
    if book.refused:
        print("  refused: " + ", ".join(f"{count} {kind}" for kind, count in book.refused.most_common()))
    print("  " + ", ".join(f"{count} {what}" for what, count in sorted(book.facts.items())))
    print("  " + ", ".join(f"{book.found[kind]} {kind}" for kind in Book.KINDS), flush=True)
    if options.json:
        with open(options.json, "a") as file:
            row = {"database": where, "disaster": options.disaster, "seed": options.seed, "kills": run.kills, "seconds": round(seconds)}
            row |= {"acknowledged": book.acknowledged, "refused": book.refused, "facts": book.facts}
            file.write(json.dumps(row | {kind: book.found[kind] for kind in Book.KINDS}) + "\n")


def carried_out(options, kind):
    begin, run = time.monotonic(), Run(options, kind)
    try:
        run.experiment()
        report(run, options, time.monotonic() - begin)
    finally:
        run.remove()
    return run.book.found


def told(sequence, number, name):
    """The event of a ticket, as the log would tell it."""
    ticket = {"id": f"tkt_{name}", "number": number, "title": name, "source": "api", "status": "open", "priority": "low", "tagIds": []}
    ticket |= {"assigneeEmail": None, "commentCount": 0, "deletedAt": None}
    return {"id": f"evt_{sequence}", "sequence": sequence, "type": "ticket.created", "ticketId": ticket["id"], "entityId": ticket["id"], "data": {"ticket": ticket}}


class Telling:
    """In the place of the API: a log with a hole, a number left out, a ticket made twice."""

    def ask(self, *_):
        events = [told(1, 1001, "a"), told(2, 1002, "b"), told(4, 1003, "c"), told(5, 1005, "d"), told(6, 1006, "a")]
        return 200, {"data": events, "pagination": {"hasMore": False}}


def self_test(options):
    """What is broken on purpose has to be found: a log, and a disk that says it has synced and has not."""
    book = Book(shown=0)
    Log(types.SimpleNamespace(slug="told", path=""), book).read(Telling())
    if book.found != {"holes": 4, "doubled": 2}:  # what follows a hole is in the wrong place as well
        raise SystemExit(f"crash: a log with holes and doubles is read as {dict(book.found)}: nothing is proved")
    for kind, kills, what in ((disaster.Lying, 3, "a disk that lies"), (disaster.LyingAboutFiles, 12, "a disk that lies about files")):
        options.kills, options.disaster = kills, what
        found = carried_out(options, kind)
        if not found["lost"]:
            raise SystemExit(f"crash: what {what} loses is not noticed: nothing is proved")
        print(f"crash: self-test: {found['lost']} losses on {what} were noticed, as they have to be")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", help="postgres://... of a cluster, in which a database is made")
    parser.add_argument("--disaster", choices=disaster.KINDS, default="none")
    parser.add_argument("--json", help="a file to which the numbers are added as a line")
    parser.add_argument("--keep", action="store_true", help="keep the folder when something was found")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--self-test", action="store_true")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that nothing is left behind
    options.binary = os.path.abspath(options.binary)
    if options.database and issubclass(disaster.KINDS[options.disaster], (disaster.Unsynced, disaster.Refusing)):
        parser.error(f"--disaster {options.disaster} is about the files of SQLite")
    if options.self_test:
        self_test(options)
    elif carried_out(options, disaster.KINDS[options.disaster]).total():
        sys.exit(1)


main()
