"""Bad input is a sentence that names the effect, a code, and a cure."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest
from tests.engines.appraisal.cases import FOUND, effect, options

from samskap.engines.appraisal import EDITIONS, AppraisalError, Correlation, Effect, Options, Spread, Step, appraise

FALLS = effect("falls", "quality", 5, 4, price=100.0, title="Fewer falls")
SPREAD = replace(FALLS, spread=Spread.normal(0.1))
OTHER = effect("other", "cost", 1, spread=Spread.normal(0.1))


def refused(effects: list[Effect], **more: Any) -> AppraisalError:
    with pytest.raises(AppraisalError) as caught:
        appraise(effects, options(**more))
    assert caught.value.cure
    return caught.value


@pytest.mark.parametrize(
    ("wrong", "code", "sentence"),
    [
        ({"quantity": (5.0, -1.0)}, "appraisal_quantity", 'The quantity of "Fewer falls" in 2026 cannot be -1.'),
        ({"quantity": (math.nan,)}, "appraisal_quantity", 'The quantity of "Fewer falls" in 2025 cannot be nan.'),
        ({"quantity": (1e13,)}, "appraisal_quantity", 'The quantity of "Fewer falls" in 2025 cannot be 1e+13.'),
        ({"quantity": ()}, "appraisal_years", '"Fewer falls" has 0 years from 2025 on.'),
        ({"first_year": 25}, "appraisal_years", '"Fewer falls" has 2 years from 25 on.'),
        ({"price": -1.0}, "appraisal_price", 'The price of "Fewer falls" cannot be -1.'),
        ({"price": math.inf}, "appraisal_price", 'The price of "Fewer falls" cannot be inf.'),
        ({"price_year": None}, "appraisal_price_year", 'The price of "Fewer falls" does not say in which year\'s '
         "prices it is."),
        ({"growth": 1.3}, "appraisal_growth", 'The price of "Fewer falls" cannot grow by 1.3 a year.'),
        ({"kind": "joy"}, "appraisal_choice", 'The kind of "Fewer falls" cannot be "joy".'),
        ({"sector": "state"}, "appraisal_choice", 'The sector of "Fewer falls" cannot be "state".'),
        ({"certainty": "likely"}, "appraisal_choice", 'The certainty of "Fewer falls" cannot be "likely".'),
        ({"who": ""}, "appraisal_blank", '"Fewer falls" does not say who bears or gains it.'),
        ({"unit": ""}, "appraisal_blank", '"Fewer falls" does not say in what unit it is counted.'),
        ({"public_share": 1.5}, "appraisal_share", 'The share public_share of "Fewer falls" cannot be 1.5.'),
        ({"shares": replace(FOUND, drop_off=-0.1)}, "appraisal_share", 'The share drop_off of "Fewer falls" cannot be '
         "-0.1."),
        ({"kind": "freed_time", "public_share": 0.5}, "appraisal_not_cash", '"Fewer falls" is freed time, which is no '
         "public financing."),
        ({"kind": "cost", "in_kind": True, "public_share": 0.5}, "appraisal_not_cash", '"Fewer falls" is given in '
         "kind, which is no public financing."),
        ({"in_kind": True}, "appraisal_in_kind", '"Fewer falls" is given in kind, but it is no cost.'),
        ({"scale": 2}, "appraisal_both", '"Fewer falls" has both a price and a place on the scale, so it would count '
         "twice."),
        ({"price": None, "scale": 5}, "appraisal_scale", 'The place of "Fewer falls" on the scale cannot be 5.'),
        ({"price": None, "scale": -2}, "appraisal_scale", 'The place of "Fewer falls" on the scale cannot be -2.'),
        ({"price": None, "scale": 2, "is_harm": True}, "appraisal_scale", 'The place of "Fewer falls" on the scale '
         "cannot be 2."),
        ({"spread": Spread(distribution="beta")}, "appraisal_spread", 'The spread of "Fewer falls" cannot be "beta".'),
        ({"spread": Spread(distribution="normal")}, "appraisal_spread", 'The spread of "Fewer falls" needs sd, none '
         "of them negative or above 1000."),
        ({"spread": Spread.normal(0.1, yearly_sd=-1)}, "appraisal_spread", 'The spread of "Fewer falls" needs sd, '
         "none of them negative or above 1000."),
        ({"spread": Spread.triangular(0.8, 0.7, 1.2)}, "appraisal_spread", 'The spread of "Fewer falls" needs low, '
         "mode, high in rising order."),
        ({"spread": Spread.uniform(1.0, 1.0)}, "appraisal_spread", 'The spread of "Fewer falls" needs low, high in '
         "rising order."),
    ],
)  # fmt: skip
def test_a_wrong_effect_is_named(wrong: dict[str, Any], code: str, sentence: str) -> None:
    error = refused([replace(FALLS, **wrong)])
    assert (error.code, error.message) == (code, sentence)
    assert error.gaps["effect"] == "Fewer falls"


@pytest.mark.parametrize(
    ("wrong", "code", "sentence"),
    [
        ({"horizon_years": -1}, "appraisal_period", "A period of -1 years from 2025, in a lifetime of -1 years, cannot "
         "be appraised."),
        ({"lifetime_years": 10}, "appraisal_period", "A period of 40 years from 2025, in a lifetime of 10 years, "
         "cannot be appraised."),
        ({"lifetime_years": 10**9}, "appraisal_period", "A period of 40 years from 2025, in a lifetime of 1000000000 "
         "years, cannot be appraised."),
        ({"comparison_year": 25}, "appraisal_period", "A period of 40 years from 25, in a lifetime of 40 years, cannot "
         "be appraised."),
        ({"growth_fades": (2060, 2060)}, "appraisal_fading", "Growth cannot fall from 2060 to 2060."),
        ({"growth_fades": (2060, 10**9)}, "appraisal_fading", "Growth cannot fall from 2060 to 1000000000."),
        ({"nnb_denominator": "all"}, "appraisal_option", 'The option nnb_denominator cannot be "all".'),
        ({"growth_from": -(10**9)}, "appraisal_option", "The option growth_from cannot be -1000000000."),
        ({"anchor_year": 2500}, "appraisal_option", "The option anchor_year cannot be 2500."),
        ({"timing": "late"}, "appraisal_option", 'The option timing cannot be "late".'),
        ({"factors": (1.2, 0.8)}, "appraisal_factors", "The factors 1.2 and 0.8 do not say low and high."),
        ({"factors": (0.8, 1e300)}, "appraisal_factors", "The factors 0.8 and 1e+300 do not say low and high."),
        ({"edition": "no-r109-1978"}, "appraisal_edition", "There is no edition no-r109-1978 of the parameters."),
        ({"price_year": 2021}, "appraisal_price_index", "The price index does not know 2025."),
    ],
)  # fmt: skip
def test_a_wrong_option_is_named(wrong: dict[str, Any], code: str, sentence: str) -> None:
    error = refused([FALLS], **wrong)
    assert (error.code, error.message) == (code, sentence)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ([Correlation("falls", "cheese", 0.1)], "appraisal_correlation"),
        ([Correlation("falls", "falls", 0.1)], "appraisal_correlation_value"),
        ([Correlation("falls", "other", 1.1)], "appraisal_correlation_value"),
        ([Correlation("falls", "other", math.nan)], "appraisal_correlation_value"),
        ([Correlation("falls", "other", 0.1), Correlation("other", "falls", 0.2)], "appraisal_correlation_value"),
    ],
)
def test_a_wrong_correlation_is_named(told: list[Correlation], code: str) -> None:
    assert refused([SPREAD, OTHER], correlations=tuple(told)).code == code


def test_no_effects_and_two_of_one_key_are_refused() -> None:
    assert refused([]).code == "appraisal_no_effects"
    error = refused([FALLS, FALLS])
    assert (error.code, error.message) == ("appraisal_twice", 'The effect list has the key "falls" 2 times.')
    assert refused([replace(FALLS, key="")]).code == "appraisal_twice"


def test_the_largest_numbers_are_still_numbers() -> None:
    huge = replace(FALLS, quantity=(1e12,) * 40, price=1e12, growth=0.2)
    assert math.isfinite(appraise([huge], Options(comparison_year=2025, horizon_years=300)).net_present_value)


@pytest.mark.parametrize(
    "wrong",
    [
        {"steps": ()},
        {"steps": (Step(0, -1.0),)},
        {"steps": (Step(0, math.nan),)},
        {"steps": (Step(40, 0.03), Step(0, 0.04))},
        {"tax_cost": 2.0},
    ],
)
def test_an_edition_from_elsewhere_must_have_rates_that_can_be(wrong: dict[str, Any]) -> None:
    edition = replace(EDITIONS["no-r109-2021"], **wrong)
    with pytest.raises(AppraisalError, match="of the edition no-r109-2021 cannot be right") as caught:
        appraise([FALLS], options(), editions={edition.key: edition})
    assert caught.value.code == "appraisal_parameters"
