"""Tables of SSB that are described by codes alone: what is asked, and how the answer becomes figures."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from samskap.kernel.counties import COUNTY_NAMES
from samskap.kernel.municipality_changes import current_numbers, former_numbers
from samskap.sources.client import Answer
from samskap.sources.errors import SourceError
from samskap.sources.jsonstat import Dataset
from samskap.sources.pxweb import Metadata, Selection, ask, describe, edition, split
from samskap.sources.recipes import Asking, trimmed
from samskap.sources.ssb_counties import county_codes, county_selection
from samskap.sources.values import NATION, Fetched, Figure

__all__ = [
    "CURRENT",
    "HISTORY",
    "KOSTRA",
    "SUMMED",
    "Code",
    "Measure",
    "Regions",
    "StatTable",
    "run_table",
]

TIME: Final = "Tid"
GROUP: Final = re.compile(r"EKG\d\d")


@dataclass(frozen=True, slots=True)
class Code:
    """A code and a pattern that its label must have; without a code, the one whose label has the pattern is taken.

    One that `may_lack` need not be in the table, and counts as nothing where it has no figure.
    """

    code: str = ""
    label: str = ""
    may_lack: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """What one indicator is in a table: the code, or the codes to be added up, in each variable."""

    indicator: str
    codes: Mapping[str, tuple[Code, ...]]
    breakdown: str = ""
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Regions:
    """How a table names places.

    With a code list, a municipality is `prefix` and its number; `is_summed` where the list adds old ones up. Without
    one, old numbers are asked for too and joined: `history` is "renumbered" (where nothing but the number changed,
    for shares) or "summed" (mergers too, for amounts); what was divided is left open.
    """

    variable: str = "Region"
    codelist: str = ""
    prefix: str = ""
    is_summed: bool = False
    nation: str = "0"
    history: str = ""


SUMMED: Final = Regions(codelist="agg_KommSummer", prefix="K-", is_summed=True)
HISTORY: Final = Regions(codelist="agg_KommSummerHist", prefix="K_", is_summed=True)
CURRENT: Final = Regions(codelist="agg_KommGjeldende")
KOSTRA: Final = Regions(variable="KOKkommuneregion0000", nation="EAK", history="renumbered")


@dataclass(frozen=True, slots=True)
class StatTable:
    """A table and what we take from it. `always` holds the code of variables that are only there to be named."""

    number: str
    regions: Regions
    measures: tuple[Measure, ...]
    codelists: Mapping[str, str] = field(default_factory=dict)
    always: Mapping[str, Code] = field(default_factory=dict)
    derive: Callable[[Sequence[Figure]], Iterable[Figure]] = tuple


def run_table(table: StatTable, asking: Asking) -> Iterator[Fetched]:
    """Ask for a table, in as many questions as its limits need, and give its figures as one edition."""
    metadata = describe(asking.client, table.number, now=asking.now)
    measures = [_found(metadata, table, measure) for measure in table.measures]
    chosen = _choices(metadata, table, measures)
    figures: list[Figure] = []
    answers: list[Answer] = []
    for places, region in _regions(metadata, table.regions, asking.places):
        selections = [*region, *chosen]
        parts = split(metadata, selections, by=table.regions.variable) if region else iter([tuple(selections)])
        cells = _Cells()
        for part in parts:
            dataset, answer = ask(asking.client, metadata, part, now=asking.now)
            _check_labels(metadata, table, dataset)
            cells.add(dataset)
            answers.append(answer)
        figures += _figures(metadata, table, measures, cells, places)
    yield from edition(metadata, answers, figures=trimmed(table.derive(figures)))


# What is asked


def _found(metadata: Metadata, table: StatTable, measure: Measure) -> Measure:
    """The measure with the codes that the table has today."""
    codes = {variable: tuple(_today(metadata, table, variable, ones)) for variable, ones in measure.codes.items()}
    return replace(measure, codes=codes)


def _today(metadata: Metadata, table: StatTable, variable: str, ones: Sequence[Code]) -> Iterator[Code]:
    for one in ones:
        if variable in table.codelists:
            yield one  # a code list has codes of its own, whose labels come with the answer
        elif not one.may_lack or one.code in metadata.variable(variable).codes:
            yield replace(one, code=metadata.code(variable, code=one.code, label=one.label))


def _choices(metadata: Metadata, table: StatTable, measures: Sequence[Measure]) -> list[Selection]:
    """What is asked of every variable but the places."""
    wanted: dict[str, dict[str, None]] = {}
    for measure in measures:
        for variable, ones in measure.codes.items():
            wanted.setdefault(variable, {}).update(dict.fromkeys(one.code for one in ones))
    for variable, one in table.always.items():
        if variable in metadata.variables:
            wanted[variable] = {metadata.code(variable, code=one.code, label=one.label): None}
    wanted[TIME] = {"*": None}
    for code, variable_ in metadata.variables.items():
        if code not in wanted and code != table.regions.variable and variable_.is_needed:
            wanted[code] = {metadata.only(code): None}
    lists = {variable: metadata.codelist(variable, listed) for variable, listed in table.codelists.items()}
    return [Selection(variable, tuple(codes), lists.get(variable, "")) for variable, codes in wanted.items()]


def _regions(
    metadata: Metadata, regions: Regions, places: Sequence[str]
) -> Iterator[tuple[tuple[str, ...], list[Selection]]]:
    """Groups of places, and how each is asked for; no selection where the variable is left out for the country."""
    if not regions.codelist:
        known = _joined_codes(metadata, regions, places)
        if known:
            yield tuple(places), [Selection(regions.variable, known)]
        return
    local = tuple(place for place in places if len(place) == len(NATION) and place != NATION)
    if local:
        codelist = metadata.codelist(regions.variable, regions.codelist)
        codes = tuple(regions.prefix + place for place in local)
        yield local, [Selection(regions.variable, codes, codelist, regions.is_summed)]
    counties = county_codes(metadata, regions.variable, places, beside=regions.codelist)
    if counties:
        asked = county_selection(metadata, regions.variable, counties.values(), beside=regions.codelist)
        yield tuple(counties), [asked]
    if NATION in places:
        variable = metadata.variable(regions.variable)
        if regions.nation in variable.codes:
            yield (NATION,), [Selection(regions.variable, (regions.nation,))]
        elif "vs_Landet" in variable.codelists:
            yield (NATION,), [Selection(regions.variable, (regions.nation,), "vs_Landet")]
        elif not variable.is_needed:
            yield (NATION,), []


def _joined_codes(metadata: Metadata, regions: Regions, places: Sequence[str]) -> tuple[str, ...]:
    years = sorted({int(period[:4]) for period in metadata.variable(TIME).codes})
    return tuple(
        dict.fromkeys(code for place in places for year in years for code in _codes(metadata, regions, place, year))
    )


def _codes(metadata: Metadata, regions: Regions, place: str, year: int) -> tuple[str, ...]:
    """The codes whose sum is the place in a year; () where it cannot be had."""
    if place in COUNTY_NAMES:
        return tuple(county_codes(metadata, regions.variable, [place], beside=regions.codelist).values())
    if regions.codelist:
        return (regions.nation if place == NATION else regions.prefix + place,)
    there = metadata.variable(regions.variable).codes
    if place == NATION or GROUP.fullmatch(place):
        code = regions.nation if place == NATION else place
        return (code,) if code in there else ()
    numbers = former_numbers(place, year)
    is_whole = all(number in there and current_numbers(number) == (place,) for number in numbers)
    return numbers if is_whole and (regions.history == "summed" or len(numbers) == 1) else ()


# What comes back


class _Cells:
    """The cells of one or more answers of the same shape, found by the code in each dimension."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, ...], tuple[float | None, str]] = {}
        self._variables: tuple[str, ...] = ()
        self.periods: tuple[str, ...] = ()

    def add(self, dataset: Dataset) -> None:
        self._variables = tuple(dimension.id for dimension in dataset.dimensions)
        self.periods = tuple(dict.fromkeys([*self.periods, *dataset.dimension(TIME).codes]))
        self._found |= {codes: (value, missing) for codes, value, missing in dataset.cells()}

    def total(self, cells: Iterable[tuple[Mapping[str, str], bool]]) -> tuple[float | None, str]:
        """The sum of cells that each may lack or not; the reason of the first that is missing, where one is."""
        total = 0.0
        for codes, may_lack in cells:
            key = tuple(codes[variable] for variable in self._variables)
            value, missing = self._found.get(key, (None, "not_available"))
            if value is None and not (may_lack and missing == "not_available"):
                return None, missing
            total += value or 0.0
        return total, ""


def _figures(
    metadata: Metadata, table: StatTable, measures: Sequence[Measure], cells: _Cells, places: Sequence[str]
) -> Iterator[Figure]:
    for measure in measures:
        fixed = {choice.variable: choice.values[0] for choice in _choices(metadata, table, [measure])}
        added = [
            (
                fixed | {variable: one.code for variable, one in zip(measure.codes, ones, strict=True)},
                any(one.may_lack for one in ones),
            )
            for ones in itertools.product(*measure.codes.values())
        ]
        for place, period in itertools.product(places, cells.periods):
            regions = _codes(metadata, table.regions, place, int(period[:4]))
            where = [{table.regions.variable: region, TIME: period} for region in regions]
            value, missing = cells.total((one | at, may_lack) for at in where for one, may_lack in added)
            scaled = None if value is None else value * measure.scale
            if regions:
                yield Figure(measure.indicator, place, period, scaled, missing, measure.breakdown)


def _check_labels(metadata: Metadata, table: StatTable, dataset: Dataset) -> None:
    """Whether codes of code lists still mean what we take them for: their labels come with the answer."""
    for measure in table.measures:
        for variable in measure.codes.keys() & table.codelists.keys():
            dimension = dataset.dimension(variable)
            for one in measure.codes[variable]:
                label = dimension.label_of(one.code) if one.code in dimension.codes else ""
                if not re.search(one.label, label, re.IGNORECASE) or not label:
                    raise SourceError(
                        f"SSB table {metadata.table} has “{label}” under the code {one.code} in {variable}, "
                        f"not “{one.label}”.",
                        code="source_changed",
                        cure="Update Samskap; if that does not help, tell us which table it is.",
                    )
