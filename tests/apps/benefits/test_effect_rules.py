"""Quantities as people type them, series, and what targets promise: as plain values, against slow twins."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samskap.apps.benefits.rules.effects import (
    EffectProblem,
    changes_by_year,
    growing,
    is_steady,
    known_price_years,
    read_number,
    read_years,
    written_years,
)
from samskap.apps.benefits.rules.forecasts import Course

YEARS = st.integers(2000, 2150)
AMOUNTS = st.decimals(0, 10**9, places=4, allow_nan=False)


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(YEARS, AMOUNTS, max_size=12), st.sampled_from([",", "."]))
def test_what_is_written_year_by_year_is_read_back_the_same(quantities: dict[int, Decimal], decimal: str) -> None:
    text = written_years(quantities, decimal=decimal)
    assert read_years(text) == dict(sorted(quantities.items()))
    assert is_steady(quantities) == (len(text.splitlines()) == 1)


@settings(max_examples=50, deadline=None)
@given(YEARS, st.integers(0, 30), st.decimals(0, 100, places=4, allow_nan=False), st.decimals("-0.5", "1", places=3))
def test_a_series_grows_by_the_same_share_each_year(first: int, more: int, amount: Decimal, growth: Decimal) -> None:
    last = min(first + more, 2150)
    found = growing(first=first, last=last, amount=amount, growth=growth)
    plain = [float(amount)]
    for _year in range(first, last):
        plain.append(plain[-1] * (1 + float(growth)))
    assert list(found) == list(range(first, last + 1))
    assert [float(value) for value in found.values()] == pytest.approx(plain, rel=1e-6, abs=1e-4)


@settings(max_examples=50, deadline=None)
@given(
    st.integers(-1000, 1000),
    st.dictionaries(st.dates(date(2026, 2, 1), date(2036, 1, 1)), st.integers(-1000, 1000), min_size=1, max_size=5),
    st.sampled_from(["higher", "lower"]),
    st.booleans(),
)
def test_what_targets_promise_is_the_line_through_them(
    baseline: int, targets: dict[date, int], better: str, is_harm: bool
) -> None:
    start = date(2026, 1, 1)
    points = tuple((day, Decimal(targets[day])) for day in sorted(targets))
    course = Course(better, start, (date(2025, 10, 1), Decimal(baseline)), points)
    found = changes_by_year(course, last_year=2040, is_harm=is_harm)
    days = [start.toordinal(), *(day.toordinal() for day in sorted(targets))]
    values = [baseline, *(targets[day] for day in sorted(targets))]
    line = np.interp([date(year, 12, 31).toordinal() for year in range(2026, 2041)], days, values)
    plain = np.maximum(0, (line - baseline) * (1 if (better == "higher") != is_harm else -1))
    assert list(found) == list(range(2026, 2041))
    assert [float(value) for value in found.values()] == pytest.approx(plain.tolist(), abs=1e-3)


@pytest.mark.parametrize(
    ("text", "number"), [("12 500,5", "12500.5"), ("1\u202f000", "1000"), ("\u22124", "-4"), ("0.25", "0.25")]
)
def test_numbers_are_read_as_people_write_them(text: str, number: str) -> None:
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "1.250.000", "1e6", "ti", "²", "1" * 30])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_number(text)


def test_too_large_a_quantity_is_refused() -> None:
    with pytest.raises(EffectProblem) as refused:
        growing(first=2027, last=2100, amount=Decimal(10) ** 12, growth=Decimal(1))
    assert refused.value.key == "quantity_too_large"


def test_price_years_are_those_of_the_index_and_those_since() -> None:
    assert known_price_years([2015, 2016], this_year=2018) == (2015, 2016, 2017, 2018)
    assert known_price_years([], this_year=2002) == (2000, 2001, 2002)
