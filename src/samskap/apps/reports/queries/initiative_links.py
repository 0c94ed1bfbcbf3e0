"""What reports add to the pages of earlier modules: the way to the report of an initiative and to the follow-up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samskap.apps.benefits.queries.portfolio import years_of
from samskap.apps.reports.labels.follow_up import follow_up_of
from samskap.web.parts import Card, Part

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality
    from samskap.apps.initiatives.models import Initiative

__all__ = ["initiative_links", "municipality_links"]


def initiative_links(initiative: Initiative, viewer: Any) -> list[Part]:
    """On the page of an initiative: its whole story as a report."""
    if not initiative.is_published:
        return []
    return [
        Part(
            title=_("The whole story"),
            empty=_("From the figure that began it to what has changed, with sources, as a page and as PDF."),
            action_url=reverse("reports:initiative_report", args=[initiative.pk]),
            action_label=_("Read the report"),
            order=85,
        )
    ]


def municipality_links(municipality: Municipality, viewer: Any) -> list[Part]:
    """On the pages of a municipality and of its benefits: the follow-up of this year and of the one before."""
    if not municipality.initiatives.filter(published_at__isnull=False, benefits__isnull=False).exists():
        return []
    cards = tuple(
        Card(
            title=follow_up_of(year),
            url=reverse("reports:follow_up", args=[municipality.number, year]),
            text=_("How the benefits stand, what the initiatives cost, and what is decided next. On paper two pages."),
        )
        for year in years_of(municipality)[:2]
    )
    return [Part(title=_("Follow-up for the council"), cards=cards, order=49)]
