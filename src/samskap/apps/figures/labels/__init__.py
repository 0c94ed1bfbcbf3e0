"""Words people see for the keys of figures."""

from __future__ import annotations

from samskap.apps.figures.labels.indicators import (
    CONCEPTS,
    TITLES,
    Concept,
    indicator_title,
    known_title,
)
from samskap.apps.figures.labels.parts import PART_TITLES, PARTS, breakdown_words, dividing
from samskap.apps.figures.labels.problems import PROBLEMS, REFUSALS, Refusal, refusal, sentence, sentences
from samskap.apps.figures.labels.words import (
    MISSING,
    STANDINGS,
    TOPICS,
    UNITS,
    chart_numbers,
    citation,
    missing_choices,
    number,
    place_name,
    standing_choices,
    topic_choices,
    unit_choices,
    with_sign,
)

__all__ = [
    "CONCEPTS",
    "MISSING",
    "PARTS",
    "PART_TITLES",
    "PROBLEMS",
    "REFUSALS",
    "STANDINGS",
    "TITLES",
    "TOPICS",
    "UNITS",
    "Concept",
    "Refusal",
    "breakdown_words",
    "chart_numbers",
    "citation",
    "dividing",
    "indicator_title",
    "known_title",
    "missing_choices",
    "number",
    "place_name",
    "refusal",
    "sentence",
    "sentences",
    "standing_choices",
    "topic_choices",
    "unit_choices",
    "with_sign",
]
