"""The figures of all municipalities, for everybody and without an account."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samskap.apps.actors.queries import find_municipality, frame
from samskap.apps.figures import queries
from samskap.web.parts import parts_of

__all__ = ["concept", "indicator", "indicator_csv", "indicator_json", "place", "places"]

View = Callable[..., HttpResponseBase]


def of_today(view: View) -> View:
    """Lead from an old number to the municipality that it became, or let the reader choose where it was divided."""

    @wraps(view)
    def answer(request: HttpRequest, number: str, **rest: Any) -> HttpResponseBase:
        became = queries.successors(number)
        if not became:
            return view(request, number, **rest)
        if len(became) > 1:
            context = {"number": number, "became": became}
            return render(request, "figures/divided.html", context, status=404)
        gaps = {"old": number, "new": became[0].number, "place": became[0].name}
        messages.info(request, _("%(old)s is an old number. %(place)s has the number %(new)s now.") % gaps)
        return redirect(request.get_full_path().replace(f"/{number}/", f"/{became[0].number}/", 1))

    return answer


@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """All municipalities by name, or those whose name or number holds what was typed."""
    wanted = request.GET.get("q", "").strip()[:60]
    found = queries.listed_places(wanted)
    context = {"wanted": wanted, "found": len(found), "counties": queries.counties(found)}
    return render(request, "figures/places.html", context | {"have": sum(one.has_figures for one in found)})


@require_safe
@of_today
def place(request: HttpRequest, number: str) -> HttpResponse:
    """One municipality: its people, and its key figures beside the country and its like."""
    here = queries.place_by_number(number)
    context = {
        **_frame(here),
        "page": queries.place_page(here),
        "parts": parts_of("place", here.number, request.user),
    }
    return render(request, "figures/place.html", context)


@require_safe
@of_today
def indicator(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """One indicator of one municipality over time."""
    here = queries.place_by_number(number)
    page = queries.indicator_page(here, key, part=request.GET.get("part"))
    context = {**_frame(here), "page": page, "crumbs": _crumbs(here)}
    return render(request, "figures/indicator.html", context)


@require_safe
@of_today
def indicator_csv(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """The figures of an indicator in the CSV form that can be imported again."""
    here = queries.place_by_number(number)
    page = queries.indicator_page(here, key, part=request.GET.get("part"))
    response = HttpResponse(queries.csv_file(page.lines), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{number}-{key}.csv"'
    return response


@require_safe
@of_today
def indicator_json(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """The figures of an indicator as JSON-stat 2.0."""
    here = queries.place_by_number(number)
    page = queries.indicator_page(here, key, part=request.GET.get("part"))
    return JsonResponse(queries.jsonstat_document(page.lines), json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
@of_today
def concept(request: HttpRequest, number: str, concept: str) -> HttpResponse:
    """The measures of one thing side by side, with a sentence why they differ."""
    here = queries.place_by_number(number)
    context = {**_frame(here), "page": queries.concept_page(here, concept), "crumbs": _crumbs(here)}
    return render(request, "figures/concept.html", context)


def _frame(place: queries.Place) -> dict[str, Any]:
    """The head of the page: with colour where the municipality is a tenant here, else with its name alone."""
    tenant = find_municipality(place.number)
    return (frame(tenant) if tenant else {"place_name": place.name}) | {"place": place}


def _crumbs(place: queries.Place) -> list[tuple[str, str]]:
    return [
        (_("Municipalities"), reverse("figures:places")),
        (place.name, reverse("figures:place", args=[place.number])),
    ]
