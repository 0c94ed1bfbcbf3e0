"""The ledger is what the terms of the turns mean, voter by voter."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.fair_budget.elections import elections
from tests.engines.fair_budget.village import village_count

from samskap.engines.fair_budget import RULES, Election, ElectionError, Outcome, count
from samskap.engines.fair_budget.ledger import PAID, Ledger, flows_of, ledger_of
from samskap.engines.fair_budget.supporters import Supporters, exact_dot, supporters_of


def books(outcome: Outcome) -> tuple[Ledger | None, Supporters]:
    supporters = supporters_of(outcome.profile, projects=len(outcome.election.projects))
    return ledger_of(outcome.selection, supporters), supporters


def payments(outcome: Outcome) -> Iterator[dict[int, Fraction]]:
    """The slow twin: every voter's money turn by turn, and what each supporter pays."""
    profile, start = outcome.profile, outcome.selection.start
    worth = [
        dict(zip(profile.projects[first:end].tolist(), profile.utilities[first:end].tolist(), strict=True))
        for first, end in pairwise(profile.starts)
    ]
    voters = profile.class_of.tolist()
    money = dict.fromkeys(range(len(voters)), start or Fraction(0))
    now = Fraction(0)
    for turn in outcome.selection.turns:
        paid: dict[int, Fraction] = {}
        if turn.how in PAID and turn.price is not None:
            if turn.how == "loaded":
                money = {voter: amount + turn.price - now for voter, amount in money.items()}
                now = turn.price
            for voter, of_class in enumerate(voters):
                if turn.project in worth[of_class]:
                    full = money[voter] if turn.how == "loaded" else turn.price * worth[of_class][turn.project]
                    paid[voter] = min(money[voter], full)
                    money[voter] -= paid[voter]
        yield paid
    yield money


def outcomes(election: Election, rule: str, satisfaction: int, completion: int) -> Outcome:
    """Some outcome of this rule; which of its satisfactions and completions, by number."""
    one = RULES[rule]
    wanted = one.satisfactions[satisfaction % len(one.satisfactions)]
    try:
        return count(
            election, rule=rule, satisfaction=wanted, completion=one.completions[completion % len(one.completions)]
        )
    except ElectionError:
        return count(election, rule=rule, satisfaction="cost")


def test_the_village_pays_what_can_be_worked_out_by_hand() -> None:
    ledger, supporters = books(village_count())
    assert ledger is not None
    paid = [
        {int(one): ledger.money(amount) for one, amount in zip(payment.classes, payment.amounts(), strict=True)}
        for payment in ledger.payments
    ]
    # Classes stand in the order of their first voter: five with 1 and 2, one with 1 and 3, three with 3.
    assert paid == [{0: 7_000, 1: 7_000}, {1: 3_000, 2: 9_000}]
    assert [ledger.money(amount) for amount in ledger.left] == [3_000, 0, 1_000]
    assert [ledger.paid(turn) for turn in range(2)] == [42_000, 30_000]
    flows = flows_of(ledger, supporters)
    assert [[ledger.money(amount) for amount in row] for row in flows.spent] == [
        [42_000, 35_000, 7_000],
        [3_000, 0, 30_000],
    ]
    assert [ledger.money(amount) for amount in flows.left] == [15_000, 15_000, 3_000]


@pytest.mark.parametrize("rule", RULES)
@given(election=elections(), satisfaction=st.integers(0, 3), completion=st.integers(0, 4))
@settings(max_examples=40, deadline=None)
def test_every_voter_pays_what_the_twin_says(rule: str, election: Election, satisfaction: int, completion: int) -> None:
    outcome = outcomes(election, rule, satisfaction, completion)
    ledger, supporters = books(outcome)
    *paid, left = payments(outcome)
    if ledger is None:
        assert not any(any(row.values()) for row in paid)
        return
    class_of = outcome.profile.class_of.tolist()
    assert [ledger.money(ledger.left[one]) for one in class_of] == [left[voter] for voter in range(len(class_of))]
    for turn, row in enumerate(paid):
        assert {voter: ledger.paid_by(one, turn=turn) for voter, one in enumerate(class_of) if voter in row} == row
        assert ledger.paid(turn) == sum(row.values())
    flows = flows_of(ledger, supporters)
    for place in range(supporters.projects):
        own = [voter for voter, one in enumerate(class_of) if one in supporters.of(place)[0]]
        assert ledger.money(flows.left[place]) == sum(left[voter] for voter in own)
        spent = [ledger.money(amount) for amount in flows.spent[:, place]]
        assert spent == [sum(row.get(voter, 0) for voter in own) for row in paid]


def test_sums_that_64_bits_cannot_hold_are_exact() -> None:
    import numpy as np

    weights, utilities = np.array([10**7, 3], dtype=np.int64), np.array([10**13, 10**13 + 1], dtype=np.int64)
    assert exact_dot(weights, utilities) == 10**20 + 3 * 10**13 + 3
    assert exact_dot(weights[:0], utilities[:0]) == 0
