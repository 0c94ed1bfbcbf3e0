"""Bounds besides the budget: dropped beforehand, counted by district, rivals and needs."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.engines.fair_budget.elections import ballots_of, election_of, elections

from samskap.engines.fair_budget import RULES, Constraints, Election, ElectionError, count, reserve

COSTS = {"a": 3, "b": 4, "c": 5, "d": 2}
VOTES = [(3, "ab"), (2, "c"), (1, "cd"), (1, "")]


def alone(election: Election, keys: Mapping[str, int], *, budget: int, everybody: bool) -> Election | None:
    """The election of these projects, written down anew ballot by ballot."""
    ballots = election.ballots
    projects = [one for one in election.projects if one.key in keys]
    if not projects or min(one.cost for one in projects) > budget:
        return None
    places = {one.key: place for place, one in enumerate(projects)}
    chosen, points = [], []
    for voter in range(ballots.voters):
        row = range(ballots.starts[voter], ballots.starts[voter + 1])
        named = [entry for entry in row if election.projects[ballots.chosen[entry]].key in places]
        given = [1 if ballots.points is None else int(ballots.points[entry]) for entry in named]
        if everybody or any(given):
            chosen.append([places[election.projects[ballots.chosen[entry]].key] for entry in named])
            points.append(given)
    if not chosen:
        return None
    again = ballots_of(chosen, kind=ballots.kind, points=None if ballots.points is None else points)
    bonds = Constraints(
        exclusive=tuple(tuple(key for key in group if key in places) for group in election.constraints.exclusive),
        requires=tuple(pair for pair in election.constraints.requires if set(pair) <= places.keys()),
    )
    return Election(tuple(projects), budget, again, constraints=bonds)


@pytest.mark.parametrize("rule", RULES)
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_too_little_support_is_as_if_the_project_had_not_stood(rule: str, data: st.DataObject) -> None:
    election = data.draw(elections(with_constraints=True))
    assume(election.constraints.kinds <= RULES[rule].honours)
    outcome = count(election, rule=rule)
    dropped = {election.projects[place].key: why for place, why in outcome.selection.dropped}
    ballots = election.ballots
    counted = ballots.chosen if ballots.points is None else ballots.chosen[ballots.points > 0]
    votes = np.bincount(counted, minlength=len(election.projects)).tolist()
    few = {
        one.key
        for one, number in zip(election.projects, votes, strict=True)
        if number < election.constraints.minimum_support
    }
    assert {key for key, why in dropped.items() if why == "minimum_support"} == few
    for key, needed in election.constraints.requires:
        assert needed not in dropped or key in dropped
    kept = {one.key: one.cost for one in election.projects if one.key not in dropped}
    rest = alone(election, kept, budget=election.budget, everybody=True)
    assert outcome.winners == (() if rest is None else count(rest, rule=rule).winners)
    assert all(election.projects[place].key in kept for place in outcome.profile.projects)


@pytest.mark.parametrize("rule", RULES)
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_districts_are_counted_one_by_one_and_the_rest_last(rule: str, data: st.DataObject) -> None:
    free = data.draw(elections(with_constraints=True))
    names = sorted({one.district for one in free.projects} - {""})
    if not names:
        return
    shares = data.draw(st.lists(st.integers(1, free.budget), min_size=len(names), max_size=len(names)))
    budgets = dict(zip(names, shares, strict=True))
    if sum(shares) > free.budget:
        return
    election = Election(
        free.projects, free.budget, free.ballots, constraints=Constraints(district_budgets=tuple(budgets.items()))
    )
    outcome = count(election, rule=rule)
    expected: list[str] = []
    for name, money in [*budgets.items(), ("", free.budget - sum(shares))]:
        keys = {one.key: one.cost for one in free.projects if one.district == name}
        part = alone(election, keys, budget=money, everybody=False)
        expected += () if part is None else count(part, rule=rule).winners
    assert outcome.winners == tuple(expected)
    assert [name for name, _ in outcome.areas] == [name for name in [*names, ""] if name in dict(outcome.areas)]


def test_the_outcome_of_districts_tells_who_paid_out_in_classes_of_the_whole() -> None:
    election = election_of(
        {"n": 4, "s": 4, "w": 6},
        [(2, "nw"), (2, "s"), (1, "nsw"), (1, "")],
        budget=14,
        districts={"n": "North", "s": "South"},
        constraints=Constraints(district_budgets=(("North", 4), ("South", 4))),
    )
    outcome = count(election, rule="equal_shares")
    assert outcome.winners == ("n", "s", "w")
    parts = dict(outcome.areas)
    assert {name: part.selection.start for name, part in parts.items()} == {
        "North": Fraction(4, 3),
        "South": Fraction(4, 3),
        "": Fraction(2),
    }
    paid_out = [
        sorted({voter for voter in range(6) if outcome.profile.class_of[voter] in turn.paid_out})
        for turn in outcome.selection.turns
    ]
    assert paid_out == [[0, 1, 4], [2, 3, 4], [0, 1, 4]]
    assert outcome.selection.start is None


def test_projects_that_their_district_cannot_pay_are_dropped() -> None:
    constraints = Constraints(district_budgets=(("North", 2), ("South", 4)))
    districts = {"a": "North", "b": "South", "c": "South"}
    election = election_of(COSTS, VOTES, budget=9, districts=districts, constraints=constraints)
    outcome = count(election, rule="greedy")
    assert outcome.selection.dropped == ((0, "district_budgets"),)
    assert outcome.winners == ("b", "d")
    assert [name for name, _ in outcome.areas] == ["South", ""]
    assert 0 not in outcome.profile.projects


@pytest.mark.parametrize(
    ("budgets", "told"),
    [
        ((("North", 8), ("South", 4)), "The districts have 12 together, and the budget is 9."),
        ((("North", 4), ("North", 4)), "A district has two budgets."),
        ((("West", 4),), "No project lies in the district West."),
        ((("North", 0),), "The budget of the district 'North' is 0."),
        ((("", 3),), "The budget of the district '' is 3."),
    ],
)
def test_budgets_of_districts_that_make_no_sense_are_refused(budgets: tuple[tuple[str, int], ...], told: str) -> None:
    districts = {"a": "North", "b": "South"}
    election = election_of(
        COSTS, VOTES, budget=9, districts=districts, constraints=Constraints(district_budgets=budgets)
    )
    with pytest.raises(ElectionError) as refusal:
        count(election, rule="greedy")
    assert refusal.value.message == told


def test_a_bond_over_two_budgets_is_refused() -> None:
    constraints = Constraints(district_budgets=(("North", 4),), exclusive=(("a", "b"),))
    election = election_of(COSTS, VOTES, budget=9, districts={"a": "North"}, constraints=constraints)
    with pytest.raises(ElectionError) as refusal:
        count(election, rule="greedy")
    assert refusal.value.message == "A constraint ties a and b, which do not share a budget."


@pytest.mark.parametrize(
    ("constraints", "told"),
    [
        (
            Constraints(requires=(("a", "b"), ("b", "c"), ("c", "a"))),
            "The project a needs itself in the end, so it can never be chosen. "
            "Make projects that need each other one project.",
        ),
        (
            Constraints(requires=(("a", "b"), ("b", "c")), exclusive=(("a", "c", "d"),)),
            "To win, a takes both a and c, and these are rivals. Take one of these constraints out.",
        ),
    ],
)
def test_bonds_that_contradict_each_other_are_refused(constraints: Constraints, told: str) -> None:
    with pytest.raises(ElectionError) as refusal:
        count(election_of(COSTS, VOTES, budget=9, constraints=constraints), rule="greedy")
    assert str(refusal.value) == told


@pytest.mark.parametrize("rule", [key for key, rule in RULES.items() if "requires" in rule.honours])
def test_bonds_weaken_what_is_promised_and_the_outcome_says_so(rule: str) -> None:
    bound = Constraints(minimum_support=1, exclusive=(("a", "c"),), requires=(("b", "a"),))
    outcome = count(election_of(COSTS, VOTES, budget=9, constraints=bound), rule=rule)
    assert outcome.weakened == ("exclusive", "requires")


def test_a_rule_refuses_a_constraint_it_cannot_keep() -> None:
    bound = Constraints(requires=(("b", "a"),))
    with pytest.raises(ElectionError) as refusal:
        count(election_of(COSTS, VOTES, budget=9, constraints=bound), rule="phragmen")
    assert str(refusal.value) == (
        "The rule phragmen does not take the constraint requires. "
        "It takes: district_budgets, exclusive, minimum_support."
    )


def test_what_needs_a_dropped_project_is_dropped_with_it() -> None:
    chain = Constraints(minimum_support=2, requires=(("c", "d"), ("a", "c")))
    outcome = count(election_of(COSTS, VOTES, budget=9, constraints=chain), rule="greedy")
    assert outcome.selection.dropped == ((0, "requires"), (2, "requires"), (3, "minimum_support"))
    assert outcome.winners == ("b",)


def test_nothing_is_left_when_all_is_dropped() -> None:
    outcome = count(election_of(COSTS, VOTES, budget=9, constraints=Constraints(minimum_support=9)), rule="greedy")
    assert (outcome.winners, len(outcome.selection.dropped)) == ((), 4)


def test_money_that_falls_free_stays_in_its_district() -> None:
    constraints = Constraints(district_budgets=(("North", 5),))
    districts = {"a": "North", "d": "North"}
    outcome = count(
        election_of(COSTS, VOTES, budget=9, districts=districts, constraints=constraints),
        rule="greedy",
        satisfaction="cardinality",
    )
    assert outcome.winners == ("a", "d", "b")
    assert reserve(outcome, ["a"]) == ("d", "b")
    assert reserve(outcome, ["a", "d"]) == ("b",)


def test_rivals_of_the_winners_do_not_move_up() -> None:
    rivals = Constraints(exclusive=(("a", "c"),))
    outcome = count(election_of(COSTS, VOTES, budget=9, constraints=rivals), rule="greedy", satisfaction="cardinality")
    assert outcome.winners == ("a", "b", "d")
    assert reserve(outcome, ["b", "d"]) == ("a",)
    assert reserve(outcome, ["a", "b"]) == ("d", "c")
