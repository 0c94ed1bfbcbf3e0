"""Bounded overspending is its definition, and its worked example."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.fair_budget.elections import elections
from tests.engines.fair_budget.plain.overspending import bounded_overspending

from samskap.engines.fair_budget import Election, Satisfaction, count


def told(election: Election, rule: str, satisfaction: Satisfaction) -> list[tuple[int, Fraction | None, bool]]:
    outcome = count(election, rule=rule, satisfaction=satisfaction)
    return [(turn.project, turn.price, turn.how == "shared") for turn in outcome.selection.turns]


@pytest.mark.parametrize("plus", [False, True])
@given(election=elections(), satisfaction=st.sampled_from(["cost", "cardinality"]))
@settings(max_examples=1000, deadline=None)
def test_prices_and_winners_are_those_of_the_definition(
    plus: bool, election: Election, satisfaction: Satisfaction
) -> None:
    rule = "bounded_overspending_plus" if plus else "bounded_overspending"
    ranks = count(election, rule=rule, satisfaction=satisfaction).tie_break.ranks.tolist()
    assert told(election, rule, satisfaction) == bounded_overspending(election, satisfaction, ranks, plus=plus)
