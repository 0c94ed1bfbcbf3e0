"""The forecast, how a benefit stands, what may be written, and when somebody is reminded."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samskap.apps.benefits.labels.benefits import PROBLEMS, STANDING_COLOURS, STANDING_MEANINGS, STANDINGS, UNIT_WAYS
from samskap.apps.benefits.rules import forecasts, measuring, periods, reminders
from samskap.apps.benefits.rules.forecasts import Course, Due

BASE = date(2025, 10, 1)
START = date(2026, 1, 1)
END = date(2026, 12, 31)
TODAY = date(2026, 7, 1)


def course(*targets: tuple[date, int], baseline: int | None = 100, better: str = "higher") -> Course:
    base = None if baseline is None else (BASE, Decimal(baseline))
    return Course(better, START, base, tuple((day, Decimal(value)) for day, value in targets))


# --- The forecast ---


def test_the_forecast_is_level_until_there_can_be_effects_and_straight_between_targets() -> None:
    one = course((date(2027, 1, 1), 200), (date(2029, 1, 1), 200), (date(2030, 1, 1), 100))
    days = {
        date(2025, 9, 30): None, BASE: "100", date(2025, 12, 31): "100", START: "100", date(2026, 7, 2): "149.8630",
        date(2027, 1, 1): "200", date(2028, 5, 5): "200", date(2029, 7, 2): "150.1370", date(2035, 1, 1): "100",
    }  # fmt: skip
    found = {day: forecasts.expected(one, day) for day in days}
    assert found == {day: None if value is None else Decimal(value) for day, value in days.items()}


def test_without_a_baseline_or_a_target_nothing_is_expected() -> None:
    assert forecasts.expected(course((END, 120), baseline=None), TODAY) is None
    assert forecasts.expected(course(), TODAY) is None


def plain_expected(one: Course, on: date) -> Fraction:
    """The slow twin: day by day, in whole fractions."""
    points = dict(forecasts.forecast_points(one))
    days = sorted(points)
    day = days[0]
    value = Fraction(points[day])
    while day < on and day < days[-1]:
        after = next(other for other in days if other > day)
        before = max(other for other in days if other <= day)
        step = (Fraction(points[after]) - Fraction(points[before])) / (after - before).days
        value, day = value + step, day + timedelta(days=1)
    return value


@settings(max_examples=40, deadline=None)
@given(
    values=st.lists(st.integers(-50, 500), min_size=1, max_size=4),
    gaps=st.lists(st.integers(1, 90), min_size=4, max_size=4),
    ahead=st.integers(0, 400),
)
def test_the_forecast_is_that_of_its_slow_twin(values: list[int], gaps: list[int], ahead: int) -> None:
    day, targets = START, []
    for value, gap in zip(values, gaps, strict=False):
        day += timedelta(days=gap)
        targets.append((day, value))
    one = course(*targets)
    on = BASE + timedelta(days=ahead)
    found = forecasts.expected(one, on)
    assert found is not None
    assert abs(Fraction(found) - plain_expected(one, on)) <= Fraction(1, 20_000)


@pytest.mark.parametrize(
    ("better", "value", "gain"), [("higher", 110, 10), ("higher", 90, -10), ("lower", 110, -10), ("lower", 90, 10)]
)
def test_a_gain_is_above_zero_where_it_is_better(better: str, value: int, gain: int) -> None:
    assert forecasts.gain(course(better=better), Decimal(value)) == gain
    assert forecasts.gain(course(baseline=None, better=better), Decimal(value)) is None


@pytest.mark.parametrize(
    ("better", "target", "value", "behind"),
    [
        ("higher", 200, "90.0", True),
        ("higher", 200, "100.0", True),
        ("higher", 200, "139.9", False),  # forecast on 2 July 149.863: a tenth of the way is 10
        ("higher", 200, "139.8", True),
        ("higher", 200, "300.0", False),
        ("lower", 0, "60.1", False),
        ("lower", 0, "60.2", True),
        ("lower", 0, "-5.0", False),
        ("higher", 100, "90.0", False),  # to hold 100: a tenth of that
        ("higher", 100, "89.9", True),
    ],
)
def test_more_than_a_tenth_of_the_way_is_behind(better: str, target: int, value: str, behind: bool) -> None:
    one = course((date(2027, 1, 1), target), better=better)
    assert forecasts.is_behind(one, date(2026, 7, 2), Decimal(value)) is behind


def test_to_hold_nothing_is_behind_by_anything() -> None:
    one = course((END, 0), baseline=0, better="lower")
    assert [forecasts.is_behind(one, TODAY, Decimal(value)) for value in (0, 1)] == [False, True]


# --- How it stands ---


@pytest.mark.parametrize(
    ("one", "latest", "kind", "ended", "standing"),
    [
        (course(baseline=None), None, "planned", False, "waiting_for_baseline"),
        (course(baseline=None), None, "planned", True, "not_realised"),
        (course(), None, "planned", False, "waiting_for_target"),
        (course(), (TODAY, 150), "unplanned", False, "unplanned"),
        (course((END, 200)), None, "planned", False, "not_measured"),
        (course((END, 200)), None, "planned", True, "not_realised"),
        (course((END, 200)), (TODAY, 150), "planned", False, "on_the_way"),
        (course((END, 200)), (TODAY, 110), "planned", False, "behind"),
        (course((END, 200)), (TODAY, 110), "planned", True, "not_realised"),
        (course((END, 200)), (TODAY, 200), "planned", False, "reached"),
        (course((END, 200)), (TODAY, 200), "planned", True, "reached"),
        (course((END, 200)), (END, 199), "planned", False, "not_realised"),
        (course((END, 200)), (date(2026, 12, 17), 199), "planned", False, "not_realised"),
        (course((END, 200)), (date(2026, 12, 16), 199), "planned", False, "on_the_way"),
        (course((TODAY, 110), (END, 200)), (TODAY, 110), "planned", False, "on_the_way"),
        (course((END, 200)), (TODAY, 110), "unplanned", False, "behind"),
        (course((END, 200)), (TODAY, 200), "harm", False, "harm"),
        (course(baseline=None), None, "harm", False, "harm"),
    ],
)
def test_how_a_benefit_stands(one: Course, latest: Any, kind: str, ended: bool, standing: str) -> None:
    point = latest and (latest[0], Decimal(latest[1]))
    assert forecasts.standing(one, latest=point, kind=kind, is_ended=ended) == standing


def test_every_standing_has_words_a_meaning_and_a_colour() -> None:
    assert set(forecasts.STANDINGS) == set(STANDINGS) == set(STANDING_MEANINGS) == set(STANDING_COLOURS)


@pytest.mark.parametrize(
    ("one", "measured", "due"),
    [
        (course((END, 120), baseline=None), (), Due("baseline", START)),
        (course(), (), None),
        (course((END, 120)), (), Due("target", END)),
        (course((END, 120)), (date(2026, 12, 16),), Due("target", END)),
        (course((END, 120)), (date(2026, 12, 17),), None),
        (course((TODAY, 110), (END, 120)), (date(2026, 6, 30),), Due("target", END)),
        (course((TODAY, 110), (END, 120)), (date(2027, 6, 30),), None),
    ],
)
def test_what_is_waited_for(one: Course, measured: tuple[date, ...], due: Due | None) -> None:
    assert forecasts.due_now(one, measured) == due


# --- What may be written ---


def key(problem: measuring.Problem | None) -> str:
    return problem.key if problem else ""


@pytest.mark.parametrize(
    ("kind", "unit", "found"),
    [
        ("quality", "", "target_without_unit"),
        ("quality", "  ", "target_without_unit"),
        ("quality", "dager", ""),
        ("saved_money", "", ""),
        ("saved_money", "kroner i året", ""),
        ("saved_money", "Kr  per år", ""),
        ("avoided_cost", "millioner kroner", "not_in_kroner_a_year"),
        ("freed_time", "timer", ""),
        ("freed_time", "årsverk", "not_in_hours_a_year"),
    ],
)
def test_a_target_without_a_unit_is_impossible(kind: str, unit: str, found: str) -> None:
    assert key(measuring.unit_problem(kind, unit, known=UNIT_WAYS)) == found


def test_money_is_measured_by_figures_in_kroner_and_time_by_none() -> None:
    found = {
        (kind, unit): key(measuring.indicator_problem(kind, unit))
        for kind in ("saved_money", "freed_time", "quality")
        for unit in ("nok", "persons")
    }
    wrong = "indicator_other_unit"
    assert found == {
        ("saved_money", "nok"): "", ("saved_money", "persons"): wrong, ("freed_time", "nok"): wrong,
        ("freed_time", "persons"): wrong, ("quality", "nok"): "", ("quality", "persons"): "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("starts_on", "baseline_on", "first_target", "found"),
    [
        (None, None, None, ""),
        (START, BASE, END, ""),
        (date(2026, 1, 2), None, None, "effects_before_initiative"),
        (None, START, None, "start_before_baseline"),
        (None, None, START, "start_after_target"),
    ],
)
def test_the_start_lies_between_the_baseline_and_the_first_target(
    starts_on: date | None, baseline_on: date | None, first_target: date | None, found: str
) -> None:
    problem = measuring.start_problem(START, starts_on=starts_on, baseline_on=baseline_on, first_target=first_target)
    assert key(problem) == found


@pytest.mark.parametrize(
    ("day", "value", "more", "found"),
    [
        (date(2025, 12, 31), 5, {}, ""),
        (START, 5, {}, "baseline_after_start"),
        (date(2026, 5, 1), 5, {}, "baseline_after_start"),
        (date(2025, 12, 31), 5, {"today": date(2025, 12, 30)}, "day_to_come"),
        (date(2025, 12, 31), 5, {"measured": [date(2025, 12, 31)]}, "baseline_after_measurement"),
        (date(2025, 12, 31), -5, {}, "negative"),
        (date(2025, 12, 31), -5, {"may_be_negative": True}, ""),
        (date(2025, 12, 31), 5, {"is_locked": True}, "baseline_fixed"),
        (date(25, 12, 31), 5, {}, "baseline_too_early"),
    ],
)
def test_a_baseline_is_dated_before_the_start(day: date, value: int, more: dict[str, Any], found: str) -> None:
    given = {"effects_from": START, "today": TODAY, "may_be_negative": False} | more
    assert key(measuring.baseline_problem(day, Decimal(value), **given)) == found


@pytest.mark.parametrize(
    ("day", "value", "one", "found"),
    [
        (END, 120, course(), ""),
        (START, 120, course(), "target_before_start"),
        (END, 120, course((END, 110)), "target_twice"),
        (END, 99, course(), "target_worse_higher"),
        (END, 101, course(better="lower"), "target_worse_lower"),
        (END, 100, course(), ""),
        (END, -1, course(baseline=None), "negative"),
        (date(2151, 1, 1), 120, course(), "target_too_late"),
    ],
)
def test_a_target_lies_after_the_start_and_is_no_worse(day: date, value: int, one: Course, found: str) -> None:
    problem = measuring.target_problem(day, Decimal(value), course=one, is_harm=False, may_be_negative=False)
    assert key(problem) == found


@pytest.mark.parametrize(
    ("one", "found"),
    [
        (course((TODAY, 110), (END, 120)), ""),
        (course((TODAY, 110), (END, 100)), ""),
        (course((TODAY, 99), (END, 120)), "target_worse_higher"),
        (course((TODAY, 99), (END, 101), better="lower"), "target_worse_lower"),
        (course((END, 5), baseline=None), ""),
        (course(), ""),
    ],
)
def test_no_target_is_worse_than_where_it_began(one: Course, found: str) -> None:
    assert key(measuring.aim_problem(one, is_harm=False)) == found


def test_a_harm_may_be_allowed_to_grow() -> None:
    assert measuring.target_problem(END, Decimal(90), course=course(), is_harm=True, may_be_negative=False) is None
    assert measuring.aim_problem(course((END, 90)), is_harm=True) is None


def test_a_target_that_was_measured_stays() -> None:
    assert key(measuring.target_change_problem(END, measured=[END])) == "target_measured"
    assert measuring.target_change_problem(END, measured=[TODAY]) is None


@pytest.mark.parametrize(
    ("day", "value", "more", "found"),
    [
        (date(2026, 6, 30), 5, {}, ""),
        (date(2026, 6, 30), 5, {"baseline_on": None}, "no_baseline"),
        (date(2026, 7, 2), 5, {}, "day_to_come"),
        (BASE, 5, {}, "measured_before_baseline"),
        (date(2026, 6, 30), 5, {"others": [date(2026, 6, 30)]}, "measured_twice"),
        (date(2026, 6, 30), 5, {"counting": [TODAY], "others": [TODAY]}, "measured_out_of_order"),
        (date(2026, 6, 30), -5, {}, "negative"),
    ],
)
def test_measurements_come_after_the_baseline_in_order(day: date, value: int, more: dict[str, Any], found: str) -> None:
    given = {"baseline_on": BASE, "others": (), "counting": (), "today": TODAY, "may_be_negative": False} | more
    assert key(measuring.measurement_problem(day, Decimal(value), **given)) == found


def test_approval_and_locking_go_in_order_and_what_is_behind_says_why() -> None:
    one = course((END, 200))
    late = date(2026, 6, 30)

    def approval(value: int, cause: str, drafts: list[date]) -> str:
        return key(measuring.approval_problem(one, late, Decimal(value), cause=cause, drafts=drafts))

    found = [approval(110, " ", []), approval(110, "x", []), approval(150, "", [late]), approval(150, "", [START])]
    assert found == ["cause_missing", "", "", "earlier_draft"]
    assert key(measuring.lock_problem(late, unlocked=[START, late])) == "earlier_unlocked"
    assert measuring.lock_problem(late, unlocked=[late, TODAY]) is None


def test_every_problem_has_a_sentence() -> None:
    assert set(measuring.FIELDS) <= set(PROBLEMS)


# --- Periods and reminders ---


@pytest.mark.parametrize(
    ("period", "end"),
    [
        ("2024", date(2024, 12, 31)),
        ("2024K1", date(2024, 3, 31)),
        ("2024K4", date(2024, 12, 31)),
        ("2024M02", date(2024, 2, 29)),
        ("2022-2024", date(2024, 12, 31)),
    ],
)
def test_a_period_ends_on_its_last_day(period: str, end: date) -> None:
    assert periods.period_end(period) == end


@pytest.mark.parametrize(
    ("days", "asked", "escalated", "whom"),
    [
        (-15, None, None, ""),
        (-14, None, None, "owner"),
        (-14, END, None, ""),
        (6, END, None, ""),
        (7, END, None, "those_in_charge"),
        (7, None, None, "owner"),
        (7, END, END, ""),
        (300, END, END, ""),
        (-14, date(2025, 12, 31), date(2025, 12, 31), "owner"),
    ],
)
def test_the_owner_is_asked_before_and_the_leaders_are_told_after(
    days: int, asked: date | None, escalated: date | None, whom: str
) -> None:
    now = END + timedelta(days=days)
    assert reminders.reminder_due(END, today=now, asked_for=asked, escalated_for=escalated) == whom
