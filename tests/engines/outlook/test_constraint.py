from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from samskap.engines.outlook import FOLDS, ConstraintError, Projection, constrained, rake

SEED = [[12.0, 7.0, 3.0], [4.0, 15.0, 9.0]]


def test_the_worked_raking(shared_data: Path) -> None:
    path = shared_data / "projections" / "worked" / "schedules_and_indicators.json"
    case = json.loads(path.read_text(encoding="utf-8"))["raking"]
    found = rake(case["seed"], rows=case["row_totals"], columns=case["col_totals"])
    assert found == pytest.approx(np.array(case["expected"]), abs=1e-8)


def test_raked_flows_meet_both_margins_and_keep_their_odds() -> None:
    found = rake(SEED, rows=[25, 25], columns=[20, 19, 11])
    assert found.sum(axis=1) == pytest.approx([25, 25], rel=1e-9)
    assert found.sum(axis=0) == pytest.approx([20, 19, 11], rel=1e-9)
    odds = found[0, 0] * found[1, 1] / (found[0, 1] * found[1, 0])
    assert odds == pytest.approx(12.0 * 15.0 / (7.0 * 4.0), rel=1e-7)


def test_one_margin_is_one_scaling() -> None:
    assert rake(SEED, rows=[44, 14]).tolist() == [[24.0, 14.0, 6.0], [2.0, 7.5, 4.5]]
    assert rake(SEED, columns=[8, 44, 24]).tolist() == [[6.0, 14.0, 6.0], [2.0, 30.0, 18.0]]


@settings(max_examples=50)
@given(
    flows=arrays(np.float64, (4, 3), elements=st.floats(0.5, 100)),
    goal=arrays(np.float64, (4, 3), elements=st.floats(1, 100)),
)
def test_any_positive_flows_meet_margins_of_one_table(flows: np.ndarray, goal: np.ndarray) -> None:
    found = rake(flows, rows=goal.sum(axis=1), columns=goal.sum(axis=0))
    assert found.sum(axis=1) == pytest.approx(goal.sum(axis=1), rel=1e-8)
    assert found.sum(axis=0) == pytest.approx(goal.sum(axis=0), rel=1e-8)
    assert (found > 0).all()


@pytest.mark.parametrize(
    ("flows", "margins", "sentence"),
    [
        (SEED, {"rows": [25, 25], "columns": [20, 19, 12]}, "Rows are to add up to 50 and columns to 51."),
        (SEED, {"rows": [25, 25, 1]}, "A margin of 3 numbers is given for 2 of them."),
        ([[0.0, 0.0], [1.0, 2.0]], {"rows": [3, 3]}, "A total above 0 is asked for where all flows are 0."),
        ([[-1.0, 2.0]], {"rows": [1]}, "Flows to be raked are a table of numbers, none negative."),
        ([[1.0, 0.0], [0.0, 1.0]], {"rows": [1, 3], "columns": [3, 1]}, "The flows cannot meet both margins."),
    ],
)
def test_margins_that_cannot_be_met_are_refused(flows: Any, margins: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ConstraintError) as caught:
        rake(flows, **margins)
    assert caught.value.message == sentence


GROUPS = {(0, 19): (900.0, 800.0), (20, 66): (2400.0, 2500.0), (67, 120): (800.0, 1000.0)}
OFFICIAL = Projection("SSB 2026, MMMM", "9901", (2028, 2030), GROUPS)


def people(*, classes: int = 121) -> np.ndarray:
    chance = np.random.default_rng(7)
    return chance.gamma(50.0, 0.7, size=(6, classes, 101)).astype(np.float32)


def test_the_middle_of_each_group_is_the_official_figure_and_the_spread_stays() -> None:
    ours = people()
    fitted = constrained(ours, OFFICIAL, base_year=2026)
    for (first, last), persons in GROUPS.items():
        before, after = (values[:, first : last + 1].sum(axis=1) for values in (ours, fitted))
        assert np.median(after[2], axis=-1) == pytest.approx(persons[0], rel=1e-4)
        assert np.median(after[4], axis=-1) == pytest.approx(persons[1], rel=1e-4)
        assert after / np.median(after, axis=-1)[:, None] == pytest.approx(
            before / np.median(before, axis=-1)[:, None], rel=1e-4
        )
        factor = np.median(after, axis=-1) / np.median(before, axis=-1)
        assert factor[1] == pytest.approx((1.0 + factor[2]) / 2, rel=1e-4)
        assert factor[3] == pytest.approx((factor[2] + factor[4]) / 2, rel=1e-4)
        assert factor[5] == pytest.approx(factor[4], rel=1e-4)
    assert fitted[0].tolist() == ours[0].tolist()


def test_folds_are_fitted_as_well_where_groups_do_not_cut_them() -> None:
    fitted = constrained(
        people(classes=13), _folds({(0, 12): (90.0,), (13, 120): (300.0,)}), base_year=2026, classes=FOLDS
    )
    assert np.median(fitted[2, :3].sum(axis=0)) == pytest.approx(90.0, rel=1e-4)
    with pytest.raises(ConstraintError, match="Ages 0 to 50 of the projection are cut"):
        constrained(people(classes=13), _folds({(0, 50): (1.0,), (51, 120): (1.0,)}), base_year=2026, classes=FOLDS)


def _folds(groups: dict[tuple[int, int], tuple[float, ...]]) -> Projection:
    return Projection("SSB 2026, MMMM", "9901", (2028,), groups)


@pytest.mark.parametrize(
    ("projection", "sentence"),
    [
        (
            Projection("E", "P", (2028,), {(0, 66): (1.0,), (60, 120): (1.0,)}),
            "The groups of the projection E cover age 60 2 times.",
        ),
        (Projection("E", "P", (2028,), {(0, 66): (1.0,)}), "The groups of the projection E cover age 67 0 times."),
        (Projection("E", "P", (2020, 2060), {(0, 120): (1.0, 1.0)}), "The projection E has no year from 2027 to 2031."),
        (
            Projection("E", "P", (2028,), {(0, 120): (-1.0,)}),
            "The projection E of P has no proper figures for ages 0 to 120.",
        ),
    ],
)
def test_a_projection_that_cannot_be_used_is_refused(projection: Projection, sentence: str) -> None:
    with pytest.raises(ConstraintError) as caught:
        constrained(people(), projection, base_year=2026)
    assert caught.value.message == sentence
