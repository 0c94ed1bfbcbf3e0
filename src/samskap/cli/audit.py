"""`samskap audit`: a published count of a budget election, counted again from its ballots."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from samskap.formats.languages import Language

THERE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("audit")
@click.argument("result", type=THERE)
@click.argument("ballots", type=THERE)
@click.option("--lenient", "mode", flag_value="lenient", default="strict", help="Repair what can be in the ballots.")
@click.option(
    "--lang", type=click.Choice(["en", "nb", "nn"]), default="en", show_default=True, help="Language of the text."
)
@click.pass_context
def audit_command(context: click.Context, result: Path, ballots: Path, *, mode: Any, lang: Language) -> None:
    """Count published ballots again, and say whether the published result is the same.

    RESULT is the JSON of a count, BALLOTS its .pb file. Exit code 0: the same; 1: different, or it cannot be counted.
    """
    from samskap.formats.count_json import from_document, is_untouched, read_document  # noqa: PLC0415 -- slow import
    from samskap.formats.count_recount import recount  # noqa: PLC0415 -- slow import
    from samskap.formats.count_text import recount_lines  # noqa: PLC0415 -- slow import
    from samskap.formats.pabulib import read_pabulib  # noqa: PLC0415 -- slow import

    document = read_document(result.read_bytes(), file=result.name)
    found = recount(from_document(document), read_pabulib(ballots, mode=mode))
    untouched = is_untouched(document)
    for line in recount_lines(found, is_untouched=untouched, language=lang):
        click.echo(line)
    if not (found.is_same and untouched) or found.broken:
        context.exit(1)
