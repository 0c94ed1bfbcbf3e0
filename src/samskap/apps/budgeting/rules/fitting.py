"""Which ways of counting go with which ballots: the same tables as the engine's registry, in the product's words."""

from __future__ import annotations

from collections.abc import Collection

__all__ = ["COMPLETIONS_OF", "SATISFACTIONS_OF", "fitting_problems"]

# Points are known only where they are given, and places only where projects are ranked.
SATISFACTIONS_OF = {
    "approval": ("cost", "cardinality"),
    "ranking": ("cost", "cardinality", "borda"),
    "points": ("cost", "cardinality", "points"),
    "knapsack": ("cost", "cardinality"),
}

COMPLETIONS_OF = {
    "equal_shares": ("none", "add1", "add1u", "utilitarian", "comparison"),
    "bounded_overspending": ("none", "utilitarian"),
    "bounded_overspending_plus": ("none", "utilitarian"),
    "phragmen": ("none", "utilitarian"),
    "greedy": ("none",),
    "greedy_no_skip": ("none",),
    "greedy_per_cost": ("none",),
    "maximin_support": ("none",),
}


def fitting_problems(*, kind: str, rule: str, satisfaction: str, completion: str) -> Collection[str]:
    """The fields whose choice does not go with the others: `satisfaction`, `completion`, or none."""
    wrong = []
    if satisfaction not in SATISFACTIONS_OF[kind]:
        wrong.append("satisfaction")
    if completion not in COMPLETIONS_OF[rule]:
        wrong.append("completion")
    return wrong
