"""Where an initiative came from, for its report: challenges with their figures, the day, ideas, the opportunity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from samskap.apps.challenges.queries import story_in_figures
from samskap.apps.gatherings import queries as gatherings
from samskap.apps.initiatives.queries.page import ideas_behind, opportunity_behind
from samskap.apps.reports.labels import sentences
from samskap.apps.reports.labels.initiative import people_present, supporters_words
from samskap.apps.reports.queries.initiative_told import (
    ChallengePart,
    DayHeld,
    FigurePart,
    Source,
    TablePart,
    Words,
)
from samskap.apps.reports.queries.plain import plain

if TYPE_CHECKING:
    from samskap.apps.gatherings.models import Gathering
    from samskap.apps.initiatives.models import Initiative

__all__ = ["origin_parts"]

MOST_FIGURES = 2  # of a challenge: the report leads to the page with all of them


def origin_parts(initiative: Initiative) -> dict[str, Any]:
    """The fields of the report that tell where it began."""
    opportunity = opportunity_behind(initiative)
    origin = ideas_behind(initiative)
    return {
        "challenges": _challenges(initiative),
        "days": _days(initiative),
        "ideas": tuple(Words(idea.said.title, idea.said.lang) for idea, *_rest in origin.ideas) if origin else (),
        "supporters": supporters_words(origin.supporters) if origin and origin.supporters else "",
        "opportunity": Words(opportunity.said.title, opportunity.said.lang) if opportunity else None,
    }


def _challenges(initiative: Initiative) -> tuple[ChallengePart, ...]:
    found = [one for one in initiative.challenges.select_related("municipality") if one.is_published]
    return tuple(
        ChallengePart(
            title=Words(one.said.title, one.said.lang),
            text=Words(plain(one.said.text), one.said.lang),
            url=reverse("challenges:challenge", args=[one.pk]),
            figures=tuple(_figure(told) for told in story_in_figures(one)[:MOST_FIGURES]),
        )
        for one in found
    )


def _figure(told: Any) -> FigurePart:
    chart = told.chart
    standing = next((str(one.standing_words) for one in chart.sources if one.is_illustrative), "")
    return FigurePart(
        title=chart.title,
        sentence=chart.sentence,
        drawing=chart.drawing,
        table=TablePart(chart.headers, chart.rows),
        sources=tuple(Source(one.text, one.url) for one in chart.sources),
        standing=standing,
    )


def _days(initiative: Initiative) -> tuple[DayHeld, ...]:
    """The gatherings of the process that it came from, those that are over."""
    process = initiative.opportunity.process if initiative.opportunity else None
    if process is None or not process.is_published:
        return ()
    return tuple(_day(one) for one in gatherings.gatherings_of(process) if one.state == "ended")


def _day(gathering: Gathering) -> DayHeld:
    counted = gatherings.turnout(gathering)
    told = (
        sentences.turnout_share(counted.answered, eligible=counted.eligible)
        if counted.eligible and counted.answered is not None
        else people_present(counted.present or 0)
    )
    return DayHeld(
        title=Words(gathering.said.title, gathering.said.lang),
        when=date_format(localtime(gathering.starts_at).date()),
        turnout=told,
        url=reverse("reports:report", args=[gathering.code]),
    )
