"""Decisions about what partners promise, on plain values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

__all__ = [
    "MOST_HOURS",
    "MOST_MONEY_NOK",
    "WITH_AMOUNT",
    "Promised",
    "Sum",
    "commitment_problem",
    "may_be_decided",
    "needs_reason",
    "sums_by_kind",
]

WITH_AMOUNT = ("money", "hours")
MOST_MONEY_NOK = 1_000_000_000_000
MOST_HOURS = 1_000_000
LAST_YEAR = 2100

# What those who run it may decide; the way back is there, since a wrong press must be mended.
_DECISIONS = {
    "promised": ("confirmed",),
    "confirmed": ("delivered", "not_delivered", "promised"),
    "delivered": ("confirmed",),
    "not_delivered": ("confirmed",),
}


@dataclass(frozen=True, slots=True)
class Promised:
    """One promise: its kind and state, and the amount where the kind has one (kroner or hours)."""

    kind: str
    state: str
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """What is promised of one kind: all of it that has not failed, how much of it is confirmed, and what has come.

    Kroner for money and hours for hours; the number of promises for what has no amount.
    """

    kind: str
    promised: int
    confirmed: int
    delivered: int


def commitment_problem(kind: str, *, amount: int | None, text: str, due_on: date | None, today: date) -> str | None:
    """Why this cannot be promised, as a key; None where it can."""
    if kind in WITH_AMOUNT:
        most = MOST_MONEY_NOK if kind == "money" else MOST_HOURS
        if amount is None or amount < 1:
            return f"{kind}_missing"
        if amount > most:
            return f"{kind}_too_much"
    elif not any(sign.isalnum() for sign in text):
        return "words_missing"
    if due_on is None:
        return None
    return "date_past" if due_on < today else "date_far" if due_on.year > LAST_YEAR else None


def may_be_decided(state: str, *, wanted: str) -> bool:
    """Whether those who run it may move a promise from one state to another."""
    return wanted in _DECISIONS[state]


def needs_reason(state: str) -> bool:
    """Whether the partner must say why when the promise is changed or withdrawn: once somebody counts on it."""
    return state != "promised"


def sums_by_kind(promises: Iterable[Promised]) -> list[Sum]:
    """A sum for each kind that something is promised of, in the order of the kinds; kinds are never added together."""
    found: dict[str, list[Promised]] = {}
    for one in promises:
        if one.state != "not_delivered":
            found.setdefault(one.kind, []).append(one)
    kinds = [kind for kind in ("money", "hours", "premises", "data", "skills") if kind in found]
    return [_sum(kind, found[kind]) for kind in kinds]


def _sum(kind: str, promises: list[Promised]) -> Sum:
    def of(*states: str) -> int:
        return sum(one.amount or 1 for one in promises if one.state in states)

    return Sum(kind, of("promised", "confirmed", "delivered"), of("confirmed", "delivered"), of("delivered"))
