"""The portfolio of benefits: public by municipality and year, at work with drafts too, and as open data."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from samskap.apps.actors.queries import (
    all_municipalities,
    default_municipality,
    frame,
    municipality_by_number,
    staff_municipality,
)
from samskap.apps.benefits.queries import open_data, portfolio_page
from samskap.web.acting import SignedInRequest
from samskap.web.errors import errors_as_json
from samskap.web.parts import parts_of
from samskap.web.site import site_of

__all__ = ["portfolio", "portfolio_at_work", "portfolio_csv", "portfolio_json", "portfolios"]


@require_safe
def portfolios(request: HttpRequest) -> HttpResponse:
    """The portfolio of the only municipality there is, else the way to that of each."""
    if (town := default_municipality()) is not None:
        return redirect("benefits:portfolio", town.number)
    return render(request, "benefits/portfolio/portfolios.html", {"towns": all_municipalities()})


@require_safe
def portfolio(request: HttpRequest, number: str) -> HttpResponse:
    """What everybody sees: how the benefits stand now, or stood at the end of a year (`year=`)."""
    town = municipality_by_number(number)
    context = portfolio_page.portfolio_context(town, request.GET, viewer=request.user)
    context["parts"] = parts_of("benefits", town, request.user)
    return render(request, "benefits/portfolio/portfolio.html", {**frame(town), **context})


@login_required
@require_safe
def portfolio_at_work(request: SignedInRequest) -> HttpResponse:
    """The same for those in charge, with the benefits of initiatives that are not published."""
    own = staff_municipality(request.user, request.session.get("municipality", ""))
    context = portfolio_page.portfolio_context(own, request.GET, viewer=request.user, of="all")
    return render(request, "benefits/portfolio/portfolio_at_work.html", {**frame(own), **context})


@require_safe
@errors_as_json
def portfolio_json(request: HttpRequest, number: str) -> HttpResponse:
    """The benefits of published initiatives as open data (`year=` as on the page)."""
    town, year = municipality_by_number(number), portfolio_page.year_asked(request.GET)
    document = open_data.benefits_document(town, year=year, site=site_of(request))
    return JsonResponse(document, json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
@errors_as_json
def portfolio_csv(request: HttpRequest, number: str) -> HttpResponse:
    """The same as a table, a row for each target and measurement of a benefit."""
    town, year = municipality_by_number(number), portfolio_page.year_asked(request.GET)
    return HttpResponse(
        open_data.benefits_csv(town, year=year, site=site_of(request)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="benefits-{town.number}.csv"'},
    )
