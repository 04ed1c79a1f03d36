"""What was answered, what was found wrong, and how much there was of each."""

import collections
import threading

State = collections.namedtuple("State", "title status priority tags assignee comments deleted")
REACTIVATED = {"pending", "resolved", "closed"}  # what a customer's comment opens again


def state_of(ticket):
    """What is compared of a ticket as the API shows it."""
    return State(
        ticket["title"], ticket["status"], ticket["priority"], tuple(sorted(ticket["tagIds"])), ticket["assigneeEmail"],
        ticket["commentCount"], ticket["deletedAt"] is not None,
    )


class Ticket:
    """A ticket that one writer made and nobody else changes."""

    __slots__ = ("brand", "id", "state", "deletes", "restores")

    def __init__(self, brand, answer):
        self.brand, self.id, self.state = brand, answer["id"], state_of(answer)
        self.deletes = self.restores = 0


class Book:
    """Written by all threads."""

    KINDS = ("lost", "doubled", "holes", "wrong")

    def __init__(self, shown):
        self.shown = shown  # findings of each kind that are printed
        self.lock = threading.Lock()
        self.acknowledged = collections.Counter()
        self.refused = collections.Counter()
        self.found = collections.Counter()
        self.facts = collections.Counter()
        self.expected = []  # (brand, key): what the log must hold, since the last look
        self.refusals = []  # (brand, key): what it must not hold
        self.files = []  # (brand, ticket, attachment, hash) since the last look
        self.comments = []  # (brand, ticket, comment, text) since the last look
        self.mails = []  # (brand, message id) since the last look

    def finding(self, kind, text):
        with self.lock:
            self.found[kind] += 1
            if self.found[kind] <= self.shown:
                print(f"crash: {kind}: {text}", flush=True)

    def acknowledge(self, kind, brand=None, *keys):
        with self.lock:
            self.acknowledged[kind] += 1
            self.expected.extend((brand, key) for key in keys)

    def expect(self, brand, key):
        with self.lock:
            self.expected.append((brand, key))

    def refuse(self, kind, brand=None, key=None):
        with self.lock:
            self.refused[kind] += 1
            if key:
                self.refusals.append((brand, key))

    def fact(self, name, count=1):
        with self.lock:
            self.facts[name] += count

    def taken(self, name):
        """What was gathered in a list since the last look."""
        with self.lock:
            gathered = getattr(self, name)
            setattr(self, name, [])
            return gathered
