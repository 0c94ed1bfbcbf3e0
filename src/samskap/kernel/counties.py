"""The counties of Norway from 1 January 2024: number and name, as municipalities are told by their first two digits.

Facts from Kartverket, and SSB classification 104.
"""

from __future__ import annotations

__all__ = ["COUNTY_NAMES"]

COUNTY_NAMES: dict[str, str] = {
    "03": "Oslo",
    "11": "Rogaland",
    "15": "Møre og Romsdal",
    "18": "Nordland",
    "31": "Østfold",
    "32": "Akershus",
    "33": "Buskerud",
    "34": "Innlandet",
    "39": "Vestfold",
    "40": "Telemark",
    "42": "Agder",
    "46": "Vestland",
    "50": "Trøndelag",
    "55": "Troms",
    "56": "Finnmark",
}
