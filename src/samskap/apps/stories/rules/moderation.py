"""What in a text may tell who somebody is: places for a moderator to look at, never a verdict."""

from __future__ import annotations

import re

__all__ = ["personal_hints"]

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_NATIONAL = re.compile(r"\b\d{6}[ ]?\d{5}\b")
_PHONE = re.compile(r"(?<!\d)(?:\+|00)?\d(?:[ -]?\d){7,11}(?!\d)")
_LINK = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
_STREET = re.compile(r"\b[A-ZÆØÅ][\wæøå]*(?:veien|vegen|gata|gaten|gate|vei|veg|allé|tunet|bakken)\s+\d+\s?[A-Za-z]?\b")
_NAME = re.compile(r"(?<=[a-zæøå,;:] )[A-ZÆØÅ][a-zæøåéü]+(?:[ -][A-ZÆØÅ][a-zæøåéü]+)+")
_ILLNESS = re.compile(
    r"\b(?:diagnose\w*|kreft\w*|demens\w*|depresjon\w*|psykisk\w*|rusmis\w*|sykdom\w*|sjukdom\w*|medisin\w*|"
    r"cancer|dementia|depression|illness|diagnos\w*|medication)\b",
    re.IGNORECASE,
)

_KINDS = (
    ("national_number", _NATIONAL),
    ("email", _ADDRESS),
    ("phone", _PHONE),
    ("link", _LINK),
    ("street", _STREET),
    ("name", _NAME),
    ("health", _ILLNESS),
)


def personal_hints(text: str) -> list[tuple[str, str]]:
    """Kind and place of everything that may tell who somebody is, each place once.

    Kinds: `national_number`, `email`, `phone`, `link`, `street`, `name` (two words with capitals inside a sentence)
    and `health`. What one kind has taken, a later one does not find again.
    """
    found: list[tuple[str, str]] = []
    rest = text
    for kind, pattern in _KINDS:
        places = list(dict.fromkeys(match[0].strip() for match in pattern.finditer(rest)))
        found += [(kind, place) for place in places]
        rest = pattern.sub(" \u2026 ", rest)
    return found
