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


BEYOND_THE_SCHEMA = [
]

# Operations that cannot succeed here, and why. One that does succeed is a finding: then its line goes.
CANNOT_SUCCEED = {
    "auth.verify": "its token comes by mail alone, and mail comes with a later version",
    "auth.resetPassword": "its token comes by mail alone, and mail comes with a later version",
    "auth.magicLink": "503 until outgoing mail can be set up, which comes with a later version",
}
