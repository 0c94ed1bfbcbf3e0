"""The organisations of a municipality, by sector, from Enhetsregisteret (with its mark for Frivillighetsregisteret).

Sole proprietorships are persons under their own name: they are left out, and no answer of the register is kept on disk.
Organisations that are being wound up are left out too. The sector is told by the institutional sector code of SSB
(2012): public, private, or voluntary; a producer of services that does not seek profit is a hybrid. No register marks
a social entrepreneur: that an organisation says itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from samskap.kernel.municipality_changes import checked_number
from samskap.sources.client import Client
from samskap.sources.errors import SourceError
from samskap.sources.jsonstat import Json

__all__ = ["RegisteredOrganisation", "organisations", "sectors"]

BASE: Final = "https://data.brreg.no/enhetsregisteret/api/enheter"
LICENCE: Final = "NLOD 2.0 (https://data.norge.no/nlod)"
PAGE: Final = 100
MOST: Final = 10_000  # the register answers no page beyond this many

# Forms that are a person, an estate, or a part of another body; and households.
NOT_A_BODY: Final = ("ENK", "BO", "KBO", "TVAM", "ADOS", "PERS", "UTBG")
PUBLIC: Final = ("6100", "6500", "1110", "1120", "1510", "1520")
NON_PROFIT_PRODUCER: Final = "2500"
IDEALISTIC: Final = "7000"
HOUSEHOLDS: Final = ("8000", "8100", "8200", "8300")
ENDED: Final = ("slettedato", "konkurs", "underAvvikling", "underTvangsavviklingEllerTvangsopplosning")


@dataclass(frozen=True, slots=True)
class RegisteredOrganisation:
    """A body in the register: its number of nine digits, its name, one sector or two, and its legal form."""

    number: str
    name: str
    sector: str
    second_sector: str
    form: str


def organisations(number: str, *, client: Client, now: datetime) -> tuple[RegisteredOrganisation, ...]:
    """The organisations with their business address in a municipality, by name.

    Raises SamskapError for a number that is not in use, and SourceError where there are more than the register gives.
    """
    place = checked_number(number)
    found = {}
    for entry in _entries(place, client=client, now=now):
        one = _organisation(entry)
        if one is not None:
            found[one.number] = one
    return tuple(sorted(found.values(), key=lambda one: (one.name, one.number)))


def sectors(code: str, *, is_voluntary: bool) -> tuple[str, str]:
    """The sector and the second sector of an institutional sector code and of being in Frivillighetsregisteret."""
    if code in PUBLIC:
        return "public", ""
    if code == NON_PROFIT_PRODUCER:
        return "voluntary", "private"
    if is_voluntary or code == IDEALISTIC:
        return "voluntary", ""
    return "private", ""


def _entries(place: str, *, client: Client, now: datetime) -> Iterator[Mapping[str, Json]]:
    page, pages = 0, 1
    while page < pages:
        url = f"{BASE}?kommunenummer={place}&size={PAGE}&page={page}&sort=organisasjonsnummer,ASC"
        data = client.json(url, subject="Enhetsregisteret", licence=LICENCE, now=now, keep=False).data
        about = data.get("page") if isinstance(data, Mapping) else None
        if not isinstance(about, Mapping) or "totalPages" not in about:
            raise SourceError(
                "The answer of Enhetsregisteret has no pages.",
                code="source_changed",
                cure="Update Samskap; if that does not help, tell us.",
            )
        if int(about.get("totalElements", 0)) > MOST:
            raise SourceError(
                f"Enhetsregisteret has {about['totalElements']} organisations in {place}, and gives at most {MOST}.",
                code="source_too_large",
                cure="Add the organisations that matter by hand.",
            )
        yield from (data.get("_embedded") or {}).get("enheter") or ()
        page, pages = page + 1, int(about["totalPages"])


def _organisation(entry: Mapping[str, Json]) -> RegisteredOrganisation | None:
    """An entry as we keep it; None where it is a person, a part of another body, or being wound up."""
    form = str((entry.get("organisasjonsform") or {}).get("kode") or "")
    code = str((entry.get("institusjonellSektorkode") or {}).get("kode") or "")
    if form in NOT_A_BODY or code in HOUSEHOLDS or any(entry.get(mark) for mark in ENDED):
        return None
    number, name = str(entry.get("organisasjonsnummer") or ""), str(entry.get("navn") or "")
    if not (len(number) == 9 and number.isdecimal() and name and form):
        return None
    sector, second = sectors(code, is_voluntary=bool(entry.get("registrertIFrivillighetsregisteret")))
    return RegisteredOrganisation(number, name, sector, second, form)
