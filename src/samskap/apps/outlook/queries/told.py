"""What a page, a file or a report tells an outlook from: plain values, whoever computed them and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samskap.engines.outlook.result import Official, Outlook
    from samskap.formats.outlook_basis import Basis

__all__ = ["TOTAL", "Past", "Told"]

TOTAL = "total"  # the key of everybody, beside the engine's age groups


@dataclass(frozen=True)
class Past:
    """What was: people by age group (and `TOTAL`) on 1 January of each year, as far back as the figures go."""

    years: tuple[int, ...] = ()
    groups: Mapping[str, tuple[float, ...]] = field(default_factory=dict)

    @property
    def support(self) -> tuple[tuple[float, float | None], ...]:
        """People 16 to 66 for each person 80 and over; None in a year without anybody so old."""
        pairs = zip(self.years, self.groups.get("16-66", ()), self.groups.get("80+", ()), strict=False)
        return tuple((float(year), working / old if old else None) for year, working, old in pairs)

    def of(self, group: str) -> tuple[tuple[float, float | None], ...]:
        """The people of a group as points of a line."""
        return tuple((float(year), value) for year, value in zip(self.years, self.groups.get(group, ()), strict=False))


@dataclass(frozen=True)
class Told:
    """An outlook with what stands beside it.

    `base` is the outlook without levers where some are pulled. `official` are projections by age group. `notes` say
    what had to be assumed because a figure is missing. `levers` are those that are pulled; `address` holds them and the
    parameters that are replaced, as the form wrote them.
    """

    name: str
    outlook: Outlook
    basis: Basis
    past: Past = field(default_factory=Past)
    base: Outlook | None = None
    official: Mapping[str, tuple[Official, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    levers: Mapping[str, float] = field(default_factory=dict)
    address: Mapping[str, str] = field(default_factory=dict)
