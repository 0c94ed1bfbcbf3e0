"""Equal Shares is its definition to the last fraction, however the ballots lie."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.fair_budget.elections import ballots_of, election_of, elections, shuffled
from tests.engines.fair_budget.plain.equal_shares import Round, equal_shares
from tests.engines.fair_budget.test_rules_page import table

from samskap.engines.fair_budget import Case, Election, Outcome, Project, Satisfaction, count, profile_of, tie_break_of
from samskap.engines.fair_budget.rules.shares import Shares

BY_KIND: dict[str, tuple[Satisfaction, ...]] = {
    "ordinal": ("cost", "cardinality", "borda"),
    "cumulative": ("cost", "cardinality", "points"),
    "scoring": ("cost", "cardinality", "points"),
}


def satisfactions(election: Election) -> st.SearchStrategy[Satisfaction]:
    """What these ballots can be counted by. Where projects drop out, places are counted among those that stay."""
    taken = BY_KIND.get(election.ballots.kind, ("cost", "cardinality"))
    return st.sampled_from([one for one in taken if one != "borda" or not election.constraints.minimum_support])


def rounds_of(outcome: Outcome) -> list[tuple[Any, ...]]:
    """What a count tells of each round, by voter."""
    told = []
    for turn in outcome.selection.turns:
        paid_out = np.flatnonzero(np.isin(outcome.profile.class_of, turn.paid_out)).tolist()
        told.append((turn.project, turn.how, turn.price, tuple(sorted(turn.tied)), frozenset(paid_out)))
    return told


def plain_rounds(rounds: list[Round]) -> list[tuple[Any, ...]]:
    return [(one.project, "shared", one.price, tuple(sorted(one.tied)), one.paid_out) for one in rounds]


@given(data=st.data(), election=elections(with_constraints=True))
@settings(max_examples=500, deadline=None)
def test_every_round_is_that_of_the_definition(data: st.DataObject, election: Election) -> None:
    satisfaction = data.draw(satisfactions(election))
    outcome = count(election, rule="equal_shares", satisfaction=satisfaction)
    out = {place for place, _ in outcome.selection.dropped}
    plain = equal_shares(election, satisfaction, "none", outcome.tie_break.ranks.tolist(), out=out)
    assert rounds_of(outcome) == plain_rounds(plain.rounds)
    assert outcome.selection.start in (None, Fraction(election.budget, election.ballots.voters))


@given(data=st.data(), election=elections(most_projects=8))
@settings(max_examples=200, deadline=None)
def test_supporters_pay_the_cost_out_of_what_they_have(data: st.DataObject, election: Election) -> None:
    satisfaction = data.draw(satisfactions(election))
    outcome = count(election, rule="equal_shares", satisfaction=satisfaction)
    profile, selection = outcome.profile, outcome.selection
    assert selection.start is not None
    purses = [selection.start for _ in profile.weights]
    for turn in selection.turns:
        collected = Fraction(0)
        for one in range(len(purses)):
            entries = range(profile.starts[one], profile.starts[one + 1])
            for entry in (entry for entry in entries if profile.projects[entry] == turn.project):
                assert turn.price is not None
                paid = min(purses[one], turn.price * int(profile.utilities[entry]))
                assert (one in turn.paid_out) == (0 < paid == purses[one])
                purses[one] -= paid
                collected += int(profile.weights[one]) * paid
        assert collected == election.projects[turn.project].cost
        assert min(purses) >= 0
    assert outcome.cost <= election.budget


@given(data=st.data(), election=elections(), times=st.integers(2, 4))
@settings(max_examples=200, deadline=None)
def test_the_order_of_ballots_and_the_unit_of_money_change_nothing(
    data: st.DataObject, election: Election, times: int
) -> None:
    options: dict[str, Any] = {"satisfaction": data.draw(satisfactions(election)), "tie_break": "as_listed"}
    order = data.draw(st.permutations(range(election.ballots.voters)))
    winners = count(election, rule="equal_shares", **options).winners
    assert count(shuffled(election, order), rule="equal_shares", **options).winners == winners
    dearer = tuple(replace(one, cost=one.cost * 10**11) for one in election.projects)
    scaled = Election(dearer, election.budget * 10**11, election.ballots)
    assert count(scaled, rule="equal_shares", **options).winners == winners
    repeated = shuffled(election, [voter for voter in range(election.ballots.voters) for _ in range(times)])
    assert count(repeated, rule="equal_shares", **options).winners == winners


def test_nine_neighbours_share_nine_thousand_kroner() -> None:
    """The example of the method page. Each of nine has 1,000, and six pay 500 for p. Then l has five supporters: two
    have 500 left and give all, the other three share 2,500. Last comes b, whose four supporters have just enough."""
    payments = table("| neighbours | chose | paid for p | paid for l | paid for b | left |")
    prices = table("| bought in this order | price of it | effective votes |")
    costs = {key: int(cost) for key, cost, _ in sorted(prices)}
    votes = [(int(row[0]), row[1].replace(" ", "")) for row in payments]
    outcome = count(election_of(costs, votes, budget=9_000), rule="equal_shares", satisfaction="cost")
    assert outcome.winners == tuple(key for key, _, _ in prices) == ("p", "l", "b")
    effective = [1 / turn.price for turn in outcome.selection.turns if turn.price]
    assert effective == [Fraction(votes) for _, _, votes in prices] == [6, Fraction(42, 10), 4]
    assert [turn.paid_out.tolist() for turn in outcome.selection.turns] == [[], [1], [0]]
    for number, _, *paid, left in payments:
        assert sum(map(Fraction, paid)) + Fraction(left) == 1_000, number
    for place, (_, cost, _) in enumerate(prices):
        assert sum(int(row[0]) * Fraction(row[2 + place]) for row in payments) == int(cost)


def test_level_projects_are_named_and_go_by_the_order_of_ties() -> None:
    election = election_of({"c": 4, "a": 4, "b": 4}, [(2, "abc"), (1, "b"), (1, "c")], budget=8)
    outcome = count(election, rule="equal_shares", satisfaction="cardinality", tie_break="lexicographic")
    assert [(turn.project, turn.tied) for turn in outcome.selection.turns] == [(2, (0,))]
    by_list = count(election, rule="equal_shares", satisfaction="cardinality", tie_break="as_listed")
    assert [(turn.project, turn.tied) for turn in by_list.selection.turns] == [(0, (2,))]


def test_one_oere_of_a_million_billion_kroner_is_no_tie() -> None:
    """Two prices that no float can tell from each other, and which the order of ties would turn around."""
    huge = 10**17
    election = election_of({"a": huge + 1, "b": huge}, [(3, "a"), (3, "b")], budget=6 * huge)
    outcome = count(election, rule="equal_shares", satisfaction="cardinality", tie_break="as_listed")
    assert [(turn.project, turn.price, turn.tied) for turn in outcome.selection.turns] == [
        (1, Fraction(huge, 3), ()),
        (0, Fraction(huge + 1, 3), ()),
    ]


@given(data=st.data(), election=elections(with_constraints=True), increments=st.integers(0, 12))
@settings(max_examples=200, deadline=None)
def test_a_choice_holds_for_as_long_as_it_says(data: st.DataObject, election: Election, increments: int) -> None:
    """The room of a choice, of the scouting and of the exact run: the same winners at each start within it."""
    satisfaction = data.draw(satisfactions(election))
    case = Case(election, profile_of(election, satisfaction), satisfaction, "add1", tie_break_of(election, "as_listed"))
    ready = Shares(case)
    for found in (ready.choice(increments), ready.exact_choice(increments)):
        for more in range(min(found.room, 12) + 1):
            assert tuple(turn.project for turn in ready.turns(increments + more)) == found.winners


def test_a_trillion_kroner_in_oere_is_shared_exactly() -> None:
    """Budgets of 10^14 units and 150,000 voters: each price is that of one voter in 750, 750 times smaller."""
    voters = 150_000
    random = np.random.default_rng(5)
    costs = [int(cost) for cost in random.integers(10**12, 10**13, 12)]
    chosen = [sorted(random.choice(12, size=3, replace=False).tolist()) for _ in range(200)]
    rows = [chosen[voter % 200] for voter in range(voters)]
    projects = tuple(Project(f"p{place}", cost) for place, cost in enumerate(costs))
    election = Election(projects, 10**14, ballots_of(rows), scale=100)
    outcome = count(election, rule="equal_shares", satisfaction="cost")
    small = Election(projects, 10**14, ballots_of(chosen), scale=100)
    plain = equal_shares(small, "cost", "none", outcome.tie_break.ranks.tolist())
    assert [(turn.project, turn.price and turn.price * (voters // 200)) for turn in outcome.selection.turns] == [
        (one.project, one.price) for one in plain.rounds
    ]
