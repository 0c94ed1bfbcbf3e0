"""One's own ballot, found by its receipt alone: what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskap.apps.budgeting.labels import results as said
from samskap.apps.budgeting.models import Ballot, VoterBallot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from samskap.apps.budgeting.queries.results import Result, Told
    from samskap.engines.fair_budget.story import Story

__all__ = ["OwnBallot", "own_ballot_told", "receipt_is_there"]


@dataclass(frozen=True)
class OwnLine:
    """A project on the own ballot: whether it won, what was paid, or why it lost."""

    project: Told
    won: bool
    points: str
    paid: str = ""
    why: str = ""
    spent: str = ""


@dataclass(frozen=True)
class OwnBallot:
    """All of it. `purses`: where the money went, each with the district of its budget ("" for the whole)."""

    headline: str
    lines: tuple[OwnLine, ...]
    purses: tuple[tuple[str, str], ...]
    share: float

    @property
    def percent(self) -> str:
        return said.percent(self.share)


def receipt_is_there(ballot: Ballot, receipt: str) -> bool:
    """Whether a ballot with this receipt was received and not taken back."""
    return VoterBallot.objects.filter(ballot=ballot, receipt=receipt).exists()


def own_ballot_told(result: Result, story: Story, choices: Sequence[tuple[str, str]]) -> OwnBallot:
    """What came of one ballot, in words."""
    paid = {one.project: one.paid for one in story.won}
    losers = {one.project: one for one in result.told.losers}
    lines = []
    for key, points in choices:
        project, loser = result.project(key), losers.get(key)
        if key in paid:
            amount = paid[key]
            words = "" if amount is None else _("You paid %(amount)s.") % {"amount": result.money(float(amount))}
            lines.append(OwnLine(project, won=True, points=points, paid=words))
        elif loser is not None:
            names, currency = result.names, result.currency
            lines.append(
                OwnLine(
                    project,
                    won=False,
                    points=points,
                    why=said.loser_sentence(loser, names=names, currency=currency),
                    spent=said.spent_sentence(loser, names=names, currency=currency),
                )
            )
    won = sum(line.won for line in lines)
    return OwnBallot(
        headline=_headline(won, len(lines)),
        lines=tuple(lines),
        purses=_purses(result, story),
        share=won / len(lines) if lines else 0.0,
    )


def _headline(won: int, chosen: int) -> str:
    if not chosen:
        return _("Your ballot was blank. It is counted among the voters.")
    words = ngettext(
        "%(won)s of the %(n)s project that you chose won.", "%(won)s of the %(n)s projects that you chose won.", chosen
    )
    return words % {"won": won, "n": chosen}


def _purses(result: Result, story: Story) -> tuple[tuple[str, str], ...]:
    """What the voter began with, paid and had left, in a sentence for each budget."""
    parts = story.areas or (("", story),)
    told = []
    for name, part in parts:
        if part.start is None or part.left is None:
            continue
        paid = sum((one.paid or 0 for one in part.won), start=part.start - part.start)
        gaps = {
            "start": result.money(float(part.start)),
            "paid": result.money(float(paid)),
            "left": result.money(float(part.left)),
        }
        sentence = _("Your share was %(start)s. You paid %(paid)s, and %(left)s was left.") % gaps
        told.append((name or (_("Everywhere else") if story.areas else ""), sentence))
    return tuple(told)
