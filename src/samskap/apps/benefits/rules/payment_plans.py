"""Plans of payments: what is left to plan after what was paid, how far it has come, and how two plans differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

__all__ = ["Difference", "Planned", "Progress", "differences", "paid_since", "progress_of", "rest_of"]

_NOTHING = Decimal(0)


@dataclass(frozen=True)
class Planned:
    """Kroner for a metric from one organisation to another on a day, planned or paid."""

    metric: Any
    sender: Any
    receiver: Any
    on: date
    amount: Decimal
    note: str = ""

    @property
    def way(self) -> tuple[Any, ...]:
        return (self.metric, self.sender, self.receiver)


@dataclass(frozen=True)
class Progress:
    """How much of one planned payment is paid: "paid", "partly", "late" or "to_come"."""

    paid: Decimal
    state: str


@dataclass(frozen=True)
class Difference:
    """What two plans say of a metric in a year, in kroner."""

    year: int
    metric: Any
    before: Decimal
    after: Decimal

    @property
    def change(self) -> Decimal:
        return self.after - self.before


def _covered(planned: Sequence[Planned], paid: Iterable[Planned]) -> list[Decimal]:
    """How much of each planned payment is paid: money covers the earliest planned on the same way first."""
    money: defaultdict[tuple[Any, ...], Decimal] = defaultdict(Decimal)
    for one in paid:
        money[one.way] += one.amount
    covered = [_NOTHING] * len(planned)
    for at in sorted(range(len(planned)), key=lambda at: planned[at].on):
        one = planned[at]
        covered[at] = min(one.amount, money[one.way])
        money[one.way] -= covered[at]
    return covered


def rest_of(planned: Sequence[Planned], paid: Iterable[Planned]) -> list[Planned]:
    """What a new plan begins with: the planned payments less what is paid, in their order."""
    covered = _covered(planned, paid)
    rest = [
        replace(one, amount=one.amount - done) for one, done in zip(planned, covered, strict=True) if done < one.amount
    ]
    return sorted(rest, key=lambda one: one.on)


def paid_since(paid: Iterable[Planned], repeated: Iterable[Planned]) -> list[Planned]:
    """What was paid and is not among what a plan repeats: money that came after the plan was made."""
    left = list(paid)
    for one in repeated:
        if one in left:
            left.remove(one)
    return left


def progress_of(planned: Sequence[Planned], paid: Iterable[Planned], *, today: date) -> list[Progress]:
    """How far each planned payment has come."""
    found = []
    for one, done in zip(planned, _covered(planned, paid), strict=True):
        if done >= one.amount:
            state = "paid"
        elif one.on < today:
            state = "late"
        else:
            state = "partly" if done else "to_come"
        found.append(Progress(done, state))
    return found


def differences(before: Iterable[Planned], after: Iterable[Planned]) -> list[Difference]:
    """Two plans year by year and metric by metric, in the order in which they first stand there."""
    sums: dict[tuple[int, Hashable], list[Decimal]] = {}
    for place, plan in enumerate((before, after)):
        for one in plan:
            sums.setdefault((one.on.year, one.metric), [_NOTHING, _NOTHING])[place] += one.amount
    rows = [Difference(year, metric, was, now) for (year, metric), (was, now) in sums.items()]
    return sorted(rows, key=lambda row: row.year)
