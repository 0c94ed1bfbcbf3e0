"""Maximin support by looking at every part of every choice."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction
from itertools import chain, combinations

from tests.engines.fair_budget.plain.utilities import may_win, utilities_of

from samskap.engines.fair_budget import Election


def maximin_support(election: Election, ranks: Sequence[int]) -> list[int]:
    """Add what makes the smallest load, while something fits."""
    voters = utilities_of(election, "cardinality")
    chosen: list[int] = []
    left = election.budget
    while True:
        loads = {
            place: load_of(election, [*chosen, place], voters)
            for place, one in enumerate(election.projects)
            if one.cost <= left
            and place not in chosen
            and may_win(election, place, chosen)
            and any(place in voter for voter in voters)
        }
        if not loads:
            return chosen
        best = min(loads, key=lambda place: (loads[place], ranks[place]))
        chosen.append(best)
        left -= election.projects[best].cost


def load_of(election: Election, chosen: Sequence[int], voters: Sequence[Collection[int]]) -> Fraction:
    """The largest price over supporters of any part of the choice: no less can be borne, and so much is enough."""
    parts = chain.from_iterable(combinations(chosen, size) for size in range(1, len(chosen) + 1))
    return max(
        Fraction(
            sum(election.projects[place].cost for place in part),
            sum(1 for voter in voters if any(place in voter for place in part)),
        )
        for part in parts
    )
