"""One-time codes in letters and receipts: signs that are not mixed up, and a sign that shows a typing error."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

__all__ = ["BODY", "LENGTH", "SIGNS", "code_problem", "grouped", "new_code", "normal_code", "with_check"]

# 23 signs, a prime number. No vowels (a code spells no word), no 0 1 I L O, and of S/5, B/8, Z/2, V/U only one.
SIGNS = "23456789CDFGHJKMNPQRTWX"
BODY = 11
LENGTH = BODY + 1
_LOOK_ALIKE = str.maketrans({"S": "5", "B": "8", "Z": "2"})


def new_code() -> str:
    """Eleven random signs and the check: one of 9.5 · 10^14, so that nobody guesses a code that is in use."""
    return with_check("".join(secrets.choice(SIGNS) for _ in range(BODY)))


def with_check(body: str) -> str:
    """The body and its check sign: the sum of place times value is 0 modulo 23.

    The method of ISBN-10 over 23 signs. Places 1 to 12 are different and none is a multiple of 23, a prime, so one
    wrong sign, and any two signs that changed places, always give another sum.
    """
    total = sum(place * SIGNS.index(sign) for place, sign in enumerate(body, start=1))
    # place 12 · value ≡ -total; 12 · 2 = 24 ≡ 1, so the inverse of 12 is 2.
    return body + SIGNS[-total * 2 % len(SIGNS)]


def normal_code(text: str) -> str:
    """A code as it is compared: capitals, no spaces or hyphens, and look-alikes read as the sign we use."""
    return "".join(sign for sign in text.upper() if sign.isalnum()).translate(_LOOK_ALIKE)


def code_problem(code: str) -> str | None:
    """What is wrong with a normal code: `empty`, `sign`, `length` or `check`; None where it is well formed."""
    if not code:
        return "empty"
    if any(sign not in SIGNS for sign in code):
        return "sign"
    if len(code) != LENGTH:
        return "length"
    return None if with_check(code[:BODY]) == code else "check"


def grouped(text: str, *, by: int = 4) -> str:
    """`K7F29QXB3M` as `K7F2-9QXB-3M`, to be read aloud and copied by hand."""
    return "-".join(_pieces(text, by))


def _pieces(text: str, by: int) -> Iterable[str]:
    return (text[at : at + by] for at in range(0, len(text), by))
