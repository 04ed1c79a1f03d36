"""Why a request that the document allows may be refused all the same: reasons that no schema can express.

Each is matched narrowly: operations (patterns), error code, field and message (regular expressions, whole). Every part of
a refusal must be covered. `run.sh --all` fails for a reason that was never met, so that the list only shrinks.
"""

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass(frozen=True)
class Reason:
    """One reason, and why it is no mistake of the document."""

    operations: str
    code: str
    field: str
    message: str
    why: str

    def covers(self, operation, code, field, message):
        return (
            any(fnmatchcase(operation, pattern) for pattern in self.operations.split())
            and code == self.code
            and re.fullmatch(self.field, field) is not None
            and re.fullmatch(self.message, message) is not None
        )


# Operations that cannot succeed here, and why. One that does succeed is a finding: then its line goes.
CANNOT_SUCCEED = {
    "auth.verify": "its token comes by mail alone, and the fuzzer has no relay",
    "auth.resetPassword": "its token comes by mail alone, and the fuzzer has no relay",
    "auth.magicLink": "503 without outgoing mail, and the fuzzer has no relay",
    "auth.confirmTotp": "its code is made by an app from a secret",
    "auth.disableTotp": "its code is made by an app from a secret",
    "portal.verify": "its token comes by mail alone, and the fuzzer has no relay",
    "feedback.get": "its token comes by mail alone, and the fuzzer has no relay",
    "feedback.submit": "its token comes by mail alone, and the fuzzer has no relay",
    "mail.resend": "only for mail that a relay refused, and the fuzzer has no relay",
}

BAD, CONFLICT = "validation_error", "conflict"
EXISTS, UNIQUE, STATE, TOGETHER = (
    "only the database knows what exists",
    "only the database knows what is taken",
    "whether it can be done depends on the state of what is there",
    "two fields contradict each other",
)

# What the document forbids and the server takes all the same: (operation, what schemathesis says of it), and why it is no mistake.
TAKEN_ALL_THE_SAME = {
    ("connections.update", r"in body - .* at /properties/config/.*"): "a field of another type's configuration is ignored, and the body does not say the type",
}

BEYOND_THE_SCHEMA = [
    # What is named must exist.
    Reason("*", BAD, r"(default|replacement)?[cC]ategoryId", "unknown category", EXISTS),
    Reason("*", BAD, r"status(Id)?|setStatus|replacementStatusId", "unknown status.*", EXISTS),
    Reason("*", BAD, r"(settings\.)?\w*[tT]agIds\[\d+\]", "unknown tag.*", EXISTS),
    Reason("tickets.*", BAD, r"sourceTicketIds\[\d+\]", "unknown ticket", EXISTS),
    Reason("*", BAD, "customerId", "unknown customer", EXISTS),
    Reason("*", BAD, "companyId|company|company.id", "unknown company", EXISTS),
    Reason("comments.create", BAD, "parentId", "unknown comment of this ticket", EXISTS),
    Reason("*", BAD, r"brandIds?(\[\d+\])?", "unknown brand.*", EXISTS),
    Reason("events.list events.stream", BAD, "ticketId", "unknown ticket", EXISTS),
    Reason("events.list events.stream", BAD, "after|Last-Event-ID", "unknown position", EXISTS),
    Reason("*", BAD, "cursor", "is not a cursor of this list", "a cursor comes from the page before"),
    Reason("*.reorder", BAD, r"(statusIds|categoryIds|automationIds|keys)(\[\d+\])?", ".*", "all of what is there, once each"),
    Reason("auth.switchAccount", "not_found", "", ".*", EXISTS),
    Reason("auth.transferOwnership", BAD, "memberId", ".*", EXISTS),
    # An address is looked at: what a name says by itself, and what it resolves to.
    Reason("connections.*", BAD, r"config\.(siteUrl|url)|secrets\.webhookUrl", r"(must( not)? |target address ).*", "the guard looks at it"),
    Reason("connections.*", BAD, r"config\.bodyTemplate", r"must be JSON, .*|has a \{\{ .*|must have at most .*", "JSON inside of a text"),
    Reason("connections.update", BAD, r"secrets\.(apiToken|headers)", "is required again when .* changes", STATE),
    Reason("webhooks.*", BAD, "url", r"(must( not)? |target address ).*", "the guard looks at it"),
    # Files: what is announced, what was uploaded, what is still free.
    Reason("attachments.* profile.requestAvatar portal.request*", "payload_too_large", ".*", ".*", "the operator says how large files may be"),
    Reason("attachments.* profile.requestAvatar portal.request*", BAD, "size", "must be at most .*|must not be .*", "the operator says how large files may be"),
    Reason("attachments.requestUpload", BAD, "commentId", "unknown comment.*", EXISTS),
    Reason("tickets.create comments.create portal.createTicket portal.createComment", BAD, r"attachmentIds\[\d+\]", ".*", EXISTS),
    Reason("profile.confirmAvatar", BAD, "uploadId", "unknown upload", EXISTS),
    Reason("attachments.* profile.confirmAvatar profile.requestAvatar", CONFLICT, "", ".*", STATE),
    # Mail.
    Reason("brands.*", BAD, "fromEmail", "must be in .*", "the operator says from which domains the server sends"),
    Reason("brands.*", BAD, "autoresponse(Subject|Body)", "is required while autoresponseEnabled is true", TOGETHER),
    Reason("mail.reprocess", BAD, "ticketId", "unknown ticket|is required for append|is only for append", EXISTS),
    Reason("mail.reprocess mail.resend", CONFLICT, "", ".*", STATE),
    Reason("mail.setMailbox", BAD, r"oauth\.tokenUrl", r"(must( not)? |target address ).*", "the guard looks at it"),
    Reason("mail.setMailbox", BAD, r"password|oauth(\.\w+)?|moveTo", r"is required.*|is only for .*|must be sent again: .*", TOGETHER),
    Reason("mail.set*", BAD, "host", r"(must( not)? |target address ).*", "the guard looks at it"),
    Reason("mail.setRelay", BAD, "password|username", r"is required with .*|must be sent again: .*", TOGETHER),
    Reason("mail.deliver", BAD, "X-Remote-IP", "must be an IP address", "an address of either kind"),
    # The portal.
    Reason("brands.sendPortalLink portal.sendLink", BAD, "portalUrl", "must be of an origin .*", "the brand says where its portal is"),
    # Webhooks.
    Reason("webhooks.create connections.create", CONFLICT, "", "The brand has .*", STATE),
    Reason("webhooks.retryDelivery webhooks.replay", CONFLICT, "", ".*", STATE),
    Reason("webhooks.replay", BAD, "until", "must be after since", TOGETHER),
    # What automations name must exist and fit, and their texts are templates.
    Reason("automations.*", BAD, r"conditions\.(all|any)\[\d+\]\.value(\[\d+\])?", "unknown .*", EXISTS),
    Reason("automations.*", BAD, r"conditions\.(all|any)\[\d+\]\.(op|value(\[\d+\])?)", ".*", "what fits depends on the field"),
    Reason("automations.*", BAD, r"actions\[\d+\]\.\w+(\[\d+\])?", r"unknown .*|must be a connection of type .*|must be an active member .*|is a member without .*", EXISTS),
    Reason("automations.*", BAD, r"actions\[\d+\]\.closeReason", "is only for closed tickets", STATE),
    Reason("automations.*", BAD, r"actions\[\d+\]\.(assigneeEmail|webhookId)", "names somebody else .*|must be left out .*", "two fields contradict each other"),
    Reason("automations.*", BAD, r"actions\[\d+\]\.\w+", r"has a \{\{ .*|must have at most .*", "placeholders inside of a text"),
    Reason("automations.test", BAD, "ticketId|event", "unknown ticket|is required: .*", EXISTS),
    Reason("automations.test", BAD, r"event\.changes\..*", "must be an object with old and new", "an object by the names of fields"),
    Reason("automations.retryRun", CONFLICT, "", ".*", STATE),
    # What is unique must be free.
    Reason("brands.*", CONFLICT, "", "The slug .* is taken.", UNIQUE),
    Reason("categories.* tags.*", CONFLICT, "", "The name .* is taken.", UNIQUE),
    Reason("categories.create statuses.create fields.create", CONFLICT, "", "The key .* is taken.", UNIQUE),
    Reason("companies.*", CONFLICT, "", "The domain .* belongs to another company.", UNIQUE),
    Reason("customers.*", CONFLICT, "", "A customer with the email .* exists already.", UNIQUE),
    Reason("members.invite", CONFLICT, "", ".* is (a member|invited) already.", UNIQUE),
    # The state of what is there.
    Reason("auth.setup", CONFLICT, "", "The account has an owner already.", STATE),
    Reason("auth.magicLink", "unavailable", "", ".*", CANNOT_SUCCEED["auth.magicLink"]),
    Reason("feedback.*", "not_found", "", ".*", CANNOT_SUCCEED["feedback.get"]),
    Reason("portal.verify", "authentication_error", "", ".*", CANNOT_SUCCEED["portal.verify"]),
    Reason("auth.verify auth.resetPassword", "authentication_error", "", ".*", CANNOT_SUCCEED["auth.verify"]),
    Reason("auth.enrollTotp auth.confirmTotp auth.disableTotp", CONFLICT, "", ".*", STATE),
    Reason("auth.confirmTotp", BAD, "code", "is wrong; .*", CANNOT_SUCCEED["auth.confirmTotp"]),
    Reason("auth.disableTotp", BAD, "password|code", "is .*", CANNOT_SUCCEED["auth.disableTotp"]),
    Reason("auth.login", "authentication_error", "", ".*", "only the database knows the password"),
    Reason("auth.changePassword", BAD, "currentPassword", "is not the present password", "only the database knows it"),
    Reason("auth.acceptInvite auth.invite", "not_found", "", ".*", "an invitation is known by its token"),
    Reason("auth.acceptInvite", BAD, "password", "is required", "only for a person without one"),
    Reason("brands.*", BAD, "ticketNumberStart", r"must not be below \d+", STATE),
    Reason("tickets.update", CONFLICT, "", "The ticket was changed meanwhile: .*", STATE),
    Reason("tickets.update", BAD, "closeReason", "is only for closed tickets", STATE),
    Reason("statuses.delete", BAD, "replacementStatusId", "must be another status", STATE),
    Reason("categories.delete", BAD, "replacementCategoryId", "must be another category", STATE),
    Reason("*.update", BAD, "key|type", "cannot be changed", "the present value is allowed, and only that"),
    Reason("apiKeys.update apiKeys.setScope", BAD, "brandIds", "needs at least one brand unless allBrands is true", STATE),
    Reason("apiKeys.*", BAD, "expiresAt", "must be in the future", "only the clock knows"),
    # Fields that contradict each other.
    Reason("tickets.create", BAD, "closeReason", "is only for closed tickets", TOGETHER),
    Reason("comments.create", BAD, "closeReason", "is only for setStatus closed", TOGETHER),
    Reason("tickets.*", BAD, "statusId", "names another status than status", TOGETHER),
    Reason("tickets.*", BAD, "assigneeEmail", "names somebody else than assigneeId", TOGETHER),
    Reason("tickets.*", BAD, "customerEmail", "is not the address of customerId", TOGETHER),
    Reason("companies.tickets", BAD, "companyId", "is another company than that of the path", TOGETHER),
    Reason("watchers.add tickets.create", BAD, r"(watchers\[\d+\]\.)?email", "names somebody else than memberId", TOGETHER),
    Reason("customers.*", BAD, "company", "names another company than companyId", TOGETHER),
]
