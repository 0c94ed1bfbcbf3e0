"""`samskap count`: a budget election in the Pabulib form, counted, explained and audited."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from samskap.cli.printing import STDOUT, printable, write_file

if TYPE_CHECKING:
    from rich.console import Console

    from samskap.formats.count_told import CountTold
    from samskap.formats.languages import Language
    from samskap.formats.pabulib import PabulibFile

FILE = click.Path(dir_okay=False, path_type=Path, allow_dash=True)
THERE = click.Path(exists=True, dir_okay=False, path_type=Path)
SHOWN = 20


@click.command("count")
@click.argument("file", type=THERE)
@click.option("--rule", help="The rule. [default: as FILE says, else equal_shares]")
@click.option("--satisfaction", help="cost, cardinality, points or borda. [default: as FILE says, else by the rule]")
@click.option("--completion", help="What becomes of money left over: none, add1, add1u, utilitarian or comparison.")
@click.option("--tie-break", help="The order that settles ties. [default: as FILE says, else lexicographic]")
@click.option("--seed", help="The public seed of a lottery.")
@click.option("--lenient", "mode", flag_value="lenient", default="strict", help="Repair what can be, and tell it.")
@click.option("--json", "json_file", type=FILE, help="Write the result as JSON; - prints it, and nothing else.")
@click.option(
    "--lang", type=click.Choice(["en", "nb", "nn"]), default="en", show_default=True, help="Language of the text."
)
def count_command(file: Path, *, json_file: Path | None, lang: Language, mode: Any, **options: str | None) -> None:
    """Count a budget election: what wins, at what terms, and why the others do not.

    FILE is a .pb file as on pabulib.org, gzip or not. Without options it is counted as META says.
    """
    from rich.console import Console  # noqa: PLC0415 -- slow import

    from samskap.formats.pabulib import read_pabulib  # noqa: PLC0415 -- slow import

    errors = Console(stderr=True)
    read = read_pabulib(file, mode=mode)
    _tell_repairs(read, errors=errors)
    counted = _counted(read, options, errors=errors)
    _write(counted, json_file)
    if json_file != STDOUT:
        click.echo(_text(counted, read, lang), nl=False)
        if json_file:
            errors.print(f"Wrote {json_file}", markup=False, highlight=False, soft_wrap=True)


def _tell_repairs(file: PabulibFile, *, errors: Console) -> None:
    for repair in file.repairs[:SHOWN]:
        line = printable(f"{file.name}, line {repair.line}: {repair.what} {repair.how}")
        errors.print(line, markup=False, highlight=False, soft_wrap=True)
    if len(file.repairs) > SHOWN:
        errors.print(f"… and {len(file.repairs) - SHOWN} more repairs.", markup=False, highlight=False)


def _counted(file: PabulibFile, options: dict[str, str | None], *, errors: Console) -> CountTold:
    from samskap.engines.fair_budget import count  # noqa: PLC0415 -- slow import
    from samskap.formats.count_options import options_of  # noqa: PLC0415 -- slow import
    from samskap.formats.count_told import BallotFile, told  # noqa: PLC0415 -- slow import
    from samskap.formats.pabulib import election_of  # noqa: PLC0415 -- slow import

    election = election_of(file)
    chosen = options_of(file.meta, kind=election.ballots.kind, **options)
    with errors.status("Counting"):
        outcome = count(
            election,
            rule=chosen.rule,
            satisfaction=chosen.satisfaction,
            completion=chosen.completion,
            tie_break=chosen.tie_break,
            seed=chosen.seed,
        )
        return told(outcome, ballot_file=BallotFile(file.name, file.sha256))


def _write(counted: CountTold, target: Path | None) -> None:
    if target is None:
        return
    from samskap.formats.count_json import written_count  # noqa: PLC0415 -- slow import

    write_file(target, content=written_count(counted))


def _text(counted: CountTold, file: PabulibFile, language: Language) -> str:
    from samskap.formats.count_json import to_document  # noqa: PLC0415 -- slow import
    from samskap.formats.count_text import count_text  # noqa: PLC0415 -- slow import

    names = file.projects.column("name") or ()
    selected = file.projects.column("selected") or ()
    return count_text(
        counted,
        title=file.meta.get("description") or file.name,
        names=dict(zip(file.keys, names, strict=False)),
        language=language,
        sha256=to_document(counted)["sha256"],
        published=[key for key, mark in zip(file.keys, selected, strict=False) if mark == "1"],
    )
