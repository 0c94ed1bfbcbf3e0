"""Decisions about figures, on plain values: what is known, what is wrong, how places compare."""

from __future__ import annotations

from samskap.apps.figures.rules.catalogue import BEHIND, CATALOGUE, RELATIVE, SERVICES, TOPIC_ORDER, Known, known
from samskap.apps.figures.rules.checking import Measure, problems_of
from samskap.apps.figures.rules.comparing import SIZE_LIMITS, Usual, band, size_group
from samskap.apps.figures.rules.packing import content_hash, packed, totals, unpacked
from samskap.apps.figures.rules.periods import period_year, years_of

__all__ = [
    "BEHIND",
    "CATALOGUE",
    "RELATIVE",
    "SERVICES",
    "SIZE_LIMITS",
    "TOPIC_ORDER",
    "Known",
    "Measure",
    "Usual",
    "band",
    "content_hash",
    "known",
    "packed",
    "period_year",
    "problems_of",
    "size_group",
    "totals",
    "unpacked",
    "years_of",
]
