"""SSB's table interface, PxWebApi version 2: what a table holds, questions to it, and its limits.

Addresses, limits and forms: the user guide of PxWebApi 2 and SSB's `/config` (800,000 cells an answer; an address of
more than about 2,100 characters is answered with 404). https://www.ssb.no/api/pxwebapi
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote

from samskap.sources.client import Answer, Client
from samskap.sources.errors import SourceError
from samskap.sources.jsonstat import Dataset, Json, moment, read_dimensions, read_jsonstat
from samskap.sources.values import AgeProfile, Fetched, Figure

__all__ = [
    "BASE",
    "LICENCE",
    "LONGEST_ADDRESS",
    "MOST_CELLS",
    "Metadata",
    "Selection",
    "Variable",
    "address",
    "ask",
    "describe",
    "edition",
    "posted",
    "search",
    "split",
]

BASE: Final = "https://data.ssb.no/api/pxwebapi/v2"
LICENCE: Final = "CC BY 4.0 (https://www.ssb.no/diverse/lisens)"
MOST_CELLS: Final = 800_000
LONGEST_ADDRESS: Final = 2_000
PAGE: Final = 100
_TELL: Final = "Update Samskap; if that does not help, tell us which table it is."


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable of a table: labels by code, the ids of its code lists, and whether it must be named."""

    code: str
    label: str
    codes: Mapping[str, str]
    codelists: tuple[str, ...]
    is_needed: bool


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a table holds today."""

    table: str
    label: str
    updated: datetime | None
    variables: Mapping[str, Variable]

    def variable(self, code: str) -> Variable:
        """The variable with a code; SourceError with the table, the code and what there is now."""
        if code not in self.variables:
            raise self.changed(f"no longer has the variable {code}", self.variables)
        return self.variables[code]

    def code(self, variable: str, *, code: str = "", label: str = "") -> str:
        """The code that is meant in a variable, found by itself or, without one, by a pattern in its label.

        Raises SourceError where the code is gone, where its label says another thing, or where the pattern fits none
        or more than one.
        """
        there = self.variable(variable).codes
        pattern = re.compile(label, re.IGNORECASE)
        if code:
            if code not in there:
                raise self.changed(f"no longer has the code {code} in {variable}", there)
            if not pattern.search(there[code]):
                raise self.changed(f"has “{there[code]}” under the code {code} in {variable}, not “{label}”", there)
            return code
        fitting = [key for key, text in there.items() if pattern.search(text)]
        if len(fitting) != 1:
            how_many = "none" if not fitting else str(len(fitting))
            raise self.changed(f"has {how_many} where one of {variable} should be like “{label}”", there)
        return fitting[0]

    def only(self, variable: str) -> str:
        """The one code of a variable that nobody chose from; SourceError where there are more."""
        there = self.variable(variable).codes
        if len(there) != 1:
            raise self.changed(f"now has the variable {variable}, and one of its codes must be chosen", there)
        return next(iter(there))

    def codelist(self, variable: str, wanted: str) -> str:
        """The id of a code list that the variable has."""
        have = self.variable(variable).codelists
        if wanted not in have:
            raise self.changed(f"no longer has the code list {wanted} for {variable}", dict.fromkeys(have, ""))
        return wanted

    def changed(self, what: str, there: Mapping[str, object]) -> SourceError:
        """The error for a table that is not what we take it for: `what` it does, and codes with labels there are."""
        named = [f"{code} ({text})" if isinstance(text, str) and text else code for code, text in there.items()]
        rest = f" and {len(named) - 8} more" if len(named) > 8 else ""
        return SourceError(
            f"SSB table {self.table} {what}. It has {', '.join(named[:8]) or 'nothing'}{rest}.",
            code="source_changed",
            cure=_TELL,
        )


@dataclass(frozen=True, slots=True)
class Selection:
    """What is asked of one variable: codes or an expression such as "*" or "from(2000)", in a code list or in none."""

    variable: str
    values: tuple[str, ...]
    codelist: str = ""
    is_summed: bool = False


def describe(client: Client, table: str, *, now: datetime) -> Metadata:
    """What a table holds: asked first, so that changed codes give a sentence and not wrong figures."""
    document = _get(client, f"tables/{table}/metadata?lang=no", f"SSB {table}", now=now).data
    name = f"The description of SSB table {table}"
    variables = {}
    for dimension in read_dimensions(document, name=name):
        more = document["dimension"][dimension.id].get("extension") or {}
        lists = more.get("codelists") or more.get("codeLists") or ()
        variables[dimension.id] = Variable(
            code=dimension.id,
            label=dimension.label,
            codes=dict(zip(dimension.codes, dimension.labels, strict=True)),
            codelists=tuple(str(entry.get("id", "")) for entry in lists),
            is_needed=not more.get("elimination", False),
        )
    return Metadata(table, str(document.get("label") or table), moment(document.get("updated")), variables)


def edition(
    metadata: Metadata, answers: Sequence[Answer], *, figures: Iterable[Figure], profiles: Iterable[AgeProfile] = ()
) -> Iterator[Fetched]:
    """What a table gave, as one edition; none where nothing was asked, because it has none of the places."""
    if answers:
        yield Fetched(
            publisher="SSB",
            table=metadata.table,
            title=metadata.label,
            url=f"https://www.ssb.no/statbank/table/{metadata.table}",
            licence=LICENCE,
            fetched_at=min(answer.fetched_at for answer in answers),
            updated_at=metadata.updated,
            figures=tuple(figures),
            profiles=tuple(profiles),
            from_cache=all(answer.from_cache for answer in answers),
        )


def search(client: Client, query: str, *, now: datetime) -> Iterator[Mapping[str, Json]]:
    """Every table that a query finds, discontinued ones too: id, label, firstPeriod, lastPeriod, variableNames …"""
    page = 1
    while True:
        path = f"tables?lang=no&query={quote(query)}&includeDiscontinued=true&pageSize={PAGE}&pageNumber={page}"
        found = _get(client, path, "SSB's list of tables", now=now).data
        yield from found.get("tables") or ()
        if page >= int((found.get("page") or {}).get("totalPages", 1)):
            return
        page += 1


def ask(
    client: Client, metadata: Metadata, selections: Sequence[Selection], *, now: datetime
) -> tuple[Dataset, Answer]:
    """The figures of one question, by GET where the address is short enough, else by POST."""
    subject = f"SSB {metadata.table}"
    url = address(metadata.table, selections)
    if len(url) <= LONGEST_ADDRESS:
        answer = client.json(url, subject=subject, licence=LICENCE, now=now)
    else:
        url, body = posted(metadata.table, selections)
        answer = client.json(url, subject=subject, licence=LICENCE, now=now, body=body)
    return read_jsonstat(answer.data, name=f"SSB table {metadata.table}"), answer


def address(table: str, selections: Sequence[Selection]) -> str:
    """The address of a question that is asked by GET."""
    parts = ["lang=no", "outputFormat=json-stat2"]
    for chosen in selections:
        name = quote(f"[{chosen.variable}]")
        parts.append(f"valueCodes{name}={quote(','.join(chosen.values), safe=',()*')}")
        parts += [f"codelist{name}={quote(chosen.codelist)}"] if chosen.codelist else []
        parts += [f"outputValues{name}=aggregated"] if chosen.is_summed else []
    return f"{BASE}/tables/{table}/data?{'&'.join(parts)}"


def posted(table: str, selections: Sequence[Selection]) -> tuple[str, dict[str, Any]]:
    """The address and the body of a question that is asked by POST."""
    summed = "".join(f"&outputValues{quote(f'[{s.variable}]')}=aggregated" for s in selections if s.is_summed)
    body = [
        {"variableCode": s.variable, "valueCodes": list(s.values)} | ({"codelist": s.codelist} if s.codelist else {})
        for s in selections
    ]
    return f"{BASE}/tables/{table}/data?lang=no&outputFormat=json-stat2{summed}", {"selection": body}


def split(metadata: Metadata, selections: Sequence[Selection], *, by: str) -> Iterator[tuple[Selection, ...]]:
    """The question in parts of at most `MOST_CELLS` cells each, by the values of one variable (the places)."""
    one = next(chosen for chosen in selections if chosen.variable == by)
    others = math.prod(_count(metadata, chosen) for chosen in selections if chosen is not one)
    most = max(1, MOST_CELLS // max(1, others))
    if others > MOST_CELLS:
        raise SourceError(
            f"SSB table {metadata.table} has {others} cells for one place, and gives at most {MOST_CELLS} at a time.",
            code="source_too_large",
            cure=_TELL,
        )
    for start in range(0, len(one.values), most):
        part = replace(one, values=one.values[start : start + most])
        yield tuple(part if chosen is one else chosen for chosen in selections)


def _count(metadata: Metadata, chosen: Selection) -> int:
    """How many values a selection may give; an expression may give all."""
    is_list = not any(re.search(r"[*?(]", value) for value in chosen.values)
    return len(chosen.values) if is_list else max(1, len(metadata.variable(chosen.variable).codes))


def _get(client: Client, path: str, subject: str, *, now: datetime) -> Answer:
    return client.json(f"{BASE}/{path}", subject=subject, licence=LICENCE, now=now)
