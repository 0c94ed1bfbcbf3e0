"""Prices of other years, and their growth beyond prices in general."""

from __future__ import annotations

import pytest
from tests.engines.appraisal.cases import INDEX, effect, options

from samskap.engines.appraisal import AppraisalError, PriceIndex, appraise
from samskap.engines.appraisal.prices import converted, growth_factor


def test_kroner_of_another_year_are_converted_by_the_index() -> None:
    deflators = PriceIndex.of({2024: 1.0, 2021: 0.870875388638}, source="FRAM")
    found = converted(1_000_000, from_year=2021, to_year=2024, index=deflators)
    assert round(found, 2) == 1_148_269.91
    assert deflators.values == ((2021, 0.870875388638), (2024, 1.0))
    assert converted(found, from_year=2024, to_year=2021, index=deflators) == pytest.approx(1_000_000)


def test_a_price_of_the_price_year_needs_no_index() -> None:
    assert converted(5.0, from_year=2025, to_year=2025, index=None) == 5.0


@pytest.mark.parametrize("index", [None, INDEX, PriceIndex.of({2024: 1.0, 2025: 0.0}, source="")])
def test_a_year_that_the_index_lacks_is_named(index: PriceIndex | None) -> None:
    with pytest.raises(AppraisalError, match="does not know 20") as caught:
        converted(5.0, from_year=2024, to_year=2025, index=index)
    assert caught.value.code == "appraisal_price_index"


def test_a_growing_yearly_effect_is_worth_the_closed_formula() -> None:
    rate, growth, years = 0.04, 0.013, 40
    net = (rate - growth) / (1 + growth)
    annuity = (1 - (1 + net) ** -years) / net
    assert (round(net, 7), round(annuity, 7)) == (0.0266535, 24.4179566)
    found = appraise([effect("b", "value_for_others", 0, *[1] * years, price=516127.2679, growth=growth)], options())
    assert found.net_present_value == pytest.approx(annuity * 516127.2679, rel=1e-12)


def test_growth_is_counted_from_the_price_year_unless_another_is_named() -> None:
    assert growth_factor(0.01, 2027, options=options()) == pytest.approx(1.01**2)
    assert growth_factor(0.01, 2027, options=options(price_year=2021)) == pytest.approx(1.01**6)
    assert growth_factor(0.01, 2027, options=options(price_year=2021, growth_from=2026)) == pytest.approx(1.01)
    assert growth_factor(0.01, 2020, options=options()) == 1.0


def test_growth_falls_evenly_to_nothing() -> None:
    """0.9 % a year to 2060, then less until it is nothing in 2100."""
    chosen = options(price_year=2024, growth_fades=(2060, 2100))
    factors = {year: growth_factor(0.009, year, options=chosen) for year in (2060, 2061, 2079, 2080, 2100, 2150)}
    assert factors[2060] == pytest.approx(1.009**36)
    assert factors[2061] / factors[2060] - 1 == pytest.approx(0.009 * 39 / 40)
    assert factors[2080] / factors[2079] - 1 == pytest.approx(0.0045)
    assert factors[2150] == factors[2100]
