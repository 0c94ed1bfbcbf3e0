"""Benefits: shown to everybody, and written, changed, ended and deleted at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskap.apps.benefits.actions import benefits as actions
from samskap.apps.benefits.forms.benefits import BenefitForm
from samskap.apps.benefits.forms.measuring import EndForm, refused
from samskap.apps.benefits.queries import benefit_desk, benefit_pages
from samskap.apps.benefits.queries import benefits as queries
from samskap.apps.initiatives.queries import editable_initiative
from samskap.kernel.errors import RuleError
from samskap.web.acting import SignedInRequest
from samskap.web.parts import parts_of
from samskap.web.site import site_of

if TYPE_CHECKING:
    from samskap.apps.initiatives.models import Initiative

__all__ = [
    "benefit",
    "benefits",
    "change_benefit",
    "delete_benefit",
    "end_benefit",
    "new_benefit",
    "reopen_benefit",
    "work_benefit",
    "work_benefits",
]


@require_safe
def benefits(request: HttpRequest, pk: int) -> HttpResponse:
    """The benefits of an initiative as everybody sees them."""
    return render(request, "benefits/benefits/list.html", benefit_pages.benefits_page(pk, viewer=request.user))


@require_safe
def benefit(request: HttpRequest, pk: int) -> HttpResponse:
    """One benefit: how it was, how it is, what was to come, and where each number comes from."""
    context = benefit_pages.benefit_page(pk, viewer=request.user)
    context["parts"] = parts_of("benefit", context["row"], request.user)
    return render(request, "benefits/benefits/benefit.html", context)


@login_required
@require_safe
def work_benefits(request: SignedInRequest, pk: int) -> HttpResponse:
    """The benefits of an initiative, for those who may change it."""
    found = editable_initiative(pk, viewer=request.user)
    context = benefit_desk.work_benefits_page(found, viewer=request.user)
    return render(request, "benefits/benefits/work/list.html", context)


@login_required
@require_safe
def work_benefit(request: SignedInRequest, pk: int) -> HttpResponse:
    """The desk of one benefit, for those who may change it and who answers for it."""
    found = queries.measurable_benefit(pk, viewer=request.user)
    context = benefit_desk.work_benefit_page(found, viewer=request.user)
    kept = request.session.get("removed_target")
    context["removed"] = kept if kept and kept["benefit"] == pk and "removed" in request.GET else None
    return render(request, "benefits/benefits/work/benefit.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_benefit(request: SignedInRequest, pk: int) -> HttpResponse:
    """One more benefit of an initiative."""
    found = editable_initiative(pk, viewer=request.user)
    initial = benefit_desk.new_benefit_initial(found)
    form = _form(request, found, language=found.language, initial=initial)
    if form.is_valid():
        try:
            made = actions.create_benefit(found, by=request.user, site=site_of(request), **_fields(found, form))
        except RuleError as error:
            refused(form, error)
        else:
            messages.success(request, _("The benefit is saved. Write how it was before, and what is to be reached."))
            return redirect("benefits:work_benefit", made.pk)
    context = benefit_desk.work_benefits_page(found, viewer=request.user) | {"form": form}
    return render(request, "benefits/benefits/work/edit.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def change_benefit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a benefit."""
    found = queries.editable_benefit(pk, viewer=request.user)
    form = _form(request, found.initiative, language=found.language, initial=BenefitForm.initial_of(found))
    if form.is_valid():
        fields = _fields(found.initiative, form)
        try:
            actions.update_benefit(found, by=request.user, site=site_of(request), **fields)
        except RuleError as error:
            refused(form, error)
        else:
            messages.success(request, _("The change is saved."))
            return redirect("benefits:work_benefit", pk)
    context = benefit_desk.benefit_frame(queries.editable_benefit(pk, viewer=request.user), viewer=request.user)
    return render(request, "benefits/benefits/work/edit.html", context | {"form": form})


def _form(request: SignedInRequest, initiative: Initiative, *, language: str, initial: dict[str, Any]) -> BenefitForm:
    data = request.POST if request.method == "POST" else None
    choices = benefit_desk.benefit_choices(initiative.municipality)
    return BenefitForm(data, language=language, initial=initial, **choices)


def _fields(initiative: Initiative, form: BenefitForm) -> dict[str, Any]:
    cleaned = form.cleaned_benefit()
    return cleaned | benefit_desk.read_owner(initiative.municipality, cleaned)


@login_required
@require_http_methods(["GET", "POST"])
def end_benefit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Stop following a benefit, with a reason."""
    found = queries.editable_benefit(pk, viewer=request.user)
    form = EndForm(request.POST if request.method == "POST" else None, lang=found.language)
    if form.is_valid():
        try:
            actions.end_benefit(found, reason=form.cleaned_data["reason"], by=request.user)
        except RuleError as error:
            refused(form, error)
        else:
            messages.success(request, _("The benefit is ended. Nobody is reminded of it any more."))
            return redirect("benefits:work_benefit", pk)
    context = benefit_desk.benefit_frame(found, viewer=request.user) | {
        "form": form, "title": _("End the benefit"), "submit": _("End the benefit"),
        "lead": _("It stays on the public page with what was measured and the reason why it was ended."),
    }  # fmt: skip
    return render(request, "benefits/benefits/work/part.html", context)


@login_required
@require_POST
def reopen_benefit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Follow an ended benefit again."""
    found = queries.editable_benefit(pk, viewer=request.user)
    actions.reopen_benefit(found, by=request.user, site=site_of(request))
    messages.success(request, _("The benefit is followed again."))
    return redirect("benefits:work_benefit", pk)


@login_required
@require_http_methods(["GET", "POST"])
def delete_benefit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Delete a benefit of which nothing is approved; else the page says why it stays."""
    found = queries.editable_benefit(pk, viewer=request.user)
    initiative_pk = found.initiative_id
    if request.method == "POST":
        try:
            actions.delete_benefit(found, by=request.user)
        except RuleError as error:
            messages.error(request, str(error))
            return redirect("benefits:work_benefit", pk)
        messages.success(request, _("The benefit is deleted."))
        return redirect("benefits:work_benefits", initiative_pk)
    context = benefit_desk.benefit_frame(found, viewer=request.user)
    return render(request, "benefits/benefits/work/delete.html", context)
