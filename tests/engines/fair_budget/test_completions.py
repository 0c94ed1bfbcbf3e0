"""What is left is spent as announced: raised by one krone at a time, filled, or decided by the voters."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.fair_budget.elections import election_of, elections
from tests.engines.fair_budget.plain.equal_shares import equal_shares
from tests.engines.fair_budget.test_equal_shares import plain_rounds, rounds_of, satisfactions

from samskap.engines.fair_budget import (
    Case,
    Completion,
    Election,
    Selection,
    count,
    profile_of,
    tie_break_of,
)
from samskap.engines.fair_budget.completions.add1 import raised
from samskap.engines.fair_budget.rules.shares import Choice, Shares
from samskap.formats.pabulib import election_of as election_in
from samskap.formats.pabulib import read_pabulib

COMPLETIONS: tuple[Completion, ...] = ("add1", "add1u", "utilitarian", "comparison")


@given(data=st.data(), election=elections(with_constraints=True), completion=st.sampled_from(COMPLETIONS))
@settings(max_examples=500, deadline=None)
def test_every_completion_is_its_definition(data: st.DataObject, election: Election, completion: Completion) -> None:
    satisfaction = data.draw(satisfactions(election))
    outcome = count(election, rule="equal_shares", satisfaction=satisfaction, completion=completion)
    selection = outcome.selection
    out = {place for place, _ in selection.dropped}
    if all(one.cost > election.budget for place, one in enumerate(election.projects) if place not in out):
        assert selection.winners == ()
        return
    plain = equal_shares(election, satisfaction, completion, outcome.tie_break.ranks.tolist(), out=out)
    shared = [one for one in rounds_of(outcome) if one[1] == "shared"]
    assert (list(selection.winners), shared, selection.increments, selection.stopped, selection.compared) == (
        plain.winners,
        plain_rounds(plain.rounds),
        plain.increments,
        plain.stopped,
        plain.compared,
    )
    assert outcome.cost <= election.budget


@given(data=st.data(), election=elections(most_projects=5), scale=st.integers(1, 3), times=st.integers(5, 40))
@settings(max_examples=200, deadline=None)
def test_raising_in_bounds_is_raising_one_by_one(
    data: st.DataObject, election: Election, scale: int, times: int
) -> None:
    """Where one unit of the currency is little, a choice holds for many increments; none is passed over."""
    satisfaction = data.draw(satisfactions(election))
    dearer = Election(
        tuple(one.__class__(one.key, one.cost * times) for one in election.projects),
        election.budget * times,
        election.ballots,
        scale=scale,
    )
    outcome = count(dearer, rule="equal_shares", satisfaction=satisfaction, completion="add1")
    plain = equal_shares(dearer, satisfaction, "add1", outcome.tie_break.ranks.tolist())
    selection = outcome.selection
    assert (list(selection.winners), selection.increments, selection.stopped) == (
        plain.winners,
        plain.increments,
        plain.stopped,
    )
    share = Fraction(dearer.budget, dearer.ballots.voters)
    assert selection.start == share + selection.increments * scale


REAL = (
    ("US_Stanford_Dataset_PB_Rochester_NY_2019_vote_rankings.pb", "cost"),
    ("US_Stanford_Dataset_PB_Rochester_NY_2019_vote_rankings.pb", "borda"),
    ("France_Toulouse_2019.pb", "points"),
    ("Poland_Katowice_2023.pb.gz", "cardinality"),
)


@pytest.mark.parametrize(("name", "satisfaction"), REAL)
def test_raising_real_elections_in_bounds_is_raising_one_by_one(
    name: str, satisfaction: Any, shared_data: Path
) -> None:
    election = election_in(read_pabulib(shared_data / "budgets" / name))
    case = Case(election, profile_of(election, satisfaction), satisfaction, "add1", tie_break_of(election, "as_listed"))
    ready = Shares(case)

    def one_by_one(increments: int) -> Choice:
        return Choice(tuple(turn.project for turn in ready.turns(increments)), room=0)

    assert raised(case, ready.choice) == raised(case, one_by_one)


def test_each_way_to_stop_has_a_name() -> None:
    def told(selection: Selection) -> tuple[tuple[int, ...], int, str]:
        return selection.winners, selection.increments, selection.stopped

    def add1(costs: dict[str, int], votes: list[tuple[int, str]], budget: int) -> tuple[tuple[int, ...], int, str]:
        election = election_of(costs, votes, budget=budget)
        return told(count(election, rule="equal_shares", satisfaction="cost", completion="add1").selection)

    # Four have 3 each: a is bought by three; b needs a start of 6 from one, and both fit.
    assert add1({"a": 6, "b": 6}, [(3, "a"), (1, "b")], 12) == ((0, 1), 3, "all_funded")
    # As before, and c would fit in the money, not in the place of b.
    assert add1({"a": 6, "b": 5, "c": 3}, [(2, "a"), (1, "b"), (1, "c")], 12) == ((0, 2), 0, "exhaustive")
    # At a start of 4 both a and b would be bought, and cost 13.
    assert add1({"a": 8, "b": 5, "c": 3}, [(2, "a"), (1, "b"), (1, "cb")], 12) == ((1,), 0, "infeasible")


def test_voters_choose_the_greedy_plan_where_more_of_them_like_it_better() -> None:
    """Five of nine get the hall by number alone; by their shares it is the four others who are served as well."""
    election = election_of({"h": 9, "a": 4}, [(5, "h"), (4, "a")], budget=9)
    shared = count(election, rule="equal_shares", satisfaction="cost", completion="add1u")
    assert shared.winners == ("a",)
    outcome = count(election, rule="equal_shares", satisfaction="cost", completion="comparison")
    assert outcome.winners == ("h",)
    assert [turn.how for turn in outcome.selection.turns] == ["voted"]
    assert (outcome.selection.compared, outcome.selection.start) == ((4, 5, 0), None)
    even = election_of({"h": 9, "a": 4}, [(4, "h"), (4, "a"), (1, "")], budget=9)
    kept = count(even, rule="equal_shares", satisfaction="cost", completion="comparison")
    assert (kept.selection.compared, [turn.how for turn in kept.selection.turns]) == ((0, 0, 9), ["shared"])
