"""A server in a thread that behaves as it is told, one behaviour a request, and a clock that never waits."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Behaviour = Callable[[BaseHTTPRequestHandler], None]


def answer(status: int, body: bytes = b"", **headers: str) -> Behaviour:
    """An honest answer, with the true length unless another is given."""

    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in ({"Content-Length": str(len(body))} | given).items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return behave


def packed(body: bytes, *, cut: int = 0) -> Behaviour:
    """The answer packed by gzip, the last `cut` bytes missing."""
    data = gzip.compress(body)
    return answer(200, data[: len(data) - cut], Content_Encoding="gzip")


def chunk_that_ends(handler: BaseHTTPRequestHandler) -> None:
    """A chunk that promises more than it has."""
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b'100\r\n{"class": "dataset"')


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    """The line is closed without a word."""
    handler.connection.close()


@dataclass
class Server:
    """The address, what was asked, and what is still to be answered; the last behaviour stays."""

    url: str
    behaviours: list[Behaviour]
    asked: list[tuple[str, str, bytes, dict[str, str]]] = field(default_factory=list)


@contextmanager
def serving(*behaviours: Behaviour) -> Iterator[Server]:
    server = Server("", list(behaviours))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            server.asked.append((self.command, self.path, body, dict(self.headers.items())))
            behave = server.behaviours.pop(0) if len(server.behaviours) > 1 else server.behaviours[0]
            self.close_connection = True
            behave(self)

        do_GET = do_POST = _answer  # noqa: N815  # the names that http.server looks for

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    server.url = f"http://127.0.0.1:{http.server_port}"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()


@dataclass
class Clock:
    """A clock that goes on only when somebody sleeps."""

    time: float = 0.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds

    def monotonic(self) -> float:
        return self.time
