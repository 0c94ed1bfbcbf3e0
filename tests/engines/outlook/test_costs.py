from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.outlook.small_world import accounts

from samskap.engines.outlook import NO_LEVERS, PARAMETERS, Levers, OutlookError
from samskap.engines.outlook.accounts import Books, books_of
from samskap.engines.outlook.costs import Costs, costs_of, phased, unit_costs
from samskap.engines.outlook.services import SERVICES

NOW = np.array([4100.0, 3900.0, 4000.0, 4000.0, 4600.0, 4000.0, 4000.0])
CARE, SCHOOL = SERVICES.index("care"), SERVICES.index("school")


def books() -> Books:
    return books_of(accounts(), PARAMETERS, need=NOW, users=NOW, people=4000.0)


def growing() -> np.ndarray:
    """Need that grows by 1 % a year in one draw, falls by 2 % in the other; 6 years."""
    path = np.stack([1.01 ** np.arange(7), 0.98 ** np.arange(7)], axis=1)
    return (NOW[:, None, None] * path).astype(np.float32)


def costs(levers: Levers = NO_LEVERS, *, actual: np.ndarray | None = None) -> Costs:
    known, whole = books(), growing()
    unit = unit_costs(known, PARAMETERS, levers, need=NOW, years=6)
    return costs_of(unit, known, whole=whole, actual=whole if actual is None else actual, users=whole)


def test_without_levers_everything_follows_need_and_nothing_is_chosen() -> None:
    found, path = costs(), growing() / NOW[:, None, None]
    assert found.kroner == pytest.approx(books().expenditure[:, None, None] * path, rel=1e-5)
    assert found.posts == pytest.approx(books().posts[:, None, None] * path, rel=1e-5)
    assert found.users == pytest.approx(books().users[:, None, None] * path, rel=1e-5)
    assert np.abs(found.chosen).max() < 1e-5 * books().expenditure.max()


def test_levers_on_cost_by_hand() -> None:
    """Care in year 5 of the first draw, phased in over 5 years: 10 % fewer users, 2 % cheaper, 1 % less work a year."""
    levers = Levers(coverage={"care": -10.0}, unit_cost=-2.0, productivity=1.0)
    found, need = costs(levers), 1.01**5
    work = need * 0.9 * 0.99**5
    assert found.posts[CARE, 5, 0] == pytest.approx(131.0 * work, rel=1e-5)
    assert found.kroner[CARE, 5, 0] == pytest.approx(122e6 * 0.98 * (0.75 * work + 0.25 * need * 0.9), rel=1e-5)
    assert found.users[CARE, 5, 0] == pytest.approx(240.0 * need * 0.9, rel=1e-5)
    assert found.users[SCHOOL, 5, 0] == pytest.approx(430.0 * need, rel=1e-5)
    assert found.must[CARE, 5, 0] == pytest.approx(122e6 * (need - 1), rel=1e-4)


@given(
    coverage=st.floats(-50, 50), unit=st.floats(-20, 20), work=st.floats(-1, 3), over=st.integers(0, 12),
    healthier=st.floats(0.8, 1.0),
)  # fmt: skip
def test_must_and_chosen_are_the_change_of_cost(
    coverage: float, unit: float, work: float, over: int, healthier: float
) -> None:
    levers = Levers(coverage={"care": coverage}, unit_cost=unit, productivity=work, phase_in_years=over)
    found = costs(levers, actual=(growing() * healthier).astype(np.float32))
    change = found.kroner - found.kroner[:, :1] * 0 - books().expenditure.astype(np.float32)[:, None, None]
    assert found.must + found.chosen == pytest.approx(change, abs=1e-6 * books().expenditure.max())
    assert found.must.tolist() == costs().must.tolist()


def test_levers_at_zero_are_the_base_bit_for_bit() -> None:
    none = Levers(coverage=dict.fromkeys(SERVICES, 0.0), phase_in_years=9)
    for name in ("users", "posts", "kroner", "must", "chosen"):
        assert getattr(costs(none), name).tobytes() == getattr(costs(), name).tobytes()


def test_a_service_that_costs_nothing_goes_on_so() -> None:
    known = books()
    empty = np.where(np.arange(7) == SCHOOL, 0.0, NOW)
    unit = unit_costs(known, PARAMETERS, NO_LEVERS, need=empty, years=6)
    need = (empty[:, None, None] * np.ones((7, 2))).astype(np.float32)
    found = costs_of(unit, known, whole=need, actual=need, users=need)
    assert np.isfinite([found.users, found.posts, found.kroner, found.must, found.chosen]).all()


def test_phases_rise_evenly() -> None:
    assert phased(4, over=2).tolist() == [0.0, 0.5, 1.0, 1.0, 1.0]
    assert phased(2, over=0).tolist() == [0.0, 1.0, 1.0]


def test_more_work_a_user_is_chosen_not_must() -> None:
    more = PARAMETERS.with_values({"more_work": 0.005})
    unit = unit_costs(books(), more, NO_LEVERS, need=NOW, years=6)
    assert unit.posts[CARE] / unit.posts[CARE, 0] == pytest.approx(1.005 ** np.arange(7))
    assert unit.posts[SCHOOL].tolist() == [unit.posts[SCHOOL, 0]] * 7


@pytest.mark.parametrize(
    ("levers", "sentence"),
    [
        (
            Levers(coverage={"roads": 5.0}),
            'The coverage of a service "roads" is changed, which is not known. Services: k',
        ),
        (Levers(coverage={"care": -120.0}), "The coverage of care is changed by -120 %. It can be from -100 to 500 %."),
        (Levers(healthy=120.0), "The lever healthy is changed by 120 %. It can be from 0 to 100 %."),
        (Levers(unit_cost=float("nan")), "The lever unit cost is changed by nan %."),
    ],
)
def test_levers_that_cannot_be_are_refused(levers: Levers, sentence: str) -> None:
    with pytest.raises(OutlookError) as caught:
        costs(levers)
    assert str(caught.value).startswith(sentence)
