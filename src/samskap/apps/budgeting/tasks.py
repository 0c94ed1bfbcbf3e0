"""Background work of this module: an id in, the computation called."""

from __future__ import annotations

from samskap.apps.budgeting import compute

__all__ = ["count_ballot", "make_reserve"]


def count_ballot(count_id: int) -> None:
    """Make a count that was ordered."""
    compute.count_ballot(count_id)


def make_reserve(ballot_id: int) -> None:
    """Find who moves up for projects that fell out."""
    compute.make_reserve(ballot_id)
