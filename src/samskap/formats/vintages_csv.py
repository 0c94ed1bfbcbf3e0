"""Past and present editions of an official projection as CSV, as text or as gzip.

    vintage,place,year,age,persons         `alternative` may be a column too; of several, MMMM is taken

`vintage` is the year of the edition and the first it tells of; `age` is a group as 0-5 or 90+, or one age. The groups
of a vintage cover the ages once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from samskap.formats.errors import FormatError
from samskap.formats.tables import Table, read_table, unpacked
from samskap.kernel.age_groups import AgeGroup, people_between

__all__ = ["MAIN", "ProjectedPeople", "read_vintages"]

MAIN: Final = "MMMM"
OLDEST: Final = 120


@dataclass(frozen=True, slots=True)
class ProjectedPeople:
    """One edition for one place: persons by group (first and last age) and year; `start` is the year it was made."""

    edition: str
    place: str
    start: int
    groups: Mapping[AgeGroup, Mapping[int, float]]

    def people(self, first: int, last: int) -> dict[int, float]:
        """Persons of these ages by year; empty where no groups add up to them."""
        return people_between(self.groups, first, last)


def read_vintages(data: bytes, *, file: str) -> tuple[ProjectedPeople, ...]:
    """The editions in a file, by place and year. FormatError names the row and the value that cannot be right."""
    table = read_table(unpacked(data, file=file), file=file)
    columns = [table.needed(name) for name in ("vintage", "place", "year", "age", "persons")]
    alternative = table.column("alternative")
    found: dict[tuple[str, int], dict[AgeGroup, dict[int, float]]] = {}
    for line, row in table.rows:
        if alternative is not None and row[alternative].strip() != MAIN:
            continue
        vintage, place, year, age, persons = (row[column].strip() for column in columns)
        _check(table, line, place=place, vintage=vintage, year=year, persons=persons)
        by_year = found.setdefault((place, int(vintage)), {}).setdefault(_group(table, line, age), {})
        if int(year) in by_year:
            raise FormatError(
                f"{file}, row {line}: {place}, {vintage}, {year} and {age} are there already.",
                code="vintages_repeated",
                cure="Keep one of them, and one alternative.",
            )
        by_year[int(year)] = float(persons)
    return tuple(ProjectedPeople(str(start), place, start, groups) for (place, start), groups in sorted(found.items()))


def _check(table: Table, line: int, *, place: str, **numbers: str) -> None:
    if not re.fullmatch(r"\d{4}", place):
        raise table.wrong(line, column="place", value=place, cure="Write a municipality as four digits.")
    for column, value in numbers.items():
        form = r"\d+(\.\d+)?" if column == "persons" else r"\d{4}"
        if not re.fullmatch(form, value):
            cure = "Write persons." if column == "persons" else "Write the year with four digits."
            raise table.wrong(line, column=column, value=value, cure=cure)


def _group(table: Table, line: int, age: str) -> AgeGroup:
    found = re.fullmatch(r"(\d{1,3})(?:-(\d{1,3})|(\+))?", age)
    if not found:
        raise table.wrong(line, column="age", value=age, cure="Write a group as 0-5 or 90+, or one age.")
    first = int(found[1])
    last = OLDEST if found[3] else int(found[2] or first)
    if not first <= last <= OLDEST:
        raise table.wrong(line, column="age", value=age, cure="Write the younger age first.")
    return first, last
