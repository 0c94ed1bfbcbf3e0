"""What the portfolio of benefits adds to the pages of earlier modules."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samskap.apps.benefits.labels.portfolio import standing_sentence
from samskap.apps.benefits.queries.portfolio import Line, lines_in, lines_of_process, worst_first
from samskap.apps.benefits.rules.forecasts import STANDINGS
from samskap.apps.initiatives.queries import today
from samskap.web.parts import Card, Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from samskap.apps.actors.models import Municipality, Person
    from samskap.apps.processes.models import Process

__all__ = ["dashboard_benefits", "municipality_benefits", "process_benefits"]

_MOST_CARDS = 3


def municipality_benefits(municipality: Municipality, viewer: Any) -> list[Part]:
    """How the public benefits stand, and the way to all of them, for the municipality's page."""
    lines = lines_in(municipality, now=today())
    if not lines:
        return []
    return [
        Part(
            title=_("Benefits"),
            sentences=(_standing(lines),),
            action_url=reverse("benefits:portfolio", args=[municipality.number]),
            action_label=_("See the benefits"),
            order=46,
        )
    ]


def process_benefits(process: Process, viewer: Any) -> list[Part]:
    """What came of a process: the public benefits of the initiatives that came of it."""
    lines = lines_of_process(process, now=today())
    if not lines:
        return []
    return [Part(title=_("What came of it"), sentences=(_standing(lines),), cards=_cards(lines), order=48)]


def dashboard_benefits(municipality: Municipality, person: Person) -> list[Part]:
    """How all benefits stand, drafts too, with those that went worst in front, for those in charge."""
    lines = lines_in(municipality, now=today(), of="all")
    if not lines:
        return []
    wrong = [line for line in lines if line.read.is_overdue or line.read.standing in ("behind", "not_realised", "harm")]
    return [
        Part(
            title=_("Benefits"),
            sentences=(_standing(lines),),
            cards=_cards(worst_first(wrong)[:_MOST_CARDS]),
            action_url=reverse("benefits:portfolio_at_work"),
            action_label=_("See the benefits"),
            order=30,
        )
    ]


def _standing(lines: Sequence[Line]) -> str:
    counted = Counter(line.read.standing for line in lines)
    return standing_sentence({key: counted[key] for key in STANDINGS}, benefits=len(lines))


def _cards(lines: Sequence[Line]) -> tuple[Card, ...]:
    return tuple(
        Card(
            title=one.title,
            url=one.url,
            eyebrow=one.kind_words,
            tag=_("Overdue") if line.read.is_overdue else one.standing_words,
            colour="danger" if line.read.is_overdue else one.colour,
            foot=f"{one.owner_role}, {one.organisation}",
            lang=one.lang,
            is_illustrative=one.is_illustrative,
        )
        for line in lines
        for one in (line.read,)
    )
