from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samskap.engines.outlook import FOLDS, NORWAY, PARAMETERS, Ageing, OutlookError, demographic_cost
from samskap.engines.outlook.ages import AGES, in_group
from samskap.engines.outlook.need import Standard, folded, need_of, standard_need, sums_of, user_weights
from samskap.engines.outlook.services import SERVICES

MORTALITY, DECLINE = NORWAY.mortality.mean(axis=0), NORWAY.decline.mean(axis=0)
COUNTRY = 60_000.0 * np.exp(-((np.arange(AGES) / 85.0) ** 6))
CARE, SCHOOL, KINDERGARTEN = (SERVICES.index(name) for name in ("care", "school", "kindergarten"))


def standard(*, years: int = 2, ageing: Ageing | None = None) -> Standard:
    return standard_need(PARAMETERS, people=COUNTRY, mortality=MORTALITY, decline=DECLINE, years=years, ageing=ageing)


def persons(by_age: np.ndarray, *, years: int = 2, draws: int = 3) -> np.ndarray:
    return np.broadcast_to(by_age[None, :, None], (years + 1, AGES, draws)).astype(np.float32)


def need(by_age: np.ndarray, rules: Standard, *, shift: np.ndarray | None = None) -> np.ndarray:
    sums = sums_of(persons(by_age, years=len(rules.dying) - 1), rules, PARAMETERS, shift=shift)
    return need_of(sums.actual, rules, people_now=float(by_age.sum()))[:, :, 0]


def test_ten_of_ninety_more_and_forty_of_the_twenties_fewer_cost_three_million() -> None:
    rates = {"90+": 372_600.0, "23-29": 16_500.0}
    assert demographic_cost(rates, change={"90+": 10, "23-29": -40}) == 3_066_000.0


def test_the_worked_demographic_cost(shared_data: Path) -> None:
    path = shared_data / "projections" / "worked" / "schedules_and_indicators.json"
    case = json.loads(path.read_text(encoding="utf-8"))["demographic_cost"]
    rates = {"90+": case["rate_90_plus_nok_2018"], "23-29": case["rate_23_29_nok_2018"]}
    change = {"90+": case["change_90_plus"], "23-29": case["change_23_29"]}
    assert demographic_cost(rates, change=change) == case["expected_nok"]


def test_a_group_without_a_rate_is_named() -> None:
    with pytest.raises(OutlookError, match=r'There is no cost a head for the ages "67-79". Groups with one: 90\+\.'):
        demographic_cost({"90+": 1.0}, change={"67-79": 1.0})


def test_the_country_needs_one_unit_a_head_of_every_service() -> None:
    found = need(COUNTRY, standard())[:, 0]
    assert found == pytest.approx([COUNTRY.sum()] * 7, rel=1e-5)


def test_need_of_one_person_is_the_keys_over_those_who_share_them() -> None:
    """By hand: a child of 8 is one of 7 cohorts that bear .6227 of school, and of the 6 to 15 that bear .0348."""
    rules, whole = standard(), COUNTRY.sum()
    by_hand = whole * (0.6227 / COUNTRY[6:13].sum() + 0.0348 / COUNTRY[6:16].sum())
    assert rules.by_year[0, SCHOOL, 8] == pytest.approx(by_hand, rel=1e-9)
    assert rules.by_year[0, SCHOOL, [5, 16, 90]].tolist() == [0, 0, 0]
    assert rules.by_year[0, KINDERGARTEN, 3] == pytest.approx(whole / COUNTRY[1:6].sum(), rel=1e-9)


def test_need_is_additive_over_people_but_for_what_nobody_drives() -> None:
    rules = standard()
    one, other = COUNTRY * 0.001, COUNTRY * np.linspace(0.0, 0.002, AGES)
    together = need(one + other, rules)
    assert need(one, rules) + need(other, rules) == pytest.approx(together, rel=1e-5)


def test_what_nobody_drives_stays_when_people_leave() -> None:
    rules = standard(years=1)
    leaving = np.stack([COUNTRY * 0.001, COUNTRY * 0.0])[:, :, None].astype(np.float32)
    sums = sums_of(leaving, rules, PARAMETERS)
    left = need_of(sums.whole, rules, people_now=float(leaving[0].sum()))[:, 1, 0]
    assert left == pytest.approx(rules.fixed * leaving[0].sum(), rel=1e-5)
    assert (left > 0).tolist() == [False, True, False, True, True, False, True]


def test_the_old_need_most_care_and_more_than_their_ages_in_the_key_say() -> None:
    """What mortality and living alone drive is nearly all of people 67 and over."""
    rules = standard()
    rates = (rules.by_year + rules.near_death)[0, CARE]
    by_group = [rates[first : last + 1] @ COUNTRY[first : last + 1] / COUNTRY[first : last + 1].sum()
                for first, last in ((25, 66), (67, 79), (80, 89), (90, 120))]  # fmt: skip
    assert by_group == sorted(by_group)
    plain = 0.1082 * COUNTRY.sum() / COUNTRY[90:].sum()
    assert by_group[-1] > 1.3 * plain


def test_falling_mortality_lowers_what_comes_near_death() -> None:
    rules = standard(years=20)
    assert (np.diff(rules.dying[:, 50:100], axis=0) < 0).all()
    assert (np.diff(need(COUNTRY, rules)[CARE]) < 0).all()
    assert need(COUNTRY, rules)[SCHOOL] == pytest.approx(np.full(21, COUNTRY.sum()), rel=1e-5)


def test_simulated_deaths_drive_the_part_near_death_over_three_years() -> None:
    rules = standard(years=4, ageing=Ageing(deaths="simulated"))
    place = COUNTRY * 0.001
    sums = sums_of(persons(place, years=4), rules, PARAMETERS)
    deaths = np.array([[30.0], [60.0], [60.0], [90.0]]).repeat(3, axis=1).astype(np.float32)
    without = need_of(sums.whole, rules, people_now=float(place.sum()))
    found = need_of(sums.whole, rules, people_now=float(place.sum()), deaths=deaths)
    added = (found - without)[CARE, :, 0] / rules.a_death[CARE]
    assert added == pytest.approx([30.0, 30.0, 40.0, 50.0, 70.0], rel=1e-3)
    others = [n for n in range(7) if n != CARE]
    assert (found - without)[others].tolist() == np.zeros((6, 5, 3)).tolist()
    expected = float(place @ rules.dying[0]) * rules.a_death[CARE]
    assert need(place, standard())[CARE, 0] - without[CARE, 0, 0] == pytest.approx(expected, rel=1e-4)


def test_gained_years_that_are_healthy_move_the_need_of_the_old_up() -> None:
    rules = standard()
    old = in_group((80, 80)) * 100.0
    same, younger = need(old, rules), need(old, rules, shift=np.full((3, 3), 2.0, dtype=np.float32))
    gone = 100.0 * (rules.by_year[0, CARE, 80] - rules.by_year[0, CARE, 78])
    assert (same - younger)[CARE] == pytest.approx([gone] * 3, rel=1e-4)
    assert (same - younger)[[SCHOOL, KINDERGARTEN]].tolist() == np.zeros((2, 3)).tolist()
    half = need(old, rules, shift=np.full((3, 3), 1.5, dtype=np.float32))
    step = need(old, rules, shift=np.full((3, 3), 1.0, dtype=np.float32))
    assert half[CARE] == pytest.approx((step[CARE] + younger[CARE]) / 2, rel=1e-5)


def test_years_that_are_lost_raise_the_need_of_the_old() -> None:
    rules = standard()
    old = in_group((79, 79)) * 100.0
    lost = need(old, rules, shift=np.full((3, 3), -1.0, dtype=np.float32)) - need(old, rules)
    assert lost[CARE] == pytest.approx(
        [100.0 * (rules.by_year[0, CARE, 80] - rules.by_year[0, CARE, 79])] * 3, rel=1e-3
    )


def test_no_shift_is_the_need_of_today() -> None:
    rules = standard()
    still = need(COUNTRY, rules, shift=np.zeros((3, 3), dtype=np.float32))
    assert still.tolist() == need(COUNTRY, rules).tolist()


def test_people_below_67_are_not_touched_by_the_health_of_the_old() -> None:
    rules = standard()
    young = np.where(np.arange(AGES) < 67, COUNTRY, 0.0)
    shift = np.full((3, 3), 3.7, dtype=np.float32)
    assert need(young, rules, shift=shift) == pytest.approx(need(young, rules), rel=1e-6)


def test_more_who_live_alone_raise_care_year_by_year() -> None:
    rules, base = standard(years=3, ageing=Ageing(alone=0.02)), standard(years=3)
    grown = need(COUNTRY, rules)[CARE] - need(COUNTRY, base)[CARE]
    share = PARAMETERS["criterion.care.alone_67+"] / 1.0003 * COUNTRY.sum()
    assert grown == pytest.approx(share * (1.02 ** np.arange(4) - 1.0), rel=1e-2, abs=1.0)
    family = standard(years=3, ageing=Ageing(alone=0.02, family_care=0.5))
    assert family.by_year[2, CARE, 80] == pytest.approx(rules.by_year[2, CARE, 80] * (1 + 0.5 * (1.02**2 - 1)))
    assert family.by_year[2, CARE, 60] == rules.by_year[2, CARE, 60]


def test_parts_by_age_add_up_to_the_need_of_people() -> None:
    rules = standard()
    groups = ((0, 66), (67, 84), (85, 120))
    shift = np.full((3, 3), 1.3, dtype=np.float32)
    sums = sums_of(persons(COUNTRY), rules, PARAMETERS, shift=shift, parts={"care": groups})
    total = sum(sums.parts["care", group] for group in groups)
    assert total == pytest.approx(sums.actual["care"], rel=1e-5)


def test_folds_give_what_single_ages_give_for_the_shape_of_the_country() -> None:
    rules = standard()
    by_fold = np.array([COUNTRY[first : last + 1].sum() for first, last in FOLDS])
    crowd = np.broadcast_to(by_fold[None, :, None], (3, 13, 3)).astype(np.float32)
    exact, coarse = sums_of(persons(COUNTRY), rules, PARAMETERS), sums_of(crowd, rules, PARAMETERS)
    for service in SERVICES:
        assert coarse.whole[service] == pytest.approx(exact.whole[service], rel=1e-5)
    assert coarse.taxed == pytest.approx(exact.taxed, rel=1e-5)
    assert {name: value[0, 0] for name, value in coarse.groups.items()} == pytest.approx(
        {name: value[0, 0] for name, value in exact.groups.items()}, rel=1e-5
    )


def test_folded_weights_keep_what_is_the_same_in_a_fold() -> None:
    weights = in_group((67, 79)) * 3.0 + in_group((80, 120))
    assert folded(weights, people=COUNTRY) == pytest.approx([0] * 9 + [3, 1, 1, 1])


def test_users_are_shares_of_their_ages() -> None:
    weights = user_weights(PARAMETERS)
    assert weights["kindergarten"][[0, 1, 5, 6]].tolist() == [0, 0.93, 0.93, 0]
    assert weights["care"][[66, 67, 80, 95, 120]].tolist() == [0.0149, 0.0993, 0.4284, 0.8586, 0.8586]


def test_a_country_without_children_cannot_share_out_school() -> None:
    with pytest.raises(OutlookError, match=r'Nobody in the country has the ages of the criterion "1-5"'):
        standard_need(
            PARAMETERS, people=COUNTRY * (np.arange(AGES) > 20), mortality=MORTALITY, decline=DECLINE, years=1
        )


@settings(max_examples=15, deadline=None)
@given(factor=st.floats(0.1, 20.0), draws=st.integers(1, 700))
def test_need_follows_the_number_of_people_in_every_draw(factor: float, draws: int) -> None:
    rules = standard(years=1)
    crowd = persons(COUNTRY * 1e-3 * factor, years=1, draws=draws)
    whole = need_of(sums_of(crowd, rules, PARAMETERS).whole, rules, people_now=float(COUNTRY.sum() * 1e-3 * factor))
    assert whole[:, 0] == pytest.approx(np.full((7, draws), COUNTRY.sum() * 1e-3 * factor), rel=1e-4)


GROUPS = {
    "0 år": (0, 0), "1-5 år": (1, 5), "6-12 år": (6, 12), "13-15 år": (13, 15), "16-19 år": (16, 19),
    "20-44 år": (20, 44), "45-66 år": (45, 66), "67-79 år": (67, 79), "80-89 år": (80, 89),
    "90 år eller eldre": (90, 120),
}  # fmt: skip


def test_a_small_municipality_moves_from_children_to_the_old(shared_data: Path) -> None:
    """Need in the official main alternative of 2026 for Drangedal, constant standard, 2026 to 2040.

    An independent reckoning with the same keys (whole keys spread on ages) found kindergarten -14 %, school -10 %,
    care +29 %, all +5.5 %. Mortality is that of one year ahead, so that nearly the same people die at each age.
    """
    folder = shared_data / "norway"
    country = np.zeros(AGES)
    with gzip.open(folder / "population_age_2005_2024_borders2024.csv.gz", "rt") as file:
        for row in csv.DictReader(file):
            if (row["kommunenr"], row["year"]) == ("0000", "2024"):
                country[int(row["age"])] += float(row["persons"])
    rules = standard_need(PARAMETERS, people=country, mortality=MORTALITY, decline=DECLINE, years=1)
    crowd = np.zeros((2, AGES, 1), dtype=np.float32)
    with gzip.open(folder / "telemark" / "projections_all_vintages.csv.gz", "rt") as file:
        for row in csv.DictReader(file):
            is_main = row["vintage"] == "2026" and row["region"] == "Drangedal" and "MMMM" in row["alternative"]
            if is_main and row["year"] in {"2026", "2040"}:
                first, last = GROUPS[row["age_group"]]
                shape = country[first : last + 1] / country[first : last + 1].sum()
                crowd[int(row["year"] == "2040"), first : last + 1, 0] += float(row["persons"]) * shape
    whole = need_of(sums_of(crowd, rules, PARAMETERS).whole, rules, people_now=float(crowd[0].sum()))[:, :, 0]
    growth = 100.0 * (whole[:, 1] / whole[:, 0] - 1.0)
    assert growth[KINDERGARTEN] == pytest.approx(-14.0, abs=0.5)
    assert growth[SCHOOL] == pytest.approx(-10.0, abs=1.0)
    assert growth[CARE] == pytest.approx(29.0, abs=1.0)
    assert 100.0 * (rules.weights @ whole[:, 1] / (rules.weights @ whole[:, 0]) - 1.0) == pytest.approx(5.5, abs=1.0)


def test_need_by_age_goes_with_the_state_s_own_index(shared_data: Path) -> None:
    """Ages alone explain about half of the differences in spending need between municipalities above 10,000."""
    folder = shared_data / "norway"
    people: dict[str, np.ndarray] = {}
    with gzip.open(folder / "population_age_2005_2024_borders2024.csv.gz", "rt") as file:
        for row in csv.DictReader(file):
            if row["year"] == "2024":
                people.setdefault(row["kommunenr"], np.zeros(AGES))[int(row["age"])] += float(row["persons"])
    rules = standard_need(PARAMETERS, people=people["0000"], mortality=MORTALITY, decline=DECLINE, years=1)
    by_age = rules.weights @ (rules.by_year + rules.near_death)[0]
    with (folder / "kmd" / "utgiftsbehov_index_2026.csv").open(encoding="utf-8") as file:
        published = {row["kommunenr"]: float(row["utgiftsbehovsindeks"]) for row in csv.DictReader(file)}
    large = [key for key in published if people[key].sum() > 10_000]
    ours = [by_age @ people[key] / people[key].sum() for key in large]
    together = float(np.corrcoef(ours, [published[key] for key in large])[0, 1])
    assert len(large) > 100
    assert 0.6 < together < 0.8
