"""Net present value and net benefit per budget krone: published answers, the slow twin, and the traps."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from tests.engines.appraisal import plain
from tests.engines.appraisal.cases import effect, effect_lists, options, some_options

from samskap.engines.appraisal import (
    DENOMINATORS,
    EDITIONS,
    NOTHING,
    ActorLine,
    Effect,
    KindLine,
    Options,
    SectorLine,
    UnpricedLine,
    appraise,
)

# Present values of two packages of measures at sea, as the Coastal Administration publishes them with its model FRAM.
PACKAGE_40 = ((2667463.08, 794684.86, 7021889.42, 492810.10, 5947131.29, 4655586.18), 623546.89, 6061276.43)
PACKAGE_51 = ((6066334.26, 689607.49, 15995125.94, 1314836.29, 12240375.72, 8975843.50), 1438905.31, 1354873.55)


def fram(benefits: tuple[float, ...], maintenance: float, investment: float) -> list[Effect]:
    return [
        *(effect(f"b{place}", "value_for_others", amount) for place, amount in enumerate(benefits)),
        effect("maintenance", "saved_money", maintenance, public_share=1.0),
        *(effect(f"i{place}", "cost", investment, public_share=1.0) for place in range(3)),
    ]


@pytest.mark.parametrize(
    ("package", "tax_cost", "surplus", "per_krone"),
    [(PACKAGE_40, -3512056.48, 507226.06, 0.0289), (PACKAGE_51, -525143.07, 42131264.79, 16.05)],
)
def test_the_published_surplus_of_two_packages_is_found(
    package: tuple[tuple[float, ...], float, float], tax_cost: float, surplus: float, per_krone: float
) -> None:
    found = appraise(fram(*package), options())
    assert found.totals.tax_cost == pytest.approx(tax_cost, abs=0.011)
    assert found.net_present_value == pytest.approx(surplus, abs=0.02)
    assert found.per_budget_krone.value == pytest.approx(per_krone, rel=2e-3)


@pytest.mark.parametrize(
    ("yearly", "present_value", "net"),
    [(516127.2679, 12602773.2358, 7177715.6306), (540495.6042, 13197798.2141, 7772740.6089)],
)
def test_the_published_value_of_light_on_a_cycle_path_is_found(yearly: float, present_value: float, net: float) -> None:
    effects = [
        effect("health", "value_for_others", 0, *[1] * 40, price=yearly, growth=0.013),
        effect("operation", "cost", 4520881.3377, public_share=1.0),
    ]
    found = appraise(effects, options())
    assert found.totals.benefits == pytest.approx(present_value, rel=1e-9)
    assert found.totals.tax_cost == pytest.approx(-904176.2675, abs=1e-3)
    assert found.net_present_value == pytest.approx(net, abs=2e-3)
    assert found.per_budget_krone.value == pytest.approx(net / 4520881.3377, rel=1e-9)


def test_the_tax_cost_is_not_in_the_denominator() -> None:
    effects = [effect("b", "value_for_others", 6673258.997766544), effect("c", "cost", 1_000_000, public_share=1.0)]
    found = appraise(effects, options())
    assert found.net_present_value == pytest.approx(5473258.997766544, rel=1e-15)
    assert found.per_budget_krone.value == pytest.approx(5.4732589977665445, rel=1e-15)
    assert {each.denominator: round(each.budget) for each in found.budget_krones} == {
        "budget_without_tax_cost": 1_000_000, "outlays_without_tax_cost": 1_000_000, "budget_with_tax_cost": 1_200_000,
    }  # fmt: skip


def test_all_denominators_are_named_and_the_chosen_one_is_first() -> None:
    effects = fram(*PACKAGE_40)
    for chosen in DENOMINATORS:
        found = appraise(effects, options(nnb_denominator=chosen))
        assert found.per_budget_krone.denominator == chosen
        assert {each.denominator: round(each.value or 0, 4) for each in found.budget_krones} == {
            "budget_without_tax_cost": 0.0289, "outlays_without_tax_cost": 0.0279, "budget_with_tax_cost": 0.0241,
        }  # fmt: skip


def test_nothing_is_told_per_budget_krone_where_the_budget_is_not_charged() -> None:
    found = appraise(
        [effect("b", "saved_money", 10, public_share=1.0), effect("c", "cost", 4, who="A firm")], options()
    )
    assert [each.value for each in found.budget_krones] == [None, None, None]
    assert (found.net_present_value, found.totals.public) == (8.0, 10.0)


@pytest.mark.parametrize(
    ("costs", "benefits", "net"),
    [((100.0,), (0.0, *[30.0] * 5), 35.4516), ((100.0, 50.0, 50.0), (0.0, 0.0, 0.0, *[30.0] * 7), -23.7449)],
)
def test_the_british_examples_are_found(costs: tuple[float, ...], benefits: tuple[float, ...], net: float) -> None:
    effects = [effect("c", "cost", *costs), effect("b", "value_for_others", *benefits)]
    assert round(appraise(effects, options(edition="uk-2022")).net_present_value, 4) == net


def test_wellbeing_is_points_times_people_times_years_discounted() -> None:
    gained = effect("wellbeing", "value_for_others", *[100] * 5, price=13_000, unit="WELLBY", price_year=2019)
    found = appraise([gained], options(comparison_year=2025, price_year=2019, edition="uk-2022"))
    assert found.net_present_value == pytest.approx(100 * 13_000 * sum(1.035**-year for year in range(5)))


@settings(max_examples=50, deadline=None)
@given(effects=effect_lists(), chosen=some_options)
def test_everything_is_what_the_slow_twin_finds(effects: tuple[Effect, ...], chosen: Options) -> None:
    found = appraise(effects, chosen)
    sums = plain.net_present_value(effects, chosen, EDITIONS[chosen.edition])
    totals = found.totals
    assert [
        totals.benefits, totals.costs, totals.public, totals.tax_cost, totals.net_present_value, totals.residual_value,
    ] == pytest.approx(
        [sums[name] for name in ("benefits", "costs", "public", "tax_cost", "net", "residual")], rel=1e-9, abs=1e-6
    )  # fmt: skip
    assert found.per_budget_krone.budget == pytest.approx(plain.budget(sums, chosen), rel=1e-9, abs=1e-6)
    assert sum(line.present_value for line in found.years) == pytest.approx(sums["net"], rel=1e-9, abs=1e-6)
    assert sum(line.net for line in found.actors) + totals.tax_cost == pytest.approx(sums["net"], rel=1e-9, abs=1e-6)
    assert sum(line.net for line in found.sectors) == pytest.approx(sum(line.net for line in found.actors), abs=1e-6)
    kinds = sum(line.net for line in found.kinds if line.is_counted)
    assert kinds + totals.tax_cost == pytest.approx(sums["net"], rel=1e-9, abs=1e-6)
    sure, hoped = found.certainties
    assert sure.benefits + hoped.benefits == pytest.approx(totals.benefits, rel=1e-9, abs=1e-6)


def test_the_zero_alternative_is_nothing_of_everything() -> None:
    found = appraise(fram(*PACKAGE_40), options())
    assert found.zero is NOTHING
    assert (NOTHING.benefits, NOTHING.costs, NOTHING.public, NOTHING.tax_cost) == (0, 0, 0, 0)
    assert (NOTHING.net_present_value, NOTHING.residual_value) == (0, 0)


def test_doing_nothing_more_than_today_is_worth_the_zero_alternative() -> None:
    found = appraise([effect("c", "cost", 0, public_share=1.0), effect("b", "quality", 0, 0)], options())
    assert found.totals == NOTHING


# The residual value


def test_what_goes_on_after_the_period_is_counted_once_as_residual_value() -> None:
    yearly = effect("b", "saved_money", *[10] * 41, public_share=1.0)
    period = appraise([yearly], options(horizon_years=40))
    life = appraise([yearly], options(horizon_years=40, lifetime_years=75))
    listed = appraise([effect("b", "saved_money", *[10] * 76, public_share=1.0)], options(horizon_years=75))
    assert period.totals.residual_value == 0
    assert life.net_present_value == pytest.approx(listed.net_present_value, rel=1e-12)
    assert life.totals.residual_value == pytest.approx(life.net_present_value - period.net_present_value)
    assert [line.is_residual for line in life.years] == [False] * 41 + [True] * 35


def test_a_residual_value_that_is_listed_does_not_come_twice() -> None:
    listed = effect("b", "saved_money", *[10] * 51)
    found = appraise([listed], options(horizon_years=40, lifetime_years=50))
    assert found.net_present_value == pytest.approx(
        appraise([listed], options(horizon_years=50)).net_present_value, rel=1e-12
    )
    ended = effect("b", "saved_money", *[10] * 41, 0)
    assert appraise([ended], options(horizon_years=40, lifetime_years=75)).totals.residual_value == 0


def test_an_investment_of_the_first_year_does_not_go_on() -> None:
    found = appraise([effect("c", "cost", 100)], options(horizon_years=10, lifetime_years=20))
    assert (found.net_present_value, found.totals.residual_value) == (-100.0, 0.0)


def test_years_that_come_too_late_are_left_out_and_said() -> None:
    found = appraise([effect("b", "saved_money", *[10] * 6), effect("c", "cost", 5)], options(horizon_years=3))
    assert found.cut == ("b",)
    assert len(found.effects[0].yearly) == 4


# What stands beside the money


def test_freed_time_is_told_apart_and_can_be_left_out() -> None:
    effects = [
        effect("hours", "freed_time", 100, price=400.0, unit="hours"),
        effect("c", "cost", 1000, public_share=1.0),
    ]
    counted, left_out = (appraise(effects, options(count_freed_time=choice)) for choice in (True, False))
    assert (counted.net_present_value, left_out.net_present_value) == (38_800.0, -1_200.0)
    assert counted.years[0].public == left_out.years[0].public == -1000.0
    assert left_out.kinds[1] == KindLine("freed_time", False, 0.0, 40_000.0, 40_000.0, 0.0, 40_000.0)
    assert (left_out.effects[0].is_counted, left_out.effects[0].present_value) == (False, 40_000.0)


def test_what_has_no_price_stands_beside_the_money_and_never_inside() -> None:
    priced = [effect("c", "cost", 100)]
    beside = [
        effect("dignity", "quality", 40, price=None, price_year=None, scale=3, who="Residents", sector="people"),
        effect("noise", "value_for_others", 5, price=None, price_year=None, scale=-1, is_harm=True, unit="homes"),
        effect("trust", "quality", price=None, price_year=None),
    ]
    found = appraise([*priced, *beside], options())
    assert found.totals == appraise(priced, options()).totals
    assert found.unpriced == (
        UnpricedLine("dignity", "", "quality", "Residents", "people", "hoped", False, 3, "kroner", 40.0),
        UnpricedLine("noise", "", "value_for_others", "The municipality", "public", "hoped", True, -1, "homes", 5.0),
        UnpricedLine("trust", "", "quality", "The municipality", "public", "hoped", False, None, "kroner", 1.0),
    )


def test_who_pays_and_who_gains_is_told_by_actor_and_sector() -> None:
    effects = [
        effect("c", "cost", 100, public_share=1.0),
        effect("s", "saved_money", 60, public_share=1.0),
        effect("h", "cost", 30, price=1.0, in_kind=True, who="Sports club", sector="voluntary"),
        effect("g", "value_for_others", 90, who="Residents", sector="people"),
        effect("x", "value_for_others", 20, who="Shop", sector="private", is_harm=True),
        effect("q", "quality", 1, price=None, price_year=None, scale=2, who="Residents", sector="people"),
        effect("n", "quality", 1, price=None, price_year=None, scale=-2, is_harm=True, who="Shop", sector="private"),
    ]
    found = appraise(effects, options())
    assert found.actors == (
        ActorLine("The municipality", "public", 60.0, -100.0, 0.0, -40.0, -40.0, (), ()),
        ActorLine("Shop", "private", 0.0, -20.0, 0.0, 0.0, -20.0, (), ("n",)),
        ActorLine("Sports club", "voluntary", 0.0, -30.0, -30.0, 0.0, -30.0, (), ()),
        ActorLine("Residents", "people", 90.0, 0.0, 0.0, 0.0, 90.0, ("q",), ()),
    )
    assert found.sectors[0] == SectorLine("public", 60.0, -100.0, 0.0, -40.0, -40.0)
    assert sum(line.net for line in found.actors) + found.totals.tax_cost == found.net_present_value == -8.0


def test_sure_and_hoped_stand_apart_and_costs_count_in_both() -> None:
    effects = [
        effect("c", "cost", 100, public_share=1.0, certainty="hoped"),
        effect("s", "saved_money", 50, public_share=1.0, certainty="sure"),
        effect("h", "value_for_others", 200, certainty="hoped"),
    ]
    sure, hoped = appraise(effects, options()).certainties
    assert (sure.certainty, sure.benefits, sure.net_present_value) == ("sure", 50.0, -60.0)
    assert (hoped.certainty, hoped.benefits, hoped.net_present_value) == ("hoped", 200.0, 80.0)


def test_kinds_have_a_line_each() -> None:
    effects = [
        effect("c", "cost", 100),
        effect("a", "avoided_cost", 30, certainty="sure"),
        effect("b", "avoided_cost", 20),
        effect("n", "quality", 7, is_harm=True),
    ]
    assert appraise(effects, options()).kinds == (
        KindLine("cost", True, 0.0, 0.0, 0.0, -100.0, -100.0),
        KindLine("avoided_cost", True, 30.0, 20.0, 50.0, 0.0, 50.0),
        KindLine("quality", True, 0.0, 0.0, 0.0, -7.0, -7.0),
    )


def test_the_tax_cost_follows_net_public_financing_and_comes_once() -> None:
    effects = [
        effect("c", "cost", 100, public_share=0.5),
        effect("s", "saved_money", 30, public_share=1.0),
        effect("o", "value_for_others", 40),
    ]
    found = appraise(effects, options())
    assert found.totals.public == -20.0
    assert found.totals.tax_cost == -4.0
    assert found.net_present_value == -34.0
    assert [line.tax_cost for line in found.effects] == [-10.0, 6.0, 0.0]
