"""One thing changed at a time: the same as computing anew, and exact roots."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from tests.engines.appraisal import plain
from tests.engines.appraisal.cases import effect, effect_lists, options, some_options

from samskap.engines.appraisal import (
    EDITIONS,
    AppraisalError,
    Bar,
    BreakEven,
    Effect,
    Options,
    appraise,
    break_even,
    tornado,
)


def worth(effects: tuple[Effect, ...], chosen: Options, *, key: str, times: float) -> float:
    edition = EDITIONS[chosen.edition]
    return plain.net_present_value(effects, chosen, edition, {key: times})["net"]


@settings(max_examples=40, deadline=None)
@given(effects=effect_lists(), chosen=some_options)
def test_every_end_of_the_tornado_is_an_appraisal_of_its_own(effects: tuple[Effect, ...], chosen: Options) -> None:
    found = tornado(effects, chosen, factors=(0.5, 1.5))
    edition = EDITIONS[chosen.edition]
    assert [bar.width for bar in found.bars] == sorted((bar.width for bar in found.bars), reverse=True)
    assert {bar.key for bar in found.bars if bar.driver == "effect"} == {
        each.key for each in effects if plain.counts(each, chosen)
    }
    for bar in found.bars:
        ends = []
        for factor in (0.5, 1.5):
            if bar.driver == "rates":
                steps = tuple(replace(step, rate=step.rate * factor) for step in edition.steps)
                sums = plain.net_present_value(effects, chosen, replace(edition, steps=steps))
            elif bar.driver == "tax_cost":
                sums = plain.net_present_value(effects, chosen, replace(edition, tax_cost=edition.tax_cost * factor))
            else:
                sums = plain.net_present_value(effects, chosen, edition, {bar.key: factor})
            ends.append(sums["net"])
        assert [bar.low, bar.high] == pytest.approx(ends, rel=1e-9, abs=1e-5)


@settings(max_examples=40, deadline=None)
@given(effects=effect_lists(), chosen=some_options)
def test_the_break_even_is_a_root_or_says_why_there_is_none(effects: tuple[Effect, ...], chosen: Options) -> None:
    for each in effects:
        found = break_even(effects, chosen, of=each.key)
        without, own = (
            worth(effects, chosen, key=each.key, times=0.0),
            worth(effects, chosen, key=each.key, times=1.0) - worth(effects, chosen, key=each.key, times=0.0),
        )
        assert found.without == pytest.approx(without, rel=1e-9, abs=1e-5)
        size = max(abs(without), abs(own), 1.0)
        if found.why == "found":
            assert found.factor >= 0
            left = worth(effects, chosen, key=each.key, times=found.factor)
            assert left == pytest.approx(0, abs=1e-8 * size * max(found.factor, 1.0))
        elif found.why == "no_money":
            assert own == pytest.approx(0, abs=0.005 + 1e-9 * size)
        else:
            assert (found.why == "always_positive") == (without > 0) == (own > 0)


def simple() -> list[Effect]:
    return [
        effect("c", "cost", 100, public_share=1.0),
        effect("b", "value_for_others", 40, price=5.0, title="Walks", who="Residents", sector="people"),
    ]


def test_a_tornado_says_what_it_did() -> None:
    found = tornado(simple(), options())
    assert (found.factors, found.net_present_value) == ((0.8, 1.2), 80.0)
    assert found.bars == (
        Bar("effect", "b", "Walks", pytest.approx(40.0), 120.0, pytest.approx(0.4), 1.2),
        Bar("effect", "c", "", pytest.approx(104.0), pytest.approx(56.0), pytest.approx(1.3), pytest.approx(56 / 120)),
        Bar("tax_cost", "", "", 84.0, 76.0, 0.84, 0.76),
        Bar("rates", "", "", 80.0, 80.0, 0.8, 0.8),
    )


def test_a_bar_has_nothing_per_krone_where_the_budget_is_not_charged() -> None:
    found = tornado([effect("s", "saved_money", 10, public_share=1.0)], options())
    assert {bar.low_per_krone for bar in found.bars} == {None}


def test_a_break_even_is_a_factor_and_a_price() -> None:
    assert break_even(simple(), options(), of="b") == BreakEven("b", "Walks", "found", 0.6, 3.0, -120.0)
    assert break_even(simple(), options(), of="c") == BreakEven(
        "c", "", "found", pytest.approx(200 / 120), pytest.approx(200 / 120), 200.0
    )


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (effect("x", "saved_money", 5), "always_positive"),
        (effect("x", "cost", 300), "always_negative"),
        (effect("x", "quality", price=None, price_year=None, scale=2), "no_money"),
        (effect("x", "freed_time", 5, price=100.0), "no_money"),
        (effect("x", "cost", 1, price=1e-300), "no_money"),
    ],
)
def test_where_there_is_no_break_even_it_says_why(more: Effect, why: str) -> None:
    cost = 1000.0 if why == "always_negative" else 1.0
    effects = [effect("c", "cost", cost), effect("b", "saved_money", 100), more]
    found = break_even(effects, options(count_freed_time=False), of="x")
    assert (found.why, found.factor, found.price) == (why, None, None)


def test_nothing_at_all_breaks_even_at_nothing() -> None:
    found = break_even([effect("b", "saved_money", 100)], options(), of="b")
    assert (found.why, found.factor) == ("found", 0.0)
    assert appraise([effect("b", "saved_money", 0)], options()).net_present_value == 0


def test_an_effect_that_is_not_there_has_no_break_even() -> None:
    with pytest.raises(AppraisalError, match='There is no effect "z"') as caught:
        break_even(simple(), options(), of="z")
    assert caught.value.code == "appraisal_unknown_effect"
