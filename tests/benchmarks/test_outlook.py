"""The ground of the outlook's backtest: nothing later is known, groups add up, and a demand that is missed is told."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

FOLDER = Path(__file__).resolve().parents[2] / "benchmarks"


@pytest.fixture
def backtest(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(FOLDER / "opinion_map")
    monkeypatch.syspath_prepend(FOLDER / "outlook")
    return importlib.import_module("backtest")


def case(backtest: ModuleType, *, came: float) -> object:
    """Three municipalities whose draws are 1,000 to 1,100 in every group; what came is the same in all."""
    draws = np.broadcast_to(np.linspace(1_000.0, 1_100.0, 101), (3, 7, 101))
    size = np.array([1_500.0, 1_900.0, 30_000.0])
    return backtest.Tested(2012, 5, draws, np.full((3, 7), came), size, np.array([True, True, False]))


def test_bands_errors_and_scores_by_hand(backtest: ModuleType) -> None:
    inside = case(backtest, came=1_000.0 + 15.0)
    assert [bool(inside.inside(level).all()) for level in (50, 80, 95)] == [False, True, True]
    # Width 80 and no miss; 80 and a miss of 10 - 5 times ten.
    assert inside.score() == pytest.approx(np.full((3, 7), 100 * 80 / 1_015))
    assert case(backtest, came=1_005.0).score() == pytest.approx(np.full((3, 7), 100 * (80 + 10 * 5) / 1_005))
    found = backtest.errors(case(backtest, came=1_000.0))
    assert (found["mean total"], found["bias 90+"], found["within 5 %"]) == pytest.approx((5.0, 5.0, 100.0))


def test_who_is_not_judged_is_in_no_class(backtest: ModuleType) -> None:
    classes = {name: int(here.sum()) for name, here in case(backtest, came=1_050.0).classes()}
    assert sum(classes.values()) == classes["under 2,000"] == 2


def test_bands_that_never_or_always_hold_are_told(backtest: ModuleType) -> None:
    for came, limit in ((500.0, "at least 70"), (1_050.0, "at most 90")):
        (claim,) = backtest.band_claims([case(backtest, came=came)])
        assert (claim.demanded, claim.holds) == (limit, False)


def test_groups_add_up_to_the_total(backtest: ModuleType) -> None:
    persons = np.random.default_rng(1).uniform(size=(4, 13))
    folded = backtest.folded(persons, groups=backtest.FOLDS)
    assert folded[:, 0] == pytest.approx(persons.sum(axis=1))
    assert folded[:, 1:].sum(axis=1) == pytest.approx(folded[:, 0])


def test_a_forecast_knows_nothing_later(
    backtest: ModuleType, shared_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    population, nation = backtest.municipalities(), backtest.national()
    vital = backtest.vital_at(nation, population, base=2012)
    before = backtest.estimate(backtest.history_at(population, base=2012, vital=vital), vital)
    at, year = population.years.index(2012) + 1, 2012 - nation.first
    population.persons[:, at:] = -1.0
    for name in ("mortality", "deaths", "exposed", "fertility", "births", "net"):
        getattr(nation, name)[year:] = np.nan
    vital = backtest.vital_at(nation, population, base=2012)
    after = backtest.estimate(backtest.history_at(population, base=2012, vital=vital), vital)
    for name in ("population", "mortality", "decline", "fertility", "out_moves", "share", "immigration", "level_sd"):
        assert np.array_equal(getattr(after, name), getattr(before, name)), name


def test_the_middle_path_from_2012_is_as_near_as_demanded(backtest: ModuleType, shared_data: Path) -> None:
    population = backtest.municipalities()
    assumed = backtest.assumptions_at(population, 2012)
    quiet = backtest.Noise(nation=False, place=False, people=False)
    run = backtest.simulate(assumed, years=5, draws=1, noise=quiet)
    draws = backtest.folded(run.persons[:, 5, :, 0].astype(float), groups=run.classes)[..., None]
    everybody = np.ones(len(population.places), dtype=bool)
    found = backtest.errors(
        backtest.Tested(2012, 5, draws, backtest.came(population, 2017), np.ones(len(everybody)), everybody)
    )
    assert {what: found[what] <= limit for what, limit in backtest.LIMITS[2012, 5].items()} == dict.fromkeys(
        ("mean total", "80-89", "90+"), True
    )
