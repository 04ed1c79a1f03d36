"""Who listens: the receiver of the webhooks, the relay that takes outgoing mail, and the reader of a live stream."""

import collections
import http.client
import http.server
import json
import random
import socketserver
import threading
import time
import zlib

from server import ANSWER_SECONDS

REFUSED = 0.03  # how many events are answered with 500 the first time
SLOW = 0.01
SLOW_SECONDS = 1.0


class Receiver(socketserver.ThreadingTCPServer):
    """Counts what comes, by the path that each webhook has. Lives as long as the experiment."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 256

    def __init__(self, book):
        super().__init__(("127.0.0.1", 0), Hook)
        self.book, self.lock = book, threading.Lock()
        self.came = collections.defaultdict(dict)  # path -> event id -> [answers of 2xx, hash of the body]
        self.friendly = False  # at the end everything is taken at once
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def url(self, path):
        return f"http://127.0.0.1:{self.server_address[1]}{path}"

    def taken(self, path, event):
        row = self.came[path].get(event)
        return row is not None and row[0] > 0


class Hook(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 120

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        event, server = self.headers["webhook-id"], self.server
        if json.loads(body)["id"] != event:
            server.book.finding("wrong", f"a delivery of {event} holds another event")
        with server.lock:
            row = server.came[self.path].get(event)
            first = row is None
            if first:
                row = server.came[self.path][event] = [0, zlib.crc32(body)]
            elif row[1] != zlib.crc32(body):
                server.book.finding("wrong", f"{event} came with two bodies")
            takes = not first or server.friendly or random.random() >= REFUSED
            row[0] += takes
        server.book.fact("deliveries that came" if first else "deliveries that came again")
        if random.random() < SLOW and not server.friendly:
            time.sleep(SLOW_SECONDS)
        self.send_response(204 if takes else 500)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def handle(self):
        try:
            super().handle()
        except OSError:  # the server was killed meanwhile
            pass

    def log_message(self, *_):
        pass


class Relay(socketserver.ThreadingTCPServer):
    """Takes every mail, and counts it by its Message-ID."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 256

    def __init__(self, book):
        super().__init__(("127.0.0.1", 0), Taking)
        self.book, self.lock, self.came = book, threading.Lock(), {}  # message id -> to whom
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def take(self, lines):
        """One that comes again goes to the same person. It is worded anew, so that the ticket's title may be another one by now."""
        name, to = (next(line[len(head) :].strip() for line in lines if line.lower().startswith(head)) for head in (b"message-id:", b"to:"))
        with self.lock:
            first = name.decode() not in self.came
            if self.came.setdefault(name.decode(), to) != to:
                self.book.finding("wrong", f"outgoing mail {name} came for two people")
        self.book.fact("outgoing mails that came" if first else "outgoing mails that came again")


class Taking(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True

    def say(self, line):
        self.wfile.write(line + b"\r\n")

    def handle(self):
        try:
            self.say(b"220 relay.invalid")
            while line := self.rfile.readline():
                word = line[:4].upper().strip()
                if word == b"DATA":
                    self.say(b"354 go on")
                    lines = []
                    while (line := self.rfile.readline()) not in (b".\r\n", b""):
                        lines.append(line)
                    if not line:
                        return  # killed in the middle of it
                    self.server.take(lines)
                self.say(b"221 bye" if word == b"QUIT" else b"250 ok")
        except OSError:  # the server was killed meanwhile
            pass


class Follower(threading.Thread):
    """Follows the stream of a brand across all lives of the server, from the first event on."""

    def __init__(self, run, brand):
        super().__init__(daemon=True)
        self.run_of, self.brand, self.ids, self.stopped = run, brand, [], threading.Event()

    def run(self):
        while not self.stopped.is_set():
            try:
                self.follow()
            except (OSError, http.client.HTTPException):
                pass
            time.sleep(0.01)

    def follow(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.run_of.place.http, timeout=ANSWER_SECONDS)
        headers = {"Authorization": f"Bearer {self.run_of.key}", "Accept": "text/event-stream"}
        if self.ids:
            headers["Last-Event-ID"] = str(len(self.ids))
        connection.request("GET", f"/v1{self.brand.path}/events/stream?after=0", headers=headers)
        answer = connection.getresponse()
        if answer.status != 200:
            connection.close()
            time.sleep(0.1)
            return
        self.run_of.book.fact("streams opened")
        sequence = None
        while line := answer.readline():
            if not line.endswith(b"\n"):
                break  # cut off by the kill
            if line.startswith(b"id: "):
                sequence = int(line[4:])
            elif line.startswith(b"data: ") and sequence is not None:
                event = json.loads(line[6:])
                if event["sequence"] != sequence or sequence != len(self.ids) + 1:
                    self.run_of.book.finding("holes", f"the stream went from {len(self.ids)} to {sequence}")
                    self.stopped.set()
                    return
                self.ids.append(event["id"])
                sequence = None
        connection.close()
