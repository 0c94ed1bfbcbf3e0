"""A hall of phones against a running server, on this machine's loopback: joins, votes, polling, a host who moves on.

    python benchmarks/live/hall_of_phones.py --phones 500 --json live.json

It makes the example municipality in a folder of its own, serves it with `samskap demo`, and plays:

1. the join wave: every phone opens the page of the gathering and joins, spread over `--join-s` seconds;
2. `--seconds` of the day: every phone looks at the live state as often as the server says (±20 %), the hall each
   second, and every phone casts `--votes` votes at random moments; half-way the host sends a notice, and it is
   measured when each phone has fetched it;
3. the door alone: as many looks at the live state as `--door-connections` busy connections can get in five seconds.

The phones share the processors with the server, so the figures are those of a machine that does both.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import random
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

CODE = "SMSKP7"
DOOR_S = 5.0
TIMEOUT_S = 30.0


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    cookies: dict[str, str]
    body: bytes


class Browser:
    """One kept connection with cookies, as little of a browser as it takes."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.etags: dict[str, str] = {}
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str, **headers: str) -> Answer:
        return await self._ask("GET", path, headers)

    async def post(self, path: str, form: dict[str, str], **headers: str) -> Answer:
        token = {"csrfmiddlewaretoken": self.cookies.get("samskap_csrf", "")}
        return await self._ask("POST", path, headers, urlencode(form | token).encode())

    async def look(self, path: str) -> Answer:
        """Ask with the ETag of the last answer."""
        answer = await self.get(path, **({"If-None-Match": self.etags[path]} if path in self.etags else {}))
        if "etag" in answer.headers:
            self.etags[path] = answer.headers["etag"]
        return answer

    async def _ask(self, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> Answer:
        for attempt in (1, 2):
            try:
                return await asyncio.wait_for(self._exchange(method, path, headers, body), TIMEOUT_S)
            except (ConnectionError, asyncio.IncompleteReadError):
                self._streams = None  # the server closed a kept connection: open a new one, once
                if attempt == 2:
                    raise
        raise AssertionError

    async def _exchange(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self._streams
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        told = {"Host": f"localhost:{self.port}", "Accept-Language": "nb", **headers}
        if cookies and not path.startswith("/live/"):
            told["Cookie"] = cookies
        if method == "POST":
            told |= {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
        head = f"{method} {path} HTTP/1.1\r\n" + "".join(f"{n}: {v}\r\n" for n, v in told.items()) + "\r\n"
        writer.write(head.encode() + body)
        return self._remember(await _read_answer(reader))

    def _remember(self, answer: Answer) -> Answer:
        self.cookies |= answer.cookies
        return answer


async def _read_answer(reader: asyncio.StreamReader) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    status = int(head[0].split(" ")[1])
    headers: dict[str, str] = {}
    cookies: dict[str, str] = {}
    for line in filter(None, head[1:]):
        name, _colon, value = (part.strip() for part in line.partition(":"))
        if name.lower() == "set-cookie":
            key, _equals, rest = value.partition("=")
            cookies[key] = rest.split(";")[0]
        headers[name.lower()] = value
    if headers.get("transfer-encoding") == "chunked":
        body = b""
        while size := int(await reader.readline(), 16):
            body += (await reader.readexactly(size + 2))[:-2]
        await reader.readline()
    else:
        body = await reader.readexactly(int(headers.get("content-length", 0) if status != 304 else 0))
    return Answer(status, headers, cookies, body)


@dataclass
class Times:
    """Milliseconds of one kind of request, and how many went wrong."""

    ms: list[float] = field(default_factory=list)
    failed: int = 0

    async def of(self, asked: Awaitable[Answer], *, fine: Callable[[Answer], bool]) -> Answer | None:
        began = time.perf_counter()
        try:
            answer = await asked
        except (TimeoutError, OSError, asyncio.IncompleteReadError):
            self.failed += 1
            return None
        self.ms.append((time.perf_counter() - began) * 1000)
        if not fine(answer):
            self.failed += 1
            return None
        return answer

    def row(self) -> dict[str, float | int | None]:
        ordered = sorted(self.ms)

        def at(share: float) -> float | None:
            return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))], 1) if ordered else None

        top = round(ordered[-1], 1) if ordered else None
        return {
            "count": len(ordered),
            "failed": self.failed,
            "p50": at(0.5),
            "p95": at(0.95),
            "p99": at(0.99),
            "max": top,
        }


@dataclass
class Hall:
    """What all phones share: where the server is, what is measured."""

    port: int
    conversation: int
    until: float = 0.0
    page: Times = field(default_factory=Times)
    join: Times = field(default_factory=Times)
    live: Times = field(default_factory=Times)
    screen: Times = field(default_factory=Times)
    vote: Times = field(default_factory=Times)
    seen: Times = field(default_factory=Times)
    unchanged: int = 0
    notice_at: float = 0.0


class Phone:
    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.voting, self.looking = Browser(hall.port), Browser(hall.port)

    async def come(self) -> None:
        hall, path = self.hall, f"/g/{CODE}/"
        await hall.page.of(self.voting.get(path), fine=lambda answer: answer.status == 200)
        sector = random.choice(["public", "private", "voluntary", ""])
        joined = self.voting.post(f"{path}join/", {"sector": sector})
        await hall.join.of(joined, fine=lambda answer: answer.status == 302)

    async def look_again(self) -> None:
        """Follow the state until the day is over, at the pace the server says."""
        hall, pace, version = self.hall, 1.5, ""
        while time.perf_counter() < hall.until:
            await asyncio.sleep(pace * random.uniform(0.8, 1.2))
            answer = await hall.live.of(self.looking.look(f"/live/{CODE}"), fine=lambda a: a.status in (200, 304))
            if answer is None:
                continue
            if answer.status == 304:
                hall.unchanged += 1
                continue
            state = json.loads(answer.body)
            pace = state["phone_ms"] / 1000
            if version and state["version"] != version:
                await self._fetch()
            version = state["version"]

    async def _fetch(self) -> None:
        await asyncio.sleep(random.uniform(0, 0.48))  # as the script does, so that not all fetch at once
        answer = await self.looking.get(f"/live/{CODE}/nb")
        if b"Kaffe om fem minutter" in answer.body:
            self.hall.seen.ms.append((time.perf_counter() - self.hall.notice_at) * 1000)

    async def vote(self, times: int) -> None:
        hall = self.hall
        path = f"/conversations/{hall.conversation}/"
        left_s = max(0.5, hall.until - time.perf_counter() - 2)
        moments = sorted(random.uniform(0, left_s) for _ in range(times))
        began = time.perf_counter()
        await asyncio.sleep(moments[0])
        await self.voting.get(path)
        batch = json.loads((await self.voting.get(f"{path}batch.json")).body)["statements"]
        for moment, statement in zip(moments, batch, strict=False):
            await asyncio.sleep(max(0.0, began + moment - time.perf_counter()))
            form = {"statement": str(statement["pk"]), "round": "1", "choice": random.choice(["1", "-1", "0"]),
                    "key": str(uuid.uuid4())}  # fmt: skip
            sent = self.voting.post(f"{path}vote/", form, Accept="application/json")
            await hall.vote.of(sent, fine=lambda answer: answer.status == 200)


async def watch_screen(hall: Hall) -> None:
    screen = Browser(hall.port)
    while time.perf_counter() < hall.until:
        await asyncio.sleep(1)
        await hall.screen.of(screen.look(f"/live/{CODE}"), fine=lambda answer: answer.status in (200, 304))


async def host_sends_notice(hall: Hall, host: Browser, gathering: int, *, after_s: float) -> None:
    await asyncio.sleep(after_s)
    hall.notice_at = time.perf_counter()
    answer = await host.post(f"/work/gatherings/{gathering}/host/notice/", {"text": "Kaffe om fem minutter"})
    assert answer.status == 302, answer.body[:300]


async def knock(port: int, connections: int) -> dict[str, float | int]:
    """As many looks as busy connections get in a few seconds."""
    until, counts = time.perf_counter() + DOOR_S, [0] * connections

    async def busy(number: int) -> None:
        browser = Browser(port)
        while time.perf_counter() < until:
            answer = await browser.look(f"/live/{CODE}")
            assert answer.status in (200, 304), answer
            counts[number] += 1

    await asyncio.gather(*(busy(number) for number in range(connections)))
    return {"connections": connections, "requests_per_s": round(sum(counts) / DOOR_S)}


async def play(port: int, options: argparse.Namespace) -> dict[str, Any]:
    host = Browser(port)
    await host.get("/demo/sign-in/")
    await host.post("/demo/sign-in/", {"person": "2"})
    state = json.loads((await host.get(f"/live/{CODE}")).body)
    gathering = await _hosted(host)
    hall = Hall(port, state["conversation"])
    phones = [Phone(hall) for _ in range(options.phones)]

    async def arrive(phone: Phone) -> None:
        await asyncio.sleep(random.uniform(0, options.join_s))
        await phone.come()

    await asyncio.gather(*(arrive(phone) for phone in phones))
    began = time.perf_counter()
    hall.until = began + options.seconds
    await asyncio.gather(
        *(phone.look_again() for phone in phones),
        *(phone.vote(options.votes) for phone in phones),
        watch_screen(hall),
        host_sends_notice(hall, host, gathering, after_s=options.seconds / 2),
    )
    lasted = time.perf_counter() - began
    door = await knock(port, options.door_connections)
    return _result(hall, options, lasted=lasted, door=door)


async def _hosted(host: Browser) -> int:
    for pk in range(1, 20):
        page = await host.get(f"/work/gatherings/{pk}/host/")
        if page.status == 200 and f"/g/{CODE}/".encode() in page.body:
            return pk
    sys.exit("The host has no console for the open gathering.")


def _result(hall: Hall, options: argparse.Namespace, *, lasted: float, door: Any) -> dict[str, Any]:
    names = {
        "first page": hall.page,
        "join": hall.join,
        "live state, phones": hall.live,
        "live state, hall": hall.screen,
        "vote received": hall.vote,
        "notice seen after": hall.seen,
    }
    return {
        "phones": options.phones,
        "votes_a_phone": options.votes,
        "seconds": round(lasted, 1),
        "live_per_s": round(len(hall.live.ms) / lasted, 1),
        "votes_per_s": round(len(hall.vote.ms) / lasted, 1),
        "unchanged_share": round(hall.unchanged / max(1, len(hall.live.ms)), 3),
        "milliseconds": {name: times.row() for name, times in names.items()},
        "door_alone": door,
        "machine": {
            "processors": os.cpu_count(),
            "python": platform.python_version(),
            "workers": options.workers,
            "load": os.getloadavg()[0],
        },
    }


def _print(result: dict[str, Any]) -> None:
    print(f"{result['phones']} phones, {result['seconds']} s, {result['machine']['processors']} processors shared")
    print(f"{'milliseconds':<22}{'count':>8}{'failed':>8}{'p50':>9}{'p95':>9}{'p99':>9}{'max':>9}")
    for name, row in result["milliseconds"].items():
        cells = [row[key] for key in ("count", "failed", "p50", "p95", "p99", "max")]
        print(f"{name:<22}" + "".join(f"{cell!s:>{8 if at < 2 else 9}}" for at, cell in enumerate(cells)))
    print(f"live state: {result['live_per_s']}/s asked, {result['unchanged_share']:.0%} unchanged (304)")
    print(f"votes: {result['votes_per_s']}/s")
    print(f"the door alone: {result['door_alone']['requests_per_s']} requests/s")


def serve_and_play(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SAMSKAP_", "DATABASE_URL"))}
    environment = kept | {"SAMSKAP_DATA": str(folder), "SAMSKAP_WORKERS": str(options.workers)}
    if options.threads:
        environment["SAMSKAP_THREADS"] = str(options.threads)
    samskap = [sys.executable, "-m", "samskap"]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    made = [*samskap, "demo", "--no-serve", "--people", "60", "--port", str(port)]
    subprocess.run(made, env=environment, check=True, stdout=subprocess.DEVNULL)
    command = [*samskap, "demo", "--keep", "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            _wait_for(port, server)
            return asyncio.run(play(port, options))
        finally:
            server.terminate()
            server.wait(timeout=30)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if server.poll() is not None:
            sys.exit("The server did not start.")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit("The server did not answer within 30 seconds.")


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--phones", type=int, default=500)
    words.add_argument("--seconds", type=float, default=30)
    words.add_argument("--join-s", type=float, default=30)
    words.add_argument("--votes", type=int, default=4, help="votes a phone in that time")
    words.add_argument("--workers", type=int, default=1, help="server processes")
    words.add_argument("--threads", type=int, help="threads in each process; the setting's default where not given")
    words.add_argument("--door-connections", type=int, default=32)
    words.add_argument("--json", type=Path, help="where to write the figures")
    options = words.parse_args()
    random.seed(14)
    with tempfile.TemporaryDirectory(prefix="samskap-bench-") as folder:
        result = serve_and_play(options, Path(folder))
    _print(result)
    if options.json:
        options.json.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
