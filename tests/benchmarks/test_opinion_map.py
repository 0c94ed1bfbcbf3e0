"""The ground of the benchmarks: worlds whose truth is known, and demands that fail loudly."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

FOLDER = Path(__file__).resolve().parents[2] / "benchmarks" / "opinion_map"


@pytest.fixture
def worlds(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(FOLDER)
    return importlib.import_module("worlds")


@pytest.fixture
def measuring(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    monkeypatch.syspath_prepend(FOLDER)
    module = importlib.import_module("measuring")
    monkeypatch.setattr(module, "RESULTS", tmp_path)
    return module


def test_planted_groups_and_sectors_have_the_shares_of_the_plan(worlds: ModuleType) -> None:
    truth = worlds.planted(worlds.Plan(people=1_000, votes_each=5)).truth
    assert np.bincount(truth.group).tolist() == [550, 300, 150]
    assert np.bincount(truth.sector).tolist() == [600, 280, 120]


def test_planted_votes_agree_as_often_as_the_chances_say(worlds: ModuleType) -> None:
    plan = worlds.Plan(people=6_000, statements=20, votes_each=20, own=0.0)
    world = worlds.planted(plan)
    truth = world.truth
    for group in range(3):
        chosen = truth.group[world.rows] == group
        answered = np.bincount(world.columns[chosen], minlength=20)
        agreed = np.bincount(world.columns[chosen], weights=world.values[chosen] == 1, minlength=20)
        expected = np.asarray(plan.sectors) @ truth.chances[group]
        assert np.abs(agreed / answered - expected).max() < 0.07


def test_everybody_answers_different_statements(worlds: ModuleType) -> None:
    for leaning in (0.0, 0.6):
        world = worlds.planted(worlds.Plan(people=300, statements=40, votes_each=15, leaning=leaning))
        assert len(np.unique(world.rows * 40 + world.columns)) == world.count == 300 * 15


def test_shuffled_votes_keep_who_answered_what_and_each_statements_answers(worlds: ModuleType) -> None:
    world = worlds.planted(worlds.Plan(people=200, statements=30, votes_each=10))
    mixed = worlds.shuffled(world, seed=3)
    assert np.array_equal(mixed.rows, world.rows)
    assert np.array_equal(mixed.columns, world.columns)
    answers = [
        np.bincount(one.columns * 3 + one.values + 1, minlength=90).reshape(30, 3).tolist() for one in (world, mixed)
    ]
    assert answers[0] == answers[1]
    assert not np.array_equal(mixed.values, world.values)


def test_careless_and_coordinated_people_are_in_no_planted_group(worlds: ModuleType) -> None:
    world = worlds.planted(worlds.Plan(people=2_000, votes_each=10, careless=0.05, coordinated=0.05))
    share = float(np.mean(world.truth.group == -1))
    assert 0.08 < share < 0.12


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [([0, 0, 1, 1], [5, 5, 2, 2], 1.0), ([0, 0, 1, 1], [0, 1, 0, 1], -0.5), ([0, 0, 0], [1, 1, 1], 1.0)],
)
def test_adjusted_rand_index(worlds: ModuleType, one: list[int], other: list[int], expected: float) -> None:
    assert worlds.adjusted_rand(np.array(one), np.array(other)) == pytest.approx(expected)


def test_a_world_survives_being_written(worlds: ModuleType, tmp_path: Path) -> None:
    world = worlds.planted(worlds.Plan(people=50, statements=20, votes_each=5))
    worlds.save(world, tmp_path / "world.npz")
    read, strata = worlds.load(str(tmp_path / "world.npz"))
    assert (read.people, read.statements, strata) == (50, 20, worlds.sectors_of(world))
    assert np.array_equal(read.values, world.values)


def test_a_demand_that_is_not_met_fails_the_benchmark_and_is_written(
    measuring: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    met, missed = measuring.at_most("fast", 1.0, 2.0, unit="s"), measuring.at_least("good", 0.5, 0.9)
    assert measuring.publish("one", claims=[met]) == 0
    assert measuring.publish("two", claims=[met, missed]) == 1
    written = json.loads((tmp_path / "two.json").read_text())
    assert [claim["holds"] for claim in written["claims"]] == [True, False]
    assert sorted(written) == ["claims", "command", "date", "machine", "name", "notes", "tables", "versions"]
    assert "NO" in capsys.readouterr().out
