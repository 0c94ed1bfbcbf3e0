"""Rates and tax costs by edition: dated data with a source, never constants in a formula.

An old answer keeps the name of its edition and is recomputed by it; `LATEST` names today's of each country. What was
not read at its source is marked as not verified, and what nobody has adopted as not adopted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from samskap.engines.appraisal.errors import AppraisalError

__all__ = ["EDITIONS", "LATEST", "Parameters", "Step", "parameters_of"]


@dataclass(frozen=True, slots=True)
class Step:
    """`rate` a year holds in the years later than `after` years from the anchor, until the next step."""

    after: int
    rate: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """One edition. `tax_cost` is kroner lost to society for each krone of net public financing. `published` is a day,
    month or year in ISO 8601, as far as it is known.

    `verified` says whether the values were read in the edition itself or in a published sheet that cites it; `note`
    says which, and what is not known.
    """

    key: str
    title: str
    country: str
    published: str
    steps: tuple[Step, ...]
    tax_cost: float
    source: str
    licence: str
    verified: bool
    adopted: bool = True
    note: str = ""


def parameters_of(key: str, *, editions: Mapping[str, Parameters] | None = None) -> Parameters:
    """The edition of this name. AppraisalError where there is none."""
    known = EDITIONS if editions is None else editions
    if key not in known:
        raise AppraisalError(
            f"There is no edition {key} of the parameters.",
            code="appraisal_edition",
            cure=f"Known: {', '.join(known)}.",
            gaps={"edition": key, "known": ", ".join(known)},
        )
    return known[key]


_GREEN_BOOK = (Step(0, 0.035), Step(30, 0.03), Step(75, 0.025), Step(125, 0.02), Step(200, 0.015), Step(300, 0.01))
_NORWEGIAN = (Step(0, 0.04), Step(40, 0.03), Step(75, 0.02))
_NLOD = "Norwegian act on copyright, section 14: no copyright in public circulars"
_OGL = "Open Government Licence v3.0"

EDITIONS: Final[Mapping[str, Parameters]] = MappingProxyType(
    {
        each.key: each
        for each in (
            Parameters(
                key="no-r109-2021",
                title="Rundskriv R-109/2021",
                country="NO",
                published="2021-06-25",
                steps=_NORWEGIAN,
                tax_cost=0.20,
                source="Ministry of Finance, circular R-109 of 25 June 2021 (21/2720-8)",
                licence=_NLOD,
                verified=True,
                note="Values read in the parameter sheet of the Coastal Administration's model FRAM, which cites the "
                "circular. It binds state measures; a municipality uses it as a standard.",
            ),
            Parameters(
                key="no-r109-2014",
                title="Rundskriv R-109/2014",
                country="NO",
                published="2014-04-30",
                steps=_NORWEGIAN,
                tax_cost=0.20,
                source="Ministry of Finance, circular R-109 of 30 April 2014 (13/5240-27)",
                licence=_NLOD,
                verified=True,
                note="Rates read in the program code of FRAM, which cites the circular; the circular of 2021 says "
                "that it is mainly unchanged from this one.",
            ),
            Parameters(
                key="no-r109-2005",
                title="Rundskriv R-109/2005",
                country="NO",
                published="2005",
                steps=(Step(0, 0.04),),
                tax_cost=0.20,
                source="Ministry of Finance, press release 59/2005",
                licence=_NLOD,
                verified=False,
                note="4 % is 2 % without risk and 2 % for normal risk, read in the press release. That it holds for "
                "all years, the tax cost and the day of the circular were not read in it.",
            ),
            Parameters(
                key="uk-2022",
                title="The Green Book 2022",
                country="UK",
                published="2022",
                steps=_GREEN_BOOK,
                tax_cost=0.20,
                source="HM Treasury, The Green Book 2022, annex A6",
                licence=_OGL,
                verified=True,
                note="Values read in the open data of the R package greenbook.",
            ),
            Parameters(
                key="uk-2026",
                title="The Green Book 2026",
                country="UK",
                published="2026-02-05",
                steps=_GREEN_BOOK,
                tax_cost=0.0,
                source="HM Treasury, The Green Book 2026, chapter 6",
                licence=_OGL,
                verified=True,
                note="Read in the news of the R package greenbook: the rates are unchanged, and costs of raising "
                "public funds are generally left out.",
            ),
            Parameters(
                key="uk-2026-review",
                title="Review of the Green Book's discount rate, June 2026",
                country="UK",
                published="2026-06",
                steps=(Step(0, 0.03),),
                tax_cost=0.0,
                source="HM Treasury, review of the social time preference rate, June 2026",
                licence=_OGL,
                verified=False,
                adopted=False,
                note="A proposal: 3 %, and no rate of its own for health. Which rates would follow after 30 years was "
                "not read.",
            ),
        )
    }
)

LATEST: Final[Mapping[str, str]] = MappingProxyType({"NO": "no-r109-2021", "UK": "uk-2026"})
