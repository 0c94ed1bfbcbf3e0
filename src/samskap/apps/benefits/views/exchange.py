"""Results in the shape of IATI: downloaded by everybody, and imported as benefits after a look at what is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from samskap.apps.actors.queries import municipality_by_number
from samskap.apps.benefits.actions import exchange as actions
from samskap.apps.benefits.forms.exchange import ImportResultsForm, UploadResultsForm
from samskap.apps.benefits.labels.exchange import file_problem
from samskap.apps.benefits.queries import exchange as queries
from samskap.apps.initiatives.queries import visible_initiative
from samskap.formats.errors import FormatError
from samskap.kernel import clock
from samskap.kernel.errors import RuleError
from samskap.web.acting import SignedInRequest
from samskap.web.answers import see_other
from samskap.web.site import site_of

if TYPE_CHECKING:
    from samskap.apps.benefits.queries.exchange import ResultPreview
    from samskap.formats.iati_results import Reading

__all__ = ["import_results", "initiative_results", "look_at_results", "municipality_results"]


@require_safe
def municipality_results(request: HttpRequest, number: str) -> HttpResponse:
    """The benefits of every published initiative of a municipality, as IATI activities."""
    municipality = municipality_by_number(number)
    return _file(queries.results_of_municipality(municipality, now=clock.now()), f"iati-{number}.xml")


@require_safe
def initiative_results(request: HttpRequest, pk: int) -> HttpResponse:
    """The benefits of one initiative, as an IATI activity."""
    initiative = visible_initiative(pk, viewer=request.user)
    return _file(queries.results_of_initiative(initiative, now=clock.now()), f"iati-{pk}.xml")


def _file(content: bytes, name: str) -> HttpResponse:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/xml; charset=utf-8", headers=disposition)


@login_required
@require_http_methods(["GET", "POST"])
def import_results(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a file; what is no IATI file is refused here, in a sentence."""
    desk = queries.import_desk(pk, viewer=request.user)
    form = UploadResultsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        token = actions.keep_upload(form.cleaned_data["file"].read(), person_pk=request.user.pk)
        try:
            queries.read_upload(queries.upload_path(request.user.pk, token))
        except FormatError as wrong:
            actions.drop_upload(request.user.pk, token)
            form.add_error("file", file_problem(wrong))
        else:
            return see_other(reverse("benefits:look_at_results", args=[pk, token]))
    return render(request, "benefits/exchange/import.html", desk | {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def look_at_results(request: SignedInRequest, pk: int, token: str) -> HttpResponse:
    """Show what is in the file and what is wrong with it, and import one activity of it, whole or not at all."""
    desk = queries.import_desk(pk, viewer=request.user)
    reading = queries.read_upload(queries.upload_path(request.user.pk, token))
    found = queries.previews(reading, desk["initiative"])
    form = _form(request, desk, found)
    refused: tuple[str, ...] = ()
    if form.is_valid():
        refused = _refused(request, desk, reading, found, form)
        if not refused:
            actions.drop_upload(request.user.pk, token)
            return see_other(reverse("benefits:work_benefits", args=[pk]))
    context = desk | {"form": form, "previews": found, "refused": refused, "is_illustrative": reading.is_illustrative}
    return render(request, "benefits/exchange/look.html", context)


def _form(request: SignedInRequest, desk: dict[str, Any], found: tuple[ResultPreview, ...]) -> ImportResultsForm:
    return ImportResultsForm(
        request.POST if request.method == "POST" else None,
        activities=[(one.key, f"{one.title} ({len(one.lines)})") for one in found],
        organisations=desk["organisations"],
        is_ours=all(one.is_ours for one in found),
        chosen=desk["initiative"].owner_organisation_id,
    )


def _refused(
    request: SignedInRequest, desk: dict[str, Any], reading: Reading, found: tuple[ResultPreview, ...],
    form: ImportResultsForm,
) -> tuple[str, ...]:  # fmt: skip
    """Import the chosen activity; what comes back are the sentences for which nothing of it was imported."""
    initiative, said = desk["initiative"], form.cleaned_data
    place = int(said["activity"])
    if found[place].problems:
        return found[place].problems
    activity = reading.activities[place]
    planned = queries.planned_of(activity, queries.import_defaults(initiative, activity, form.said))
    organisation = next(one for one in desk["organisations"] if one.pk == said["organisation"])
    tried = {"organisation": organisation, "by": request.user, "is_made_up": reading.is_illustrative}
    if refused := actions.refused_of(initiative, planned, **tried):
        return refused
    try:
        made = actions.import_results(initiative, planned, source=activity.identifier, site=site_of(request), **tried)
    except RuleError as error:
        return (str(error),)
    number = len(made)
    told = ngettext("%(n)s benefit is imported.", "%(n)s benefits are imported.", number) % {"n": number}
    messages.success(request, told)
    messages.info(request, _("What was measured waits as drafts for somebody else to approve."))
    return ()
