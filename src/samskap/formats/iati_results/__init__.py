"""Results in the shape of the IATI activity standard 2.03: baseline, target and actual of each period.

What IATI has no place for (the unit in words, who gains, who answers, of what kind a benefit is) stands in elements of
our own namespace, which the standard allows. Other readers pass them over; what we write we read back whole.
"""

from __future__ import annotations

from samskap.formats.iati_results.document import (
    NAMESPACE,
    VERSION,
    Activity,
    Baseline,
    Body,
    Document,
    Own,
    Period,
    Result,
    Texts,
    in_language,
)
from samskap.formats.iati_results.problems import PROBLEMS, Problem
from samskap.formats.iati_results.reading import ReadActivity, Reading, read_results
from samskap.formats.iati_results.writing import written_results

__all__ = [
    "NAMESPACE",
    "PROBLEMS",
    "VERSION",
    "Activity",
    "Baseline",
    "Body",
    "Document",
    "Own",
    "Period",
    "Problem",
    "ReadActivity",
    "Reading",
    "Result",
    "Texts",
    "in_language",
    "read_results",
    "written_results",
]
