"""Those who use the nodes: writers who go on at the next node, readers of the streams, a receiver of webhooks.

Everything is written down: each attempt with its node, its times and its answer, each write that was acknowledged.
"""

import http.client
import http.server
import json
import random
import threading
import time
import urllib.parse
from collections import namedtuple

import hosts

PATIENCE = 60  # seconds a client waits for one answer; longer than any answer may take
PING_SECONDS = 15

Attempt = namedtuple("Attempt", "node begin end status retry_after error")
Write = namedtuple("Write", "kind brand id mark end")


def request(connection, method, path, key, body=None, headers=None):
    headers = {"Authorization": f"Bearer {key}", **(headers or {})}
    if body is not None:
        headers["Content-Type"] = "application/json"
        body = json.dumps(body)
    connection.request(method, path, body, headers)
    reply = connection.getresponse()
    return reply, reply.read()


class Writer(threading.Thread):
    """Makes tickets, comments and attachments, each with an idempotency key, until it has an answer for each."""

    def __init__(self, load, number, pause):
        super().__init__(daemon=True)
        self.load, self.number, self.pause = load, number, pause
        self.random = random.Random(number)
        self.connections = {}
        self.attempts, self.writes, self.tickets = [], [], []
        self.count = 0

    def run(self):
        try:
            self.work()
        except Exception as error:  # whatever it is, it must not end a writer unseen
            self.load.complain(f"writer {self.number} failed: {error!r}")

    def work(self):
        while not self.load.stop.is_set():
            brand = self.load.brands[self.count % len(self.load.brands)]
            mine = [ticket for ticket in self.tickets[-20:] if ticket[0] == brand]
            turn = self.count % 12
            if turn == 11 and mine:
                self.upload(brand, self.random.choice(mine)[1])
            elif turn % 2 and mine:
                self.comment(brand, self.random.choice(mine)[1])
            else:
                self.ticket(brand)
            self.load.stop.wait(self.pause)

    def mark(self):
        self.count += 1
        return f"{self.load.name}-{self.number}-{self.count}"

    def ticket(self, brand):
        mark = self.mark()
        body = {"title": mark, "customerEmail": f"c{self.random.randrange(500)}@example.com"}
        if made := self.persist(f"/v1/brands/{brand}/tickets", body, mark):
            self.tickets.append((brand, made["id"]))
            self.writes.append(Write("ticket", brand, made["id"], mark, time.monotonic()))

    def comment(self, brand, ticket):
        mark = self.mark()
        body = {"body": mark, "authorType": "STAFF", "isInternal": True}
        if made := self.persist(f"/v1/brands/{brand}/tickets/{ticket}/comments", body, mark):
            self.writes.append(Write("comment", brand, made["id"], mark, time.monotonic()))

    def upload(self, brand, ticket):
        mark = self.mark()
        path = f"/v1/brands/{brand}/tickets/{ticket}/attachments"
        upload = self.persist(path, {"filename": mark, "contentType": "text/plain"}, mark)
        if not upload:
            return
        url = urllib.parse.urlsplit(upload["uploadUrl"])
        bucket = http.client.HTTPConnection(url.netloc, timeout=PATIENCE)
        bucket.request("PUT", f"{url.path}?{url.query}", mark.encode(), upload["headers"])
        status = bucket.getresponse().status
        bucket.close()
        if status != 200:
            self.load.complain(f"an upload to the bucket was answered {status}")
            return
        if made := self.persist(f"{path}/{upload['id']}/confirm", None, mark, wanted=200):
            self.writes.append(Write("attachment", brand, made["id"], mark, time.monotonic()))

    def persist(self, path, body, mark, wanted=201):
        """Asks until it is answered, at the next node after each failure."""
        self.place = self.number  # a writer comes back to its own node for each new thing
        while not self.load.abandon.is_set():
            node = self.load.nodes[self.place % len(self.load.nodes)]
            begin, status, retry_after, error, data = time.monotonic(), 0, None, "", b""
            try:
                connection = self.connections.get(node)
                if connection is None:
                    connection = http.client.HTTPConnection(hosts.address(node), 8080, timeout=PATIENCE)
                    self.connections[node] = connection
                reply, data = request(connection, "POST", path, self.load.key, body, {"Idempotency-Key": mark})
                status, retry_after = reply.status, reply.getheader("Retry-After")
            except (OSError, http.client.HTTPException) as failure:
                error = type(failure).__name__
                self.connections.pop(node).close()
            self.attempts.append(Attempt(node, begin, time.monotonic(), status, retry_after, error or data[:300].decode()))
            if status == wanted:
                return json.loads(data)
            if not (status == 503 or status == 409 or error):
                self.load.complain(f"{path} at {node} was answered {status}: {data[:200]}")
                return None
            self.place += 1
            time.sleep(0.1)
        return None


class Load:
    """Writers at all nodes, for a while."""

    def __init__(self, world, name, nodes, writers=9, pause=0.05):
        self.key, self.brands, self.name, self.nodes = world.key, world.brands, name, list(nodes)
        self.stop, self.abandon = threading.Event(), threading.Event()
        self.complaints = []
        self.writers = [Writer(self, number, pause) for number in range(writers)]
        self.begin = time.monotonic()
        self.seconds = 0

    def complain(self, sentence):
        self.complaints.append(sentence)

    def __enter__(self):
        for writer in self.writers:
            writer.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        self.seconds = time.monotonic() - self.begin
        for writer in self.writers:
            writer.join(PATIENCE + 10)
        self.abandon.set()
        for writer in self.writers:
            writer.join(PATIENCE + 10)
            if writer.is_alive():
                self.complain("a writer still waits for an answer")

    @property
    def attempts(self):
        return sorted((a for writer in self.writers for a in writer.attempts), key=lambda a: a.end)

    @property
    def writes(self):
        return [write for writer in self.writers for write in writer.writes]


class Reader(threading.Thread):
    """Reads a brand's stream at a node; when it ends, goes on at the next one from the last event it has."""

    def __init__(self, world, brand, place, nodes):
        super().__init__(daemon=True)
        self.key, self.brand, self.place, self.nodes = world.key, brand, place, list(nodes)
        self.seen, self.last, self.ends = [], "0", 0
        self.closed = threading.Event()

    def run(self):
        while not self.closed.is_set():
            node = self.nodes[self.place % len(self.nodes)]
            # A stream without a ping is dead.
            connection = http.client.HTTPConnection(hosts.address(node), 8080, timeout=PING_SECONDS + 5)
            try:
                headers = {"Authorization": f"Bearer {self.key}", "Last-Event-ID": self.last}
                connection.request("GET", f"/v1/brands/{self.brand}/events/stream", headers=headers)
                reply = connection.getresponse()
                if reply.status == 200:
                    self.follow(reply)
            except (OSError, http.client.HTTPException, ValueError):
                pass
            connection.close()
            self.ends += 1
            self.place += 1
            self.closed.wait(0.3)

    def follow(self, reply):
        number = None
        while not self.closed.is_set() and (line := reply.readline()):
            word, _, rest = line.decode().rstrip("\n").partition(": ")
            if word == "id":
                number = rest
            elif word == "data" and number is not None:
                self.seen.append((int(number), json.loads(rest)["id"]))
                self.last, number = number, None


class Receiver:
    """Takes webhooks and writes down which events came on which path."""

    def __init__(self):
        self.seen, self.repeats, self.lock = {}, 0, threading.Lock()
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                self.rfile.read(int(self.headers["Content-Length"]))
                with receiver.lock:
                    ids = receiver.seen.setdefault(self.path, set())
                    receiver.repeats += self.headers["webhook-id"] in ids
                    ids.add(self.headers["webhook-id"])
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            request_queue_size = 256
            daemon_threads = True

        self.server = Server((hosts.address("client"), 9000), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def url(self, path):
        return f"http://{hosts.address('client')}:9000{path}"
