"""Requests that no schema leads to: without a credential, with a method nobody documented, with an unknown parameter."""

from aims import FRESH
from checks import Problem, error_of
from reasons import CANNOT_SUCCEED

METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}
NOBODY = {"Authorization": "Bearer sk_live_nobody"}


def probes(document, operation, staff):
    """What is asked of one operation: (name, method, headers, query, the status that is right)."""
    owner = {"Authorization": f"Bearer {staff.owner.token}"}
    if operation.of_customers:
        yield "no credential", operation.method, {}, "", 401
        yield "a session of staff where only customers count", operation.method, owner, "", 401
        return
    if not operation.public:
        yield "no credential", operation.method, {}, "", 401
        yield "an unknown credential", operation.method, NOBODY, "", 401
        if not operation.takes_key:
            key = {"Authorization": f"Bearer {staff.server.api_key}"}
            yield "an API key where only sessions count", operation.method, key, "", 401
    if operation.method == "GET" and operation.id not in CANNOT_SUCCEED and operation.id not in FRESH:
        right = 400 if operation.strict_query else 200
        yield "an unknown query parameter", "GET", owner, "?fuzzUnknown=1", right
    known = {one.method for one in document.operations.values() if one.path == operation.path}
    for method in sorted(METHODS - known):
        yield f"the method {method}, which the path has not", method, owner, "", 404


def problems_of(name, right, answer):
    """What is wrong with the answer to a probe, beyond what is wrong with any answer."""
    if answer.status_code != right:
        yield Problem("probe", f"{name}: {answer.status_code} instead of {right}")
    elif right == 400 and [one["field"] for one in error_of(answer)["errors"]] != ["fuzzUnknown"]:
        yield Problem("probe", f"{name}: the refusal does not name it")
