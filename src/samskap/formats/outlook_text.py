"""An outlook as plain text: for the terminal, a letter or a file."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence

from samskap.engines.outlook import Comparison, Official, Outlook
from samskap.formats.languages import Language
from samskap.formats.outlook_basis import Basis
from samskap.formats.outlook_told import TextTable, headline, remarks, tables
from samskap.formats.outlook_words import say

__all__ = ["outlook_text"]

WIDTH = 100
MOST_NAME = 38  # columns of the names of rows; longer ones are broken


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
    title = say("title", language, name=_printable(basis.name))
    yield title
    yield "=" * len(title)
    yield ""
    if basis.standing == "illustrative":
        yield from (*_wrapped(say("illustrative", language), width), "")
    for sentence in headline(outlook, basis=basis, language=language):
        yield from _wrapped(_printable(sentence), width)
    for table in told:
        yield ""
        yield from _table(table, width)
    yield ""
    for sentence in remarks(outlook, basis=basis, language=language):
        yield from _wrapped(_printable(sentence), width)


def _table(table: TextTable, width: int) -> Iterator[str]:
    yield table.title
    rows = [table.head, *table.rows]
    first = min(max(len(row[0]) for row in rows), MOST_NAME)
    columns = [max(len(row[at]) for row in rows) for at in range(1, len(table.head))]
    for number, row in enumerate(rows):
        *before, name = textwrap.wrap(row[0], first) or [""]
        yield from before
        cells = [cell.rjust(wide) for cell, wide in zip(row[1:], columns, strict=True)]
        yield "  ".join([name.ljust(first), *cells]).rstrip()
        if number == 0:
            yield "-" * (first + sum(2 + wide for wide in columns))
    if table.note:
        yield from _wrapped(table.note, width)


def _wrapped(sentence: str, width: int) -> list[str]:
    together = re.sub(r"(?<=\d) %", "\N{NO-BREAK SPACE}%", sentence)
    return textwrap.wrap(together, width)


def _printable(text: str) -> str:
    """On one line, without control characters, which could move the cursor of a terminal."""
    return " ".join(
        "".join(sign if sign.isprintable() or sign == "\N{NO-BREAK SPACE}" else " " for sign in text).split(" ")
    )
