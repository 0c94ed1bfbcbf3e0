"""`samskap import` and `samskap export`: conversations from and to the files that others use."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from samskap.cli.operate import ready_with_tables
from samskap.kernel.errors import SamskapError

if TYPE_CHECKING:
    from rich.progress import Progress

    from samskap.apps.statements.models import Conversation
    from samskap.formats.polis_csv import Conversation as OpenConversation

__all__ = ["export_group", "import_group"]


@click.group("import")
def import_group() -> None:
    """Bring in what was made elsewhere."""


@click.group("export")
def export_group() -> None:
    """Hand out what is public as open files."""


@import_group.command("conversation")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--process", "process_id", type=int, metavar="ID", help="Put it into this process.")
@click.option("--municipality", metavar="NUMBER", help="Make a process for it in this municipality (four digits).")
@click.option("--title", default="", help="The title. [default: the topic in summary.csv, or the name of PATH]")
@click.option(
    "--language", type=click.Choice(["nb", "nn", "en"]), default="nb", show_default=True, help="Of the statements."
)
def import_conversation(
    path: Path, process_id: int | None, municipality: str | None, title: str, language: str
) -> None:
    """Make a conversation out of a Polis export, and map it.

    PATH is a folder or a zip with comments.csv and votes.csv or participants-votes.csv. People become tickets without
    names. The results are public at once; nothing is stored where anything in the files is wrong.
    """
    if (process_id is None) == (municipality is None):
        raise click.UsageError("Give either --process or --municipality: it says where the conversation belongs.")
    ready_with_tables()
    from samskap.formats.polis_csv import read_conversation  # noqa: PLC0415 -- slow import

    with _progress() as progress:
        task = progress.add_task("Reading the files", total=1)
        opened = read_conversation(path)
        _check_any_statement(opened, name=path.name)
        progress.advance(task)
        task = progress.add_task(f"Storing {len(opened.votes):,} votes", total=1)
        conversation = _stored(
            opened, process_id=process_id, municipality=municipality, source=path.name, title=title, language=language
        )
        progress.advance(task)
        progress.add_task("Finding groups and common ground", total=1)
        _map(conversation)
    _tell(conversation, opened)


@export_group.command("conversation")
@click.argument("conversation_id", metavar="ID", type=int)
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--form", type=click.Choice(["polis", "json"]), default="polis", show_default=True, help="Which files.")
@click.option("--round", "number", type=click.IntRange(1, 99), help="Which round. [default: the latest that is shown]")
def export_conversation(conversation_id: int, target: Path, form: str, number: int | None) -> None:
    """Write the public files of a conversation: what everybody could download.

    TARGET is a folder or, if it ends in .zip, a zip (polis), or a file (json). Hidden results are not written.
    """
    ready_with_tables()
    with _progress() as progress:
        task = progress.add_task("Reading the votes", total=1)
        files = _files(conversation_id, form=form, number=number)
        progress.advance(task)
        progress.add_task("Writing", total=1)
        _write(files, target=target, form=form)
    click.echo(f"Wrote {target}")


def _progress() -> Progress:
    from rich.console import Console  # noqa: PLC0415 -- slow import
    from rich.progress import Progress  # noqa: PLC0415 -- slow import

    errors = Console(stderr=True)
    return Progress(console=errors, transient=True, disable=not errors.is_terminal)


def _check_any_statement(opened: OpenConversation, *, name: str) -> None:
    if not opened.statements:
        raise SamskapError(
            f"{name} holds no statement.", code="import_empty", cure="Add at least one row to comments.csv."
        )


def _stored(
    opened: OpenConversation,
    *,
    process_id: int | None,
    municipality: str | None,
    source: str,
    title: str,
    language: str,
) -> Conversation:
    """The conversation in the database, in one transaction with everything around it."""
    from samskap.apps.actors import queries as actors  # noqa: PLC0415 -- needs settings
    from samskap.apps.processes import queries as processes  # noqa: PLC0415 -- needs settings
    from samskap.apps.reports import actions  # noqa: PLC0415 -- needs settings
    from samskap.kernel.acting import SYSTEM_IMPORT  # noqa: PLC0415 -- beside the others

    if process_id is not None:
        process = processes.find_process(process_id)
        if process is None:
            raise SamskapError(f"There is no process {process_id}.", code="no_process", cure="Look up its number.")
        return actions.import_conversation(
            opened, process=process, source=source, title=title, language=language, by=SYSTEM_IMPORT
        )
    town = actors.find_municipality(str(municipality))
    if town is None:
        raise SamskapError(
            f"There is no municipality {municipality} here.",
            code="no_municipality",
            cure=f"Add it first: samskap municipality add {municipality}",
        )
    return actions.import_into_new_process(
        opened, municipality=town, source=source, title=title, language=language, by=SYSTEM_IMPORT
    )


def _map(conversation: Conversation) -> None:
    from samskap.apps.statements import compute  # noqa: PLC0415 -- needs settings

    compute.map_conversation(conversation.pk)


def _tell(conversation: Conversation, opened: OpenConversation) -> None:
    from django.conf import settings  # noqa: PLC0415 -- needs settings
    from django.urls import reverse  # noqa: PLC0415 -- needs settings

    site = str(settings.SAMSKAP_URL).rstrip("/")
    click.echo(
        f"Conversation {conversation.pk}, “{conversation.title}”: {len(opened.statements):,} statements, "
        f"{len(opened.people):,} people, {len(opened.votes):,} votes."
    )
    click.echo(f"  The process    {site}{reverse('processes:process', args=[conversation.process_id])}")
    click.echo(f"  The direction  {site}{reverse('reports:direction', args=[conversation.pk])}")


def _files(conversation_id: int, *, form: str, number: int | None) -> dict[str, bytes]:
    """The files by name. The public's eyes decide: what the page hides from everybody is not written either."""
    from django.conf import settings  # noqa: PLC0415 -- needs settings
    from django.contrib.auth.models import AnonymousUser  # noqa: PLC0415 -- needs settings

    from samskap.apps.reports import compute, queries  # noqa: PLC0415 -- needs settings
    from samskap.apps.statements import queries as statements  # noqa: PLC0415 -- needs settings

    conversation = statements.visible_conversation(conversation_id, viewer=AnonymousUser())
    shown = queries.open_round(conversation, participant=None, wish=queries.Wish(round=number))
    site = str(settings.SAMSKAP_URL)
    if form == "polis":
        return compute.export_files(conversation, round=shown, site=site)
    document = queries.direction_document(queries.direction(conversation, round=shown), site=site)
    return {"direction.json": (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()}


def _write(files: Mapping[str, bytes], *, target: Path, form: str) -> None:
    from samskap.apps.reports import actions, queries  # noqa: PLC0415 -- needs settings

    try:
        if form == "json":
            actions.keep_file(target, content=files["direction.json"])
        elif target.suffix.lower() == ".zip":
            actions.keep_file(target, content=queries.zipped(files))
        else:
            for name, data in files.items():
                actions.keep_file(target / name, content=data)
    except OSError as error:
        raise SamskapError(
            f"{target} cannot be written: {error.strerror or error}.",
            code="write",
            cure="Choose a place that you may write to, with room enough.",
        ) from error
