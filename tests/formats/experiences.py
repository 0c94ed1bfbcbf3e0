"""An experience package for tests, with something in every part."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from samskap.formats.experience_package import Package
from samskap.formats.experience_values import (
    AffectedTold,
    AffectedWords,
    AppraisalTold,
    ArrowTold,
    ArrowWords,
    BenefitTold,
    BenefitWords,
    ChainTold,
    CostTold,
    CostWords,
    FigureTold,
    InitiativeTold,
    InitiativeWords,
    LinkTold,
    LinkWords,
    Origin,
    Parts,
    RiskTold,
    RiskWords,
    StoryTold,
    ValueOn,
)

__all__ = ["package", "with_parts"]

_EMPTY = dict.fromkeys(
    ("summary", "problem", "measures", "principles", "effects", "recommendation", "conditions", "zero_alternative",
     "stopped_reason", "learned"),
    "",
)  # fmt: skip


_FIGURES = (FigureTold("net_present_value", "-120000", "NOK"),)


def package(**changed: Any) -> Package:
    """The bus of Nissedal: two years of an initiative, one benefit that came, one story that is lent."""
    fields: dict[str, Any] = {
        "key": "4030-7",
        "origin": Origin(
            number="4030",
            name="Nissedal",
            address="https://samskap.example.no/initiatives/7/",
            check="https://samskap.example.no/initiatives/7/experience/",
        ),
        "exported_at": "2026-11-20T12:00:00Z",
        "parts": _parts(),
    }
    return Package(**(fields | changed))


def with_parts(made: Package, **changed: Any) -> Package:
    """The same package with other parts."""
    return replace(made, parts=replace(made.parts, **changed))


def _parts() -> Parts:
    return Parts(
        initiative=InitiativeTold(
            language="nb",
            words={
                "nb": InitiativeWords(**(_EMPTY | {"title": "Bestillingsbuss", "problem": "Bussen går tom.",
                                                   "learned": "Spør sjåførene først."})),
                "en": InitiativeWords(**(_EMPTY | {"title": "Bus on demand"})),
            },
            stage="in_operation",
            starts_on="2024-01-15",
            is_illustrative=False,
        ),
        costs=(CostTold("nb", {"nb": CostWords("Sjåfør")}, 2024, 450_000, ""),
               CostTold("nb", {"nb": CostWords("Bil")}, 2024, 120_000, "Telemark fylkeskommune")),
        risks=(RiskTold("nb", {"nb": RiskWords("Ingen bestiller.", "Ring rundt.")}, 2, 3),),
        affected=(AffectedTold("nb", {"nb": AffectedWords("Eldre uten bil", "Kommer til legen selv.")}),),
        chain=ChainTold(
            links=(LinkTold("1", "activity", "nb", {"nb": LinkWords("Buss hentes på telefon", "")}),
                   LinkTold("2", "outcome", "nb", {"nb": LinkWords("Færre blir sittende hjemme", "")})),
            arrows=(ArrowTold("1", "2", "nb", {"nb": ArrowWords("Den kommer til døra.", "Folk tør å ringe.")}),),
        ),
        benefits=(
            BenefitTold(
                key="3", link="2", language="nb",
                words={"nb": BenefitWords("Flere turer", "", "Eldre uten bil", "Turer i uka", "turer")},
                kind="value_for_others", is_harm=False, is_planned=True, certainty="sure", gainer_sector="people",
                better="higher", ended_reason="", baseline=ValueOn("2023-12-01", "12", "Sjåførens bok", ""),
                targets=(ValueOn("2025-12-01", "40", "", ""),),
                measured=(ValueOn("2024-12-01", "31.5", "Sjåførens bok", "Kom seint i gang."),),
            ),
        ),
        appraisal=AppraisalTold("no-r109-2021", 2026, 2025, "2026-03-01", _FIGURES),
        stories=(StoryTold("5", "nb", "Til legen alene", "Nå bestiller jeg bussen selv.", "Anna", "2028-05-01"),),
    )  # fmt: skip
