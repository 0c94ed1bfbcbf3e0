"""A file that waits: what is in it and what is wrong, row by row, before anything is stored."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from samskap.apps.figures import labels, rules
from samskap.apps.figures.queries.editions import measures
from samskap.apps.figures.queries.series import current_series
from samskap.formats.figures_csv import Parsed, Problem
from samskap.formats.figures_file import read_file
from samskap.kernel import clock
from samskap.kernel.errors import NotFound
from samskap.sources.values import Fetched, Figure

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality

__all__ = ["Preview", "preview_of", "problems_in", "read_waiting", "waiting_path"]

_MOST_PROBLEMS, _MOST_ROWS = 50, 12


@dataclass(frozen=True)
class Preview:
    """What a file holds. It may be stored where nothing is wrong."""

    fetched: Fetched
    rows: int
    problems: tuple[str, ...]
    more_problems: int
    indicators: tuple[str, ...]
    places: tuple[str, ...]
    first: str
    last: str
    missing: int
    sample: tuple[tuple[str, ...], ...]
    replaced: tuple[str, ...]

    @property
    def may_be_stored(self) -> bool:
        return not self.problems

    @property
    def standing(self) -> str:
        return str(labels.STANDINGS[self.fetched.standing])


def waiting_path(municipality: Municipality, fingerprint: str) -> Path:
    """Where a file waits, or `NotFound` where none does; it is kept for a day."""
    path = Path(settings.SAMSKAP_DATA) / "figures" / "waiting" / municipality.number / fingerprint
    if not re.fullmatch(r"[0-9a-f]{64}", fingerprint) or not path.is_file():
        raise NotFound(_("This file is not here any more."), cure=_("Choose the file once more."))
    return path


def preview_of(municipality: Municipality, fingerprint: str, *, said: Mapping[str, str]) -> Preview:
    """What the waiting file holds. `said` is what a person says of it: name, indicator, publisher, table, standing.

    FormatError or SourceError where it is no file of figures.
    """
    parsed = read_waiting(municipality, fingerprint, said=said)
    fetched = parsed.fetched
    wrong = problems_in(parsed, municipality=municipality)
    keys = list(dict.fromkeys(one.indicator for one in fetched.figures))
    periods = sorted({one.period for one in fetched.figures} | {str(one.year) for one in fetched.profiles})
    places = sorted({one.place for one in fetched.figures} | {one.place for one in fetched.profiles})
    return Preview(
        fetched=fetched,
        rows=parsed.rows,
        problems=tuple(labels.sentence(one) for one in wrong[:_MOST_PROBLEMS]),
        more_problems=max(0, len(wrong) - _MOST_PROBLEMS),
        indicators=tuple(labels.known_title(key) or key for key in keys),
        places=tuple(labels.place_name(place) for place in places),
        first=periods[0] if periods else "–",
        last=periods[-1] if periods else "–",
        missing=sum(one.value is None for one in fetched.figures),
        sample=tuple(_sample(fetched)),
        replaced=_replaced(keys, places, municipality),
    )


def read_waiting(municipality: Municipality, fingerprint: str, *, said: Mapping[str, str]) -> Parsed:
    """The waiting file, read."""
    path = waiting_path(municipality, fingerprint)
    known = {name: said.get(name, "") for name in ("indicator", "publisher", "table", "standing")}
    return read_file(path.read_bytes(), file=said.get("name") or _("the file"), now=clock.now(), **known)


def problems_in(parsed: Parsed, *, municipality: Municipality | None) -> tuple[Problem, ...]:
    """Everything that forbids storing what was read: in the form of the file, and in what its figures say."""
    found = rules.problems_of(
        parsed.fetched,
        measures=measures(municipality),
        own_place=municipality.number if municipality else "",
        units=parsed.units,
    )
    if not parsed.fetched.publisher:
        found = (Problem("publisher_missing"), *found)
    said_already = parsed.problems and found == (Problem("nothing"),)
    return parsed.problems if said_already else (*parsed.problems, *found)


def _sample(fetched: Fetched) -> list[tuple[str, str, str, str]]:
    """The first rows, as they would be stored."""
    rows = [
        (labels.known_title(one.indicator) or one.indicator, labels.place_name(one.place), one.period, _shown(one))
        for one in fetched.figures[:_MOST_ROWS]
        if one.missing == "" or one.missing in labels.MISSING
    ]
    return rows + [
        (_("People by sex and age"), labels.place_name(one.place), str(one.year),
         labels.number(sum(one.women) + sum(one.men)))
        for one in fetched.profiles[: _MOST_ROWS - len(rows)]
    ]  # fmt: skip


def _shown(one: Figure) -> str:
    if one.missing:
        return str(labels.MISSING[one.missing])
    known = rules.known(one.indicator)
    return labels.number(one.value, decimals=known.decimals if known else 2)


def _replaced(keys: list[str], places: list[str], municipality: Municipality) -> tuple[str, ...]:
    """The editions whose figures would no longer be the newest."""
    found = current_series(keys, places=places, page_of=municipality.number) if keys else []
    return tuple(dict.fromkeys(one.cited.text for one in found))
