"""A profile read by project: which classes of voters chose it, and what it is worth to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from samskap.engines.fair_budget.profile import Profile

__all__ = ["SAFE", "Supporters", "exact_dot", "supporters_of"]

SAFE = 2**62  # sums below it fit in 64 bits, with one to spare


@dataclass(frozen=True, eq=False, slots=True)
class Supporters:
    """Supporters of project p: `classes[starts[p]:starts[p + 1]]`, ascending, and what p is worth to each of them.

    starts: int64[projects + 1]; classes: int32[entries]; utilities: int64[entries]; weights: int64[classes], how many
    voters are in a class.
    """

    starts: npt.NDArray[np.int64]
    classes: npt.NDArray[np.int32]
    utilities: npt.NDArray[np.int64]
    weights: npt.NDArray[np.int64]

    @property
    def projects(self) -> int:
        return len(self.starts) - 1

    def of(self, project: int) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
        """The classes that chose a project, and its utility to each."""
        part = slice(self.starts[project], self.starts[project + 1])
        return self.classes[part], self.utilities[part]

    def votes(self, project: int) -> int:
        """How many voters chose a project."""
        return int(self.weights[self.of(project)[0]].sum())


def supporters_of(profile: Profile, *, projects: int) -> Supporters:
    """The same entries, sorted by project and then by class."""
    order = np.argsort(profile.projects, kind="stable")
    classes = np.repeat(np.arange(len(profile.weights), dtype=np.int32), np.diff(profile.starts))
    counts = np.bincount(profile.projects, minlength=projects)
    starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts, dtype=np.int64)])
    return Supporters(starts, classes[order], profile.utilities[order], profile.weights)


def exact_dot(weights: npt.NDArray[np.int64], utilities: npt.NDArray[np.int64]) -> int:
    """The sum of weight times utility as a whole number without a bound."""
    if len(weights) == 0:
        return 0
    # A price of 10^12 times ten million voters is more than 64 bits hold.
    if int(utilities.max()) * int(weights.sum()) < SAFE:
        return int(weights @ utilities)
    return sum(int(weight) * int(utility) for weight, utility in zip(weights, utilities, strict=True))
