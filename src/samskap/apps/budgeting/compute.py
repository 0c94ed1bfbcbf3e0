"""From a sealed file to a stored count, who moves up when a winner falls out, and what came of one ballot."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from django.utils.translation import gettext as _

from samskap.apps.budgeting import actions, queries
from samskap.apps.budgeting.labels.closing import REFUSED, UNEXPECTED
from samskap.engines.fair_budget import RULES, Ballots, Election, ElectionError, Outcome, Project, count, reserve
from samskap.engines.fair_budget.comparing import compared
from samskap.engines.fair_budget.covering import coverage_by_group
from samskap.engines.fair_budget.story import Story, voter_story
from samskap.formats import frozen
from samskap.formats.ballot_file import counting_in
from samskap.formats.count_json import written_count
from samskap.formats.count_told import BallotFile, told
from samskap.formats.pabulib import PabulibFile, election_of, read_pabulib
from samskap.kernel.errors import NotFound, SamskapError

if TYPE_CHECKING:
    from samskap.apps.budgeting.models import Ballot, Count
    from samskap.engines.fair_budget.covering import GroupCoverage
    from samskap.formats.ballot_file import Counting
    from samskap.formats.count_told import CountTold

__all__ = ["Example", "count_ballot", "example_count", "found_receipt", "make_reserve", "own_story", "recounted"]

# What else is counted beside the result, so that people see what another rule would have chosen.
OTHER_RULES = ("equal_shares", "bounded_overspending_plus", "phragmen", "greedy_per_cost")
KEPT_OUTCOMES = 3  # the largest real ballots take some 20 MB each


def count_ballot(count_id: int) -> None:
    """Make a count that was ordered. What stops it is told on its page; what nobody foresaw is raised as well."""
    ordered = actions.start_count(count_id)
    if ordered is None:
        return
    try:
        _count(ordered)
    except SamskapError as error:
        actions.fail_count(ordered, problem=str(REFUSED) % {"detail": str(error)})
    except Exception:
        actions.fail_count(ordered, problem=str(UNEXPECTED))
        raise


def make_reserve(ballot_id: int) -> None:
    """Find who moves up for the projects that fell out after the count, and keep it beside the count."""
    ballot = queries.counted_ballot(ballot_id)
    if ballot is None:
        return
    dropped = queries.fallen_after_count(ballot)
    winners = reserve(_counted(ballot).outcome, dropped)
    actions.store_reserve(ballot, dropped=dropped, winners=winners)


def own_story(ballot: Ballot, receipt: str) -> tuple[Story, list[tuple[str, str]]]:
    """What came of the ballot with this receipt, and what stands on it: each project, and its points or "".

    `NotFound` where the published file has no such ballot.
    """
    counted = _counted(ballot)
    place = counted.places.get(receipt)
    if place is None:
        raise NotFound(
            _("No ballot with the receipt %(receipt)s is in the published file.") % {"receipt": receipt},
            cure=_("Look at the receipt again, sign by sign."),
        )
    return voter_story(counted.outcome, place), _choices(counted.file, place)


def found_receipt(ballot: Ballot, typed: str) -> str:
    """The receipt that was meant: as it was typed, or in capitals without hyphens; empty where there is none."""
    places = _counted(ballot).places
    plain = "".join(sign for sign in typed.upper() if sign.isalnum())
    return next((one for one in (typed, typed.upper(), plain) if one in places), "")


def recounted(ballot: Ballot) -> bytes:
    """The result document counted anew from the sealed file: equal bytes where nothing was changed."""
    return _document(_fresh(queries.sealed_file(ballot)))


def _choices(file: PabulibFile, place: int) -> list[tuple[str, str]]:
    """The projects on one ballot in its order, each with its points where ballots have them."""
    votes, points = file.votes.column("vote") or (), file.votes.column("points")
    keys = [one.strip() for one in votes[place].split(",")] if votes[place] else []
    given = [one.strip() for one in points[place].split(",")] if points and votes[place] else [""] * len(keys)
    return list(zip(keys, given, strict=True))


def _count(ordered: Count) -> None:
    ballot = ordered.ballot
    file = queries.sealed_file(ballot)
    actions.move_on(ordered, share=0.1)
    counted = _fresh(file)
    actions.move_on(ordered, share=0.4)
    content = _document(counted)
    actions.move_on(ordered, share=0.7)
    outcome, fallen = counted.outcome, queries.fallen_after_count(ballot)
    extras: dict[str, Any] = {"groups": _groups(ballot, counted), "others": list(_others(outcome))}
    if fallen:
        extras["reserve"] = {"dropped": fallen, "winners": list(reserve(outcome, fallen))}
    actions.store_count(ordered, content=content, document=extras)


@dataclass(frozen=True, eq=False)
class _Counted:
    """A file with its outcome, and the place of each receipt in it."""

    file: PabulibFile
    outcome: Outcome
    places: dict[str, int]


def _fresh(file: PabulibFile) -> _Counted:
    outcome = _outcome(election_of(file), counting_in(file))
    receipts = file.votes.column("voter_id") or ()
    return _Counted(file, outcome, {receipt: place for place, receipt in enumerate(receipts)})


def _outcome(election: Election, how: Counting) -> Outcome:
    return count(
        election,
        rule=how.rule,
        satisfaction=how.satisfaction,  # type: ignore[arg-type]
        completion=how.completion,  # type: ignore[arg-type]
        tie_break=how.tie_break,
        seed=how.seed or None,
    )


def _document(counted: _Counted) -> bytes:
    file = counted.file
    return written_count(told(counted.outcome, ballot_file=BallotFile(file.name, file.sha256)))


def _groups(ballot: Ballot, counted: _Counted) -> dict[str, list[dict[str, Any]]]:
    """What each group got, by kind of group; never of fewer than five voters. One group alone says nothing."""
    labels = queries.group_labels(ballot, counted.file)
    return {
        kind: [_group(one) for one in coverage_by_group(counted.outcome, each)]
        for kind, each in labels.items()
        if len(set(each)) > 1
    }


def _group(group: GroupCoverage) -> dict[str, Any]:
    """A group with what it got, or with nothing where it is too small to be told about."""
    got = group.coverage
    if got is None:
        return {"label": group.label, "coverage": None}
    share = None if got.share_of_choices is None else round(float(got.share_of_choices), 4)
    told = {"voters": got.voters, "at_least": list(got.at_least), "share": share}
    return {"label": group.label, "coverage": told}


def _others(outcome: Outcome) -> Iterator[dict[str, Any]]:
    """Other rules on the same ballots: for comparison only, the result is the municipality's rule."""
    options = outcome.options
    for key in OTHER_RULES:
        rule = RULES.get(key)
        if rule is None or key == options.rule:
            continue
        satisfaction = options.satisfaction if options.satisfaction in rule.satisfactions else rule.satisfactions[0]
        completion = next(one for one in ("add1u", "utilitarian", "none") if one in rule.completions)
        try:
            other = count(
                outcome.election, rule=key, satisfaction=satisfaction, completion=completion,  # type: ignore[arg-type]
                tie_break=options.tie_break, seed=options.seed,
            )  # fmt: skip
        except ElectionError:  # it does not take these ballots or what binds the choice
            continue
        yield {"rule": key, "completion": completion, **frozen.plain(compared(outcome, other.winners))}


class _Shelf:
    """The outcomes that were asked for last, by the hash of their file: a count of its own for each reader is dear."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, _Counted] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, ballot: Ballot) -> _Counted:
        seal = queries.seal_of(ballot)
        with self._lock:
            found = self._kept.get(seal.sha256)
            if found is None:
                found = _fresh(read_pabulib(bytes(seal.content), name=queries.file_name(ballot)))
                self._kept[seal.sha256] = found
            self._kept.move_to_end(seal.sha256)
            while len(self._kept) > KEPT_OUTCOMES:
                self._kept.popitem(last=False)
        return found


_SHELF = _Shelf()


def _counted(ballot: Ballot) -> _Counted:
    return _SHELF.get(ballot)


@dataclass(frozen=True)
class Example:
    """A small election that can be counted by hand, as the engine counts it; `stories` are those of its voters."""

    told: CountTold
    budget: int
    costs: dict[str, int]
    supporters: dict[str, tuple[int, ...]]
    stories: tuple[Story, ...] = field(default=())


@cache
def example_count(rule: str) -> Example:
    """Three projects and nine voters under this rule, without what comes after it to use up the rest."""
    supporters = {"A": (1, 2, 3, 4, 5, 6), "B": (1, 2, 3, 4, 5), "C": (6, 7, 8, 9)}
    costs = {"A": 48_000, "B": 40_000, "C": 29_000}
    chosen = [[place for place, key in enumerate(costs) if voter in supporters[key]] for voter in range(1, 10)]
    election = Election(
        projects=tuple(Project(key, cost) for key, cost in costs.items()),
        budget=90_000,
        ballots=_approvals(chosen),
    )
    satisfaction = next(one for one in ("cost", "cardinality") if one in RULES[rule].satisfactions)
    outcome = count(election, rule=rule, satisfaction=satisfaction, tie_break="as_listed")  # type: ignore[arg-type]
    stories = tuple(voter_story(outcome, voter) for voter in range(9))
    return Example(told(outcome, ballot_file=BallotFile("", "")), 90_000, costs, supporters, stories)


def _approvals(chosen: Sequence[Sequence[int]]) -> Ballots:
    starts = np.cumsum([0, *map(len, chosen)], dtype=np.int64)
    return Ballots("approval", starts, np.array([one for each in chosen for one in each], dtype=np.int32))
