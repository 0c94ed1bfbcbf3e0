"""Whether a ballot may be closed, and what of it may be published, on plain values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from samskap.apps.budgeting.rules.choosing import Problem
from samskap.apps.budgeting.rules.telling import FEWEST_TOLD

__all__ = [
    "COUNT_LOST_AFTER",
    "METHODS",
    "PABULIB_KINDS",
    "Standing",
    "are_results_shown",
    "closing_problems",
    "is_count_under_way",
    "may_tell",
]

# How Pabulib tells our channels.
METHODS = {"phone": "internet", "web": "internet", "paper": "paper", "desk": "paper"}
PABULIB_KINDS = {"approval": "approval", "ranking": "ordinal", "points": "cumulative", "knapsack": "knapsack"}
COUNT_LOST_AFTER = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a ballot stands before it is closed. `open_windows`: titles; `unfinished`: forms on paper that wait."""

    state: str
    voters: int
    open_windows: tuple[str, ...] = ()
    unfinished: int = 0


def closing_problems(standing: Standing) -> list[Problem]:
    """All that stands against closing, in the order in which it is put right; none where it may be closed."""
    if standing.state in ("closed", "counted"):
        return [Problem("closed_before")]
    if standing.state != "open":
        return [Problem("not_opened")]
    found = [Problem("window_open", {"window": title}) for title in standing.open_windows]
    if standing.unfinished:
        found.append(Problem("paper_unfinished", {"n": standing.unfinished}))
    return found + ([] if standing.voters else [Problem("nobody_voted")])


def may_tell(labels: Sequence[str]) -> bool:
    """Whether each ballot may be published with this label: no label is on fewer than five of them."""
    return min(Counter(labels).values(), default=0) >= FEWEST_TOLD


def are_results_shown(state: str, *, shown_at: datetime | None) -> bool:
    """Whether everybody may see what came of it."""
    return state == "counted" and shown_at is not None


def is_count_under_way(state: str, *, ordered_at: datetime, now: datetime) -> bool:
    """Whether a count is being made, or waits its turn. One that no worker has finished for long is lost."""
    return state in ("ordered", "running") and now - ordered_at < COUNT_LOST_AFTER
