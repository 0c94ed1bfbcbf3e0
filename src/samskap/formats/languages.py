"""Words and numbers of files that need no server, in English, bokmål and nynorsk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

__all__ = ["LANGUAGES", "Language", "Words", "decimal", "number", "percent", "said"]

Language = Literal["en", "nb", "nn"]
LANGUAGES: tuple[Language, ...] = ("en", "nb", "nn")
Words = Mapping[str, tuple[str, str, str]]


def said(words: Words, key: str, language: Language, **gaps: object) -> str:
    """The sentence of these words in this language with its gaps filled."""
    return words[key][LANGUAGES.index(language)].format(**gaps)


def percent(share: float, *, language: Language) -> str:
    """A share in whole per cent, as the language writes it."""
    return f"{round(share * 100)}%" if language == "en" else f"{round(share * 100)} %"


def number(value: int, *, language: Language) -> str:
    """A whole number with thousands set apart, as the language writes it."""
    return f"{value:,}" if language == "en" else f"{value:,}".replace(",", "\N{NO-BREAK SPACE}")


def decimal(value: float, *, language: Language, places: int = 1) -> str:
    """A number with so many decimals, as the language writes it."""
    if language == "en":
        return f"{value:,.{places}f}"
    return f"{value:,.{places}f}".replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")
