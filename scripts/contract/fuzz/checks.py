"""What every answer must hold: schemathesis's own checks, and those that only our contract (API 1) makes."""

import re
from dataclasses import dataclass

from schemathesis.core.failures import FailureGroup
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    status_code_conformance,
)

from cases import any_bytes
from reasons import BEYOND_THE_SCHEMA, TAKEN_ALL_THE_SAME

# Of API 1.5.
STATUS_OF_CODE = {
    "validation_error": 400, "authentication_error": 401, "forbidden": 403, "not_found": 404, "conflict": 409,
    "idempotency_mismatch": 409, "payload_too_large": 413, "unsupported_media_type": 415, "rate_limit_error": 429,
    "server_error": 500, "unavailable": 503,
}
# How a request that the document forbids may be refused. Anything else was refused for another reason, or not at all.
REFUSALS = {400, 413, 415}
REQUEST_ID = re.compile(r"req_[0-9a-hjkmnp-tv-z]{26}")
RATE_HEADERS = ("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset")
SECURITY_HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}
FROM_THE_DOCUMENT = [
    content_type_conformance, negative_data_rejection, response_headers_conformance, status_code_conformance,
]


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with one answer. `kind` tells which check found it; the same text is the same finding."""

    kind: str
    text: str


class Checks:
    """The checks against one document; remembers which listed reasons were met."""

    def __init__(self, document):
        self.document = document
        self.reasons_met = set()

    def of_case(self, operation, sent, answer, real_path):
        """The problems of an answer to a request that was made from the document."""
        forbidden = [one for one in from_the_document(sent, answer) if not taken_all_the_same(operation, one)]
        problems = [*self.of_reply(operation, answer), *forbidden]
        if sent.meta.generation.mode.is_positive:
            problems += self._acceptance(operation, answer, real_path)
            problems += ignored_fields(self.document, operation, sent, answer)
        elif real_path and answer.status_code >= 400 and answer.status_code not in REFUSALS:
            if not self._listed(operation, answer):
                problems.append(Problem("refused for another reason", refusal(answer)))
        elif answer.status_code == 400 and sent.meta.phase.data.parameter_location == ParameterLocation.BODY:
            name = self.document.wrong_by_design(operation, sent) if self.document.one_way(operation) else None
            if name and name not in {re.split(r"[.\[]", one["field"])[0] for one in error_of(answer)["errors"]}:
                problems.append(Problem("refused for another reason", f"{name} is wrong, but: {refusal(answer)}"))
        return problems

    def of_reply(self, operation, answer):
        """The problems that any answer can have, whatever was asked."""
        problems = list(common(answer))
        if not operation.public and answer.status_code < 500 and answer.status_code != 401:
            missing = [name for name in RATE_HEADERS if not whole_number(answer, name)]
            problems += [Problem("headers", f"{name} is not a whole number") for name in missing]
        if answer.content and "json" in answer.headers.get("content-type", [""])[0]:
            errors = self.document.reply_errors(operation, answer.status_code, answer.json())
            problems += [Problem("reply", reply_error(answer, error)) for error in errors[:5]]
        if answer.status_code >= 500 and not self._listed(operation, answer):
            problems.append(Problem("server error", refusal(answer)))
        return problems

    def _acceptance(self, operation, answer, real_path):
        """What the document allows is done, except for a listed reason that no schema can express."""
        if answer.status_code < 400 or (answer.status_code == 404 and not real_path):
            return []
        return [] if self._listed(operation, answer) else [Problem("refused what is allowed", refusal(answer))]

    def _listed(self, operation, answer):
        """Whether every part of a refusal is in the list of reasons."""
        body = error_of(answer)
        parts = [(one["field"], one["message"]) for one in body["errors"]] or [("", body["message"])]
        found = [
            next((reason for reason in BEYOND_THE_SCHEMA if reason.covers(operation.id, body["code"], *part)), None)
            for part in parts
        ]
        self.reasons_met.update(reason for reason in found if reason)
        return all(found)


def from_the_document(sent, answer):
    checks = FROM_THE_DOCUMENT
    if any_bytes(sent.operation):
        # Schemathesis compares the bytes with its idea of a text, and takes some for forbidden.
        checks = [check for check in checks if check is not negative_data_rejection]
    try:
        sent.validate_response(answer, checks=checks)
    except FailureGroup as group:
        for failure in group.exceptions:
            yield Problem(failure.title, failure.message.rpartition("Invalid component: ")[2].replace("\n", " "))


def taken_all_the_same(operation, problem):
    return any(operation.id == id and re.fullmatch(text, problem.text) for id, text in TAKEN_ALL_THE_SAME)


def common(answer):
    """Headers on every reply (API 1.9), and the shape of every error (API 1.5)."""
    request_id = header(answer, "X-Request-Id")
    if not REQUEST_ID.fullmatch(request_id):
        yield Problem("headers", "X-Request-Id is missing or not req_ and 26 characters")
    for name, value in SECURITY_HEADERS.items():
        if header(answer, name) != value:
            yield Problem("headers", f"{name} is {header(answer, name) or 'missing'} instead of {value}")
    if answer.status_code < 400:
        return
    if header(answer, "Content-Type").partition(";")[0] != "application/json":
        yield Problem("error body", f"Content-Type of an error is {header(answer, 'Content-Type') or 'missing'}")
        return
    body = error_of(answer)
    if STATUS_OF_CODE.get(body["code"]) != answer.status_code:
        yield Problem("error body", f"status {answer.status_code} with code {body['code'] or 'missing'}")
    if body["requestId"] != request_id:
        yield Problem("error body", "requestId differs from X-Request-Id")
    if not body["message"].strip():
        yield Problem("error body", "no message")
    if answer.status_code == 401 and header(answer, "WWW-Authenticate") != "Bearer":
        yield Problem("headers", "401 without WWW-Authenticate: Bearer")
    if answer.status_code in (429, 503) and not whole_number(answer, "Retry-After"):
        yield Problem("headers", f"{answer.status_code} without Retry-After")


def ignored_fields(document, operation, sent, answer):
    """Fields that the document does not know are ignored and named (API 1.1)."""
    known = document.body_fields(operation)
    if not answer.status_code < 300 or known is None or not isinstance(sent.body, dict):
        return
    unknown = {name for name in sent.body if name not in known and name.isascii() and name.isalnum()}
    named = {name.strip() for name in header(answer, "X-Ignored-Fields").split(",")}
    if unknown - named and len(unknown) < 10:
        yield Problem("headers", "X-Ignored-Fields does not name an unknown field")


def header(answer, name):
    return answer.headers.get(name.lower(), [""])[0]


def whole_number(answer, name):
    return header(answer, name).isdigit()


def refusal(answer):
    """A refusal on one line, the same for the same reason: without ids, names and numbers of this run."""
    body = error_of(answer)
    parts = [f"{one['field']}: {one['message']}" for one in body["errors"]] or [body["message"]]
    return f"{answer.status_code} {body['code']}: {'; '.join(sorted(set(map(plain, parts))))[:300]}"


def error_of(answer):
    """The body of an error; what is missing, or not readable at all, is empty."""
    empty = {"code": "", "message": "", "requestId": "", "errors": []}
    try:
        body = answer.json()
    except ValueError:
        return empty
    return empty | body if isinstance(body, dict) else empty


def reply_error(answer, error):
    place = "/".join("*" if isinstance(step, int) else str(step) for step in error.instance_path)
    # The value itself may be long, and another one each time.
    what = re.sub(r"^.* (is not valid under .*)$", r"\1", error.message, flags=re.DOTALL)
    return f"{answer.status_code} at /{plain(place)}: {plain(what)[-200:]}"


def plain(text):
    return re.sub(r"\d+", "n", re.sub(r"\b[a-z]+_[0-9a-hjkmnp-tv-z]{26}\b", "<id>", text))
