"""How commands print tables and texts that strangers wrote, and write the files that are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from samskap.kernel.errors import SamskapError

if TYPE_CHECKING:
    from rich.console import Console

SHOWN = 8
STDOUT = Path("-")


def print_table(title: str, *, head: tuple[str, ...], rows: Sequence[tuple[str, ...]], console: Console) -> None:
    """A table whose first column takes the room that is left; of more than eight rows it says how many there are."""
    from rich import box  # noqa: PLC0415 -- slow import
    from rich.table import Table  # noqa: PLC0415 -- slow import
    from rich.text import Text  # noqa: PLC0415 -- slow import

    console.print()
    if not rows:
        console.print(f"{title}: none.", markup=False)
        return
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for place, name in enumerate(head):
        table.add_column(name, ratio=1 if place == 0 else None, justify="left" if place == 0 else "right")
    for row in rows[:SHOWN]:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)
    if len(rows) > SHOWN:
        console.print(f"… and {len(rows) - SHOWN} more.", markup=False, style="dim")


def printable(text: str) -> str:
    """The text on one line without control characters, which could move the cursor or hide what follows."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def percent(share: float) -> str:
    """A share as whole percent."""
    return f"{round(share * 100)}%"


def write_file(target: Path, *, content: bytes) -> None:
    """Write a file that a command was asked for; to standard output where it is called `-`."""
    if target == STDOUT:
        click.echo(content, nl=False)
        return
    try:
        target.write_bytes(content)
    except OSError as error:
        raise unwritable(target, error) from error


def unwritable(target: Path, error: OSError) -> SamskapError:
    """What is said where a file or a folder cannot be written."""
    return SamskapError(
        f"{target} cannot be written: {error.strerror}.",
        code="write",
        cure="Choose a folder that exists and that you may write to.",
    )
