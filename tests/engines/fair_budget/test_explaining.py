"""An explanation is the count, told: sums are prices, and what was missing is what would have been enough."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.engines.fair_budget.elections import ballots_of, election_of, elections
from tests.engines.fair_budget.village import village_count

from samskap.engines.fair_budget import RULES, Constraints, Election, ElectionError, Project, count
from samskap.engines.fair_budget.comparing import Comparison
from samskap.engines.fair_budget.covering import Coverage
from samskap.engines.fair_budget.explaining import Explanation, Round, Shares, explain
from samskap.engines.fair_budget.losing import Loser, Spent
from samskap.engines.fair_budget.needing import Lack
from samskap.engines.fair_budget.story import Lost, Story, Won, voter_story


def test_the_village_is_explained_as_by_hand() -> None:
    assert explain(village_count()) == Explanation(
        rounds=(
            Round(
                "1", "shared", 42_000, 6, (),
                price=Fraction(1, 6), effective_votes=Fraction(6),
                paid=Shares(Fraction(7_000), Fraction(7_000), Fraction(7_000)), paid_out=0,
                left=Fraction(18_000), overspent=Fraction(0),
            ),
            Round(
                "3", "shared", 30_000, 4, (),
                price=Fraction(3, 10), effective_votes=Fraction(10, 3),
                paid=Shares(Fraction(7_500), Fraction(3_000), Fraction(9_000)), paid_out=1,
                left=Fraction(3_000), overspent=Fraction(0),
            ),
        ),
        losers=(
            Loser(
                "2", 45_000, 5, "too_little_support", over_budget=27_000,
                money=Fraction(15_000), missing=Fraction(30_000), spent_on=(Spent(1, "1", Fraction(35_000)),),
                out_of_reach=1, lack=Lack(more_supporters=2, highest_cost=15_000),
            ),
        ),
        coverage=Coverage(9, 9, (9, 1, 0), Fraction(13, 18)),
        greedy=Comparison(("1", "2"), 87_000, ("3",), ("2",), better=4, worse=5, same=0),
        start=Fraction(10_000),
        left=Fraction(18_000),
    )  # fmt: skip


def test_a_resident_of_the_village_is_told_of_the_own_ballot() -> None:
    outcome = village_count()
    ten = Fraction(10_000)
    assert [voter_story(outcome, voter) for voter in (0, 5, 8)] == [
        Story((Won("1", 1, Fraction(7_000)),), (Lost("2", "too_little_support"),), ten, Fraction(3_000)),
        Story((Won("1", 1, Fraction(7_000)), Won("3", 2, Fraction(3_000))), (), ten, Fraction(0)),
        Story((Won("3", 2, Fraction(9_000)),), (), ten, Fraction(1_000)),
    ]
    with pytest.raises(ElectionError, match=r"There is no ballot number 9\."):
        voter_story(outcome, 9)


def test_without_money_in_the_rule_nothing_is_said_of_money() -> None:
    found = explain(village_count(rule="greedy", satisfaction="cardinality"))
    assert found.rounds == (Round("1", "voted", 42_000, 6, ()), Round("2", "voted", 45_000, 5, ()))
    assert found.losers == (Loser("3", 30_000, 4, "budget", over_budget=27_000),)
    assert (found.start, found.left) == (None, None)
    assert voter_story(village_count(rule="greedy", satisfaction="cardinality"), 5) == Story(
        (Won("1", 1, None),), (Lost("3", "budget"),)
    )


def test_what_is_filled_up_is_nobodys_money() -> None:
    election = election_of({"a": 6, "b": 5}, [(3, "a"), (2, "b")], budget=11)
    found = explain(count(election, completion="utilitarian"))
    assert [(one.project, one.how, one.paid) for one in found.rounds] == [
        ("a", "shared", Shares(Fraction(2), Fraction(2), Fraction(2))),
        ("b", "filled", None),
    ]


def test_every_reason_is_told() -> None:
    bounds = Constraints(minimum_support=2, exclusive=(("a", "b"),), requires=(("d", "c"), ("f", "e")))
    votes = [(9, "a"), (8, "b"), (7, "d"), (6, "f"), (1, "e"), (5, "g"), (2, "h")]
    costs = {"a": 9, "b": 8, "c": 30, "d": 7, "e": 1, "f": 6, "g": 40, "h": 3, "i": 1}
    election = election_of(costs, [*votes, (2, "c")], budget=40, constraints=bounds)
    found = explain(count(election))
    told = {one.project: (one.why, one.because) for one in found.losers}
    assert [one.project for one in found.rounds] == ["a"]
    assert told == {
        "b": ("exclusive", ("a",)),
        "c": ("too_little_support", ()),
        "d": ("requires", ("c",)),
        "e": ("minimum_support", ()),
        "f": ("requires", ("e",)),
        "g": ("too_little_support", ()),
        "h": ("too_little_support", ()),
        "i": ("minimum_support", ()),
    }
    free = replace(election, constraints=Constraints())
    assert [one.why for one in explain(count(free)).losers if one.project == "i"] == ["no_votes"]


def test_districts_are_explained_one_by_one() -> None:
    election = Election(
        projects=(
            Project("n1", 10, district="N"), Project("n2", 90, district="N"), Project("s1", 8, district="S"),
            Project("x", 6),
        ),
        budget=30,
        ballots=ballots_of([[0, 1], [0, 3], [2], [1], []]),
        constraints=Constraints(district_budgets=(("N", 12), ("S", 9))),
    )  # fmt: skip
    outcome = count(election)
    found = explain(outcome)
    assert [name for name, _ in found.areas] == ["N", "S", ""]
    assert [one.project for one in found.rounds] == ["s1", "x"]
    assert [(one.project, one.why, one.missing) for one in found.losers] == [
        ("n1", "too_little_support", 2), ("n2", "too_little_support", 82),
    ]  # fmt: skip
    assert (found.start, found.coverage.at_least) == (None, (2, 0, 0))
    story = voter_story(outcome, 1)
    assert story == Story(
        won=(Won("x", 2, Fraction(6)),),
        lost=(Lost("n1", "too_little_support"),),
        areas=(
            ("N", Story((), (Lost("n1", "too_little_support"),), Fraction(4), Fraction(4))),
            ("", Story((Won("x", 1, Fraction(6)),), (), Fraction(9), Fraction(3))),
        ),
    )
    assert voter_story(outcome, 4) == Story((), ())


def test_rounds_are_numbered_through_where_districts_are_counted_one_by_one() -> None:
    projects = (
        Project("n1", 2, district="N"), Project("s1", 4, district="S"), Project("s2", 9, district="S"),
    )  # fmt: skip
    election = Election(
        projects,
        budget=20,
        ballots=ballots_of([[0], [1, 2], [1]]),
        constraints=Constraints(district_budgets=(("N", 4), ("S", 12))),
    )
    (loser,) = explain(count(election)).losers
    assert [(spent.round, spent.project, spent.amount) for spent in loser.spent_on] == [(2, "s1", 2)]
    assert loser.out_of_reach == 0
    assert voter_story(count(election), 1).won == (Won("s1", 2, Fraction(2)),)


@pytest.mark.parametrize("rule", RULES)
@given(election=elections(with_constraints=True), completion=st.integers(0, 4))
@settings(max_examples=30, deadline=None)
def test_all_money_is_accounted_for(rule: str, election: Election, completion: int) -> None:
    one = RULES[rule]
    try:
        outcome = count(election, rule=rule, completion=one.completions[completion % len(one.completions)])
    except ElectionError:
        assume(False)
    found = explain(outcome)
    keys = [each.project for each in (*found.rounds, *found.losers)]
    assert sorted(keys) == sorted(each.key for each in election.projects)
    assert [each.project for each in found.rounds] == list(outcome.winners)
    paid = [each for each in found.rounds if each.paid]
    for each in paid:
        assert each.paid
        assert each.overspent is not None
        assert each.paid_out is not None
        assert each.paid.average * each.supporters + each.overspent == each.cost
        assert each.paid.least <= each.paid.average <= each.paid.most
        assert (each.overspent > 0) == (each.how == "overspent")
    if found.start is not None and found.left is not None:
        everyone = found.start * election.ballots.voters
        assert sum(each.cost - (each.overspent or 0) for each in paid) + found.left == everyone
        for each in found.losers:
            if each.money is not None:
                assert each.money + sum(spent.amount for spent in each.spent_on) == found.start * each.votes
    stories = [voter_story(outcome, voter) for voter in range(election.ballots.voters)]
    if found.rounds and paid and len(paid) == len(found.rounds):
        for each in paid:
            own = [won.paid or 0 for story in stories for won in story.won if won.project == each.project]
            assert sum(own) == each.cost - (each.overspent or 0)
            assert len(own) == each.supporters
    assert sum(len(story.won) >= 1 for story in stories) == found.coverage.at_least[0]


# What would have been enough


@st.composite
def with_whole_shares(draw: st.DrawFn) -> Election:
    """Elections of approval or points in which every voter begins with a whole number."""
    election = draw(elections(kinds=("approval", "scoring")))
    budget = election.budget * election.ballots.voters
    projects = tuple(replace(one, cost=one.cost * draw(st.integers(1, 6))) for one in election.projects)
    assume(min(one.cost for one in projects) <= budget)
    return replace(election, projects=projects, budget=budget)


def with_more_voters(election: Election, place: int, *, number: int, points: int) -> Election:
    """So many more who choose only this project, each with the money that the others have."""
    ballots, share = election.ballots, election.budget // election.ballots.voters
    rows = [ballots.chosen[a:b].tolist() for a, b in pairwise(ballots.starts)]
    given = None
    if ballots.points is not None:
        given = [ballots.points[a:b].tolist() for a, b in pairwise(ballots.starts)]
        given += [[points]] * number
    more = ballots_of([*rows, *[[place]] * number], kind=ballots.kind, points=given)
    return replace(election, budget=election.budget + number * share, ballots=more)


@given(election=with_whole_shares(), satisfaction=st.sampled_from(["cost", "cardinality", "points"]))
@settings(max_examples=100, deadline=None)
def test_the_supporters_that_were_lacking_make_it_win_and_one_fewer_does_not(
    election: Election, satisfaction: str
) -> None:
    assume(satisfaction != "points" or election.ballots.points is not None)
    outcome = count(election, satisfaction=satisfaction)
    for loser in explain(outcome).losers:
        if loser.lack is None:
            continue
        place = election.places[loser.project]
        keenest = 1
        if election.ballots.points is not None:
            keenest = int(election.ballots.points[election.ballots.chosen == place].max())
        for number in (loser.lack.more_supporters, loser.lack.more_supporters - 1):
            more = with_more_voters(election, place, number=number, points=keenest)
            winners = count(more, satisfaction=satisfaction).winners
            assert (loser.project in winners) == (number == loser.lack.more_supporters)


@given(election=with_whole_shares(), satisfaction=st.sampled_from(["cost", "cardinality", "points"]))
@settings(max_examples=100, deadline=None)
def test_at_the_highest_price_it_wins_and_above_it_does_not(election: Election, satisfaction: str) -> None:
    assume(satisfaction != "points" or election.ballots.points is not None)
    outcome = count(election, satisfaction=satisfaction)
    for loser in explain(outcome).losers:
        if loser.lack is None:
            continue
        place, highest = election.places[loser.project], loser.lack.highest_cost
        assert 0 <= highest < loser.cost
        for cost in {highest, highest + 1} - {0}:
            projects = list(election.projects)
            projects[place] = replace(projects[place], cost=cost)
            winners = count(replace(election, projects=tuple(projects)), satisfaction=satisfaction).winners
            assert (loser.project in winners) == (cost == highest)


@given(election=with_whole_shares())
@settings(max_examples=50, deadline=None)
def test_with_the_money_that_was_missing_it_could_be_paid(election: Election) -> None:
    found = explain(count(election))
    for loser in found.losers:
        if loser.why == "too_little_support" and loser.money is not None and loser.missing is not None:
            assert (loser.missing > 0, loser.money + loser.missing) == (True, loser.cost)


@pytest.mark.parametrize("file", ["Poland_Wieliczka_2023_Green_Budget.pb", "Hungary_Veszprem_2025.pb"])
def test_in_a_real_election_the_answers_hold_too(file: str, shared_data: Path) -> None:
    from samskap.formats.pabulib import election_of as election_in
    from samskap.formats.pabulib import read_pabulib

    election = election_in(read_pabulib(shared_data / "budgets" / file, mode="lenient"))
    outcome = count(election)
    found = explain(outcome)
    tried = [one for one in found.losers if one.lack][:6]
    assert len(tried) == 6
    for loser in tried:
        place, lack = election.places[loser.project], loser.lack
        for cost in (lack.highest_cost, lack.highest_cost + 1):
            projects = list(election.projects)
            projects[place] = replace(projects[place], cost=cost)
            winners = count(replace(election, projects=tuple(projects))).winners
            assert (loser.project in winners) == (cost == lack.highest_cost)
