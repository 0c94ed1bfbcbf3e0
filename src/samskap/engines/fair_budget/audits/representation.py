"""Does every large enough group of like-minded voters have its part? Proportional representation, with witnesses.

With n voters and a budget B, s voters can dispose of s B / n. u_i(W) is what the projects that won are worth to i.

**EJR+ up to one project** (Brill and Peters, *Robust and verifiable proportionality axioms for multiwinner voting*,
2023, carried over to prices and utilities): for every project p that did not win and every group of s of its
supporters to whom it is worth at least a, there is one among them with u_i(W) + a > a s B / (n c(p)): as if the group
had spent its part on p and its like, but for one. With cost as utility that is: what i got and p cost more together
than the group's part. Only the least satisfied s supporters can be the exception, so sorting them decides it.

**EJR up to one project** (Peters, Pierczyński and Skowron, *Proportional participatory budgeting with additive
utilities*, 2021): for every set T that s voters all chose and can pay, s B / n >= c(T), one of them has u_i(W) >= u(T),
or would with one more project of T have more than u(T). Supporters of T only get fewer and its price higher as T grows,
so most sets need not be looked at; where there are too many, it is not decided. With cost as utility it follows from
EJR+.

**Core**: no set T and s voters who can pay it all prefer T to what won. Decided by trying all sets where these are few.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from samskap.engines.fair_budget.audits.evidence import HOLDS, Evidence, Values, Verdict
from samskap.engines.fair_budget.comparing import satisfaction_by_class

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["core", "ejr", "ejr_plus"]

MOST_SETS = 20_000  # sets of projects that are looked at before an audit gives up
MOST_BLOCKING = 4_000  # the same for the core, where every set is looked at by all voters
MOST_CELLS = 20_000_000  # sets times classes of voters


def ejr_plus(evidence: Evidence) -> Verdict:
    """The witness is a project and a group: how many voters, what their part is, and what the best served has."""
    satisfaction = satisfaction_by_class(evidence.outcome.profile, evidence.outcome.selection.winners)
    for place in evidence.losers:
        classes, utilities = evidence.supporters.of(place)
        order = np.argsort(satisfaction[classes], kind="stable")
        classes, utilities = classes[order], utilities[order]
        for least in np.unique(utilities).tolist():
            keen = classes[utilities >= least]
            found = _neglected(evidence, place, least, satisfaction[keen], evidence.supporters.weights[keen])
            if found:
                return found
    return HOLDS


def _neglected(
    evidence: Evidence, place: int, least: int, satisfied: npt.NDArray[np.int64], weights: npt.NDArray[np.int64]
) -> Verdict | None:
    """A group of the first of these voters, who stand by what they got, that has too little."""
    budget, voters = evidence.outcome.election.budget, evidence.outcome.election.ballots.voters
    cost, sizes = evidence.cost(place), np.cumsum(weights)
    # u_i(W) + a <= a s B / (n c), first in floats.
    deserved = sizes * (least * budget / (voters * cost))
    for at in np.flatnonzero((satisfied + least) <= deserved * (1 + 1e-9)).tolist():
        size, got = int(sizes[at]), int(satisfied[at])
        if (got + least) * voters * cost <= least * size * budget:
            values: Values = {
                "project": evidence.key(place),
                "voters": size,
                "part": size * budget // voters,
                "got": got,
            }
            return Verdict(False, "neglected", values)
    return None


def ejr(evidence: Evidence) -> Verdict:
    """The witness is a set of projects and how many voters could pay it. Decided for cost and number of projects."""
    satisfaction = evidence.outcome.options.satisfaction
    if satisfaction not in ("cost", "cardinality"):
        return Verdict(None, "utilities_differ")
    # With cost the dearest project of such a set that did not win shows the same group to EJR+.
    if satisfaction == "cost" and ejr_plus(evidence).holds:
        return HOLDS
    search = _Cohesive(evidence)
    longest = int(np.diff(evidence.outcome.profile.starts).max())
    for size in range(1, longest + 1):
        found = search.of_size(size)
        if found or search.is_over:
            return found or Verdict(None, "too_many_sets", {"sets": MOST_SETS})
    return HOLDS


class _Cohesive:
    """A search through all sets of projects that enough voters who got too little chose, all of it, to pay for it."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.is_by_cost = evidence.outcome.options.satisfaction == "cost"
        self.winners = set(evidence.outcome.selection.winners)
        self.satisfied = satisfaction_by_class(evidence.outcome.profile, evidence.outcome.selection.winners)
        self.budget, self.voters = evidence.outcome.election.budget, evidence.outcome.election.ballots.voters
        self.projects = sorted(evidence.candidates, key=evidence.cost)
        self.is_supporter = np.zeros((len(self.projects), len(self.satisfied)), dtype=bool)
        for row, place in enumerate(self.projects):
            self.is_supporter[row, evidence.supporters.of(place)[0]] = True
        self.seen = 0

    @property
    def is_over(self) -> bool:
        return self.seen > MOST_SETS

    def of_size(self, size: int) -> Verdict | None:
        """A set of so many projects that shows a group with too little."""
        everyone = np.arange(len(self.satisfied))
        # By number, who has one less than the set, or more, is content; a set all of which won contents everybody.
        poor = everyone if self.is_by_cost else everyone[self.satisfied + 1 <= size]
        return self._below([], 0, poor, 0, size)

    def _below(
        self, rows: list[int], cost: int, classes: npt.NDArray[np.int64], first: int, missing: int
    ) -> Verdict | None:
        if not missing:
            return self._violated(rows, cost, classes)
        for row in range(first, len(self.projects) - missing + 1):
            # Prices rise from here on: these are the cheapest that could complete the set.
            least = cost + sum(self._cost(other) for other in range(row, row + missing))
            if not self._can_pay(classes, least):
                return None
            self.seen += 1
            among = classes[self.is_supporter[row, classes]]
            if self._can_pay(among, least):
                found = self._below([*rows, row], cost + self._cost(row), among, row + 1, missing - 1)
                if found or self.is_over:
                    return found
        return None

    def _cost(self, row: int) -> int:
        return self.evidence.cost(self.projects[row])

    def _can_pay(self, classes: npt.NDArray[np.int64], cost: int) -> bool:
        return int(self.evidence.supporters.weights[classes].sum()) * self.budget >= self.voters * cost

    def _violated(self, rows: list[int], cost: int, classes: npt.NDArray[np.int64]) -> Verdict | None:
        group = [self.projects[row] for row in rows]
        missing = [self.evidence.cost(place) for place in group if place not in self.winners]
        if not missing:
            return None
        if self.is_by_cost:
            classes = classes[self.satisfied[classes] + max(missing) <= cost]
        if not self._can_pay(classes, cost):
            return None
        number = int(self.evidence.supporters.weights[classes].sum())
        names = ", ".join(self.evidence.key(place) for place in sorted(group))
        return Verdict(False, "group_neglected", {"projects": names, "voters": number})


def core(evidence: Evidence) -> Verdict:
    """The witness is a set of projects and how many voters would rather have it and could pay it."""
    search = _Blocking(evidence)
    found = search.below([], search.nothing, search.projects)
    if found:
        return found
    return Verdict(None, "too_many_sets", {"sets": search.most}) if search.is_over else HOLDS


class _Blocking:
    """A search through all sets of projects that some voters might rather have, and could pay."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.satisfied = satisfaction_by_class(evidence.outcome.profile, evidence.outcome.selection.winners)
        self.budget, self.voters = evidence.outcome.election.budget, evidence.outcome.election.ballots.voters
        self.nothing = np.zeros(len(self.satisfied), dtype=np.int64)
        self.projects = sorted(evidence.candidates, key=lambda place: -evidence.cost(place))
        self.most = min(MOST_BLOCKING, MOST_CELLS // len(self.nothing))
        self.seen = 0

    @property
    def is_over(self) -> bool:
        return self.seen > self.most

    def below(self, chosen: list[int], worth: npt.NDArray[np.int64], rest: list[int]) -> Verdict | None:
        """The first set that adds projects of `rest` to those chosen, worth so much to each class, that blocks."""
        sets = [(number, [*chosen, place], self._with(worth, place)) for number, place in enumerate(rest)]
        self.seen += len(sets)
        blocking = [self._blocked(group, more) for _, group, more in sets]
        found = next((one for one in blocking if one), None)
        if found or self.is_over:
            return found
        best = worth.copy()
        for place in reversed(rest):
            best = self._with(best, place)
        for number, group, more in sets:
            after = rest[number + 1 :]
            # Nobody can be won over beyond those whom all that is left would win over, and it only costs more.
            if after and self._number(best) * self.budget >= self.voters * self._cost([*group, after[-1]]):
                found = self.below(group, more, after)
                if found or self.is_over:
                    return found
            best = self._without(best, group[-1])
        return None

    def _blocked(self, group: list[int], worth: npt.NDArray[np.int64]) -> Verdict | None:
        number = self._number(worth)
        if not number or number * self.budget < self.voters * self._cost(group):
            return None
        values: Values = {"projects": ", ".join(self.evidence.key(place) for place in group), "voters": number}
        return Verdict(False, "group_better_off", values)

    def _number(self, worth: npt.NDArray[np.int64]) -> int:
        return int(self.evidence.supporters.weights[worth > self.satisfied].sum())

    def _cost(self, group: list[int]) -> int:
        return sum(self.evidence.cost(place) for place in group)

    def _with(self, worth: npt.NDArray[np.int64], place: int) -> npt.NDArray[np.int64]:
        classes, utilities = self.evidence.supporters.of(place)
        more = worth.copy()
        more[classes] += utilities
        return more

    def _without(self, worth: npt.NDArray[np.int64], place: int) -> npt.NDArray[np.int64]:
        classes, utilities = self.evidence.supporters.of(place)
        less = worth.copy()
        less[classes] -= utilities
        return less
