"""The baseline, the targets and the measurements of a benefit: written, taken, approved, locked and corrected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samskap.apps.benefits.actions import measuring as actions
from samskap.apps.benefits.forms.measuring import (
    ApprovalForm,
    BaselineForm,
    CorrectionForm,
    MeasurementForm,
    TargetForm,
    refused,
)
from samskap.apps.benefits.queries import benefit_desk
from samskap.apps.benefits.queries import benefits as queries
from samskap.apps.benefits.queries.reading import unit_words
from samskap.kernel.errors import NotFound, RuleError
from samskap.web.acting import SignedInRequest
from samskap.web.site import site_of

__all__ = [
    "approve_measurement",
    "change_measurement",
    "change_target",
    "correct_measurement",
    "delete_measurement",
    "lock_measurement",
    "new_measurement",
    "new_target",
    "remove_target",
    "restore_target",
    "send_back_measurement",
    "set_baseline",
    "take_baseline",
    "take_correction",
    "take_measurement",
]

_REMOVED = "removed_target"


def _data(request: SignedInRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _looks(found: Any) -> dict[str, str]:
    return {"lang": found.language, "unit": unit_words(found)}


def _saved(form: forms.Form, act: Callable[..., Any], *subject: Any, **fields: Any) -> bool:
    """Whether the action was done; if not, the reason stands in the form."""
    try:
        act(*subject, **fields)
    except RuleError as error:
        refused(form, error)
        return False
    return True


def _done(request: SignedInRequest, words: str, pk: int, *, at: str = "") -> HttpResponse:
    messages.success(request, words)
    return redirect(f"{reverse('benefits:work_benefit', args=[pk])}{at}")


def _page(request: SignedInRequest, found: Any, form: forms.Form, title: str, **more: Any) -> HttpResponse:
    context = benefit_desk.benefit_frame(found, viewer=request.user) | {"form": form, "title": title, **more}
    return render(request, "benefits/benefits/work/part.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def set_baseline(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write how it was before, or write it anew."""
    found = queries.measurable_benefit(pk, viewer=request.user)
    base = getattr(found, "baseline", None)
    initial = {name: getattr(base, name) for name in ("value", "measured_on", "source")} if base else {}
    form = BaselineForm(_data(request), initial=initial, **_looks(found))
    if form.is_valid() and _saved(
        form, actions.set_baseline, found, by=request.user, site=site_of(request), **form.cleaned_data
    ):
        return _done(request, _("The baseline is saved."), pk)
    lead = _("Measure it before anything changes: it is what everything is compared with.")
    return _page(request, found, form, _("The baseline"), lead=lead)


@login_required
@require_POST
def take_baseline(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let a published figure be the baseline."""
    found = queries.measurable_benefit(pk, viewer=request.user)
    try:
        actions.take_baseline(found, period=request.POST.get("period", ""), by=request.user, site=site_of(request))
    except RuleError as error:
        messages.error(request, str(error))
        return redirect("benefits:work_benefit", pk)
    return _done(request, _("The baseline is taken from the published figures."), pk)


@login_required
@require_http_methods(["GET", "POST"])
def new_target(request: SignedInRequest, pk: int) -> HttpResponse:
    """One more target."""
    found = queries.editable_benefit(pk, viewer=request.user)
    form = TargetForm(_data(request), **_looks(found))
    if form.is_valid() and _saved(
        form, actions.add_target, found, by=request.user, site=site_of(request), **form.cleaned_data
    ):
        return _done(request, _("The target is set."), pk)
    return _page(request, found, form, _("New target"))


@login_required
@require_http_methods(["GET", "POST"])
def change_target(request: SignedInRequest, pk: int, target_pk: int) -> HttpResponse:
    """Move a target that nothing was measured for."""
    found = queries.editable_benefit(pk, viewer=request.user)
    target = queries.target_at_work(found, target_pk)
    initial = {"value": target.value, "due_on": target.due_on}
    form = TargetForm(_data(request), initial=initial, **_looks(found))
    if form.is_valid() and _saved(
        form, actions.change_target, target, by=request.user, site=site_of(request), **form.cleaned_data
    ):
        return _done(request, _("The target is changed. What it was stays in the history."), pk)
    return _page(request, found, form, _("Change the target"))


@login_required
@require_POST
def remove_target(request: SignedInRequest, pk: int, target_pk: int) -> HttpResponse:
    """Take a target away, and keep it for the button that puts it back."""
    found = queries.editable_benefit(pk, viewer=request.user)
    target = queries.target_at_work(found, target_pk)
    kept = {"benefit": pk, "due_on": target.due_on.isoformat(), "value": str(target.value)}
    try:
        actions.remove_target(target, by=request.user, site=site_of(request))
    except RuleError as error:
        messages.error(request, str(error))
        return redirect("benefits:work_benefit", pk)
    request.session[_REMOVED] = kept
    return redirect(f"{reverse('benefits:work_benefit', args=[pk])}?removed")


@login_required
@require_POST
def restore_target(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put back the target that was taken away last."""
    found = queries.editable_benefit(pk, viewer=request.user)
    kept = request.session.pop(_REMOVED, None)
    form = TargetForm(kept)
    if not kept or kept["benefit"] != pk or not form.is_valid():
        raise NotFound(_("There is nothing to put back."))
    try:
        actions.add_target(found, by=request.user, site=site_of(request), **form.cleaned_data)
    except RuleError as error:
        messages.error(request, str(error))
        return redirect("benefits:work_benefit", pk)
    return _done(request, _("It is back."), pk)


@login_required
@require_http_methods(["GET", "POST"])
def new_measurement(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write what was measured."""
    found = queries.measurable_benefit(pk, viewer=request.user)
    form = MeasurementForm(_data(request), **_looks(found))
    if form.is_valid() and _saved(form, actions.write_measurement, found, by=request.user, **form.cleaned_data):
        return _done(request, _("The measurement is saved as a draft. Somebody else approves it."), pk)
    return _page(request, found, form, _("New measurement"))


@login_required
@require_POST
def take_measurement(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let a published figure be a measurement."""
    found = queries.measurable_benefit(pk, viewer=request.user)
    try:
        actions.take_measurement(found, period=request.POST.get("period", ""), by=request.user)
    except RuleError as error:
        messages.error(request, str(error))
        return redirect("benefits:work_benefit", pk)
    return _done(request, _("The figure is taken as a draft. Somebody else approves it."), pk)


@login_required
@require_http_methods(["GET", "POST"])
def change_measurement(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    measurement = queries.measurement_at_work(pk, viewer=request.user)
    found = measurement.benefit
    initial = {name: getattr(measurement, name) for name in MeasurementForm.base_fields}
    form = MeasurementForm(_data(request), initial=initial, **_looks(found))
    if form.is_valid() and _saved(form, actions.change_measurement, measurement, by=request.user, **form.cleaned_data):
        return _done(request, _("The change is saved."), found.pk)
    return _page(request, found, form, _("Change the measurement"))


@login_required
@require_POST
def delete_measurement(request: SignedInRequest, pk: int) -> HttpResponse:
    """Delete a draft."""
    measurement = queries.measurement_at_work(pk, viewer=request.user)
    return _acted(request, measurement, _("The draft is deleted."), actions.delete_measurement)


@login_required
@require_http_methods(["GET", "POST"])
def approve_measurement(request: SignedInRequest, pk: int) -> HttpResponse:
    """Approve what another wrote; what is far behind the forecast says why."""
    measurement = queries.approvable_measurement(pk, viewer=request.user)
    found = measurement.benefit
    context = benefit_desk.work_benefit_page(found, viewer=request.user)
    line = next(one for one in context["lines"] if one.row.pk == pk)
    needs = ["cause"] if line.read.is_behind else []
    form = ApprovalForm(_data(request), initial={"cause": measurement.cause}, needs=needs, **_looks(found))
    if form.is_valid() and _saved(
        form, actions.approve_measurement, measurement,
        by=request.user, site=site_of(request), **form.cleaned_data,
    ):  # fmt: skip
        return _done(request, _("The measurement is approved and counts from now on."), found.pk)
    return render(request, "benefits/benefits/work/approve.html", context | {"form": form, "line": line})


@login_required
@require_POST
def send_back_measurement(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make an approved measurement a draft again."""
    measurement = queries.measurement_at_work(pk, viewer=request.user)
    words = _("The measurement is a draft again, and does not count.")
    return _acted(request, measurement, words, actions.send_back_measurement, site=site_of(request))


@login_required
@require_POST
def lock_measurement(request: SignedInRequest, pk: int) -> HttpResponse:
    """Lock an approved measurement for good."""
    measurement = queries.measurement_at_work(pk, viewer=request.user)
    words = _("The measurement is locked for good.")
    return _acted(request, measurement, words, actions.lock_measurement)


@login_required
@require_http_methods(["GET", "POST"])
def correct_measurement(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write what a locked measurement should have said, and why."""
    measurement = queries.measurement_at_work(pk, viewer=request.user)
    found = measurement.benefit
    initial = {"source": measurement.source, "cause": measurement.cause}
    form = CorrectionForm(_data(request), initial=initial, **_looks(found))
    if form.is_valid() and _saved(form, actions.correct_measurement, measurement, by=request.user, **form.cleaned_data):
        return _done(request, _("The correction is saved as a draft. Somebody else approves it."), found.pk)
    lead = _("A locked number is never changed. The correction stands beside it, and counts when it is approved.")
    return _page(request, found, form, _("Correct the measurement"), lead=lead)


@login_required
@require_POST
def take_correction(request: SignedInRequest, pk: int) -> HttpResponse:
    """Correct a locked figure by what its publisher says now."""
    measurement = queries.measurement_at_work(pk, viewer=request.user)
    words = _("The new figure is taken as a draft of a correction. Somebody else approves it.")
    correction = _("The publisher has changed the figure.")
    return _acted(request, measurement, words, actions.take_correction, correction=correction)


def _acted(
    request: SignedInRequest, measurement: Any, words: str, act: Callable[..., Any], **more: Any
) -> HttpResponse:
    """Do it and go back to the desk, with what the rules say where they refuse."""
    pk = measurement.benefit_id
    try:
        act(measurement, by=request.user, **more)
    except RuleError as error:
        messages.error(request, str(error))
        return redirect("benefits:work_benefit", pk)
    return _done(request, words, pk, at="#measurements")
