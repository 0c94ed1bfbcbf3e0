"""The worked example of a rule: three projects and nine voters, told so that it can be redone by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from samskap.apps.budgeting.labels import results as said

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["ExampleTold", "example_told"]


@dataclass(frozen=True)
class ExampleTold:
    """What stands on the page of the rule: two tables, and the rounds in sentences."""

    setting: str
    projects: tuple[tuple[str, str, str], ...]
    rounds: tuple[tuple[str, tuple[str, ...]], ...]
    losers: tuple[tuple[str, str], ...]
    voters: tuple[tuple[str, ...], ...]
    winners: tuple[str, ...]


def example_told(example: Any) -> ExampleTold:
    """The example in the reader's language; it is `compute.Example`."""
    names = {"A": _("A playground"), "B": _("A library bus"), "C": _("A football pitch")}
    told = example.told
    winners = tuple(names[key] for key in told.winners)
    return ExampleTold(
        setting=_setting(example),
        projects=tuple(
            (names[key], said.money(cost), said.listing([str(voter) for voter in example.supporters[key]]))
            for key, cost in example.costs.items()
        ),
        rounds=tuple((names[one.project], _sentences(one)) for one in told.rounds),
        losers=tuple(
            (names[one.project], said.loser_sentence(one, names=names, currency="NOK")) for one in told.losers
        ),
        voters=_voters(example, told.winners) if any(one.paid for one in told.rounds) else (),
        winners=winners,
    )


def _setting(example: Any) -> str:
    budget, share = said.money(example.budget), said.money(example.budget / 9)
    if example.told.start is None:
        return _("There are nine voters, three projects, and a budget of %(budget)s.") % {"budget": budget}
    gaps = {"budget": budget, "share": share}
    return _("There are nine voters, three projects, and a budget of %(budget)s: a share of %(share)s each.") % gaps


def _sentences(one: Any) -> tuple[str, ...]:
    found = (
        said.how_sentence(one, currency="NOK"),
        said.paid_sentence(one, currency="NOK"),
        said.left_sentence(one, currency="NOK"),
    )
    return tuple(sentence for sentence in found if sentence)


def _voters(example: Any, winners: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """A row for each voter: the number, what was paid for each project that won, what is left."""
    rows = []
    for number, story in enumerate(example.stories, start=1):
        paid = {one.project: one.paid for one in story.won}
        cells = [said.money(float(paid[key])) if paid.get(key) else "–" for key in winners]
        left = "–" if story.left is None else said.money(float(story.left))
        rows.append((str(number), *cells, left))
    return tuple(rows)
