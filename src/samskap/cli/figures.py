"""`samskap figures`: official figures fetched from their publishers, files imported, and a list of what is here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from samskap.cli.operate import ready_with_tables
from samskap.kernel.acting import SYSTEM_IMPORT
from samskap.kernel.errors import SamskapError

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from samskap.apps.figures.actions import Stored
    from samskap.sources import Client
    from samskap.sources.client import Progress

__all__ = ["figures"]

# Which municipalities are alike; fetched first, so that the others can be asked for the group too.
GROUPS = "kostra_groups"

# After one of these the next table of the same publisher would fail in the same way.
_HOPELESS = {"source_no_network", "source_busy"}


@click.group()
def figures() -> None:
    """Official figures of municipalities, with their sources."""


@figures.command("fetch")
@click.argument("numbers", nargs=-1, metavar="NUMBER")
@click.option("--table", "tables", multiple=True, metavar="KEY", help="Only this table; may be given several times.")
@click.option("--all", "is_all", is_flag=True, help="All 357 municipalities, so that a place has its like beside it.")
@click.option("--offline", is_flag=True, help="Only what was fetched before and is kept in SAMSKAP_DATA.")
@click.option("--tables", "is_listed", is_flag=True, help="List the tables and their keys, and fetch nothing.")
def fetch_figures(
    numbers: tuple[str, ...], tables: tuple[str, ...], *, is_all: bool, offline: bool, is_listed: bool
) -> None:
    """Fetch the official figures of municipalities, and of the country and the county beside them.

    Each table is stored whole as soon as it is there. Call it again to go on where it stopped: answers of the last day
    are taken from the cache. Exit code 1 where a table could not be had.
    """
    if is_listed:
        _list_tables()
        return
    if bool(numbers) == is_all:
        raise click.UsageError("Give the number of a municipality, such as 4016, or --all.")
    ready_with_tables()
    from samskap.kernel.municipalities import MUNICIPALITY_NAMES  # noqa: PLC0415 -- beside the others
    from samskap.kernel.municipality_changes import checked_number  # noqa: PLC0415 -- beside the others

    places = list(MUNICIPALITY_NAMES) if is_all else [checked_number(number) for number in numbers]
    keys = _keys(tables)
    with _bar() as bar:
        troubles = _fetch_all(keys, places=places, offline=offline, bar=bar)
    if troubles:
        for trouble in troubles:
            click.echo(str(trouble), err=True)
        raise SamskapError(
            f"{len(troubles)} of {len(keys)} tables could not be had. What was fetched is stored, each table whole.",
            code="figures_incomplete",
            cure="Call the same command again later: it goes on where it stopped.",
        )


def _keys(tables: tuple[str, ...]) -> list[str]:
    from samskap.sources import RECIPES  # noqa: PLC0415 -- slow import

    unknown = [key for key in tables if key not in {GROUPS, *RECIPES}]
    if unknown:
        raise SamskapError(
            f"There is no table {unknown[0]!r}.",
            code="table_unknown",
            cure=f"Choose among {', '.join((GROUPS, *RECIPES))}.",
        )
    return list(tables or (GROUPS, *RECIPES))


def _list_tables() -> None:
    from samskap.sources import RECIPES  # noqa: PLC0415 -- slow import

    click.echo(f"{GROUPS:22} SSB Klass 112 Which municipalities are alike: the KOSTRA groups")
    for key, recipe in RECIPES.items():
        click.echo(f"{key:22} {recipe.office.upper()} {recipe.table or '(newest)':9} {recipe.title}")


def _fetch_all(keys: list[str], *, places: list[str], offline: bool, bar: Bar) -> list[SamskapError]:
    """Fetch and store table after table; what went wrong. A publisher that does not answer is asked no more."""
    task = bar.add_task("Fetching", total=len(keys))
    client = _client(offline=offline, bar=bar, task=task)
    troubles: list[SamskapError] = []
    silent: set[str] = set()
    for key in keys:
        bar.update(task, description=key)
        if _office(key) in silent:
            troubles.append(SamskapError(f"{key} was not asked for: {_office(key).upper()} does not answer."))
            continue
        try:
            for stored in _fetch_one(key, places=places, client=client):
                bar.console.print(_told(stored), highlight=False)
        except SamskapError as trouble:
            troubles.append(trouble)
            if trouble.code in _HOPELESS:
                silent.add(_office(key))
        bar.advance(task)
    return troubles


def _office(key: str) -> str:
    from samskap.sources import RECIPES  # noqa: PLC0415 -- slow import

    return "ssb" if key == GROUPS else RECIPES[key].office


def _fetch_one(key: str, *, places: list[str], client: Client) -> Iterator[Stored]:
    from samskap.apps.figures import actions  # noqa: PLC0415 -- needs settings
    from samskap.kernel import clock  # noqa: PLC0415 -- beside the others
    from samskap.sources import fetch  # noqa: PLC0415 -- slow import
    from samskap.sources.klass import kostra_groups  # noqa: PLC0415 -- slow import
    from samskap.sources.values import NATION  # noqa: PLC0415 -- beside the others

    now = clock.now()
    if key == GROUPS:
        yield actions.store_edition(kostra_groups(now.year, client=client, now=now), by=SYSTEM_IMPORT)
        return
    asked = [*places, NATION, *sorted({place[:2] for place in places}), *_groups(places)]
    for fetched in fetch([key], places=asked, client=client, now=now):
        yield actions.store_edition(fetched, by=SYSTEM_IMPORT)


def _groups(places: list[str]) -> list[str]:
    """The KOSTRA groups of these municipalities, as far as they are known here: statistics have figures of them too."""
    from samskap.apps.figures import queries  # noqa: PLC0415 -- needs settings

    known = queries.latest_values("kostra_group", page_of="")
    return sorted({f"EKG{int(known[place]):02}" for place in places if place in known})


def _client(*, offline: bool, bar: Bar, task: TaskID) -> Client:
    from samskap.sources import Client  # noqa: PLC0415 -- slow import

    def follow(progress: Progress) -> None:
        waits = f", waiting {progress.waiting:.0f} s" if progress.waiting else ""
        cached = " from the cache" if progress.from_cache else ""
        bar.update(task, description=f"{progress.subject}: {progress.done} answers{cached}{waits}")

    return Client(_cache_folder(), offline=offline, on_progress=follow)


def _cache_folder() -> Path:
    from django.conf import settings  # noqa: PLC0415 -- needs settings

    return Path(settings.SAMSKAP_DATA) / "figures" / "cache"


def _told(stored: Stored) -> str:
    edition = stored.edition
    what = f"{edition.source.name} {edition.table}"
    counted = [f"{stored.figures:,} figures"] if stored.figures else []
    counted += [f"{stored.profiles:,} populations by age"] if stored.profiles else []
    news = "stored" if stored.is_new else "unchanged, of a new date"
    return f"{what}: {' and '.join(counted) or 'nothing'} {news}"


@contextmanager
def _bar() -> Iterator[Bar]:
    from rich.console import Console  # noqa: PLC0415 -- slow import
    from rich.progress import Progress  # noqa: PLC0415 -- slow import

    errors = Console(stderr=True)
    with Progress(console=errors, transient=True, disable=not errors.is_terminal) as bar:
        yield bar


@figures.command("import")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--indicator", default="", metavar="KEY", help="What a JSON-stat file from elsewhere is about.")
@click.option("--municipality", metavar="NUMBER", help="Show them on the pages of this municipality only.")
@click.option("--publisher", default="", help="Who made the figures. [default: as the file says]")
@click.option("--table", default="", help="Number or name of the table. [default: as the file says]")
@click.option("--standing", type=click.Choice(["official", "ours", "illustrative"]), help="[default: as the file says]")
def import_figures(
    path: Path, indicator: str, municipality: str | None, publisher: str, table: str, standing: str | None
) -> None:
    """Import figures from a file: our CSV form, or JSON-stat 2.0.

    Nothing is stored where anything in the file is wrong; every problem is told with its row.
    """
    ready_with_tables()
    from samskap.apps.actors import queries as actors  # noqa: PLC0415 -- needs settings
    from samskap.apps.figures import actions, labels, queries  # noqa: PLC0415 -- needs settings
    from samskap.formats.figures_file import read_file  # noqa: PLC0415 -- slow import
    from samskap.kernel import clock  # noqa: PLC0415 -- beside the others

    own = actors.municipality_by_number(municipality) if municipality else None
    parsed = read_file(
        path.read_bytes(), file=path.name, now=clock.now(), indicator=indicator, publisher=publisher, table=table,
        standing=standing or "",
    )  # fmt: skip
    wrong = queries.problems_in(parsed, municipality=own)
    if wrong:
        for one in wrong:
            click.echo(labels.sentence(one), err=True)
        raise SamskapError(f"{path.name} is not imported: {len(wrong)} things are wrong.", code="figures_wrong")
    click.echo(_told(actions.store_edition(parsed.fetched, by=SYSTEM_IMPORT, municipality=own)))


@figures.command("list")
@click.option("--cache", "is_cache", is_flag=True, help="What was fetched and is kept, from when.")
def list_figures(*, is_cache: bool) -> None:
    """List the editions that are here: publisher, table, date, places, figures."""
    ready_with_tables()
    if is_cache:
        from samskap.sources import Client  # noqa: PLC0415 -- slow import

        copies = Client(_cache_folder(), offline=True).cached()
        for kept in copies:
            click.echo(
                f"{kept.fetched_at:%Y-%m-%d %H:%M}  {kept.subject:24} {kept.size / 1000:,.0f} kB  {kept.licence}"
            )
        if not copies:
            click.echo("Nothing has been fetched yet. Call `samskap figures fetch`.")
        return
    from samskap.apps.figures import queries  # noqa: PLC0415 -- needs settings

    rows = queries.all_editions()
    if not rows:
        click.echo("No figures are stored yet. Call `samskap figures fetch` or `samskap figures import`.")
    for row in rows:
        edition = row.edition
        whose = f" (only {edition.municipality})" if edition.municipality else ""
        click.echo(
            f"{edition.pk:>5}  {edition.fetched_at:%Y-%m-%d}  {edition.source.name} {edition.table}{whose}: "
            f"{row.figures:,} figures, {row.profiles:,} populations, {row.places} places, {edition.standing}"
        )


@figures.command("delete")
@click.argument("edition_id", metavar="ID", type=int)
def delete_figures(edition_id: int) -> None:
    """Delete an edition; where there is an older one of the same figures, that is shown again."""
    ready_with_tables()
    from samskap.apps.figures import actions, queries  # noqa: PLC0415 -- needs settings

    edition = queries.edition_by_id(edition_id)
    actions.delete_edition(edition, by=SYSTEM_IMPORT)
    click.echo(f"{edition.source.name} {edition.table} is deleted. Fetch or import it again to have it back.")


@figures.command("organisations")
@click.argument("number", metavar="NUMBER")
@click.option("--offline", is_flag=True, help="Only what was fetched before and is kept in SAMSKAP_DATA.")
def fetch_organisations(number: str, *, offline: bool) -> None:
    """Add the organisations of a municipality from Enhetsregisteret, by sector. What is here stays as it is."""
    ready_with_tables()
    from samskap.apps.actors import queries as actors  # noqa: PLC0415 -- needs settings
    from samskap.apps.figures import actions  # noqa: PLC0415 -- needs settings
    from samskap.kernel import clock  # noqa: PLC0415 -- beside the others
    from samskap.kernel.municipality_changes import checked_number  # noqa: PLC0415 -- beside the others
    from samskap.sources.brreg import organisations  # noqa: PLC0415 -- slow import

    municipality = actors.municipality_by_number(checked_number(number))
    with _bar() as bar:
        task = bar.add_task("Enhetsregisteret", total=None)
        found = organisations(municipality.number, client=_client(offline=offline, bar=bar, task=task), now=clock.now())
        made = actions.register_organisations(municipality, found=found, by=SYSTEM_IMPORT)
    click.echo(f"{municipality}: {made.added} added from Enhetsregisteret, {made.known} were here already.")
