"""JSON-stat 2.0: one table of figures, as SSB, FHI and others give it.

`index`, `value` and `status` may each be a list or a map, and a dataset without status has none: all forms are taken.
The format: https://json-stat.org/full/ (version 2.0, class "dataset").
"""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias

from samskap.sources.errors import SourceError
from samskap.sources.values import MISSING

__all__ = ["FLAGS", "Dataset", "Dimension", "Row", "moment", "read_dimensions", "read_jsonstat", "write_jsonstat"]

Json: TypeAlias = Any  # what the json module gives

# What the signs in `status` mean: those of SSB (".", "..", "...", ":") and FHI (".", ":"), and our own words.
FLAGS: Final[Mapping[str, str]] = {
    ".": "not_available",
    "..": "not_available",
    "...": "not_published",
    ":": "hidden",
    **{reason: reason for reason in MISSING},
}
ROLES: Final = ("time", "geo", "metric")
MOST_CELLS: Final = 10_000_000
_AGAIN: Final = "Fetch it again; if that does not help, the publisher has changed the form of the table."


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension: its codes in order, with a label and a unit ("" where there is none) for each."""

    id: str
    label: str
    codes: tuple[str, ...]
    labels: tuple[str, ...]
    units: tuple[str, ...] = ()
    role: str = ""

    def label_of(self, code: str) -> str:
        """The label of a code that is there."""
        return self.labels[self.codes.index(code)]


@dataclass(frozen=True, slots=True)
class Row:
    """One cell: the code in each dimension, and the value or, if it is None, why it is missing."""

    codes: Mapping[str, str]
    value: float | None
    missing: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """A table: values in row-major order of the dimensions, and for each the reason why it is missing, or ""."""

    label: str
    source: str
    updated: datetime | None
    dimensions: tuple[Dimension, ...]
    values: tuple[float | None, ...]
    missing: tuple[str, ...]
    notes: tuple[str, ...] = ()

    def dimension(self, id_: str) -> Dimension:
        """The dimension with an id; SourceError where there is none."""
        for dimension in self.dimensions:
            if dimension.id == id_:
                return dimension
        have = ", ".join(dimension.id for dimension in self.dimensions)
        raise SourceError(f"{self.label} has no dimension {id_}. It has {have}.", code="source_dimension", cure=_AGAIN)

    def cells(self) -> Iterator[tuple[tuple[str, ...], float | None, str]]:
        """Every cell in order: its codes in the order of the dimensions, the value, and why it is missing."""
        codes = itertools.product(*(dimension.codes for dimension in self.dimensions))
        return zip(codes, self.values, self.missing, strict=True)

    def rows(self) -> Iterator[Row]:
        """Every cell in order, its codes by dimension."""
        ids = [dimension.id for dimension in self.dimensions]
        for codes, value, missing in self.cells():
            yield Row(dict(zip(ids, codes, strict=True)), value, missing)


def read_jsonstat(
    source: bytes | str | Mapping[str, Json], *, name: str, flags: Mapping[str, str] | None = None
) -> Dataset:
    """A dataset from the text of a file or answer, or from what the json module made of it.

    `name` stands in the messages; `flags` adds to or changes `FLAGS`. Raises SourceError with a sentence where the
    text is not JSON, not a JSON-stat 2.0 dataset, or where sizes and numbers of values do not agree.
    """
    document = source if isinstance(source, Mapping) else parsed(source, name=name)
    try:
        return _dataset(document, name=name, meaning={**FLAGS, **(flags or {})})
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise _disagrees(name, f"a part of it is of another kind than JSON-stat has there ({error})") from error


def _dataset(document: Mapping[str, Json], *, name: str, meaning: Mapping[str, str]) -> Dataset:
    dimensions = read_dimensions(document, name=name)
    if document.get("value") is None:
        raise _disagrees(name, "it has no values")
    cells = math.prod(len(dimension.codes) for dimension in dimensions)
    if cells > MOST_CELLS:
        raise _disagrees(name, f"it would have {cells} cells, and {MOST_CELLS} are the most that are read")
    values = tuple(_number(value, name=name) for value in _spread(document["value"], cells, "values", name=name))
    status = _spread(document.get("status") or {}, cells, "flags", name=name)
    return Dataset(
        label=str(document.get("label") or name),
        source=str(document.get("source") or ""),
        updated=moment(document.get("updated")),
        dimensions=dimensions,
        values=values,
        missing=tuple(
            "" if value is not None else meaning.get(str(flag or ""), "not_available")
            for value, flag in zip(values, status, strict=True)
        ),
        notes=tuple(str(note) for note in document.get("note") or ()),
    )


def read_dimensions(document: Mapping[str, Json], *, name: str) -> tuple[Dimension, ...]:
    """The dimensions of a dataset, or of the description of a table, which has no values."""
    _check_head(document, name=name)
    ids, sizes = document["id"], document["size"]
    if len(ids) != len(sizes):
        raise _disagrees(name, f"it names {len(ids)} dimensions, but gives {len(sizes)} sizes")
    return tuple(_dimension(document, id_, size, name=name) for id_, size in zip(ids, sizes, strict=True))


def parsed(source: bytes | str, *, name: str) -> Mapping[str, Json]:
    """The object in a JSON text; SourceError where it is a web page, cut off, or something else."""
    text = source.decode("utf-8-sig", errors="replace") if isinstance(source, bytes) else source
    if text.lstrip()[:1] == "<":
        raise SourceError(f"{name} is a web page, not figures.", code="source_html", cure="Try again later.")
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        is_cut = error.pos >= len(text.rstrip())
        what = "ends in the middle" if is_cut else f"is not JSON (line {error.lineno}, column {error.colno})"
        at = {"line": error.lineno, "column": error.colno}
        raise SourceError(f"{name} {what}.", code="source_json", cure="Fetch it again.", gaps=at) from error
    except (RecursionError, ValueError) as error:  # lists in lists in lists, or a number of thousands of digits
        at = {"line": 1, "column": 1}
        raise SourceError(f"{name} is not JSON ({error}).", code="source_json", cure=_AGAIN, gaps=at) from error
    if not isinstance(document, dict):
        at = {"line": 1, "column": 1}
        raise SourceError(f"{name} holds no object.", code="source_json", cure=_AGAIN, gaps=at)
    return document


def write_jsonstat(dataset: Dataset) -> dict[str, Json]:
    """A dataset as what the json module writes: lists throughout, and a map of flags where values are missing."""
    written: dict[str, Json] = {
        "version": "2.0",
        "class": "dataset",
        "label": dataset.label,
        "source": dataset.source,
        "id": [dimension.id for dimension in dataset.dimensions],
        "size": [len(dimension.codes) for dimension in dataset.dimensions],
        "role": {
            role: [dimension.id for dimension in dataset.dimensions if dimension.role == role]
            for role in ROLES
            if any(dimension.role == role for dimension in dataset.dimensions)
        },
        "dimension": {dimension.id: _written(dimension) for dimension in dataset.dimensions},
        "value": list(dataset.values),
    }
    if dataset.updated:
        written["updated"] = dataset.updated.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if dataset.notes:
        written["note"] = list(dataset.notes)
    if any(dataset.missing):
        written["status"] = {str(place): reason for place, reason in enumerate(dataset.missing) if reason}
    return written


def _written(dimension: Dimension) -> dict[str, Json]:
    category: dict[str, Json] = {
        "index": list(dimension.codes),
        "label": dict(zip(dimension.codes, dimension.labels, strict=True)),
    }
    if any(dimension.units):
        category["unit"] = {
            code: {"base": unit} for code, unit in zip(dimension.codes, dimension.units, strict=True) if unit
        }
    return {"label": dimension.label, "category": category}


def _check_head(document: Mapping[str, Json], *, name: str) -> None:
    if document.get("class") != "dataset" or not str(document.get("version", "")).startswith("2"):
        given = f"class {document.get('class')!r}, version {document.get('version')!r}"
        raise SourceError(
            f"{name} is not a JSON-stat 2.0 dataset ({given}).",
            code="source_class",
            cure="Ask for the format json-stat2.",
        )
    missing = [key for key in ("id", "size", "dimension") if document.get(key) is None]
    if missing:
        raise _disagrees(name, f"it has no {missing[0]!r}")
    if not all(isinstance(size, int) and size >= 0 for size in document["size"]):
        raise _disagrees(name, "its sizes are not whole numbers")


def _dimension(document: Mapping[str, Json], id_: str, size: int, *, name: str) -> Dimension:
    given = document["dimension"].get(id_)
    category = given.get("category") if isinstance(given, Mapping) else None
    if not isinstance(category, Mapping):
        raise _disagrees(name, f"it does not describe the dimension {id_}")
    codes = _codes(category)
    if len(codes) != size:
        raise _disagrees(name, f"the dimension {id_} has {len(codes)} codes, but the size {size}")
    labels, units = category.get("label") or {}, category.get("unit") or {}
    return Dimension(
        id=id_,
        label=str(given.get("label") or id_),
        codes=codes,
        labels=tuple(str(labels.get(code, code)) for code in codes),
        units=tuple(_unit(units.get(code)) for code in codes),
        role=_role(document.get("role") or {}, id_),
    )


def _codes(category: Mapping[str, Json]) -> tuple[str, ...]:
    """The codes in order. A dimension with one code may give its label only."""
    index = category.get("index")
    if index is None:
        return tuple(category.get("label") or ())
    if isinstance(index, Mapping):
        return tuple(sorted(index, key=lambda code: int(index[code])))
    return tuple(str(code) for code in index)


def _unit(given: Json) -> str:
    return str(given.get("base", "")) if isinstance(given, Mapping) else ""


def _role(roles: Mapping[str, Sequence[str]], id_: str) -> str:
    return next((role for role in ROLES if id_ in (roles.get(role) or ())), "")


def _spread(given: Json, cells: int, what: str, *, name: str) -> list[Json]:
    """A value for each cell, from a list of them, a map from place to value, or one flag for all."""
    if isinstance(given, str):
        return [given] * cells
    if isinstance(given, Mapping):
        spread: list[Json] = [None] * cells
        for place, value in given.items():
            if not (place.isdecimal() and int(place) < cells):
                raise _disagrees(name, f"it has {what} at place {place}, but only {cells} cells")
            spread[int(place)] = value
        return spread
    if len(given) != cells:
        raise _disagrees(name, f"it has {len(given)} {what}, but {cells} cells")
    return list(given)


def _number(value: Json, *, name: str) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _disagrees(name, f"{value!r} is not a number")
    return float(value)


def moment(text: Json) -> datetime | None:
    """When the table was changed, aware; None where that is not said in a form we know."""
    if not isinstance(text, str):
        return None
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _disagrees(name: str, what: str) -> SourceError:
    return SourceError(f"{name} contradicts itself: {what}.", code="source_size", cure=_AGAIN)
