"""Numbers that may be told: none under five people, and none that another number gives away."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["FEWEST_TOLD", "suppressed"]

FEWEST_TOLD = 5


def suppressed(counts: Mapping[str, int]) -> dict[str, int | None]:
    """Counts as they may be told: None for 1 to 4.

    Where only one is hidden, the smallest other one is hidden too, since the total would give the first away.
    """
    hidden = {key for key, count in counts.items() if 0 < count < FEWEST_TOLD}
    if len(hidden) == 1:
        others = [key for key, count in counts.items() if count and key not in hidden]
        hidden |= set(sorted(others, key=lambda key: (counts[key], key))[:1])
    return {key: None if key in hidden else count for key, count in counts.items()}
