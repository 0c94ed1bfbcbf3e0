from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, fields, is_dataclass, replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.outlook.small_world import accounts, assumptions

from samskap.engines.outlook import (
    FOLDS,
    NO_LEVERS,
    PARAMETERS,
    REPORTED,
    SERVICES,
    Ageing,
    Band,
    ConstraintError,
    Effect,
    Initiative,
    Levers,
    Outlook,
    OutlookDraws,
    OutlookError,
    Projection,
    Simulation,
    compare,
    explain,
    look_ahead,
    look_at,
    simulate,
)

WORLD = assumptions()
YEARS, DRAWS, SEED = 8, 120, 11
SIZE = {"years": YEARS, "draws": DRAWS, "seed": SEED}
DAY_CENTRE = Initiative("day centre", 2028, (Effect("care", users=(0.1, 0.03)),), yearly_nok=1.5e6, setup_nok=3e6)
SENSORS = Initiative("sensors", 2028, (Effect("care", posts=(0.05, 0.02)),), is_cash=False, yearly_nok=4e5)


@cache
def run(levers: Callable[[], Levers] = lambda: NO_LEVERS) -> Simulation:
    return simulate(WORLD, **SIZE, places=("9901",), classes=None, levers=levers())


@cache
def base() -> tuple[Outlook, OutlookDraws]:
    return look_at(run(), WORLD, place="9901", accounts=accounts())


def looked(levers: Levers = NO_LEVERS, **how: Any) -> tuple[Outlook, OutlookDraws]:
    return look_at(run(), WORLD, place="9901", **{"accounts": accounts(), "levers": levers, "base": base()[1]} | how)


def bands(value: Any, name: str = "") -> Iterator[tuple[str, Band]]:
    """All bands of an outlook with the names of where they stand."""
    if isinstance(value, Band):
        yield name, value
    elif is_dataclass(value):
        for field in fields(value):
            yield from bands(getattr(value, field.name), f"{name}.{field.name}")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from bands(item, f"{name}.{key}")
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from bands(item, f"{name}.{number}")


def test_the_outlook_says_what_it_is_of() -> None:
    outlook, _ = base()
    assert (outlook.place, outlook.base_year, outlook.draws, outlook.seed) == ("9901", 2026, DRAWS, SEED)
    assert outlook.years == tuple(range(2026, 2035))
    assert outlook.engine_version == "outlook 1.0"
    assert [row.place for row in outlook.estimates] == ["9901"]
    assert (outlook.constrained_to, outlook.unconstrained, outlook.closing, outlook.estimated) == ("", None, None, ())
    assert [path.key for path in outlook.services] == list(SERVICES)
    assert [path.unit for path in outlook.services] == [
        "children", "pupils", "recipients", "recipients", "recipients", "recipients", "recipients",
    ]  # fmt: skip


def test_every_band_has_a_number_a_year_and_is_in_order() -> None:
    outlook, _ = base()
    events = {".births", ".deaths", ".net_moves"}
    seen = dict(bands(outlook))
    assert len(seen) == 1 + 7 + 3 + 1 + 7 * 5 + 3 + 14
    for name, band in seen.items():
        rows = np.array([band.p2_5, band.p10, band.p25, band.p50, band.p75, band.p90, band.p97_5])
        assert rows.shape == (7, YEARS if name in events else YEARS + 1), name
        assert (np.diff(rows, axis=0) >= 0).all(), name


def test_the_base_year_is_what_is_known() -> None:
    outlook, _ = base()
    known = accounts()
    assert outlook.money is not None
    now = {name: (band.mean[0], band.p2_5[0], band.p97_5[0]) for name, band in bands(outlook.money)}
    money = {
        ".revenue": 410e6, ".net_result": 6e6, ".room": 6e6 - 7.175e6, ".debt": 450e6, ".free_funds": 40e6,
        ".must": 0, ".chosen": 0, ".accumulated": 0, ".net_result_share": 100 * 6 / 410,
        ".room_posts": -1.175e6 / 850_000, ".room_a_head": -1.175e6 / 4000,
    }  # fmt: skip
    assert {name: now[name] for name in money} == {
        name: pytest.approx((value,) * 3, rel=1e-4, abs=60) for name, value in money.items()
    }
    for path in outlook.services:
        found = (path.kroner.mean[0], path.posts.mean[0], path.users.mean[0], path.must.mean[0], path.chosen.mean[0])
        expected = (known.expenditure[path.key], known.posts[path.key], known.users[path.key], 0, 0)
        assert found == pytest.approx(expected, rel=1e-5, abs=20)
    assert outlook.population.p10[0] == pytest.approx(4000, rel=1e-6)


def test_bands_of_sums_are_of_draws_of_the_sum() -> None:
    outlook, draws = base()
    assert outlook.posts.p90 == pytest.approx(np.quantile(draws.posts.sum(axis=0), 0.9, axis=1), rel=1e-5)
    sums = sum(np.array(path.posts.p90) for path in outlook.services)
    assert (sums[1:] > np.array(outlook.posts.p90)[1:]).all()
    assert outlook.population.mean == pytest.approx(draws.persons[0].mean(axis=1), rel=1e-6)
    groups = dict(zip(REPORTED, draws.persons[1:], strict=True))
    assert outlook.groups["80+"].p50 == pytest.approx(np.median(groups["80+"], axis=1), rel=1e-5)
    ratio = np.median(groups["16-66"] / groups["80+"], axis=1)
    assert outlook.support_ratio.p50 == pytest.approx(ratio, rel=1e-5)
    assert draws.persons[0] == pytest.approx(run().persons[0].sum(axis=1), rel=1e-5)
    assert groups["80-89"] + groups["90+"] == pytest.approx(groups["80+"], rel=1e-4)


def test_the_chance_that_room_is_negative_is_counted() -> None:
    outlook, draws = base()
    assert outlook.money is not None
    assert draws.room is not None
    chance = (draws.room < 0).mean(axis=1)
    assert outlook.money.chance_negative == pytest.approx(chance)
    likely = [year for year, share in zip(outlook.years, chance, strict=True) if share > 0.5]
    assert outlook.money.first_likely_negative == (likely[0] if likely else None)
    poor, _ = looked(accounts=replace(accounts(), net_result=-14e6))
    assert poor.money is not None
    assert (poor.money.first_likely_negative, poor.money.funds_last) == (2026, 2029)
    rich, _ = looked(accounts=replace(accounts(), net_result=40e6))
    assert rich.money is not None
    assert (rich.money.first_likely_negative, rich.money.funds_last) == (None, None)


def test_a_result_that_is_just_the_norm_is_not_negative() -> None:
    outlook, _ = looked(accounts=replace(accounts(), net_result=None))
    assert outlook.money is not None
    assert outlook.money.room.mean[0] == pytest.approx(0.0, abs=100)
    assert (outlook.money.chance_negative[0], outlook.estimated) == (0.0, ("net_result",))


def test_levers_at_zero_are_the_base_bit_for_bit() -> None:
    nothing = Levers(coverage=dict.fromkeys(SERVICES, 0.0))
    outlook, draws = look_ahead(WORLD, place="9901", accounts=accounts(), **SIZE, levers=nothing, explaining_draws=0)
    for field in fields(OutlookDraws):
        assert getattr(draws, field.name).tobytes() == getattr(base()[1], field.name).tobytes(), field.name
    assert dict(bands(outlook)) == dict(bands(base()[0]))
    assert outlook.closing is None


@settings(max_examples=12, deadline=None)
@given(
    healthy=st.sampled_from([0.0, 40.0, 100.0]), productivity=st.floats(0, 2), unit_cost=st.floats(-5, 5),
    coverage=st.floats(-20, 20), with_initiatives=st.booleans(),
)  # fmt: skip
def test_must_and_chosen_are_the_change_of_cost_with_any_levers(
    healthy: float, productivity: float, unit_cost: float, coverage: float, with_initiatives: bool
) -> None:
    levers = Levers(
        healthy=healthy, productivity=productivity, unit_cost=unit_cost, coverage={"care": coverage},
        initiatives=(DAY_CENTRE, SENSORS) if with_initiatives else (),
    )  # fmt: skip
    outlook, _ = looked(levers)
    money = outlook.money
    assert money is not None
    change = np.array(money.cost.mean) - money.cost.mean[0]
    assert np.array(money.must.mean) + money.chosen.mean == pytest.approx(change, abs=2_000)
    for path in outlook.services:
        change = np.array(path.kroner.mean) - path.kroner.mean[0]
        assert np.array(path.must.mean) + path.chosen.mean == pytest.approx(change, abs=500)
        assert path.must == next(old.must for old in base()[0].services if old.key == path.key)


def test_healthy_years_leave_less_need_and_more_room() -> None:
    outlook, draws = looked(Levers(healthy=100.0))
    care = next(path for path in outlook.services if path.key == "care")
    before = next(path for path in base()[0].services if path.key == "care")
    assert care.posts.mean[-1] < 0.98 * before.posts.mean[-1]
    assert care.users.mean[-1] < before.users.mean[-1]
    assert outlook.closing is not None
    assert outlook.closing.cash.mean[-1] > 1e6
    assert (outlook.closing.freed_posts.p97_5, outlook.closing.shares) == ((0.0,) * (YEARS + 1), ())
    assert draws.persons.tobytes() == base()[1].persons.tobytes()
    assert run().life_gain[-1].mean() > 0.5


def test_what_a_portfolio_closes_is_its_shares_and_cash_and_time_are_apart() -> None:
    outlook, draws = looked(Levers(initiatives=(DAY_CENTRE, SENSORS)))
    closing = outlook.closing
    assert closing is not None
    assert draws.room is not None
    assert base()[1].room is not None
    cash = draws.room - base()[1].room
    assert closing.cash.p10 == pytest.approx(np.quantile(cash, 0.1, axis=1), rel=1e-3, abs=100)
    assert [share.key for share in closing.shares] == ["day centre", "sensors"]
    assert sum(share.mean for share in closing.shares) == pytest.approx(float(cash[1:].mean()), abs=200)
    day_centre, sensors = closing.shares
    assert (day_centre.method, day_centre.posts) == ("shapley", 0.0)
    assert (sensors.mean, sensors.break_even) == (pytest.approx(-4e5 * 7 / 8, rel=1e-4), None)
    freed = np.array(closing.freed_posts.mean)[1:].mean()
    assert sensors.posts == pytest.approx(freed, rel=1e-4)
    assert freed > 2.0


def test_what_levers_save_and_free_is_added_to_each_draw_as_it_is() -> None:
    outlook, draws = looked(Levers(saved=-1200.0, freed=3.0, phase_in_years=2))
    plain = base()[1]
    phase = np.minimum(np.arange(YEARS + 1) / 2.0, 1.0)[:, None]
    assert draws.room is not None
    assert plain.room is not None
    assert draws.room - plain.room == pytest.approx(np.broadcast_to(-1.2e6 * phase, draws.room.shape), abs=100)
    freed = plain.posts.sum(axis=0) - draws.posts.sum(axis=0)
    assert freed == pytest.approx(np.broadcast_to(3.0 * phase, freed.shape), abs=1e-2)
    assert draws.kroner.tobytes() == plain.kroner.tobytes()  # time is no money
    assert outlook.closing is not None
    assert outlook.closing.freed_posts.p50 == pytest.approx(3.0 * phase[:, 0], abs=1e-4)


def test_no_more_time_is_freed_than_there_is() -> None:
    _, draws = looked(Levers(freed=1e9))
    assert draws.posts[:, -1] == pytest.approx(np.zeros_like(draws.posts[:, -1]), abs=1e-2)


def test_break_even_is_when_all_so_far_pays() -> None:
    outlook, _ = looked(Levers(initiatives=(DAY_CENTRE,)))
    assert outlook.closing is not None
    yearly = np.array(outlook.closing.cash.mean)
    paid = [year for year, total in zip(outlook.years, np.cumsum(yearly), strict=True) if year >= 2028 and total >= 0]
    assert outlook.closing.shares[0].break_even == paid[0]
    assert paid[0] > 2028


def test_the_share_of_the_gap_is_of_what_was_lacking() -> None:
    poor = replace(accounts(), net_result=-5e6)
    _, before = looked(accounts=poor)
    outlook, after = looked(Levers(initiatives=(DAY_CENTRE,)), accounts=poor, base=before)
    assert before.room is not None
    assert after.room is not None
    assert outlook.closing is not None
    lacked, lacks = np.maximum(-before.room, 0), np.maximum(-after.room, 0)
    assert (lacked > 0).all()
    assert outlook.closing.share_of_gap.mean == pytest.approx((100 * (lacked - lacks) / lacked).mean(axis=1), abs=1e-3)


def test_demographic_levers_are_compared_in_the_same_draws() -> None:
    levers = Levers(come=20.0, births=10.0)
    outlook, draws = look_ahead(WORLD, place="9901", accounts=accounts(), **SIZE, levers=levers, explaining_draws=0)
    told = compare(base()[1], draws, base_year=2026)
    assert told.years == outlook.years
    more = draws.persons[0] - base()[1].persons[0]
    assert told.population.p10 == pytest.approx(np.quantile(more, 0.1, axis=1), abs=0.05)
    assert told.population.p2_5[-1] > 20
    assert told.all_posts.mean[-1] == pytest.approx(sum(band.mean[-1] for band in told.posts.values()), rel=1e-3)
    assert told.all_kroner.mean[0] == 0.0
    assert told.groups["80+"].mean[1] == pytest.approx(0.0, abs=0.5)
    assert draws.room is not None
    assert base()[1].room is not None
    assert told.room_better == pytest.approx((draws.room > base()[1].room).mean(axis=1))
    assert outlook.closing is not None
    assert outlook.closing.cash.mean[-1] == pytest.approx(told.room.mean[-1] if told.room else np.nan, rel=1e-4)


def test_without_accounts_there_is_no_money_but_need_at_national_cost() -> None:
    outlook, draws = look_at(run(), WORLD, place="9901")
    assert (outlook.money, outlook.closing, draws.room) == (None, None, None)
    assert {"debt", "posts.care", "expenditure.school"} <= set(outlook.estimated)
    care = next(path for path in outlook.services if path.key == "care")
    weight = PARAMETERS["sector.care"]
    assert care.kroner.mean[0] == pytest.approx(weight * 62_000 * 4000, rel=0.25)
    assert [path.unit for path in outlook.services][2:5] == ["need", "need", "recipients"]
    told = compare(draws, draws, base_year=2026)
    assert (told.room, told.room_better) == (None, ())


def test_gaps_in_the_accounts_are_named() -> None:
    outlook, _ = looked(accounts=replace(accounts(), debt=None, tax=None))
    assert outlook.estimated == ("debt", "tax")


def official(*, place: str = "9901") -> Projection:
    groups = {(0, 19): (820.0, 780.0), (20, 66): (2300.0, 2250.0), (67, 120): (900.0, 1010.0)}
    return Projection("SSB 2026, MMMM", place, (2030, 2034), groups)


def test_an_official_path_is_the_middle_and_ours_is_still_told() -> None:
    outlook, _ = looked(official=official())
    assert outlook.constrained_to == "SSB 2026, MMMM"
    assert outlook.unconstrained is not None
    for name, line in asdict(outlook.unconstrained).items():  # summed in another order than the product does
        assert line == pytest.approx(getattr(base()[0].population, name), rel=2e-6)
    assert outlook.population.p50[4] == pytest.approx(4020, rel=0.01)
    assert outlook.population.p50[8] == pytest.approx(4040, rel=0.01)
    with pytest.raises(ConstraintError, match=r"The projection SSB 2026, MMMM is of 0301, not of 9901\."):
        looked(official=official(place="0301"))


@pytest.mark.parametrize("classes", [FOLDS, (*FOLDS[:7], (25, 29), (30, 44), *FOLDS[8:])])
def test_folds_and_finer_groups_are_near_single_ages(classes: tuple[tuple[int, int], ...]) -> None:
    coarse = simulate(WORLD, **SIZE, places=("9901",), classes=classes)
    outlook, draws = look_at(coarse, WORLD, place="9901", accounts=accounts())
    assert draws.persons == pytest.approx(base()[1].persons, rel=1e-4, abs=0.1)
    assert outlook.posts.mean == pytest.approx(base()[0].posts.mean, rel=5e-3)
    assert draws.room is not None
    assert draws.room.mean(axis=1) == pytest.approx(base()[1].room.mean(axis=1), abs=3e5)


def test_a_stored_pool_gives_the_same_bits() -> None:
    _, draws = look_ahead(WORLD, place="9901", accounts=accounts(), **SIZE, pool=run().pool, explaining_draws=0)
    for field in fields(OutlookDraws):
        assert getattr(draws, field.name).tobytes() == getattr(base()[1], field.name).tobytes(), field.name


def test_the_hash_is_of_everything_that_matters() -> None:
    first = base()[0].input_hash
    assert looked()[0].input_hash == first
    others = [
        looked(Levers(income=1.0))[0],
        looked(accounts=replace(accounts(), debt=1e6))[0],
        looked(parameters=PARAMETERS.with_values({"norm": 0.02}))[0],
        looked(official=official())[0],
        looked(ageing=Ageing(alone=0.01))[0],
    ]
    assert len({first, *(outlook.input_hash for outlook in others)}) == 6


def test_what_explains_the_band_is_each_layer_alone() -> None:
    found = explain(WORLD, run=run(), draws=60)
    assert {item.layer for item in found} == {"nation", "place", "people"}
    shares = [item.share for item in found]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(1.0)
    tiny = assumptions(people=150.0)
    small = simulate(tiny, **SIZE, places=("9901",), classes=None)
    people = {item.layer: item.share for item in explain(tiny, run=small, draws=60)}["people"]
    assert people > 3 * {item.layer: item.share for item in found}["people"]
    assert explain(WORLD, run=run(), draws=0) == ()


def test_simulated_deaths_and_expected_ones_agree_in_the_mean() -> None:
    drawn, _ = looked(ageing=Ageing(deaths="simulated"))
    care = [next(path for path in outlook.services if path.key == "care").kroner for outlook in (drawn, base()[0])]
    assert care[0].mean == pytest.approx(care[1].mean, rel=0.02)
    assert np.subtract(care[0].p90, care[0].p10)[1:] == pytest.approx(
        np.subtract(care[1].p90, care[1].p10)[1:], rel=0.6
    )


def test_a_base_of_other_draws_is_refused() -> None:
    small = simulate(WORLD, years=YEARS, draws=30, seed=SEED, places=("9901",), classes=None)
    with pytest.raises(OutlookError, match="The base has 120 draws of 8 years; 30 draws of 8 years are compared"):
        look_at(small, WORLD, place="9901", accounts=accounts(), base=base()[1])


def test_a_place_that_was_not_simulated_is_named() -> None:
    with pytest.raises(OutlookError, match=r"The place rest was not simulated\. Places: 9901\."):
        look_at(run(), WORLD, place="rest")
