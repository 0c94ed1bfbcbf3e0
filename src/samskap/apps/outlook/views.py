"""The outlook of a place: the page, what it answers a slider, its files, and its scenarios."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskap.apps.actors.queries import find_municipality
from samskap.apps.figures import queries as figures
from samskap.apps.outlook import actions, compute, forms, permissions, queries
from samskap.apps.outlook.labels import method as how
from samskap.web.acting import SignedInRequest
from samskap.web.errors import errors_as_json
from samskap.web.parts import parts_of

if TYPE_CHECKING:
    from samskap.apps.figures.queries import Place

__all__ = [
    "answer",
    "compare",
    "delete_scenario",
    "method",
    "outlook",
    "outlook_csv",
    "outlook_json",
    "save_scenario",
    "scenario",
    "scenario_json",
    "set_in_report",
]


@require_safe
def outlook(request: HttpRequest, number: str) -> HttpResponse:
    """The page: what comes, what it means, what can be changed."""
    if became := figures.successors(number):
        return render(request, "outlook/old_number.html", {"number": number, "became": became}, status=404)
    place = figures.place_by_number(number)
    if lacking := compute.lacking(place.number):
        return render(request, "outlook/empty.html", {"place": place, "lacking": lacking})
    form = _form(place, request.GET)
    return render(request, "outlook/outlook.html", _page(request, place, form))


@require_safe
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """The part of the page that depends on the levers, for the script that moves them."""
    place = figures.place_by_number(number)
    form = _form(place, request.GET)
    if not form.is_valid():
        return render(request, "outlook/parts/wrong.html", {"form": form}, status=422)
    return render(request, "outlook/parts/answer.html", _answer(request, place, form))


@require_safe
@errors_as_json
def outlook_json(request: HttpRequest, number: str) -> HttpResponse:
    """The outlook as open data."""
    place = figures.place_by_number(number)
    told = _told(place, _form(place, request.GET))
    return JsonResponse(queries.document(told), json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
@errors_as_json
def outlook_csv(request: HttpRequest, number: str) -> HttpResponse:
    """The outlook as CSV, or what one chart shows of it (`chart=`)."""
    place = figures.place_by_number(number)
    chart = request.GET.get("chart", "")
    content = queries.csv_file(_told(place, _form(place, request.GET)), chart=chart)
    name = f"outlook-{place.number}{'-' + chart if chart in queries.CHART_QUANTITIES else ''}.csv"
    return HttpResponse(
        content,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_safe
def compare(request: HttpRequest, number: str) -> HttpResponse:
    """Two scenarios side by side, with what differs draw by draw."""
    place = figures.place_by_number(number)
    if lacking := compute.lacking(place.number):
        return render(request, "outlook/empty.html", {"place": place, "lacking": lacking})
    choices = queries.comparable(place.number, viewer=request.user)
    one, other = queries.compared(choices, request.GET)
    context = {"place": place, "choices": choices, "one": one, "other": other, "chosen": (one, other)}
    if one and other:
        context |= queries.compared_context(compute.compared(place.number, one=one, other=other, name=place.name))
    return render(request, "outlook/compare.html", context)


@login_required
@require_POST
def save_scenario(request: SignedInRequest, number: str) -> HttpResponse:
    """Keep what the address holds under a name."""
    place = figures.place_by_number(number)
    form, levers = forms.ScenarioForm(request.POST), _form(place, QueryDict(request.POST.get("query", "")))
    municipality = queries.savable_municipality(place.number, viewer=request.user)
    if not form.is_valid() or not levers.is_valid():
        context = _page(request, place, levers) | {"scenario_form": form}
        return render(request, "outlook/outlook.html", context, status=422)
    kept = compute.scenario_fields(_told(place, levers), levers=levers.levers, replaced=levers.replaced)
    made = actions.save_scenario(municipality, name=form.cleaned_data["name"], by=request.user, **kept)
    messages.success(
        request, _("The scenario is saved. Only you and your colleagues see it until it is in the report.")
    )
    return redirect("outlook:scenario", place.number, made.pk)


@require_safe
def scenario(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """A saved scenario, as it was computed then."""
    place = figures.place_by_number(number)
    found = queries.visible_scenario(pk, place=place.number, viewer=request.user)
    context = {
        "place": place,
        "scenario": found,
        **queries.scenario_context(found),
        "is_outdated": compute.is_outdated(found),
        "query": queries.address_of(found),
        "may_change": permissions.can_change_scenario(request.user, found),
    }
    return render(request, "outlook/scenario.html", context)


@require_safe
@errors_as_json
def scenario_json(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The result of a scenario as open data, as it was saved."""
    found = queries.visible_scenario(pk, place=number, viewer=request.user)
    return JsonResponse(found.result, json_dumps_params={"ensure_ascii": False, "indent": 1})


@login_required
@require_POST
def set_in_report(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    """Put a scenario in the report, or take it out (`do=out`)."""
    found = queries.changeable_scenario(pk, place=number, viewer=request.user)
    if request.POST.get("do") == "out":
        actions.take_out_of_report(found, by=request.user)
        messages.success(request, _("The scenario is out of the report. Only you and your colleagues see it."))
    else:
        actions.put_in_report(found, by=request.user)
        messages.success(
            request, _("The scenario is in the report of the municipality's days, and everybody can see it.")
        )
    return redirect("outlook:scenario", number, pk)


@login_required
@require_http_methods(["GET", "POST"])
def delete_scenario(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    found = queries.changeable_scenario(pk, place=number, viewer=request.user)
    if request.method == "POST":
        actions.delete_scenario(found, by=request.user)
        messages.success(request, _("The scenario is deleted."))
        return redirect("outlook:outlook", number)
    place = figures.place_by_number(number)
    return render(request, "outlook/delete_scenario.html", {"place": place, "scenario": found})


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """How the outlook is made, in the reader's language."""
    return render(request, "outlook/method.html", {"topics": how.topics(), "parameters": compute.parameters()})


def _form(place: Place, data: Any) -> forms.LeversForm:
    number = place.number
    return forms.LeversForm(
        data,
        people=compute.people(number),
        parameters=compute.parameters(),
        projection=compute.projection_title(number),
    )


def _told(place: Place, form: forms.LeversForm) -> queries.Told:
    told = compute.outlook(place.number, name=place.name, levers=form.levers, replaced=form.replaced)
    return replace(told, address=form.address)


def _answer(request: HttpRequest, place: Place, form: forms.LeversForm) -> dict[str, Any]:
    told = _told(place, form)
    group = queries.chosen_group(told, request.GET.get("group", ""))
    return {"place": place, **queries.answer_context(told, group=group)}


def _page(request: HttpRequest, place: Place, form: forms.LeversForm) -> dict[str, Any]:
    may_save = permissions.can_save_scenario(request.user, find_municipality(place.number))
    answered = _answer(request, place, form)
    return {
        **answered,
        "parts": parts_of("outlook", answered["told"], request.user),
        "form": form,
        "group": request.GET.get("group", ""),
        "scenarios": queries.scenarios_of(place.number, viewer=request.user),
        "scenario_form": forms.ScenarioForm() if may_save else None,
        "may_save": may_save,
    }
