"""Holds what the clients wrote down against what the database has."""

import re
from collections import Counter

import hosts

DRAIN_SECONDS = 120
ANSWER_SECONDS_MAX = 20
TEXTS = {"ticket": "title", "comment": "body", "attachment": "filename"}


class Judge:
    """Sentences about what is wrong, and the figures of each scene."""

    def __init__(self, world, hooks, receiver, readers):
        self.world, self.hooks, self.receiver, self.readers = world, hooks, receiver, readers
        self.faults = []

    def fault(self, scene, sentence):
        self.faults.append(f"{scene}: {sentence}")
        print(f"  FAULT {sentence}", flush=True)

    def rows(self, table):
        return set(self.world.primary.sql(f"SELECT id FROM {table}", "dispatch").split())

    def missing(self, writes):
        """Acknowledged writes that the database has not."""
        kept = {kind: self.rows(kind) for kind in ("ticket", "comment", "attachment")}
        return [write for write in writes if write.id not in kept[write.kind]]

    def logs(self, scene):
        """The log of each brand; its sequences must have no hole."""
        logs = {}
        for brand in self.world.brands:
            logs[brand] = self.world.log_of(brand)
            numbers = [event["sequence"] for event in logs[brand]]
            if numbers != list(range(1, len(numbers) + 1)):
                self.fault(scene, f"the log of {brand} has holes or repeats")
        return logs

    def kept(self, scene, writes, logs):
        """Every acknowledged write is there exactly once, with its event; and nothing at all is there twice."""
        for write in self.missing(writes):
            self.fault(scene, f"acknowledged and lost: {write.kind} {write.id} ({write.mark})")
        told, marks = Counter(), Counter()
        for event in (event for log in logs.values() for event in log):
            kind, _, verb = event["type"].partition(".")
            if verb == "created" and kind in ("ticket", "comment", "attachment"):
                told[event["entityId"]] += 1
                marks[kind, event["data"][kind][TEXTS[kind]]] += 1
        for write in writes:
            if told[write.id] != 1 or marks[write.kind, write.mark] != 1:
                self.fault(scene, f"{write.kind} {write.mark} has {told[write.id]} events, its text {marks[write.kind, write.mark]}")
        for (kind, mark), count in marks.items():
            if count > 1:
                self.fault(scene, f"{kind} {mark} was made {count} times")

    def followed(self, scene, logs):
        """Every stream has exactly the log."""
        for reader in self.readers:
            wanted = [(event["sequence"], event["id"]) for event in logs[reader.brand]]
            try:
                hosts.until("streams", lambda r=reader, w=wanted: len(r.seen) >= len(w), 30)
            except RuntimeError:
                self.fault(scene, f"a stream has {len(reader.seen)} of {len(wanted)} events")
                continue
            if reader.seen[: len(wanted)] != wanted:
                self.fault(scene, "a stream differs from the log")

    def delivered(self, scene, logs):
        """Every event that a webhook wants has reached the receiver."""
        for path, (brand, wants) in self.hooks.items():
            wanted = {event["id"] for event in logs[brand] if wants(event["type"])}
            left = lambda p=path, w=wanted: w - self.receiver.seen.get(p, set())
            try:
                hosts.until("deliveries", lambda left=left: not left(), DRAIN_SECONDS)
            except RuntimeError:
                self.fault(scene, f"{len(left())} of {len(wanted)} events did not reach the webhook {path}")

    def answers(self, scene, load, dead=(), some_lost=False):
        """Errors were 503 with Retry-After, in bounded time; a node that was killed may have said nothing. Where the database has lost
        something, what is asked of it is not found: of that, and of nothing else."""
        kept = self.rows("ticket") | self.rows("attachment") if some_lost else set()
        explained = 0
        for sentence in load.complaints:
            asked = re.findall(r"(?:tkt|att)_[0-9a-z]+", sentence.split(" at ")[0])
            if some_lost and " was answered 404: " in sentence and not kept.issuperset(asked):
                explained += 1
            else:
                self.fault(scene, sentence)
        errors, others = Counter(), Counter()
        for attempt in load.attempts:
            if attempt.status in (200, 201):
                continue
            if attempt.status == 503 and attempt.retry_after:
                errors["503"] += 1
            elif attempt.status == 409 and attempt.retry_after:
                errors["409 (the first try still runs)"] += 1
            elif attempt.status == 404 and explained:
                explained -= 1
                errors["404 for what was lost"] += 1
            elif not attempt.status and attempt.node in dead:
                errors["connection refused or reset by the killed node"] += 1
            else:
                others[f"{attempt.node}: {attempt.status} {attempt.error}"] += 1
        for what, count in others.items():
            self.fault(scene, f"{count} x {what}")
        longest = max((attempt.end - attempt.begin for attempt in load.attempts), default=0)
        if longest > ANSWER_SECONDS_MAX:
            self.fault(scene, f"an answer took {longest:.1f} s")
        return errors, longest

    def recovered(self, scene, load, since):
        """Every node answers writes again, without a restart."""
        for node in load.nodes:
            if not any(a.node == node and a.status in (200, 201) and a.begin > since for a in load.attempts):
                self.fault(scene, f"{node} has answered no write since")


def gaps(load, since):
    """Per node the longest time between two successful writes that ends after a moment."""
    found = {}
    for node in load.nodes:
        ends = [a.end for a in load.attempts if a.node == node and a.status in (200, 201)]
        found[node] = max((b - a for a, b in zip(ends, ends[1:]) if b > since), default=float("inf"))
    return found
