"""Counties in SSB's tables: in a code list that adds up over old borders, or by a code of their own.

The code lists with their prefixes were seen in use for the tables 06913, 06070, 07459, 13556 and 13563, the plain
number in 09475 (public scripts, 2026), and the form EKA40 of KOSTRA in SSB's own Python package for KOSTRA.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from samskap.kernel.counties import COUNTY_NAMES
from samskap.sources.pxweb import Metadata, Selection

__all__ = ["county_codes", "county_selection"]

# The list of counties that goes with a list of municipalities, and what stands before the number in it.
LISTS: Final[Mapping[str, tuple[str, str]]] = {
    "agg_KommSummer": ("agg_KommFylker", "F-"),
    "agg_KommSummerHist": ("agg_KommFylkerHist", "F_"),
    "agg_KommGjeldende": ("agg_FylkerGjeldende", ""),
}


def county_codes(metadata: Metadata, variable: str, places: Iterable[str], *, beside: str = "") -> dict[str, str]:
    """The code of each county among the places, as far as the table has it.

    `beside` is the code list of municipalities; without a list of counties beside it, the number or its KOSTRA form is
    taken where its label has the name of the county.
    """
    counties = [place for place in places if place in COUNTY_NAMES]
    if _list(metadata, variable, beside):
        return {county: LISTS[beside][1] + county for county in counties}
    there = metadata.variable(variable).codes
    return {
        county: code
        for county in counties
        for code in (county, f"EKA{county}")
        if COUNTY_NAMES[county].casefold() in there.get(code, "").casefold()
    }


def county_selection(metadata: Metadata, variable: str, codes: Iterable[str], *, beside: str) -> Selection:
    """How the codes of `county_codes` are asked for."""
    listed = _list(metadata, variable, beside)
    return Selection(variable, tuple(codes), listed, is_summed=listed.startswith("agg_Komm"))


def _list(metadata: Metadata, variable: str, beside: str) -> str:
    listed, _prefix = LISTS.get(beside, ("", ""))
    return listed if listed in metadata.variable(variable).codelists else ""
