"""The server starts, serves, does the background work and stops; what stands in the way is said in a sentence."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from samskap.cli import main
from samskap.cli.serve import bound_address
from samskap.kernel.errors import SamskapError

START_TIMEOUT_S = 30


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def status_of(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def wait_for(port: int, process: subprocess.Popen[str]) -> None:
    until = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < until and process.poll() is None:
        try:
            status_of(port, "/about/")
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"The server did not answer: {process.communicate(timeout=5)}")


def environment(folder: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SAMSKAP_", "DATABASE_URL"))}
    return kept | {"SAMSKAP_DATA": str(folder)} | more


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "samskap", *arguments],
        env=environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Empty for the first server, which makes the tables; those after it find them."""
    return tmp_path_factory.mktemp("served")


@pytest.fixture
def server(folder: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    port = free_port()
    process = start(folder, "serve", "--port", str(port))
    try:
        wait_for(port, process)
        yield process, port
    finally:
        if process.poll() is None:
            process.terminate()
            process.communicate(timeout=20)


@pytest.mark.slow
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "sigterm"])
def test_serve_makes_what_is_missing_serves_pages_and_files_and_stops(
    server: tuple[subprocess.Popen[str], int], ending: signal.Signals
) -> None:
    process, port = server
    assert [status_of(port, path) for path in ("/about/", "/static/samskap/samskap.css")] == [200, 200]
    os.killpg(process.pid, ending)
    output, _ = process.communicate(timeout=20)
    assert (process.returncode, output) == (
        0,
        f"Samskap serves http://127.0.0.1:{port}/ and stops with Ctrl+C.\n",
    )


@pytest.mark.slow
def test_a_second_server_on_the_port_is_refused_in_a_sentence(
    server: tuple[subprocess.Popen[str], int], folder: Path
) -> None:
    _, port = server
    second = start(folder, "serve", "--port", str(port))
    output, _ = second.communicate(timeout=START_TIMEOUT_S)
    assert (second.returncode, output) == (
        1,
        f"samskap: Port {port} is already in use. Stop the other program, or choose another port: --port {port + 1}.\n",
    )


@pytest.mark.slow
def test_the_worker_migrates_does_what_is_ordered_and_stops(tmp_path: Path) -> None:
    worker = start(tmp_path, "worker", "--until-empty")
    output, _ = worker.communicate(timeout=START_TIMEOUT_S)
    assert (worker.returncode, output, (tmp_path / "samskap.sqlite3").exists()) == (0, "", True)


def test_a_free_port_gives_the_numeric_address() -> None:
    assert bound_address("localhost", free_port()) in {"127.0.0.1", "::1"}


@pytest.mark.parametrize(
    ("host", "message"),
    [
        ("no-such-host.invalid", "There is no address called no-such-host.invalid."),
        ("192.0.2.1", "192.0.2.1 is not an address of this machine."),
    ],
)
def test_an_address_that_cannot_be_used_is_named(host: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(name: str, port: int, **_: object) -> list[object]:
        if name.endswith(".invalid"):
            raise socket.gaierror
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (name, port))]

    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    with pytest.raises(SamskapError) as refusal:
        bound_address(host, 8000)
    assert (refusal.value.message, refusal.value.cure) == (message, "Use 127.0.0.1, or 0.0.0.0 for all.")


def test_background_work_starts_again_after_trouble_and_stops_when_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from samskap.cli import serve as module

    turns: list[str] = []
    third = threading.Event()

    class Faltering:
        running = True

        def run(self) -> None:
            turns.append("turn")
            if len(turns) < 3:
                raise RuntimeError("The database is away.")
            third.set()
            while self.running:
                time.sleep(0.01)

    monkeypatch.setattr(module, "RETRY_AFTER_S", 0.01)
    monkeypatch.setattr(module, "_job_worker", Faltering)
    monkeypatch.setattr(module, "_forget_old_jobs", lambda: None)
    background = module.Background()
    background.start()
    assert third.wait(5)
    background.stop()
    assert (turns, background.is_alive()) == (["turn"] * 3, False)


@pytest.mark.parametrize("arguments", [["--port", "70000"], ["--threads", "0"], ["--workers", "x"]])
def test_numbers_out_of_range_are_a_usage_error(arguments: list[str]) -> None:
    result = CliRunner().invoke(main, ["serve", *arguments])
    assert (result.exit_code, "Invalid value" in result.output) == (2, True)
