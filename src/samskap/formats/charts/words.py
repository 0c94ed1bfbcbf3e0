"""What a chart is told in words: who reads it, and how numbers are written in that language."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

__all__ = ["Face", "Numbers"]


@dataclass(frozen=True, slots=True)
class Numbers:
    """How numbers are written; the defaults are Norwegian, with a narrow no-break space between thousands."""

    decimal: str = ","
    group: str = "\u202f"
    minus: str = "\u2212"

    def write(self, value: float, decimals: int = 0) -> str:
        """The number in words of this language: `12 345,6`. What is no number is a dash."""
        if not math.isfinite(value):
            return "–"
        whole, _point, part = f"{abs(value):,.{decimals}f}".partition(".")
        text = whole.replace(",", self.group) + (self.decimal + part if part else "")
        is_nothing = not any(sign in "123456789" for sign in text)
        return text if value >= 0 or is_nothing else self.minus + text


@dataclass(frozen=True, slots=True)
class Face:
    """What every chart has: words in the reader's language.

    `key` is unique on the page and becomes part of the ids. `title` and `description` are read to those who do not see
    the chart. `unit` stands at the value axis ("persons", "million kroner"). `decimals` of the values that stand beside
    marks; the ticks of the axis choose their own.
    """

    key: str
    title: str
    description: str
    unit: str = ""
    decimals: int = 0
    numbers: Numbers = field(default_factory=Numbers)
