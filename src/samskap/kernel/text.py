"""Text that people have typed, made tidy: composed letters, no invisible signs, single spaces."""

from __future__ import annotations

import unicodedata

__all__ = ["one_line", "several_lines"]


def one_line(text: str) -> str:
    """One line of plain text: composed letters, no control or invisible signs, single spaces.

    Format characters (zero-width, direction overrides, soft hyphens), unassigned and private ones go away, since
    they can hide text or make equal texts look different. Markup is left as the signs it is made of.
    """
    composed = unicodedata.normalize("NFC", text)
    spaced = "".join(" " if sign.isspace() else sign for sign in composed)
    shown = "".join(sign for sign in spaced if not unicodedata.category(sign).startswith("C"))
    return " ".join(shown.split())


def several_lines(text: str) -> str:
    """The same for a text of more than one line: line breaks stay, and at most one line in a row is empty."""
    lines = [one_line(line) for line in text.splitlines()]
    kept = [line for at, line in enumerate(lines) if line or (at and lines[at - 1])]
    return "\n".join(kept).strip()
