"""What the hall screen shows of the opinion map: the common ground and the drawing, and only when it is shown."""

from __future__ import annotations

from dataclasses import dataclass

from samskap.apps.gatherings.queries.day import Stage
from samskap.apps.statements import queries as statements

__all__ = ["HallResults", "SharedStatement", "hall_results"]

_MOST = 5  # more lines cannot be read from the last row


@dataclass(frozen=True)
class SharedStatement:
    """A statement that all groups and sectors agree with (or all reject).

    `least_percent` is the smallest lower bound of that share over all of them, in whole per cent.
    """

    text: str
    lang: str
    side: str
    least_percent: int


@dataclass(frozen=True)
class HallResults:
    """The result of one round for the screen; `drawing` is an SVG of our own, or empty where there is no map."""

    common: tuple[SharedStatement, ...]
    people: int
    groups: int
    drawing: str


def hall_results(stage: Stage) -> HallResults | None:
    """The results on the stage, or None where they are hidden or there are none yet."""
    if not stage.are_results_shown or stage.conversation is None or stage.activity is None:
        return None
    from samskap.formats import opinion_json

    stored = statements.latest_map(stage.conversation, stage.activity.round)
    if stored is None:
        return None
    result = opinion_json.from_document(stored.document)
    texts = {str(row.number): row.said for row in statements.statements_of(stage.conversation)}
    common = [
        SharedStatement(
            text=texts[found.statement].text,
            lang=texts[found.statement].lang,
            side=found.side,
            least_percent=int(found.bound * 100),
        )
        for found in result.common_ground
        if found.statement in texts
    ]
    return HallResults(tuple(common[:_MOST]), people=stored.people, groups=len(result.groups), drawing="")
