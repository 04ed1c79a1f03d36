"""What each request is aimed at: real ids instead of made-up ones, a credential, and something of its own to destroy.

Schemathesis knows the shape of a request and not what exists. Here ids are put in by the names of parameters and fields;
what would destroy the world (deleting, signing out, changing a password) is aimed at objects that were made for it.
"""

import copy
import re

from schemathesis.core import NOT_SET
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation import GenerationMode
from schemathesis.generation.meta import ComponentInfo, CoveragePhaseData, negated_parameters

# The kind of thing (world.py) that a path parameter names.
PATH = {
    "brandId": "brand", "ticketId": "ticket", "statusId": "status", "categoryId": "category", "tagId": "tag",
    "companyId": "company", "customerId": "customer", "commentId": "comment", "watcherId": "watcher", "keyId": "api_key",
    "memberId": "memberId", "inviteId": "invite", "token": "token", "entity": "entity", "key": "key",
    "connectionId": "connection", "automationId": "automation", "runId": "run",
    "attachmentId": "attachment", "webhookId": "webhook", "deliveryId": "delivery", "mailId": "mail", "brandSlug": "brand",
}

# The kind of thing that a field of a body or a query parameter names; lists of them as well.
FIELDS = {
    "status": "status", "statusId": "status", "setStatus": "status", "replacementStatusId": "status",
    "categoryId": "category", "replacementCategoryId": "category", "defaultCategoryId": "category",
    "tagIds": "tag", "addTagIds": "tag", "removeTagIds": "tag", "defaultTagIds": "tag", "sourceTagIds": "tag",
    "customerId": "customer", "customerEmail": "customerEmail", "companyId": "company", "parentId": "comment",
    "ticketIds": "ticket", "sourceTicketIds": "ticket", "brandIds": "brand", "accountId": "account",
    "commentId": "comment", "webhookId": "webhook", "ids": "attachment",
    "connectionId": "connection", "memberId": "memberId", "assigneeId": "memberId", "assigneeEmail": "memberEmail", "defaultAssigneeEmail": "memberEmail",
}

# Made anew before each request of the operation, because a request that succeeds uses it up.
FRESH = {
    "apiKeys.delete": ["api_key"], "automations.delete": ["automation"], "auth.acceptInvite": ["invite"], "brands.delete": ["brand"],
    "categories.delete": ["category"], "comments.delete": ["comment"], "companies.delete": ["company"],
    "connections.delete": ["connection"], "customers.delete": ["customer"], "customers.erase": ["customer"], "fields.delete": ["key"],
    "members.remove": ["invite"], "statuses.delete": ["status"], "tags.delete": ["tag"], "tags.merge": ["tag", "tag"],
    "tickets.bulk": ["ticket", "ticket"], "tickets.delete": ["ticket"], "tickets.merge": ["ticket", "ticket"],
    "tickets.sendSurvey": ["ticket"], "attachments.delete": ["attachment"], "attachments.confirm": ["upload"],
    "attachments.confirmPending": ["pending_upload"], "webhooks.delete": ["webhook"],
    "tickets.restore": ["deleted_ticket"], "watchers.remove": ["watcher"], "mail.reprocess": ["mail"],
    "mail.deleteInboundToken": ["inbound_token"], "mail.deleteMailbox": ["mailbox"], "mail.getMailbox": ["mailbox"], "mail.testMailbox": ["mailbox"],
    "mail.deleteRelay": ["relay"], "mail.getRelay": ["relay"], "mail.testRelay": ["relay"], "portal.confirmUpload": ["portal_upload"],
    "portal.confirmPendingUpload": ["portal_pending_upload"],
}
# Made once per world, because only these operations need it.
ONCE = {
    "apiKeys.update": "api_key", "apiKeys.setScope": "api_key", "auth.invite": "invite", "members.resendInvite": "invite",
    "members.update": "invite", "profile.confirmAvatar": "avatar_upload",
}
# Path parameters that name another kind here than elsewhere.
PATH_OF = {
    "tickets.restore": {"ticketId": "deleted_ticket"}, "members.remove": {"memberId": "invite"},
    "members.update": {"memberId": "invite"}, "attachments.confirm": {"attachmentId": "upload"},
    "attachments.confirmPending": {"attachmentId": "pending_upload"},
    "portal.confirmUpload": {"attachmentId": "portal_upload"}, "portal.confirmPendingUpload": {"attachmentId": "portal_pending_upload"},
}
# These lists must name everything there is, once each: they are filled from the list itself.
WHOLE = {
    "statuses.reorder": ("statusIds", "/statuses", "id"), "categories.reorder": ("categoryIds", "/categories", "id"),
    "automations.reorder": ("automationIds", "/automations", "id"), "fields.reorder": ("keys", "/fields/ticket", "key"),
}
# What they change about a person or a session is aimed at one whose loss does not matter.
THROWAWAY = {"auth.enrollTotp", "auth.confirmTotp", "auth.disableTotp", "auth.logout", "auth.changePassword", "auth.switchAccount", "auth.login", "profile.update", "profile.requestAvatar"}
KEY_HEADERS = ("Idempotency-Key", "X-Idempotency-Key")
USABLE_KEY = r"[!-~]([ -~]{0,253}[!-~])?"  # spaces at the ends would be lost on the way
# One request in so many keeps its made-up ids.
MADE_UP_EVERY = 8


class Aim:
    """Aims requests at one world. `place` returns a copy that can be sent and whether its path names something real."""

    def __init__(self, document, staff, world):
        self.document, self.staff, self.world = document, staff, world

    def place(self, operation, case, number):
        """The request that takes the place of a generated one; `number` counts the requests of the operation."""
        for kind in FRESH.get(operation.id, []):
            self.world.fresh(kind)
        if (kind := ONCE.get(operation.id)) and kind not in self.world.ids:
            self.world.fresh(kind)
        made_up = number % MADE_UP_EVERY == MADE_UP_EVERY - 1
        sent = case.derive()
        sent._meta = copied(case._meta)  # `derive` shares it, and every database gets the case
        real_path = self._path(operation, sent, number, made_up)
        _judged_anew = sent.meta  # a path that was wrong is not any more
        self._credential(operation, sent, number)
        self._idempotency_key(sent)
        sent._record_starting_state()
        if not made_up:
            self._fill(operation, sent, number)
        self._judge_without_empty_parameters(operation, sent)
        self.world.cases += 1
        return sent, real_path

    def kinds(self, operation):
        """The kind of thing that each parameter of its path names."""
        kinds = PATH | PATH_OF.get(operation.id, {})
        names = re.findall(r"{(\w+)}", operation.path)
        if unknown := [name for name in names if name not in kinds]:
            raise SystemExit(f"fuzz: {operation.path}: PATH in aims.py does not say what {unknown[0]} names")
        return {name: kinds[name] for name in names}

    def _path(self, operation, sent, number, made_up):
        kinds = self.kinds(operation)
        names = sorted(sent.path_parameters)
        keep = names[number // MADE_UP_EVERY % len(names)] if made_up and names else self._wrong_in_path(sent)
        for name in names:
            if name != keep:
                first = self.world.some(kinds[name])
                sent.path_parameters[name] = self.world.ids[kinds[name]][-1] if kinds[name] in FRESH.get(operation.id, []) else first
        return keep is None

    def _wrong_in_path(self, sent):
        data = sent._meta.phase.data
        systematic = isinstance(data, CoveragePhaseData) and sent._meta.generation.mode.is_negative
        return data.parameter if systematic and data.parameter_location == ParameterLocation.PATH else None

    def _credential(self, operation, sent, number):
        if operation.public:
            return
        if operation.of_customers:
            sent.headers["Authorization"] = f"Bearer {self.world.some('portal_token')}"
            return
        if operation.takes_key and (number % 4 or not operation.takes_session):
            sent.headers["Authorization"] = f"Bearer {self.staff.server.api_key}"
            return
        person = self.staff.throwaway if operation.id in THROWAWAY else self.staff.owner
        if number % 8:
            sent.headers["Authorization"] = f"Bearer {person.token}"
        else:
            sent.cookies["dispatch_session"] = person.token
            sent.headers["X-CSRF-Token"] = person.csrf

    def _idempotency_key(self, sent):
        """One key, used once, since the same with another body is refused; unless it is wrong by design.

        Schemathesis puts any key beside a body that is wrong by design: then the body would not be looked at.
        """
        data, negative = sent._meta.phase.data, sent._meta.generation.mode.is_negative
        systematic = isinstance(data, CoveragePhaseData)
        aimed_at = data.parameter if systematic and data.parameter_location == ParameterLocation.HEADER else None
        if negative and (aimed_at or (not systematic and sent._meta.is_negative_at(ParameterLocation.HEADER))):
            return
        keys = {name: sent.headers.pop(name) for name in KEY_HEADERS if name in sent.headers}
        usable = [name for name in keys if re.fullmatch(USABLE_KEY, str(keys[name]))]
        if not usable:
            return
        name = aimed_at if aimed_at in usable else usable[len(self.staff.keys_seen) % len(usable)]
        key = keys[name]
        while key in self.staff.keys_seen:
            key = f"{len(self.staff.keys_seen)}-{key}"[:255]
        self.staff.keys_seen.add(key)
        sent.headers[name] = key

    def _judge_without_empty_parameters(self, operation, sent):
        """An optional parameter without a value counts as absent (API 1.1), so that alone makes no request wrong."""
        optional = {one["name"] for one in self.document.parameters(operation) if not one.get("required")}
        empty = {name for name, value in sent.query.items() if name in optional and value in ("", [""])}
        if not empty or sent.meta.generation.mode.is_positive:
            return
        # A random request lists what was made wrong; a systematic one may have more that is wrong than it is about.
        systematic = isinstance(sent.meta.phase.data, CoveragePhaseData)
        as_generated, wrong = sent.query, set() if systematic else set(negated_parameters(sent.meta))
        sent.query = {name: value for name, value in as_generated.items() if name not in empty}
        right = sent.meta.generation.mode.is_positive  # judged anew without them
        sent.query = as_generated
        sent._record_starting_state()
        if right or (wrong and wrong <= {(name, ParameterLocation.QUERY) for name in empty}):
            sent._meta.components[ParameterLocation.QUERY] = ComponentInfo(mode=GenerationMode.POSITIVE)
            sent._meta.generation.mode = GenerationMode.POSITIVE

    def _fill(self, operation, sent, number):
        wrong = self.document.wrong_by_design(operation, sent)
        was_negative = sent.meta.generation.mode.is_negative
        before = sent.body, sent.query
        if wrong or not sent.meta.is_negative_at(ParameterLocation.QUERY):
            sent.query = self._filled(sent.query, number, wrong)
        if sent.body is not NOT_SET:
            sent.body = self._special(operation, self._filled(sent.body, number, wrong), number, wrong)
        # What was wrong by design must stay wrong, and then it is the only thing that is wrong.
        if was_negative and sent.meta.generation.mode.is_positive:
            sent.body, sent.query = before

    def _filled(self, value, number, wrong):
        """A copy in which what names something names what exists; the field that is wrong by design stays as it is."""
        if isinstance(value, list):
            return [self._filled(item, number, wrong) for item in value]
        if not isinstance(value, dict):
            return value
        return {name: part if name == wrong else self._field(name, part, number, wrong) for name, part in value.items()}

    def _field(self, name, value, number, wrong):
        ids = self.world.ids.get(FIELDS.get(name))
        if ids and isinstance(value, str):
            return ids[number % len(ids)]
        if ids and isinstance(value, list) and value and all(isinstance(item, str) for item in value):
            return [ids[(number + place) % len(ids)] for place in range(min(len(value), len(ids)))]
        return self._filled(value, number, wrong)

    def _special(self, operation, body, number, wrong):
        """What one operation needs in its body to succeed. Only a value that is there, of the right type, is replaced."""
        needed = self._needed(operation, number)
        if not isinstance(body, dict):
            return body
        fits = {name for name in needed if name != wrong and type(body.get(name)) is type(needed[name])}
        return {**body, **{name: needed[name] for name in fits}}

    def _needed(self, operation, number):
        ids, throwaway = self.world.ids, self.staff.throwaway
        match operation.id:
            case "statuses.reorder" | "categories.reorder" | "fields.reorder" | "automations.reorder":
                field, path, id = WHOLE[operation.id]
                everything = [item[id] for item in self.staff.key.call("GET", f"/brands/{self.world.brand}{path}")]
                turn = number % len(everything)
                return {field: everything[turn:] + everything[:turn]}
            case "brands.sendPortalLink" | "portal.sendLink":
                return {"brand": self.world.brand, "portalUrl": f"{self.staff.server.base_url}/portal"}
            case "auth.login":
                return {"email": throwaway.email, "password": throwaway.password}
            case "auth.changePassword":
                return {"currentPassword": throwaway.password}
            case "mail.setMailbox":
                return {"host": "mailbox.invalid", "auth": "password", "password": "x", "oauth": None, "afterProcess": "seen"}
            case "mail.setRelay":
                return {"host": "relay.invalid", "username": "x", "password": "x"}
            case "webhooks.create":
                return {"url": "https://receiver.invalid/in"}
            case "connections.create":
                return {"type": "HTTP", "config": {"url": "https://receiver.invalid/in"}, "secrets": {}}
            case "automations.test":
                return {"ticketId": ids["ticket"][0], "event": {"type": "ticket.created"}}
            case "profile.confirmAvatar":
                return {"uploadId": ids["avatar_upload"][-1]}
            case "auth.acceptInvite":
                return {"token": ids["token"][-1]}
            case "tags.merge":
                return {"sourceTagIds": [ids["tag"][-2]]}
            case "tickets.merge":
                return {"sourceTicketIds": [ids["ticket"][-2]]}
            case "tickets.bulk":
                return {"ticketIds": ids["ticket"][-2:]}
            case "statuses.delete":
                return {"replacementStatusId": ids["status"][0]}
            case "categories.delete":
                return {"replacementCategoryId": ids["category"][0]}
        return {}

    def after(self, operation, sent, answer):
        """Puts right what a request that succeeded has changed in the account."""
        for kind in reversed(FRESH.get(operation.id, [])):
            self.world.forget(kind)
        if answer.status_code >= 400:
            return
        match operation.id:
            case "apiKeys.create":
                self.staff.key.delete(f"/accounts/me/api-keys/{answer.json()['id']}")
            case "members.invite":
                self.staff.as_owner().delete(f"/members/{answer.json()['id']}")
            case "auth.acceptInvite":
                self.staff.as_owner().delete(f"/members/{answer.json()['member']['id']}")
            case "auth.changePassword":
                self.staff.throwaway.password = sent.body["newPassword"]
            case "auth.transferOwnership":
                self.staff.give_back_ownership()
            case "auth.logout" | "auth.switchAccount":
                self.staff.sign_in(self.staff.throwaway)


def copied(meta):
    """A copy of what schemathesis knows about a case, as deep as it may be changed."""
    twin = copy.copy(meta)
    for name in (
        "generation", "components", "raw_containers", "_dirty", "_last_validated_hashes", "_initial_hashes",
        "_initial_containers",
    ):
        setattr(twin, name, copy.copy(getattr(meta, name)))
    return twin
