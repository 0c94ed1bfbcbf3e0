"""How long the page waits when a lever is moved: a running server, one place, many different positions.

    python benchmarks/outlook/slider.py [--moves 200] [--place 4016]

It makes the example municipality in a folder of its own, serves it with `samskap demo`, opens the outlook once (what
does not depend on the levers is computed then) and asks for the part of the page that answers a lever, as the page's
own script does: over one kept connection, one question after the other, no two alike. Measured from the question to the
last byte of the answer, at this machine's loopback.

Others on the machine make the waiting long: look at the processor time of the server then, which is told besides.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

sys.path.append(str(Path(__file__).resolve().parent.parent / "opinion_map"))  # the reporting that benchmarks share

from measuring import ROOT, Sheet, at_most, publish

RESULTS = ROOT / "benchmarks" / "results" / "outlook"
LIMIT_MS = 100.0
SEED = 2026
START_S = 120.0
# Lever, from, to, decimals: what a hand on a phone would set.
LEVERS = (
    ("births", -30, 30, 0), ("stay", -30, 30, 0), ("come", -30, 30, 0), ("jobs", 0, 50, 0), ("homes", 0, 50, 0),
    ("refugees", 0, 30, 0), ("life", -1, 3, 1), ("healthy", 0, 100, 0), ("productivity", -1, 2, 1),
    ("coverage_care", -20, 20, 0), ("unit_cost", -10, 10, 0), ("income", -1, 2, 1),
)  # fmt: skip


@dataclass
class Moved:
    """What the moves took: milliseconds each, rising; how many failed; the rest once."""

    ms: list[float]
    failed: int
    processor_ms: float
    first_page_s: float
    largest_kb: float

    def at(self, share: float) -> float:
        return self.ms[min(int(len(self.ms) * share), len(self.ms) - 1)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--moves", type=int, default=200)
    parser.add_argument("--place", default="4016")
    asked = parser.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="samskap-slider-") as folder:
        port = _free_port()
        server = _serve(Path(folder), port)
        try:
            moved = _measure(port, server, place=asked.place, moves=asked.moves)
        finally:
            server.terminate()
            server.wait(timeout=20)
    rows = [
        (asked.moves, moved.at(0.5), moved.at(0.95), moved.ms[-1], moved.processor_ms, moved.first_page_s,
         moved.largest_kb)
    ]  # fmt: skip
    columns = ("moves", "p50 ms", "p95 ms", "longest ms", "processor ms a move", "first page s", "largest answer kB")
    claims = [
        at_most("A lever is moved: the answer, 95th percentile", moved.at(0.95), LIMIT_MS, unit="ms"),
        at_most("Answers that failed", moved.failed, 0),
    ]
    notes = [f"The load of the machine was {load:.1f} on {os.cpu_count()} processors when it began."]
    return publish("slider", claims=claims, tables=[Sheet("Moves", columns, rows)], notes=notes, folder=RESULTS)


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


def _measure(port: int, server: subprocess.Popen[bytes], *, place: str, moves: int) -> Moved:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    began = time.perf_counter()
    status, page = _get(connection, f"/places/{place}/outlook/")
    first_page_s = time.perf_counter() - began
    if status != 200 or 'id="o-form"' not in page:
        raise SystemExit(f"The outlook of {place} answered {status} and has no levers.")
    ways = list(_ways(moves + 1))
    _get(connection, f"/places/{place}/outlook/answer/?{ways.pop()}")  # the first move compiles what is compiled
    taken, failed, size, used = [], 0, 0, _processor_ms(server.pid)
    for way in ways:
        start = time.perf_counter()
        status, body = _get(connection, f"/places/{place}/outlook/answer/?{way}")
        taken.append((time.perf_counter() - start) * 1000)
        failed += status != 200 or 'id="o-headline"' not in body
        size = max(size, len(body))
    return Moved(sorted(taken), failed, (_processor_ms(server.pid) - used) / moves, first_page_s, size / 1024)


def _processor_ms(pid: int) -> float:
    """Processor time of the server and its processes so far; 0 where the system does not tell."""
    total = 0.0
    for process in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = process.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended
        if pid in (int(process.parent.name), int(fields[1])):
            total += int(fields[11]) + int(fields[12])
    return total * 1000 / os.sysconf("SC_CLK_TCK")


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


if __name__ == "__main__":
    sys.exit(main())
