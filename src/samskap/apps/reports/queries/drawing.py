"""The map as a drawing, with the same words as the sentences and the table beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from samskap.apps.reports import labels, rules
from samskap.formats.opinion_svg import Here, MapLabels, draw_map

if TYPE_CHECKING:
    from samskap.apps.reports.queries.direction import Direction
    from samskap.engines.opinion_map.result import PersonPlace

__all__ = ["for_page", "for_paper", "for_statement"]


def for_page(direction: Direction, *, own: PersonPlace | None = None) -> SafeString:
    """An SVG element for the page; empty where there is nobody to draw.

    `own` is the place of the one who reads. A drawing with it is made for that reader and kept nowhere.
    """
    here = Here(own, _("You")) if own else None
    return mark_safe(_drawn(direction, width=520, height=420, here=here))  # noqa: S308 -- our drawing, words escaped in it


def for_statement(direction: Direction, *, number: int) -> SafeString:
    """The map with how large a share of each group agrees with one statement; empty where there are no groups.

    Single people are all alike in it: nobody can be seen to have answered one way or the other.
    """
    result, told = direction.result, direction.telling
    counted = next((s for s in result.statements if s.key == str(number)), None) if result else None
    if result is None or told is None or counted is None or not told.groups:
        return mark_safe("")
    shares = {cell.name: cell.share_agree for cell in counted.by_stratum if cell.kind == "group"}
    shown = {key: labels.share(rules.percent(share)) for key, share in shares.items()}
    words = MapLabels(
        title=_("How large a share of each group agrees"),
        description=" ".join(
            f"{group.label}: {shown[group.key] if group.key in shown else _('too few answers')}."
            for group in told.groups
        ),
        groups={group.key: f"{group.label}: {shown.get(group.key, '–')}" for group in told.groups},
    )
    return mark_safe(draw_map(result, width=520, height=380, labels=words, shares=shares))  # noqa: S308 -- our drawing


def for_paper(direction: Direction) -> str:
    """The same drawing in the shape that suits a page of paper."""
    return _drawn(direction, width=640, height=430)


def _drawn(direction: Direction, *, width: int, height: int, here: Here | None = None) -> str:
    if direction.result is None or direction.telling is None or direction.result.counts.people_in_map == 0:
        return ""
    told = direction.telling
    words = MapLabels(
        title=_("Opinion map"),
        description=told.map_alternative,
        groups={group.key: f"{group.label} ({group.size})" for group in told.groups},
        ungrouped=_("Too few answers to be in a group") if told.groups else "",
        unsure=_("Uncertain place"),
    )
    return draw_map(direction.result, width=width, height=height, labels=words, here=here)
