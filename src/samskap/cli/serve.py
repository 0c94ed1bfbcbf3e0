"""`samskap serve` and `samskap worker`: the server, and the background work beside it."""

from __future__ import annotations

import errno
import logging
import multiprocessing
import os
import secrets
import socket
import threading
from typing import TYPE_CHECKING, Any

import click

from samskap.kernel.errors import SamskapError

if TYPE_CHECKING:
    from granian.server.common import AbstractServer

__all__ = ["bound_address", "prepare_database", "run_server", "serve", "worker"]

POLL_INTERVAL_S = 0.5
RETRY_AFTER_S = 5.0
STOP_TIMEOUT_S = 10.0
KEEP_JOBS_DAYS = 30

log = logging.getLogger("samskap.background")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on; 0.0.0.0 means all.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port to listen on.")
@click.option("--workers", type=click.IntRange(1, 64), help="Server processes. [default: SAMSKAP_WORKERS]")
@click.option("--threads", type=click.IntRange(1, 256), help="Threads in each process. [default: SAMSKAP_THREADS]")
def serve(host: str, port: int, workers: int | None, threads: int | None) -> None:
    """Serve the pages, and do the background work unless SAMSKAP_TASK_WORKER is `separate`."""
    import django  # noqa: PLC0415 -- slow import

    django.setup()
    address = bound_address(host, port)
    prepare_database()
    click.echo(f"Samskap serves http://{_shown(host)}:{port}/ and stops with Ctrl+C.")
    _warn_of_hosts(host)
    run_server(address, port, workers=workers, threads=threads)


@click.command()
@click.option("--until-empty", is_flag=True, help="Stop when no job is left.")
def worker(until_empty: bool) -> None:  # noqa: FBT001 -- the form in which click hands over a flag
    """Do background work, such as drawing opinion maps, beside the server or on another machine."""
    import django  # noqa: PLC0415 -- slow import

    django.setup()
    prepare_database()
    job_worker = _job_worker(batch=until_empty)
    if not until_empty:
        click.echo("The worker waits for jobs and stops with Ctrl+C.")
        job_worker.configure_signals()
    job_worker.run()


def bound_address(host: str, port: int) -> str:
    """The numeric address of a host on which this port is free, or a `SamskapError` that says what to do.

    The server lets several processes listen on one port, so a port in use must be found out here.
    """
    try:
        family, kind, protocol, _, (address, *_) = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror as unknown:
        raise SamskapError(
            f"There is no address called {host}.", cure="Use 127.0.0.1, or 0.0.0.0 for all."
        ) from unknown
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as refusal:
            raise _port_refused(host, port, refusal) from refusal
    return str(address)


def _port_refused(host: str, port: int, refusal: OSError) -> SamskapError:
    if refusal.errno == errno.EADDRINUSE:
        return SamskapError(
            f"Port {port} is already in use.",
            code="port_in_use",
            cure=f"Stop the other program, or choose another port: --port {port + 1 if port < 65535 else port - 1}.",
        )
    if refusal.errno == errno.EACCES:
        return SamskapError(f"This user may not open port {port}.", cure="Choose a port above 1023: --port 8000.")
    return SamskapError(f"{host} is not an address of this machine.", cure="Use 127.0.0.1, or 0.0.0.0 for all.")


def prepare_database() -> None:
    """Bring the tables up to date: by itself on SQLite, which has one server; elsewhere an operator must order it."""
    from django.core.management import call_command  # noqa: PLC0415 -- needs settings
    from django.db import DatabaseError, connection  # noqa: PLC0415 -- needs settings
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415 -- needs settings

    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as trouble:
        reason = str(trouble).strip().splitlines()[0]
        raise SamskapError(
            f"The database cannot be opened: {reason}.", cure="Check SAMSKAP_DATA and DATABASE_URL."
        ) from trouble
    if pending and connection.vendor != "sqlite":
        raise SamskapError(
            f"The database is older than this version of Samskap ({len(pending)} changes are missing).",
            code="database_is_old",
            cure="Take a backup and call `samskap migrate`.",
        )
    if pending:
        call_command("migrate", interactive=False, verbosity=0)
    connection.close()


def run_server(address: str, port: int, *, workers: int | None = None, threads: int | None = None) -> None:
    """Serve until Ctrl+C or SIGTERM. Django is set up; requests are not logged, since a log would hold addresses."""
    from django.conf import settings  # noqa: PLC0415 -- needs settings
    from django.db import connections  # noqa: PLC0415 -- needs settings
    from granian.constants import Interfaces  # noqa: PLC0415 -- slow import
    from granian.log import LogLevels  # noqa: PLC0415 -- slow import

    background = Background() if settings.SAMSKAP_TASK_WORKER == "embedded" else None
    server = _server_class(background)(
        "samskap.project.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers or settings.SAMSKAP_WORKERS,
        blocking_threads=threads or settings.SAMSKAP_THREADS,
        websockets=False,
        log_level=LogLevels.error,
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=int(STOP_TIMEOUT_S),
    )
    server.on_startup(connections.close_all)  # no process may inherit an open connection
    try:
        server.serve(target_loader=_load_application)
    finally:
        if background is not None:
            background.stop()


def _load_application(target: str) -> Any:
    """The application, in a process that Ctrl+C does not reach: the parent alone hears it and ends its children."""
    from importlib import import_module  # noqa: PLC0415 -- only in the server processes

    if hasattr(os, "setpgrp"):
        os.setpgrp()
    module, _, name = target.partition(":")
    return getattr(import_module(module), name)


def _server_class(background: Background | None) -> type[AbstractServer[Any]]:
    from granian.server import Server  # noqa: PLC0415 -- slow import

    class BackgroundServer(Server):  # type: ignore[misc,valid-type]
        """Starts the background work when the server processes have been forked, and no thread can be copied."""

        def signal_handler_reload(self, *arguments: Any) -> None:
            # A closed terminal hangs up: that ends the server, it does not ask for a reload.
            self.signal_handler_interrupt(*arguments)

        def startup(self, *arguments: Any) -> None:
            super().startup(*arguments)
            # A process that replaces a failed one is started afresh, not forked from a process with threads.
            multiprocessing.set_start_method("spawn", force=True)
            if background is not None:
                background.start()

    return BackgroundServer


class Background(threading.Thread):
    """Background work in a thread of the parent process: the requests are served by others and do not wait for it."""

    def __init__(self) -> None:
        super().__init__(name="samskap-background", daemon=True)
        self._stopped = threading.Event()
        self._worker: Any = None

    def run(self) -> None:
        """Do jobs until stopped; a database that is away for a while ends a turn, not the work."""
        while not self._stopped.is_set():
            try:
                _forget_old_jobs()
                self._worker = _job_worker()
                self._worker.running = not self._stopped.is_set()
                self._worker.run()
            except Exception:
                log.exception("Background work was interrupted and starts again in %.0f seconds.", RETRY_AFTER_S)
                self._stopped.wait(RETRY_AFTER_S)

    def stop(self) -> None:
        """Let the job at hand end, for at most some seconds."""
        self._stopped.set()
        if self._worker is not None:
            self._worker.running = False
        if self.is_alive():
            self.join(STOP_TIMEOUT_S)


def _forget_old_jobs() -> None:
    from django.core.management import call_command  # noqa: PLC0415 -- needs settings

    call_command("prune_db_task_results", f"--min-age-days={KEEP_JOBS_DAYS}", verbosity=0)


def _job_worker(*, batch: bool = False) -> Any:
    from django_tasks_db.management.commands.db_worker import Worker  # noqa: PLC0415 -- needs settings

    return Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=POLL_INTERVAL_S,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=secrets.token_hex(16),
    )


def _shown(host: str) -> str:
    if host in {"0.0.0.0", "::"}:  # noqa: S104 -- compared, not bound
        return "localhost"
    return f"[{host}]" if ":" in host else host


def _warn_of_hosts(host: str) -> None:
    from django.conf import settings  # noqa: PLC0415 -- needs settings

    if host in {"127.0.0.1", "::1", "localhost"} or settings.ALLOWED_HOSTS == ["*"]:
        return
    names = ", ".join(settings.ALLOWED_HOSTS)
    click.echo(f"It answers to {names} only. Name the others that people use in SAMSKAP_HOSTS.", err=True)
