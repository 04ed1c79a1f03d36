"""The experiment with several machines: three nodes on one PostgreSQL with a standby and one bucket, as hosts in network
namespaces of this machine (DISPATCH_BIN, DISPATCH_BUCKET_BIN). Nodes are killed, the network is cut, the primary is lost,
under load; behind each scene everything that was acknowledged is looked for. Exit code 1 when anything was wrong.

  python3 -B scripts/proof/machines [SCENE ...]     scenes: kill cut failover price loss
"""

import ctypes
import os
import pathlib
import pwd
import signal
import statistics
import subprocess
import sys
import time

import hosts
from judge import Judge, gaps
from load import Load, Reader, Receiver
from world import NODES, World

SCENES = ("kill", "cut", "failover", "price", "loss")
CUT_SECONDS = 20
PRICE_SECONDS = 10
NARROW = "1mbit"
CLONE_NEWNET = 0x40000000


def enter_client():
    """This process moves to the client's host."""
    libc = ctypes.CDLL(None, use_errno=True)
    with open(f"/var/run/netns/{hosts.space('client')}") as file:
        if libc.setns(file.fileno(), CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), "setns")


class Play:
    def __init__(self, world):
        self.world, self.table = world, []
        self.receiver = Receiver()
        one, two = world.brands
        chosen = ["ticket.created", "comment.created"]
        self.hooks = {"/all": (one, lambda _: True), "/some": (one, lambda kind: kind in chosen), "/two": (two, lambda _: True)}
        for path, (brand, _) in self.hooks.items():
            events = chosen if path == "/some" else ["*"]
            world.call("POST", "n1", f"/v1/brands/{brand}/webhooks", {"url": self.receiver.url(path), "events": events})
        # What came before a webhook, its own creation too, is not for it.
        for path, (brand, wants) in self.hooks.items():
            before = {event["id"] for event in world.log_of(brand)}
            self.receiver.seen[path] = before
        self.readers = [Reader(world, world.brands[place % 2], place, NODES) for place in range(len(NODES))]
        for reader in self.readers:
            reader.start()
        self.judge = Judge(world, self.hooks, self.receiver, self.readers)
        self.writes = []

    def row(self, scene, what, value):
        self.table.append((scene, what, value))
        print(f"  {what}: {value}", flush=True)

    def conclude(self, scene, load, since, dead=()):
        """What every scene must leave behind."""
        self.writes += load.writes
        errors, longest = self.judge.answers(scene, load, dead)
        self.judge.recovered(scene, load, since)
        logs = self.judge.logs(scene)
        self.judge.kept(scene, self.writes, logs)
        self.judge.followed(scene, logs)
        self.judge.delivered(scene, logs)
        self.row(scene, "acknowledged writes, all there once", f"{len(load.writes)} in {load.seconds:.0f} s")
        self.row(scene, "errors", ", ".join(f"{count} x {what}" for what, count in errors.items()) or "none")
        self.row(scene, "longest answer", f"{longest:.1f} s")

    def gaps(self, scene, load, since):
        text = ", ".join(f"{node} {seconds:.1f} s" for node, seconds in gaps(load, since).items())
        self.row(scene, "longest time without a write", text)

    def kill(self):
        with Load(self.world, "kill", NODES) as load:
            time.sleep(5)
            since = time.monotonic()
            self.world.kill_node("n1")
            time.sleep(8)
            begin = time.monotonic()
            self.world.start_node("n1")
            hosts.until("n1 is ready", lambda: self.world.ready("n1"))
            ready = time.monotonic()
            time.sleep(5)
        self.row("kill", "n1 killed; from its start to ready", f"{ready - begin:.1f} s")
        self.gaps("kill", load, since)
        self.conclude("kill", load, ready, dead=("n1",))

    def cut(self):
        primary = self.world.primary.host
        with Load(self.world, "cut", NODES) as load:
            time.sleep(5)
            since = time.monotonic()
            hosts.cut("n1", primary)
            time.sleep(CUT_SECONDS)
            hosts.heal("n1", primary)
            healed = time.monotonic()
            time.sleep(12)
        self.row("cut", "n1 and the database cut from one another", f"{CUT_SECONDS} s")
        first = min((a.begin for a in load.attempts if a.node == "n1" and a.status == 201 and a.begin > healed), default=0)
        self.row("cut", "first write through n1 after it healed", f"{first - healed:.1f} s")
        self.gaps("cut", load, since)
        self.conclude("cut", load, healed)

    def failover(self):
        with Load(self.world, "failover", NODES) as load:
            time.sleep(5)
            since = time.monotonic()
            self.world.fail_over()
            promoted = time.monotonic()
            time.sleep(25)
        self.row("failover", "from the fence to the end of the promotion", f"{promoted - since:.1f} s")
        self.gaps("failover", load, since)
        self.conclude("failover", load, promoted)
        self.world.restore_standby()

    def price(self):
        """The same load with and without a commit that waits for the standby, by turns."""
        figures = {True: [], False: []}
        for turn in range(4):
            synchronous = turn % 2 == 0
            self.world.primary.synchronous(synchronous)
            with Load(self.world, f"price{turn}", NODES, writers=12, pause=0) as load:
                time.sleep(PRICE_SECONDS)
            times = [a.end - a.begin for a in load.attempts if a.status == 201]
            figures[synchronous].append((len(load.writes) / load.seconds, times))
            self.writes += load.writes
        for synchronous, runs in figures.items():
            times = statistics.quantiles([t for _, run in runs for t in run], n=100)
            rate = statistics.mean(rate for rate, _ in runs)
            name = "commit waits for the standby" if synchronous else "commit does not wait"
            self.row("price", name, f"{rate:.0f} writes/s, p50 {times[49] * 1000:.1f} ms, p99 {times[98] * 1000:.1f} ms")

    def loss(self):
        """What a standby that nobody waits for lacks. Streams and webhooks were ahead of it: they are not judged."""
        for reader in self.readers:
            reader.closed.set()
        for narrow in (False, True):
            self.world.primary.synchronous(False)
            standby = self.world.standby.host
            if narrow:
                hosts.slow_down(standby, NARROW)
            with Load(self.world, f"loss{narrow}", NODES, pause=0) as load:
                time.sleep(8)
                fenced = time.monotonic()
                self.world.fail_over()
                if narrow:  # only what comes from the primary was meant to be slow, and not the clients of the new one
                    hosts.speed_up(standby)
                time.sleep(12)
            lost = self.judge.missing(load.writes)
            window = max((fenced - write.end for write in lost), default=0)
            link = f"link to the standby of {NARROW}" if narrow else "link as it is"
            before = sum(write.end < fenced for write in load.writes)
            self.row("loss", f"asynchronous, {link}", f"{len(lost)} of {before} acknowledged writes lost, {max(window, 0) * 1000:.0f} ms")
            if any(write.end > fenced + 1 for write in lost):
                self.judge.fault("loss", "a write was lost that was acknowledged after the fence")
            errors, longest = self.judge.answers("loss", load, some_lost=bool(lost))
            print(f"  errors: {', '.join(f'{count} x {what}' for what, count in errors.items()) or 'none'}; longest answer: {longest:.1f} s")
            self.judge.logs("loss")
            if not narrow:
                self.world.restore_standby()


def setting(name, words):
    value = os.environ.get(name)
    if not value or not os.access(value, os.X_OK):
        sys.exit(f"machines: {name} must name {words}")
    return value


def main():
    scenes = sys.argv[1:] or SCENES
    if unknown := set(scenes) - set(SCENES):
        sys.exit(f"machines: unknown scenes: {', '.join(unknown)}")
    if os.geteuid() != 0:
        sys.exit("machines: needs root, for network namespaces")
    binary = setting("DISPATCH_BIN", "the server's binary")
    bucket = setting("DISPATCH_BUCKET_BIN", "the binary dispatch-test-bucket")
    script = pathlib.Path(__file__).parents[2] / "with-postgres.sh"
    bin_dir = subprocess.run([script, "--bin-dir"], check=True, capture_output=True, text=True).stdout.strip()
    users = {user.pw_name for user in pwd.getpwall()}
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("machines: ended"))
    hosts.remove()
    world = None
    try:
        hosts.build()
        enter_client()
        world = World(binary, bucket, bin_dir, "postgres" if "postgres" in users else "nobody")
        world.start()
        play = Play(world)
        for scene in scenes:
            print(f"{scene} ...", flush=True)
            getattr(play, scene)()
    finally:
        if world:
            world.end()
        hosts.remove()
    print()
    width = max(len(what) for _, what, _ in play.table)
    for scene, what, value in play.table:
        print(f"{scene:10}{what:{width + 2}}{value}")
    if play.judge.faults:
        print(f"\n{len(play.judge.faults)} faults:")
        print("\n".join(f"  {fault}" for fault in play.judge.faults[:40]))
        sys.exit(1)
    print("\nNo fault: with a synchronous standby nothing acknowledged was lost, and streams and webhooks missed nothing.")


main()
