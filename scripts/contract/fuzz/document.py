"""The API document: its operations, and validators for replies in which an undocumented field is an error."""

import json
from dataclasses import dataclass

import jsonschema_rs
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation.meta import CoveragePhaseData

METHODS = ("get", "post", "put", "patch", "delete")
# What is appended to the name of a component to name its closed twin.
CLOSED = "~closed"


@dataclass(frozen=True)
class Operation:
    """One operation as the document has it."""

    id: str
    method: str
    path: str
    definition: dict
    # The ways to sign in, each a set of security schemes; none, or an empty one, when the operation is public.
    security: tuple

    @property
    def public(self):
        return not self.security or frozenset() in self.security

    @property
    def takes_session(self):
        return any("sessionToken" in way for way in self.security)

    @property
    def takes_key(self):
        return any("apiKey" in way for way in self.security)

    @property
    def of_customers(self):
        return any("portalToken" in way for way in self.security)

    @property
    def strict_query(self):
        """Unknown query parameters are refused: the document then knows a 400 for a GET (API 1.1)."""
        return self.method == "GET" and "400" in self.definition["responses"]

    @property
    def writes(self):
        return self.method != "GET"


class Document:
    """The document of one file."""

    def __init__(self, path):
        self.raw = json.loads(path.read_text())
        default = self.raw.get("security", [])
        self.operations = {}
        for url, item in self.raw["paths"].items():
            for method in METHODS:
                if definition := item.get(method):
                    ways = tuple(frozenset(way) for way in definition.get("security", default))
                    id = definition["operationId"]
                    self.operations[id] = Operation(id, method.upper(), url, definition, ways)
        self._components = closed_components(self.raw.get("components", {}))
        self._validators = {}

    def by_route(self, method, path):
        return next(one for one in self.operations.values() if (one.method, one.path) == (method, path))

    def resolve(self, node):
        """The object that a reference leads to, or the object itself."""
        while "$ref" in node:
            target = self.raw
            for step in node["$ref"].removeprefix("#/").split("/"):
                target = target[step.replace("~1", "/").replace("~0", "~")]
            node = target
        return node

    def wrong_by_design(self, operation, case):
        """The field or parameter that a systematic request is about; nothing when that cannot be told."""
        data = case.meta.phase.data
        if not isinstance(data, CoveragePhaseData) or case.meta.generation.mode.is_positive:
            return None
        if data.parameter_location == ParameterLocation.QUERY:
            return data.parameter
        if data.parameter_location != ParameterLocation.BODY:
            return None
        # "title: String larger than maxLength", "Missing required property: title"
        known = self.body_fields(operation) or set()
        parts = [part.strip("'` ") for part in data.description.split(":")]
        return next((part for part in (parts[0], parts[-1]) if part in known), None)

    def one_way(self, operation):
        """Whether there is one way only to write a body: among alternatives, what is wrong depends on which was meant."""
        content = self.resolve(operation.definition.get("requestBody", {})).get("content", {})
        schema = self.resolve(content.get("application/json", {}).get("schema", {}))
        parts = [schema, *(self.resolve(part) for part in schema.get("allOf", []))]
        return not any({"anyOf", "oneOf", "if"} & part.keys() for part in parts)

    def parameters(self, operation):
        return [self.resolve(one) for one in operation.definition.get("parameters", [])]

    def body_fields(self, operation):
        """The names of the fields that a body may have; nothing when it has none, or may have any."""
        content = self.resolve(operation.definition.get("requestBody", {})).get("content", {})
        schema = content.get("application/json", {}).get("schema")
        return None if schema is None else self._fields(schema)

    def _fields(self, schema):
        schema = self.resolve(schema)
        parts = [part for key in ("allOf", "anyOf", "oneOf") for part in schema.get(key, [])]
        found = [set(schema["properties"])] if "properties" in schema else []
        found += [fields for part in parts if (fields := self._fields(part))]
        return set().union(*found) if found else None

    def reply_errors(self, operation, status, body):
        """What is wrong with the JSON body of a reply; nothing when the document shows no JSON for that status."""
        key = (operation.id, status)
        if key not in self._validators:
            self._validators[key] = self._validator(operation, status)
        validator = self._validators[key]
        return [] if validator is None else list(validator.iter_errors(body))

    def _validator(self, operation, status):
        reply = operation.definition["responses"].get(str(status))
        content = self.resolve(reply).get("content", {}) if reply else {}
        schema = next((media.get("schema") for name, media in content.items() if "json" in name), None)
        if schema is None:
            return None
        root = {"$schema": "https://json-schema.org/draft/2020-12/schema", "components": self._components}
        return jsonschema_rs.Draft202012Validator(root | closed(schema, True), validate_formats=True)


def closed_components(components):
    """The components, each schema twice: as it is (for `allOf`, whose parts must stay open) and closed."""
    schemas = {}
    for name, schema in components.get("schemas", {}).items():
        schemas[name] = closed(schema, False)
        schemas[name + CLOSED] = closed(schema, True)
    return {**components, "schemas": schemas}


def closed(schema, close):
    """The schema with every object in it closed; the outermost one only with `close`."""
    if not isinstance(schema, dict):
        return schema
    found = {}
    for key, value in schema.items():
        if key == "$ref":
            found[key] = value + CLOSED if close else value
        elif key == "allOf":
            found[key] = [closed(part, False) for part in value]
        elif key in ("anyOf", "oneOf"):
            found[key] = [closed(part, close and "properties" not in schema) for part in value]
        elif key in ("items", "additionalProperties"):
            found[key] = closed(value, True)
        elif key in ("properties", "$defs", "patternProperties"):
            found[key] = {name: closed(part, True) for name, part in value.items()}
        else:
            found[key] = value
    if close and ("properties" in schema or "allOf" in schema) and "additionalProperties" not in schema:
        found["unevaluatedProperties"] = False
    return found
