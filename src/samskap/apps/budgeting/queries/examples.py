"""The worked example of a rule: three projects and nine voters, told so that it can be redone by hand."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from samskap.apps.budgeting import rules
from samskap.apps.budgeting.labels import results as said
from samskap.formats.count_json import from_document

if TYPE_CHECKING:
    from samskap.formats.count_told import CountTold, RoundTold

__all__ = ["EXAMPLE_BUDGET", "EXAMPLE_COSTS", "EXAMPLE_SUPPORTERS", "ExampleTold", "example_of", "example_told"]

EXAMPLE_BUDGET = 90_000
EXAMPLE_COSTS = {"A": 48_000, "B": 40_000, "C": 29_000}
EXAMPLE_SUPPORTERS = {"A": (1, 2, 3, 4, 5, 6), "B": (1, 2, 3, 4, 5), "C": (6, 7, 8, 9)}
_COUNTS = Path(__file__).parent / "examples.json"


@dataclass(frozen=True)
class ExampleTold:
    """What stands on the page of the rule: two tables, and the rounds in sentences."""

    setting: str
    projects: tuple[tuple[str, str, str], ...]
    rounds: tuple[tuple[str, tuple[str, ...]], ...]
    losers: tuple[tuple[str, str], ...]
    voters: tuple[tuple[str, ...], ...]
    winners: tuple[str, ...]


@cache
def example_of(rule: str) -> CountTold:
    """The example as the engine counted it (`compute.example_count`)."""
    return from_document(json.loads(_COUNTS.read_text(encoding="utf-8"))[rule])


def example_told(rule: str) -> ExampleTold:
    """The example in the reader's language."""
    told = example_of(rule)
    names = {"A": _("A playground"), "B": _("A library bus"), "C": _("A football pitch")}
    return ExampleTold(
        setting=_setting(told),
        projects=tuple(
            (names[key], said.money(cost), said.listing([str(voter) for voter in EXAMPLE_SUPPORTERS[key]]))
            for key, cost in EXAMPLE_COSTS.items()
        ),
        rounds=tuple((names[one.project], _sentences(one)) for one in told.rounds),
        losers=tuple(
            (names[one.project], said.loser_sentence(one, names=names, currency="NOK")) for one in told.losers
        ),
        voters=_voters(told) if any(one.paid for one in told.rounds) else (),
        winners=tuple(names[key] for key in told.winners),
    )


def _setting(told: CountTold) -> str:
    budget, share = said.money(EXAMPLE_BUDGET), said.money(EXAMPLE_BUDGET / 9)
    if told.start is None:
        return _("There are nine voters, three projects, and a budget of %(budget)s.") % {"budget": budget}
    gaps = {"budget": budget, "share": share}
    return _("There are nine voters, three projects, and a budget of %(budget)s: a share of %(share)s each.") % gaps


def _sentences(one: RoundTold) -> tuple[str, ...]:
    found = (
        said.how_sentence(one, currency="NOK"),
        said.paid_sentence(one, currency="NOK"),
        said.left_sentence(one, currency="NOK"),
    )
    return tuple(sentence for sentence in found if sentence)


def _voters(told: CountTold) -> tuple[tuple[str, ...], ...]:
    """A row for each voter: the number, what was paid for each project that won, what is left."""
    terms = [rules.Terms(one.project, one.how, rules.exact(one.price)) for one in told.rounds]
    rows = []
    for voter in range(1, 10):
        chosen: list[tuple[str, int | None]] = [
            (key, None) for key, them in EXAMPLE_SUPPORTERS.items() if voter in them
        ]
        worth = rules.worth(chosen, satisfaction=told.options.satisfaction, costs=EXAMPLE_COSTS)
        purse = rules.paid_by_voter(terms, start=rules.exact(told.start), worth=worth)
        cells = [said.money(float(amount)) if (amount := purse.paid.get(key)) else "–" for key in told.winners]
        rows.append((str(voter), *cells, "–" if purse.left is None else said.money(float(purse.left))))
    return tuple(rows)
