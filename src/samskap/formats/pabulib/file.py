"""A `.pb` file in memory: its three sections as they stand, and what they say in numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from samskap.engines.fair_budget.election import NO_CONSTRAINTS, Ballots, Constraints

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samskap.formats.pabulib.problems import Repair

__all__ = ["Layout", "PabulibFile", "Section"]


@dataclass(frozen=True, slots=True)
class Section:
    """A table of text, by column: `columns[c][r]` is the cell of row r under `header[c]`, with its spaces."""

    header: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]

    def __len__(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    @property
    def rows(self) -> Iterator[tuple[str, ...]]:
        return zip(*self.columns, strict=True)

    def column(self, *names: str) -> tuple[str, ...] | None:
        """The cells under the first of these names that the header has, without spaces around; None without one."""
        known = [one.strip() for one in self.header]
        for name in names:
            if name in known:
                return tuple(map(str.strip, self.columns[known.index(name)]))
        return None


@dataclass(frozen=True, slots=True)
class Layout:
    """How the text was written: with a byte order mark or not, the end of its lines, and whether the last has one."""

    mark: bool = False
    line_end: str = "\n"
    last_end: bool = True


@dataclass(frozen=True)
class PabulibFile:
    """What a `.pb` file says. Sections are those of the file, repaired where `repairs` says so.

    `keys`: project ids in the order of the file. `costs` and `budget`: whole units of money, `scale` of them are one
    of the currency (a power of ten). `ballots`: see `Ballots`, places are those of `keys`; none where VOTES has no
    row. `sha256`: of the unpacked bytes that were read.
    """

    name: str
    meta_section: Section
    projects: Section
    votes: Section = field(repr=False)
    keys: tuple[str, ...]
    costs: tuple[int, ...]
    budget: int
    scale: int
    full_costs: tuple[int | None, ...]
    constraints: Constraints = NO_CONSTRAINTS
    layout: Layout = Layout()
    ballots: Ballots = field(kw_only=True, compare=False, repr=False)
    repairs: tuple[Repair, ...] = field(default=(), compare=False)
    sha256: str = field(default="", compare=False)

    @cached_property
    def meta(self) -> dict[str, str]:
        """META in the order of the file, without spaces around keys and values."""
        return {key.strip(): value.strip() for key, value in self.meta_section.rows}
