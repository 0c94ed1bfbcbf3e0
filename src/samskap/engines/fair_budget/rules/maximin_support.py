"""Maximin support: the price of what is chosen is spread as evenly over its supporters as can be.

The price of every chosen project is laid on its supporters, in any parts. The load of a choice is what the voter who
bears most bears, when all is laid so that this is as little as possible. From nothing, the project is added again and
again that makes the smallest load, of those that fit in what is left of the budget, until none fits; one that nobody
chose is never added.

Sánchez-Fernández, Fernández-García, Fisteus and Brill, The maximin support method (2021); with prices: Aziz, Lee and
Talmon, Proportionally representative participatory budgeting: axioms and algorithms (2018), as generalised sequential
Phragmén. So does pabutools' `maximin_support`, by linear programmes in floats.

How it is exact: by the theorem of Gale and Hoffman the load is the largest price / supporters of any part of the
choice, where a supporter counts once. Whether a load is enough is a flow of whole numbers; where it is not, the flow
shows a part that needs more, and its price / supporters is tried next (Dinkelbach 1967). A project's load never falls
as others are added, so an old one is a lower bound, and few are worked out again.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from samskap.engines.fair_budget.constraints import BY_COUNTING, IN_RULE, bonds_of
from samskap.engines.fair_budget.election import KINDS
from samskap.engines.fair_budget.errors import ElectionError
from samskap.engines.fair_budget.outcome import Case, Rule, Selection, Turn

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from samskap.engines.fair_budget.profile import Satisfaction

__all__ = ["MAXIMIN_SUPPORT", "MOST_CHOICES", "Loads"]

SATISFACTIONS: tuple[Satisfaction, ...] = ("cost", "cardinality")
MOST_CHOICES = 1_000_000
MOST_UNITS = 2**62


class Net(NamedTuple):
    """The entries of all ballots as edges between projects and classes, as the kernels take them."""

    project_starts: npt.NDArray[np.int64]
    entries: npt.NDArray[np.int64]
    class_starts: npt.NDArray[np.int64]
    project_of: npt.NDArray[np.int64]
    class_of: npt.NDArray[np.int64]


class Loads:
    """Prices laid on supporters. `load` is that of the chosen projects, `flow` and `room` how they are laid at it, in
    parts `load.denominator` times as small as a unit of money."""

    def __init__(self, case: Case) -> None:
        from samskap.engines.fair_budget.rules import load_kernels as kernels  # noqa: PLC0415 -- slow import

        profile, projects = case.profile, case.election.projects
        counts = np.bincount(profile.projects, minlength=len(projects))
        self.kernels = kernels
        self.net = Net(
            project_starts=np.concatenate([[0], np.cumsum(counts)]),
            entries=np.argsort(profile.projects, kind="stable"),
            class_starts=profile.starts,
            project_of=profile.projects.astype(np.int64),
            class_of=np.repeat(np.arange(len(profile.weights)), np.diff(profile.starts)),
        )
        self.costs = [one.cost for one in projects]
        self.weights = profile.weights
        self.chosen: list[int] = []
        self.backed = np.zeros(len(self.weights), dtype=bool)
        self.load = Fraction(0)
        self.flow = np.zeros(len(profile.projects), dtype=np.int64)
        self.room = np.zeros(len(self.weights), dtype=np.int64)

    def _raise(self, load: Fraction) -> None:
        """Every voter can take this load, which is larger; what is laid stays, as far as it is whole in new parts."""
        self.room = self.weights * load.numerator
        self.kernels.taken_over(tuple(self.net), self.flow, self.load.denominator, load.denominator, self.room)
        self.load = load

    def at_least(self, places: Iterable[int]) -> dict[int, Fraction]:
        """Lower bounds of the load when one of these projects is added, each of which somebody chose: the load of all
        that is chosen and it together."""
        fresh = np.where(self.backed, 0, self.weights)[self.net.class_of]
        # Sums of voters in floats are exact up to 2^53.
        more = np.bincount(self.net.project_of, weights=fresh, minlength=len(self.costs)).astype(np.int64).tolist()
        cost, backing = sum(self.costs[one] for one in self.chosen), int(self.weights[self.backed].sum())
        return {place: Fraction(cost + self.costs[place], backing + more[place]) for place in places}

    def _own(self, place: int) -> npt.NDArray[np.int64]:
        """The edges of a project."""
        return self.net.entries[self.net.project_starts[place] : self.net.project_starts[place + 1]]

    def with_also(self, place: int, *, least: Fraction, most: Fraction | None) -> Fraction:
        """The load when this project is added, given that it is `least` or more; or a lower bound of it above `most`.

        What is laid stays as it was.
        """
        load, flow, room = self.load, self.flow, self.room
        self.flow, self.room = flow.copy(), room.copy()
        needed = self._laid([place]) if least <= load else least
        while needed is not None and (most is None or needed <= most):
            self._raise(needed)
            needed = self._laid([*self.chosen, place])
        found = needed or self.load
        self.load, self.flow, self.room = load, flow, room
        return found

    def add(self, place: int, load: Fraction) -> None:
        """Choose this project, whose load is known."""
        if load > self.load:
            self._raise(load)
        self.chosen.append(place)
        self.backed[self.net.class_of[self._own(place)]] = True
        self._laid(self.chosen)

    def _laid(self, places: Iterable[int]) -> Fraction | None:
        """Lay all of these projects, or the larger load that some part of the choice needs."""
        for place in places:
            laid = int(self.flow[self._own(place)].sum())
            supply = self.costs[place] * self.load.denominator - laid
            if supply and self.kernels.laid(tuple(self.net), place, supply, self.flow, self.room):
                return self._needed(place)
        return None

    def _needed(self, place: int) -> Fraction:
        """The price over the supporters of the part of the choice that cannot be laid without more for this one."""
        reached, classes, _ = self.kernels.levelled(tuple(self.net), place, self.flow, self.room)
        cost = sum(self.costs[one] for one in np.flatnonzero(reached >= 0).tolist())
        return Fraction(cost, int(self.weights[classes >= 0].sum()))


def _select(case: Case) -> Selection:
    _check_size(case)
    projects, bonds = case.election.projects, bonds_of(case.election)
    loads, left = Loads(case), case.election.budget
    least = loads.at_least(np.unique(case.profile.projects).tolist())
    turns: list[Turn] = []
    while True:
        fitting = [place for place in least if projects[place].cost <= left and bonds.allow(place, chosen=loads.chosen)]
        if not fitting:
            return Selection(tuple(turns), start=None)
        load, level = _smallest(loads, fitting, least)
        best = case.tie_break.first(level)
        tied = tuple(place for place in level if place != best)
        turns.append(Turn(best, "voted", None, np.empty(0, dtype=np.int32), tied))
        loads.add(best, load)
        left -= projects[best].cost
        del least[best]


def _smallest(loads: Loads, fitting: list[int], least: dict[int, Fraction]) -> tuple[Fraction, list[int]]:
    """The smallest load that one more project makes, and the projects that make it. Lower bounds rise."""
    nearest: Fraction | None = None
    for place, bound in loads.at_least(fitting).items():
        least[place] = max(least[place], bound)
    for place in sorted(fitting, key=least.__getitem__):
        if nearest is not None and least[place] > nearest:
            break
        least[place] = loads.with_also(place, least=least[place], most=nearest)
        nearest = least[place] if nearest is None else min(nearest, least[place])
    assert nearest is not None  # there is something that fits
    return nearest, sorted(place for place in fitting if least[place] == nearest)


def _check_size(case: Case) -> None:
    """ElectionError where the whole numbers or the time would become too large."""
    if len(case.profile.projects) > MOST_CHOICES:
        raise ElectionError(
            f"The ballots hold {len(case.profile.projects)} choices, and maximin support takes {MOST_CHOICES} at most.",
            cure="Count by phragmen, which spreads prices over supporters too.",
        )
    if case.election.budget * len(case.profile.class_of) >= MOST_UNITS:
        raise ElectionError(
            "Budget times voters is more than maximin support can count with.",
            cure="Give money in larger units, or count by phragmen.",
        )


MAXIMIN_SUPPORT = Rule(
    key="maximin_support",
    ballots=frozenset(KINDS),
    satisfactions=SATISFACTIONS,
    completions=("none",),
    guarantees=(("feasible", SATISFACTIONS), ("exhaustive", SATISFACTIONS)),
    honours=BY_COUNTING | IN_RULE,
    weakens=IN_RULE,
    select=_select,
)
