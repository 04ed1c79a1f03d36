"""What the server holds after a restart, against what it answered and against its own log."""

import collections
import hashlib
import json
import sys
import time

from book import state_of
from server import Api

SAMPLE = 20  # tickets of earlier lives, and comments of the last one, that are looked at each time
FILES_AT_THE_END = 3000
MAIL_SECONDS = 240  # what the dead had claimed waits for its lease: two minutes for a mail in, three for one out
HOOK_SECONDS = 120  # a delivery that was under way waits for 30 seconds
FIRST_NUMBER = 1001
# Why a mail that was to be sent needs not be any more.
NEEDLESS = {"its ticket was deleted", "its comment was deleted"}
# Events that can be subscribed to (API 17.2), of those that the load causes.
HOOKED = {"ticket", "comment", "attachment", "customer", "company"}


class Broken(Exception):
    """So much is lost that nothing can be compared any more."""


class Log:
    """The log of one brand, as far as it was read, and the tickets made of it and of nothing else."""

    def __init__(self, brand, book):
        self.brand, self.book = brand, book
        self.ids, self.types, self.counts = [], [], collections.Counter()
        self.tickets, self.touched, self.number, self.customers = {}, set(), FIRST_NUMBER - 1, {}
        self.told = {}  # public answers of the team -> ticket

    def read(self, api):
        """Reads what is new."""
        while True:
            status, page = api.ask("GET", f"{self.brand.path}/events?limit=100&after={len(self.ids)}")
            if status != 200:
                raise Broken(f"{self.brand.slug}: the log behind {len(self.ids)} is answered with {status}: {page}")
            for event in page["data"]:
                if event["sequence"] != len(self.ids) + 1:
                    self.book.finding("holes", f"{self.brand.slug}: the log goes from {len(self.ids)} to {event['sequence']}")
                self.add(event)
            if not page["pagination"]["hasMore"]:
                return

    def once(self, *key):
        self.counts[key] += 1
        if self.counts[key] > 1:
            self.book.finding("doubled", f"{self.brand.slug}: {key} happened {self.counts[key]} times")

    def add(self, event):
        kind, data = sys.intern(event["type"]), event["data"]
        self.ids.append(event["id"])
        self.types.append(kind)
        ticket, entity = event["ticketId"], event["entityId"]
        if ticket and ticket not in self.tickets and kind != "ticket.created":
            raise Broken(f"{self.brand.slug}: {kind} is about {ticket}, which was never created")
        if kind in ("ticket.created", "comment.created", "comment.deleted", "attachment.created", "customer.created"):
            self.once(kind, entity)
        if kind == "ticket.created":
            self.created(data["ticket"])
        elif kind == "ticket.updated":
            self.changed(ticket, event["changes"])
        elif kind in ("ticket.deleted", "ticket.restored"):
            self.counts[kind, ticket] += 1
            self.tickets[ticket] = self.tickets[ticket]._replace(deleted=kind == "ticket.deleted")
        elif kind == "comment.created":
            comment = data["comment"]
            self.once(*(("mail", comment["sourceId"]) if comment["source"] == "email" else ("said", comment["body"])))
            if comment["authorType"] != "SYSTEM":
                self.commented(ticket, 1)
            if comment["authorType"] == "STAFF" and not comment["isInternal"]:
                self.told[entity] = ticket
        elif kind == "comment.deleted":
            self.commented(ticket, -1)
        elif kind == "customer.created":
            self.once("customer", data["customer"]["email"])
            self.customers[entity] = data["customer"]["name"]
        elif kind == "customer.updated" and "name" in event["changes"]:
            self.once("customer name", event["changes"]["name"]["new"])
            self.customers[entity] = event["changes"]["name"]["new"]
        if ticket:
            self.touched.add(ticket)

    def created(self, ticket):
        if ticket["number"] != self.number + 1:
            self.book.finding("holes", f"{self.brand.slug}: ticket number {ticket['number']} follows {self.number}")
        self.number = ticket["number"]
        self.once(*(("mail", ticket["sourceId"]) if ticket["source"] == "email" else ("made", ticket["title"])))
        self.tickets[ticket["id"]] = state_of(ticket)

    def commented(self, ticket, more):
        self.tickets[ticket] = self.tickets[ticket]._replace(comments=self.tickets[ticket].comments + more)

    def changed(self, ticket, changes):
        new = {name: change["new"] for name, change in changes.items()}
        state = self.tickets[ticket]
        for field, name in (("title", "title"), ("status", "status"), ("priority", "priority"), ("assignee", "assigneeEmail")):
            if name in new:
                state = state._replace(**{field: new[name]})
        if "tagIds" in new:
            state = state._replace(tags=tuple(sorted(new["tagIds"])))
        if "customFields.mark" in new:
            self.once("mark", new["customFields.mark"])
        self.tickets[ticket] = state


class Verifier:
    def __init__(self, run):
        self.run, self.book = run, run.book
        self.logs = {brand: Log(brand, run.book) for brand in run.brands}
        self.undecided = {brand: set() for brand in run.brands}  # ids of messages that were taken
        self.files = []  # all that were confirmed
        self.random = run.seeded("verify", 0)

    def after_restart(self, whole=False):
        api = Api(self.run.place.http, self.run.key)
        for log in self.logs.values():
            log.read(api)
        for writer in self.run.writers:
            self.settle(api, writer)
        self.events()
        for brand, log in self.logs.items():
            sample = self.random.sample(sorted(log.tickets), min(SAMPLE, len(log.tickets)))
            for ticket in log.touched.union(sample):
                self.agrees(api, log, ticket)
            log.touched.clear()
            next_number = api.get(brand.path)["nextTicketNumber"]
            if next_number <= log.number:
                self.book.finding("doubled", f"{brand.slug}: the next ticket is {next_number}, and there is {log.number}")
            elif next_number > log.number + 1:
                log.read(api)  # a mail that was decided about meanwhile
                if next_number > log.number + 1:
                    self.book.finding("holes", f"{brand.slug}: the next ticket is {next_number}, the last one {log.number}")
        fresh = self.book.taken("comments")
        for comment in self.random.sample(fresh, min(SAMPLE, len(fresh))):
            self.comment(api, *comment)
        self.mails(api)
        fresh = self.book.taken("files")
        self.files += fresh
        for file in fresh:
            self.file(api, *file)
        if whole:
            self.everything(api)

    def observed(self, api, brand, ticket):
        """A ticket as it is shown; of a deleted one, None."""
        status, answer = api.ask("GET", f"{brand.path}/tickets/{ticket}")
        if status not in (200, 404):
            self.book.finding("wrong", f"{ticket} is answered with {status}: {answer}")
        return state_of(answer) if status == 200 else None

    def settle(self, api, writer):
        """Each ticket of a writer is as the last answer left it, or as a request without an answer would have it: one of the two, whole."""
        action, log = writer.pending, self.logs[writer.brand]
        for ticket in writer.begun:
            seen = self.observed(api, writer.brand, ticket.id)
            allowed = [ticket.state]
            if action and ticket in action.after:
                allowed.append(action.after[ticket])
            matching = [state for state in allowed if (seen is None and state.deleted) or seen == state]
            if not matching:
                kind = "lost" if seen is None or ticket.id not in log.tickets else "wrong"
                self.book.finding(kind, f"{ticket.id} is {seen}, and was answered as {' or as '.join(map(str, allowed))}")
            ticket.state = matching[0] if matching else seen or ticket.state._replace(deleted=True)
        writer.begun.clear()
        if action is None:
            return
        self.book.fact("requests without an answer")
        happened = all(ticket.state == state for ticket, state in action.after.items())
        if not happened and action.undone:
            action.undone()
        if not action.repeatable():
            writer.pending = None
        for ticket in action.after:
            counted = (log.counts["ticket.deleted", ticket.id], log.counts["ticket.restored", ticket.id])
            if counted != (ticket.deletes, ticket.restores):
                self.book.finding("wrong", f"{ticket.id} was deleted and restored {counted} times, not {ticket.deletes} and {ticket.restores}")

    def events(self):
        for brand, key in self.book.taken("expected"):
            if not self.logs[brand].counts[key]:
                self.book.finding("lost", f"{brand.slug}: {key} was answered, and has no event")
        for brand, key in self.book.taken("refusals"):
            if self.logs[brand].counts[key]:
                self.book.finding("wrong", f"{brand.slug}: {key} was refused, and happened")

    def agrees(self, api, log, ticket):
        """Its row and the log say the same. What runs behind the requests may change it between the two looks."""
        for _ in range(20):
            seen, told = self.observed(api, log.brand, ticket), log.tickets.get(ticket)
            if told and (seen == told or (seen is None and told.deleted)):
                return
            time.sleep(0.1)
            log.read(api)
        self.book.finding("wrong", f"{ticket} is {seen}, the log makes {told} of it")

    def comment(self, api, brand, ticket, comment, text):
        """Its event and its part in the count are looked for anyway; this is the text itself."""
        log = self.logs[brand]
        told = log.tickets.get(ticket)
        if not told or told.deleted or log.counts["comment.deleted", comment]:
            return
        status, answer = api.ask("GET", f"{brand.path}/tickets/{ticket}/comments/{comment}")
        if status != 200 or answer["body"] != text:
            self.book.finding("lost", f"comment {comment} is answered with {status}: {answer}")

    def ledger(self, api, brand, more=""):
        return self.pages(api, f"{brand.path}/mail?{more or 'direction=in'}")

    def mails(self, api):
        """Each message that was taken is in the ledger. What it says is known once somebody has looked at it; until then it is counted."""
        for brand, name in self.book.taken("mails"):
            self.undecided[brand].add(name)
        for brand, names in self.undecided.items():
            waiting = len(list(self.ledger(api, brand, "outcome=received"))) if names else 0
            for row in self.ledger(api, brand) if names else ():
                if row["messageId"] in names and row["outcome"] not in ("duplicate", "received"):
                    names.discard(row["messageId"])
                    self.decided(brand, row)
                if not names:
                    break
            if len(names) > waiting:
                self.book.finding("lost", f"{brand.slug}: {len(names)} mails were taken and are not decided about, {waiting} wait: {sorted(names)[:5]}")

    def decided(self, brand, row):
        if row["outcome"] in ("created", "appended"):
            self.book.expect(brand, ("mail", row["messageId"]))  # looked for after the log was read again
        else:
            self.book.finding("wrong", f"mail {row['messageId']} ended as {row['outcome']}: {row['reason']}")

    def file(self, api, brand, ticket, attachment, digest):
        told = self.logs[brand].tickets.get(ticket)
        if told and told.deleted:
            return  # the files of a deleted ticket are not shown
        status, answer = api.ask("GET", f"{brand.path}/tickets/{ticket}/attachments/{attachment}")
        if status == 404:
            self.book.finding("lost", f"file {attachment} was confirmed, and is not there")
            return
        status, data = 0, b""
        if answer["downloadUrl"]:
            status, data = api.raw("GET", "/blob/" + answer["downloadUrl"].split("/blob/", 1)[1])
        if status != 200 or hashlib.sha256(data).hexdigest() != digest:
            self.book.finding("lost", f"file {attachment} was confirmed; its bytes are answered with {status}, {len(data)} bytes of others")
        self.book.fact("files read back")

    def pages(self, api, path):
        cursor = ""
        while True:
            page = api.get(f"{path}&limit=100{cursor}")
            yield from page["data"]
            if not page["pagination"]["hasMore"]:
                return
            cursor = f"&cursor={page['pagination']['nextCursor']}"

    def everything(self, api):
        """Every ticket and every customer by the lists: exactly those of the log, and as the log has them."""
        for brand, log in self.logs.items():
            listed = collections.Counter()
            for deleted in ("", "&deleted=true"):
                for ticket in self.pages(api, f"{brand.path}/tickets?isSpam=any{deleted}"):
                    listed[ticket["id"]] += 1
                    told = log.tickets.get(ticket["id"])
                    if state_of(ticket) != told:
                        self.agrees(api, log, ticket["id"])
            self.same(f"{brand.slug}: tickets", listed, log.tickets)
            customers = collections.Counter()
            for customer in self.pages(api, f"{brand.path}/customers?isBlocked=any"):
                customers[customer["id"]] += 1
                if customer["id"] in log.customers and customer["name"] != log.customers[customer["id"]]:
                    self.book.finding("wrong", f"{customer['id']} is {customer['name']}, the log says {log.customers[customer['id']]}")
            self.same(f"{brand.slug}: customers", customers, log.customers)
            self.book.fact("tickets listed", len(listed))

    def same(self, what, listed, told):
        for one, count in listed.items():
            if count > 1:
                self.book.finding("doubled", f"{what}: {one} is listed {count} times")
        for one in told.keys() - listed.keys():
            self.book.finding("lost", f"{what}: {one} is in the log and not in the list")
        for one in listed.keys() - told.keys():
            self.book.finding("wrong", f"{what}: {one} is in the list and not in the log")

    def at_the_end(self):
        """With nobody writing: all mail is decided about, everything was delivered and streamed, and the whole agrees."""
        api = Api(self.run.place.http, self.run.key)
        self.mail_is_over(api)
        self.after_restart(whole=True)
        for file in self.random.sample(self.files, min(FILES_AT_THE_END, len(self.files))):
            self.file(api, *file)
        self.ledgers(api)
        self.sent(api)
        self.delivered(api)
        self.streamed(api)
        self.positions(api)
        self.events()

    def mail_is_over(self, api):
        end = time.monotonic() + MAIL_SECONDS
        while waiting := sum(len(list(self.ledger(api, brand, "outcome=received,queued"))) for brand in self.logs):
            if time.monotonic() > end:
                self.book.finding("lost", f"{waiting} mails still wait after {MAIL_SECONDS} s")
                return
            time.sleep(1)

    def ledgers(self, api):
        """The whole ledger: one row that is no duplicate for each message, and one ticket or comment."""
        for brand, log in self.logs.items():
            rows = collections.Counter()
            for row in self.ledger(api, brand):
                if row["outcome"] == "duplicate":
                    self.book.fact("mails told to be duplicates")
                    continue
                rows[row["messageId"]] += 1
                if log.counts["mail", row["messageId"]] != 1:
                    self.book.finding("lost", f"{brand.slug}: mail {row['messageId']} is {row['outcome']}, and has {log.counts['mail', row['messageId']]} events")
            for name, count in rows.items():
                if count > 1:
                    self.book.finding("doubled", f"{brand.slug}: mail {name} has {count} rows")
            self.book.fact("mails in the ledger", len(rows))

    def sent(self, api):
        """Each public answer of the team was mailed to the customer: one row, which the relay has taken."""
        for brand, log in self.logs.items():
            rows = collections.Counter()
            for row in self.ledger(api, brand, "direction=out"):
                rows[row["commentId"], *row["to"]] += 1
                if row["outcome"] == "suppressed" and row["reason"] in NEEDLESS | self.run.disaster.suppresses:
                    self.book.fact("outgoing mails given up: " + row["reason"])
                    continue
                if row["outcome"] != "sent" or row["messageId"] not in self.run.relay.came:
                    self.book.finding("lost", f"{brand.slug}: outgoing mail {row['messageId']} is {row['outcome']} ({row['reason']}), and the relay has not seen it")
            for row, count in rows.items():
                if row[0] and count > 1:
                    self.book.finding("doubled", f"{brand.slug}: {row} was mailed {count} times")
            mailed = {comment for comment, *_ in rows}
            for comment, ticket in log.told.items():
                if comment not in mailed and not log.counts["ticket.deleted", ticket] and not log.counts["comment.deleted", comment]:
                    self.book.finding("lost", f"{brand.slug}: nobody was mailed {comment}")
            self.book.fact("outgoing mails", sum(rows.values()))

    def delivered(self, api):
        """Every event that a webhook asked for has come. One that waits for its next attempt is asked for now."""
        self.run.receiver.friendly = True
        for brand, hook, path, since, wants in self.run.hooks:
            log = self.logs[brand]
            missing = {log.ids[at] for at in range(since, len(log.ids)) if wants(log.types[at])}
            self.book.fact("events for webhooks", len(missing))
            end, asked = time.monotonic() + HOOK_SECONDS, set()
            while True:
                missing = {event for event in missing if not self.run.receiver.taken(path, event)}
                if not missing or time.monotonic() > end:
                    break
                for status in ("RETRYING", "PENDING"):
                    cursor = ""
                    while True:  # the claimer goes on meanwhile, so what is listed may be over when it is asked for
                        found, more = self.deliveries(api, hook, status, cursor)
                        for one in found:
                            if one["eventId"] in missing and one["id"] not in asked and status == "RETRYING":
                                asked.add(one["id"])
                                api.ask("POST", f"{hook}/deliveries/{one['id']}/retry", {})
                                self.book.fact("deliveries asked for at the end")
                        if not more:
                            break
                        cursor = f"&cursor={more}"
                time.sleep(1)
            for event in sorted(missing):
                at = log.ids.index(event)
                self.book.finding("lost", f"{path}: {event} ({log.types[at]}, {at + 1} of {len(log.ids)}) was never delivered")
            for event in self.run.receiver.came[path].keys() - set(log.ids):
                self.book.finding("wrong", f"{path}: {event} was delivered, and is not in the log")

    def deliveries(self, api, hook, status, cursor):
        api.connection.request("GET", f"/v1{hook}/deliveries?status={status}&limit=100{cursor}", headers=api.headers)
        answer = api.connection.getresponse()
        return json.loads(answer.read()), answer.headers.get("X-Next-Cursor")

    def streamed(self, api):
        follower, log = self.run.follower, self.logs[self.run.follower.brand]
        log.read(api)
        end = time.monotonic() + 60
        while len(follower.ids) < len(log.ids) and follower.is_alive() and time.monotonic() < end:
            time.sleep(0.1)
        follower.stopped.set()
        if follower.ids != log.ids:
            wrong = next((at for at, (a, b) in enumerate(zip(follower.ids, log.ids)) if a != b), min(len(follower.ids), len(log.ids)))
            self.book.finding("lost", f"the stream brought {len(follower.ids)} of {len(log.ids)} events, and differs from {wrong} on")
        self.book.fact("events streamed", len(follower.ids))

    def positions(self, api):
        """An event's id leads to its place."""
        for log in self.logs.values():
            self.book.fact("events in the log", len(log.ids))
            if len(set(log.ids)) != len(log.ids):
                self.book.finding("doubled", f"{log.brand.slug}: two events have one id")
            for at in self.random.sample(range(len(log.ids) - 1), min(SAMPLE, len(log.ids) - 1)):
                found = api.get(f"{log.brand.path}/events?limit=1&after={log.ids[at]}")["data"]
                if not found or found[0]["sequence"] != at + 2:
                    self.book.finding("wrong", f"{log.brand.slug}: behind {log.ids[at]} comes {found and found[0]['sequence']}, not {at + 2}")
