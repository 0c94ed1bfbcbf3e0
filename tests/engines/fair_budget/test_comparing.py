"""Which voters got more, and how many were served: of all, and of groups that are never told below five people."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.fair_budget.elections import election_of
from tests.engines.fair_budget.village import village_count

from samskap.engines.fair_budget import Constraints, ElectionError, count
from samskap.engines.fair_budget.comparing import Comparison, compared, greedy_outcome
from samskap.engines.fair_budget.covering import (
    FEWEST,
    Coverage,
    GroupCoverage,
    coverage_by_group,
    coverage_of,
    hidden_groups,
)


def test_better_and_worse_are_voters_by_what_the_choice_is_worth_to_them() -> None:
    outcome = village_count()
    assert compared(outcome, ("2", "1")) == Comparison(("2", "1"), 87_000, ("3",), ("2",), better=4, worse=5, same=0)
    assert compared(outcome, outcome.winners) == Comparison(outcome.winners, 72_000, (), (), 0, 0, 9)
    by_number = village_count(satisfaction="cardinality")
    assert compared(by_number, ("1", "2")).same == 0
    with pytest.raises(ElectionError, match=r"There is no project 9\."):
        compared(outcome, ("9",))


def test_the_common_rule_goes_by_what_is_on_the_ballots() -> None:
    assert greedy_outcome(village_count()).options.satisfaction == "cardinality"
    ranked = election_of({"a": 5, "b": 5}, [(2, "ab"), (3, "ba")], budget=5, kind="ordinal")
    other = greedy_outcome(count(ranked))
    assert (other.options.satisfaction, other.winners) == ("borda", ("b",))


def test_projects_that_were_taken_out_count_on_the_ballots_all_the_same() -> None:
    bounds = Constraints(minimum_support=2)
    election = election_of({"a": 2, "b": 1}, [(3, "a"), (1, "ab")], budget=2, constraints=bounds)
    outcome = count(election)
    assert outcome.winners == ("a",)
    assert coverage_of(outcome) == Coverage(4, 4, (4, 0, 0), Fraction(7, 8))
    assert compared(outcome, ("b",)).worse == 0


def test_who_chose_nothing_is_a_voter_without_a_choice() -> None:
    election = election_of({"a": 2}, [(1, "a"), (3, "")], budget=4)
    assert coverage_of(count(election)) == Coverage(4, 1, (0, 0, 0), Fraction(0))


def test_groups_are_told_as_they_are_where_they_are_large_enough() -> None:
    votes = [(5, "a"), (5, "b"), (6, "ab")]
    outcome = count(election_of({"a": 8, "b": 9}, votes, budget=16))
    assert outcome.winners == ("a",)
    labels = ["north"] * 5 + ["south"] * 5 + ["north"] * 6
    assert coverage_by_group(outcome, labels) == (
        GroupCoverage("north", Coverage(11, 11, (11, 0, 0), Fraction(8, 11))),
        GroupCoverage("south", Coverage(5, 5, (0, 0, 0), Fraction(0))),
    )
    with pytest.raises(ElectionError, match="There are 2 labels and 16 voters"):
        coverage_by_group(outcome, ["x", "y"])


def test_a_small_group_is_not_told_and_cannot_be_subtracted() -> None:
    outcome = count(election_of({"a": 8, "b": 9}, [(20, "a")], budget=16))
    labels = ["few"] * 3 + ["some"] * 6 + ["many"] * 11
    told = {one.label: one.coverage is not None for one in coverage_by_group(outcome, labels)}
    assert told == {"few": False, "some": False, "many": True}


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [
        ({"a": 9, "b": 5}, set()),
        ({"a": 9, "b": 4}, {"a", "b"}),
        ({"a": 9, "b": 7, "c": 4}, {"b", "c"}),
        ({"a": 9, "b": 2, "c": 2}, {"a", "b", "c"}),
        ({"a": 9, "b": 2, "c": 3}, {"b", "c"}),
        ({"a": 9, "b": 0}, set()),
        ({"a": 3}, {"a"}),
    ],
)
def test_which_groups_are_hidden(sizes: dict[str, int], hidden: set[str]) -> None:
    assert hidden_groups(sizes) == hidden


@given(st.dictionaries(st.text(max_size=2), st.integers(1, 12), max_size=7))
def test_what_is_left_when_all_that_is_told_is_taken_away_is_never_fewer_than_five(sizes: dict[str, int]) -> None:
    hidden = hidden_groups(sizes)
    assert all(sizes[name] >= FEWEST for name in sizes.keys() - hidden)
    rest = sum(sizes[name] for name in hidden)
    assert not hidden or (rest >= FEWEST and len(hidden) > 1) or hidden == sizes.keys()
