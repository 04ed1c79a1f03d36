#!/usr/bin/env python3
"""An outside receiver: the published library of Standard Webhooks verifies what a server sends.

    standard_webhooks.py DISPATCH_BINARY

It starts the server on a temporary folder, sets a webhook up, and lets `standardwebhooks` verify a test call, a new ticket, and
both secrets while one is rotated; an altered body must be refused. What it needs: pip install standardwebhooks.
"""

import json
import os
import queue
import re
import subprocess
import sys
import tempfile
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

WAIT_SECONDS = 30


class Receiver(BaseHTTPRequestHandler):
    """Keeps what comes and answers 200."""

    calls: "queue.Queue[tuple[dict, bytes]]" = queue.Queue()

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.calls.put(({name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def verified(secret, headers, body):
    """The event, or None when the library refuses it."""
    try:
        return Webhook(secret).verify(body, headers)
    except WebhookVerificationError:
        return None


def check(server, receiver_url):
    address = re.search(r"http://(\S+)", server.stdout.readline()).group(1)

    def call(method, path, body=None):
        request = urllib.request.Request(f"http://{address}/v1{path}", method=method)
        request.add_header("Authorization", f"Bearer {key}")
        data = None if body is None else json.dumps(body).encode()
        if data is not None:
            request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, data, timeout=WAIT_SECONDS) as answer:
            return json.load(answer)

    key = os.environ["CHECK_KEY"]
    brand = call("POST", "/brands", {"name": "Acme"})["id"]
    hook = call("POST", f"/brands/{brand}/webhooks", {"url": receiver_url, "events": ["ticket.created"]})
    path, secret = f"/brands/{brand}/webhooks/{hook['id']}", hook["secret"]

    assert call("POST", f"{path}/test")["status"] == "SUCCESS"
    headers, body = Receiver.calls.get(timeout=WAIT_SECONDS)
    assert verified(secret, headers, body)["type"] == "webhook.ping"
    assert verified(secret, headers, body.replace(b"ping", b"pong")) is None, "an altered body is refused"
    assert verified("whsec_" + "A" * 43 + "=", headers, body) is None, "another secret does not verify"

    ticket = call("POST", f"/brands/{brand}/tickets", {"title": "Verified ✓"})
    headers, body = Receiver.calls.get(timeout=WAIT_SECONDS)
    assert verified(secret, headers, body)["data"]["ticket"]["id"] == ticket["id"]

    rotated = call("POST", f"{path}/rotate-secret")["secret"]
    call("POST", f"{path}/test")
    headers, body = Receiver.calls.get(timeout=WAIT_SECONDS)
    assert verified(secret, headers, body) and verified(rotated, headers, body), "both sign while one is rotated"


def main(binary):
    receiver = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=receiver.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        made = [binary, "admin", "create-key", "--name", "Check", "--all-brands", "--data", folder]
        os.environ["CHECK_KEY"] = subprocess.run(made, check=True, capture_output=True, text=True).stdout.strip()
        settings = {**os.environ, "DISPATCH_WEBHOOKS_ALLOW_PRIVATE_TARGETS": "true"}
        serve = [binary, "serve", "--data", folder, "--listen", "127.0.0.1:0"]
        server = subprocess.Popen(serve, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=settings)
        try:
            check(server, f"http://127.0.0.1:{receiver.server_address[1]}/in")
        finally:
            server.terminate()
            server.wait(WAIT_SECONDS)
    print("The library of Standard Webhooks verifies what Dispatch sends.")


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]))
