"""Figures in a JSON-stat 2.0 file that somebody has saved: which place, period, indicator and part each cell is about.

The file is that of one indicator, whose key the reader names; or it carries our keys as the codes of its metric, as
our own downloads do; or it holds people by sex and single year of age.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from samskap.formats.figures_csv import AGES, PERIOD, STANDINGS, Parsed, Problem, moment_of
from samskap.sources.jsonstat import Dataset, Dimension, Row, parsed, read_jsonstat
from samskap.sources.values import NATION, AgeProfile, Fetched, Figure

__all__ = ["read_figures_jsonstat"]

_PLACE: Final = re.compile(r"(?:[KF][-_])?(\d{4}|\d{2})|(EKG(?:0[1-9]|1[0-7]))")
_COUNTRY: Final = {"0", "00", "0000", "EAK", "Landet"}
_SEXES: Final = {"1": "male", "2": "female", "male": "male", "female": "female"}
_SEX, _AGE = {"kjonn", "kjønn", "sex"}, {"alder", "age"}
_TIME, _GEO = {"tid", "aar", "year", "time", "period"}, {"region", "geo", "place", "kokkommuneregion0000"}
# What publishers call the units of the catalogue. Units that are not among these are not compared.
_UNITS: Final = {
    "percent": "percent", "per cent": "percent", "prosent": "percent", "pst.": "percent", "%": "percent",
    "persons": "persons", "personer": "persons", "kr": "nok", "kroner": "nok", "nok": "nok",
    "1000 kr": "1000 kr", "1 000 kr": "1000 kr", "mill. kr": "mill. kr", "posts": "posts", "årsverk": "posts",
}  # fmt: skip


def read_figures_jsonstat(data: bytes, *, file: str, now: datetime, indicator: str = "") -> Parsed:
    """What is in the file. SourceError where it is no JSON-stat; everything else that is wrong is a problem.

    `indicator` is the key that the cells are figures of, where the file has no keys of ours.
    """
    document = parsed(data, name=file)
    dataset = read_jsonstat(document, name=file)
    given = document.get("extension")
    extension: Mapping[str, object] = given if isinstance(given, dict) else {}
    time, geo = _dimension(dataset, "time", _TIME), _dimension(dataset, "geo", _GEO)
    if time is None or geo is None:
        lacking = "time" if time is None else "geo"
        return Parsed(
            _fetched(dataset, extension, file=file, now=now), (Problem("no_dimension", 0, {"role": lacking}),)
        )
    sex, age = _dimension(dataset, "", _SEX), _dimension(dataset, "", _AGE)
    if not indicator and sex is not None and age is not None and len(age.codes) == AGES:
        profiles, problems = _profiles(dataset, time, geo, sex, age)
        return Parsed(
            _fetched(dataset, extension, file=file, now=now, profiles=profiles), problems, rows=len(dataset.values)
        )
    figures, problems = _figures(dataset, time, geo, indicator=indicator, part=str(extension.get("breakdown") or ""))
    fetched = _fetched(dataset, extension, file=file, now=now, figures=figures)
    return Parsed(fetched, problems, tuple(_units(dataset, indicator)), len(dataset.values))


def _dimension(dataset: Dataset, role: str, names: set[str]) -> Dimension | None:
    """The dimension with a role, else the one with a known name."""
    by_role = [one for one in dataset.dimensions if role and one.role == role]
    by_name = [one for one in dataset.dimensions if one.id.lower() in names]
    return next(iter([*by_role, *by_name]), None)


def _figures(
    dataset: Dataset, time: Dimension, geo: Dimension, *, indicator: str, part: str
) -> tuple[tuple[Figure, ...], tuple[Problem, ...]]:
    metric = next((one for one in dataset.dimensions if one.role == "metric"), None)
    if indicator and metric is not None and len(metric.codes) > 1:
        return (), (Problem("many_metrics", 0, {"codes": ", ".join(metric.codes[:8])}),)
    if not indicator and metric is None:
        return (), (Problem("indicator_missing"),)
    apart = [
        one for one in dataset.dimensions if one.id not in {time.id, geo.id, metric.id if metric else ""}
        and len(one.codes) > 1
    ]  # fmt: skip
    problems = _code_problems(time, geo)
    figures = tuple(
        Figure(
            indicator or row.codes[metric.id if metric else ""],
            place,
            period,
            row.value,
            row.missing,
            _breakdown(row, apart) or part,
        )
        for row in dataset.rows()
        if (place := _place(row.codes[geo.id])) and (period := _period(row.codes[time.id]))
    )
    return figures, tuple(problems)


def _code_problems(time: Dimension, geo: Dimension) -> Iterator[Problem]:
    yield from (Problem("place_form", 0, {"value": code[:40]}) for code in geo.codes if not _place(code))
    yield from (Problem("period_unknown", 0, {"value": code[:40]}) for code in time.codes if not _period(code))


def _place(code: str) -> str:
    """Our number of a place, "" for a code that is none."""
    if code in _COUNTRY:
        return NATION
    found = _PLACE.fullmatch(code)
    return (found[1] or found[2]) if found else ""


def _period(code: str) -> str:
    """Our form of a period; FHI writes years as 2022_2024, and 2024_2024 for one."""
    first, underscore, last = code.partition("_")
    written = first if not underscore or first == last else f"{first}-{last}"
    return written if PERIOD.fullmatch(written) else ""


def _breakdown(row: Row, apart: list[Dimension]) -> str:
    return ";".join(sorted(f"{one.label.lower().replace(' ', '_')}={row.codes[one.id]}" for one in apart))


def _units(dataset: Dataset, indicator: str) -> Iterator[tuple[str, str, int]]:
    """The units that the file claims, as far as we know them by that name."""
    for one in dataset.dimensions:
        if one.role == "metric":
            for code, unit in zip(one.codes, one.units, strict=True):
                known = _UNITS.get(unit.strip().lower())
                if known:
                    yield indicator or code, known, 0


def _profiles(
    dataset: Dataset, time: Dimension, geo: Dimension, sex: Dimension, age: Dimension
) -> tuple[tuple[AgeProfile, ...], tuple[Problem, ...]]:
    """The people by place and year; a count that is missing or no whole number is a problem, never nought."""
    ages = {code: at for at, code in enumerate(age.codes)}
    problems = list(_code_problems(time, geo))
    counts: dict[tuple[str, str], dict[tuple[str, int], int]] = {}
    for row in dataset.rows():
        place, period = _place(row.codes[geo.id]), _period(row.codes[time.id])
        if not place or not period:
            continue
        what = f"{place} {period} {row.codes[sex.id]} {row.codes[age.id]}"
        counted = counts.setdefault((place, period), {})
        key = (_SEXES.get(row.codes[sex.id], ""), ages[row.codes[age.id]])
        if not key[0]:
            problems.append(Problem("sex_unknown", 0, {"value": row.codes[sex.id][:40]}))
        elif row.value is None or row.value < 0 or row.value != int(row.value):
            problems.append(Problem("count_wrong", 0, {"what": what, "value": _written(row)}))
        elif key in counted:
            problems.append(Problem("repeated", 0, {"what": what}))
        else:
            counted[key] = int(row.value)
    whole = {key: counted for key, counted in counts.items() if len(counted) == 2 * AGES}
    profiles = tuple(
        AgeProfile(place, int(period[:4]), *(tuple(held[one, a] for a in range(AGES)) for one in ("female", "male")))
        for (place, period), held in sorted(whole.items())
    )
    return profiles, tuple({repr(one): one for one in problems}.values())


def _written(row: Row) -> str:
    return row.missing if row.value is None else f"{row.value:g}"


def _fetched(
    dataset: Dataset,
    extension: Mapping[str, object],
    *,
    file: str,
    now: datetime,
    figures: tuple[Figure, ...] = (),
    profiles: tuple[AgeProfile, ...] = (),
) -> Fetched:
    """Where it comes from: our downloads say it in `extension`, SSB the table number in the label."""
    numbered = re.match(r"(\d{5})\b", dataset.label)
    publisher = str(extension.get("publisher") or "")
    if not publisher and "statistisk" in dataset.source.lower():
        publisher = "SSB"
    standing = str(extension.get("standing") or "official")
    return Fetched(
        publisher=publisher or dataset.source,
        table=str(extension.get("table") or (numbered[1] if numbered else file))[:60],
        title=dataset.label,
        url="",
        licence=str(extension.get("licence") or ""),
        fetched_at=moment_of(str(extension.get("fetched") or "")) or now,
        updated_at=dataset.updated,
        figures=figures,
        profiles=profiles,
        standing=standing if standing in STANDINGS else "official",
    )
