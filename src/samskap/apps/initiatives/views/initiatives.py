"""The public pages of initiatives, and their open data."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samskap.apps.actors.queries import default_municipality, find_municipality, frame, municipality_by_number
from samskap.apps.initiatives import forms, permissions, queries
from samskap.apps.initiatives.views.following import follow_box
from samskap.web.errors import errors_as_json
from samskap.web.parts import parts_of
from samskap.web.site import site_of

__all__ = ["initiative", "initiatives", "initiatives_csv", "initiatives_json"]

_CARDS_A_PAGE = 24


@require_safe
def initiatives(request: HttpRequest) -> HttpResponse:
    """What is published: of one municipality (`municipality=`), of the only one there is, or of all."""
    town = find_municipality(request.GET.get("municipality", "")) or default_municipality()
    form = forms.FilterForm(request.GET, offered=queries.filter_choices(town))
    page = Paginator(queries.published_initiatives(town, form.wanted), _CARDS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        **(frame(town) if town else {}),
        "form": form,
        "is_filtered": bool(form.wanted),
        "page": page,
        "cards": queries.initiative_cards(list(page), eyebrow=town is None),
    }
    return render(request, "initiatives/initiatives.html", context)


@require_safe
def initiative(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole story of one: where it came from, the six questions, the money, the partners, what was decided."""
    found = queries.visible_initiative(pk, viewer=request.user)
    context = {
        **frame(found.municipality),
        **queries.page_context(found),
        "parts": parts_of("initiative", found, request.user),
        "may_edit": permissions.can_edit_initiative(request.user, found),
        **follow_box(request, found),
    }
    return render(request, "initiatives/initiative.html", context)


@require_safe
@errors_as_json
def initiatives_json(request: HttpRequest, number: str) -> HttpResponse:
    """The published initiatives of a municipality as open data."""
    document = queries.initiatives_document(municipality_by_number(number), site=site_of(request))
    return JsonResponse(document, json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
@errors_as_json
def initiatives_csv(request: HttpRequest, number: str) -> HttpResponse:
    """The same as a table."""
    town = municipality_by_number(number)
    return HttpResponse(
        queries.initiatives_csv(town),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="initiatives-{town.number}.csv"'},
    )
