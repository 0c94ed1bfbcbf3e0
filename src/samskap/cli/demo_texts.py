"""The texts of the example municipality, read from the files in `demo_content`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["LANGUAGES", "Content", "content", "each", "sentence", "texts"]

LANGUAGES = ("nn", "en")

Content = dict[str, Any]


@cache
def content(name: str) -> Content:
    """One file as plain values: `town`, `day` or `statements`. Many ask for the same: nobody changes it."""
    return tomllib.loads((files("samskap.cli") / "demo_content" / f"{name}.toml").read_text(encoding="utf-8"))


def texts(entry: Mapping[str, Any], *fields: str) -> Content:
    """The bokmål texts of an entry and, as `translations`, those of its tables `nn` and `en`."""
    own = {name: _unwrapped(entry[name]) for name in fields if name in entry}
    others = {
        language: {name: _unwrapped(entry[language][name]) for name in fields if name in entry[language]}
        for language in LANGUAGES
        if language in entry
    }
    return own | {"language": "nb", "translations": others}


def sentence(entry: Mapping[str, Any], field: str) -> Content:
    """The same for an entry with one text, which stands under the names of its languages."""
    others = {language: {field: entry[language]} for language in LANGUAGES}
    return {field: entry["nb"], "language": "nb", "translations": others}


def each(entry: Mapping[str, Any], part: str, *fields: str) -> list[Content]:
    """The texts of each in a list of an entry: its translations stand in the same order, one text or one a field."""
    found = []
    for place, own in enumerate(entry[part]):
        others = {
            language: dict(zip(fields, _many(entry[language][part][place]), strict=True))
            for language in LANGUAGES
            if language in entry and part in entry[language]
        }
        found.append({name: own[name] for name in fields} | {"language": "nb", "translations": others})
    return found


def _many(told: str | list[str]) -> list[str]:
    return [told] if isinstance(told, str) else told


def _unwrapped(text: str) -> str:
    """Each paragraph and each point of a list on one line: where the file breaks a line means nothing."""
    return re.sub(r"(?<!\n)\n(?!\n|- )", " ", text.strip())
