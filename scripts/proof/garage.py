"""Attachments in a bucket of Garage, a store that is not ours: DISPATCH_BIN=target/release/dispatch python3 -B scripts/proof/garage.py

Starts one node of Garage (GARAGE_BIN, else `garage` in PATH) in a folder of its own and a server beside it, and goes through what
API 8 promises: sizes, types and checksums that do not fit, links that were altered, bytes that are sent again after the confirm, files
before there is a ticket, files of mail, and that nothing of a deleted file stays.
"""

import base64
import hashlib
import http.client
import json
import os
import pathlib
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse

LARGE_MB = 24
WAIT_SECONDS = 60


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(what, ask):
    end = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < end:
        try:
            if found := ask():
                return found
        except (OSError, http.client.HTTPException, subprocess.CalledProcessError):
            pass
        time.sleep(0.1)
    raise SystemExit(f"{what}: not within {WAIT_SECONDS} s")


def expect(what, found, wanted):
    if found != wanted:
        raise SystemExit(f"{what}: {found!r}, and {wanted!r} is right")


class Garage:
    """One node with one bucket."""

    def __init__(self, binary, folder):
        self.binary, self.config, self.port = binary, folder / "garage.toml", free_port()
        rpc = free_port()
        self.config.write_text(f"""
metadata_dir = "{folder}/meta"
data_dir = "{folder}/data"
db_engine = "sqlite"
replication_factor = 1
rpc_bind_addr = "127.0.0.1:{rpc}"
rpc_public_addr = "127.0.0.1:{rpc}"
rpc_secret = "{secrets.token_hex(32)}"
[s3_api]
s3_region = "garage"
api_bind_addr = "127.0.0.1:{self.port}"
""")
        self.log = open(folder / "garage.log", "wb")
        self.process = subprocess.Popen([binary, "-c", self.config, "server"], stdout=self.log, stderr=self.log)
        node = until("a node", lambda: self.run("node", "id", "-q")).strip().split("@")[0]
        until("a layout", lambda: self.run("layout", "assign", "-z", "here", "-c", "1G", node) or True)
        self.run("layout", "apply", "--version", "1")
        key = until("a key", lambda: self.run("key", "create", "proof"))
        self.access, self.secret = (re.search(pattern, key).group(1) for pattern in (r"Key ID:\s*(\S+)", r"Secret key:\s*(\S+)"))
        self.run("bucket", "create", "attachments")
        self.run("bucket", "allow", "--read", "--write", "attachments", "--key", "proof")

    def run(self, *words):
        done = subprocess.run([self.binary, "-c", self.config, *words], capture_output=True, text=True, check=True)
        return done.stdout

    def objects(self):
        return int(re.search(r"Objects:\s*(\d+)", self.run("bucket", "info", "attachments")).group(1))

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.log.close()


class Server:
    def __init__(self, binary, garage, folder):
        self.port, self.data = free_port(), folder / "dispatch"
        env = {name: value for name, value in os.environ.items() if not name.startswith("DISPATCH_")}
        self.key = subprocess.run([binary, "admin", "create-key", "--data", self.data, "--name", "proof", "--all-brands"],
                                  env=env, capture_output=True, text=True, check=True).stdout.strip()
        env["DISPATCH_STORAGE_SECRET_KEY"] = garage.secret
        settings = {"storage.kind": "s3", "storage.endpoint": f"http://127.0.0.1:{garage.port}", "storage.bucket": "attachments",
                    "storage.region": "garage", "storage.access_key": garage.access, "rate_limits.enabled": "false"}
        words = [word for name, value in settings.items() for word in ("--set", f"{name}={value}")]
        self.log = open(folder / "dispatch.log", "wb")
        self.process = subprocess.Popen([binary, "serve", "--data", self.data, "--listen", f"127.0.0.1:{self.port}", *words],
                                        env=env, stdout=self.log, stderr=self.log)
        until("a server", lambda: self.ask("GET", "/ready")[0] == 200)

    def ask(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        connection.request(method, f"/v1{path}", None if body is None else json.dumps(body), headers)
        reply = connection.getresponse()
        text = reply.read()
        return reply.status, json.loads(text) if text else None

    def good(self, method, path, body=None):
        status, told = self.ask(method, path, body)
        if status >= 300:
            raise SystemExit(f"{method} {path}: {status} {told}")
        return told

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.log.close()


def follow(method, url, body=None, headers=None):
    """What a link leads to: status, headers, bytes."""
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=120)
    connection.request(method, f"{parts.path}?{parts.query}", body, headers or {})
    reply = connection.getresponse()
    return reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read()


def put(upload, body, **other):
    headers = {**upload["headers"], **other}
    return follow("PUT", upload["uploadUrl"], body, headers)[0]


def attachments(server, garage):
    brand = server.good("POST", "/brands", {"name": "Garage"})["id"]
    ticket = server.good("POST", f"/brands/{brand}/tickets", {"title": "T"})["id"]
    files = f"/brands/{brand}/tickets/{ticket}/attachments"

    def bytes_of(attachment):
        return follow("GET", server.good("GET", f"{files}/{attachment}")["downloadUrl"])

    body = "what happened: größer\n".encode()
    name = "Bericht größer \"1\".txt"
    upload = server.good("POST", files, {"filename": name, "contentType": "text/plain", "size": len(body), "checksum": hashlib.sha256(body).hexdigest()})
    expect("other bytes of the same length", put(upload, body[::-1]) >= 400, True)
    expect("more bytes", put(upload, body + b"x") >= 400, True)
    expect("another type", put(upload, body, **{"Content-Type": "text/html"}) >= 400, True)
    altered = {**upload, "uploadUrl": upload["uploadUrl"].replace("pending", "pendinG", 1)}
    expect("another key", put(altered, body) >= 400, True)
    expect("confirmed without bytes", server.ask("POST", f"{files}/{upload['id']}/confirm")[0] >= 400, True)
    expect("nothing was kept of these", garage.objects(), 0)
    expect("the bytes", put(upload, body), 200)
    shown = server.good("POST", f"{files}/{upload['id']}/confirm")
    expect("what is known of it", (shown["size"], shown["status"], shown["filename"]), (len(body), "UPLOADED", name))
    # Whoever still has the link may write there, and changes nothing.
    put(upload, body)
    status, headers, got = bytes_of(upload["id"])
    expect("the file", (status, got, headers["content-type"].split(";")[0]), (200, body, "text/plain"))
    expect("it is saved and not shown", headers["content-disposition"].startswith("attachment"), True)
    expect("a part", follow("GET", server.good("GET", f"{files}/{upload['id']}")["downloadUrl"], headers={"Range": "bytes=5-12"})[2], body[5:13])
    stolen = server.good("GET", f"{files}/{upload['id']}")["downloadUrl"]
    expect("an altered link", follow("GET", re.sub(r"X-Amz-Signature=.", "X-Amz-Signature=0", stolen) + "0")[0] >= 400, True)

    large = os.urandom(1 << 20) * LARGE_MB
    second = server.good("POST", files, {"filename": "large.bin", "contentType": "application/octet-stream"})
    began = time.monotonic()
    expect("a large one", put(second, large), 200)
    sent = time.monotonic() - began
    began = time.monotonic()
    server.good("POST", f"{files}/{second['id']}/confirm")
    confirmed = time.monotonic() - began
    expect("the large one", hashlib.sha256(bytes_of(second["id"])[2]).digest(), hashlib.sha256(large).digest())

    early = server.good("POST", f"/brands/{brand}/attachments/pending", {"filename": "early.txt", "contentType": "text/plain"})
    expect("before there is a ticket", put(early, b"early"), 200)
    server.good("POST", f"/brands/{brand}/attachments/pending/{early['id']}/confirm")
    made = server.good("POST", f"/brands/{brand}/tickets", {"title": "With a file", "attachmentIds": [early["id"]]})
    expect("it hangs on the ticket", made["attachmentCount"], 1)

    for attachment in (upload["id"], second["id"]):
        server.good("DELETE", f"{files}/{attachment}")
    # What was sent once more behind the confirm lies under a name of its own until it is collected.
    until("nothing of a deleted file stays", lambda: garage.objects() <= 2)
    return sent, confirmed


def mail(server):
    brand = server.good("POST", "/brands", {"name": "Mail", "slug": "garage-mail"})
    picture = os.urandom(3000)
    message = "\r\n".join([
        "From: Jane <jane@example.com>", "To: garage-mail@example.net", "Subject: With a picture", "Message-ID: <garage-1@example.com>",
        "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b", "", "--b", "Content-Type: text/plain", "", "See below.", "--b",
        "Content-Type: image/png; name=a.png", "Content-Disposition: attachment; filename=a.png", "Content-Transfer-Encoding: base64", "",
        base64.b64encode(picture).decode(), "--b--", ""])
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("POST", "/v1/inbound/email/garage-mail", message, {"Authorization": f"Bearer {server.key}", "Content-Type": "message/rfc822"})
    reply = connection.getresponse()
    reply.read()
    expect("the message is taken", reply.status, 201)
    ticket = server.good("GET", f"/brands/{brand['id']}/tickets")["data"][0]
    files = f"/brands/{brand['id']}/tickets/{ticket['id']}/attachments"
    found = server.good("GET", files)[0]
    record = server.good("GET", f"/brands/{brand['id']}/mail")["data"][0]["id"]
    connection.request("GET", f"/v1/brands/{brand['id']}/mail/{record}/raw", headers={"Authorization": f"Bearer {server.key}"})
    expect("the message as it came", connection.getresponse().read(), message.encode())
    expect("the file of a message", follow("GET", server.good("GET", f"{files}/{found['id']}")["downloadUrl"])[2], picture)


def main():
    binary, garage_binary = os.environ["DISPATCH_BIN"], os.environ.get("GARAGE_BIN") or shutil.which("garage")
    if not garage_binary:
        raise SystemExit("garage is missing: cargo install garage --locked, or GARAGE_BIN")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="dispatch-garage-"))
    started = []
    try:
        garage = Garage(garage_binary, folder)
        started.append(garage)
        server = Server(binary, garage, folder)
        started.append(server)
        sent, confirmed = attachments(server, garage)
        mail(server)
        version = subprocess.run([garage_binary, "--version"], capture_output=True, text=True).stdout.strip()
        print(f"attachments in {version}: passed; {LARGE_MB} MB sent in {sent:.2f} s, confirmed in {confirmed:.2f} s")
    except SystemExit:
        for name in ("garage.log", "dispatch.log"):
            if (folder / name).exists():
                print(f"--- {name}", (folder / name).read_text(errors="replace")[-3000:], sep="\n", file=sys.stderr)
        raise
    finally:
        for one in reversed(started):
            one.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
