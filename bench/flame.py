#!/usr/bin/env python3
"""Where the processor time of a route goes, as a flame graph.

    RUSTFLAGS="-C force-frame-pointers=yes" CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_STRIP=none \\
      cargo build --release --target-dir target/profiled -p dispatch-server
    bench/flame.py --server target/profiled/release/dispatch --data FOLDER --out bench/flames

Starts the server on a folder that `dispatch-bench grow` filled, asks each route over four connections, looks at the server with
`perf record` (Debian's linux-perf) meanwhile, and writes an SVG for each route: a frame is as wide as the part of the samples in which
it was on the stack; what it called stands on it. Also prints, per route, what took most by itself.
"""
import argparse
import collections
import html
import http.client
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time

WIDTH, ROW, NARROWEST = 1200, 16, 1.5
CONNECTIONS, SECONDS, HERTZ = 4, 8, 499
MOST = 12


def short(symbol: str) -> str:
    """A symbol without its hash and without the arguments of its types."""
    symbol = re.sub(r"::h[0-9a-f]{16}$", "", symbol)
    while (fewer := re.sub(r"<[^<>]*>", "", symbol)) != symbol:
        symbol = fewer
    return symbol.replace("::{{closure}}", "").replace("{{closure}}::", "") or "?"


def folded(script: str) -> collections.Counter:
    """Stacks of `perf script`, outermost first, and how often each was seen."""
    stacks = collections.Counter()
    for block in script.split("\n\n"):
        lines = block.strip().splitlines()
        if len(lines) < 2:
            continue
        thread = lines[0].split()[0]
        frames = [short(re.sub(r"\+0x[0-9a-f]+ \(.*$| \([^()]*\)$", "", line.strip().split(" ", 1)[-1])) for line in lines[1:]]
        stacks[(thread, *reversed(frames))] += 1
    return stacks


def tree(stacks):
    root = {"count": 0, "children": {}}
    for stack, count in stacks.items():
        node = root
        node["count"] += count
        for frame in stack:
            node = node["children"].setdefault(frame, {"count": 0, "children": {}})
            node["count"] += count
    return root


def draw(title: str, stacks) -> str:
    root = tree(stacks)
    total, boxes, deepest = root["count"] or 1, [], 0

    def place(name, node, x, depth):
        nonlocal deepest
        width = node["count"] / total * WIDTH
        if width < NARROWEST:
            return
        deepest = max(deepest, depth)
        boxes.append((name, x, depth, width, node["count"]))
        for child, below in sorted(node["children"].items()):
            place(child, below, x, depth + 1)
            x += below["count"] / total * WIDTH

    place("all", root, 0, 0)
    height = (deepest + 1) * ROW + 34
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="monospace" font-size="11">',
           f'<rect width="{WIDTH}" height="{height}" fill="#fff"/><text x="8" y="20" font-size="14" font-family="sans-serif">{html.escape(title)}</text>']
    for name, x, depth, width, count in boxes:
        y = height - (depth + 1) * ROW
        hue = sum(map(ord, name)) % 40 + 15
        words = f"{name} {count / total:.1%}"
        room = int(width / 6.7) - 1
        label = html.escape(words if len(words) <= room else words[: max(room - 1, 0)] + "…") if room > 3 else ""
        out.append(f'<g><title>{html.escape(words)}</title><rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{ROW - 1}" fill="hsl({hue} 85% 68%)"/>'
                   f'<text x="{x + 3:.1f}" y="{y + 11}">{label}</text></g>')
    return "\n".join(out) + "\n</svg>\n"


def most(stacks) -> list:
    alone = collections.Counter()
    for stack, count in stacks.items():
        alone[stack[-1]] += count
    total = sum(alone.values()) or 1
    return [(name, count / total) for name, count in alone.most_common(MOST)]


def routes(ground):
    """The three that a team asks for most: its list, a new ticket, a ticket."""
    brands = ground["brand_ids"]

    def listed(number):
        return "GET", f"/v1/brands/{brands[number % len(brands)]}/tickets?status=active", None

    def made(number):
        body = {"title": f"The parcel {number} has not come", "body": "Since Monday it does not arrive. " * 12, "priority": "high",
                "customerEmail": f"customer{number % 500}@example.com", "tags": ["late"]}
        return "POST", f"/v1/brands/{brands[number % len(brands)]}/tickets", json.dumps(body)

    def read(number):
        return "GET", f"/v1/brands/{brands[number % len(brands)]}/tickets/DT-{1001 + number % 400}", None

    return {"list": listed, "create": made, "get": read}


def ask(port, key, route, until, counted):
    connection = http.client.HTTPConnection("127.0.0.1", port)
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    while time.monotonic() < until:
        method, path, body = route(next(counted))
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        said = answer.read()
        if answer.status >= 300:
            raise SystemExit(f"{method} {path}: {answer.status} {said[:200]!r}")


def main():
    parse = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parse.add_argument("--server", required=True)
    parse.add_argument("--data", required=True)
    parse.add_argument("--out", required=True)
    args = parse.parse_args()
    ground = json.loads(pathlib.Path(args.data, "bench.json").read_text())
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [args.server, "serve", "--data", args.data, "--listen", f"127.0.0.1:{port}", "--set", "rate_limits.enabled=false"]
    if ground.get("database"):
        command += ["--database", ground["database"]]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            try:
                with socket.create_connection(("127.0.0.1", port), 1):
                    break
            except OSError:
                time.sleep(0.1)
        os.makedirs(args.out, exist_ok=True)
        for name, route in routes(ground).items():
            counted = iter(range(1 << 40))
            until = time.monotonic() + SECONDS + 2
            askers = [threading.Thread(target=ask, args=(port, ground["key"], route, until, counted)) for _ in range(CONNECTIONS)]
            for asker in askers:
                asker.start()
            time.sleep(1)
            with tempfile.NamedTemporaryFile() as samples:
                subprocess.run(["perf", "record", "-q", "-F", str(HERTZ), "-g", "-p", str(server.pid), "-o", samples.name, "--", "sleep", str(SECONDS)], check=True)
                script = subprocess.run(["perf", "script", "-i", samples.name, "-F", "comm,ip,sym"], check=True, capture_output=True, text=True).stdout
            for asker in askers:
                asker.join()
            stacks = folded(script)
            kind = "PostgreSQL" if ground.get("database") else "SQLite"
            title = f"{name}: {ground['tickets']} tickets, {kind}, {sum(stacks.values())} samples"
            pathlib.Path(args.out, f"{name}-{kind.lower()}.svg").write_text(draw(title, stacks))
            print(title)
            for symbol, part in most(stacks):
                print(f"  {part:6.1%}  {symbol}")
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    sys.exit(main())
