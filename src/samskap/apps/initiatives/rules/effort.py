"""How much is expected of an initiative's basis for a decision: more, the more it costs.

Source: utredningsinstruksen 2-1 (six questions) and 2-2 (as far as is needed: minimum, simplified or full). The
instruction is the state's, names no amounts, and is used freely by municipalities; the limits here are our own.
"""

from __future__ import annotations

from collections.abc import Collection

__all__ = ["ASKED", "LEVELS", "MINIMUM_UP_TO_NOK", "SIMPLIFIED_UP_TO_NOK", "asked_of", "level_of", "unanswered"]

# About one full-time post for a year with all it costs, and about three of them through a council's four years: up to
# the first a unit decides within its own budget, and from the second the choice binds the next council too.
MINIMUM_UP_TO_NOK = 1_000_000
SIMPLIFIED_UP_TO_NOK = 10_000_000

LEVELS = ("minimum", "simplified", "full")

# What each level asks, beside what the ones before it ask, in the order of the six questions.
ASKED: dict[str, tuple[str, ...]] = {
    "minimum": (
        "problem", "zero_alternative", "measures", "principles", "effects", "recommendation", "conditions",
        "challenge", "owner_organisation", "costs",
    ),
    "simplified": ("affected", "risks", "milestones"),
    "full": ("responses", "operating_budget", "money_confirmed", "start"),
}  # fmt: skip


def level_of(full_cost_nok: int) -> str:
    """The level that an initiative of this whole price asks for: `minimum`, `simplified` or `full`."""
    if full_cost_nok <= MINIMUM_UP_TO_NOK:
        return "minimum"
    return "simplified" if full_cost_nok <= SIMPLIFIED_UP_TO_NOK else "full"


def asked_of(level: str) -> tuple[str, ...]:
    """Everything that this level asks."""
    return tuple(key for one in LEVELS[: LEVELS.index(level) + 1] for key in ASKED[one])


def unanswered(level: str, *, present: Collection[str]) -> tuple[str, ...]:
    """What the level asks and is not there yet."""
    return tuple(key for key in asked_of(level) if key not in present)
