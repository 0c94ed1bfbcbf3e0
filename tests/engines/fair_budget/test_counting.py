"""The door: what is refused, what is extreme, and what an outcome says of itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.engines.fair_budget.elections import ballots_of, election_of

from samskap.engines.fair_budget import (
    ENGINE_VERSION,
    RULES,
    Ballots,
    Constraints,
    Election,
    ElectionError,
    Options,
    Project,
    count,
    fingerprint,
    reserve,
)

TOWN = election_of({"a": 3, "b": 4, "c": 5, "d": 2}, [(3, "ab"), (2, "c"), (1, "cd"), (1, "")], budget=9)


def sentence(**options: str) -> str:
    with pytest.raises(ElectionError) as refusal:
        count(TOWN, **options)  # type: ignore[arg-type]
    return str(refusal.value)


@pytest.mark.parametrize("rule", RULES)
def test_an_outcome_says_what_it_is_made_of(rule: str) -> None:
    outcome = count(TOWN, rule=rule, satisfaction="cardinality", tie_break="lottery", seed="1")
    assert outcome.options == Options(rule, "cardinality", "none", "lottery", "1")
    assert outcome.election is TOWN
    assert outcome.fingerprint == fingerprint(TOWN)
    assert outcome.version == ENGINE_VERSION
    assert outcome.winners == tuple(TOWN.projects[turn.project].key for turn in outcome.selection.turns)
    assert outcome.cost == sum(TOWN.projects[place].cost for place in outcome.selection.winners) <= 9
    assert (outcome.weakened, outcome.areas, outcome.selection.dropped) == ((), (), ())


def test_an_unknown_rule_is_refused() -> None:
    assert sentence(rule="majority") == f"There is no rule called majority. Known: {', '.join(RULES)}."


def test_a_satisfaction_that_the_rule_does_not_take_is_refused() -> None:
    assert sentence(rule="phragmen", satisfaction="points") == (
        "The rule phragmen does not take the satisfaction points. It takes: cardinality, cost."
    )


def test_a_completion_that_the_rule_does_not_take_is_refused() -> None:
    assert sentence(rule="greedy", completion="add1") == (
        "The rule greedy does not take the completion add1. It takes: none."
    )


def test_points_and_order_must_be_on_the_ballots() -> None:
    assert sentence(rule="greedy", satisfaction="points").startswith("Ballots of the kind approval have no points.")
    assert sentence(rule="greedy", satisfaction="borda").startswith("Ballots of the kind approval have no order.")


@pytest.mark.parametrize(
    ("cost", "budget", "told"),
    [
        (0, 5, "The project a costs 0. Each project must cost more than nothing."),
        (-2, 5, "The project a costs -2. Each project must cost more than nothing."),
        (5, 0, "The budget is 0. It must be more than nothing."),
        (
            5,
            4,
            "The budget is 4, and the cheapest project costs 5. Raise the budget, or add a project that it can pay.",
        ),
    ],
)
def test_money_that_makes_no_sense_is_refused(cost: int, budget: int, told: str) -> None:
    with pytest.raises(ElectionError) as refusal:
        election_of({"a": cost}, [(1, "a")], budget=budget)
    assert str(refusal.value) == told


def test_ballots_that_name_nobody_are_refused() -> None:
    project = (Project(key="a", cost=1),)
    with pytest.raises(ElectionError, match="names a project that is not there"):
        Election(project, 1, ballots_of([[1]]))
    with pytest.raises(ElectionError, match="There is no ballot to count"):
        Election(project, 1, ballots_of([]))
    with pytest.raises(ElectionError, match="names the project x, which is not there"):
        Election(project, 1, ballots_of([[0]]), constraints=Constraints(exclusive=(("a", "x"),)))


@pytest.mark.parametrize("rule", RULES)
def test_empty_ballots_alone_choose_nothing(rule: str) -> None:
    assert count(election_of({"a": 3}, [(4, "")], budget=9), rule=rule).winners == ()


@pytest.mark.parametrize("rule", RULES)
def test_a_project_that_nobody_chose_never_wins(rule: str) -> None:
    election = election_of({"a": 3, "x": 1}, [(4, "a")], budget=9)
    for completion in RULES[rule].completions:
        assert count(election, rule=rule, completion=completion).winners == ("a",)


@pytest.mark.parametrize("rule", RULES)
def test_a_project_dearer_than_the_budget_stops_nobody_but_the_rule_that_stops(rule: str) -> None:
    election = election_of({"a": 3, "z": 10}, [(1, "a"), (4, "z")], budget=9)
    outcome = count(election, rule=rule, completion="add1u" if rule == "equal_shares" else "none")
    assert outcome.winners == (() if rule == "greedy_no_skip" else ("a",))


@pytest.mark.parametrize("rule", RULES)
def test_a_million_millions_are_counted_exactly(rule: str) -> None:
    """The prices differ by one in 10^12; no float can tell what they cost a voter in a million."""
    money = 10**12
    votes = [(2, "ac"), (1, "bc"), (1, "ab")]
    election = election_of({"a": money // 2, "b": money // 2 - 1, "c": money // 2 + 1}, votes, budget=money)
    twice = replace(election, ballots=_repeated(election.ballots, 50_000))
    assert count(twice, rule=rule).winners == count(election, rule=rule).winners
    assert len(count(twice, rule=rule, satisfaction="cardinality").winners) <= 2


def _repeated(ballots: Ballots, times: int) -> Ballots:
    lengths = np.tile(np.diff(ballots.starts), times)
    return replace(ballots, starts=np.concatenate([[0], np.cumsum(lengths)]), chosen=np.tile(ballots.chosen, times))


def test_too_many_units_of_money_for_maximin_support_are_refused() -> None:
    election = election_of({"a": 10**18}, [(9, "a")], budget=10**18)
    with pytest.raises(ElectionError, match="Budget times voters is more than maximin support can count with"):
        count(election, rule="maximin_support")


def test_fingerprints_tell_elections_apart_and_leave_names_out() -> None:
    renamed = replace(TOWN, projects=tuple(replace(one, name="Park", full_cost=99) for one in TOWN.projects))
    assert fingerprint(renamed) == fingerprint(TOWN)
    others = [
        replace(TOWN, budget=10),
        replace(TOWN, scale=100),
        replace(TOWN, constraints=Constraints(minimum_support=1)),
        replace(TOWN, projects=(replace(TOWN.projects[0], cost=4), *TOWN.projects[1:])),
        replace(TOWN, ballots=replace(TOWN.ballots, kind="knapsack")),
        replace(TOWN, ballots=replace(TOWN.ballots, starts=TOWN.ballots.starts[:-1])),
    ]
    assert len({fingerprint(one) for one in [TOWN, *others]}) == 7


def test_others_move_up_when_a_winner_falls_out() -> None:
    outcome = count(TOWN, rule="greedy", satisfaction="cardinality")
    assert outcome.winners == ("a", "b", "d")
    assert reserve(outcome, []) == ("a", "b", "d")
    assert reserve(outcome, ["b"]) == ("a", "d")  # c costs 5, and only 4 are left
    assert reserve(outcome, ["b", "d"]) == ("a", "c")
    assert reserve(outcome, ["a", "b", "c", "d"]) == ()


def test_who_is_unknown_cannot_fall_out() -> None:
    with pytest.raises(ElectionError, match="There is no project called x"):
        reserve(count(TOWN, rule="greedy"), ["x"])
