"""The follow-up of a year: what the benefits of a municipality have come to, as a page and on two pages of paper."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samskap.apps.actors.queries import frame, municipality_by_number
from samskap.apps.reports import compute, queries
from samskap.apps.reports.views.frame import download, fresh, in_asked_language
from samskap.web.site import site_of

__all__ = ["follow_up", "follow_up_pdf"]


@require_safe
@fresh
@in_asked_language
def follow_up(request: HttpRequest, number: str, year: int) -> HttpResponse:
    """The whole follow-up, with every benefit."""
    town = municipality_by_number(number)
    return render(request, "reports/follow_up.html", {**frame(town), "told": queries.follow_up(town, year)})


@require_safe
@fresh
@in_asked_language
def follow_up_pdf(request: HttpRequest, number: str, year: int) -> HttpResponse:
    """Two pages for the council, as a tagged PDF."""
    town = municipality_by_number(number)
    document = queries.follow_up_paper(queries.follow_up(town, year), site=site_of(request))
    pdf = compute.typeset(document, name=f"follow-up-{town.number}-{year}", kind="follow_up")
    return download(pdf, kind="application/pdf", name=f"{_('follow-up')}-{town.number}-{year}.pdf", how="inline")
