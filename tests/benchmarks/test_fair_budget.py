"""The ground of the benchmarks of fair budgets: elections of the size that is told, and every way that is counted."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from samskap.engines.fair_budget.counting import count
from samskap.engines.fair_budget.rules import RULES

FOLDER = Path(__file__).resolve().parents[2] / "benchmarks"


@pytest.fixture
def cases(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(FOLDER / "opinion_map")
    monkeypatch.syspath_prepend(FOLDER / "fair_budget")
    return importlib.import_module("cases")


def test_a_made_up_election_has_the_approvals_that_are_told(cases: ModuleType) -> None:
    made = cases.made_up(1_000)
    assert (len(made.ballots.chosen), made.ballots.voters, len(made.projects)) == (1_000, 200, 100)
    ballots = made.ballots.chosen.reshape(200, 5)
    assert all(len(set(ballot)) == 5 for ballot in ballots.tolist())
    assert np.array_equal(made.ballots.chosen, cases.made_up(1_000).ballots.chosen)


def test_the_example_is_as_large_as_is_told(cases: ModuleType) -> None:
    example = cases.example()
    assert (len(example.projects), example.ballots.voters, example.budget) == (14, 600, 500_000)


def test_every_way_of_every_rule_is_counted(cases: ModuleType) -> None:
    example = cases.example()
    ways = cases.ways(example)
    assert {way.rule for way in ways} == set(RULES)
    assert {way.satisfaction for way in ways} == {"cost", "cardinality"}
    for way in ways:
        outcome = count(example, **way._asdict())
        assert outcome.winners
        assert outcome.cost <= example.budget


def test_the_rules_of_the_peer_are_rules_of_ours(cases: ModuleType) -> None:
    for way in cases.PEER_WAYS.values():
        assert way.satisfaction in RULES[way.rule].satisfactions
        assert way.completion in RULES[way.rule].completions
