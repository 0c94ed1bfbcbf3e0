"""Ties are settled by a named order of all projects, fixed before the count and kept with the result."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from samskap.engines.fair_budget.errors import ElectionError

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from samskap.engines.fair_budget.election import Ballots, Election, Project

__all__ = ["TIE_BREAKS", "TieBreak", "drawn", "tie_break_of", "votes_of"]

TIE_BREAKS = ("lexicographic", "lowest_cost", "highest_cost", "most_votes", "as_listed", "lottery")


@dataclass(frozen=True, eq=False, slots=True)
class TieBreak:
    """`ranks`: int32[projects], 0 is preferred; a permutation. `seed` is the public seed of the lottery, else None."""

    name: str
    ranks: npt.NDArray[np.int32]
    seed: str | None = None

    def first(self, level: list[int]) -> int:
        """The project that comes first of those that are level."""
        return min(level, key=lambda place: int(self.ranks[place]))

    def among(self, kept: npt.NDArray[np.int64]) -> TieBreak:
        """The same order of a part of the projects, which keep their order in the list."""
        ranks = np.argsort(np.argsort(self.ranks[kept])).astype(np.int32)
        return TieBreak(self.name, ranks, self.seed)


def tie_break_of(election: Election, name: str, *, seed: str | None = None) -> TieBreak:
    """The order that this name means for this election.

    "lexicographic" compares keys as text (code points), as pabutools does; "lowest_cost", "highest_cost" and
    "most_votes" fall back on it; "as_listed" is the order of the file; "lottery" sorts by SHA-256 of
    "seed:key", so that anyone can redo the draw from the published seed. ElectionError for an unknown name, a
    lottery without a seed, or a seed without a lottery.
    """
    if name not in TIE_BREAKS:
        raise ElectionError(f"There is no order called {name}.", cure=f"Known: {', '.join(TIE_BREAKS)}.")
    if name == "lottery" and not seed:
        raise ElectionError("A lottery needs a public seed.", cure="Give the seed, a text that all can see.")
    if name != "lottery" and seed is not None:
        raise ElectionError(f"The order {name} is no lottery and takes no seed.", cure="Leave the seed out.")
    merit = _merits(election, name, seed=seed or "")
    order = sorted(range(len(election.projects)), key=lambda place: (merit(place), election.projects[place].key))
    ranks = np.empty(len(order), dtype=np.int32)
    ranks[order] = np.arange(len(order), dtype=np.int32)
    return TieBreak(name, ranks, seed)


def _merits(election: Election, name: str, *, seed: str) -> Callable[[int], int | str]:
    """What projects are sorted by before their keys, lowest first."""
    projects: tuple[Project, ...] = election.projects
    if name == "most_votes":
        votes = votes_of(election.ballots, projects=len(projects))
        return lambda place: -int(votes[place])
    merits: dict[str, Callable[[int], int | str]] = {
        "lexicographic": lambda _: 0,
        "lowest_cost": lambda place: projects[place].cost,
        "highest_cost": lambda place: -projects[place].cost,
        "as_listed": lambda place: place,
        "lottery": lambda place: drawn(projects[place].key, seed=seed),
    }
    return merits[name]


def drawn(key: str, *, seed: str) -> str:
    """What a project draws in the lottery: SHA-256 of the seed, a colon and its key in UTF-8; the lowest wins."""
    return hashlib.sha256(f"{seed}:{key}".encode()).hexdigest()


def votes_of(ballots: Ballots, *, projects: int) -> npt.NDArray[np.int64]:
    """Voters who chose each project, int64[projects]. A choice with no point is no choice."""
    chosen = ballots.chosen if ballots.points is None else ballots.chosen[ballots.points > 0]
    return np.bincount(chosen, minlength=projects).astype(np.int64)
