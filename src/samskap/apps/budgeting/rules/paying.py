"""What one voter paid, worked out from the published terms of each round and nothing else: exact fractions.

Anybody can do the same by hand from the result document and one line of the published ballots.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

__all__ = ["Purse", "Terms", "exact", "paid_by_voter", "worth"]

DIGITS = 4000  # Python reads no longer whole numbers in one go.


@dataclass(frozen=True, slots=True)
class Terms:
    """One round: the project that won, how ("shared", "overspent", "loaded", "voted", "filled"), its price.

    The price is money for a unit of what the project is worth to a voter; with "loaded" the time of the purchase.
    """

    project: str
    how: str
    price: Fraction | None


@dataclass(frozen=True, slots=True)
class Purse:
    """What a voter began with, paid for each project that won, and had left. None: money played no part."""

    start: Fraction | None
    paid: Mapping[str, Fraction | None]
    left: Fraction | None


def paid_by_voter(rounds: Sequence[Terms], *, start: Fraction | None, worth: Mapping[str, int]) -> Purse:
    """The purse of a voter to whom projects are `worth` so many units; those that are not there are not on the ballot.

    Where shares are paid, each gives price times worth, or all that is left where that is less. With loads money comes
    at the same pace to all, and a purchase takes what has come since the last one.
    """
    if any(one.how == "loaded" for one in rounds):
        return _loaded(rounds, worth)
    left, paid = start, dict[str, Fraction | None]()
    for one in rounds:
        if one.project not in worth:
            continue
        if left is None or one.price is None or one.how not in ("shared", "overspent"):
            paid[one.project] = None
            continue
        paid[one.project] = given = min(left, one.price * worth[one.project])
        left -= given
    return Purse(start, paid, left)


def _loaded(rounds: Sequence[Terms], worth: Mapping[str, int]) -> Purse:
    paid: dict[str, Fraction | None] = {}
    last = now = Fraction(0)
    for one in rounds:
        is_bought = one.how == "loaded" and one.price is not None
        now = one.price if is_bought and one.price is not None else now
        if one.project in worth:
            paid[one.project] = now - last if is_bought else None
            last = now if is_bought else last
    return Purse(None, paid, now - last)


def worth(choices: Sequence[tuple[str, int | None]], *, satisfaction: str, costs: Mapping[str, int]) -> dict[str, int]:
    """What each project on one ballot is worth to its voter: cost, 1, points, or the number of those below it.

    `choices` are those that take part, in the order of the ballot, with points in units where there are any; a choice
    with no point is no choice.
    """

    def units(key: str, place: int, points: int | None) -> int:
        match satisfaction:
            case "cost":
                return costs[key]
            case "points":
                return points or 0
            case "borda":
                return len(choices) - 1 - place
        return 1

    chosen = enumerate(choices)
    return {key: units(key, place, points) for place, (key, points) in chosen if points is None or points > 0}


def exact(text: str | None) -> Fraction | None:
    """The number in "a/b" or "a", with all its digits."""
    if text is None:
        return None
    top, _slash, bottom = text.partition("/")
    return Fraction(_whole(top), _whole(bottom or "1"))


def _whole(digits: str) -> int:
    value = 0
    for at in range(0, len(digits), DIGITS):
        part = digits[at : at + DIGITS]
        value = value * 10 ** len(part) + int(part)
    return value
