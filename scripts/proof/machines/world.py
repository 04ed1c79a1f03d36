"""The hosts with what runs on them: two databases, a bucket, three nodes."""

import json
import pathlib
import shutil
import signal
import subprocess
import tempfile
import urllib.request

import hosts
from postgres import PASSWORD, Database

NODES = ("n1", "n2", "n3")
# No proxy of this machine's environment stands between these hosts.
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
SERVER_KEY = "5c" * 32


class World:
    def __init__(self, binary, bucket_binary, bin_dir, user):
        self.binary, self.bucket_binary = binary, bucket_binary
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="dispatch-machines.", dir="/tmp"))
        self.root.chmod(0o755)
        self.primary = Database("db1", self.root, bin_dir, user)
        self.standby = Database("db2", self.root, bin_dir, user)
        self.nodes, self.bucket, self.key, self.brands = {}, None, "", []

    def start(self):
        self.primary.create()
        self.standby.follow(self.primary)
        self.primary.synchronous(True)
        folder = self.root / "s3"
        folder.mkdir()
        words = [self.bucket_binary, f"{hosts.address('s3')}:9000", folder]
        self.bucket = hosts.Process("s3", words, self.root / "s3.log")
        words = ["ip", "netns", "exec", hosts.space("n1"), self.binary, "admin", "create-key", "--name", "proof", "--all-brands"]
        done = subprocess.run(words, env=self.environment("n1"), capture_output=True, text=True, cwd=self.root)
        if done.returncode:
            raise RuntimeError(f"create-key: {done.stderr}")
        self.key = done.stdout.strip()
        for name in NODES:
            self.start_node(name)
        for name in NODES:
            hosts.until(f"{name} is ready", lambda name=name: self.ready(name))
        self.brands = [self.call("POST", "n1", "/v1/brands", {"name": name})["id"] for name in ("One", "Two")]

    def environment(self, name):
        servers = ",".join(hosts.address(database) for database in ("db1", "db2"))
        return {
            **hosts.environment(),
            "DISPATCH_DATABASE_URL": f"postgres://dispatch:{PASSWORD}@{servers}/dispatch?sslmode=disable",
            "DISPATCH_SERVER_KEY": SERVER_KEY,
            "DISPATCH_DATA_DIR": str(self.root / name),
            "DISPATCH_HTTP_LISTEN": f"{hosts.address(name)}:8080",
            "DISPATCH_HTTP_PUBLIC_URL": f"http://{hosts.address(name)}:8080",
            "DISPATCH_RATE_LIMITS_ENABLED": "false",
            "DISPATCH_LOG_LEVEL": "warn",
            "DISPATCH_WEBHOOKS_ALLOW_PRIVATE_TARGETS": "true",
            "DISPATCH_STORAGE_KIND": "s3",
            "DISPATCH_STORAGE_ENDPOINT": f"http://{hosts.address('s3')}:9000",
            "DISPATCH_STORAGE_BUCKET": "dispatch",
            "DISPATCH_STORAGE_ACCESS_KEY": "test-access-key",
            "DISPATCH_STORAGE_SECRET_KEY": "test-secret-key",
        }

    def start_node(self, name):
        log = self.root / f"{name}.log"
        self.nodes[name] = hosts.Process(name, [self.binary, "serve"], log, env=self.environment(name))

    def ready(self, name):
        if not self.nodes[name].running():
            raise RuntimeError(f"{name} ended: {self.nodes[name].log.read_text()[-800:]}")
        try:
            with OPENER.open(f"http://{hosts.address(name)}:8080/v1/ready", timeout=10) as reply:
                return reply.status == 200
        except OSError:
            return False

    def kill_node(self, name):
        self.nodes[name].end(signal.SIGKILL)

    def call(self, method, node, path, body=None):
        request = urllib.request.Request(f"http://{hosts.address(node)}:8080{path}", method=method)
        request.add_header("Authorization", f"Bearer {self.key}")
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        with OPENER.open(request, timeout=30) as reply:
            return json.load(reply)

    def log_of(self, brand, node="n1"):
        """The whole log of a brand."""
        events, after = [], "0"
        while True:
            page = self.call("GET", node, f"/v1/brands/{brand}/events?limit=100&after={after}")
            events += page["data"]
            after = page["position"]
            if not page["pagination"]["hasMore"]:
                return events

    def fail_over(self):
        """The primary is fenced, then gone; the standby takes over."""
        hosts.unplug(self.primary.host)
        self.primary.kill()
        self.standby.promote()
        self.primary, self.standby = self.standby, self.primary

    def restore_standby(self):
        """The machine that was fenced comes back as the standby of the other."""
        hosts.plug(self.standby.host)
        self.standby.follow(self.primary)

    def end(self):
        for process in [*self.nodes.values(), self.bucket]:
            if process:
                process.end(signal.SIGKILL)
        for database in (self.primary, self.standby):
            database.stop()
        shutil.rmtree(self.root, ignore_errors=True)
