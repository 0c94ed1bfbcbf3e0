"""Phragmén's rule buys when the twin with a clock for every voter does."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.engines.fair_budget.elections import election_of, large_election
from tests.engines.fair_budget.plain.phragmen import phragmen

from samskap.engines.fair_budget import Election, count
from samskap.engines.fair_budget.auditing import audit


def told(election: Election) -> list[tuple[int, Fraction | None]]:
    return [(turn.project, turn.price) for turn in count(election, rule="phragmen").selection.turns]


@pytest.mark.parametrize("seed", range(5))
def test_purchases_and_times_are_those_of_the_twin(seed: int) -> None:
    election = large_election(seed, projects=40, voters=150)
    assert told(election) == phragmen(election, list(range(40)))
    assert not [finding for finding in audit(count(election, rule="phragmen")) if finding.is_broken]


def test_a_purchase_that_does_not_fit_ends_the_count_for_those_level_with_it() -> None:
    """All could be bought at time 3; after a, b would fit, but c is level with it and does not."""
    votes = [(2, "a"), (1, "b"), (2, "c")]
    assert told(election_of({"a": 6, "b": 3, "c": 6}, votes, budget=11)) == [(0, Fraction(3))]
    assert told(election_of({"a": 6, "b": 3, "c": 6}, votes, budget=12)) == [(0, Fraction(3)), (1, Fraction(3))]


def test_times_that_floats_cannot_tell_apart_are_told_apart() -> None:
    """The prices differ by one in 10^15, and the dearer project is first in the order of ties."""
    money = 10**15
    election = election_of({"a": money + 1, "b": money}, [(3, "a"), (3, "b")], budget=2 * money)
    assert told(election)[0] == (1, Fraction(money, 3))
    shifted = election_of({"a": 10**17 + 1, "b": 10**17}, [(3, "a"), (3, "b")], budget=10**17)
    assert told(shifted) == [(1, Fraction(10**17, 3))]
