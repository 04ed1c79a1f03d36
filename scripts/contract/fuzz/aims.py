"""What each request is aimed at: real ids instead of made-up ones, a credential, and something of its own to destroy.

Schemathesis knows the shape of a request and not what exists. Here ids are put in by the names of parameters and fields;
what would destroy the world (deleting, signing out, changing a password) is aimed at objects that were made for it.
"""

import copy

from schemathesis.core import NOT_SET

# The kind of thing (world.py) that a path parameter names.
PATH = {
    "brandId": "brand", "ticketId": "ticket", "statusId": "status", "categoryId": "category", "tagId": "tag",
    "companyId": "company", "customerId": "customer", "commentId": "comment", "watcherId": "watcher", "keyId": "api_key",
    "memberId": "memberId", "inviteId": "invite", "token": "token", "entity": "entity", "key": "key",
}

# The kind of thing that a field of a body or a query parameter names; lists of them as well.
FIELDS = {
    "status": "status", "statusId": "status", "setStatus": "status", "replacementStatusId": "status",
    "categoryId": "category", "replacementCategoryId": "category", "defaultCategoryId": "category",
    "tagIds": "tag", "addTagIds": "tag", "removeTagIds": "tag", "defaultTagIds": "tag", "sourceTagIds": "tag",
    "customerId": "customer", "customerEmail": "customerEmail", "companyId": "company", "parentId": "comment",
    "ticketIds": "ticket", "sourceTicketIds": "ticket", "brandIds": "brand", "accountId": "account",
    "memberId": "memberId", "assigneeId": "memberId", "assigneeEmail": "memberEmail", "defaultAssigneeEmail": "memberEmail",
}

# Made anew before each request of the operation, because a request that succeeds uses it up.
FRESH = {
    "apiKeys.delete": ["api_key"], "auth.acceptInvite": ["invite"], "brands.delete": ["brand"],
    "categories.delete": ["category"], "comments.delete": ["comment"], "companies.delete": ["company"],
    "customers.delete": ["customer"], "customers.erase": ["customer"], "fields.delete": ["key"],
    "members.delete": ["invite"], "statuses.delete": ["status"], "tags.delete": ["tag"], "tags.merge": ["tag", "tag"],
    "tickets.bulk": ["ticket", "ticket"], "tickets.delete": ["ticket"], "tickets.merge": ["ticket", "ticket"],
    "tickets.restore": ["deleted_ticket"], "watchers.remove": ["watcher"],
}
# Made once per world, because only these operations need it.
ONCE = {
    "apiKeys.update": "api_key", "apiKeys.setScope": "api_key", "auth.invite": "invite", "members.resendInvite": "invite",
    "members.update": "invite",
}
# Path parameters that name another kind here than elsewhere.
PATH_OF = {
    "tickets.restore": {"ticketId": "deleted_ticket"}, "members.delete": {"memberId": "invite"},
    "members.update": {"memberId": "invite"},
}
# These lists must name everything there is, once each: they are filled from the list itself.
WHOLE = {
    "statuses.reorder": ("statusIds", "/statuses", "id"), "categories.reorder": ("categoryIds", "/categories", "id"),
    "fields.reorder": ("keys", "/fields/ticket", "key"),
}
# What they change about a person or a session is aimed at one whose loss does not matter.
THROWAWAY = {"auth.logout", "auth.changePassword", "auth.switchAccount", "auth.login", "profile.update"}
# One request in so many keeps its made-up ids.
MADE_UP_EVERY = 8


class Aim:
    """Aims requests at one world. `place` returns a copy that can be sent and whether its path names something real."""

    def __init__(self, staff, world):
        self.staff, self.world = staff, world

    def place(self, operation, case, number):
        """The request that takes the place of a generated one; `number` counts the requests of the operation."""
        for kind in FRESH.get(operation.id, []):
            self.world.fresh(kind)
        if (kind := ONCE.get(operation.id)) and kind not in self.world.ids:
            self.world.fresh(kind)
        made_up = number % MADE_UP_EVERY == MADE_UP_EVERY - 1
        sent = case.derive()
        sent._meta = copy.deepcopy(case._meta)  # `derive` shares it, and the plan is used once per database
        real_path = self._path(operation, sent, number, made_up)
        self._credential(operation, sent, number)
        self._idempotency_key(sent)
        sent._record_starting_state()
        if not made_up:
            self._fill(operation, sent, number)
        self.world.cases += 1
        return sent, real_path

    def kinds(self, operation):
        """The kind of thing that each parameter of its path names."""
        kinds = PATH | PATH_OF.get(operation.id, {})
        return {name: kind for name, kind in kinds.items() if "{%s}" % name in operation.path}

    def _path(self, operation, sent, number, made_up):
        kinds = self.kinds(operation)
        names = sorted(sent.path_parameters)
        keep = names[number // MADE_UP_EVERY % len(names)] if made_up and names else None
        for name in names:
            if name != keep:
                ids = self.world.ids[kinds[name]]
                sent.path_parameters[name] = ids[-1] if kinds[name] in FRESH.get(operation.id, []) else ids[0]
        return keep is None

    def _credential(self, operation, sent, number):
        if operation.public:
            return
        if operation.takes_key and number % 4:
            sent.headers["Authorization"] = f"Bearer {self.staff.server.api_key}"
            return
        person = self.staff.throwaway if operation.id in THROWAWAY else self.staff.owner
        if number % 8:
            sent.headers["Authorization"] = f"Bearer {person.token}"
        else:
            sent.cookies["dispatch_session"] = person.token
            sent.headers["X-CSRF-Token"] = person.csrf

    def _idempotency_key(self, sent):
        """The same key with another body is refused: every key is used once per world, unless it is wrong by design."""
        key = sent.headers.get("Idempotency-Key")
        if isinstance(key, str) and 0 < len(key) <= 255:
            while key in self.world.keys_seen:
                key = f"{len(self.world.keys_seen)}-{key}"[:255]
            self.world.keys_seen.add(key)
            sent.headers["Idempotency-Key"] = key

    def _fill(self, operation, sent, number):
        was_negative = sent.meta is not None and sent.meta.generation.mode.is_negative
        before = copy.deepcopy(sent.body), dict(sent.query)
        sent.query = self._filled(sent.query, number)
        if sent.body is not NOT_SET:
            body = self._filled(copy.deepcopy(sent.body), number)
            sent.body = self._special(operation, body, number)
        # What was wrong by design must stay wrong, and then it is the only thing that is wrong.
        if was_negative and sent.meta.generation.mode.is_positive:
            sent.body, sent.query = before

    def _filled(self, value, number):
        if isinstance(value, list):
            return [self._filled(item, number) for item in value]
        if not isinstance(value, dict):
            return value
        return {name: self._field(name, part, number) for name, part in value.items()}

    def _field(self, name, value, number):
        ids = self.world.ids.get(FIELDS.get(name))
        if ids and isinstance(value, str):
            return ids[number % len(ids)]
        if ids and isinstance(value, list) and value and all(isinstance(item, str) for item in value):
            length = min(len(value), len(ids))
            return [ids[(number + place) % len(ids)] for place in range(length)]
        return self._filled(value, number)

    def _special(self, operation, body, number):
        """What one operation needs in its body to succeed. Only values that are there, of the right type, are replaced."""
        if not isinstance(body, dict):
            return body
        if operation.id in WHOLE:
            field, path, id = WHOLE[operation.id]
            everything = [item[id] for item in self.staff.key.call("GET", f"/brands/{self.world.brand}{path}")]
            turn = number % len(everything)
            return replaced(body, field, everything[turn:] + everything[:turn])
        throwaway = self.staff.throwaway
        if operation.id == "auth.login":
            return replaced(replaced(body, "email", throwaway.email), "password", throwaway.password)
        if operation.id == "auth.changePassword":
            return replaced(body, "currentPassword", throwaway.password)
        if operation.id == "auth.acceptInvite":
            return replaced(body, "token", self.world.ids["token"][-1])
        if operation.id in ("tags.merge", "tickets.merge"):
            kind, field = ("tag", "sourceTagIds") if operation.id == "tags.merge" else ("ticket", "sourceTicketIds")
            return replaced(body, field, [self.world.ids[kind][-2]])
        if operation.id == "tickets.bulk":
            return replaced(body, "ticketIds", self.world.ids["ticket"][-2:])
        if operation.id == "statuses.delete":
            return replaced(body, "replacementStatusId", self.world.ids["status"][0])
        if operation.id == "categories.delete":
            return replaced(body, "replacementCategoryId", self.world.ids["category"][0])
        return body

    def after(self, operation, sent, answer):
        """Puts right what a request that succeeded has changed in the account."""
        for kind in reversed(FRESH.get(operation.id, [])):
            self.world.forget(kind)
        if answer.status_code >= 400:
            return
        reply = answer.json() if operation.id in ("apiKeys.create", "members.invite", "auth.acceptInvite") else None
        if operation.id == "apiKeys.create":
            self.staff.key.delete(f"/accounts/me/api-keys/{reply['id']}")
        elif operation.id == "members.invite":
            self.staff.as_owner().delete(f"/members/{reply['id']}")
        elif operation.id == "auth.acceptInvite":
            self.staff.as_owner().delete(f"/members/{reply['member']['id']}")
        elif operation.id == "auth.changePassword":
            self.staff.throwaway.password = sent.body["newPassword"]
        elif operation.id == "auth.transferOwnership":
            self.staff.give_back_ownership()
        elif operation.id in ("auth.logout", "auth.switchAccount"):
            self.staff.sign_in(self.staff.throwaway)


def replaced(body, field, value):
    """The body with another value in a field, if the field is there and holds the same type."""
    if field in body and type(body[field]) is type(value):
        return {**body, field: value}
    return body
