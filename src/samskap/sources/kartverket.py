"""The official names of the municipalities, from Kartverket."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from samskap.sources.client import Client
from samskap.sources.errors import SourceError

__all__ = ["MunicipalityName", "municipalities"]

BASE: Final = "https://ws.geonorge.no/kommuneinfo/v1"
LICENCE: Final = "CC BY 4.0 (https://www.kartverket.no)"


@dataclass(frozen=True, slots=True)
class MunicipalityName:
    """A municipality's number, its name in Norwegian, all its official names in order, and its county."""

    number: str
    name: str
    names: tuple[str, ...]
    county: str
    is_sami_area: bool


def municipalities(*, client: Client, now: datetime) -> tuple[MunicipalityName, ...]:
    """Every municipality of today, by number."""
    answer = client.json(f"{BASE}/kommuner", subject="Kartverket", licence=LICENCE, now=now)
    if not isinstance(answer.data, list):
        raise SourceError(
            "The answer of Kartverket is not a list of municipalities.",
            code="source_changed",
            cure="Update Samskap; if that does not help, tell us.",
        )
    found = []
    for entry in answer.data:
        number = str(entry.get("kommunenummer", ""))
        name = str(entry.get("kommunenavnNorsk") or entry.get("kommunenavn") or "")
        valid = sorted(entry.get("gyldigeNavn") or (), key=lambda one: int(one.get("prioritet", 0)))
        names = tuple(str(one["navn"]) for one in valid if one.get("navn")) or (name,)
        county = str(entry.get("fylkesnummer") or number[:2])
        found.append(MunicipalityName(number, name, names, county, bool(entry.get("samiskForvaltningsomrade"))))
    return tuple(sorted(found, key=lambda one: one.number))
