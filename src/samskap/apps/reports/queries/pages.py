"""What the templates of the two pages need beside the read models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samskap.apps.processes.labels import COUNTS
from samskap.apps.reports.labels import words
from samskap.apps.reports.queries import drawing
from samskap.apps.reports.queries.day import Day
from samskap.apps.reports.queries.direction import Direction, own_place_of
from samskap.apps.reports.queries.paper import key_numbers, method_rows, part_title
from samskap.apps.reports.queries.votes import vote_context
from samskap.apps.statements import queries as statements
from samskap.web.parts import Card, Part

if TYPE_CHECKING:
    from samskap.apps.processes.models import Participant, Process

__all__ = ["direction_context", "process_parts", "report_context"]


def direction_context(direction: Direction, *, participant: Participant | None) -> dict[str, Any]:
    """For one direction: the drawing, the reader's own place, and how it was made."""
    sentence, place = own_place_of(direction, participant=participant)
    return {
        "drawing": drawing.for_page(direction, own=place),
        "own_place": sentence,
        "own_group": place.group if place else None,
        "method_rows": method_rows(direction),
        "method_paragraphs": words.method_paragraphs(),
        "answered_definition": COUNTS["answered"][1],
    }


def report_context(day: Day) -> dict[str, Any]:
    """For the report: each part with its drawing, and the few large numbers."""
    return {
        "key_numbers": key_numbers(day),
        "parts": [
            {
                "part": part,
                "title": part_title(part),
                "direction": part.direction,
                "drawing": drawing.for_page(part.direction) if part.direction else "",
                "method_rows": method_rows(part.direction) if part.direction else [],
            }
            for part in day.parts
        ],
        "votes": [vote_context(one) for one in day.votes],
        "outlooks": [{"name": one.name, "lang": one.lang, "url": one.url, **one.context} for one in day.outlooks],
        "method_paragraphs": words.method_paragraphs(),
    }


def process_parts(process: Process, viewer: Any) -> list[Part]:
    """On the page of a process: the common direction of each conversation whose results are public."""
    cards = tuple(
        Card(
            title=conversation.said.title,
            url=reverse("reports:direction", args=[conversation.pk]),
            lang=conversation.said.lang,
            is_illustrative=process.is_illustrative,
        )
        for conversation in statements.conversations_of(process)
        if statements.visible_round(conversation) is not None
    )
    return [Part(title=_("Common direction"), cards=cards, order=30)]
