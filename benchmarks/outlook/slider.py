"""How long the page waits when a lever is moved: a running server, one place, many different positions.

    python benchmarks/outlook/slider.py [--moves 200] [--place 4016] [--limit-ms 100] [--json FILE]

It makes the example municipality in a folder of its own, serves it with `samskap demo`, opens the outlook once (what
does not depend on the levers is computed then) and asks for the part of the page that answers a lever, as the page's
own script does: over one kept connection, one question after the other, no two alike. Measured from the question to the
last byte of the answer, at this machine's loopback. Ends with 1 where the 95th percentile is above the limit.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

SEED = 2026
START_S = 120.0
# Lever, from, to, decimals: what a hand on a phone would set.
LEVERS = (
    ("births", -30, 30, 0), ("stay", -30, 30, 0), ("come", -30, 30, 0), ("jobs", 0, 50, 0), ("homes", 0, 50, 0),
    ("refugees", 0, 30, 0), ("life", -1, 3, 1), ("healthy", 0, 100, 0), ("productivity", -1, 2, 1),
    ("coverage_care", -20, 20, 0), ("unit_cost", -10, 10, 0), ("income", -1, 2, 1),
)  # fmt: skip


def main() -> int:
    asked = _asked()
    with tempfile.TemporaryDirectory(prefix="samskap-slider-") as folder:
        port = _free_port()
        server = _serve(Path(folder), port)
        try:
            figures = _measure(port, place=asked.place, moves=asked.moves)
        finally:
            server.terminate()
            server.wait(timeout=20)
    figures |= {"limit_ms": asked.limit_ms, "machine": _machine()}
    print(json.dumps(figures, indent=1))
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=1) + "\n")
    if figures["p95_ms"] > asked.limit_ms or figures["failed"]:
        print(f"Missed: the 95th percentile is {figures['p95_ms']} ms, the limit {asked.limit_ms:g} ms.")
        return 1
    return 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--moves", type=int, default=200)
    parser.add_argument("--place", default="4016")
    parser.add_argument("--limit-ms", type=float, default=100.0)
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SAMSKAP_", "DATABASE_URL"))}
    return kept | {"SAMSKAP_DATA": str(folder)}


def _serve(folder: Path, port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "samskap", "demo", "--people", "60", "--host", "127.0.0.1", "--port", str(port)]
    log = (folder / "server.log").open("wb")
    server = subprocess.Popen(command, env=_environment(folder), stdout=log, stderr=subprocess.STDOUT)
    until = time.monotonic() + START_S
    while time.monotonic() < until and server.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return server
        except OSError:
            time.sleep(0.1)
    server.terminate()
    raise SystemExit(f"The server did not start:\n{(folder / 'server.log').read_text()}")


def _measure(port: int, *, place: str, moves: int) -> dict[str, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    began = time.perf_counter()
    first = _get(connection, f"/places/{place}/outlook/")
    first_s = time.perf_counter() - began
    if first[0] != 200 or 'id="o-form"' not in first[1]:
        raise SystemExit(f"The outlook of {place} answered {first[0]} and has no levers.")
    ways = list(_ways(moves + 1))
    _get(connection, f"/places/{place}/outlook/answer/?{ways.pop()}")  # the first move compiles what is compiled
    taken, failed, size = [], 0, 0
    for way in ways:
        start = time.perf_counter()
        status, body = _get(connection, f"/places/{place}/outlook/answer/?{way}")
        taken.append((time.perf_counter() - start) * 1000)
        failed += status != 200 or 'id="o-headline"' not in body
        size = max(size, len(body))
    taken.sort()
    return {
        "moves": moves,
        "failed": failed,
        "p50_ms": round(taken[len(taken) // 2], 1),
        "p95_ms": round(taken[min(int(len(taken) * 0.95), len(taken) - 1)], 1),
        "max_ms": round(taken[-1], 1),
        "first_page_s": round(first_s, 2),
        "largest_answer_kb": round(size / 1024),
    }


def _ways(count: int) -> Iterator[str]:
    """Positions of one to three levers, no two alike, always the same."""
    chance, seen = random.Random(SEED), set()
    while len(seen) < count:
        chosen = chance.sample(LEVERS, chance.randint(1, 3))
        way = urlencode({name: round(chance.uniform(low, high), digits or None) for name, low, high, digits in chosen})
        if way not in seen:
            seen.add(way)
            yield way


def _get(connection: http.client.HTTPConnection, path: str) -> tuple[int, str]:
    connection.request("GET", path, headers={"Accept-Language": "nb"})
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def _machine() -> str:
    return f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}"


if __name__ == "__main__":
    sys.exit(main())
