"""The greedy rules as one would do them on paper."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tests.engines.fair_budget.plain.utilities import may_win, utilities_of

from samskap.engines.fair_budget import Election, Satisfaction


def greedy(
    election: Election,
    satisfaction: Satisfaction,
    ranks: Sequence[int],
    *,
    per_cost: bool = False,
    skip: bool = True,
    winners: Sequence[int] = (),
) -> list[int]:
    """Take the best, again and again; pass over what does not fit, or end there."""
    voters = utilities_of(election, satisfaction)
    chosen = list(winners)
    while True:
        left = election.budget - sum(election.projects[place].cost for place in chosen)
        merits = {}
        for place, one in enumerate(election.projects):
            total = Fraction(sum(voter.get(place, 0) for voter in voters))
            if total and place not in chosen and may_win(election, place, chosen):
                merits[place] = (-total / one.cost if per_cost else -total, ranks[place])
        if skip:
            merits = {place: merit for place, merit in merits.items() if election.projects[place].cost <= left}
        if not merits:
            return chosen
        best = min(merits, key=merits.__getitem__)
        if election.projects[best].cost > left:
            return chosen
        chosen.append(best)
