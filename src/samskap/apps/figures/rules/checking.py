"""What is wrong with what a table gave, before anything of it is stored."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from samskap.formats.figures_csv import AGES, PERIOD, Problem
from samskap.kernel.municipalities import MUNICIPALITY_NAMES
from samskap.kernel.municipality_changes import current_numbers
from samskap.sources.values import MISSING, NATION, AgeProfile, Fetched, Figure

__all__ = ["Measure", "problems_of"]

_WHOLE = {"persons", "jobs", "households"}
_NEVER_NEGATIVE = _WHOLE | {"posts", "per_1000", "ratio", "years", "index", "nok_per_person"}
_MAY_BE_NEGATIVE = {"net_moves"}
# The least that the biggest lines of any municipality's accounts come to; less means that they are in thousands.
_BIG_LINES = {"accounts_care", "accounts_school", "accounts_free_income"}
_LEAST_NOK = 1_000_000
# More than the whole country has of one sex and age by far.
_MOST_PERSONS = 10_000_000


@dataclass(frozen=True, slots=True)
class Measure:
    """What an indicator is measured in, as far as checks need it."""

    topic: str
    unit: str


def problems_of(
    fetched: Fetched,
    *,
    measures: Mapping[str, Measure],
    own_place: str = "",
    units: Iterable[tuple[str, str, int]] = (),
) -> tuple[Problem, ...]:
    """Everything that forbids storing it, in the order of the file; empty where all is well.

    `measures` are the indicators that are known. With `own_place` only that municipality, its county, the country and
    groups may be in it. `units` are the units that a file claims: (indicator, unit, row).
    """
    if not fetched.figures and not fetched.profiles:
        return (Problem("nothing"),)
    return (
        *_place_problems(
            {*(f.place for f in fetched.figures), *(p.place for p in fetched.profiles)}, own_place=own_place
        ),
        *_indicator_problems({one.indicator for one in fetched.figures}, measures),
        *_unit_problems(units, measures),
        *_repeated(fetched.figures),
        *(problem for one in fetched.figures for problem in _figure_problems(one, measures.get(one.indicator))),
        *_profile_problems(fetched.profiles),
    )


def _place_problems(places: set[str], *, own_place: str) -> Iterator[Problem]:
    for place in sorted(places):
        if len(place) != 4 or not place.isdecimal() or place == NATION:
            continue
        if place in MUNICIPALITY_NAMES:
            if own_place and place != own_place:
                yield Problem("place_foreign", 0, {"place": place, "own": own_place})
            continue
        now = current_numbers(place)
        code = "place_unknown" if not now else "place_old" if len(now) == 1 else "place_split"
        yield Problem(code, 0, {"place": place, "now": now[0] if len(now) == 1 else ", ".join(now)})


def _indicator_problems(keys: set[str], measures: Mapping[str, Measure]) -> Iterator[Problem]:
    for key in sorted(keys - set(measures)):
        yield Problem("indicator_unknown", 0, {"key": key[:60] or "–"})


def _unit_problems(units: Iterable[tuple[str, str, int]], measures: Mapping[str, Measure]) -> Iterator[Problem]:
    for key, unit, row in units:
        measure = measures.get(key)
        if measure is not None and measure.unit != unit:
            yield Problem("unit_differs", row, {"key": key, "unit": unit[:40], "wanted": measure.unit})


def _repeated(figures: Iterable[Figure]) -> Iterator[Problem]:
    counted = Counter((one.indicator, one.place, one.period, one.breakdown) for one in figures)
    for key, times in counted.items():
        if times > 1:
            yield Problem("twice", 0, {"what": " ".join(part for part in key if part), "times": times})


def _figure_problems(one: Figure, measure: Measure | None) -> Iterator[Problem]:
    what: dict[str, object] = {"what": f"{one.indicator} {one.place} {one.period}", "value": _written(one.value)}
    if not PERIOD.fullmatch(one.period):
        yield Problem("period_wrong", 0, {**what, "period": one.period[:40]})
    if (one.value is None) == (one.missing == "") or (one.missing and one.missing not in MISSING):
        yield Problem("reason_wrong", 0, what)
        return
    if one.value is None or measure is None:
        return
    if not math.isfinite(one.value):
        yield Problem("not_finite", 0, what)
        return
    yield from _value_problems(one, one.value, measure, what)


def _value_problems(one: Figure, value: float, measure: Measure, what: dict[str, object]) -> Iterator[Problem]:
    if measure.unit == "percent" and measure.topic != "economy" and not 0 <= value <= 100:
        yield Problem("percent_wrong", 0, what)
    if value < 0 and measure.unit in _NEVER_NEGATIVE and one.indicator not in _MAY_BE_NEGATIVE:
        yield Problem("negative", 0, what)
    if measure.unit in _WHOLE and not one.place.startswith("EKG") and value != int(value):
        yield Problem("fraction", 0, what)
    if one.indicator in _BIG_LINES and len(one.place) == 4 and 0 < abs(value) < _LEAST_NOK:
        yield Problem("thousands", 0, what)


def _profile_problems(profiles: Iterable[AgeProfile]) -> Iterator[Problem]:
    years: dict[str, list[int]] = {}
    for one in profiles:
        what = {"place": one.place, "year": one.year}
        if one.year in years.setdefault(one.place, []):
            yield Problem("profile_twice", 0, what)
        years[one.place].append(one.year)
        for counts in (one.women, one.men):
            yield from _counts_problems(counts, what)
        if sum(one.women) + sum(one.men) == 0:
            yield Problem("nobody", 0, what)
    for place, found in sorted(years.items()):
        missing = sorted(set(range(min(found), max(found))) - set(found))
        if missing:
            yield Problem("years_missing", 0, {"place": place, "years": ", ".join(map(str, missing))})


def _counts_problems(counts: tuple[int, ...], what: dict[str, object]) -> Iterator[Problem]:
    if len(counts) != AGES:
        yield Problem("ages_wrong", 0, {**what, "count": len(counts), "wanted": AGES})
    for age, persons in enumerate(counts):
        if persons < 0 or persons != int(persons):
            yield Problem("persons_wrong", 0, {**what, "age": age, "value": _written(persons)})
            return
        if persons > _MOST_PERSONS:
            yield Problem("persons_many", 0, {**what, "age": age, "value": persons})
            return


def _written(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"
