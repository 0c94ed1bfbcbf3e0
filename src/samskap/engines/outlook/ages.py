"""Sexes, single years of age, and the groups of ages that services and official projections use.

Age is completed years on 1 January; the last class, `OLDEST`, is 120 and over. Arrays over people end in (2, 121):
sex in the order of `SEXES`, then age.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["AGES", "FOLDS", "OLDEST", "REPORTED", "SEXES", "STATE_GROUPS", "class_of_ages", "in_group"]

AGES: Final = 121
OLDEST: Final = AGES - 1
SEXES: Final = ("female", "male")

Group = tuple[int, int]

# The finest groups that both the state's cost keys and the official projections are sums of: first and last age.
FOLDS: Final[tuple[Group, ...]] = (
    (0, 0), (1, 5), (6, 12), (13, 15), (16, 19), (20, 22), (23, 24), (25, 44), (45, 66),
    (67, 79), (80, 84), (85, 89), (90, OLDEST),
)  # fmt: skip

# The groups of the state's cost keys (Grønt hefte).
STATE_GROUPS: Final[tuple[Group, ...]] = (
    (0, 0), (1, 5), (6, 12), (13, 15), (16, 22), (23, 24), (25, 66), (67, 79), (80, 89), (90, OLDEST),
)  # fmt: skip

# The groups that people read about.
REPORTED: Final[dict[str, Group]] = {
    "0-5": (0, 5),
    "6-15": (6, 15),
    "16-66": (16, 66),
    "67-79": (67, 79),
    "80-89": (80, 89),
    "90+": (90, OLDEST),
    "80+": (80, OLDEST),
}


def in_group(group: Group, *, size: int = AGES) -> NDArray[np.float64]:
    """(size,) 1 for the ages of a group, 0 elsewhere."""
    inside = np.zeros(size)
    inside[group[0] : group[1] + 1] = 1.0
    return inside


def class_of_ages(groups: tuple[Group, ...]) -> NDArray[np.int64]:
    """(121,) which group each age falls in. The groups must cover every age once."""
    found = np.full(AGES, -1, dtype=np.int64)
    for number, (first, last) in enumerate(groups):
        found[first : last + 1] = number
    return found
