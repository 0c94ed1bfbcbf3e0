"""The numbers on the method page are the ones the engine gives."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.engines.appraisal.cases import effect, options

from samskap.engines.appraisal import (
    DENOMINATORS,
    DISTRIBUTIONS,
    DRAWS,
    EDITIONS,
    FACTORS,
    TIMINGS,
    Effect,
    PriceIndex,
    Shares,
    appraise,
    break_even,
    social_return,
    tornado,
)
from samskap.engines.appraisal.discounting import discount_factors
from samskap.engines.appraisal.prices import converted
from samskap.engines.appraisal.simulating import CHARGED, FEWEST, MOST, MOST_NUMBERS

PAGE = Path(__file__).resolve().parents[3] / "docs" / "methods" / "appraisal.md"
TEXT = PAGE.read_text(encoding="utf-8")
PROSE = " ".join(TEXT.split())


def table(heading: str) -> list[list[str]]:
    """The rows of the table whose first line is `heading`."""
    lines = TEXT.splitlines()
    start = lines.index(heading) + 2
    rows = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def number(cell: str) -> float:
    return float(cell.replace(",", ""))


@pytest.mark.parametrize(
    ("heading", "comparison_year", "anchor_year"),
    [
        ("| year | factor, edition `no-r109-2021`, comparison year and anchor 0 |", 0, 0),
        ("| year | factor, comparison year 2025, anchor 2028 (opening 2029) |", 2025, 2028),
    ],
)
def test_the_factors_are_those_of_the_engine(heading: str, comparison_year: int, anchor_year: int) -> None:
    steps = EDITIONS["no-r109-2021"].steps
    found = discount_factors(0, 2104, steps=steps, comparison_year=comparison_year, anchor_year=anchor_year)
    assert all(f"{found[int(year)]:.6f}" == told for year, told in table(heading))


def test_the_price_of_another_year_is_what_the_engine_finds() -> None:
    (one, _, other, _, amount, _, told, _) = re.search(
        r"([\d.]+) for (2021) and ([\d.]+) for (2024), ([\d,]+) kroner of (2021) are ([\d,.]+) of (2024)", PROSE
    ).groups()
    index = PriceIndex.of({2021: float(one), 2024: float(other)}, source="FRAM")
    assert f"{converted(number(amount), from_year=2021, to_year=2024, index=index):,.2f}" == told


def test_the_annuity_is_the_formula_and_what_the_engine_finds() -> None:
    ((rate, growth, years, net, annuity, yearly, value),) = table("| r | g | n | r' | A | a year | present value |")
    r = (float(rate) - float(growth)) / (1 + float(growth))
    assert f"{r:.7f}" == net
    assert f"{(1 - (1 + r) ** -int(years)) / r:.7f}" == annuity
    one = effect("b", "quality", 0, *[1] * int(years), price=number(yearly), growth=float(growth))
    assert appraise([one], options()).net_present_value == pytest.approx(number(value), abs=2e-3)


def package() -> list[Effect]:
    """The effects of the table, minus as costs."""
    rows = table("| effect | kroner | public share |")
    return [
        effect(
            str(place), "cost" if number(kroner) < 0 else "saved_money", abs(number(kroner)), public_share=float(share)
        )
        for place, (_, kroner, share) in enumerate(rows)
    ]


def test_the_package_is_worth_what_the_page_says() -> None:
    found = appraise(package(), options())
    ((public, tax, net, per_krone),) = table(
        "| net public financing | tax cost | net present value | net benefit per budget krone |"
    )
    totals = found.totals
    told = [f"{value:,.2f}" for value in (totals.public, totals.tax_cost, totals.net_present_value)]
    assert told == [public, tax, net]
    assert f"{found.per_budget_krone.value:.4f}" == per_krone


def test_the_denominators_are_all_there_with_their_kroner() -> None:
    found = appraise(package(), options())
    rows = table("| denominator | what it is | for the package above | per krone |")
    assert [[name, budget, value] for name, _, budget, value in rows] == [
        [f"`{each.denominator}`", f"{each.budget:,.2f}", f"{each.value:.4f}"] for each in found.budget_krones
    ]
    assert [each.denominator for each in found.budget_krones] == list(DENOMINATORS)


def test_the_social_return_is_what_the_engine_finds() -> None:
    heading = "| put in | people | price | deadweight | displacement | attribution | drop-off | years |"
    ((put_in, people, price, deadweight, displacement, attribution, drop_off, years),) = table(heading)
    shares = Shares(
        deadweight=float(deadweight), displacement=float(displacement), attribution=float(attribution),
        drop_off=float(drop_off), source="An open handbook",
    )  # fmt: skip
    outcome = effect("o", "quality", *[number(people)] * int(years), price=number(price), shares=shares)
    found = social_return([effect("c", "cost", number(put_in)), outcome], options(edition="uk-2022"))
    (line,) = found.outcomes
    ((*told, ratio),) = table("| gross | after deadweight | after attribution | second year | present value | ratio |")
    values = (line.gross, line.after_deadweight, line.after_attribution, line.yearly[1], line.present_value)
    assert [f"{value:,.0f}" for value in values] == told
    assert f"{found.ratio:.5f}" == ratio
    assert f"the same is {found.ratios[1].ratio:.3f}." in PROSE
    assert all(f"`{timing}`" in PROSE for timing in TIMINGS)


def test_every_edition_is_told_as_it_is() -> None:
    told = table("| Edition | Published | Rates | Tax cost | Checked | Adopted | Source |")
    assert told == [
        [
            f"`{each.key}`",
            each.published,
            ", ".join(f"{100 * step.rate:g} %{f' after {step.after}' if step.after else ''}" for step in each.steps),
            f"{each.tax_cost:g}",
            "yes" if each.verified else "no",
            "yes" if each.adopted else "no",
            each.source,
        ]
        for each in EDITIONS.values()
    ]


def test_the_tornado_and_the_break_even_are_those_of_the_engine() -> None:
    rows = table("| effect | kroner | public share | net present value at 0.8 | at 1.2 | breaks even at |")
    effects = [
        effect(name, "cost" if number(kroner) < 0 else "quality", abs(number(kroner)), public_share=float(share))
        for name, kroner, share, *_ in rows
    ]
    found = tornado(effects, options())
    bars = {bar.key: bar for bar in found.bars}
    for name, _, _, low, high, even in rows:
        assert [f"{bars[name].low:g}", f"{bars[name].high:g}"] == [low, high]
        assert f"{break_even(effects, options(), of=name).factor:.5g}" == even
    totals = appraise(effects, options()).totals
    assert (
        f"Its net present value is {totals.net_present_value:g}: {totals.benefits:g}, less {-totals.costs:g} and a tax "
        f"cost of {-totals.tax_cost:g}." in PROSE
    )
    assert f"times {FACTORS[0]} and {FACTORS[1]} (or other factors)" in PROSE


def test_what_a_simulation_takes_is_told_as_it_is() -> None:
    assert f"The usual number of draws is {DRAWS:,}, at least {FEWEST} and at most {MOST:,} (less where" in PROSE
    assert f"more than {MOST_NUMBERS // MOST} effects are uncertain)." in PROSE
    assert (CHARGED, "where at least half do" in PROSE) == (0.5, True)
    assert all(f"*{name}*" in PROSE for name in DISTRIBUTIONS)


def test_every_trap_has_the_test_that_is_named() -> None:
    rows = table("| trap | test |")
    there = "".join(file.read_text(encoding="utf-8") for file in Path(__file__).parent.glob("test_*.py"))
    assert len(rows) == 12
    assert [name for _, name in rows if f"def {name.strip('`')}(" not in there] == []
