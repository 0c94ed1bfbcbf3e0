"""`samskap appraise`: an appraisal computed from a file, and compared with the answer that is stored in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from samskap.cli.printing import STDOUT, write_file

if TYPE_CHECKING:
    from samskap.formats.appraisal_again import Again
    from samskap.formats.languages import Language

FILE = click.Path(dir_okay=False, path_type=Path, allow_dash=True)
THERE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("appraise")
@click.argument("file", type=THERE)
@click.option("--edition", help="The edition of the parameters. [default: that of FILE, as it stands in it]")
@click.option("--json", "json_file", type=FILE, help="Write what was found as JSON; - prints it, and nothing else.")
@click.option(
    "--lang", type=click.Choice(["en", "nb", "nn"]), default="en", show_default=True, help="Language of the text."
)
@click.pass_context
def appraise_command(
    context: click.Context, file: Path, *, edition: str | None, json_file: Path | None, lang: Language
) -> None:
    """Appraise an effect list: net present value, social return, what is uncertain, who pays and who gains.

    FILE is the JSON of an appraisal, as downloaded from its page or written oneself. Where an answer is stored in it,
    it says whether the same comes out. Exit code 1: something else comes out by the same edition, or the file was
    changed.
    """
    from samskap.formats.appraisal_again import again  # noqa: PLC0415 -- slow import
    from samskap.formats.appraisal_json import read_document, written  # noqa: PLC0415 -- slow import

    found = again(read_document(file.read_bytes(), file=file.name), edition=edition)
    if json_file is not None:
        write_file(json_file, content=written(found.document()))
    if json_file != STDOUT:
        _print(found, lang)
    if _is_broken(found):
        context.exit(1)


def _print(found: Again, language: Language) -> None:
    from samskap.formats.appraisal_text import again_lines, appraisal_text  # noqa: PLC0415 -- slow import

    click.echo(appraisal_text(found, language=language), nl=False)
    told = again_lines(found, language=language)
    if told:
        click.echo("\n" + "\n".join(told))


def _is_broken(found: Again) -> bool:
    """Whether a stored answer is not what its own edition gives, or is not as it was written."""
    if found.stored is None:
        return False
    is_own = found.stored.appraisal.edition == found.parameters.key
    return not found.is_untouched or (is_own and not found.is_same)
