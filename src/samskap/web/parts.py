"""Pages made of parts that later modules add: a page names its place, the wiring table names who fills it.

An earlier module must not import a later one, yet a process page lists its gatherings and conversations. So a later
module offers a callable in its `queries.py`, and `project/wiring.py` lists it under the place of the page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

__all__ = ["Card", "Part", "Step", "Table", "next_steps", "parts_of"]


@dataclass(frozen=True)
class Card:
    """One thing to look at: a link and a few words. `lang` says which language the title and text are in."""

    title: str
    url: str
    text: str = ""
    eyebrow: str = ""
    tag: str = ""
    colour: str = "neutral"
    foot: str = ""
    lang: str = ""
    is_illustrative: bool = False


@dataclass(frozen=True)
class Table:
    """A small table: `headers` of the columns, and `rows` whose first cell names each."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Part:
    """A section of a page: a heading, whole `sentences`, a table, cards, and what stands there when there are none.

    Lower `order` comes first.
    What may be taken back at any moment is no part of the page: a script fetches it from `fill_url`, which no cache
    keeps and no search engine lists, and `more_url` leads there without one.
    """

    title: str
    cards: tuple[Card, ...] = ()
    empty: str = ""
    action_url: str = ""
    action_label: str = ""
    fill_url: str = ""
    more_url: str = ""
    more_label: str = ""
    order: int = 50
    sentences: tuple[str, ...] = ()
    table: Table | None = None

    @property
    def has_content(self) -> bool:
        return bool(self.cards or self.empty or self.action_url or self.sentences or self.table or self.more_url)


@dataclass(frozen=True)
class Step:
    """Something that a person at work should do next. Lower `order` is more urgent."""

    title: str
    text: str
    url: str
    label: str
    order: int = 50


def parts_of(place: str, *subjects: Any) -> list[Part]:
    """The parts of a page in their order; parts without anything in them are left out."""
    found: list[Part] = [part for fill in _fillers(place) for part in fill(*subjects)]
    return sorted((part for part in found if part.has_content), key=lambda part: part.order)


def next_steps(*subjects: Any) -> list[Step]:
    """What to do next, most urgent first, from every module that knows something."""
    found: list[Step] = [step for fill in _fillers("work") for step in fill(*subjects)]
    return sorted(found, key=lambda step: step.order)


def _fillers(place: str) -> list[Callable[..., list[Any]]]:
    return [import_string(path) for path in settings.SAMSKAP_PARTS[place]]
