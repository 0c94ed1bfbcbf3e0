"""What the hall screen shows of the opinion map: the common ground and the drawing, and only when it is shown."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskap.apps.gatherings.queries.day import Stage
from samskap.apps.statements import queries as statements
from samskap.formats import opinion_json
from samskap.formats.opinion_svg import MapLabels, draw_map

__all__ = ["HallResults", "SharedStatement", "hall_results"]

_MOST = 5  # more lines cannot be read from the last row
_WIDE, _HIGH = 460, 400  # a small drawing scales up, and its letters with it


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
    groups = {group.key: _("Group %(key)s") % {"key": group.key} for group in result.groups}
    named = statements.group_names(stage.conversation, stage.activity.round)
    groups |= {key: f"{key} · {named[key].name}" for key in groups if key in named}
    words = MapLabels(title=_("Opinion map"), description=_described(len(groups)), groups=groups)
    drawing = draw_map(result, width=_WIDE, height=_HIGH, labels=words) if result.counts.people_in_map else ""
    return HallResults(tuple(common[:_MOST]), people=stored.people, groups=len(groups), drawing=drawing)


def _described(groups: int) -> str:
    if groups < 2:
        return _("People who vote alike stand close to each other. There are no clear groups.")
    return ngettext(
        "People who vote alike stand close to each other, in %(n)s group.",
        "People who vote alike stand close to each other, in %(n)s groups.",
        groups,
    ) % {"n": groups}
