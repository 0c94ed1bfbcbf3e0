"""The desk of an initiative: begun, written section by section, published, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskap.apps.actors.queries import frame, staff_municipality
from samskap.apps.challenges.queries import challenges_by_key
from samskap.apps.initiatives import actions, forms, queries
from samskap.apps.initiatives.views.initiative_parts import edit_parts
from samskap.kernel.errors import NotFound, RuleError
from samskap.web.acting import SignedInRequest
from samskap.web.parts import parts_of
from samskap.web.site import site_of

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality
    from samskap.apps.initiatives.models import Initiative, Opportunity

__all__ = [
    "delete_initiative",
    "edit_section",
    "new_initiative",
    "publish_initiative",
    "take_up",
    "work_initiative",
]


@login_required
@require_http_methods(["GET", "POST"])
def new_initiative(request: SignedInRequest) -> HttpResponse:
    """Begin an initiative from nothing but a thought."""
    own = staff_municipality(request.user, request.session.get("municipality", ""))
    return _begin(request, own, None, {"language": own.language})


@login_required
@require_http_methods(["GET", "POST"])
def take_up(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make an initiative out of an opportunity, with its challenges, partners and followers."""
    opportunity = queries.opportunity_to_take_up(pk, viewer=request.user)
    return _begin(request, opportunity.municipality, opportunity, queries.initial_of_opportunity(opportunity))


def _begin(
    request: SignedInRequest, own: Municipality, opportunity: Opportunity | None, initial: dict[str, Any]
) -> HttpResponse:
    form = forms.NewInitiativeForm(
        request.POST if request.method == "POST" else None,
        initial={"owner": request.user.pk, **initial},
        offered=queries.offered_owners(own),
        choices=queries.challenge_choices(own),
    )
    if form.is_valid():
        fields = queries.read_new(own, form.cleaned_new()) | {"by": request.user, "site": site_of(request)}
        if opportunity is None:
            made = actions.create_initiative(own, **fields)
        else:
            made = actions.create_initiative_from(opportunity, **fields)
        messages.success(request, _("The initiative is saved as a draft. Write the rest section by section."))
        return redirect("initiatives:work_initiative", made.pk)
    return render(request, "initiatives/new_initiative.html", {**frame(own), "form": form, "opportunity": opportunity})


@login_required
@require_safe
def work_initiative(request: SignedInRequest, pk: int) -> HttpResponse:
    """The desk: what comes next, what is still unanswered, and the sections."""
    found = queries.editable_initiative(pk, viewer=request.user)
    context = queries.desk_context(found, viewer=request.user)
    context["parts"] = parts_of("initiative_work", found, request.user)
    return render(request, "initiatives/work_initiative.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit_section(request: SignedInRequest, pk: int, section: str) -> HttpResponse:
    """One section of an initiative, saved by itself."""
    found = queries.editable_initiative(pk, viewer=request.user)
    if section in forms.PART_FORMS:
        return edit_parts(request, found, section)
    if section not in {*forms.SECTION_FORMS, "next"}:
        raise NotFound(_("There is no such page of an initiative."))
    form = _section_form(request, found, section)
    if form.is_valid():
        try:
            _save_section(request, found, section, form)
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The change is saved."))
            return _onwards(request, found, section)
    context = queries.desk_context(found, viewer=request.user, section=section) | {"form": form}
    return render(request, "initiatives/edit_section.html", context)


def _section_form(request: SignedInRequest, found: Initiative, section: str) -> forms.SectionForm:
    data = request.POST if request.method == "POST" else None
    if section == "next":
        initial = queries.next_initial(found)
        offered = queries.offered_owners(found.municipality)
        return forms.NextForm.of(found, data, initial=initial, offered=offered, was=found.next_date)
    if section == "about":
        initial = {"challenges": [one.pk for one in found.challenges.all()]}
        choices = queries.challenge_choices(found.municipality)
        return forms.AboutForm.of(found, data, initial=initial, choices=choices)
    return forms.SECTION_FORMS[section].of(found, data)


@transaction.atomic
def _save_section(request: SignedInRequest, found: Initiative, section: str, form: forms.SectionForm) -> None:
    fields = form.merged(found)
    if section == "next":
        fields |= queries.read_owner(found.municipality, form.cleaned_data)
    actions.update_initiative(found, by=request.user, site=site_of(request), **fields)
    if "challenges" in form.cleaned_data:
        chosen = challenges_by_key(found.municipality, form.cleaned_data["challenges"])
        actions.set_challenges(found, challenges=chosen, by=request.user)


def _onwards(request: SignedInRequest, found: Initiative, section: str) -> HttpResponse:
    """Where to after saving: the next section where that was asked for, else back to the desk."""
    after = queries.section_after(section)
    if request.POST.get("then") == "next" and after:
        return redirect("initiatives:edit_section", found.pk, after)
    return redirect("initiatives:work_initiative", found.pk)


@login_required
@require_POST
def publish_initiative(request: SignedInRequest, pk: int) -> HttpResponse:
    """Publish a draft, or make a published initiative a draft again (`do=hide`)."""
    found = queries.decidable_initiative(pk, viewer=request.user)
    if request.POST.get("do") == "hide":
        actions.hide_initiative(found, by=request.user)
        messages.success(request, _("The initiative is a draft again. Only those who work with it see it."))
    else:
        actions.publish_initiative(found, by=request.user)
        messages.success(request, _("The initiative is published."))
    return redirect("initiatives:work_initiative", pk)


@login_required
@require_http_methods(["GET", "POST"])
def delete_initiative(request: SignedInRequest, pk: int) -> HttpResponse:
    """Delete a draft; what was published or decided about says why it stays."""
    found = queries.decidable_initiative(pk, viewer=request.user)
    if request.method == "POST":
        try:
            actions.delete_initiative(found, by=request.user)
        except RuleError as error:
            messages.error(request, str(error))
            return redirect("initiatives:work_initiative", pk)
        messages.success(request, _("The draft is deleted."))
        return redirect("initiatives:portfolio")
    return render(request, "initiatives/delete_initiative.html", {**frame(found.municipality), "initiative": found})
