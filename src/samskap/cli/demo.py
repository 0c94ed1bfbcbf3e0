"""`samskap demo`: a living example municipality on this machine, to look at and to hold a real gathering with."""

from __future__ import annotations

import os
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from samskap.cli import serve

if TYPE_CHECKING:
    from samskap.cli.demo_town import Town

__all__ = ["demo", "lan_address"]

MUNICIPALITY = "4016"

# What must hold in the demonstration, whatever the settings of an installation on the same machine say.
OWN_SETTINGS = {
    "SAMSKAP_DEMO": "yes",
    "SAMSKAP_MUNICIPALITY": MUNICIPALITY,
    "SAMSKAP_LANGUAGE": "nb",
    "SAMSKAP_EMAIL": "console",
    "SAMSKAP_HTTPS": "no",
    "SAMSKAP_OIDC": "[]",
    "SAMSKAP_REQUIRE_MFA": "no",
    "SAMSKAP_TASK_WORKER": "embedded",
}


@click.command()
@click.option(
    "--host", default="0.0.0.0", show_default=True,  # noqa: S104 -- phones on the same network shall reach it
    help="The address to listen on; 127.0.0.1 keeps it to this machine.",
)  # fmt: skip
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port to listen on.")
@click.option("--keep", "wish", flag_value="keep", help="Go on with the example municipality that is there.")
@click.option("--reset", "wish", flag_value="reset", help="Delete the example municipality and make it anew.")
@click.option("--no-serve", "then", flag_value="stop", default="serve", help="Make it and stop.")
@click.option("--people", default=180, show_default=True, type=click.IntRange(60, 2000), help="Simulated participants.")
def demo(host: str, port: int, wish: str | None, then: str, people: int) -> None:
    """Make an example municipality and serve it.

    It lives in a file of its own, demo.sqlite3 in the data folder (SAMSKAP_DATA), and touches nothing else. Its
    accounts sign in without e-mail: use it to learn and to try, never with real participants.
    """
    address = serve.bound_address(host, port)
    phones = lan_address() if host in {"0.0.0.0", "::"} else host  # noqa: S104 -- compared, not bound
    _set_up(site=f"http://{_bracketed(phones)}:{port}" if phones else "")
    town = _town(wish, people=people)
    _tell(town, port=port, phones=phones)
    if then == "serve":
        click.echo("Stop with Ctrl+C.")
        serve.run_server(address, port)


def lan_address() -> str:
    """The address of this machine on the local network, or "" where there is none. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(("192.0.2.1", 9))  # reserved for examples: a route is looked up, no packet leaves
        return str(probe.getsockname()[0])
    return ""


def _set_up(*, site: str) -> None:
    """Django with the settings of the demonstration, and its database up to date."""
    import django  # noqa: PLC0415 -- slow import

    if os.environ.pop("DATABASE_URL", ""):
        click.echo("DATABASE_URL is left alone: the demonstration has a file of its own.", err=True)
    os.environ.update(OWN_SETTINGS)
    os.environ.setdefault("SAMSKAP_URL", site)
    django.setup()


def _town(wish: str | None, *, people: int) -> Town | None:
    """The town that was made now, or None where one was there and is kept."""
    from samskap.apps.actors import queries as actors  # noqa: PLC0415 -- needs settings

    if wish == "reset":
        _delete_database()
    serve.prepare_database()
    there = actors.find_municipality(MUNICIPALITY) is not None
    if there and wish is None and sys.stdin.isatty() and click.confirm("Make the example municipality anew?"):
        _delete_database()
        serve.prepare_database()
        there = False
    return None if there else _make_town(people)


def _delete_database() -> None:
    from django.conf import settings  # noqa: PLC0415 -- needs settings
    from django.db import connection  # noqa: PLC0415 -- needs settings

    connection.close()
    file = Path(str(settings.DATABASES["default"]["NAME"]))
    for ending in ("", "-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)


def _make_town(people: int) -> Town:
    from rich.console import Console  # noqa: PLC0415 -- slow import
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415 -- slow import

    from samskap.cli.demo_town import STEPS, build_town  # noqa: PLC0415 -- needs settings
    from samskap.kernel import clock  # noqa: PLC0415 -- beside the others

    columns = (BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    on_screen = Console(stderr=True)
    with Progress(*columns, console=on_screen, transient=True, disable=not on_screen.is_terminal) as bar:
        task = bar.add_task("", total=STEPS)
        return build_town(
            people=people, now=clock.now(), tell=lambda step: bar.update(task, description=step, advance=1)
        )


def _tell(town: Town | None, *, port: int, phones: str) -> None:
    """Where to go, and as whom."""
    from django.urls import reverse  # noqa: PLC0415 -- needs settings

    from samskap.cli.demo_texts import content  # noqa: PLC0415 -- beside the others

    plan = content("day")
    here = f"http://localhost:{port}"
    evening = reverse("gatherings:gathering", args=[plan["evening"]["code"]])
    if town is not None:
        click.echo(f"The example municipality is ready: {town.people} invented people, {town.votes} answers.")
    else:
        click.echo("The example municipality is as you left it. Make it anew with --reset.")
    click.echo(f"  Look at it        {here}/")
    click.echo(f"  The finished day  {here}{reverse('reports:report', args=[plan['day']['code']])}")
    click.echo(f"  Sign in as        {here}{reverse('actors:demo_sign_in')}")
    for person in content("town")["people"]:
        click.echo(f"                    {person['email']} ({person['role'].replace('_', ' ')})")
    if phones and phones != "127.0.0.1":
        click.echo(f"  Join by phone     http://{_bracketed(phones)}:{port}{evening} (on the same network)")
        _draw_code(f"http://{_bracketed(phones)}:{port}{evening}")
    else:
        click.echo(f"  Join              {here}{evening}")


def _draw_code(address: str) -> None:
    """The address as a QR code, where there is a screen to scan it from."""
    if not sys.stdout.isatty():
        return
    import segno  # noqa: PLC0415 -- slow import

    segno.make(address, error="m").terminal(compact=True)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
