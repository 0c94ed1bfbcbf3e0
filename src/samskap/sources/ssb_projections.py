"""SSB's regional projections of the population: the newest, found by its title, and those of earlier years.

Every projection is a table of its own, and its form changed over the years: the alternatives are contents or a
variable, ages are single years or groups, and places have the numbers of their time.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Final

from samskap.kernel.municipality_changes import current_numbers, former_numbers
from samskap.sources.client import Answer
from samskap.sources.errors import SourceError
from samskap.sources.jsonstat import Dataset
from samskap.sources.pxweb import LICENCE, Metadata, Selection, ask, describe, edition, search, split
from samskap.sources.recipes import Asking, Recipe, trimmed
from samskap.sources.ssb_population import age_codes
from samskap.sources.values import Fetched, Figure

__all__ = ["PROJECTION", "VINTAGES"]

TITLE: Final = "Framskrevet folkemengde"
QUERY: Final = f"title:{TITLE}"
FIRST_VINTAGE: Final = 2005  # before, each alternative was a table of its own
ALTERNATIVES: Final = ("MMMM", "LLML", "HHMH")
OPEN: Final = 999  # the last age of a group without an end
# SSB's groups by what people use ("funksjonell inndeling"), which every later use can add up further.
GROUPS: Final = ((0, 0), (1, 5), (6, 12), (13, 15), (16, 19), (20, 44), (45, 66), (67, 79), (80, 89), (90, OPEN))
SPAN: Final = re.compile(r"(\d+)\s*(?:-\s*(\d+)|(\+|år (?:og|eller) (?:over|eldre))|)")


@dataclass(frozen=True, slots=True)
class Found:
    """A projection in SSB's list of tables, with its first year."""

    table: str
    year: int


def _found(asking: Asking) -> list[Found]:
    """The regional projections, the newest first."""
    found = [
        Found(str(entry["id"]), int(entry["firstPeriod"]))
        for entry in search(asking.client, QUERY, now=asking.now)
        if all(part in str(entry.get("label", "")) for part in (TITLE, "(K)"))
        and str(entry.get("firstPeriod", "")).isdecimal()
    ]
    regional = [one for one in found if one.year >= FIRST_VINTAGE]
    if not regional:
        raise SourceError(
            f"SSB's list of tables has no regional projection: “{QUERY}” finds none with “(K)” in its title.",
            code="source_changed",
            cure="Update Samskap; if that does not help, tell us.",
        )
    return sorted(regional, key=lambda one: (-one.year, one.table))


def _newest(asking: Asking) -> Iterator[Fetched]:
    newest = _found(asking)[0]
    yield from _projection(newest, asking, ALTERNATIVES)


def _vintages(asking: Asking) -> Iterator[Fetched]:
    """The main alternative of every earlier projection, one edition each, with its year in the breakdown.

    One that cannot be read does not keep back the others: it is told when they are given.
    """
    failures: list[SourceError] = []
    for earlier in _found(asking)[1:]:
        try:
            yield from _projection(earlier, asking, ALTERNATIVES[:1], more=f";vintage={earlier.year}")
        except SourceError as error:
            if error.code != "source_changed":
                raise
            failures.append(error)
    if failures:
        raise failures[0]


def _projection(found: Found, asking: Asking, wanted: tuple[str, ...], *, more: str = "") -> Iterator[Fetched]:
    metadata = describe(asking.client, found.table, now=asking.now)
    places = _places(metadata, asking, found.year)
    variable, named = _alternatives(metadata, wanted)
    ages = _ages(metadata)
    sums = _Sums(places, ages, variable, {code: letters + more for code, letters in named.items()})
    selections = [
        Selection("Region", tuple(places), _place_list(metadata)),
        Selection("Alder", tuple(ages)),
        Selection(variable, tuple(named)),
        Selection("Tid", ("*",)),
        *_besides(metadata, variable),
    ]
    answers: list[Answer] = []
    for part in split(metadata, selections, by="Region") if places else ():
        dataset, answer = ask(asking.client, metadata, part, now=asking.now)
        sums.add(dataset)
        answers.append(answer)
    yield from edition(metadata, answers, figures=trimmed(sums.figures()))


def _besides(metadata: Metadata, variable: str) -> Iterator[Selection]:
    """What must be named besides places, ages, alternatives and years."""
    if variable != "ContentsCode":
        yield Selection("ContentsCode", (metadata.code("ContentsCode", label="person|folkemengde"),))
    if "Kjonn" in metadata.variables and metadata.variable("Kjonn").is_needed:
        yield Selection("Kjonn", tuple(metadata.variable("Kjonn").codes))


def _places(metadata: Metadata, asking: Asking, year: int) -> dict[str, str]:
    """The place of today for each code of the table that is wholly in it.

    The numbers are those of the first year or, near a reform, of the year after or before.
    """
    there = metadata.variable("Region").codes
    places = {}
    for number in asking.municipalities:
        for when in (year, year + 1, year - 1):
            then = former_numbers(number, when)
            if all(code in there and current_numbers(code) == (number,) for code in then):
                places.update(dict.fromkeys(then, number))
                break
    return places


def _place_list(metadata: Metadata) -> str:
    """The code list of municipalities that newer projections have; "" where there is none."""
    return next((id_ for id_ in metadata.variable("Region").codelists if "KommunFram" in id_), "")


def _alternatives(metadata: Metadata, wanted: tuple[str, ...]) -> tuple[str, dict[str, str]]:
    """The variable that the alternatives are in, and the four letters of each code in it."""
    for variable in ("Framskriv", "ContentsCode"):
        if variable in metadata.variables:
            named = {
                code: letters
                for code, label in metadata.variable(variable).codes.items()
                for letters in wanted
                if re.search(rf"\b{letters}\b", f"{code} {label}")
            }
            if set(named.values()) == set(wanted) and len(named) == len(wanted):
                return variable, named
    raise metadata.changed(
        f"does not name the alternatives {', '.join(wanted)}", metadata.variable("ContentsCode").codes
    )


def _ages(metadata: Metadata) -> dict[str, str]:
    """The group of each age code: our groups where there are single years, else the table's own.

    They must follow on each other from 0 to an open one, so that no age is lost and none is twice.
    """
    codes = metadata.variable("Alder").codes
    single = age_codes(codes)
    if len(single) > 90:
        oldest = max(single.values())
        spans = {code: (age, OPEN if age == oldest else age) for code, age in single.items()}
    else:
        read = {code: _span(label) for code, label in codes.items()}
        spans = {code: span for code, span in read.items() if span and span != (0, OPEN)}
    covered = sorted(spans.values())
    follow = all(later[0] == earlier[1] + 1 for earlier, later in pairwise(covered))
    if not covered or covered[0][0] != 0 or covered[-1][1] != OPEN or not follow:
        raise metadata.changed("no longer has ages that follow on each other", codes)
    if single:
        return {code: _named(*_group(age)) for code, age in single.items()}
    return {code: _named(*span) for code, span in spans.items()}


def _group(age: int) -> tuple[int, int]:
    return next(group for group in GROUPS if group[0] <= age <= group[1])


def _span(label: str) -> tuple[int, int] | None:
    """The first and last age in a label such as "20-44 år", "0 år" or "90 år eller eldre"."""
    found = SPAN.search(label.replace("–", "-"))
    if not found:
        return None
    first = int(found[1])
    return first, int(found[2]) if found[2] else OPEN if found[3] else first


def _named(first: int, last: int) -> str:
    return f"{first}+" if last == OPEN else str(first) if first == last else f"{first}-{last}"


class _Sums:
    """Persons by place, year, group of age and alternative; a sum with a missing part is missing."""

    def __init__(
        self, places: Mapping[str, str], ages: Mapping[str, str], variable: str, alternatives: Mapping[str, str]
    ) -> None:
        self._places, self._ages, self._variable, self._alternatives = places, ages, variable, alternatives
        self._total: dict[tuple[str, str, str], float] = defaultdict(float)
        self._missing: dict[tuple[str, str, str], str] = {}

    def add(self, dataset: Dataset) -> None:
        ids = [dimension.id for dimension in dataset.dimensions]
        region, age, alternative, year = (ids.index(id_) for id_ in ("Region", "Alder", self._variable, "Tid"))
        for codes, value, missing in dataset.cells():
            breakdown = f"age={self._ages[codes[age]]};alternative={self._alternatives[codes[alternative]]}"
            key = self._places[codes[region]], codes[year], breakdown
            self._total[key] += value or 0.0
            if value is None:
                self._missing[key] = missing

    def figures(self) -> Iterator[Figure]:
        for key, total in self._total.items():
            place, year, breakdown = key
            missing = self._missing.get(key, "")
            yield Figure("projected_population", place, year, None if missing else total, missing, breakdown)


_recipe = partial(
    Recipe,
    office="ssb",
    table="",
    gives=("projected_population",),
    licence=LICENCE,
)
PROJECTION: Final = _recipe(
    key="projection",
    title="The newest regional projection: main, low and high alternative",
    seen="How the table is found and how its alternatives are named: the scripts of Telemark county "
    "(evensrii/Telemark, 2026), where it was 14746.",
    run=_newest,
)
VINTAGES: Final = _recipe(
    key="projection_vintages",
    title="The main alternative of every earlier regional projection since 2005",
    seen="As above; tables 05904, 06917, 07268, 08109, 08825, 09482, 10213, 11168, 11668, 12882, 13600 and 14288.",
    run=_vintages,
)
