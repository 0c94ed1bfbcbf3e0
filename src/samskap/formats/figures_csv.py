"""Figures as CSV: the documented form in which anybody can hand in figures, and in which ours are downloaded.

Lines that begin with `#` before the header say where the figures come from, as `# table: 07459`: `publisher`, `table`,
`title`, `url`, `licence`, `standing`, `fetched` and `updated` (dates). Then one of two headers:

    indicator,place,period,value,missing,breakdown,unit      (the three last may be left out)
    place,year,sex,age,persons

Comma or semicolon separates, point or comma is the decimal sign (comma only with semicolons). UTF-8.
Nothing is guessed: what is wrong comes back as a problem with its row, and the good rows come back too.
"""

from __future__ import annotations

import csv
import io
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from samskap.formats.errors import FormatError
from samskap.formats.tables import decoded, written
from samskap.sources.values import MISSING, AgeProfile, Fetched, Figure

__all__ = [
    "AGES",
    "FIGURE_COLUMNS",
    "META",
    "PEOPLE_COLUMNS",
    "PERIOD",
    "STANDINGS",
    "Parsed",
    "Problem",
    "moment_of",
    "read_figures",
    "written_figures",
]

FIGURE_COLUMNS: Final = ("indicator", "place", "period", "value", "missing", "breakdown", "unit")
PEOPLE_COLUMNS: Final = ("place", "year", "sex", "age", "persons")
META: Final = ("publisher", "table", "title", "url", "licence", "standing", "fetched", "updated")
STANDINGS: Final = ("official", "ours", "illustrative")
AGES: Final = 106  # 0 to 104, and 105 and over
PERIOD: Final = re.compile(r"\d{4}(K[1-4]|M(0[1-9]|1[0-2])|-\d{4})?")

_PLACE = re.compile(r"\d{2}|\d{4}|EKG(0[1-9]|1[0-7])")
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")
_SEXES = {"female": "female", "f": "female", "k": "female", "male": "male", "m": "male"}
_MOST_ROWS = 2_000_000


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a row of a file: the key of a sentence, and what fills its gaps. Row 0 is the whole file."""

    code: str
    row: int = 0
    gaps: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file holds and what is wrong in it. `units` are the units that the file claims, by indicator and row."""

    fetched: Fetched
    problems: tuple[Problem, ...] = ()
    units: tuple[tuple[str, str, int], ...] = ()
    rows: int = 0


def read_figures(data: bytes, *, file: str, now: datetime) -> Parsed:
    """What is in a file of one of the two forms. `now` is when it came, where it does not say `fetched` itself.

    FormatError where it is no CSV text at all.
    """
    text = decoded(data, file=file)
    lines = text.splitlines()
    head = [line for line in lines if line.startswith("#")]
    skipped = next((at for at, line in enumerate(lines) if line.strip() and not line.startswith("#")), len(lines))
    meta, problems = _meta(head)
    rows = list(_rows(lines[skipped:], first=skipped + 1, file=file))
    if not rows:
        return Parsed(_fetched(meta, now=now, file=file), (*problems, Problem("empty")))
    header = [name.strip().lower() for name in rows[0][1]]
    if set(header) == set(PEOPLE_COLUMNS) and len(header) == len(PEOPLE_COLUMNS):
        reader: _Reader = _People(header)
    elif set(FIGURE_COLUMNS[:4]) <= set(header) <= set(FIGURE_COLUMNS) and len(set(header)) == len(header):
        reader = _Figures(header)
    else:
        wanted = f"{', '.join(FIGURE_COLUMNS[:4])} / {', '.join(PEOPLE_COLUMNS)}"
        wrong = Problem("columns", rows[0][0], {"header": ", ".join(header)[:120], "wanted": wanted})
        return Parsed(_fetched(meta, now=now, file=file), (*problems, wrong))
    for line, cells in rows[1:]:
        reader.take(line, cells)
    profiles = reader.profiles()
    fetched = _fetched(meta, now=now, file=file, figures=tuple(reader.figures), profiles=profiles)
    if len(rows) == 1:
        reader.problems.append(Problem("empty"))
    return Parsed(fetched, (*problems, *reader.problems), tuple(reader.units), len(rows) - 1)


def written_figures(fetched: Fetched, *, units: Mapping[str, str]) -> bytes:
    """The same form, to be downloaded and read again: what `read_figures` makes of it equals `fetched`."""
    said = {
        "publisher": fetched.publisher, "table": fetched.table, "title": fetched.title, "url": fetched.url,
        "licence": fetched.licence, "standing": fetched.standing, "fetched": fetched.fetched_at.isoformat(),
        "updated": fetched.updated_at.isoformat() if fetched.updated_at else "",
    }  # fmt: skip
    head = "".join(f"# {name}: {' '.join(text.split())}\n" for name, text in said.items() if text)
    rows = _people_rows(fetched.profiles) if fetched.profiles else _figure_rows(fetched.figures, units=units)
    return head.encode() + written(rows)


def _figure_rows(figures: Iterable[Figure], *, units: Mapping[str, str]) -> Iterator[tuple[object, ...]]:
    yield FIGURE_COLUMNS
    for one in figures:
        value = "" if one.value is None else repr(one.value).removesuffix(".0")
        yield one.indicator, one.place, one.period, value, one.missing, one.breakdown, units.get(one.indicator, "")


def _people_rows(profiles: Iterable[AgeProfile]) -> Iterator[tuple[object, ...]]:
    yield PEOPLE_COLUMNS
    for one in profiles:
        for sex, counts in (("female", one.women), ("male", one.men)):
            for age, persons in enumerate(counts):
                yield one.place, one.year, sex, "105+" if age == AGES - 1 else age, persons


def _meta(head: list[str]) -> tuple[dict[str, str], list[Problem]]:
    """What stands before the header, and what is wrong with it."""
    said: dict[str, str] = {}
    problems = []
    for number, line in enumerate(head, start=1):
        name, colon, text = line.lstrip("# ").partition(":")
        name, text = name.strip().lower(), text.strip().rstrip(";,").strip()
        if not colon or not name:
            continue
        if name not in META:
            problems.append(Problem("meta_unknown", number, {"name": name[:40], "known": ", ".join(META)}))
        elif said.get(name, text) != text:
            problems.append(Problem("meta_twice", number, {"name": name, "first": said[name], "second": text}))
        else:
            said[name] = text
    return said, [*problems, *_wrong_meta(said)]


def _wrong_meta(said: Mapping[str, str]) -> Iterator[Problem]:
    for name in ("fetched", "updated"):
        if said.get(name) and moment_of(said[name]) is None:
            yield Problem("date_unknown", 0, {"name": name, "value": said[name][:40]})
    if said.get("standing", "official") not in STANDINGS:
        yield Problem("standing_unknown", 0, {"value": said["standing"][:40]})
    if said.get("url") and not re.match(r"https?://", said["url"]):
        yield Problem("url_unknown", 0, {"value": said["url"][:80]})


def moment_of(text: str) -> datetime | None:
    """A date or a moment, aware; None where it is neither."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _fetched(
    meta: Mapping[str, str],
    *,
    now: datetime,
    file: str,
    figures: tuple[Figure, ...] = (),
    profiles: tuple[AgeProfile, ...] = (),
) -> Fetched:
    standing = meta.get("standing", "official")
    return Fetched(
        publisher=meta.get("publisher", ""),
        table=meta.get("table", "")[:60] or file[:60],
        title=meta.get("title", ""),
        url=meta.get("url", ""),
        licence=meta.get("licence", ""),
        fetched_at=moment_of(meta.get("fetched", "")) or now,
        updated_at=moment_of(meta.get("updated", "")),
        figures=figures,
        profiles=profiles,
        standing=standing if standing in STANDINGS else "official",
    )


def _rows(lines: list[str], *, first: int, file: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with their line numbers; the header says which sign separates."""
    if not lines:
        return
    separator = ";" if lines[0].count(";") > lines[0].count(",") else ","
    reader = csv.reader(io.StringIO("\n".join(lines)), delimiter=separator, strict=True)
    try:
        for row in reader:
            if reader.line_num > _MOST_ROWS:
                raise FormatError(
                    f"{file} has more than {_MOST_ROWS:,} rows.",
                    code="format_rows",
                    cure="Split the file.",
                    gaps={"most": _MOST_ROWS},
                )
            if any(cell.strip() for cell in row):
                # Comma is the decimal sign where semicolons separate.
                cells = [
                    cell.strip().replace(",", ".") if _is_decimal(cell, separator) else cell.strip() for cell in row
                ]
                yield first + reader.line_num - 1, cells
    except csv.Error as error:
        raise FormatError(
            f"{file}, row {first + reader.line_num - 1}: {error}.",
            code="format_csv",
            cure="Check the quotation marks and commas of this row.",
            gaps={"row": first + reader.line_num - 1},
        ) from error


def _is_decimal(cell: str, separator: str) -> bool:
    return separator == ";" and re.fullmatch(r"\s*-?\d+,\d+\s*", cell) is not None


class _Reader(ABC):
    """Takes rows, keeps what is good and says what is not."""

    def __init__(self, header: list[str]) -> None:
        self.header = header
        self.figures: list[Figure] = []
        self.problems: list[Problem] = []
        self.units: list[tuple[str, str, int]] = []

    def take(self, line: int, cells: list[str]) -> None:
        if len(cells) != len(self.header):
            self.problems.append(Problem("cells", line, {"count": len(cells), "wanted": len(self.header)}))
            return
        wrong = list(self.keep(line, dict(zip(self.header, cells, strict=True))))
        self.problems += wrong

    @abstractmethod
    def keep(self, line: int, cell: dict[str, str]) -> Iterator[Problem]:
        """Keep what a row says; what is wrong with it."""

    def profiles(self) -> tuple[AgeProfile, ...]:
        return ()


def _place_problem(line: int, place: str) -> Iterator[Problem]:
    if not _PLACE.fullmatch(place):
        yield Problem("place_form", line, {"value": place[:40]})


class _Figures(_Reader):
    """Rows of indicators."""

    def __init__(self, header: list[str]) -> None:
        super().__init__(header)
        self._seen: dict[tuple[str, ...], tuple[float | None, str]] = {}

    def keep(self, line: int, cell: dict[str, str]) -> Iterator[Problem]:
        value, missing = cell["value"], cell.get("missing", "")
        wrong = [*_place_problem(line, cell["place"]), *_value_problems(line, value, missing)]
        if not PERIOD.fullmatch(cell["period"]):
            wrong.append(Problem("period_unknown", line, {"value": cell["period"][:40]}))
        if wrong:
            yield from wrong
            return
        key = (cell["indicator"], cell["place"], cell["period"], cell.get("breakdown", ""))
        said = (float(value) if value else None, missing)
        if key in self._seen:
            code = "repeated_same" if self._seen[key] == said else "repeated"
            yield Problem(code, line, {"what": " ".join(part for part in key if part)})
            return
        self._seen[key] = said
        self.figures.append(Figure(key[0], key[1], key[2], said[0], missing, key[3]))
        if cell.get("unit"):
            self.units.append((key[0], cell["unit"], line))


def _value_problems(line: int, value: str, missing: str) -> Iterator[Problem]:
    if value and missing:
        yield Problem("both", line)
    elif not value and not missing:
        yield Problem("neither", line)
    elif missing and missing not in MISSING:
        yield Problem("missing_unknown", line, {"value": missing[:40], "known": ", ".join(MISSING)})
    elif value and not _NUMBER.fullmatch(value):
        yield Problem("number_unknown", line, {"value": value[:40]})


class _People(_Reader):
    """Rows of people by sex and single age."""

    def __init__(self, header: list[str]) -> None:
        super().__init__(header)
        self._counts: dict[tuple[str, int], dict[tuple[str, int], int]] = {}

    def keep(self, line: int, cell: dict[str, str]) -> Iterator[Problem]:
        sex = _SEXES.get(cell["sex"].lower())
        age = _age(cell["age"])
        checks: list[tuple[bool, Callable[[], Problem]]] = [
            (bool(re.fullmatch(r"\d{4}", cell["year"])), lambda: Problem("period_unknown", line, _shown(cell["year"]))),
            (sex is not None, lambda: Problem("sex_unknown", line, _shown(cell["sex"]))),
            (age is not None, lambda: Problem("age_unknown", line, _shown(cell["age"]))),
            (cell["persons"].isdecimal(), lambda: Problem("persons_unknown", line, _shown(cell["persons"]))),
        ]
        wrong = [*_place_problem(line, cell["place"]), *(problem() for is_right, problem in checks if not is_right)]
        if wrong or sex is None or age is None:
            yield from wrong
            return
        counts = self._counts.setdefault((cell["place"], int(cell["year"])), {})
        if (sex, age) in counts:
            code = "repeated_same" if counts[sex, age] == int(cell["persons"]) else "repeated"
            yield Problem(code, line, {"what": f"{cell['place']} {cell['year']} {sex} {age}"})
            return
        counts[sex, age] = int(cell["persons"])

    def profiles(self) -> tuple[AgeProfile, ...]:
        """The whole profiles, by place and year; those with holes are problems."""
        found = []
        for (place, year), counts in sorted(self._counts.items()):
            wanted = [(sex, age) for sex in ("female", "male") for age in range(AGES)]
            holes = [key for key in wanted if key not in counts]
            if holes:
                first = f"{holes[0][0]} {holes[0][1]}"
                gaps = {"place": place, "year": year, "count": len(holes), "first": first}
                self.problems.append(Problem("ages_missing", 0, gaps))
                continue
            women, men = (tuple(counts[sex, age] for age in range(AGES)) for sex in ("female", "male"))
            found.append(AgeProfile(place, year, women, men))
        return tuple(found)


def _shown(value: str) -> dict[str, object]:
    return {"value": value[:40]}


def _age(text: str) -> int | None:
    if text in {"105+", "105"}:
        return AGES - 1
    return int(text) if text.isdecimal() and int(text) < AGES else None
