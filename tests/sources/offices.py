"""Publishers in memory: they hold the tables that a test gives them, and answer as the true ones do.

The forms of the answers are those of PxWebApi 2 (SSB) and of FHI's open API; every figure is made up. A question that
the true ones refuse is refused here too: a code that is not there, a variable that is not named, too many cells.
"""

from __future__ import annotations

import itertools
import json
import math
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from samskap.sources.transport import Reply

Flags = dict[frozenset[tuple[str, str]], str]


@dataclass
class Variable:
    """Codes with labels, the same in each code list, and whether the variable may be left out."""

    label: str
    codes: dict[str, str]
    lists: dict[str, dict[str, str]] = field(default_factory=dict)
    may_be_left_out: bool = False


@dataclass
class Table:
    """A table of SSB. `flags` says which cells are missing, by some of their codes."""

    number: str
    label: str
    variables: dict[str, Variable]
    updated: str = "2026-06-15T06:00:00Z"
    flags: Flags = field(default_factory=dict)
    first: str = "2020"


def made_up(number: str, codes: Mapping[str, str]) -> int:
    """The figure in a cell: the same for the same codes, whatever their order."""
    return zlib.crc32(json.dumps([number, sorted(codes.items())]).encode()) % 10_000


def problem(status: int, title: str) -> Reply:
    return Reply(status, {}, json.dumps({"type": "error", "title": title, "status": status}).encode())


def page(document: object) -> Reply:
    return Reply(200, {}, json.dumps(document, ensure_ascii=False).encode())


@dataclass
class Ssb:
    """Tables by number, what was asked, and the most cells of one answer."""

    tables: dict[str, Table]
    most: int = 800_000
    asked: list[tuple[str, Any]] = field(default_factory=list)
    cells: list[int] = field(default_factory=list)

    def __call__(self, url: str, body: bytes | None, *, timeout: float, limit: int) -> Reply:
        parts = urlsplit(url)
        self.asked.append((url, json.loads(body) if body else None))
        assert parts.netloc == "data.ssb.no"
        assert len(url) <= 2100, "404"
        query = parse_qsl(parts.query)
        if parts.path.endswith("/v2/tables"):
            return self._list(dict(query))
        found = re.fullmatch(r"/api/pxwebapi/v2/tables/(\d{5})/(metadata|data)", parts.path)
        if not found or found[1] not in self.tables:
            return problem(404, "Non-existent table")
        table = self.tables[found[1]]
        if found[2] == "metadata":
            return page(described(table))
        return self._data(table, _selections(query, json.loads(body) if body else None))

    def _list(self, query: dict[str, str]) -> Reply:
        """Two a page, whatever is asked, so that pages are turned."""
        number = int(query["pageNumber"])
        entries = [
            {"id": table.number, "label": table.label, "firstPeriod": table.first, "variableNames": ["region"]}
            for table in self.tables.values()
            if query["query"].removeprefix("title:") in table.label
        ]
        shown = entries[2 * number - 2 : 2 * number]
        return page({"tables": shown, "page": {"pageNumber": number, "totalPages": math.ceil(len(entries) / 2)}})

    def _data(self, table: Table, selections: dict[str, tuple[str, str]]) -> Reply:
        chosen: dict[str, dict[str, str]] = {}
        for name, variable in table.variables.items():
            if name not in selections:
                if not variable.may_be_left_out:
                    return problem(400, "Missing selection for mandantory variable")
                continue
            values, codelist = selections[name]
            if codelist and codelist not in variable.lists:
                return problem(400, "Non-existent codelist")
            codes = variable.lists[codelist] if codelist else variable.codes
            wanted = _expanded(values, codes)
            if any(code not in codes for code in wanted):
                return problem(400, "Non-existent value")
            chosen[name] = {code: codes[code] for code in wanted}
        if set(selections) - set(table.variables):
            return problem(400, "Non-existent variable")
        self.cells.append(math.prod(len(codes) for codes in chosen.values()))
        if self.cells[-1] > self.most:
            return problem(403, "Too many cells selected")
        return page(dataset(table, chosen))


def described(table: Table) -> dict[str, Any]:
    """The answer of /metadata: a dataset without values, with code lists and elimination in the extensions."""
    document = dataset(table, {name: variable.codes for name, variable in table.variables.items()}, is_empty=True)
    for name, variable in table.variables.items():
        document["dimension"][name]["extension"] = {
            "elimination": variable.may_be_left_out,
            "codelists": [{"id": id_, "label": id_, "type": "Aggregation"} for id_ in variable.lists],
        }
    return document


def dataset(table: Table, chosen: Mapping[str, Mapping[str, str]], *, is_empty: bool = False) -> dict[str, Any]:
    values: list[int | None] = []
    status: dict[str, str] = {}
    for place, codes in enumerate(() if is_empty else itertools.product(*chosen.values())):
        cell = dict(zip(chosen, codes, strict=True))
        flag = next((flag for key, flag in table.flags.items() if key <= cell.items()), "")
        values.append(None if flag else made_up(table.number, cell))
        if flag:
            status[str(place)] = flag
    document: dict[str, Any] = {
        "version": "2.0",
        "class": "dataset",
        "label": f"{table.number}: {table.label}",
        "source": "Statistisk sentralbyrå",
        "updated": table.updated,
        "role": {"time": ["Tid"], "metric": ["ContentsCode"]},
        "id": list(chosen),
        "size": [len(codes) for codes in chosen.values()],
        "dimension": {
            name: {
                "label": table.variables[name].label,
                "category": {"index": {code: place for place, code in enumerate(codes)}, "label": dict(codes)},
            }
            for name, codes in chosen.items()
        },
        "value": values,
    }
    return document | ({"status": status} if status else {})


def _selections(query: Sequence[tuple[str, str]], body: Any) -> dict[str, tuple[str, str]]:
    """Values and code list by variable, from the address or the body."""
    if body is not None:
        return {
            one["variableCode"]: (",".join(one["valueCodes"]), one.get("codelist", "")) for one in body["selection"]
        }
    lists = {key[9:-1]: value for key, value in query if key.startswith("codelist[")}
    return {key[11:-1]: (value, lists.get(key[11:-1], "")) for key, value in query if key.startswith("valueCodes[")}


def _expanded(values: str, codes: Mapping[str, str]) -> list[str]:
    if values == "*":
        return list(codes)
    if found := re.fullmatch(r"from\((.+)\)", values):
        return [code for code in codes if code >= found[1]]
    return values.split(",")


@dataclass
class Fhi:
    """Tables by number: a title and, by code of a dimension, its label and categories."""

    tables: dict[str, tuple[str, dict[str, tuple[str, dict[str, str]]]]]
    flags: Flags = field(default_factory=dict)
    asked: list[tuple[str, Any]] = field(default_factory=list)

    def __call__(self, url: str, body: bytes | None, *, timeout: float, limit: int) -> Reply:
        parts = urlsplit(url)
        assert parts.netloc == "statistikk-data.fhi.no"
        question = json.loads(body) if body else None
        self.asked.append((url, question))
        found = re.fullmatch(r"/api/open/v1/nokkel/[Tt]able/(\d+)(/dimension|/data|)", parts.path)
        if not found or found[1] not in self.tables:
            return problem(404, "Not found")
        title, dimensions = self.tables[found[1]]
        if not found[2]:
            return page({"tableId": int(found[1]), "title": title, "publishedAt": "2025-12-20T11:44:58Z"})
        if found[2] == "/dimension":
            return page({"dimensions": [_tree(code, *about) for code, about in dimensions.items()]})
        return self._data(found[1], title, dimensions, question)

    def _data(self, number: str, title: str, dimensions: dict[str, tuple[str, dict[str, str]]], question: Any) -> Reply:
        asked = {one["code"]: one["values"] for one in question["dimensions"]}
        if set(asked) != set(dimensions) or any(one["filter"] != "item" for one in question["dimensions"]):
            return problem(400, "Each dimension must have one filter")
        if any(value not in dimensions[code][1] for code, values in asked.items() for value in values):
            return problem(400, "Unknown category")
        if math.prod(map(len, asked.values())) > question["response"]["maxRowCount"]:
            return problem(400, "Too many rows")
        variables = {code: Variable(label, categories) for code, (label, categories) in dimensions.items()}
        table = Table(number, title, variables, "2025-12-20T11:44:58.7706326+00:00", self.flags)
        ordered = {code: {v: dimensions[code][1][v] for v in values} for code, values in asked.items()}
        document = dataset(table, ordered)
        for dimension in document["dimension"].values():
            dimension["category"]["index"] = list(dimension["category"]["index"])
        return page({**document, "role": None, "source": None, "status": document.get("status", "")})


def _tree(code: str, label: str, categories: dict[str, str]) -> dict[str, Any]:
    """A dimension as FHI describes it; places are a tree, with the municipalities below the first."""
    entries = [{"label": text, "value": value, "children": None} for value, text in categories.items()]
    if code == "GEO":
        entries = [{**entries[0], "children": entries[1:]}]
    return {"code": code, "label": label, "categories": entries}
