"""An outlook as plain text: for the terminal, a letter or a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from samskap.engines.outlook import Comparison, Official, Outlook
from samskap.formats.languages import Language
from samskap.formats.outlook_basis import Basis
from samskap.formats.outlook_told import headline, remarks, tables
from samskap.formats.outlook_words import say
from samskap.formats.text_tables import TextTable, printable, table_lines, wrapped

__all__ = ["outlook_text"]

WIDTH = 100


def outlook_text(
    outlook: Outlook,
    *,
    basis: Basis,
    language: Language,
    officials: Sequence[Official] = (),
    change: Comparison | None = None,
    width: int = WIDTH,
) -> str:
    """Lines of at most `width` signs, but for tables, which are as wide as their numbers."""
    told = tables(outlook, language=language, officials=officials, change=change)
    return "\n".join(_lines(outlook, basis, told, language, width)) + "\n"


def _lines(outlook: Outlook, basis: Basis, told: Sequence[TextTable], language: Language, width: int) -> Iterator[str]:
    title = say("title", language, name=printable(basis.name))
    yield title
    yield "=" * len(title)
    yield ""
    if basis.standing == "illustrative":
        yield from (*wrapped(say("illustrative", language), width), "")
    for sentence in headline(outlook, basis=basis, language=language):
        yield from wrapped(printable(sentence), width)
    for table in told:
        yield ""
        yield from table_lines(table, width)
    yield ""
    for sentence in remarks(outlook, basis=basis, language=language):
        yield from wrapped(printable(sentence), width)
