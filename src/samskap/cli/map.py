"""`samskap map`: the groups and the common ground of a conversation in the Polis CSV form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from samskap.cli.printing import percent, print_table, printable, write_file
from samskap.kernel.errors import SamskapError

if TYPE_CHECKING:
    from rich.console import Console

    from samskap.cli.map_polis import PolisSide
    from samskap.engines.opinion_map import OpinionMap, Votes
    from samskap.engines.opinion_map.crowd import Crowd
    from samskap.formats.opinion_words import Language
    from samskap.formats.polis_csv import Conversation

STEPS = 3


@click.command("map")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "json_file", type=click.Path(dir_okay=False, path_type=Path), help="Write the result as JSON.")
@click.option("--svg", "svg_file", type=click.Path(dir_okay=False, path_type=Path), help="Write the drawing.")
@click.option(
    "--html", "html_file", type=click.Path(dir_okay=False, path_type=Path), help="Write a page with all of it."
)
@click.option(
    "--polis", "polis_file", type=click.Path(dir_okay=False, path_type=Path), help="Write Polis's numbers, and compare."
)
@click.option(
    "--background", multiple=True, metavar="ID", help="Count this statement beside the map (may be repeated)."
)
@click.option("--scheduler", metavar="ADDRESS", help="Work on the Dask cluster of this scheduler.")
@click.option("--seed", type=click.IntRange(min=0), default=20171114, show_default=True, help="Seed of the tests.")
@click.option(
    "--lang", type=click.Choice(["en", "nb", "nn"]), default="nb", show_default=True, help="Language of files."
)
def map_command(
    path: Path,
    json_file: Path | None,
    svg_file: Path | None,
    html_file: Path | None,
    polis_file: Path | None,
    background: tuple[str, ...],
    scheduler: str | None,
    seed: int,
    lang: Language,
) -> None:
    """Map a conversation: its groups, and what all of them agree on.

    PATH is a folder or a zip with comments.csv and votes.csv or participants-votes.csv, as Polis exports them.
    """
    from rich.console import Console  # noqa: PLC0415 -- slow import
    from rich.progress import Progress  # noqa: PLC0415 -- slow import

    errors = Console(stderr=True)
    with Progress(console=errors, transient=True, disable=not errors.is_terminal) as progress:
        task = progress.add_task("Reading, mapping, writing", total=STEPS)
        conversation = _read(path)
        progress.advance(task)
        votes = _votes(conversation, background=frozenset(background))
        with _where(votes, scheduler=scheduler) as placed:
            result = _map(placed, conversation, background=frozenset(background), seed=seed)
        progress.advance(task)
        _write_files(result, conversation, files=(json_file, svg_file, html_file), language=lang)
        polis = _polis(votes, conversation, meta=frozenset(background), file=polis_file) if polis_file else None
        progress.advance(task)
    console = Console(highlight=False)
    _print(result, conversation, console=console)
    if polis:
        polis.print_beside(result, texts=conversation.texts, console=console)
    for written in filter(None, (json_file, svg_file, html_file, polis_file)):
        errors.print(f"Wrote {written}", markup=False, highlight=False, soft_wrap=True)


def _read(path: Path) -> Conversation:
    from samskap.formats.polis_csv import read_conversation  # noqa: PLC0415 -- slow import

    return read_conversation(path)


def _votes(conversation: Conversation, *, background: frozenset[str]) -> Votes:
    from samskap.engines.opinion_map import Votes  # noqa: PLC0415 -- slow import

    strangers = sorted(background - conversation.texts.keys())
    if strangers:
        raise SamskapError(
            f"There is no statement {strangers[0]!r}.", code="background", cure="Give ids from comments.csv."
        )
    return Votes.from_rows(
        conversation.rows,
        people=[person.key for person in conversation.people],
        statements=[statement.key for statement in conversation.statements],
    )


def _where(votes: Votes, *, scheduler: str | None) -> AbstractContextManager[Votes | Crowd]:
    """The votes here, or on the cluster of a scheduler."""
    if scheduler is None:
        return nullcontext(votes)
    from samskap.cli.map_cluster import on_cluster  # noqa: PLC0415 -- slow import

    return on_cluster(votes, scheduler=scheduler)


def _map(votes: Votes | Crowd, conversation: Conversation, *, background: frozenset[str], seed: int) -> OpinionMap:
    from samskap.engines.opinion_map import map_opinions  # noqa: PLC0415 -- slow import

    strata = {"sector": conversation.sectors} if conversation.sectors else {}
    return map_opinions(votes, strata=strata, background=background, left_out=conversation.rejected, seed=seed)


def _polis(votes: Votes, conversation: Conversation, *, meta: frozenset[str], file: Path) -> PolisSide:
    from samskap.cli.map_polis import polis_side  # noqa: PLC0415 -- slow import

    found = polis_side(votes, conversation, meta=meta)
    write_file(file, content=(json.dumps(found.document, ensure_ascii=False) + "\n").encode())
    return found


def _write_files(
    result: OpinionMap,
    conversation: Conversation,
    *,
    files: tuple[Path | None, Path | None, Path | None],
    language: Language,
) -> None:
    json_file, svg_file, html_file = files
    texts = conversation.texts
    if json_file:
        from samskap.formats.opinion_json import to_document  # noqa: PLC0415 -- slow import

        document = to_document(result, texts=texts)
        write_file(json_file, content=(json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode())
    if svg_file or html_file:
        from samskap.formats import opinion_html, opinion_svg  # noqa: PLC0415 -- slow import

        if svg_file:
            labels = opinion_html.map_labels(result, language=language)
            drawn = opinion_svg.draw_map(result, width=960, height=600, labels=labels)
            write_file(svg_file, content=f"{drawn}\n".encode())
        if html_file:
            page = opinion_html.map_page(result, title=conversation.title, texts=texts, language=language)
            write_file(html_file, content=page.encode())


def _print(result: OpinionMap, conversation: Conversation, *, console: Console) -> None:
    texts = {key: printable(text) or key for key, text in conversation.texts.items()}
    _print_head(result, conversation, console=console)
    _print_groups(result, texts=texts, console=console)
    _print_common_ground(result, texts=texts, console=console)
    _print_doubts(result, texts=texts, console=console)


def _print_head(result: OpinionMap, conversation: Conversation, *, console: Console) -> None:
    from rich.text import Text  # noqa: PLC0415 -- slow import

    from samskap.formats.opinion_html import counts_sentence, structure_sentence  # noqa: PLC0415 -- slow import
    from samskap.formats.opinion_text import text_map  # noqa: PLC0415 -- slow import
    from samskap.formats.opinion_words import say  # noqa: PLC0415 -- slow import

    counts = result.counts
    console.rule(Text(printable(conversation.title) or "Opinion map"), style="dim")
    lines = [counts_sentence(result, language="en")]
    if counts.left_out:
        lines.append(say("left_out", "en", left_out=counts.left_out))
    if conversation.revotes:
        lines.append(f"{conversation.revotes} votes were replaced by a later one.")
    lines.append(structure_sentence(result, language="en"))
    for line in lines:
        console.print(line, markup=False)
    console.print()
    console.print(text_map(result), markup=False, no_wrap=True, overflow="crop")


def _print_groups(result: OpinionMap, *, texts: Mapping[str, str], console: Console) -> None:
    for group in result.groups:
        rows = [
            (texts[item.statement], item.side, percent(item.share), percent(item.share_elsewhere))
            for item in group.representative
        ]
        title = f"Group {group.key}, {group.size} people, stands for"
        print_table(title, head=("Statement", "Side", "Here", "Elsewhere"), rows=rows, console=console)


def _print_common_ground(result: OpinionMap, *, texts: Mapping[str, str], console: Console) -> None:
    from samskap.formats.opinion_words import stratum  # noqa: PLC0415 -- slow import

    for side, title in (("agree", "Common ground: all agree"), ("disagree", "Common ground: all reject")):
        rows = [
            (
                texts[ground.statement],
                f"≥ {percent(ground.bound)}",
                stratum(ground.weakest_kind, ground.weakest_stratum, language="en"),
            )
            for ground in result.common_ground
            if ground.side == side
        ]
        print_table(title, head=("Statement", "Share", "Weakest in"), rows=rows, console=console)


def _print_doubts(result: OpinionMap, *, texts: Mapping[str, str], console: Console) -> None:
    from samskap.formats.opinion_words import say, stratum  # noqa: PLC0415 -- slow import

    divides = [
        (
            texts[item.statement],
            percent(item.spread),
            stratum(item.kind, item.high, language="en"),
            stratum(item.kind, item.low, language="en"),
        )
        for item in result.divisive
    ]
    head = ("Statement", "Difference", "Agrees most", "Agrees least")
    print_table("What divides", head=head, rows=divides, console=console)
    unsure = [
        (texts[item.statement], str(item.answered), f"{percent(item.lower_agree)}–{percent(item.upper_agree)}")
        for item in result.uncertain
    ]
    print_table("Too few answers to tell", head=("Statement", "Answers", "Agree"), rows=unsure, console=console)
    for few in result.too_few:
        name = stratum(few.kind, few.name, language="en")
        console.print(say("too_few_line", "en", stratum=name, needed=few.needed), markup=False)
    console.print(f"{result.engine_version}, seed {result.seed}, input {result.input_hash[:16]}", style="dim")
