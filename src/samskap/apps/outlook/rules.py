"""Decisions on plain values: how far each lever reaches, which years are told, when a change is worth words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

__all__ = [
    "COVERED",
    "LEVERS",
    "LEVER_GROUPS",
    "PHASE_IN",
    "PHASE_IN_YEARS",
    "LeverRule",
    "reach",
    "set_levers",
    "told_years",
]

# Groups of levers, in the order of the form: who lives here, what the services do, what there is to live on.
LEVER_GROUPS = ("people", "services", "money")

# The services whose coverage can be changed; the keys are those of the engine.
COVERED = ("kindergarten", "school", "child_welfare", "health", "care", "social", "administration")


@dataclass(frozen=True)
class LeverRule:
    """From where to where a lever can be set, in steps; `per_thousand` > 0 makes the slider end there instead.

    A slider of persons a year that is right for a village is nothing in a city: it reaches so many for each thousand
    inhabitants. The number beside it takes everything from `low` to `high`.
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
    LeverRule("unit_cost", "money", -20, 20),
    LeverRule("income", "money", -3, 3, step=0.1),
)
PHASE_IN = LeverRule("phase_in_years", "people", 1, 25)
PHASE_IN_YEARS = 5.0  # where nobody says anything


def reach(lever: LeverRule, *, persons: float) -> tuple[float, float]:
    """Where the slider of a lever begins and ends in a place with so many people."""
    if not lever.per_thousand:
        return lever.low, lever.high
    wanted = max(persons * lever.per_thousand / 1000.0, 10.0)
    power = 10.0 ** math.floor(math.log10(wanted))
    return lever.low, min(next(power * step for step in (1, 2, 5, 10) if power * step >= wanted), lever.high)


def set_levers(values: Mapping[str, float]) -> dict[str, float]:
    """The levers that are pulled, in the order of the form; what stands at 0 is left out.

    How fast they work says something only where one is pulled.
    """
    found = {lever.key: float(values[lever.key]) for lever in LEVERS if values.get(lever.key)}
    phase = values.get(PHASE_IN.key)
    if found and phase and phase != PHASE_IN_YEARS:
        found[PHASE_IN.key] = float(round(phase))
    return found


def told_years(years: Sequence[int]) -> tuple[int, ...]:
    """The years that are told side by side: the first, and each round ten that the outlook reaches."""
    return years[0], *(year for year in years[1:] if year % 10 == 0)
