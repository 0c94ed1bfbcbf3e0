"""How central a person is, in the whole and in the own group."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """Centricness, coreness and extremeness (people,), NaN-free; only meant for people with a group."""

    centricness: NDArray[np.float64]
    coreness: NDArray[np.float64]
    extremeness: NDArray[np.float64]


def measures(places: NDArray[np.float64], *, member: NDArray[np.int64], inside: NDArray[np.bool_]) -> Measures:
    """Measures from places (people, 2); `member` is the group of each, -1 for none, `inside` who makes the middle.

    Centricness is 1 - |p - middle of all who are in|, coreness 1 - |p - middle of the group|, and extremeness the
    length of p - middle of the group along the line from the middle of all to that of the group (0 where they
    coincide).
    """
    middle = places[inside].mean(axis=0) if inside.any() else np.zeros(2)
    centres = np.zeros((int(member.max(initial=-1)) + 2, 2))
    for group in np.unique(member[member >= 0]).tolist():
        centres[group] = places[member == group].mean(axis=0)
    line = centres - middle
    length = np.hypot(line[:, 0], line[:, 1])
    line = np.divide(line, length[:, None], out=np.zeros_like(line), where=length[:, None] > 0)
    from_middle, from_group = places - middle, places - centres[member]
    return Measures(
        centricness=1.0 - np.hypot(from_middle[:, 0], from_middle[:, 1]),
        coreness=1.0 - np.hypot(from_group[:, 0], from_group[:, 1]),
        extremeness=np.sum(from_group * line[member], axis=1),
    )
