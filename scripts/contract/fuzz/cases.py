"""The requests that schemathesis makes from the document. The only file that reaches into its inner parts, hence the exact
version in requirements.txt.

The plan is a list of rounds. The first holds for each operation what follows from its schema alone (each limit kept and
broken, each value left out, each wrong type); the later ones hold random requests, allowed and forbidden in turn. It
depends on the document and the seed, never on an answer.
"""

import sys

import hypothesis
import schemathesis
from hypothesis import HealthCheck, Phase
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.generation.drivers import CoverageGenerator
from schemathesis.generation.feedback import NO_FEEDBACK
from schemathesis.generation.overrides import Override

MESSAGE = "message/rfc822"


@schemathesis.serializer(MESSAGE)
def message(_context, value):
    """A message is sent as the text that it is; anything else as what it looks like."""
    text = value if isinstance(value, (str, bytes)) else str(value)
    return (text.encode("utf-8", "replace") if isinstance(text, str) else text) or b"\n"  # no message is empty


# How a request that the document forbids may be refused; 404 where the path itself is wrong.
REFUSALS = ["400", "404", "413", "415"]
CONFIG = {
    "generation": {
        "allow-x00": False,  # U+0000 is refused everywhere (API 1.1), which no schema says
        "with-security-parameters": False,  # credentials are ours
        "database": "none",
    },
    "phases": {"coverage": {"unexpected-methods": []}},  # asked once per path in probes.py
    "checks": {"negative_data_rejection": {"expected-statuses": REFUSALS}},
}


def load(document):
    """Schemathesis's view of the document: its operations by their ids."""
    config = schemathesis.Config.from_dict(CONFIG)
    schema = schemathesis.openapi.from_dict(apart(document.raw), config=config)
    operations = (result.ok() for result in schema.get_all_operations())
    return {operation.definition.raw["operationId"]: operation for operation in operations}


def apart(node):
    """The document with every text of a format that may also be null as two alternatives: of the two in one schemathesis
    forgets the format, and takes an empty text for a time."""
    if isinstance(node, list):
        return [apart(item) for item in node]
    if not isinstance(node, dict):
        return node
    node = {key: apart(value) for key, value in node.items()}
    if "format" in node and isinstance(node.get("type"), list) and "null" in node["type"]:
        others = [kind for kind in node["type"] if kind != "null"]
        text = {**node, "type": others[0] if len(others) == 1 else others}
        return {"anyOf": [text, {"type": "null"}]}
    return node


def plan(operations, seed, examples, batch):
    """The rounds one after the other, each a dictionary from an operation's id to its requests. Made as they are asked for."""
    yield {id: list(systematic(operation)) for id, operation in operations.items()}
    for start in range(0, examples, batch):
        size = min(batch, examples - start)
        yield {id: random(operation, seed + start, size) for id, operation in operations.items()}


def systematic(operation):
    config = operation.schema.config.generation_for(operation=operation, phase="coverage")
    for mode in modes(operation):
        generator = CoverageGenerator(
            operation=operation, generation_modes=[mode], generation_config=config, auth_storage=None,
            override=Override(), feedback=NO_FEEDBACK,
        )
        yield from generator


def random(operation, seed, size):
    """Up to `size` requests in each mode; fewer when the document allows no more, or nothing can be wrong."""
    return [case for mode in modes(operation) for case in draw(operation, mode, seed, size)]


def any_bytes(operation):
    """Whether the body is a message, which may be any bytes: then nothing in it can be wrong."""
    return MESSAGE in operation.definition.raw.get("requestBody", {}).get("content", {})


def modes(operation):
    return [GenerationMode.POSITIVE] if any_bytes(operation) else [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]


def draw(operation, mode, seed, size):
    cases = []

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=size, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode, feedback=NO_FEEDBACK))
    def collect(case):
        cases.append(case)

    try:
        collect()
    except Unsatisfiable:
        if mode == GenerationMode.POSITIVE:
            sys.exit(f"fuzz: {operation.label}: no request satisfies the document")
    return cases
