"""Hosts on one machine: network namespaces on a bridge, and ways to cut them off without a word.

The bridge lies in the namespace of the client, in which the experiment itself runs. A cut is silent: packets go nowhere,
and nobody is told. To cut a host, its cable leaves the bridge; to cut two hosts from one another, each gets a wrong
hardware address for the other.
"""

import os
import signal
import subprocess
import time

PREFIX = "dispatch-proof"
ADDRESSES = {"client": 1, "db1": 11, "db2": 12, "s3": 13, "n1": 21, "n2": 22, "n3": 23}
NOWHERE = "02:00:00:00:00:01"


def address(name):
    return f"10.77.0.{ADDRESSES[name]}"


def space(name):
    return f"{PREFIX}-{name}"


def ip(*words, host="client"):
    done = subprocess.run(["ip", "-n", space(host), *words], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"ip {' '.join(words)}: {done.stderr.strip()}")


def build():
    for name in ADDRESSES:
        subprocess.run(["ip", "netns", "add", space(name)], check=True)
        ip("link", "set", "lo", "up", host=name)
    ip("link", "add", "lan", "type", "bridge")
    ip("addr", "add", f"{address('client')}/24", "dev", "lan")
    ip("link", "set", "lan", "up")
    for name in ADDRESSES:
        if name == "client":
            continue
        ip("link", "add", f"p-{name}", "type", "veth", "peer", "name", "eth0", "netns", space(name))
        ip("link", "set", f"p-{name}", "master", "lan", "up")
        ip("addr", "add", f"{address(name)}/24", "dev", "eth0", host=name)
        ip("link", "set", "eth0", "up", host=name)


def remove():
    for name in ADDRESSES:
        subprocess.run(["ip", "netns", "del", space(name)], capture_output=True)


def unplug(name):
    ip("link", "set", f"p-{name}", "nomaster")


def plug(name):
    ip("link", "set", f"p-{name}", "master", "lan")


def cut(one, other):
    for here, there in ((one, other), (other, one)):
        ip("neigh", "replace", address(there), "lladdr", NOWHERE, "dev", "eth0", "nud", "permanent", host=here)


def heal(one, other):
    for here, there in ((one, other), (other, one)):
        ip("neigh", "del", address(there), "dev", "eth0", host=here)


def slow_down(name, rate):
    """What is sent to a host passes a narrow link with a long queue in front of it."""
    words = ["tc", "-n", space("client"), "qdisc", "replace", "dev", f"p-{name}", "root", "tbf"]
    subprocess.run([*words, "rate", rate, "burst", "16kb", "limit", "64mb"], check=True)


def speed_up(name):
    """The link is wide again; what waited in front of it is dropped."""
    subprocess.run(["tc", "-n", space("client"), "qdisc", "del", "dev", f"p-{name}", "root"], check=True)


def environment():
    """What a program is told by this one's caller, without what is meant for the experiment."""
    told = {name: value for name, value in os.environ.items() if not name.startswith("DISPATCH_")}
    return {**told, "LC_ALL": "C"}


class Process:
    """A program that runs on a host."""

    def __init__(self, host, words, log, user=None, env=None):
        self.log = log
        words = [str(word) for word in words]
        if user:
            words = ["runuser", "-u", user, "--", *words]
        with open(log, "ab") as out:
            self.process = subprocess.Popen(
                ["ip", "netns", "exec", space(host), *words],
                stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd="/tmp",
                env=env or environment(),
                start_new_session=True,
            )

    def running(self):
        return self.process.poll() is None

    def end(self, how=signal.SIGTERM, seconds=30):
        """Signals the whole group, since runuser stands between."""
        if self.running():
            os.killpg(self.process.pid, how)
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)


def until(what, found, seconds=60, every=0.1):
    """Waits for something that is not nothing; its value, or an error."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := found():
            return value
        time.sleep(every)
    raise RuntimeError(f"{what}: not within {seconds} s")
