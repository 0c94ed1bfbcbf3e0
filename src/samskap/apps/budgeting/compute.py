"""From a sealed file to a stored count, who moves up when a winner falls out, and the example of each rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from samskap.apps.budgeting import actions, queries
from samskap.apps.budgeting.labels.closing import REFUSED, UNEXPECTED
from samskap.engines.fair_budget import RULES, Ballots, Election, ElectionError, Outcome, Project, count, reserve
from samskap.engines.fair_budget.comparing import compared
from samskap.engines.fair_budget.covering import coverage_by_group
from samskap.formats import frozen
from samskap.formats.ballot_file import counting_in
from samskap.formats.count_json import to_document, written_count
from samskap.formats.count_told import BallotFile, told
from samskap.formats.pabulib import PabulibFile, election_of
from samskap.kernel.errors import SamskapError

if TYPE_CHECKING:
    from samskap.apps.budgeting.models import Ballot, Count
    from samskap.engines.fair_budget import Completion, Satisfaction
    from samskap.engines.fair_budget.covering import GroupCoverage
    from samskap.formats.ballot_file import Counting

__all__ = ["count_ballot", "example_count", "make_reserve", "recounted"]

# What else is counted beside the result, so that people see what another rule would have chosen.
OTHER_RULES = ("equal_shares", "bounded_overspending_plus", "phragmen", "greedy_per_cost")


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
    winners = reserve(_fresh(queries.sealed_file(ballot)).outcome, dropped)
    actions.store_reserve(ballot, dropped=dropped, winners=winners)


def recounted(ballot: Ballot) -> bytes:
    """The result document counted anew from the sealed file: equal bytes where nothing was changed."""
    return _document(_fresh(queries.sealed_file(ballot)))


def _count(ordered: Count) -> None:
    ballot = ordered.ballot
    file = queries.sealed_file(ballot)
    actions.move_on(ordered, share=0.1)
    counted = _fresh(file)
    actions.move_on(ordered, share=0.4)
    content = _document(counted)
    actions.move_on(ordered, share=0.7)
    outcome, fallen = counted.outcome, queries.fallen_after_count(ballot)
    extras: dict[str, Any] = {
        "groups": _groups(ballot, counted),
        "others": list(_others(outcome)),
        "parts": _parts(outcome),
        "points_scale": file.ballots.points_scale,
    }
    if fallen:
        extras["reserve"] = {"dropped": fallen, "winners": list(reserve(outcome, fallen))}
    actions.store_count(ordered, content=content, document=extras)


@dataclass(frozen=True, eq=False)
class _Counted:
    """A file with its outcome."""

    file: PabulibFile
    outcome: Outcome


def _fresh(file: PabulibFile) -> _Counted:
    return _Counted(file, _outcome(election_of(file), counting_in(file)))


def _outcome(election: Election, how: Counting) -> Outcome:
    return count(
        election,
        rule=how.rule,
        satisfaction=cast("Satisfaction", how.satisfaction),
        completion=cast("Completion", how.completion),
        tie_break=how.tie_break,
        seed=how.seed or None,
    )


def _document(counted: _Counted) -> bytes:
    file = counted.file
    return written_count(told(counted.outcome, ballot_file=BallotFile(file.name, file.sha256)))


def _parts(outcome: Outcome) -> dict[str, list[str]]:
    """Which projects took part in each count, by district; "" is the whole, or all that have no budget of their own."""
    parts = outcome.areas or (("", outcome),)
    found = {}
    for name, part in parts:
        dropped = {place for place, _why in part.selection.dropped}
        found[name] = [one.key for place, one in enumerate(part.election.projects) if place not in dropped]
    return found


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
                outcome.election, rule=key, satisfaction=satisfaction, completion=completion,
                tie_break=options.tie_break, seed=options.seed,
            )  # fmt: skip
        except ElectionError:  # it does not take these ballots or what binds the choice
            continue
        yield {"rule": key, "completion": completion, **frozen.plain(compared(outcome, other.winners))}


def example_count(rule: str) -> dict[str, Any]:
    """Three projects and nine voters under this rule, without what comes after it to use up the rest.

    Pages read it from `queries/examples.json`, so that nobody waits for the engine to get ready; a test holds the two
    together.
    """
    supporters = queries.EXAMPLE_SUPPORTERS
    costs = queries.EXAMPLE_COSTS
    chosen = [[place for place, key in enumerate(costs) if voter in supporters[key]] for voter in range(1, 10)]
    election = Election(
        projects=tuple(Project(key, cost) for key, cost in costs.items()),
        budget=queries.EXAMPLE_BUDGET,
        ballots=_approvals(chosen),
    )
    satisfaction = next(one for one in ("cost", "cardinality") if one in RULES[rule].satisfactions)
    outcome = count(election, rule=rule, satisfaction=satisfaction, tie_break="as_listed")
    return to_document(told(outcome, ballot_file=BallotFile("", "")))


def _approvals(chosen: Sequence[Sequence[int]]) -> Ballots:
    starts = np.cumsum([0, *map(len, chosen)], dtype=np.int64)
    return Ballots("approval", starts, np.array([one for each in chosen for one in each], dtype=np.int32))
