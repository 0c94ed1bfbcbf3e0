"""Rates step down, factors are a chain, and the year from which steps are counted is asked for."""

from __future__ import annotations

import pytest

from samskap.engines.appraisal import EDITIONS
from samskap.engines.appraisal.discounting import discount_factors, rate_in

NORWAY = EDITIONS["no-r109-2021"].steps


def factors(edition: str, *, comparison_year: int = 0, anchor_year: int = 0) -> dict[int, float]:
    steps = EDITIONS[edition].steps
    return discount_factors(-3, 2110, steps=steps, comparison_year=comparison_year, anchor_year=anchor_year)


def told(found: dict[int, float], years: tuple[int, ...]) -> list[float]:
    return [round(found[year], 6) for year in years]


def test_the_norwegian_factors_are_those_of_the_rule() -> None:
    years = (0, 1, 10, 30, 40, 41, 75, 76, 100)
    assert told(factors("no-r109-2021"), years) == [
        1.0, 0.961538, 0.675564, 0.308319, 0.208289, 0.202222, 0.074022, 0.072571, 0.045119,
    ]  # fmt: skip


def test_steps_can_be_counted_from_the_opening_and_not_from_the_comparison_year() -> None:
    """The Coastal Administration discounts to 2025 and has 3 % from 2069 and 2 % from 2104: the year before opening."""
    found = factors("no-r109-2021", comparison_year=2025, anchor_year=2028)
    years = (2065, 2066, 2068, 2069, 2103, 2104)
    assert told(found, years) == [0.208289, 0.200278, 0.185168, 0.179775, 0.065806, 0.064515]
    assert told(factors("no-r109-2021", comparison_year=2025, anchor_year=2025), (2066,)) == [0.202222]


def test_the_british_factors_are_those_of_the_rule() -> None:
    assert told(factors("uk-2022"), (1, 30, 31, 75, 76)) == [0.966184, 0.356278, 0.345901, 0.094214, 0.091916]


def test_a_late_rate_is_never_raised_to_all_years() -> None:
    found = factors("no-r109-2021")
    assert found[41] == pytest.approx(1.04**-40 / 1.03)
    assert found[41] < 1.03**-41 / 1.4


def test_years_before_the_comparison_year_are_worth_more() -> None:
    assert told(factors("no-r109-2021"), (-1, -2, -3)) == [1.04, 1.0816, 1.124864]


@pytest.mark.parametrize(("year", "rate"), [(-5, 0.04), (0, 0.04), (40, 0.04), (41, 0.03), (75, 0.03), (76, 0.02)])
def test_a_rate_after_forty_years_begins_in_the_forty_first(year: int, rate: float) -> None:
    assert rate_in(year, steps=NORWAY, anchor_year=0) == rate
