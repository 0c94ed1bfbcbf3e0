"""Figures of the past, checked before anything is computed of them, and pooled into one place and all the others."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samskap.engines.outlook.ages import AGES, SEXES
from samskap.engines.outlook.errors import OutlookError
from samskap.engines.outlook.inputs import History
from samskap.engines.outlook.life_tables import extended

__all__ = ["REST", "HistoryError", "check_history", "pooled", "read_history"]

Array = NDArray[np.float64]
Counts = Literal["whole", "weighted"]

REST: Final = "rest"
"""The name of all other places of the country together."""

# An open class that begins earlier hides the ages that need most.
_LEAST_OPEN: Final = 90
# No Norwegian municipality in today's borders has changed by so much in a year; a wrong border or unit does.
_MOST_CHANGE: Final = 1.5
_CHANGE_IS_CHANCE_BELOW: Final = 100.0
# Births and deaths a person a year: the world's extremes are below 0.06.
_MOST_EVENTS: Final = 0.1


class HistoryError(OutlookError):
    """The figures of the past contradict themselves or miss something."""

    code = "outlook_history"


def read_history(
    persons: ArrayLike,
    *,
    places: Sequence[str],
    years: Sequence[int],
    mortality: ArrayLike,
    births: ArrayLike | None = None,
    deaths: ArrayLike | None = None,
    counts: Counts = "whole",
) -> History:
    """A History of `persons` (A, T, 2, n ages): the last class is open, and is spread to 120 by `mortality` (2, 121).

    Statistics Norway publishes n = 106 (105 and over). `births` and `deaths` (A, T - 1) during the years from the
    first. `counts` "weighted" allows fractions of persons, which figures carried over to new borders have. Raises
    HistoryError for a missing year or age, negative, missing or fractional persons, a place twice, and figures that
    look like another unit.
    """
    known = np.asarray(persons, dtype=np.float64)
    named = tuple(places)
    _check_places(named)
    _check_years(tuple(years))
    _check_shape(known, places=len(named), years=len(years))
    _check_persons(known, places=named, years=tuple(years), counts=counts)
    full = known if known.shape[-1] == AGES else extended(known, mortality)
    events = [None if it is None else np.asarray(it, dtype=np.float64) for it in (births, deaths)]
    history = History(named, tuple(int(year) for year in years), full, *events)
    check_history(history)
    return history


def check_history(history: History) -> None:
    """Raise HistoryError unless `history` holds persons of all ages in years without a gap, and events that fit."""
    _check_places(history.places)
    _check_years(history.years)
    _check_shape(history.persons, places=len(history.places), years=len(history.years), ages=AGES)
    _check_persons(history.persons, places=history.places, years=history.years, counts="weighted")
    _check_totals(history)
    for name, events in (("births", history.births), ("deaths", history.deaths)):
        if events is not None:
            _check_events(events, name, history=history)


def pooled(history: History, *, place: str) -> History:
    """`place` and the rest of the country: two places, whose domestic moves go to one another.

    Raises HistoryError if `place` is not among the places, or is the only one.
    """
    if place not in history.places:
        raise HistoryError(
            f"The figures hold no place {place}.", cure=f"They hold {len(history.places)}: choose one of those."
        )
    if len(history.places) == 1:
        raise HistoryError(
            f"The figures hold only {place}.", cure="Give the rest of the country too, for people move to and fro."
        )
    at = history.places.index(place)

    def two(values: Array) -> Array:
        return np.stack([values[at], np.delete(values, at, axis=0).sum(axis=0)])

    births, deaths = (None if events is None else two(events) for events in (history.births, history.deaths))
    return History((place, REST), history.years, two(history.persons), births, deaths)


def _check_places(places: tuple[str, ...]) -> None:
    if not places:
        raise HistoryError("The figures hold no place.", cure="Give one place or more.")
    twice = sorted({place for place in places if places.count(place) > 1})
    if twice:
        raise HistoryError(f"The place {twice[0]} is there twice.", cure="Give each place once.")


def _check_years(years: tuple[int, ...]) -> None:
    if len(years) < 2:
        raise HistoryError(f"The figures hold {len(years)} year.", cure="Give two or more, so that change is seen.")
    for before, after in pairwise(years):
        if after == before:
            raise HistoryError(f"The year {after} is there twice.", cure="Give each year once.")
        if after < before:
            raise HistoryError(f"The year {after} comes after {before}.", cure="Give the years in rising order.")
        if after > before + 1:
            raise HistoryError(f"The year {before + 1} is missing.", cure="Give every year, or start after the gap.")


def _check_shape(persons: Array, *, places: int, years: int, ages: int | None = None) -> None:
    if persons.ndim != 4 or persons.shape[:3] != (places, years, len(SEXES)):
        raise HistoryError(
            f"The persons have the shape {persons.shape}.",
            cure=f"Give places, years, sexes and ages: ({places}, {years}, {len(SEXES)}, ages).",
        )
    classes = persons.shape[3]
    if ages is not None and classes != ages:
        raise HistoryError(f"There are {classes} age classes.", cure=f"Give {ages}: 0 to {ages - 2} and over.")
    if not _LEAST_OPEN < classes <= AGES:
        raise HistoryError(
            f"There are {classes} age classes, so an age is missing.",
            cure=f"Give single years of age from 0 and an open class that begins at {_LEAST_OPEN} to {AGES - 1} years.",
        )


def _check_persons(persons: Array, *, places: tuple[str, ...], years: tuple[int, ...], counts: Counts) -> None:
    wrong = {
        "not a number": ~np.isfinite(persons),
        "negative": persons < 0,
    }
    if counts == "whole":
        wrong["not a whole number"] = persons != np.floor(persons)
    for what, cells in wrong.items():
        if cells.any():
            place, year, sex, age = (int(i) for i in np.argwhere(cells)[0])
            raise HistoryError(
                f"Place {places[place]} has {persons[place, year, sex, age]:g} persons ({SEXES[sex]}, age {age}) on "
                f"1 January {years[year]}, which is {what}.",
                cure='Counts of persons are whole; say counts="weighted" if they were carried over to new borders.'
                if what == "not a whole number"
                else "Correct the figure, or leave the year out.",
            )


def _check_totals(history: History) -> None:
    total = history.persons.sum(axis=(2, 3))
    if (total <= 0).any():
        place, year = (int(i) for i in np.argwhere(total <= 0)[0])
        raise HistoryError(
            f"Nobody lives in place {history.places[place]} on 1 January {history.years[year]}.",
            cure="Leave the place out, or start after the gap.",
        )
    ratio = total[:, 1:] / total[:, :-1]
    jumps = (np.maximum(ratio, 1 / ratio) > _MOST_CHANGE) & (
        np.minimum(total[:, 1:], total[:, :-1]) > _CHANGE_IS_CHANCE_BELOW
    )
    if jumps.any():
        place, year = (int(i) for i in np.argwhere(jumps)[0])
        raise HistoryError(
            f"Place {history.places[place]} goes from {total[place, year]:,.0f} persons to "
            f"{total[place, year + 1]:,.0f} in {history.years[year]}.",
            cure="That looks like another border or unit: give persons, in the same borders in all years.",
        )


def _check_events(events: Array, name: str, *, history: History) -> None:
    expected = (len(history.places), len(history.years) - 1)
    if events.shape != expected:
        raise HistoryError(f"The {name} have the shape {events.shape}.", cure=f"Give places and years: {expected}.")
    if not np.isfinite(events).all() or (events < 0).any():
        place, year = (int(i) for i in np.argwhere(~(events >= 0))[0])
        raise HistoryError(
            f"Place {history.places[place]} has {events[place, year]:g} {name} in {history.years[year]}.",
            cure="Give a number from 0 up for every year, or none at all.",
        )
    share = float(events.sum() / history.persons[:, :-1].sum())
    if share > _MOST_EVENTS:
        raise HistoryError(
            f"The {name} are {100 * share:.0f} % of the persons a year.", cure=f"Give {name} during a year, in persons."
        )
