"""A Dispatch of its own for the fuzzer: a fresh database of either kind, an owner who is set up, and nothing left over."""

import os
import re
import secrets
import shutil
import subprocess
import tempfile
from pathlib import Path

import requests

START_SECONDS_MAX = 60
STOP_SECONDS_MAX = 30
# High enough never to be reached, and yet on: the headers of the limits are part of what is checked.
LIMITS = ["caller_capacity=1000000", "portal_capacity=1000000", "public_capacity=1000000", "sign_in_capacity=1000000"]
LISTENS = re.compile(r"listens on (http://\S+)")


class Server:
    """One running server, from `with` on: where it listens, its first API key, and what its owner is set up with."""

    def __init__(self, binary, database):
        self.binary, self.database = binary, database
        self.folder = Path(tempfile.mkdtemp(prefix="dispatch-fuzz."))
        self.process = None

    def __enter__(self):
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.process:
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS_MAX)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process.stdout.close()
        self.database.drop()
        shutil.rmtree(self.folder)

    def _start(self):
        arguments = [self.binary, "serve", "--data", str(self.folder), "--listen", "127.0.0.1:0", *self.database.create()]
        for limit in LIMITS:
            arguments += ["--set", f"rate_limits.{limit}"]
        arguments += ["--set", "log.level=error"]
        # No setting of the caller's shell reaches the server.
        environment = {name: value for name, value in os.environ.items() if not name.startswith("DISPATCH_")}
        environment["DISPATCH_SERVER_KEY"] = "5eed" * 16  # on PostgreSQL servers share it, so that it is not made on the way
        with open(self.folder / "server.log", "wb") as log:
            self.process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=log, env=environment)
        line = self.process.stdout.readline().decode()
        if not (listens := LISTENS.search(line)):
            raise SystemExit(f"fuzz: the server did not start: {line}{self.errors()}")
        self.base_url = listens[1]
        requests.get(f"{self.base_url}/v1/ready", timeout=START_SECONDS_MAX).raise_for_status()
        first_run = (self.folder / "first-run.txt").read_text()
        self.api_key = re.search(r"sk_live_\w+", first_run)[0]
        self.setup_token = re.search(r"setup\?token=(\S+)", first_run)[1]

    def alive(self):
        return self.process.poll() is None

    def errors(self):
        """What the server wrote to its log: errors only."""
        return (self.folder / "server.log").read_text(errors="replace")


class Sqlite:
    """The database in the data folder."""

    name = "SQLite"

    def create(self):
        return []

    def drop(self):
        pass


class Postgres:
    """A database of its own in the cluster that DISPATCH_TEST_POSTGRES names (`scripts/with-postgres.sh`)."""

    name = "PostgreSQL"

    def __init__(self, url):
        self.cluster, self.database = url, f"fuzz_{secrets.token_hex(6)}"

    def create(self):
        self._psql(f"create database {self.database}")
        return ["--database", f"{self.cluster.rpartition('/')[0]}/{self.database}"]

    def drop(self):
        self._psql(f"drop database if exists {self.database} with (force)")

    def _psql(self, statement):
        psql = shutil.which("psql") or f"{os.environ.get('DISPATCH_TEST_PG_BIN', '')}/psql"
        subprocess.run([psql, "-qX", "-v", "ON_ERROR_STOP=1", "-c", statement, self.cluster], check=True)
