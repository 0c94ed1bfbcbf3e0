"""Social return: published examples, the slow twin, the traps, and the refusal."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from tests.engines.appraisal import plain
from tests.engines.appraisal.cases import FOUND, effect, effect_lists, options, some_options

from samskap.engines.appraisal import (
    EDITIONS,
    AppraisalError,
    Effect,
    Options,
    OutcomeLine,
    Ratio,
    Shares,
    appraise,
    social_return,
)
from samskap.engines.appraisal.social import impact_of

HANDBOOK = Shares(deadweight=0.4, displacement=0.0, attribution=0.3, drop_off=0.3, source="An open handbook")
BRITISH = options(edition="uk-2022", horizon_years=5)


def handbook() -> list[Effect]:
    """60 people at 8,500 for two years, and 250,000 put in."""
    return [
        effect("put in", "cost", 250_000),
        effect("work", "value_for_others", 60, 60, price=8_500.0, shares=HANDBOOK, who="Young people", sector="people"),
    ]


def test_the_handbook_s_return_is_found_step_by_step() -> None:
    found = social_return(handbook(), BRITISH)
    assert found.outcomes == (
        OutcomeLine(
            "work", "", "value_for_others", "Young people", "people", HANDBOOK,
            510_000.0, 306_000.0, 306_000.0, pytest.approx(214_200.0), 2025,
            pytest.approx((214_200.0, 149_940.0)), pytest.approx(214_200 + 149_940 / 1.035),
        ),
    )  # fmt: skip
    assert round(149_940 / 1.035) == 144_870
    assert round(found.impact) == 359_070
    assert round(found.ratio, 5) == 1.43628
    assert round(found.net_ratio, 5) == 0.43628


def test_a_return_below_one_is_a_finding() -> None:
    shares = Shares(deadweight=0.35, displacement=0.0, attribution=0.15, drop_off=0.0, source="An open handbook")
    found = social_return(
        [effect("in", "cost", 60_000), effect("out", "value_for_others", 80, price=1_100.0, shares=shares)], BRITISH
    )
    assert found.impact == pytest.approx(48_620)
    assert round(found.ratio, 2) == 0.81


def test_both_conventions_of_time_are_named_and_told() -> None:
    early, late = social_return(handbook(), BRITISH).ratios
    assert (early.timing, round(early.ratio, 3)) == ("first_year_undiscounted", 1.436)
    assert (late.timing, round(late.ratio, 3)) == ("first_year_discounted", 1.388)
    other = social_return(handbook(), replace(BRITISH, timing="first_year_discounted"))
    assert (other.timing, other.ratio, other.ratios) == (late.timing, late.ratio, (late, early))
    assert isinstance(late, Ratio)
    assert other.inputs == 250_000.0


def test_shares_are_multiplied_and_never_added() -> None:
    shares = Shares(deadweight=0.4, displacement=0.0, attribution=0.3, drop_off=0.0, source="x")
    assert impact_of(100.0, shares) == pytest.approx((60.0, 60.0, 42.0))
    assert impact_of(100.0, shares)[-1] != pytest.approx(100 * (1 - 0.4 - 0.3))


def test_attribution_is_the_share_of_others() -> None:
    shares = Shares(deadweight=0.0, displacement=0.0, attribution=0.3, drop_off=0.0, source="x")
    assert impact_of(100.0, shares)[-1] == pytest.approx(70.0)


def test_drop_off_begins_in_the_year_after_the_first_with_an_effect() -> None:
    shares = Shares(deadweight=0.0, displacement=0.0, attribution=0.0, drop_off=0.5, source="x")
    found = social_return(
        [effect("in", "cost", 10), effect("out", "quality", 0, 100, 100, 100, shares=shares)], options(horizon_years=3)
    )
    assert found.outcomes[0].yearly == (0.0, 100.0, 50.0, 25.0)
    assert found.outcomes[0].gross == 100.0


def test_hours_that_are_given_are_an_input_and_no_cash() -> None:
    effects = [
        effect("money", "cost", 600),
        effect("hours", "cost", 100, price=4.0, in_kind=True, unit="hours", who="Volunteers", sector="voluntary"),
        effect("saved", "saved_money", 500, shares=replace(HANDBOOK, attribution=0.0)),
        effect("calm", "quality", 2_000, shares=replace(HANDBOOK, attribution=0.0)),
    ]
    found = social_return(effects, options())
    assert (found.inputs, found.cash_inputs, found.in_kind_inputs) == (1000.0, 600.0, 400.0)
    assert found.ratio == pytest.approx(1.5)
    assert (found.cash_back, found.net_cash) == (pytest.approx(300.0), pytest.approx(-300.0))
    assert appraise(effects, options()).totals.public == 0


def test_a_harm_is_taken_from_the_impact() -> None:
    effects = [
        effect("in", "cost", 100),
        effect("good", "quality", 300, shares=FOUND),
        effect("bad", "quality", 100, shares=FOUND, is_harm=True),
    ]
    found = social_return(effects, options())
    assert found.impact == pytest.approx(200 * 0.6 * 0.9 * 0.7)
    assert found.outcomes[1].after_attribution == pytest.approx(-100 * 0.6 * 0.9 * 0.7)


def test_outcomes_without_a_price_are_named_beside_the_ratio() -> None:
    beside = effect("dignity", "quality", price=None, price_year=None, scale=4)
    assert social_return([*handbook(), beside], BRITISH).unpriced == ("dignity",)


def test_it_refuses_and_names_each_effect_and_what_it_misses() -> None:
    effects = [
        effect("in", "cost", 100),
        effect("hours", "cost", price=None, price_year=None, in_kind=True, title="Volunteer hours"),
        effect("a", "quality", title="Fewer falls", shares=replace(FOUND, deadweight=None, source=" ")),
        effect("b", "quality", title="Calm"),
        effect("c", "quality", shares=FOUND),
        effect("d", "quality", price=None, price_year=None, scale=1),
    ]
    with pytest.raises(AppraisalError) as caught:
        social_return(effects, options())
    assert caught.value.code == "appraisal_missing"
    assert caught.value.gaps["missing"] == (
        ("Volunteer hours", ("price",)),
        ("Fewer falls", ("deadweight", "source")),
        ("Calm", ("deadweight", "displacement", "attribution", "drop_off", "source")),
    )
    assert '"Fewer falls": deadweight, source; "Calm": deadweight, displacement' in str(caught.value)


def test_it_refuses_where_nothing_was_put_in() -> None:
    with pytest.raises(AppraisalError) as caught:
        social_return([effect("c", "quality", shares=FOUND)], options())
    assert caught.value.code == "appraisal_no_inputs"


def test_freed_time_that_does_not_count_is_no_impact() -> None:
    effects = [*handbook(), effect("time", "freed_time", 100, price=300.0, shares=FOUND)]
    assert social_return(effects, replace(BRITISH, count_freed_time=False)).impact == pytest.approx(359_069.5652)
    assert social_return(effects, BRITISH).impact > 359_070


def test_freed_time_that_does_not_count_is_not_asked_for_its_shares() -> None:
    effects = [*handbook(), effect("time", "freed_time", 100, price=300.0)]
    assert social_return(effects, replace(BRITISH, count_freed_time=False)) == social_return(
        handbook(), replace(BRITISH, count_freed_time=False)
    )
    with pytest.raises(AppraisalError, match='"time": deadweight'):
        social_return(effects, BRITISH)


@settings(max_examples=50, deadline=None)
@given(effects=effect_lists(), chosen=some_options)
def test_the_return_is_what_the_slow_twin_finds(effects: tuple[Effect, ...], chosen: Options) -> None:
    sums = plain.social_return(effects, chosen, EDITIONS[chosen.edition])
    assume(sums["inputs"] > 1e-3)
    found = social_return(effects, chosen)
    assert found.inputs == pytest.approx(sums["inputs"], rel=1e-9)
    assert found.impact == pytest.approx(sums["impact"], rel=1e-9, abs=1e-6)
    assert found.ratio == pytest.approx(sums["impact"] / sums["inputs"], rel=1e-9, abs=1e-6)
    assert found.cash_inputs + found.in_kind_inputs == found.inputs
