"""The door: one election and named choices in, one frozen outcome out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from samskap.engines.fair_budget.constraints import (
    areas_of,
    bonds_of,
    check_bonds,
    dropped_of,
    fallen,
    restricted,
    staying,
    with_a_choice,
    without,
)
from samskap.engines.fair_budget.errors import ElectionError
from samskap.engines.fair_budget.fingerprints import fingerprint
from samskap.engines.fair_budget.outcome import Case, Completion, Selection, Turn
from samskap.engines.fair_budget.profile import Profile, Satisfaction, profile_of
from samskap.engines.fair_budget.rules import RULES
from samskap.engines.fair_budget.tie_breaking import TieBreak, tie_break_of

if TYPE_CHECKING:
    from collections.abc import Collection

    import numpy.typing as npt

    from samskap.engines.fair_budget.constraints import Area
    from samskap.engines.fair_budget.election import Election

__all__ = ["ENGINE_VERSION", "Options", "Outcome", "count", "reserve"]

ENGINE_VERSION = 1


@dataclass(frozen=True, slots=True)
class Options:
    """How an election is counted, all by name. `seed` goes with the tie break "lottery"."""

    rule: str
    satisfaction: Satisfaction
    completion: Completion
    tie_break: str
    seed: str | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Outcome:
    """What the count gave, and all it was made of.

    `selection` names projects by their place in `election`, also those that the constraints dropped. `profile` is
    what the rule saw, in the same places: dropped projects are on no ballot there. `version` tells the engine.
    `weakened`: constraints under which the rule cannot promise its guarantees.

    `areas`: with budgets of districts, the outcome of each part that could be counted, as an election of its own, by
    the name of the district, and "" for the projects without one; each has its own voters and start. Then `selection`
    holds all their turns one area after the other, its `start` is None, and money is explained part by part. Projects
    of an area that could not be counted, because its budget pays none of them or nobody voted there, are dropped.
    """

    election: Election
    options: Options
    tie_break: TieBreak
    profile: Profile
    selection: Selection
    weakened: tuple[str, ...] = ()
    areas: tuple[tuple[str, Outcome], ...] = ()
    version: int = ENGINE_VERSION

    @property
    def fingerprint(self) -> str:
        """Tells the election; worked out anew from all ballots whenever it is asked for."""
        return fingerprint(self.election)

    @property
    def winners(self) -> tuple[str, ...]:
        """Keys of the chosen projects, in the order in which they were chosen."""
        return tuple(self.election.projects[place].key for place in self.selection.winners)

    @property
    def cost(self) -> int:
        return sum(self.election.projects[place].cost for place in self.selection.winners)


def count(
    election: Election,
    *,
    rule: str = "equal_shares",
    satisfaction: Satisfaction = "cost",
    completion: Completion = "none",
    tie_break: str = "lexicographic",
    seed: str | None = None,
) -> Outcome:
    """Count by the named rule.

    ElectionError where the rule is not known, does not take the ballots, satisfaction, completion or constraints, or
    where constraints contradict each other.
    """
    options = Options(rule, satisfaction, completion, tie_break, seed)
    _check(election, options)
    check_bonds(election)
    order = tie_break_of(election, tie_break, seed=seed)
    if election.constraints.district_budgets:
        return _counted_by_area(election, options, order)
    return _counted(election, options, order)


def _check(election: Election, options: Options) -> None:
    """Refuse what the rule does not take, and say what it takes."""
    if options.rule not in RULES:
        raise ElectionError(f"There is no rule called {options.rule}.", cure=f"Known: {', '.join(RULES)}.")
    rule = RULES[options.rule]
    asked: tuple[tuple[str, Collection[str], Collection[str]], ...] = (
        ("ballots of the kind", [election.ballots.kind], rule.ballots),
        ("the satisfaction", [options.satisfaction], rule.satisfactions),
        ("the completion", [options.completion], rule.completions),
        ("the constraint", election.constraints.kinds, rule.honours),
    )
    for what, names, taken in asked:
        for name in sorted(names):
            if name not in taken:
                raise ElectionError(
                    f"The rule {rule.key} does not take {what} {name}.", cure=f"It takes: {', '.join(sorted(taken))}."
                )


def _counted(election: Election, options: Options, order: TieBreak) -> Outcome:
    """Count with one budget."""
    rule = RULES[options.rule]
    dropped = dropped_of(election)
    kept = staying(election, dropped)
    inner = restricted(election, places=kept, budget=election.budget)
    profile, selection = _nobody(election), Selection((), start=None)
    if inner is not None:
        seen = profile_of(inner, options.satisfaction)
        selection = rule.select(Case(inner, seen, options.satisfaction, options.completion, order.among(kept)))
        profile = _in_whole(seen, kept, election)
    turns = tuple(_turn_of(turn, kept, paid_out=turn.paid_out) for turn in selection.turns)
    return Outcome(
        election=election,
        options=options,
        tie_break=order,
        profile=profile,
        selection=replace(selection, turns=turns, dropped=dropped),
        weakened=tuple(sorted(election.constraints.kinds & rule.weakens)),
    )


def _nobody(election: Election) -> Profile:
    """The same voters, all with an empty ballot."""
    voters = election.ballots.voters
    return Profile(
        starts=np.zeros(2, dtype=np.int64),
        projects=np.empty(0, dtype=np.int32),
        utilities=np.empty(0, dtype=np.int64),
        weights=np.array([voters], dtype=np.int64),
        class_of=np.zeros(voters, dtype=np.int32),
    )


def _turn_of(turn: Turn, kept: npt.NDArray[np.int64], *, paid_out: npt.NDArray[np.int32]) -> Turn:
    """The same turn, projects named by their place in the whole election."""
    tied = tuple(int(kept[place]) for place in turn.tied)
    return Turn(int(kept[turn.project]), turn.how, turn.price, paid_out, tied)


def _counted_by_area(election: Election, options: Options, order: TieBreak) -> Outcome:
    """Count each area alone. What one does not spend is not moved to another."""
    dropped = dict(dropped_of(election))
    counted: list[tuple[str, npt.NDArray[np.int64], Outcome]] = []
    for area in areas_of(election):
        there = np.array([place for place in area.places if place not in dropped], dtype=np.int64)
        part = _counted_there(election, area, there, options, order)
        if part is None:
            # Nothing there can be paid, or nobody voted there.
            dropped |= dict.fromkeys(there.tolist(), "district_budgets")
        else:
            counted.append((area.name, there, part))
    gone = tuple(sorted(dropped.items()))
    profile = _seen(election, options, staying(election, gone))
    turns = tuple(turn for _, there, part in counted for turn in _turns_there(election, profile, there, part))
    return Outcome(
        election=election,
        options=options,
        tie_break=order,
        profile=profile,
        selection=Selection(turns, start=None, dropped=gone),
        weakened=tuple(sorted(election.constraints.kinds & RULES[options.rule].weakens)),
        areas=tuple((name, part) for name, _, part in counted),
    )


def _seen(election: Election, options: Options, kept: npt.NDArray[np.int64]) -> Profile:
    """The ballots without the projects that are gone, in places of the whole election."""
    whole = restricted(election, places=kept, budget=election.budget)
    if whole is None:
        return _nobody(election)
    seen = profile_of(whole, options.satisfaction)
    return _in_whole(seen, kept, election)


def _in_whole(seen: Profile, kept: npt.NDArray[np.int64], election: Election) -> Profile:
    """A profile of the projects that are kept, in places of the whole election."""
    if len(kept) == len(election.projects):
        return seen
    return replace(seen, projects=kept[seen.projects].astype(np.int32))


def _counted_there(
    election: Election, area: Area, there: npt.NDArray[np.int64], options: Options, order: TieBreak
) -> Outcome | None:
    inner = restricted(election, places=there, budget=area.budget, voters="with_a_choice")
    return None if inner is None else _counted(inner, options, order.among(there))


def _turns_there(election: Election, profile: Profile, there: npt.NDArray[np.int64], part: Outcome) -> tuple[Turn, ...]:
    """The turns of an area, with projects and classes of the whole election."""
    part_class = np.full(len(profile.weights), -1, dtype=np.int64)
    part_class[profile.class_of[with_a_choice(election.ballots, there)]] = part.profile.class_of
    return tuple(
        _turn_of(turn, there, paid_out=np.flatnonzero(np.isin(part_class, turn.paid_out)).astype(np.int32))
        for turn in part.selection.turns
    )


def reserve(outcome: Outcome, dropped: Collection[str]) -> tuple[str, ...]:
    """The winners when projects fall out after the count: those already chosen stay, and others move up.

    What needs a project that fell out falls out too. The election is counted again without all of these. Those chosen
    before stay, in their order. Then the winners of the new count that are not among them move up in its order: each
    one that fits what is left of its budget and stands against no rival. ElectionError for a key that is not there.
    """
    election = outcome.election
    unknown = sorted(set(dropped) - election.places.keys())
    if unknown:
        raise ElectionError(f"There is no project called {unknown[0]}.", cure="Name projects by their keys.")
    out = fallen(election, {election.places[key] for key in dropped})
    winners = [place for place in outcome.selection.winners if place not in out]
    left = {area.name: area.budget for area in areas_of(election)}
    area_of = {place: area.name for area in areas_of(election) for place in area.places}
    for place in winners:
        left[area_of[place]] -= election.projects[place].cost
    bonds = bonds_of(election)
    for place in _next_in_line(outcome, out):
        cost = election.projects[place].cost
        if place not in winners and cost <= left[area_of[place]] and bonds.allow(place, chosen=winners):
            winners.append(place)
            left[area_of[place]] -= cost
    return tuple(election.projects[place].key for place in winners)


def _next_in_line(outcome: Outcome, out: Collection[int]) -> tuple[int, ...]:
    """Winners of the count without these, in its order, by their place in the whole election."""
    election, options = outcome.election, outcome.options
    rest = without(election, out)
    if rest is None:
        return ()
    again = count(
        rest,
        rule=options.rule,
        satisfaction=options.satisfaction,
        completion=options.completion,
        tie_break=options.tie_break,
        seed=options.seed,
    )
    return tuple(election.places[key] for key in again.winners)
