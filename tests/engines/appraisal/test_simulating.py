"""Draws against the slow twin, known spreads, and the promise of the seed."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import pairwise
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from tests.engines.appraisal import plain
from tests.engines.appraisal.cases import effect, effect_lists, options, some_options

from samskap.engines.appraisal import (
    EDITIONS,
    AppraisalError,
    Correlation,
    Effect,
    Options,
    Percentiles,
    Simulation,
    Spread,
    appraise,
    simulate,
)
from samskap.engines.appraisal import chance as chance_module
from samskap.engines.appraisal.drawing import draw
from samskap.engines.appraisal.flows import case_of


def road() -> list[Effect]:
    """The spreads that a road administration has used: benefits, accidents, operation and investment."""
    return [
        effect("benefit", "value_for_others", 0, *[50.0] * 40, spread=Spread.normal(0.220), who="Drivers"),
        effect("accidents", "value_for_others", 0, *[10.0] * 40, spread=Spread.normal(0.075), who="Drivers"),
        effect("operation", "cost", 0, *[5.0] * 40, spread=Spread.normal(0.18), public_share=1.0),
        effect("investment", "cost", 700, spread=Spread.triangular(0.89, 1.0, 1.40), public_share=1.0),
    ]


def chosen(**more: object) -> Options:
    together = (Correlation("benefit", "accidents", 0.57), Correlation("operation", "investment", 0.28))
    return options(**{"seed": 20171114, "correlations": together, "draws": 20_000, **more})


@settings(max_examples=25, deadline=None)
@given(effects=effect_lists(uncertain=True), options=some_options)
def test_every_draw_is_what_the_slow_twin_finds(effects: tuple[Effect, ...], options: Options) -> None:
    uncertain = [each.key for each in effects if each.spread]
    pairs = tuple(Correlation(*pair, 0.4) for pair in pairwise(uncertain))
    options = replace(options, correlations=pairs)
    found = draw(case_of(effects, options), draws=8, seed=options.seed)
    edition = EDITIONS[options.edition]
    for place, factors in enumerate(plain.drawn_factors(effects, options, 8)):
        sums = plain.net_present_value(effects, options, edition, factors)
        assert found.net[place] == pytest.approx(sums["net"], rel=1e-8, abs=1e-5)
        assert found.budget[place] == pytest.approx(plain.budget(sums, options), rel=1e-8, abs=1e-5)


def test_the_mean_and_spread_are_those_of_the_distributions() -> None:
    found = simulate(road(), chosen(draws=200_000))
    annuity = sum(1.04**-year for year in range(1, 41))
    mean = annuity * (50 + 10 - 5 * 1.2) - 700 * 1.2 * (0.89 + 1 + 1.4) / 3
    assert found.net_present_value.mean == pytest.approx(mean, rel=5e-3)
    low, mode, high = 0.89, 1.0, 1.4
    triangle = np.sqrt((low**2 + mode**2 + high**2 - low * mode - low * high - mode * high) / 18)
    sds = annuity * np.array([50 * 0.22, 10 * 0.075]), np.array([annuity * 6 * 0.18, 840 * triangle])
    variance = sum(each @ each for each in sds) + 2 * 0.57 * np.prod(sds[0])
    # A Gaussian copula: of a triangle the correlation is a little below that of the normal number behind it.
    assert found.net_present_value.sd == pytest.approx(np.sqrt(variance + 2 * 0.28 * np.prod(sds[1])), rel=1e-2)
    assert sum(line.share for line in found.spreads) == pytest.approx(1)
    assert found.spreads[0].share == max(line.share for line in found.spreads)
    told = found.net_present_value
    assert found.chance_positive == pytest.approx(NormalDist(told.mean, told.sd).cdf(2 * told.mean), abs=0.02)


def test_a_simulation_says_what_it_used() -> None:
    found = simulate(road(), chosen(), draws=1000)
    assert (found.draws, found.seed) == (1000, 20171114)
    assert found.correlations == chosen().correlations
    assert [(line.key, line.spread) for line in found.spreads] == [(each.key, each.spread) for each in road()]
    assert [share for _, share in found.curve] == pytest.approx([step / 40 for step in range(41)])


def test_a_correlation_with_what_is_left_out_is_not_told_as_used() -> None:
    freed = effect("freed", "freed_time", 0, 9, spread=Spread.normal(0.2))
    together = (*chosen().correlations, Correlation("freed", "operation", 0.3))
    for count, told in ((True, together), (False, chosen().correlations)):
        asked = chosen(correlations=together, count_freed_time=count)
        assert simulate([*road(), freed], asked, draws=200).correlations == told


def test_percentiles_are_those_of_the_library() -> None:
    case = case_of(road(), chosen())
    drawn = draw(case, draws=2000, seed=20171114)
    found = simulate(road(), chosen(), draws=2000)
    told = found.net_present_value
    assert [value for _, value in told.percentiles] == pytest.approx(
        np.percentile(drawn.net, [percent for percent, _ in told.percentiles]), rel=1e-12
    )
    assert (told.mean, told.sd) == (pytest.approx(drawn.net.mean()), pytest.approx(drawn.net.std(ddof=1)))
    assert [value for value, _ in found.curve] == pytest.approx(np.percentile(drawn.net, np.linspace(0, 100, 41)))
    assert found.per_budget_krone.mean == pytest.approx((drawn.net / drawn.budget).mean())
    assert (found.charged, found.chance_positive) == (1.0, (drawn.net > 0).mean())


# The seed


def test_the_same_seed_gives_the_same_bytes_on_every_machine() -> None:
    drawn = draw(case_of([*road(), _lognormal()], chosen()), draws=20_000, seed=20171114)
    assert hashlib.sha256(drawn.net.astype("<f8").tobytes()).hexdigest() == (
        "443584e526bbdd31cab30d46f504d88f14a9e5d8314ea1bd360dbb295e25fff0"
    )
    assert simulate(road(), chosen()) == simulate(road(), chosen())
    assert simulate(road(), chosen()) != simulate(road(), chosen(seed=1))


def _lognormal() -> Effect:
    return effect("late", "quality", 0, 0, 40, spread=Spread.lognormal(0.5, yearly_sd=0.1), who="Residents")


def test_pieces_more_draws_and_the_order_of_the_list_change_no_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    few = draw(case_of(road(), chosen()), draws=500, seed=3)
    monkeypatch.setattr(chance_module, "PIECE", 64)
    many = draw(case_of(road(), chosen()), draws=900, seed=3)
    assert np.array_equal(few.amounts, many.amounts[:, :500])
    assert np.array_equal(few.net, many.net[:500])
    turned = draw(case_of(road()[::-1], chosen()), draws=500, seed=3)
    assert np.array_equal(few.amounts, turned.amounts[::-1])


def test_an_effect_more_leaves_the_draws_of_the_others_as_they_were() -> None:
    before = draw(case_of(road(), chosen()), draws=500, seed=3)
    after = draw(case_of([_lognormal(), *road()], chosen()), draws=500, seed=3)
    assert np.array_equal(before.amounts, after.amounts[1:])


@pytest.mark.parametrize("seed", [None, -1, 2**63])
def test_no_simulation_without_a_seed(seed: int | None) -> None:
    with pytest.raises(AppraisalError, match="needs a seed") as caught:
        simulate(road(), chosen(seed=seed))
    assert caught.value.code == "appraisal_seed"


@pytest.mark.parametrize("draws", [0, 99, 1_000_001])
def test_too_few_and_too_many_draws_are_refused(draws: int) -> None:
    with pytest.raises(AppraisalError, match=f"of 1 uncertain effects cannot have {draws} draws"):
        simulate([_lognormal()], options(seed=1), draws=draws)


def test_many_effects_have_fewer_draws() -> None:
    many = [effect(f"e{place}", "quality", 1.0, spread=Spread.normal(0.1)) for place in range(300)]
    with pytest.raises(AppraisalError, match="of 300 uncertain effects cannot have 100001 draws") as caught:
        simulate(many, options(seed=1), draws=100_001)
    assert caught.value.gaps["most"] == 100_000


def test_nothing_uncertain_is_nothing_to_simulate() -> None:
    certain = [replace(each, spread=None) for each in road()]
    beside = effect("q", "quality", price=None, price_year=None, scale=1, spread=Spread.normal(0.1))
    with pytest.raises(AppraisalError, match="nothing to simulate"):
        simulate([*certain, beside], options(seed=1))


# What is drawn


def test_years_that_stray_by_themselves_even_each_other_out() -> None:
    """The root of the sum of squares of the years, not their sum."""
    yearly = effect("b", "saved_money", *[100.0] * 21, spread=Spread.normal(0.0, yearly_sd=0.2), public_share=0.5)
    found = simulate([yearly], options(seed=4, horizon_years=20), draws=100_000)
    squares = sum((100 * 1.04**-year) ** 2 for year in range(21))
    assert found.net_present_value.sd == pytest.approx(0.2 * 1.1 * np.sqrt(squares), rel=0.01)
    assert found.net_present_value.mean == pytest.approx(
        appraise([yearly], options(horizon_years=20)).net_present_value, rel=1e-3
    )


def test_years_that_stray_are_the_same_as_a_cube_of_years() -> None:
    spread = Spread.uniform(0.8, 1.3, yearly_sd=0.3)
    found = simulate([effect("b", "quality", 10, 20, 30, spread=spread)], options(seed=4), draws=100_000)
    chance = np.random.default_rng(8)
    factors = chance.uniform(0.8, 1.3, (100_000, 1)) + 0.3 * chance.standard_normal((100_000, 3))
    cube = factors * np.array([10, 20, 30]) / 1.04 ** np.arange(3)
    assert found.net_present_value.mean == pytest.approx(cube.sum(axis=1).mean(), rel=5e-3)
    assert found.net_present_value.sd == pytest.approx(cube.sum(axis=1).std(), rel=0.01)


def test_certain_effects_are_in_every_draw_and_freed_time_can_be_left_out() -> None:
    effects = [
        effect("b", "saved_money", 100, spread=Spread.uniform(0.9, 1.1)),
        effect("c", "cost", 1000, public_share=1.0),
        effect("t", "freed_time", 50, spread=Spread.uniform(0.9, 1.1)),
    ]
    found = draw(case_of(effects, options(count_freed_time=False)), draws=200, seed=1)
    assert found.amounts.shape == (1, 200)
    assert found.net == pytest.approx(found.amounts[0] - 1200)
    assert set(found.budget.tolist()) == {1000.0}


def test_nothing_is_told_per_krone_where_most_draws_save_public_money() -> None:
    effects = [
        effect("s", "saved_money", 100, public_share=1.0, spread=Spread.uniform(0.5, 1.5)),
        effect("c", "cost", 80, public_share=1.0),
    ]
    found = simulate(effects, options(seed=1), draws=1000)
    assert found.per_budget_krone is None
    assert found.charged == pytest.approx(0.3, abs=0.05)
    outlays = simulate(effects, options(seed=1, nnb_denominator="outlays_without_tax_cost"), draws=1000)
    assert isinstance(outlays, Simulation)
    assert isinstance(outlays.per_budget_krone, Percentiles)
    assert outlays.per_budget_krone.mean == pytest.approx(found.net_present_value.mean / 80)
