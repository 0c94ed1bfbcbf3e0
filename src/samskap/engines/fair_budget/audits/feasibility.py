"""Is every ballot counted, is the budget kept, do the constraints hold, and is there money left for more?"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from samskap.engines.fair_budget.audits.evidence import HOLDS, Evidence, Values, Verdict
from samskap.engines.fair_budget.tie_breaking import votes_of

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["ballots_counted", "exhaustive", "feasible"]


def ballots_counted(evidence: Evidence) -> Verdict:
    """Every voter is in a class that has exactly the projects of the ballot, but for those that were taken out."""
    outcome = evidence.outcome
    ballots, profile = outcome.election.ballots, outcome.profile
    if len(profile.class_of) != ballots.voters:
        return Verdict(False, "voters_differ", {"counted": len(profile.class_of), "voters": ballots.voters})
    sizes = np.bincount(profile.class_of, minlength=len(profile.weights))
    if not np.array_equal(sizes, profile.weights):
        return Verdict(False, "weights_differ", {"class": int(np.flatnonzero(sizes != profile.weights)[0])})
    out = _left_out(evidence)
    kept = ~np.isin(ballots.chosen, out)
    if ballots.points is not None:
        kept &= ballots.points > 0
    if outcome.options.satisfaction == "borda":
        kept &= _is_not_last(ballots.starts, kept)
    voters = np.repeat(np.arange(ballots.voters), np.diff(ballots.starts))[kept]
    cast = _sorted_pairs(voters, ballots.chosen[kept])
    sizes = np.diff(profile.starts)[profile.class_of]
    first = profile.starts[profile.class_of]
    within = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    counted = _sorted_pairs(
        np.repeat(np.arange(ballots.voters), sizes), profile.projects[np.repeat(first, sizes) + within]
    )
    if cast.shape != counted.shape or not np.array_equal(cast, counted):
        return Verdict(False, "ballots_differ", {"cast": cast.shape[1], "counted": counted.shape[1]})
    return HOLDS


def _left_out(evidence: Evidence) -> list[int]:
    """Projects that constraints took out, and all of them where none of the others could be paid."""
    election = evidence.outcome.election
    out = {place for place, _ in evidence.outcome.selection.dropped}
    kept = [place for place in range(len(election.projects)) if place not in out]
    if all(evidence.cost(place) > election.budget for place in kept):
        return list(range(len(election.projects)))
    return sorted(out)


def _is_not_last(starts: npt.NDArray[np.int64], kept: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """No project stands below the last one on a ballot: that choice is worth nothing."""
    before = np.concatenate([[0], np.cumsum(kept)])
    return np.asarray(before[1:] < np.repeat(before[starts[1:]], np.diff(starts)))


def _sorted_pairs(voters: npt.NDArray[np.int64], projects: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
    pairs = np.stack([voters.astype(np.int64), projects.astype(np.int64)])
    return pairs[:, np.lexsort((pairs[1], pairs[0]))]


def feasible(evidence: Evidence) -> Verdict:
    """No project twice, not more than the budget, and every constraint kept."""
    outcome = evidence.outcome
    winners = outcome.selection.winners
    twice = [place for place, times in Counter(winners).items() if times > 1]
    if twice:
        return Verdict(False, "twice", {"project": evidence.key(twice[0])})
    cost = sum(evidence.cost(place) for place in winners)
    if cost > outcome.election.budget:
        return Verdict(False, "over_budget", {"cost": cost, "budget": outcome.election.budget})
    return _districts(evidence) or _support(evidence) or _bonds(evidence) or HOLDS


def _districts(evidence: Evidence) -> Verdict | None:
    election = evidence.outcome.election
    budgets = dict(election.constraints.district_budgets)
    if not budgets:
        return None
    spent: Counter[str] = Counter()
    for place in evidence.outcome.selection.winners:
        one = election.projects[place]
        spent[one.district if one.district in budgets else ""] += one.cost
    limits = {**budgets, "": election.budget - sum(budgets.values())}
    over = [name for name in limits if spent[name] > limits[name]]
    if not over:
        return None
    return Verdict(False, "over_district", {"district": over[0], "cost": spent[over[0]], "budget": limits[over[0]]})


def _support(evidence: Evidence) -> Verdict | None:
    election = evidence.outcome.election
    votes = votes_of(election.ballots, projects=len(election.projects))
    least = election.constraints.minimum_support
    for place in evidence.outcome.selection.winners:
        if votes[place] < least:
            values: Values = {"project": evidence.key(place), "votes": int(votes[place]), "needed": least}
            return Verdict(False, "under_support", values)
    return None


def _bonds(evidence: Evidence) -> Verdict | None:
    winners = set(evidence.outcome.selection.winners)
    for place in sorted(winners):
        rivals = evidence.bonds.rivals.get(place, frozenset()) & winners
        if rivals:
            return Verdict(False, "rivals_won", {"project": evidence.key(place), "other": evidence.key(min(rivals))})
        needs = evidence.bonds.needs.get(place, frozenset()) - winners
        if needs:
            return Verdict(False, "need_lost", {"project": evidence.key(place), "other": evidence.key(min(needs))})
    return None


def exhaustive(evidence: Evidence) -> Verdict:
    """No project that somebody chose would still fit what is left of the budget."""
    left = evidence.outcome.election.budget - evidence.outcome.cost
    fitting = [place for place in evidence.losers if evidence.cost(place) <= left]
    if not fitting:
        return HOLDS
    first = min(fitting, key=evidence.cost)
    return Verdict(False, "fits", {"project": evidence.key(first), "cost": evidence.cost(first), "left": left})
