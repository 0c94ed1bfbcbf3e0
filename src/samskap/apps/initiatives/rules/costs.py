"""What an initiative costs and who pays it, in whole kroner.

The whole price is the sum of the cost lines. What the municipality pays is the whole price less the money that partners
have confirmed or delivered, never below nothing: a payer named on a line has promised nothing by that alone. Hours are
shown apart and never added to money.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["SECURE", "Line", "Money", "Promise", "YearRow", "money_of", "year_rows"]

# The states of a commitment that lower the price.
SECURE = ("confirmed", "delivered")


@dataclass(frozen=True)
class Line:
    """An amount in a year; `payer` is the id of an organisation, None for the municipality."""

    year: int
    amount_nok: int
    payer: int | None = None


@dataclass(frozen=True)
class Promise:
    """Money or hours from a partner; `payer` as in a line, None for a resident."""

    kind: str
    amount: int
    state: str
    payer: int | None = None


@dataclass(frozen=True)
class Money:
    """`unconfirmed_nok`: what lines ask of organisations beyond what they have confirmed. `surplus_nok`: confirmed
    beyond the whole price. Hours are those promised and kept, and those confirmed or delivered."""

    full_nok: int
    confirmed_nok: int
    promised_nok: int
    net_nok: int
    unconfirmed_nok: int
    surplus_nok: int
    hours: int
    hours_confirmed: int

    @property
    def from_partners_nok(self) -> int:
        """The part of the whole price that confirmed money covers."""
        return self.full_nok - self.net_nok


@dataclass(frozen=True)
class YearRow:
    """One year of a table: an amount for each payer, in the order of the payers, and their sum."""

    year: int
    amounts_nok: tuple[int, ...]

    @property
    def total_nok(self) -> int:
        return sum(self.amounts_nok)


def money_of(lines: Iterable[Line], promises: Iterable[Promise]) -> Money:
    """The sums of an initiative."""
    lines, promises = tuple(lines), tuple(promises)
    money = [one for one in promises if one.kind == "money"]
    hours = [one for one in promises if one.kind == "hours" and one.state != "not_delivered"]
    full = sum(line.amount_nok for line in lines)
    confirmed = sum(one.amount for one in money if one.state in SECURE)
    return Money(
        full_nok=full,
        confirmed_nok=confirmed,
        promised_nok=sum(one.amount for one in money if one.state == "promised"),
        net_nok=max(0, full - confirmed),
        unconfirmed_nok=_unconfirmed(lines, money),
        surplus_nok=max(0, confirmed - full),
        hours=sum(one.amount for one in hours),
        hours_confirmed=sum(one.amount for one in hours if one.state in SECURE),
    )


def _unconfirmed(lines: Iterable[Line], money: Iterable[Promise]) -> int:
    asked: defaultdict[int, int] = defaultdict(int)
    for line in lines:
        if line.payer is not None:
            asked[line.payer] += line.amount_nok
    for one in money:
        if one.payer is not None and one.payer in asked and one.state in SECURE:
            asked[one.payer] -= one.amount
    return sum(max(0, rest) for rest in asked.values())


def year_rows(lines: Iterable[Line], *, payers: Iterable[int | None]) -> tuple[YearRow, ...]:
    """The lines added up by year and payer: every year from the first to the last, also one without costs."""
    lines, payers = tuple(lines), tuple(payers)
    if not lines:
        return ()
    sums: defaultdict[tuple[int, int | None], int] = defaultdict(int)
    for line in lines:
        sums[line.year, line.payer] += line.amount_nok
    years = range(min(line.year for line in lines), max(line.year for line in lines) + 1)
    return tuple(YearRow(year, tuple(sums[year, payer] for payer in payers)) for year in years)
