from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskap.engines.outlook import OutlookError, gap_for_ever, gap_to_target

RATES = st.floats(-0.02, 0.06)
BALANCES = st.lists(st.floats(-0.1, 0.1), min_size=1, max_size=40)


def debt_after(balances: list[float], *, debt: float, rho: float, adjustment: float) -> float:
    """The slow twin: debt year by year."""
    for balance in balances:
        debt = (1 + rho) * debt - balance - adjustment
    return debt


def test_the_worked_gap(shared_data: Path) -> None:
    path = shared_data / "projections" / "worked" / "schedules_and_indicators.json"
    case = json.loads(path.read_text(encoding="utf-8"))["fiscal_gap"]
    balances = [0.028 - 0.0018 * year for year in range(1, case["horizon"] + 1)]
    found = gap_to_target(balances, debt=case["debt_ratio0"], target=case["target_debt_ratio"], rho=case["rho"])
    assert float(found) == pytest.approx(case["expected_permanent_adjustment"], abs=1e-13)


def test_the_gap_of_the_worked_example_without_the_file() -> None:
    balances = [0.028 - 0.0018 * year for year in range(1, 26)]
    assert float(gap_to_target(balances, debt=0.92, target=0.92, rho=0.01)) == pytest.approx(
        0.00366960969753, abs=1e-13
    )


@given(balances=BALANCES, debt=st.floats(0, 3), target=st.floats(0, 3), rho=RATES)
def test_the_adjustment_brings_debt_to_its_target(
    balances: list[float], debt: float, target: float, rho: float
) -> None:
    gap = float(gap_to_target(balances, debt=debt, target=target, rho=rho))
    assert debt_after(balances, debt=debt, rho=rho, adjustment=gap) == pytest.approx(target, abs=1e-8)


@given(balances=BALANCES, debt=st.floats(0, 3), rho=st.floats(0.01, 0.06))
def test_for_ever_is_a_very_long_time(balances: list[float], debt: float, rho: float) -> None:
    """The present worth of all balances with the adjustment is the debt: summed by brute force over 4,000 years."""
    gap = float(gap_for_ever(balances, debt=debt, rho=rho))
    years = np.arange(1, 4001)
    ahead = np.concatenate([balances, np.full(4000 - len(balances), balances[-1])]) + gap
    assert float(ahead @ (1 + rho) ** -years.astype(float)) == pytest.approx(debt, abs=1e-6)


def test_for_ever_without_growth_adjusted_interest_is_the_last_balance() -> None:
    assert float(gap_for_ever([0.02, -0.01], debt=1.0, rho=0.0)) == pytest.approx(0.01)
    assert float(gap_for_ever([0.02, -0.01], debt=1.0, rho=-0.01)) == pytest.approx(0.01)


def test_each_draw_has_its_own_gap() -> None:
    balances = np.array([[0.01, -0.02], [0.00, -0.03], [0.02, -0.01]])
    together = gap_to_target(balances, debt=[0.9, 0.5], target=[0.9, 0.4], rho=0.02)
    alone = [
        gap_to_target(balances[:, n], debt=d, target=t, rho=0.02) for n, (d, t) in enumerate([(0.9, 0.9), (0.5, 0.4)])
    ]
    assert together.tolist() == pytest.approx([float(value) for value in alone], rel=1e-12)
    ever = [gap_for_ever(balances[:, n], debt=d, rho=0.02) for n, d in enumerate([0.9, 0.5])]
    assert gap_for_ever(balances, debt=[0.9, 0.5], rho=0.02).tolist() == pytest.approx(
        [float(x) for x in ever], rel=1e-12
    )


def test_no_year_is_no_gap() -> None:
    with pytest.raises(OutlookError, match="There is no year to reckon a fiscal gap over"):
        gap_to_target([], debt=1.0, target=1.0, rho=0.01)
