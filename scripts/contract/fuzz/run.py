"""The fuzzing of one server: every operation of the document, round after round."""

from collections import Counter

import requests
from schemathesis.core.transport import Response

from aims import THROWAWAY, Aim
from checks import Checks, Problem, common
from findings import Digest, Findings
from probes import probes, problems_of
from reasons import CANNOT_SUCCEED
from session import Session
from staff import OWNER, PASSWORD, Staff
from world import World

REQUEST_SECONDS_MAX = 30
# These change or end the account itself: the first is how the server is set up, the second is asked last of all.
SETUP, LAST = "auth.setup", "accounts.delete"


class Run:
    """One server, its people, and everything that is counted about it. `answers` are those of the last round, in order."""

    def __init__(self, document, operations, name, server):
        self.document, self.operations, self.name, self.server = document, operations, name, server
        self.checks, self.findings, self.digest = Checks(document), Findings(), Digest()
        self.succeeded, self.requests, self.asked = Counter(), 0, Counter()
        self.session, self.worlds, self.answers = Session(), 0, []

    def begin(self):
        setup = {"setupToken": self.server.setup_token, "accountName": "Fuzz", "email": OWNER, "password": PASSWORD}
        answer = self._by_hand(SETUP, setup | {"displayName": "Owner", "mode": "token"})
        if answer.status_code != 201:
            raise SystemExit(f"fuzz: the server cannot be set up: {answer.status_code} {answer.text}")
        self.staff = Staff(self.server, answer.json())
        world = self._world()
        for operation in self.document.operations.values():
            self._probe(operation, world)
        world.close()

    def round(self, cases_of):
        """Sends one round. Read operations share a world, each of the others begins in one of its own."""
        self.answers, shared = [], self._world()
        for id, cases in cases_of.items():
            operation = self.document.operations[id]
            self._operation(operation, cases, shared)
        shared.close()

    def _operation(self, operation, cases, shared):
        own = None
        for case in cases:
            if not operation.writes:
                world = shared
            elif own is None or own.worn_out:
                if own:
                    own.close()
                world = own = self._world()
                if operation.id in THROWAWAY:
                    self.staff.sign_in(self.staff.throwaway)
            self._case(operation, case, Aim(self.document, self.staff, world))
        if own:
            own.close()

    def _case(self, operation, case, aim):
        sent, real_path = aim.place(operation, case, self.asked[operation.id])
        if operation.id == LAST and sent.meta.generation.mode.is_positive:
            return  # would end the account; `end` does it
        self.asked[operation.id] += 1
        try:
            answer = sent.call(self.server.base_url, session=self.session, timeout=REQUEST_SECONDS_MAX)
        except requests.RequestException as error:
            self._no_answer(operation, error)
            return
        self._count(operation, answer)
        self.answers.append((operation.id, answer.status_code, answer.request))
        self.findings.add(operation.id, self.checks.of_case(operation, sent, answer, real_path), answer.request)
        aim.after(operation, sent, answer)

    def _no_answer(self, operation, error):
        self.answers.append((operation.id, "no answer", error.request))
        self.findings.add(operation.id, [Problem("no answer", type(error).__name__)], error.request)
        if not self.server.alive():
            raise SystemExit(f"fuzz: the server has died at {operation.id}:\n{self.server.errors()}")

    def _probe(self, operation, world):
        for name, method, headers, query, right in probes(self.document, operation, self.staff):
            path = operation.path
            for parameter, kind in Aim(self.document, self.staff, world).kinds(operation).items():
                path = path.replace("{%s}" % parameter, world.some(kind))
            answer = self._send(method, path + query, headers, None)
            self._count(operation, answer)
            problems = list(problems_of(name, right, answer))
            # A method that a path has not is no operation: then only what holds for every reply is asked of it.
            problems += self.checks.of_reply(operation, answer) if method == operation.method else common(answer)
            self.findings.add(operation.id, problems, answer.request)

    def end(self):
        """The end of the account, and what must be true after everything has been asked."""
        if len(self.operations) < len(self.document.operations):
            return
        answer = self._by_hand(LAST, {"confirmation": "DELETE"}, self.staff.owner.token)
        if answer.status_code != 200:
            self.findings.add(LAST, [Problem("refused what is allowed", str(answer.status_code))], answer.request)
        for id in self.document.operations:
            if id in CANNOT_SUCCEED and self.succeeded[id]:
                self.findings.add(id, [Problem("coverage", "succeeds, though reasons.py says that it cannot")], None)
            elif id not in CANNOT_SUCCEED and not self.succeeded[id]:
                self.findings.add(id, [Problem("coverage", "not one request succeeded")], None)
        if errors := self.server.errors():
            self.findings.add("server", [Problem("log", errors[:2000])], None)

    def _by_hand(self, id, body, token=None):
        operation = self.document.operations[id]
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = self._send(operation.method, operation.path, headers, body)
        self._count(operation, answer)
        self.findings.add(id, self.checks.of_reply(operation, answer), answer.request)
        return answer

    def _send(self, method, path, headers, body):
        url = self.server.base_url + path
        answer = self.session.request(method, url, json=body, headers=headers, timeout=REQUEST_SECONDS_MAX)
        return Response.from_any(answer)

    def _count(self, operation, answer):
        self.session.cookies.clear()
        self.requests += 1
        self.digest.add(answer.request)
        if answer.status_code < 300:
            self.succeeded[operation.id] += 1

    def _world(self):
        self.worlds += 1
        return World(self.staff, self.worlds)
