"""Numbers as text, exactly: whole units of a power of ten, never floats."""

from __future__ import annotations

import re
from fractions import Fraction

__all__ = ["MOST_DIGITS", "decimals_of", "is_number", "plainly", "units_of", "written_units"]

MOST_DIGITS = 15
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){2,}")
_DECIMAL_COMMA = re.compile(r"-?[0-9]+,(?:[0-9]{1,2}|[0-9]{4,})")
_OPEN_ENDED = re.compile(r"[+-]?(?:[0-9]+\.|\.?[0-9]+|[0-9]+\.[0-9]+)(?:[eE]\+?([0-9]{1,2}))?")


def is_number(text: str) -> bool:
    """Digits, with a point before the decimals if there are any; nothing else, so that nothing is guessed."""
    return _NUMBER.fullmatch(text) is not None


def plainly(text: str) -> str | None:
    """A number that was written otherwise but can only mean one thing, in plain form; else None.

    Spaces between thousands, several commas between thousands, a decimal comma, a sign in front, an exponent. One
    comma before three digits can mean both: None.
    """
    bare = re.sub(r"\s", "", text)
    if _GROUPED.fullmatch(bare):
        bare = bare.replace(",", "")
    elif _DECIMAL_COMMA.fullmatch(bare):
        bare = bare.replace(",", ".")
    if is_number(bare):
        return bare
    found = _OPEN_ENDED.fullmatch(bare)
    return _expanded(Fraction(bare)) if found else None


def decimals_of(text: str) -> int:
    """How many decimals a number needs: 2 for 1.250."""
    return len(text.partition(".")[2].rstrip("0"))


def units_of(text: str, *, decimals: int) -> int:
    """The number in units of 10^-decimals; it must not have more decimals than that."""
    whole, _, part = text.partition(".")
    return int(whole + part.rstrip("0").ljust(decimals, "0"))


def written_units(units: int, *, scale: int) -> str:
    """The number as text: 1.25 for 125 units of a hundredth."""
    whole, part = divmod(abs(units), scale)
    tail = str(part).rjust(len(str(scale)) - 1, "0").rstrip("0")
    return f"{'-' if units < 0 else ''}{whole}{'.' if tail else ''}{tail}"


def _expanded(value: Fraction) -> str | None:
    decimals = 0
    while value.denominator != 1 and 10**decimals % value.denominator:
        decimals += 1
    return written_units(int(value * 10**decimals), scale=10**decimals)
