"""Tables and sentences as plain text: for the terminal, a letter or a file."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["TextTable", "printable", "table_lines", "wrapped"]

MOST_NAME = 38  # columns of the names of rows; longer ones are broken


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table in the reader's language; the first cell of a row names it."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def table_lines(table: TextTable, width: int) -> Iterator[str]:
    """Its lines, as wide as its numbers; the note below it is at most `width` signs wide."""
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
        yield from wrapped(table.note, width)


def wrapped(sentence: str, width: int) -> list[str]:
    """Lines of at most `width` signs; a number and its % stay together."""
    together = re.sub(r"(?<=\d) %", "\N{NO-BREAK SPACE}%", sentence)
    return textwrap.wrap(together, width)


def printable(text: str) -> str:
    """On one line, without control characters, which could move the cursor of a terminal."""
    return " ".join(
        "".join(sign if sign.isprintable() or sign == "\N{NO-BREAK SPACE}" else " " for sign in text).split(" ")
    )
