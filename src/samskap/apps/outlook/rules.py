"""Decisions on plain values: how far each lever reaches, which years are told, when a change is worth words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

__all__ = [
    "COVERED",
    "FOLLOW",
    "LEVERS",
    "LEVER_GROUPS",
    "PHASE_IN",
    "PHASE_IN_YEARS",
    "LeverRule",
    "acts_on_people",
    "in_order",
    "number_pulled",
    "pulled",
    "reach",
    "set_levers",
    "told_years",
]

_Value = TypeVar("_Value")

# Groups of levers, in the order of the form: who lives here, what the services do, what there is to live on.
LEVER_GROUPS = ("people", "services", "money")

# The services whose coverage can be changed; the keys are those of the engine.
COVERED = ("kindergarten", "school", "child_welfare", "health", "care", "social", "administration")


@dataclass(frozen=True)
class LeverRule:
    """From where to where a lever can be set, in steps; `per_thousand` > 0 makes the slider end there instead.

    A slider of persons a year that is right for a village is nothing in a city: it reaches so many for each thousand
    inhabitants, and as far to the other side. The number beside it takes everything from `low` to `high`.
    """

    key: str
    group: str
    low: float
    high: float
    step: float = 1.0
    per_thousand: float = 0.0

    @property
    def decimals(self) -> int:
        return 0 if self.step >= 1 else 1


LEVERS: tuple[LeverRule, ...] = (
    LeverRule("births", "people", -50, 50),
    LeverRule("stay", "people", -50, 50),
    LeverRule("come", "people", -50, 50),
    LeverRule("jobs", "people", 0, 20_000, per_thousand=10),
    LeverRule("homes", "people", 0, 20_000, per_thousand=10),
    LeverRule("refugees", "people", 0, 20_000, per_thousand=10),
    LeverRule("life", "people", -3, 5, step=0.1),
    LeverRule("healthy", "services", 0, 100),
    LeverRule("productivity", "services", -2, 3, step=0.1),
    *(LeverRule(f"coverage_{key}", "services", -50, 50) for key in COVERED),
    LeverRule("freed", "services", -10_000, 10_000, step=0.1, per_thousand=2),
    LeverRule("unit_cost", "money", -20, 20),
    LeverRule("saved", "money", -10_000_000, 10_000_000, per_thousand=1000),
    LeverRule("income", "money", -3, 3, step=0.1),
)
PHASE_IN = LeverRule("phase_in_years", "people", 1, 25)
PHASE_IN_YEARS = 5.0  # where nobody says anything

# Not a lever, but chosen with them: the middle path is laid on the newest official projection.
FOLLOW = "follow_official"

_LEVERS_ON_PEOPLE = {lever.key for lever in LEVERS if lever.group == "people"}


def reach(lever: LeverRule, *, persons: float) -> tuple[float, float]:
    """Where the slider of a lever begins and ends in a place with so many people."""
    if not lever.per_thousand:
        return lever.low, lever.high
    wanted = max(persons * lever.per_thousand / 1000.0, 10.0)
    power = 10.0 ** math.floor(math.log10(wanted))
    high = min(next(power * step for step in (1, 2, 5, 10) if power * step >= wanted), lever.high)
    return max(lever.low, -high), high


def set_levers(values: Mapping[str, float]) -> dict[str, float]:
    """The levers that are pulled, in the order of the form; what stands at 0 is left out.

    How fast they work says something only where one is pulled.
    """
    found = {lever.key: float(values[lever.key]) for lever in LEVERS if values.get(lever.key)}
    phase = values.get(PHASE_IN.key)
    if found and phase and phase != PHASE_IN_YEARS:
        found[PHASE_IN.key] = float(round(phase))
    if values.get(FOLLOW):
        found[FOLLOW] = 1.0
    return found


def in_order(values: Mapping[str, _Value]) -> dict[str, _Value]:
    """Levers, or what the address holds of them, in the order of the form: not every database keeps it."""
    order = {key: number for number, key in enumerate([*(lever.key for lever in LEVERS), PHASE_IN.key, FOLLOW])}
    return dict(sorted(values.items(), key=lambda item: (order.get(item[0], len(order)), item[0])))


def pulled(levers: Mapping[str, float]) -> dict[str, float]:
    """What the engine is told of levers: without the choice of the path they start from."""
    return {key: value for key, value in levers.items() if key != FOLLOW}


def number_pulled(levers: Mapping[str, float]) -> int:
    """How many levers are pulled."""
    return len(pulled(levers).keys() - {PHASE_IN.key})


def acts_on_people(levers: Mapping[str, float]) -> bool:
    """Whether other people come of it; the other levers change what the same people need and cost."""
    return not _LEVERS_ON_PEOPLE.isdisjoint(levers)


def told_years(years: Sequence[int]) -> tuple[int, ...]:
    """The years that are told side by side: the first, and each round ten that the outlook reaches."""
    return years[0], *(year for year in years[1:] if year % 10 == 0)
