"""Who writes: clients of the API, files, and mail by both ways in. Each remembers what it was told."""

import hashlib
import smtplib
import socket
from dataclasses import dataclass, field

from book import REACTIVATED, Ticket, state_of
from server import MAIL_DOMAIN, Api, Gone

STATUSES = ("open", "pending", "resolved", "closed")
PRIORITIES = ("low", "normal", "high", "urgent")
TEAMS = (None, "first@team.invalid", "second@team.invalid")
KEPT_MAX = 60  # tickets that a writer goes on with
GIVEN_UP = 0.1  # how many unanswered requests are never asked again
BULK_MAX = 8


@dataclass
class Action:
    """One request: what it is, what it makes of tickets of ours, what the log must hold once it is answered."""

    kind: str
    method: str
    path: str
    body: dict
    keys: tuple = ()
    key: str = None  # idempotency key
    after: dict = field(default_factory=dict)  # Ticket -> State
    done: object = None  # what to do with the answer
    undone: object = None  # what to do when it was refused, or is known not to have happened
    again: bool = False  # whether it may be asked again without a key

    def repeatable(self):
        return self.again or self.key is not None


class Writer:
    """One client of the API. At most one request of it is unanswered."""

    def __init__(self, run, number):
        self.run, self.number, self.random = run, number, run.seeded("writer", number)
        self.brand = run.brands[number % len(run.brands)]
        self.tickets, self.customers, self.comments, self.count = [], [], [], 0
        self.pending, self.begun = None, set()

    def name(self):
        self.count += 1
        return f"w{self.number}-{self.count}"

    def live(self):
        """Writes until the server is gone."""
        api = Api(self.run.place.http, self.run.key)
        try:
            if (again := self.pending) is not None:
                self.pending = None
                if again.repeatable() and self.random.random() >= GIVEN_UP:
                    self.run.book.fact("asked again after a kill")
                    self.act(api, again)
            while not self.run.over.is_set():
                if self.random.random() < 0.06:
                    self.upload(api)
                else:
                    self.act(api, self.choose())
        except Gone:
            pass

    def act(self, api, action):
        self.pending = action
        self.begun.update(action.after)
        status, answer = api.ask(action.method, self.brand.path + action.path, action.body, action.key)
        self.pending = None
        if not 200 <= status < 300:
            self.run.refused(status, answer, action.kind, self.brand, action.keys[0] if action.keys else None)
            if action.undone:
                action.undone()
            return None
        for ticket, state in action.after.items():
            ticket.state = state
        self.run.book.acknowledge(action.kind, self.brand, *action.keys)
        if action.done:
            action.done(answer)
        return answer

    def choose(self):
        live = [ticket for ticket in self.tickets if not ticket.state.deleted]
        gone = [ticket for ticket in self.tickets if ticket.state.deleted]
        kinds, weights = ["create", "customer"], [28, 6]
        if live:
            kinds += ["comment", "update", "delete", "bulk"]
            weights += [24, 28, 3, 4]
        for kind, weight, there in (("restore", 3, gone), ("customer update", 3, self.customers), ("comment delete", 2, self.comments)):
            if there:
                kinds.append(kind)
                weights.append(weight)
        kind = self.random.choices(kinds, weights)[0]
        return getattr(self, kind.replace(" ", "_"))(live, gone)

    def create(self, *_):
        name, pick = self.name(), self.random
        body = {
            "title": name, "body": "Words. " * pick.randrange(1, 60), "priority": pick.choice(PRIORITIES),
            "tags": pick.sample(list(self.brand.tags), pick.randrange(3)), "assigneeEmail": pick.choice(TEAMS),
            "customerEmail": f"c{pick.randrange(200)}@customer.invalid",
        }
        if pick.random() < 0.03:
            body["tags"] = [f"tag-{name}"]

        def done(answer):
            self.tickets.append(Ticket(self.brand, answer))
            self.begun.add(self.tickets[-1])
            self.run.book.expect(self.brand, ("ticket.created", answer["id"]))
            del self.tickets[: max(0, len(self.tickets) - KEPT_MAX)]

        return Action("ticket", "POST", "/tickets", body, (("made", name),), key=f"t-{name}", done=done)

    def comment(self, live, _):
        ticket, name = self.random.choice(live), self.name()
        author = self.random.choice(("STAFF", "STAFF", "CUSTOMER"))
        status = "open" if author == "CUSTOMER" and ticket.state.status in REACTIVATED else ticket.state.status
        after = ticket.state._replace(comments=ticket.state.comments + 1, status=status)
        body = {"body": name, "authorType": author}
        if author == "STAFF":
            body["isInternal"] = self.random.random() < 0.3

        def done(answer):
            self.comments.append((ticket, answer["id"]))
            self.run.book.expect(self.brand, ("comment.created", answer["id"]))
            self.run.book.comments.append((self.brand, ticket.id, answer["id"], name))
            del self.comments[: max(0, len(self.comments) - KEPT_MAX)]

        return Action("comment", "POST", f"/tickets/{ticket.id}/comments", body, (("said", name),), f"c-{name}", {ticket: after}, done)

    def comment_delete(self, *_):
        ticket, comment = self.comments.pop(self.random.randrange(len(self.comments)))
        if ticket.state.deleted:
            return self.create()
        after = ticket.state._replace(comments=ticket.state.comments - 1)
        return Action("comment deleted", "DELETE", f"/tickets/{ticket.id}/comments/{comment}", None, (("comment.deleted", comment),), None, {ticket: after})

    def update(self, live, _):
        ticket, name, pick = self.random.choice(live), self.name(), self.random
        state, body = ticket.state, {"customFields": {"mark": name}}
        if pick.random() < 0.3:
            body["title"] = name + " new"
            state = state._replace(title=body["title"])
        if pick.random() < 0.5:
            body["status"] = pick.choice(STATUSES)
            state = state._replace(status=body["status"])
        if pick.random() < 0.4:
            body["priority"] = pick.choice(PRIORITIES)
            state = state._replace(priority=body["priority"])
        if pick.random() < 0.3:
            body["tags"] = pick.sample(list(self.brand.tags), pick.randrange(4))
            state = state._replace(tags=tuple(sorted(self.brand.tags[tag] for tag in body["tags"])))
        if pick.random() < 0.3:
            body["assigneeEmail"] = pick.choice(TEAMS)
            state = state._replace(assignee=body["assigneeEmail"])

        def done(answer):
            if state_of(answer) != ticket.state:
                self.run.book.finding("wrong", f"an update of {ticket.id} was answered with {state_of(answer)}, not {ticket.state}")
                ticket.state = state_of(answer)

        return Action("update", "PATCH", f"/tickets/{ticket.id}", body, (("mark", name),), None, {ticket: state}, done)

    def delete(self, live, _):
        ticket = self.random.choice(live)
        ticket.deletes += 1
        after = {ticket: ticket.state._replace(deleted=True)}

        def undone():
            ticket.deletes -= 1

        return Action("delete", "DELETE", f"/tickets/{ticket.id}", None, after=after, undone=undone)

    def restore(self, _, gone):
        ticket = self.random.choice(gone)
        ticket.restores += 1
        after = {ticket: ticket.state._replace(deleted=False)}

        def undone():
            ticket.restores -= 1

        return Action("restore", "POST", f"/tickets/{ticket.id}/restore", {}, after=after, undone=undone)

    def bulk(self, live, _):
        pick = self.random
        tickets = pick.sample(live, min(len(live), pick.randrange(1, BULK_MAX)))
        action = pick.choice(("setStatus", "setPriority", "assign", "addTags", "removeTags"))
        body = {"action": action, "ticketIds": [ticket.id for ticket in tickets]}
        if action == "setStatus":
            body["status"] = pick.choice(STATUSES)
            change = lambda state: state._replace(status=body["status"])
        elif action == "setPriority":
            body["priority"] = pick.choice(PRIORITIES)
            change = lambda state: state._replace(priority=body["priority"])
        elif action == "assign":
            body["assigneeEmail"] = pick.choice(TEAMS)
            change = lambda state: state._replace(assignee=body["assigneeEmail"])
        else:
            body["tags"] = pick.sample(list(self.brand.tags), 2)
            ids = {self.brand.tags[tag] for tag in body["tags"]}
            combine = set.union if action == "addTags" else set.difference
            change = lambda state: state._replace(tags=tuple(sorted(combine(set(state.tags), ids))))

        before = {ticket.id: (ticket, ticket.state) for ticket in tickets}

        def done(answer):
            for result in answer["results"]:
                if not result["ok"]:
                    ticket, ticket.state = before[result["id"]]
                    self.run.refused(503 if result["code"] == "unavailable" else 500, result, "bulk step", self.brand, None)

        return Action("bulk", "POST", "/tickets/bulk", body, (), f"b-{self.name()}", {ticket: change(ticket.state) for ticket in tickets}, done)

    def customer(self, *_):
        name = self.name()
        body = {"email": f"{name}@customers.invalid", "name": name}

        def done(answer):
            self.customers.append(answer["id"])
            del self.customers[: max(0, len(self.customers) - KEPT_MAX)]

        return Action("customer", "POST", "/customers", body, (("customer", body["email"]),), f"u-{name}", {}, done)

    def customer_update(self, *_):
        name = self.name()
        return Action("customer update", "PATCH", f"/customers/{self.random.choice(self.customers)}", {"name": name}, (("customer name", name),))

    def upload(self, api):
        """Asks for a link, sends the bytes there, confirms them: each may be the last thing that this server does."""
        live = [ticket for ticket in self.tickets if not ticket.state.deleted]
        if not live:
            return
        ticket, name = self.random.choice(live), self.name()
        data = self.random.randbytes(self.random.choice((1, 700, 9_000, 70_000, 300_000)))
        digest = hashlib.sha256(data).hexdigest()
        body = {"filename": name, "contentType": "application/octet-stream", "size": len(data), "checksum": digest}
        granted = self.act(api, Action("upload", "POST", f"/tickets/{ticket.id}/attachments", body, (), f"a-{name}"))
        if granted is None:
            return
        status, answer = api.raw("PUT", "/blob/" + granted["uploadUrl"].split("/blob/", 1)[1], data, granted["headers"])
        if status != 200:
            self.run.refused(status, answer, "bytes", self.brand, None)
            return
        self.run.book.acknowledge("bytes")
        file = (self.brand, ticket.id, granted["id"], digest)
        path = f"/tickets/{ticket.id}/attachments/{granted['id']}/confirm"
        keys = (("attachment.created", granted["id"]),)
        self.act(api, Action("file confirmed", "POST", path, {}, keys, done=lambda _: self.run.book.files.append(file), again=True))


class Sender:
    """One correspondent by mail: what was not taken is sent again, as a mail server does."""

    def __init__(self, run, number, by_smtp):
        self.run, self.number, self.by_smtp = run, number, by_smtp
        self.random = run.seeded("sender", number)
        self.count, self.pending, self.before = 0, None, None

    def live(self):
        try:
            transport = self.smtp() if self.by_smtp else self.hook()
            while not self.run.over.is_set():
                if self.pending is None:
                    self.pending = self.message()
                brand, name, sender, data = self.pending
                self.deliver(transport, brand, name, sender, data)
        except (Gone, OSError, smtplib.SMTPException):
            pass

    def message(self):
        """A new message; half of them answer the one before, in its thread."""
        self.count += 1
        name = f"<m{self.number}-{self.count}@mail.invalid>"
        pick = self.random
        if self.before and pick.random() < 0.5:
            brand, first, sender = self.before
            thread = f"In-Reply-To: {first}\r\nReferences: {first}\r\n"
        else:
            brand, sender, thread = pick.choice(self.run.brands), f"s{self.number}-{self.count}@mail.invalid", ""
            self.before = (brand, name, sender)
        size = pick.choice((200, 3_000, 200_000)) if pick.random() < 0.2 else 200  # more than 128 KB lies in the file store
        text = (f"{name} " + "words " * (size // 6))[:size]
        lines = "\r\n".join(text[at : at + 70] for at in range(0, len(text), 70))
        data = f"From: {sender}\r\nTo: {brand.slug}@{MAIL_DOMAIN}\r\nSubject: Mail {self.count}\r\nMessage-ID: {name}\r\n{thread}\r\n{lines}\r\n"
        return brand, name, sender, data.encode()

    def deliver(self, transport, brand, name, sender, data):
        taken, status, said = transport(brand, sender, data)
        if taken:
            self.pending = None
            self.run.book.acknowledge("mail by SMTP" if self.by_smtp else "mail by HTTP")
            self.run.book.mails.append((brand, name))
        else:
            self.run.refused(status, said, "mail", brand, None)

    def smtp(self):
        talk = smtplib.SMTP("127.0.0.1", self.run.place.smtp, timeout=60)
        talk.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

        def deliver(brand, sender, data):
            try:
                talk.sendmail(sender, [f"{brand.slug}@{MAIL_DOMAIN}"], data)
                return True, 250, None
            except smtplib.SMTPRecipientsRefused as error:
                status, said = next(iter(error.recipients.values()))
            except smtplib.SMTPResponseException as error:
                status, said = error.smtp_code, error.smtp_error
                if status < 0:
                    raise Gone from None
            talk.rset()
            return False, 503 if status in (451, 452) else status, said

        return deliver

    def hook(self):
        api = Api(self.run.place.http, self.run.key)

        def deliver(brand, sender, data):
            headers = {"Authorization": f"Bearer {brand.inbound}", "Content-Type": "message/rfc822", "X-Envelope-From": sender}
            status, answer = api.raw("POST", f"/v1/inbound/email/{brand.slug}", data, headers)
            return 200 <= status < 300, status, answer

        return deliver
