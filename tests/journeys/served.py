"""The example municipality, made once and served by the real command, for browsers to walk through."""

from __future__ import annotations

import http.client
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

START_TIMEOUT_S = 60


@dataclass(frozen=True)
class Served:
    """Where the town is served, and where its data lie."""

    url: str
    folder: Path

    def one(self, question: str, *values: object) -> str:
        """The answer of the database to a question with one answer, as text."""
        connection = sqlite3.connect(f"file:{self.folder / 'demo.sqlite3'}?mode=ro", uri=True)
        try:
            return str(connection.execute(question, values).fetchone()[0])
        finally:
            connection.close()


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SAMSKAP_", "DATABASE_URL"))}
    return kept | {"SAMSKAP_DATA": str(folder), "SAMSKAP_EMAIL": "console"}


def samskap(folder: Path, *arguments: str, **settings: str) -> str:
    """Run one command to its end; what it printed, or a failure that shows it."""
    command = [sys.executable, "-m", "samskap", *arguments]
    done = subprocess.run(
        command, env=_environment(folder) | settings, capture_output=True, text=True, timeout=420, check=False
    )
    if done.returncode:
        raise AssertionError(f"samskap {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def make_town(folder: Path) -> None:
    """Make the town, and add an operator."""
    samskap(folder, "demo", "--no-serve", "--port", str(free_port()))
    operator = ("drift@demo.invalid", "--operator", "--name", "Driftsansvarlig", "--municipality", "4016")
    samskap(folder, "user", "add", *operator, "--role", "facilitator", SAMSKAP_DEMO="yes")


@contextmanager
def served_town(folder: Path, *, public_address: str = "") -> Iterator[Served]:
    """Serve the town in this folder, and stop the server at the end.

    `public_address` is what QR codes and the hall screen say, where it is another than that of the server.
    """
    port = free_port()
    log = (folder / "server.log").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "samskap", "demo", "--keep", "--host", "127.0.0.1", "--port", str(port)],
        env=_environment(folder) | {"SAMSKAP_URL": public_address or f"http://127.0.0.1:{port}"},
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        _wait(port, process, folder)
        yield Served(f"http://127.0.0.1:{port}", folder)
    finally:
        process.terminate()
        process.wait(timeout=20)
        log.close()


def _wait(port: int, process: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < until and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.05)
        else:
            return
        finally:
            connection.close()
    raise AssertionError(f"The server did not answer:\n{(folder / 'server.log').read_text()}")
