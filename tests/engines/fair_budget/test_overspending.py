"""Bounded overspending is its definition, also where numbers become long."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.fair_budget.elections import election_of, elections, large_election
from tests.engines.fair_budget.plain.overspending import bounded_overspending

from samskap.engines.fair_budget import Election, Satisfaction, count, profile_of
from samskap.engines.fair_budget.auditing import audit
from samskap.engines.fair_budget.rules import bounded_overspending as rule_file
from samskap.engines.fair_budget.rules.bounded_overspending import MOST_BITS, rounded_price
from samskap.engines.fair_budget.rules.purses import Purses
from samskap.engines.fair_budget.supporters import Supporters, supporters_of
from samskap.formats.pabulib import election_of as election_in
from samskap.formats.pabulib import read_pabulib

RULES = {"bounded_overspending": False, "bounded_overspending_plus": True}


def told(election: Election, rule: str, satisfaction: Satisfaction) -> list[tuple[int, Fraction | None, bool]]:
    outcome = count(election, rule=rule, satisfaction=satisfaction)
    return [(turn.project, turn.price, turn.how == "shared") for turn in outcome.selection.turns]


@pytest.mark.parametrize("rule", RULES)
@given(election=elections(), satisfaction=st.sampled_from(["cost", "cardinality"]))
@settings(max_examples=200, deadline=None)
def test_winners_prices_and_help_are_those_of_the_definition(
    rule: str, election: Election, satisfaction: Satisfaction
) -> None:
    ranks = count(election, rule=rule, satisfaction=satisfaction).tie_break.ranks.tolist()
    assert told(election, rule, satisfaction) == bounded_overspending(election, satisfaction, ranks, plus=RULES[rule])


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("seed", range(3))
def test_long_numbers_are_those_of_the_definition(rule: str, seed: int) -> None:
    election = large_election(seed, projects=10, voters=40, kind="cumulative")
    found = told(election, rule, "points")
    assert found == bounded_overspending(election, "points", list(range(10)), plus=RULES[rule])
    assert any(not is_whole for _, _, is_whole in found)


def test_with_no_need_of_help_it_is_equal_shares() -> None:
    election = election_of({"a": 4, "b": 6}, [(4, "a"), (6, "b")], budget=10)
    shares = count(election, rule="equal_shares").selection.turns
    for rule in RULES:
        turns = count(election, rule=rule).selection.turns
        assert [(turn.project, turn.price, turn.how) for turn in turns] == [
            (turn.project, turn.price, turn.how) for turn in shares
        ]


def purses_of(start: Fraction) -> Purses:
    supporters = supporters_of(profile_of(election_of({"a": 1}, [(2, "a")], budget=3), "cost"), projects=1)
    assert isinstance(supporters, Supporters)
    return Purses(supporters, start=start)


def test_prices_are_rounded_up_only_where_digits_would_be_too_many() -> None:
    purses = purses_of(Fraction(3, 2))
    price = Fraction(1, 3 ** (MOST_BITS // 4))
    assert rounded_price(price, purses) == price
    purses.refine(2 ** (MOST_BITS // 2))
    long = Fraction(1, 3) + Fraction(1, 3 ** (MOST_BITS // 2))
    rounded = rounded_price(long, purses)
    assert 0 < rounded - long < Fraction(1, 2 ** (MOST_BITS // 2))
    assert purses.denominator % rounded.denominator == 0


@pytest.mark.parametrize("rule", RULES)
def test_rounded_prices_keep_every_promise(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    election = large_election(7, projects=16, voters=200)
    exact = count(election, rule=rule, satisfaction="cardinality")
    monkeypatch.setattr(rule_file, "MOST_BITS", 30)
    rounded = count(election, rule=rule, satisfaction="cardinality")
    assert rounded.winners == exact.winners
    before = [turn.price for turn in exact.selection.turns if turn.price is not None]
    after = [turn.price for turn in rounded.selection.turns if turn.price is not None]
    assert before != after
    assert [float(price) for price in after] == pytest.approx([float(price) for price in before], rel=1e-6)
    assert not [finding for finding in audit(rounded) if finding.is_broken]


def test_purses_are_paid_and_joined_exactly() -> None:
    election = election_of({"a": 5, "b": 5}, [(2, "a"), (2, "ab"), (1, "b"), (1, "")], budget=6)
    purses = Purses(supporters_of(profile_of(election, "cardinality"), projects=2), start=Fraction(1))
    assert purses.pay(0, Fraction(2, 3)).tolist() == []
    assert purses.pay(1, Fraction(1, 3)).tolist() == [1]
    money = [Fraction(purses.amounts[purse], purses.denominator) for purse in purses.of]
    assert money == [Fraction(1, 3), Fraction(0), Fraction(2, 3), Fraction(1)]
    assert purses.about.tolist() == [float(Fraction(amount, purses.denominator)) for amount in purses.amounts]
    assert [row.tolist() for row in (purses.backers(0).voters, purses.backers(0, broke=True).voters)] == [[2], [2, 2]]


def floats_only(election: Election, satisfaction: Satisfaction) -> tuple[str, ...]:
    """Every project looked at in every turn, in floats: enough where nothing is level."""
    profile = profile_of(election, satisfaction)
    supporters = supporters_of(profile, projects=len(election.projects))
    money = np.full(len(profile.weights), election.budget / len(profile.class_of))
    winners: list[int] = []
    left = election.budget
    while True:
        offers = {}
        for place, one in enumerate(election.projects):
            classes, utilities = supporters.of(place)
            if one.cost <= left and place not in winners and money[classes].max(initial=0) > 1e-6:
                offers[place] = _float_offer(one.cost, money[classes], utilities, profile.weights[classes])
        if not offers:
            return tuple(election.projects[place].key for place in winners)
        best = min(offers, key=lambda place: (round(offers[place][0], 12), election.projects[place].key))
        classes, utilities = supporters.of(best)
        money[classes] = np.maximum(money[classes] - offers[best][1] * utilities, 0)
        winners.append(best)
        left -= election.projects[best].cost


def _float_offer(
    cost: int, money: npt.NDArray[np.float64], utilities: npt.NDArray[np.int64], weights: npt.NDArray[np.int64]
) -> tuple[float, float]:
    levels = np.unique(money / utilities)
    levels = levels[levels > 0]
    paid = np.array([(weights * np.minimum(money, level * utilities)).sum() for level in levels])
    shares = paid / cost
    offers = [(level / share**2, level / share) for level, share in zip(levels, shares, strict=True) if share < 1]
    if shares[-1] >= 1 - 1e-12:
        level = float(np.interp(cost, np.append(0, paid), np.append(0, levels)))
        offers.append((level, level))
    return min(offers)


@pytest.mark.parametrize("satisfaction", ["cost", "cardinality"])
@pytest.mark.parametrize("name", ["France_Toulouse_2019.pb", "Poland_Wieliczka_2023_Green_Budget.pb"])
def test_real_elections_are_what_floats_find(name: str, satisfaction: Satisfaction, shared_data: Path) -> None:
    election = election_in(read_pabulib(shared_data / "budgets" / name))
    outcome = count(election, rule="bounded_overspending", satisfaction=satisfaction)
    assert outcome.winners == floats_only(election, satisfaction)
    assert not [finding for finding in audit(outcome) if finding.is_broken]
