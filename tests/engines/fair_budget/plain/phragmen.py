"""Phragmén's rule with a clock and a purse for every voter."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tests.engines.fair_budget.plain.utilities import may_win, utilities_of

from samskap.engines.fair_budget import Election


def phragmen(election: Election, ranks: Sequence[int]) -> list[tuple[int, Fraction]]:
    """What is bought, and when. Everybody earns 1 in a unit of time."""
    voters = utilities_of(election, "cardinality")
    last_paid = [Fraction(0) for _ in voters]
    bought: list[tuple[int, Fraction]] = []
    left = election.budget
    while True:
        times = {}
        for place, one in enumerate(election.projects):
            backers = [voter for voter, chosen in enumerate(voters) if place in chosen]
            winners = [winner for winner, _ in bought]
            if backers and one.cost <= election.budget and place not in winners and may_win(election, place, winners):
                times[place] = (one.cost + sum(last_paid[voter] for voter in backers)) / len(backers)
        level = [place for place in times if times[place] == min(times.values())]
        if not level or any(election.projects[place].cost > left for place in level):
            return bought
        best = min(level, key=lambda place: ranks[place])
        for voter, chosen in enumerate(voters):
            if best in chosen:
                last_paid[voter] = times[best]
        bought.append((best, times[best]))
        left -= election.projects[best].cost
