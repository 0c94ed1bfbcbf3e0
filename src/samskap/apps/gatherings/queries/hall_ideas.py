"""What the hall screen lists of an idea round: the newest ideas, or the most supported where that is shown."""

from __future__ import annotations

from dataclasses import dataclass

from samskap.apps.gatherings.queries.day import Stage
from samskap.apps.initiatives import queries as initiatives

__all__ = ["HallIdea", "HallIdeas", "hall_ideas"]

_MOST = 6  # more lines cannot be read from the last row


@dataclass(frozen=True)
class HallIdea:
    """One idea on the screen; `supporters` is None while the support is hidden."""

    title: str
    lang: str
    supporters: int | None


@dataclass(frozen=True)
class HallIdeas:
    """The ideas on the screen, how many there are in all, and whether they stand by support."""

    ideas: tuple[HallIdea, ...]
    total: int
    are_by_support: bool


def hall_ideas(stage: Stage) -> HallIdeas | None:
    """The ideas on the stage, newest first; by support where the hall shows results; None where there are none."""
    if stage.idea_round is None:
        return None
    ideas = list(initiatives.kept_ideas(stage.idea_round).order_by("-decided_at", "-created_at", "-pk"))
    by_support = stage.are_results_shown and stage.gathering.hall_view == "results"
    counts = initiatives.supporters_by_idea(stage.idea_round) if stage.are_results_shown else {}
    if by_support:
        ideas.sort(key=lambda idea: -counts.get(idea.pk, 0))
    lines = tuple(
        HallIdea(
            title=idea.said.title,
            lang=idea.said.lang,
            supporters=counts.get(idea.pk, 0) if stage.are_results_shown else None,
        )
        for idea in ideas[:_MOST]
    )
    return HallIdeas(lines, len(ideas), by_support) if lines else None
