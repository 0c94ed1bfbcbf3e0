"""Decisions about statements, votes and their order, on plain values."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from samskap.kernel.text import one_line as cleaned_text

__all__ = [
    "ERASED",
    "FEWEST_TOLD",
    "MOST_OWN_STATEMENTS",
    "Likeness",
    "WindowState",
    "are_round_results_visible",
    "cleaned_text",
    "is_choice",
    "is_editable",
    "is_map_order_due",
    "likeness",
    "normal_code",
    "similar_texts",
    "suppressed",
    "text_problem",
]

# What stands where an author has taken the text back.
ERASED = "—"
FEWEST_TOLD = 5
MOST_OWN_STATEMENTS = 20
ALIKE = 0.5
MAP_ORDER_LOST_S = 600


@dataclass(frozen=True, slots=True)
class Likeness:
    """A statement that looks like a new text; `score` is 1 for the same words."""

    pk: int
    score: float


@dataclass(frozen=True, slots=True)
class WindowState:
    """What decides whether the results of one window are seen."""

    state: str
    is_open: bool
    are_results_visible: bool


def text_problem(text: str, *, limit: int) -> str | None:
    """Why a cleaned text cannot be a statement: `empty`, `too_long`, or None where it can."""
    if not any(sign.isalnum() for sign in text):
        return "empty"
    return "too_long" if len(text) > limit else None


def is_choice(choice: object) -> bool:
    """Whether this is a vote: agree 1, pass 0, disagree -1."""
    return choice in (-1, 0, 1) and not isinstance(choice, bool)


def is_editable(*, votes: int) -> bool:
    """Whether the words may be changed: only before somebody has answered them."""
    return votes == 0


def normal_code(code: str) -> str:
    """A code as it is compared: capitals, no spaces or hyphens."""
    return "".join(sign for sign in code.upper() if sign.isalnum())


def is_map_order_due(ordered_at: datetime | None, *, now: datetime) -> bool:
    """Whether a new map must be ordered: none is under way, or the order is so old that it must have been lost."""
    return ordered_at is None or (now - ordered_at).total_seconds() > MAP_ORDER_LOST_S


def similar_texts(text: str, others: Mapping[int, str], *, most: int = 3) -> list[Likeness]:
    """The texts that look like this one, most alike first."""
    scores = [Likeness(pk, likeness(text, other)) for pk, other in others.items()]
    close = [found for found in scores if found.score >= ALIKE]
    return sorted(close, key=lambda found: (-found.score, found.pk))[:most]


def likeness(one: str, other: str) -> float:
    """How alike two texts are, 0 to 1: the share of three-letter pieces that they have in common (Dice)."""
    first, second = _pieces(one), _pieces(other)
    if not first or not second:
        return 0.0
    return 2 * len(first & second) / (len(first) + len(second))


def _pieces(text: str) -> frozenset[str]:
    words = "".join(sign if sign.isalnum() else " " for sign in text.casefold()).split()
    padded = [f" {word} " for word in words]
    return frozenset(word[at : at + 3] for word in padded for at in range(len(word) - 2))


def suppressed(counts: Mapping[str, int]) -> dict[str, int | None]:
    """Counts as they may be told: None for 1 to 4.

    Where only one is hidden, the smallest other one is hidden too, since the total would give the first away.
    """
    hidden = {key for key, count in counts.items() if 0 < count < FEWEST_TOLD}
    if len(hidden) == 1:
        others = [key for key, count in counts.items() if count and key not in hidden]
        hidden |= set(sorted(others, key=lambda key: (counts[key], key))[:1])
    return {key: None if key in hidden else count for key, count in counts.items()}


def are_round_results_visible(windows: Collection[WindowState]) -> bool:
    """Whether the results of a round, that may have several windows, are seen.

    The windows that are open now decide, all of them; else the last one that has been open. So results shown in
    the hall are hidden again while an online week of the same round collects more answers in the dark.
    """
    begun = [window for window in windows if window.state != "planned"]
    deciding = [window for window in begun if window.is_open] or begun[-1:]
    return bool(deciding) and all(window.are_results_visible for window in deciding)
