"""FHI's statistics of public health in municipalities (open API, source "nokkel").

Every dimension needs one filter. What a table's dimensions and categories are called is asked first: codes are chosen
by their labels, because only some tables' codes could be seen in use. Places are "0" for the country and the number
of the municipality or county; years are spans as "2022_2024". https://statistikk-data.fhi.no/api/open/v1
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from samskap.kernel.counties import COUNTY_NAMES
from samskap.sources.client import Answer
from samskap.sources.errors import SourceError
from samskap.sources.jsonstat import Dataset, Json, Row, read_jsonstat
from samskap.sources.recipes import Asking, Recipe, trimmed
from samskap.sources.values import NATION, Fetched, Figure

__all__ = ["BASE", "LICENCE", "TABLES", "HealthTable", "question"]

BASE: Final = "https://statistikk-data.fhi.no/api/open/v1/nokkel"
LICENCE: Final = "CC BY 4.0 (https://www.fhi.no)"
PLACE: Final = "GEO"
YEAR: Final = "AAR"
MOST_ROWS: Final = 50_000
_TELL: Final = "Update Samskap; if that does not help, tell us which table it is."


@dataclass(frozen=True, slots=True)
class HealthTable:
    """A table and which category of each dimension we take: the dimension by a pattern in its code or label, the
    category by one in its label. Dimensions that are not named take the category that stands for all."""

    table: str
    indicator: str
    choices: Mapping[str, str]
    breakdown: str = ""
    flags: Mapping[str, str] = field(default_factory=dict)


# The whole, where a dimension is not named.
ALL: Final = r"samlet|total|alle|i alt|begge"
# The survey of young people (Ungdata) is held every third year in most municipalities.
SURVEY: Final[Mapping[str, str]] = {".": "not_surveyed"}


def question(dimensions: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The body of a question: each dimension with the categories that are wanted."""
    chosen = [{"code": code, "filter": "item", "values": list(values)} for code, values in dimensions.items()]
    return {"dimensions": chosen, "response": {"format": "json-stat2", "maxRowCount": MOST_ROWS}}


def _run(table: HealthTable, asking: Asking) -> Iterator[Fetched]:
    title = str(_get(asking, f"table/{table.table}", table).data.get("title") or f"FHI table {table.table}")
    datasets, answers = _asked(table, asking, _wanted(table, asking))
    if answers:
        yield Fetched(
            publisher="FHI",
            table=table.table,
            title=title,
            url=f"{BASE}/Table/{table.table}/data",
            licence=LICENCE,
            fetched_at=min(answer.fetched_at for answer in answers),
            updated_at=datasets[-1].updated,
            figures=trimmed(_figure(table, row) for dataset in datasets for row in dataset.rows()),
            from_cache=all(answer.from_cache for answer in answers),
        )


def _wanted(table: HealthTable, asking: Asking) -> dict[str, list[str]]:
    """The categories that are asked for in each dimension, of those that the table has today."""
    name = f"FHI table {table.table}"
    described = _get(asking, f"Table/{table.table}/dimension", table).data.get("dimensions") or ()
    offered = {
        str(dimension.get("code", "")): (str(dimension.get("label", "")), dict(_categories(dimension)))
        for dimension in described
    }
    wanted = {code: _chosen(name, table, code, *about) for code, about in offered.items()}
    there = _categories_of(offered, PLACE, name)
    counties = [county for county in asking.counties if COUNTY_NAMES[county] in there.get(county, "")]
    places = [_code(place) for place in (*asking.municipalities, *({NATION} & set(asking.places)), *counties)]
    wanted[PLACE] = [place for place in places if place in there]
    wanted[YEAR] = list(_categories_of(offered, YEAR, name))
    return wanted


def _asked(table: HealthTable, asking: Asking, wanted: Mapping[str, list[str]]) -> tuple[list[Dataset], list[Answer]]:
    """The answers, in as many parts as the places need."""
    datasets, answers = [], []
    most = max(1, MOST_ROWS // max(1, len(wanted[YEAR])))
    for start in range(0, len(wanted[PLACE]), most):
        body = question({**wanted, PLACE: wanted[PLACE][start : start + most]})
        answer = _get(asking, f"Table/{table.table}/data", table, body=body)
        datasets.append(read_jsonstat(answer.data, name=f"FHI table {table.table}", flags=table.flags))
        answers.append(answer)
    return datasets, answers


def _get(asking: Asking, path: str, table: HealthTable, *, body: Mapping[str, Any] | None = None) -> Answer:
    return asking.client.json(
        f"{BASE}/{path}", subject=f"FHI {table.table}", licence=LICENCE, now=asking.now, body=body
    )


def _categories(dimension: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    """Value and label of every category, whether they are a list or a tree."""
    waiting = list(dimension.get("categories") or ())
    while waiting:
        category = waiting.pop(0)
        yield str(category.get("value", category.get("code", ""))), str(category.get("label", ""))
        waiting += category.get("children") or ()


def _categories_of(offered: Mapping[str, tuple[str, Mapping[str, str]]], code: str, name: str) -> Mapping[str, str]:
    if code not in offered:
        raise SourceError(
            f"{name} no longer has the dimension {code}. It has {', '.join(offered) or 'none'}.",
            code="source_changed",
            cure=_TELL,
        )
    return offered[code][1]


def _chosen(name: str, table: HealthTable, code: str, label: str, categories: Mapping[str, str]) -> list[str]:
    """The one category that is meant in a dimension; none for places and years, which are filled in."""
    if code in (PLACE, YEAR):
        return []
    if len(categories) == 1:
        return list(categories)
    wanted = next(
        (pattern for key, pattern in table.choices.items() if re.search(key, f"{code} {label}", re.IGNORECASE)), ALL
    )
    fitting = [value for value, text in categories.items() if re.search(wanted, text, re.IGNORECASE)]
    if len(fitting) != 1:
        have = ", ".join(f"“{text}”" for text in list(categories.values())[:8])
        raise SourceError(
            f"{name} has {len(fitting) or 'none'} where one of {code} should be like “{wanted}”. It has {have}.",
            code="source_changed",
            cure=_TELL,
        )
    return fitting


def _code(place: str) -> str:
    return "0" if place == NATION else place


def _figure(table: HealthTable, row: Row) -> Figure:
    first, _, last = row.codes[YEAR].partition("_")
    period = first if last in ("", first) else f"{first}-{last}"
    place = NATION if row.codes[PLACE] == "0" else row.codes[PLACE]
    return Figure(table.indicator, place, period, row.value, row.missing, table.breakdown)


STANDARDISED: Final = r"^andel.*standardisert"
GRADES: Final = r"^8\D+10"
DISTRESS: Final = HealthTable(
    "339",
    "youth_distress_share",
    {"plage": r"^plaget", "alder|trinn": GRADES, "måltall|measure": STANDARDISED},
    breakdown="grade=8-10",
    flags=SURVEY,
)
SATISFACTION: Final = HealthTable(
    "373",
    "youth_life_satisfaction",
    {"skala|tilfreds": r"8\D+10", "alder|trinn": GRADES, "måltall|measure": STANDARDISED},
    breakdown="grade=8-10",
    flags=SURVEY,
)
GP_CONTACTS: Final = HealthTable(
    "370",
    "gp_contacts_mental",
    {
        "alder": r"^15\D+24",
        "gruppe": r"^psykiske symptomer og lidelser",
        "måltall|measure": r"per 1000, standardisert",
    },
    breakdown="age=15-24",
)
CHILD_WELFARE: Final = HealthTable(
    "337", "child_welfare_share", {"alder": r"^0\D+17", "måltall|measure": r"^andel(?!.*standardisert)"}
)
BULLYING: Final = HealthTable(
    "377",
    "bullying_share",
    {"trinn": r"^7\.", "spm": "mobb", "måltall|measure": STANDARDISED},
    breakdown="grade=7",
    flags=SURVEY,
)
WELLBEING: Final = HealthTable(
    "805",
    "school_wellbeing_share",
    {"trinn": r"^10\.", "måltall|measure": STANDARDISED},
    breakdown="grade=10",
    flags=SURVEY,
)


def _recipe(key: str, table: HealthTable, title: str, seen: str) -> Recipe:
    def run(asking: Asking) -> Iterator[Fetched]:
        return _run(table, asking)

    return Recipe(key, "fhi", table.table, title, (table.indicator,), LICENCE, seen, run)


_LABELS: Final = (
    "The table number: public catalogues of FHI's tables. Its codes were not seen; they are found by the labels in the "
    "files of Telemark county."
)
TABLES: Final = (
    _recipe("youth_distress", DISTRESS, "Young people with many mental complaints (Ungdata)", _LABELS),
    _recipe("youth_satisfaction", SATISFACTION, "Young people satisfied with life (Ungdata)", _LABELS),
    _recipe(
        "gp_contacts",
        GP_CONTACTS,
        "Young people who saw a doctor for mental complaints",
        "Codes of dimensions: a public script on FHI's table 370; categories are found by their labels.",
    ),
    _recipe("child_welfare", CHILD_WELFARE, "Children with measures of child welfare", _LABELS),
    _recipe("bullying", BULLYING, "Pupils bullied in the seventh grade", _LABELS),
    _recipe("school_wellbeing", WELLBEING, "Pupils content at school in the tenth grade", _LABELS),
)
