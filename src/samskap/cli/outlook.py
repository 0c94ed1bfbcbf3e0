"""`samskap outlook`: what a municipality faces, from files or from the figures of the database."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from samskap.cli.outlook_levers import Setting
from samskap.cli.printing import unwritable, write_file
from samskap.kernel.errors import SamskapError
from samskap.kernel.municipalities import MUNICIPALITY_NAMES
from samskap.kernel.municipality_changes import checked_number

if TYPE_CHECKING:
    from rich.console import Console

    from samskap.cli.outlook_figures import Figures
    from samskap.cli.outlook_run import Looked, Order
    from samskap.formats.languages import Language

MOST_DRAWS_OF_ALL = 5_000  # half a megabyte each

FILE = click.Path(dir_okay=False, path_type=Path)
THERE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("outlook")
@click.argument("place", required=False)
@click.option("--all", "is_all", is_flag=True, help="All municipalities; needs --out.")
@click.option("--population", type=THERE, help="People by place, year, sex and age. [default: the database]")
@click.option("--accounts", type=THERE, help="Accounts, posts and users by service.")
@click.option("--vintages", type=THERE, help="Official projections, past and present.")
@click.option("--constrained", is_flag=True, help="Lay the middle path on the newest of --vintages.")
@click.option("--years", type=click.IntRange(1, 60), default=25, show_default=True, help="How far to look.")
@click.option("--draws", type=click.IntRange(1, 20_000), default=1000, show_default=True, help="Possible futures.")
@click.option("--seed", type=click.IntRange(min=0), default=2026, show_default=True, help="Seed of chance.")
@click.option(
    "--lever", "levers", type=Setting(), multiple=True, metavar="NAME=NUMBER", help="Pull a lever (may be repeated)."
)
@click.option(
    "--parameter", "parameters", type=Setting(), multiple=True, metavar="NAME=NUMBER",
    help="Put in a value of your own (may be repeated).",
)  # fmt: skip
@click.option("--json", "json_file", type=FILE, help="Write the outlook as JSON.")
@click.option("--csv", "csv_file", type=FILE, help="Write it as rows.")
@click.option("--html", "html_file", type=FILE, help="Write a page with all of it.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="The folder that --all writes to.")
@click.option("--scheduler", metavar="ADDRESS", help="Work on the Dask cluster of this scheduler.")
@click.option(
    "--lang", type=click.Choice(["en", "nb", "nn"]), default="nb", show_default=True, help="Language of the page."
)
def outlook(place: str | None, *, is_all: bool, **options: Any) -> None:
    """Look ahead: people, need, posts and room for manoeuvre, with what is uncertain.

    PLACE is the number or the name of a municipality. With --population no database is needed.
    """
    from rich.console import Console  # noqa: PLC0415 -- slow import

    _check_call(place, is_all=is_all, options=options)
    errors = Console(stderr=True)
    number = _number(place) if place else None
    with _step(errors, "Reading the figures"):
        figures = _figures(number, options)
    order = _order(options, figures)
    if is_all:
        _look_at_all(figures, order, out=options["out"], scheduler=options["scheduler"], errors=errors)
        return
    assert number is not None
    with _at_work(options["scheduler"], errors) as (progress, client):
        from samskap.cli.outlook_run import look  # noqa: PLC0415 -- slow import

        looked = look(figures, place=number, order=order, progress=progress, cluster=client)
    _write_files(looked, options)
    _print(looked)
    for note in looked.notes:
        errors.print(note, markup=False, highlight=False, soft_wrap=True)
    for written in filter(None, (options[f"{kind}_file"] for kind in ("json", "csv", "html"))):
        errors.print(f"Wrote {written}", markup=False, highlight=False, soft_wrap=True)


def _check_call(place: str | None, *, is_all: bool, options: dict[str, Any]) -> None:
    if (place is None) != is_all:
        raise click.UsageError("Give either a PLACE or --all.")
    if is_all and options["out"] is None:
        raise click.UsageError("--all needs --out: it writes a file for each municipality.")
    if is_all and options["population"] is None:
        raise click.UsageError("--all needs --population.")
    if is_all and options["draws"] > MOST_DRAWS_OF_ALL:
        raise click.UsageError(f"--all takes at most {MOST_DRAWS_OF_ALL:,} --draws: all of them are in memory at once.")
    if is_all and (options["constrained"] or any(options[f"{kind}_file"] for kind in ("json", "csv", "html"))):
        raise click.UsageError("--all takes --out, and none of --constrained, --json, --csv and --html.")
    if not is_all and options["out"] is not None:
        raise click.UsageError("--out belongs to --all.")
    if options["population"] is None and (options["accounts"] or options["vintages"]):
        raise click.UsageError("--accounts and --vintages belong to --population.")


def _number(place: str) -> str:
    """The number of a municipality from its number or one of its names."""
    if place.strip()[:1].isdigit():
        return checked_number(place)
    wanted = place.strip().casefold()
    found = [
        number
        for number, names in MUNICIPALITY_NAMES.items()
        if wanted in {name.casefold() for name in (names, *names.split(" – "))}
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        raise SamskapError(
            f"No municipality is called {place.strip()!r}.",
            code="municipality_name_unknown",
            cure="Give its number; `samskap municipality list --all` shows them.",
        )
    raise SamskapError(
        f"{len(found)} municipalities are called {place.strip()}: {', '.join(found)}.",
        code="municipality_name_twice",
        cure="Give the number of the one you mean.",
    )


def _figures(place: str | None, options: dict[str, Any]) -> Figures:
    if options["population"] is None:
        assert place is not None
        from samskap.cli.operate import ready_with_tables  # noqa: PLC0415 -- slow import

        ready_with_tables()
        from samskap.cli.outlook_stored import figures_in_database  # noqa: PLC0415 -- needs settings

        return figures_in_database(place)
    from samskap.cli.outlook_figures import figures_in_files  # noqa: PLC0415 -- slow import

    found = figures_in_files(options["population"], accounts=options["accounts"], vintages=options["vintages"])
    if place is not None and options["accounts"] and place in found.people.places and place not in found.accounts:
        raise SamskapError(
            f"{options['accounts'].name} has no accounts of {place} {MUNICIPALITY_NAMES[place]}.",
            code="accounts_place",
            cure="Give the accounts of this municipality, or leave --accounts out.",
        )
    return found


def _order(options: dict[str, Any], figures: Figures) -> Order:
    from samskap.cli.outlook_levers import levers_of  # noqa: PLC0415 -- slow import
    from samskap.cli.outlook_run import Order  # noqa: PLC0415 -- slow import
    from samskap.engines.outlook import PARAMETERS  # noqa: PLC0415 -- slow import

    if options["constrained"] and not figures.vintages:
        raise SamskapError(
            "There is no official projection to be constrained to.", code="no_projection", cure="Give --vintages."
        )
    return Order(
        years=options["years"],
        draws=options["draws"],
        seed=options["seed"],
        levers=levers_of(options["levers"]),
        parameters=PARAMETERS.with_values(dict(options["parameters"])),
        is_constrained=options["constrained"],
    )


@contextmanager
def _step(errors: Console, words: str) -> Iterator[None]:
    """A sign that something is going on, where there is a terminal."""
    with errors.status(words) if errors.is_terminal else nullcontext():
        yield


@contextmanager
def _at_work(scheduler: str | None, errors: Console) -> Iterator[tuple[Callable[[int, int], None], Any]]:
    """What to tell of finished blocks, and the client of a cluster where one is asked for."""
    from rich.progress import Progress  # noqa: PLC0415 -- slow import

    from samskap.cli.cluster import connected  # noqa: PLC0415 -- slow import

    with (
        Progress(console=errors, transient=True, disable=not errors.is_terminal) as bar,
        connected(scheduler) if scheduler else nullcontext() as client,
    ):
        task = bar.add_task("Drawing what may come", total=None)
        yield (lambda done, total: bar.update(task, completed=done, total=total)), client


def _look_at_all(figures: Figures, order: Order, *, out: Path, scheduler: str | None, errors: Console) -> None:
    from samskap.cli.outlook_all import look_at_all, print_all  # noqa: PLC0415 -- slow import

    _make_folder(out)
    with _at_work(scheduler, errors) as (progress, client):
        done = look_at_all(figures, order=order, out=out, progress=progress, cluster=client)
    print_all(done, out=out)
    for note in done.notes:
        errors.print(note, markup=False, highlight=False, soft_wrap=True)


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(out, error) from error


def _write_files(looked: Looked, options: dict[str, Any]) -> None:
    if options["json_file"]:
        from samskap.formats.outlook_json import to_document  # noqa: PLC0415 -- slow import

        document = to_document(looked.outlook, basis=looked.basis)
        write_file(options["json_file"], content=(json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode())
    if options["csv_file"]:
        from samskap.formats.outlook_csv import written_outlook  # noqa: PLC0415 -- slow import

        write_file(options["csv_file"], content=written_outlook(looked.outlook, basis=looked.basis))
    if options["html_file"]:
        from samskap.formats.outlook_html import outlook_page  # noqa: PLC0415 -- slow import

        language: Language = options["lang"]
        page = outlook_page(
            looked.outlook, basis=looked.basis, language=language, officials=looked.officials, change=looked.change
        )
        write_file(options["html_file"], content=page.encode())


def _print(looked: Looked) -> None:
    from samskap.formats.outlook_text import outlook_text  # noqa: PLC0415 -- slow import

    text = outlook_text(
        looked.outlook, basis=looked.basis, language="en", officials=looked.officials, change=looked.change
    )
    click.echo(text, nl=False)
