"""People by place, year, sex and single age as CSV, in one of two forms, as text or as gzip.

    place,year,sex,age,persons             a row a number; age 0 to 104, and 105 (or 105+) for 105 and over
    place,year,sex,a0,a1,…,a105            a row a place, year and sex

The columns may stand in any order, `municipality` may be said for `place`, and comma or semicolon separates. Places
are four digits, `0000` is the country; sex is female or male (or F or K, or M). People are whole numbers on 1 January.
Lines that begin with `#` before the header say where the figures come from. UTF-8.

Nothing is guessed: the first thing that is wrong is told with its row.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from samskap.formats.errors import FormatError
from samskap.formats.tables import decoded, unpacked
from samskap.sources.values import NATION

__all__ = ["AGES", "SEXES", "PopulationTable", "read_population"]

AGES: Final = 106  # 0 to 104, and 105 and over
SEXES: Final = ("female", "male")

_SEX_WORDS: Final = {"female": 0, "f": 0, "k": 0, "male": 1, "m": 1}
_PLACE_WORDS: Final = ("place", "municipality")
_YEARS: Final = range(1735, 2200)
_CELL: Final = 16  # bytes kept of a word: more than any right one has
_MOST_CELLS: Final = 40_000_000
_FEWEST: Final = {True: 100_000, False: 60}  # people that a country, and a municipality, has at least
_CURE: Final = "Write a row as place,year,sex,age,persons or place,year,sex,a0,…,a105."


@dataclass(frozen=True, slots=True, eq=False)
class PopulationTable:
    """`persons` (places, years, 2, 106), NaN where the file has nothing for a place and year.

    Places and years rise. `said` is what stands before the header, `content_hash` the SHA-256 of the text.
    """

    file: str
    places: tuple[str, ...]
    years: tuple[int, ...]
    persons: NDArray[np.float64]
    said: Mapping[str, str]
    content_hash: str

    def years_of(self, place: str) -> tuple[int, ...]:
        """The years for which the file has this place."""
        found = self.persons[self.places.index(place), :, 0, 0]
        return tuple(year for year, value in zip(self.years, found, strict=True) if not np.isnan(value))


def read_population(data: bytes, *, file: str) -> PopulationTable:
    """The people in a file of one of the two forms. FormatError names the row and the value that cannot be right."""
    text = decoded(unpacked(data, file=file), file=file)
    body = _Body.of(text, file=file)
    table = body.parsed()
    return PopulationTable(file, *table, said=body.said, content_hash=hashlib.sha256(text.encode()).hexdigest())


@dataclass(frozen=True, slots=True)
class _Body:
    """The rows below the header; `first` is the line number of the first of them."""

    file: str
    said: Mapping[str, str]
    header: tuple[str, ...]
    separator: str
    text: str
    first: int

    @classmethod
    def of(cls, text: str, *, file: str) -> _Body:
        """The parts of a text: what is said before the header, the header, the rows."""
        said: dict[str, str] = {}
        at, number = 0, 0
        while at < len(text):
            end = text.find("\n", at)
            line = text[at:] if end < 0 else text[at:end]
            at, number = (len(text) if end < 0 else end + 1), number + 1
            if line.startswith("#"):
                _note(said, line, number=number, file=file)
            elif line.strip():
                separator = ";" if line.count(";") > line.count(",") else ","
                header = tuple(name.strip().strip('"').lower() for name in line.split(separator))
                return cls(file, said, header, separator, text[at:], number + 1)
        raise FormatError(f"{file} is empty.", code="format_empty", cure="Give the file with its header and rows.")

    def parsed(self) -> tuple[tuple[str, ...], tuple[int, ...], NDArray[np.float64]]:
        """Places, years and people."""
        place = next((name for name in _PLACE_WORDS if name in self.header), "place")
        wide = tuple(f"a{age}" for age in range(AGES))
        is_wide = "a0" in self.header
        used = [place, "year", "sex", *(wide if is_wide else ("age", "persons"))]
        columns = [self._column(name) for name in used]
        word = f"S{_CELL}"
        people: list[Any] = [("persons", "f8", (AGES,))] if is_wide else [("age", word), ("persons", "f8")]
        rows = self._loaded(np.dtype([("place", word), ("year", word), ("sex", word), *people]), columns)
        self._check_numbers(rows["persons"])
        places, at_place = self._places(rows["place"])
        years, at_year = self._years(rows["year"])
        at: tuple[NDArray[np.int64], ...] = (
            at_place,
            at_year,
            self._known(rows["sex"], _SEX_WORDS, what="sex", cure="Write female or male."),
        )
        if not is_wide:
            ages = {str(age): age for age in range(AGES)} | {f"{AGES - 1}+": AGES - 1}
            cure = "Write 0 to 104, and 105 for 105 and over."
            at = (*at, self._known(rows["age"], ages, what="age", cure=cure))
        persons = self._spread(at, rows["persons"], shape=(len(places), len(years), len(SEXES), AGES))
        self._check_whole(persons, places, years)
        return places, years, persons

    def _column(self, name: str) -> int:
        if self.header.count(name) == 1:
            return self.header.index(name)
        wrong = "more than one" if name in self.header else "no"
        raise FormatError(f"{self.file} has {wrong} column {name}.", code="population_columns", cure=_CURE)

    def _loaded(self, kind: np.dtype[Any], columns: list[int]) -> NDArray[Any]:
        if not self.text.strip():
            raise FormatError(f"{self.file} has no rows.", code="format_empty", cure=_CURE)
        try:
            rows: NDArray[Any] = np.loadtxt(
                io.StringIO(self.text), dtype=kind, delimiter=self.separator, usecols=columns, comments=None,
                quotechar='"', ndmin=1,
            )  # fmt: skip
        except ValueError as error:
            raise self._explained(error, columns) from error
        return rows

    def _lines(self) -> Iterator[tuple[int, list[str]]]:
        """The rows with their line numbers, as the fast reader counts them: without the empty ones."""
        for number, line in enumerate(self.text.split("\n"), start=self.first):
            if line.strip():
                yield number, [cell.strip().strip('"') for cell in line.split(self.separator)]

    def _explained(self, error: ValueError, columns: list[int]) -> FormatError:
        """What the fast reader stumbled on, with row and column."""
        words = {column for column in columns if self.header[column] in (*_PLACE_WORDS, "year", "sex", "age")}
        for number, cells in self._lines():
            if len(cells) != len(self.header):
                return FormatError(
                    f"{self.file}, row {number}: {len(cells)} cells, but the header has {len(self.header)}.",
                    code="format_cells",
                    cure="Check the quotation marks and commas of this row.",
                )
            for column in columns:
                if column not in words and not re.fullmatch(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?", cells[column]):
                    return self._wrong(number, self.header[column], cells[column], "Write a whole number.")
        return FormatError(f"{self.file} cannot be read: {error}.", code="format_broken", cure=_CURE)

    def _wrong(self, number: int, column: str, value: str, cure: str) -> FormatError:
        return FormatError(
            f"{self.file}, row {number}, column {column}: {value[:40]!r} cannot be used.",
            code="population_value",
            cure=cure,
        )

    def _line(self, row: int) -> tuple[int, list[str]]:
        return next(islice(self._lines(), row, None))

    def _check_numbers(self, persons: NDArray[np.float64]) -> None:
        bad = np.argwhere(~((persons >= 0) & (persons == np.floor(persons)) & np.isfinite(persons)))
        if not len(bad):
            return
        row, *age = (int(part) for part in bad[0])
        number, cells = self._line(row)
        column = f"a{age[0]}" if age else "persons"
        value = cells[self.header.index(column)]
        if value.startswith("-"):
            cure = "Nobody can be fewer than none: give the people who live there, not a change."
        else:
            cure = "Give whole people. Where the figures are in thousands, give them in persons."
        raise self._wrong(number, column, value, cure)

    def _places(self, words: NDArray[np.bytes_]) -> tuple[tuple[str, ...], NDArray[np.int64]]:
        found, at = np.unique(words, return_inverse=True)
        places = tuple(word.decode("utf-8", "replace") for word in found)
        for number, place in enumerate(places):
            if not re.fullmatch(r"\d{4}", place):
                line, _cells = self._line(int(np.argmax(at == number)))
                cure = f"Write a municipality as four digits, with a leading zero, and the country as {NATION}."
                raise self._wrong(line, "place", place, cure)
        return places, at

    def _years(self, words: NDArray[np.bytes_]) -> tuple[tuple[int, ...], NDArray[np.int64]]:
        found, at = np.unique(words, return_inverse=True)
        for number, word in enumerate(found):
            if not re.fullmatch(rb"\d{4}", word) or int(word) not in _YEARS:
                line, cells = self._line(int(np.argmax(at == number)))
                value = cells[self.header.index("year")]
                raise self._wrong(line, "year", value, "Write the year of 1 January with four digits.")
        return tuple(int(word) for word in found), at

    def _known(self, words: NDArray[np.bytes_], known: Mapping[str, int], *, what: str, cure: str) -> NDArray[np.int64]:
        found, at = np.unique(words, return_inverse=True)
        numbers = [known.get(word.decode("utf-8", "replace").lower(), -1) for word in found]
        if -1 in numbers:
            line, cells = self._line(int(np.argmax(at == numbers.index(-1))))
            raise self._wrong(line, what, cells[self.header.index(what)], cure)
        return np.asarray(numbers, dtype=np.int64)[at]

    def _spread(
        self, at: tuple[NDArray[np.int64], ...], values: NDArray[np.float64], *, shape: tuple[int, ...]
    ) -> NDArray[np.float64]:
        if np.prod(shape) > _MOST_CELLS:
            raise FormatError(
                f"{self.file} has {shape[0]} places and {shape[1]} years, which is too much.",
                code="format_too_large",
                cure="Leave out the years or places that are not needed.",
            )
        codes = np.ravel_multi_index(at, shape[: len(at)])
        _found, first = np.unique(codes, return_index=True)
        if len(first) < len(codes):
            self._tell_repeated(at, codes, first)
        persons = np.full(shape, np.nan)
        persons[at] = values
        return persons

    def _tell_repeated(
        self, at: tuple[NDArray[np.int64], ...], codes: NDArray[np.int64], first: NDArray[np.int64]
    ) -> None:
        again = int(np.setdiff1d(np.arange(len(codes)), first)[0])
        before, _cells = self._line(int(np.argmax(codes == codes[again])))
        number, _cells = self._line(again)
        raise FormatError(
            f"{self.file}, row {number}: the same place, year, sex and age as in row {before}.",
            code="population_repeated",
            cure="Keep one of them. Two editions of the same figures go into two files.",
        )

    def _check_whole(self, persons: NDArray[np.float64], places: tuple[str, ...], years: tuple[int, ...]) -> None:
        """Nobody may be left out of a place and year that the file has, and units must be persons."""
        holes = np.isnan(persons).reshape(len(places), len(years), -1)
        partly = np.argwhere(holes.any(axis=2) & ~holes.all(axis=2))
        if len(partly):
            at_place, at_year = (int(part) for part in partly[0])
            sex, age = divmod(int(np.argmax(holes[at_place, at_year])), AGES)
            raise FormatError(
                f"{self.file}: {places[at_place]} in {years[at_year]} lacks {int(holes[at_place, at_year].sum())} of "
                f"{2 * AGES} ages, first {SEXES[sex]} {age}.",
                code="population_ages",
                cure="Give every age of both sexes, with 0 where there is nobody.",
            )
        with np.errstate(invalid="ignore"):
            totals = persons.sum(axis=(2, 3))
        for place, row in zip(places, totals, strict=True):
            most = float(np.nanmax(row))
            if most < _FEWEST[place == NATION]:
                raise FormatError(
                    f"{self.file}: {place} never has more than {most:.0f} people.",
                    code="population_units",
                    cure="Give persons. Where the figures are in thousands, multiply them first.",
                )


def _note(said: dict[str, str], line: str, *, number: int, file: str) -> None:
    """Keep what a line before the header says, unless it contradicts another one."""
    name, colon, text = line.lstrip("# ").partition(":")
    name, text = name.strip().lower(), text.strip()
    if not colon:
        return
    if said.setdefault(name, text) != text:
        raise FormatError(
            f"{file}, row {number}: {name} is {text[:60]!r} here and {said[name][:60]!r} above.",
            code="population_editions",
            cure="Two editions may not be mixed: give each in a file of its own.",
        )
