"""The server as a process, and a connection to its API."""

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import time

ANSWER_SECONDS = 60  # a server that answers nothing for so long is broken
START_SECONDS = 60
MAIL_DOMAIN = "desk.example"
SERVER_KEY = "07" * 32


class Gone(Exception):
    """There was no answer: whether something was done is not known."""


def free_port():
    """Below the ephemeral range, so that nobody is given it as the near end of a connection while the server is dead."""
    for _ in range(1000):
        port = random.SystemRandom().randrange(20000, 32000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
    raise SystemExit("crash: no free port")


class Api:
    """One connection. Made anew by whoever lost it."""

    def __init__(self, port, key):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS)
        self.headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}

    def raw(self, method, path, data=None, headers=None):
        """Status and bytes of an answer."""
        try:
            if self.connection.sock is None:
                self.connection.connect()
                self.connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.connection.request(method, path, data, headers or {})
            answer = self.connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.connection.close()
            raise Gone(repr(error)) from None

    def ask(self, method, path, body=None, key=None):
        headers = self.headers if key is None else self.headers | {"Idempotency-Key": key}
        status, data = self.raw(method, f"/v1{path}", None if body is None else json.dumps(body), headers)
        return status, json.loads(data) if data else None

    def get(self, path):
        status, answer = self.ask("GET", path)
        if status != 200:
            raise SystemExit(f"crash: GET {path} answered {status}: {answer}")
        return answer


class Place:
    """Where the data is: a folder, and for PostgreSQL a database that goes with it."""

    def __init__(self, binary, root, cluster):
        self.binary, self.root, self.cluster = binary, root, cluster
        self.data = root / "data"
        self.url = None
        if cluster:
            self.name = f"crash_{os.getpid()}"
            self.url = f"{cluster.rsplit('/', 1)[0]}/{self.name}"
            self.sql(f"CREATE DATABASE {self.name}", cluster)
        self.http, self.smtp = free_port(), free_port()
        self.env = {name: value for name, value in os.environ.items() if not name.startswith("DISPATCH_")}
        self.relay = None  # the port of who takes outgoing mail
        self.more = {}  # what a disaster adds to the environment
        if cluster:
            self.env["DISPATCH_SERVER_KEY"] = SERVER_KEY

    def sql(self, text, url=None):
        folder = os.environ.get("DISPATCH_TEST_PG_BIN")
        psql = os.path.join(folder, "psql") if folder else "psql"
        return subprocess.run([psql, "-XAtq", "-c", text, url or self.url], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()

    def others_are_gone(self, before):
        """Waits until PostgreSQL has noticed that the dead server's connections are dead: until then they may still commit."""
        question = f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{self.name}' AND backend_start < to_timestamp({before})"
        end = time.monotonic() + 30
        while self.sql(question, self.cluster) != "0":
            if time.monotonic() > end:
                raise SystemExit("crash: PostgreSQL keeps the connections of a dead server")
            time.sleep(0.05)

    def remove(self):
        if self.cluster:
            self.sql(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)", self.cluster)

    def words(self, *words):
        where = ["--database", self.url] if self.url else []
        return [self.binary, *words, "--data", str(self.data), *where]

    def run(self, *words):
        """A command to its end: whether it succeeded, and what it said."""
        done = subprocess.run(self.words(*words), env=self.env | self.more, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return done.returncode == 0, done.stdout.strip()

    def key(self):
        ok, said = self.run("admin", "create-key", "--name", "Crash", "--all-brands")
        if not ok:
            raise SystemExit(f"crash: admin create-key: {said}")
        return said.splitlines()[-1]

    def spawn(self):
        settings = [
            "mail.domain=" + MAIL_DOMAIN, f"mail.smtp_listen=127.0.0.1:{self.smtp}", "webhooks.allow_private_targets=true",
            "rate_limits.enabled=false", "log.level=warn",
        ]
        if self.relay:
            settings.append(f"mail.relay_url=smtp://127.0.0.1:{self.relay}")
        flags = [part for setting in settings for part in ("--set", setting)]
        log = open(self.root / "server.log", "ab")
        return subprocess.Popen(
            self.words("serve", "--listen", f"127.0.0.1:{self.http}", *flags), env=self.env | self.more, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )

    def log(self):
        return (self.root / "server.log").read_text(errors="replace")

    def serve(self):
        """A server that answers; None when it ended by itself."""
        process = self.spawn()
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if process.poll() is not None:
                return None
            try:
                socket.create_connection(("127.0.0.1", self.http), 1).close()
                return process
            except OSError:
                time.sleep(0.002)
        kill(process)
        raise SystemExit(f"crash: the server did not listen within {START_SECONDS} s:\n{self.log()[-3000:]}")


def kill(process):
    process.send_signal(signal.SIGKILL)
    process.wait(60)
