"""Does the fuzzing find what it should? A tiny server with one fault per path; each must be found, and nothing else."""

import json
import tempfile
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import cases
from checks import Checks
from document import Document
from findings import Digest, Findings, compare, curl
from reasons import Reason

REQUEST_ID = "req_01kdyam0ay37dxvmezp8xsgbqr"
BODY = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string", "minLength": 1, "maxLength": 9}}}
THING = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}
COMPOSED = {"allOf": [{"$ref": "#/components/schemas/Thing"}, {"type": "object", "properties": {"more": {"type": "string"}}}]}
ERROR = {"type": "object", "properties": {name: {} for name in ("code", "message", "errors", "requestId")}}
# What each path answers to a good and to a bad request, and the kinds of finding that must come of it.
GOOD, BAD = (200, {"id": "1"}), (400, {"code": "validation_error", "errors": [{"field": "name", "message": "is wrong"}]})
OTHER_FIELD = (400, {"code": "validation_error", "errors": [{"field": "id", "message": "is wrong"}]})
PATHS = {
    "/v1/ignores-in-silence": (GOOD, BAD, set()),
    "/v1/sound": (GOOD, BAD, set()),
    "/v1/composed": ((200, {"id": "1", "more": "x"}), BAD, set()),
    "/v1/accepts-everything": (GOOD, GOOD, {"Schema-violating request accepted"}),
    "/v1/refuses-everything": (BAD, BAD, {"refused what is allowed"}),
    "/v1/fails": ((500, {"code": "server_error"}), BAD, {"server error", "refused what is allowed"}),
    "/v1/undocumented-status": ((202, {"id": "1"}), BAD, {"Undocumented status code"}),
    "/v1/undocumented-field": ((200, {"id": "1", "extra": 1}), BAD, {"reply"}),
    "/v1/wrong-type": ((200, {"id": 1}), BAD, {"reply"}),
    "/v1/wrong-code": (GOOD, (400, {**BAD[1], "code": "conflict"}), {"error body"}),
    "/v1/names-another-field": (GOOD, OTHER_FIELD, {"refused for another reason"}),
    "/v1/other-refusal": (GOOD, (409, {"code": "conflict"}), {"refused for another reason", "Schema-violating request accepted"}),
}


class Faulty(BaseHTTPRequestHandler):
    """Reads the body as the document has it and answers as the path is told to."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        good, bad, _ = PATHS[self.path]
        status, body = good if self.is_good() else bad
        self.answer(status, body if status < 400 else {**body, "message": "It is not right.", "requestId": REQUEST_ID})

    def is_good(self):
        try:
            name = json.loads(self.raw)["name"]
        except (ValueError, TypeError, KeyError):
            return False
        return self.headers["Content-Type"] == "application/json" and isinstance(name, str) and 1 <= len(name) <= 9

    def answer(self, status, body):
        text = json.dumps(body).encode()
        self.send_response(status)
        for name, value in {
            "Content-Type": "application/json", "Content-Length": str(len(text)), "X-Request-Id": REQUEST_ID,
            "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store",
        }.items():
            self.send_header(name, value)
        if unknown := [] if self.path == "/v1/ignores-in-silence" else self.unknown_fields():
            self.send_header("X-Ignored-Fields", ", ".join(unknown))
        self.end_headers()
        self.wfile.write(text)

    def unknown_fields(self):
        fields = json.loads(self.raw) if self.is_good() else {}
        return [field for field in fields if field != "name" and field.isascii() and field.isalnum()]

    def log_message(self, *_):
        pass


def operation(path):
    schema = COMPOSED if path == "/v1/composed" else {"$ref": "#/components/schemas/Thing"}
    replies = {"200": schema, "400": ERROR, "409": ERROR, "500": ERROR}
    return {
        "operationId": path.removeprefix("/v1/"),
        "requestBody": {"required": True, "content": {"application/json": {"schema": BODY}}},
        "responses": {
            status: {"description": status, "content": {"application/json": {"schema": one}}} for status, one in replies.items()
        },
    }


class EveryFaultIsFound(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = ThreadingHTTPServer(("127.0.0.1", 0), Faulty)
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()
        cls.base_url = f"http://127.0.0.1:{cls.server.server_port}"
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "openapi.json")
            file.write_text(json.dumps({
                "openapi": "3.1.0", "info": {"title": "Faulty", "version": "1"},
                "components": {"schemas": {"Thing": THING}},
                "paths": {path: {"post": operation(path)} for path in PATHS},
            }))
            cls.document = Document(file)
        cls.operations = cases.load(cls.document)

    @classmethod
    def tearDownClass(cls):
        cls.server.shutdown()
        cls.server.server_close()

    def kinds(self, id, made):
        checks = Checks(self.document)
        found = set()
        for case in made:
            answer = case.call(self.base_url, timeout=10)
            problems = checks.of_case(self.document.operations[id], case, answer, True)
            found |= {problem.kind for problem in problems}
        return found

    def test_systematic_requests_find_each_fault(self):
        for path, (_, _, wanted) in PATHS.items():
            id = path.removeprefix("/v1/")
            with self.subTest(id):
                self.assertEqual(self.kinds(id, cases.systematic(self.operations[id])), wanted)

    def test_random_requests_find_each_fault(self):
        for path, (_, _, wanted) in PATHS.items():
            id = path.removeprefix("/v1/")
            if id in ("ignores-in-silence", "names-another-field"):
                continue  # what a random body has that is unknown or wrong is left to chance
            with self.subTest(id):
                self.assertEqual(self.kinds(id, cases.random(self.operations[id], 1, 30)), wanted)

    def test_a_field_that_is_ignored_in_silence_is_found(self):
        case = next(iter(cases.systematic(self.operations["sound"])))
        case.body = {"name": "x", "unknown": 1}
        self.assertEqual(self.kinds("sound", [case]), set())
        case = next(iter(cases.systematic(self.operations["ignores-in-silence"])))
        case.body = {"name": "x", "unknown": 1}
        self.assertEqual(self.kinds("ignores-in-silence", [case]), {"headers"})

    def test_the_same_seed_makes_the_same_requests(self):
        def made(seed):
            return [repr(case) for case in cases.random(self.operations["sound"], seed, 30)]

        self.assertEqual(made(1), made(1))
        self.assertNotEqual(made(1), made(2))


class AReasonCoversNoMoreThanItSays(unittest.TestCase):
    REASON = Reason("tags.* brands.create", "conflict", "", "The name .* is taken.", "")

    def test_what_it_says(self):
        self.assertTrue(self.REASON.covers("tags.update", "conflict", "", "The name a is taken."))

    def test_anything_else(self):
        for other in (
            ("brands.update", "conflict", "", "The name a is taken."),
            ("tags.update", "validation_error", "", "The name a is taken."),
            ("tags.update", "conflict", "name", "The name a is taken."),
            ("tags.update", "conflict", "", "The name a is taken. And more."),
        ):
            with self.subTest(other):
                self.assertFalse(self.REASON.covers(*other))


class Answered:
    """As much of a run as is compared."""

    def __init__(self, name, *statuses):
        self.name, self.findings = name, Findings()
        self.answers = [("tags.list", status, None) for status in statuses]


class DatabasesAreCompared(unittest.TestCase):
    def test_another_status_is_a_finding(self):
        runs = Answered("SQLite", 200, 400), Answered("PostgreSQL", 200, 500)
        compare(runs)
        self.assertEqual([len(run.findings) for run in runs], [0, 1])
        self.assertIn("500 where SQLite answers 400", next(runs[1].findings.lines()))

    def test_the_same_status_is_none(self):
        runs = Answered("SQLite", 200, 400), Answered("PostgreSQL", 200, 400)
        compare(runs)
        self.assertEqual([len(run.findings) for run in runs], [0, 0])


class Request:
    """As much of a request as a report needs."""

    method, body = "POST", b'{"a": "it\'s"}'

    def __init__(self, id, key="sk_live_secret"):
        self.url = f"http://127.0.0.1:1/v1/brands/{id}"
        self.headers = {"Authorization": f"Bearer {key}", "Accept": "*/*"}


class AFindingCanBeRepeated(unittest.TestCase):
    ONE, OTHER = "br_01kdyam0ay37dxvmezp8xsgbqr", "br_01kdyam0ay37dxvmezp8xsgbqs"

    def test_without_a_secret(self):
        line = curl(Request(self.ONE))
        self.assertNotIn("secret", line)
        self.assertTrue(line.endswith(f'"$URL/v1"/brands/{self.ONE}'), line)

    def test_ids_do_not_change_the_fingerprint_and_bodies_do(self):
        def digest(id, body):
            request, digest = Request(id), Digest()
            request.body = body
            digest.add(request)
            return str(digest)

        self.assertEqual(digest(self.ONE, b"x"), digest(self.OTHER, b"x"))
        self.assertNotEqual(digest(self.ONE, b"x"), digest(self.ONE, b"y"))


if __name__ == "__main__":
    unittest.main()
