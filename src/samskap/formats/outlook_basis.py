"""What an outlook was made from, as its files tell it: the place, the figures, the levers, the parameters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from samskap.engines.outlook import NO_LEVERS, Levers

__all__ = ["Assumed", "Basis", "Standing"]

Standing = Literal["official", "ours", "illustrative"]


@dataclass(frozen=True, slots=True)
class Assumed:
    """A parameter with where it was read; `verified` is False where the official number could not be checked."""

    key: str
    value: float
    edition: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Basis:
    """`name` of the place, `standing` of its figures, `sources` as citations, the levers that are pulled."""

    name: str
    standing: Standing = "official"
    sources: tuple[str, ...] = ()
    levers: Levers = NO_LEVERS
    parameters: tuple[Assumed, ...] = ()
