"""The result of one round as a JSON document."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import get_language

from samskap.apps.reports.labels import words
from samskap.formats import opinion_json

if TYPE_CHECKING:
    from samskap.apps.reports.queries.direction import Direction

__all__ = ["direction_document"]


def direction_document(direction: Direction, *, site: str) -> dict[str, Any]:
    """The engine's document with the words beside it. People stand in an order that tells nothing, without keys."""
    conversation = direction.conversation
    root = site.rstrip("/")
    document = {
        "format": "samskap.direction/1",
        "language": get_language() or "nb",
        "conversation": conversation.pk,
        "title": conversation.said.title,
        "municipality": conversation.municipality_number,
        "round": direction.round,
        "is_illustrative": conversation.process.is_illustrative,
        "licence": words.LICENCE_URL,
        "page": root + reverse("reports:direction", args=[conversation.pk]),
        "votes": root + reverse("reports:export", args=[conversation.pk]),
        "heard": asdict(direction.heard),
    }
    if direction.result is None or direction.telling is None or direction.method is None:
        return {**document, "map": None, "told": None}
    told = asdict(direction.telling)
    texts = {str(s.words.number): s.words.text for s in direction.telling.statements}
    return {
        **document,
        "made_at": direction.method.made_at.isoformat(),
        "told": told,
        "map": _without_keys(opinion_json.to_document(direction.result, texts=texts), known=set(texts)),
    }


def _without_keys(map_document: dict[str, Any], *, known: set[str]) -> dict[str, Any]:
    """The map without the names of people, and without statements that have been rejected since."""
    places = [{name: value for name, value in person.items() if name != "key"} for person in map_document["people"]]
    return {
        **map_document,
        "people": sorted(places, key=lambda place: (place["x"], place["y"])),
        "statements": [each for each in map_document["statements"] if each["key"] in known],
    }
