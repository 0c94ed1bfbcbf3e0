"""Phragmén's sequential rule: voters earn money at the same constant speed and buy together what they chose.

Everybody earns one unit of money in a unit of time, from nothing. As soon as the supporters of a project together have
its price, they buy it, all with all they have, and begin anew with nothing. The rule ends at the first purchase that
does not fit in what is left of the budget, also where it is only level with the first; a project that costs more than
the whole budget is passed over, and one that nobody chose is never bought. So does pabutools' `sequential_phragmen`.

Phragmén, Sur une méthode nouvelle pour réaliser, dans les élections, la représentation proportionnelle des partis
(1894); with prices: Los, Christoff and Grossi, Proportional budget allocations: towards a systematization (2022).

How it is exact: a supporter last paid at the time of some turn, so a project is bought at (its price + the sum over
turns of its supporters who last paid there times that time) / its supporters: whole numbers and the few earlier times.
Floats tell which projects can be first; all terms are positive, so their error is known, and fractions settle the rest.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from samskap.engines.fair_budget.completions.utilitarian import filled
from samskap.engines.fair_budget.constraints import BY_COUNTING, bonds_of
from samskap.engines.fair_budget.election import KINDS
from samskap.engines.fair_budget.outcome import Case, Rule, Selection, Turn
from samskap.engines.fair_budget.supporters import Supporters, supporters_of

if TYPE_CHECKING:
    import numpy.typing as npt

    from samskap.engines.fair_budget.profile import Profile, Satisfaction

__all__ = ["PHRAGMEN"]

SATISFACTIONS: tuple[Satisfaction, ...] = ("cost", "cardinality")
ROUNDING = 2.0**-52


class Clock:
    """Who last paid when.

    times: of the purchases, the first being 0, when all began. payers: int64[projects, times], supporters of a project
    who last paid at that time, with columns to spare. last: int64[classes], the time at which a class last paid.
    """

    def __init__(self, profile: Profile, supporters: Supporters) -> None:
        projects = supporters.projects
        self.profile, self.supporters = profile, supporters
        self.times = [Fraction(0)]
        self.payers = np.zeros((projects, 16), dtype=np.int64)
        self.payers[:, 0] = [supporters.votes(place) for place in range(projects)]
        self.votes = self.payers[:, 0].copy()
        self.last = np.zeros(len(profile.weights), dtype=np.int64)

    def about(self, costs: npt.NDArray[np.float64]) -> tuple[npt.NDArray[np.float64], float]:
        """When each project would be bought, in floats, and their relative error at most."""
        terms = len(self.times)
        earlier = self.payers[:, :terms] @ np.array([float(time) for time in self.times])
        with np.errstate(divide="ignore"):
            return (costs + earlier) / self.votes, (terms + 8) * ROUNDING

    def exactly(self, place: int, *, cost: int) -> Fraction:
        """When this project would be bought."""
        pairs = zip(self.payers[place].tolist(), self.times, strict=False)
        return (cost + sum((number * time for number, time in pairs if number), Fraction(0))) / int(self.votes[place])

    def buy(self, place: int, time: Fraction) -> None:
        """The supporters of this project pay all they have."""
        classes, _ = self.supporters.of(place)
        starts, lengths = self.profile.starts[classes], np.diff(self.profile.starts)[classes]
        # Where the entries of these classes are, one class after the other.
        entries = np.repeat(starts - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths)
        entries += np.arange(len(entries))
        chosen = self.profile.projects[entries]
        weights = np.repeat(self.profile.weights[classes], lengths)
        if len(self.times) == self.payers.shape[1]:
            self.payers = np.hstack([self.payers, np.zeros_like(self.payers)])
        np.subtract.at(self.payers, (chosen, np.repeat(self.last[classes], lengths)), weights)
        np.add.at(self.payers, (chosen, len(self.times)), weights)
        self.last[classes] = len(self.times)
        self.times.append(time)


def _select(case: Case) -> Selection:
    selection = Selection(_bought(case), start=None)
    return filled(case, selection) if case.completion == "utilitarian" else selection


def _bought(case: Case) -> tuple[Turn, ...]:
    projects, budget = case.election.projects, case.election.budget
    clock = Clock(case.profile, supporters_of(case.profile, projects=len(projects)))
    bonds = bonds_of(case.election)
    waiting = {place for place, one in enumerate(projects) if one.cost <= budget and clock.votes[place]}
    turns: list[Turn] = []
    chosen: set[int] = set()
    left = budget
    while free := sorted(place for place in waiting - chosen if bonds.allow(place, chosen=chosen)):
        time, level = _next(case, clock, free)
        if any(projects[place].cost > left for place in level):
            return tuple(turns)
        best = case.tie_break.first(level)
        tied = tuple(place for place in level if place != best)
        clock.buy(best, time)
        turns.append(Turn(best, "loaded", time, clock.supporters.of(best)[0], tied))
        chosen.add(best)
        left -= projects[best].cost
    return tuple(turns)


def _next(case: Case, clock: Clock, free: list[int]) -> tuple[Fraction, list[int]]:
    """The time of the next purchase, and the projects that could be bought then."""
    projects = case.election.projects
    about, error = clock.about(np.array([float(one.cost) for one in projects]))
    nearest = min(about[free]) * (1 + 2 * error)
    first = [place for place in free if about[place] * (1 - error) <= nearest]
    exact = {place: clock.exactly(place, cost=projects[place].cost) for place in first}
    time = min(exact.values())
    return time, [place for place in exact if exact[place] == time]


PHRAGMEN = Rule(
    key="phragmen",
    ballots=frozenset(KINDS),
    satisfactions=SATISFACTIONS,
    completions=("none", "utilitarian"),
    guarantees=(("feasible", SATISFACTIONS), ("priceable", SATISFACTIONS)),
    # Needs would turn the clock back: who waited for one has more than the price by then.
    honours=BY_COUNTING | {"exclusive"},
    weakens=frozenset({"exclusive"}),
    select=_select,
)
