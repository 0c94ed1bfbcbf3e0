"""Projects and their prices, exactly: ids, budget and costs in whole units of a power of ten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from samskap.formats.pabulib.numbers import MOST_DIGITS, decimals_of, is_number, plainly, units_of, written_units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from samskap.formats.pabulib.drafts import Draft
    from samskap.formats.pabulib.problems import Findings

__all__ = ["Money", "keys_of", "money_of", "number_in"]


@dataclass(frozen=True, slots=True)
class Money:
    """In whole units of 10^-decimals of the currency. `full_costs`: None where a project has no other price."""

    budget: int
    costs: tuple[int, ...]
    full_costs: tuple[int | None, ...]
    decimals: int

    @property
    def scale(self) -> int:
        """How many units are one of the currency."""
        return int(10**self.decimals)


def keys_of(draft: Draft) -> tuple[str, ...]:
    """The ids of the projects, each once."""
    projects, places = draft.projects, dict[str, int]()
    for place, (key, line) in enumerate(zip(map(str.strip, projects.cells("project_id")), projects.lines, strict=True)):
        if not key or "," in key:
            draft.findings.fail("project_id", line=line, value=key)
        before = places.setdefault(key, place)
        if before != place:
            if any(cells[before] != cells[place] for cells in projects.columns):
                draft.findings.fail("project_twice", line=line, project=key)
            draft.findings.meet("project_again", line=line, project=key)
    if not places:
        draft.findings.fail("no_projects", line=projects.line)
    if len(places) < len(projects):
        projects.keep(list(places.values()))
    return tuple(places)


def money_of(draft: Draft, *, keys: Sequence[str], amounts: Sequence[str] = ()) -> Money:
    """Budget and prices. FormatError where one is not above zero, or the budget cannot pay any project.

    `amounts`: others, in plain form, that must be whole in the same units.
    """
    facts = draft.facts
    budget = number_in(facts.needed("budget"), key="budget", line=facts.line("budget"), findings=draft.findings)
    if budget != facts.get("budget"):
        facts.put("budget", budget)
    prices, wholes = _prices(draft, column="cost"), _prices(draft, column="full_cost")
    decimals = max(map(decimals_of, (budget, *prices, *wholes, *amounts)))
    units = [units_of(one, decimals=decimals) if one else None for one in (budget, *prices, *wholes)]
    largest = max(one or 0 for one in units)
    if largest >= 10**MOST_DIGITS:
        draft.findings.fail("number_large", line=facts.line("budget"), key="The largest amount", value=largest)
    money = Money(
        budget=units[0] or 0,
        costs=tuple(one or 0 for one in units[1 : 1 + len(keys)]),
        full_costs=tuple(units[1 + len(keys) :]) or (None,) * len(keys),
        decimals=decimals,
    )
    _check_prices(draft, money, keys=keys)
    _check_budget(draft, money)
    return money


def number_in(text: str, *, key: str, line: int, findings: Findings) -> str:
    """A number in plain form. FormatError where it can be read in more than one way, or is too long."""
    plain = text if is_number(text) else plainly(text)
    if plain is None:
        findings.fail("number", line=line, key=key, value=text)
    if plain != text:
        findings.meet("number_form", line=line, key=key, value=text, wanted=plain)
    if len(plain.strip("-").replace(".", "").strip("0")) > MOST_DIGITS:
        findings.fail("number_large", line=line, key=key, value=text)
    return plain


def _prices(draft: Draft, *, column: str) -> list[str]:
    """The amounts of a column in plain form; `full_cost` may be missing or empty."""
    if column not in draft.projects.names:
        return []
    cells = draft.projects.cells(column)
    for place, (cell, line) in enumerate(zip(cells, draft.projects.lines, strict=True)):
        price = cell.strip()
        if price or column == "cost":
            plain = number_in(price, key=column, line=line, findings=draft.findings)
            if plain != price:
                cells[place] = plain
    return [cell.strip() for cell in cells]


def _check_prices(draft: Draft, money: Money, *, keys: Sequence[str]) -> None:
    for key, cost, whole, line in zip(keys, money.costs, money.full_costs, draft.projects.lines, strict=True):
        price = written_units(cost, scale=money.scale)
        if cost <= 0:
            draft.findings.fail("cost", line=line, project=key, value=price)
        if whole is not None and whole < cost:
            value = written_units(whole, scale=money.scale)
            draft.findings.fail("full_cost", line=line, project=key, value=value, cost=price)


def _check_budget(draft: Draft, money: Money) -> None:
    value, line = written_units(money.budget, scale=money.scale), draft.facts.line("budget")
    if money.budget <= 0:
        draft.findings.fail("budget", line=line, value=value)
    if money.budget < min(money.costs):
        cheapest = written_units(min(money.costs), scale=money.scale)
        draft.findings.fail("budget_small", line=line, value=value, cheapest=cheapest)
