"""The numbers on the method page are the ones the engine gives."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from samskap.engines.outlook import PARAMETERS, Variation, demographic_cost, equalised_tax, gap_to_target
from samskap.engines.outlook.estimation import Estimation
from samskap.engines.outlook.official import FEWEST_ERRORS, LEVELS, NEAR
from samskap.engines.outlook.portfolio import Piece, shapley
from samskap.engines.outlook.pulling import ONWARD, PERSONS_A_HOME, PERSONS_A_JOB
from samskap.engines.outlook.rates import COMING, LEAVING

PAGE = Path(__file__).resolve().parents[3] / "docs" / "methods" / "outlook.md"
TEXT = PAGE.read_text(encoding="utf-8")


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


def test_the_demographic_cost_is_what_the_engine_reckons() -> None:
    *groups, (_, _, _, whole) = table("| ages | kroner a head (2018) | change in heads | kroner |")
    rates = {ages: number(rate) for ages, rate, _, _ in groups}
    change = {ages: number(heads) for ages, _, heads, _ in groups}
    assert demographic_cost(rates, change=change) == number(whole)
    assert [rates[ages] * change[ages] for ages in rates] == [number(cost) for *_, cost in groups]


def test_the_tax_grants_are_what_the_engine_reckons() -> None:
    rows = np.array(
        [[number(cell) for cell in row] for row in table("| tax a head | people | grant, million kroner |")]
    )
    grants = equalised_tax(rows[:, 0] * rows[:, 1], people=rows[:, 1], parameters=PARAMETERS)
    assert (grants / 1e6).tolist() == pytest.approx(rows[:, 2].tolist())


def test_the_room_is_the_definition() -> None:
    heading = "| revenue, million | net operating result, million | room, million | in % of revenue | in posts |"
    ((revenue, result, room, share, posts),) = [[number(cell) for cell in row] for row in table(heading)]
    assert room == pytest.approx(result - PARAMETERS["norm"] * revenue)
    assert share == round(100 * room / revenue, 2)
    assert posts == round(room * 1e6 / PARAMETERS["cost_of_post"], 1)
    assert f"{PARAMETERS['norm']:.2%} of revenue".replace("%", " %") in TEXT


def test_the_fiscal_gap_is_what_the_engine_reckons() -> None:
    ((debt, target, rho, years, balance, told),) = table("| debt now | debt then | ρ | years | balance | adjustment |")
    start, slope = (number(part) for part in balance.removesuffix(" t").split(" - "))
    balances = [start - slope * year for year in range(1, int(years) + 1)]
    found = gap_to_target(balances, debt=number(debt), target=number(target), rho=number(rho))
    assert f"{float(found):.7f}" == told


def test_the_shares_of_the_portfolio_are_what_the_engine_reckons() -> None:
    heading = "| initiatives | each leaves | of a cost of | together they close | each one's share |"
    ((count, left, cost, closed, share),) = [[number(cell) for cell in row] for row in table(heading)]
    factors = np.full((int(count), 1, 1), left, dtype=np.float32)
    piece = Piece(np.array([[cost]], dtype=np.float32), factors, tuple(range(int(count))))
    assert piece.closed[0, 0] == pytest.approx(closed)
    assert shapley([piece], count=int(count), like=piece.amount)[:, 0, 0] == pytest.approx([share] * int(count))


def test_every_parameter_is_told_as_it_is() -> None:
    told = table("| Name | Value | Unit | Edition | Checked | Source |")
    keys = ("sector.", "criterion.")
    assert told == [
        [f"`{name}`", f"{item.value:g}", item.unit, item.edition, "yes" if item.verified else "no", item.source]
        for name, item in PARAMETERS.values.items()
        if not name.startswith(keys)
    ]


def told_value(value: object) -> str:
    return ", ".join(f"{item:g}" for item in value) if isinstance(value, tuple) else f"{value:g}"


@pytest.mark.parametrize(
    ("heading", "defaults", "elsewhere"),
    [
        ("| Name | Value | What strays |", Variation(), set()),
        ("| Choice | Value | What for |", Estimation(), {"variation"}),
    ],
)
def test_the_choices_are_told_as_they_are(heading: str, defaults: object, elsewhere: set[str]) -> None:
    told = {name.strip("`"): value for name, value, _ in table(heading)}
    known = {field.name: getattr(defaults, field.name) for field in fields(defaults) if field.name not in elsewhere}
    assert told == {name: told_value(value) for name, value in known.items()}


def test_the_limits_of_fitting_and_of_past_errors_are_told_as_they_are() -> None:
    text = " ".join(TEXT.split())
    assert f"Below {FEWEST_ERRORS} errors nothing is told" in text
    assert f"the band holds {LEVELS[1] - LEVELS[0]:.0%} of these".replace("%", " %") in text
    assert (NEAR, "(a year to each side)" in text) == (1, True)


def test_the_levers_on_people_are_told_as_they_are() -> None:
    text = " ".join(TEXT.split())
    for part in (
        f"moving out at {LEAVING[0]} to {LEAVING[1]}",
        f"domestic movers at {COMING[0]} to {COMING[1]}",
        f"{ONWARD:.0%} of them move on".replace("%", " %"),
        f"A new home brings {PERSONS_A_HOME} people and a new job {PERSONS_A_JOB},",
    ):
        assert part in text
