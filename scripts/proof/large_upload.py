"""The part of large-upload.sh that talks to the server: URL KEY PID MB."""

import hashlib
import http.client
import json
import sys
import time
import urllib.parse

PIECE = bytes(range(256)) * 4096  # 1 MB
MORE_MB_MAX = 16  # more memory than before that one upload and one download may take


def memory_mb(pid, field):
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        for line in status:
            if line.startswith(field + ":"):
                return int(line.split()[1]) / 1024
    raise SystemExit(f"/proc/{pid}/status tells no {field}")


def call(base, key, method, path, body=None):
    connection = http.client.HTTPConnection(base.netloc, timeout=60)
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    connection.request(method, path, None if body is None else json.dumps(body), headers)
    reply = connection.getresponse()
    text = reply.read()
    if reply.status >= 300:
        raise SystemExit(f"{method} {path} answered {reply.status}: {text[:300]!r}")
    return json.loads(text)


def wait_until_ready(base):
    for _ in range(300):
        try:
            connection = http.client.HTTPConnection(base.netloc, timeout=5)
            connection.request("GET", "/v1/ready")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise SystemExit("the server did not become ready")


def main():
    base, key, pid, mb = urllib.parse.urlsplit(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
    wait_until_ready(base)
    brand = call(base, key, "POST", "/v1/brands", {"name": "Large"})["id"]
    ticket = call(base, key, "POST", f"/v1/brands/{brand}/tickets", {"title": "T"})["id"]
    files = f"/v1/brands/{brand}/tickets/{ticket}/attachments"
    call(base, key, "GET", files)
    before = memory_mb(pid, "VmHWM")
    digest = hashlib.sha256()
    asked = {"filename": "large.bin", "contentType": "application/octet-stream", "size": mb * len(PIECE)}
    upload = call(base, key, "POST", files, asked)
    url = urllib.parse.urlsplit(upload["uploadUrl"])

    def pieces():
        for _ in range(mb):
            digest.update(PIECE)
            yield PIECE

    began = time.monotonic()
    connection = http.client.HTTPConnection(url.netloc, timeout=600)
    headers = {"Content-Type": "application/octet-stream", "Content-Length": str(mb * len(PIECE))}
    connection.request("PUT", f"{url.path}?{url.query}", pieces(), headers)
    reply = connection.getresponse()
    if reply.status != 200:
        raise SystemExit(f"PUT answered {reply.status}: {reply.read()[:300]!r}")
    reply.read()
    put = time.monotonic() - began
    began = time.monotonic()
    shown = call(base, key, "POST", f"{files}/{upload['id']}/confirm")
    confirmed = time.monotonic() - began
    if (shown["size"], shown["checksum"]) != (mb * len(PIECE), digest.hexdigest()):
        raise SystemExit(f"other bytes arrived: {shown}")
    middle = memory_mb(pid, "VmHWM")
    began = time.monotonic()
    url = urllib.parse.urlsplit(call(base, key, "GET", f"{files}/{upload['id']}")["downloadUrl"])
    connection = http.client.HTTPConnection(url.netloc, timeout=600)
    connection.request("GET", f"{url.path}?{url.query}")
    reply, back = connection.getresponse(), hashlib.sha256()
    while piece := reply.read(1 << 20):
        back.update(piece)
    if back.digest() != digest.digest():
        raise SystemExit("other bytes came back")
    got = time.monotonic() - began
    after = memory_mb(pid, "VmHWM")
    print(
        f"{mb} MB: PUT {put:.1f} s ({mb / put:.0f} MB/s), confirm {confirmed * 1000:.0f} ms, GET {got:.1f} s ({mb / got:.0f} MB/s); "
        f"peak memory {before:.1f} MB before, {middle:.1f} MB after the upload, {after:.1f} MB after the download"
    )
    if after - before > MORE_MB_MAX:
        raise SystemExit(f"the memory grew by {after - before:.1f} MB, and {MORE_MB_MAX} MB are allowed")


main()
