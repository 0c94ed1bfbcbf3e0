"""Target and actual by period and by year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from samskap.apps.benefits.rules.forecasts import Course
from samskap.apps.benefits.rules.portfolio import (
    Answer,
    YearMet,
    YearSum,
    answers,
    told_years,
    years_met,
    years_summed,
)
from samskap.apps.benefits.rules.room import Promise

TODAY = date(2027, 6, 1)


def d(text: str) -> date:
    return date.fromisoformat(text)


COURSE = Course(
    "higher", d("2026-01-01"), (d("2025-10-01"), Decimal(100)),
    ((d("2026-12-31"), Decimal(120)), (d("2027-12-31"), Decimal(140))),
)  # fmt: skip


def answered(*measured: tuple[str, int]) -> list[tuple[str, bool] | None]:
    found = answers(COURSE, [(d(on), Decimal(value)) for on, value in measured])
    return [(one.measured[0].isoformat(), one.is_met) if one.measured else None for one in found]


@pytest.mark.parametrize(
    ("measured", "expected"),
    [
        ([], [None, None]),
        ([("2026-06-30", 110)], [None, None]),  # on the way, for no target yet
        ([("2026-12-20", 120)], [("2026-12-20", True), None]),
        ([("2026-12-20", 118), ("2026-12-31", 121)], [("2026-12-31", True), None]),  # the last until the day
        ([("2027-02-01", 119)], [("2027-02-01", False), None]),  # late is better than never
        ([("2026-12-31", 119), ("2027-02-01", 125)], [("2026-12-31", False), None]),
        ([("2027-12-20", 150)], [None, ("2027-12-20", True)]),  # each measurement answers one
    ],
)
def test_a_measurement_answers_the_target_of_its_day(
    measured: list[tuple[str, int]], expected: list[tuple[str, bool] | None]
) -> None:
    assert answered(*measured) == expected


def test_without_targets_there_is_nothing_to_answer() -> None:
    assert answers(Course("higher", d("2026-01-01")), ()) == ()
    late = Course("lower", d("2026-01-01"), (d("2025-10-01"), Decimal(9)), ((d("2030-01-01"), Decimal(5)),))
    assert answers(late, [(d("2031-05-01"), Decimal(4))]) == (
        Answer(d("2030-01-01"), Decimal(5), (d("2031-05-01"), Decimal(4)), True),
    )


ONE = Promise("saved_money", COURSE, ((d("2026-12-31"), Decimal(115)), (d("2027-05-01"), Decimal(130))))


def test_each_year_tells_what_was_promised_and_what_came() -> None:
    found = years_summed([ONE, ONE], (2025, 2026, 2027, 2028), today=TODAY)
    assert found == (
        YearSum(2025, Decimal(0), Decimal(0)), YearSum(2026, Decimal(40), Decimal(30)),
        YearSum(2027, Decimal(80), Decimal(60)), YearSum(2028, Decimal(80), None),
    )  # fmt: skip
    unknown = Promise("saved_money", Course("higher", d("2026-01-01")))
    assert years_summed([unknown], (2026,), today=TODAY) == (YearSum(2026, None, None),)


def test_targets_are_counted_where_units_differ() -> None:
    assert years_met([ONE], (2026, 2027)) == (YearMet(2026, 0, 1), YearMet(2027, 0, 1))


def test_the_years_told_are_those_that_something_is_of_and_six_at_most() -> None:
    assert told_years([], today=TODAY) == ()
    assert told_years([ONE], today=TODAY) == (2026, 2027)
    long = Promise("saved_money", Course("higher", d("2020-01-01"), None, ((d("2040-01-01"), Decimal(1)),)),
                   ((d("2021-01-01"), Decimal(1)),))  # fmt: skip
    assert told_years([long], today=TODAY) == (2025, 2026, 2027, 2028, 2029, 2030)
    assert told_years([long], today=d("2041-01-01")) == (2035, 2036, 2037, 2038, 2039, 2040)
