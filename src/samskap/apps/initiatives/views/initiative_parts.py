"""Cost lines, risks, those affected and milestones: added, changed, taken away and put back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samskap.apps.initiatives import actions, forms, queries
from samskap.kernel.errors import NotFound, RuleError
from samskap.web.acting import SignedInRequest

if TYPE_CHECKING:
    from samskap.apps.initiatives.models import Initiative

__all__ = ["change_part", "edit_parts", "remove_part", "restore_part", "set_done"]

# Where the last thing that was taken away is kept for the button that puts it back.
_REMOVED = "removed_part"


def edit_parts(request: SignedInRequest, found: Initiative, section: str) -> HttpResponse:
    """The list of one kind, and the form that adds to it. Who comes here may change the initiative."""
    form = _form(found, section, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.add_part(found, section, by=request.user, **queries.read_part(found, form.cleaned_part()))
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("It is added."))
            return redirect(f"{reverse('initiatives:edit_section', args=[found.pk, section])}#add")
    context = queries.desk_context(found, viewer=request.user, section=section) | {
        "form": form,
        "lines": queries.part_lines(found, section),
        "removed": _removed(request, found, section) if "removed" in request.GET else None,
    }
    return render(request, "initiatives/edit_parts.html", context)


def _form(found: Initiative, section: str, data: Any, *, part: Any = None) -> forms.PartForm:
    kind = forms.PART_FORMS.get(section)
    if kind is None:
        raise NotFound(_("There is no such page of an initiative."))
    payers = queries.payer_choices(found) if section == "costs" else ()
    if part is None:
        initial = queries.part_initial(found, section)
        return kind.empty(language=found.language, data=data, payers=payers, initial=initial)
    return kind.of(part, data, initial=kind.initial_of(part), payers=payers)


@login_required
@require_http_methods(["GET", "POST"])
def change_part(request: SignedInRequest, pk: int, section: str, part_pk: int) -> HttpResponse:
    """Change one line."""
    found = queries.editable_initiative(pk, viewer=request.user)
    part = queries.part_of(found, section, part_pk)
    form = _form(found, section, request.POST if request.method == "POST" else None, part=part)
    if form.is_valid():
        actions.change_part(part, by=request.user, **queries.read_part(found, form.cleaned_part()))
        messages.success(request, _("The change is saved."))
        return redirect("initiatives:edit_section", pk, section)
    context = queries.desk_context(found, viewer=request.user, section=section) | {"form": form, "part": part}
    return render(request, "initiatives/change_part.html", context)


@login_required
@require_POST
def remove_part(request: SignedInRequest, pk: int, section: str, part_pk: int) -> HttpResponse:
    """Take one line away, and keep it for the button that puts it back."""
    found = queries.editable_initiative(pk, viewer=request.user)
    part = queries.part_of(found, section, part_pk)
    kept = _form(found, section, None, part=part).as_typed()
    actions.remove_part(part, by=request.user)
    request.session[_REMOVED] = {"initiative": pk, "section": section, "typed": kept, "name": str(part)}
    return redirect(f"{reverse('initiatives:edit_section', args=[pk, section])}?removed")


def _removed(request: SignedInRequest, found: Initiative, section: str) -> dict[str, Any] | None:
    kept: dict[str, Any] | None = request.session.get(_REMOVED)
    return kept if kept and (kept["initiative"], kept["section"]) == (found.pk, section) else None


@login_required
@require_POST
def restore_part(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put back what was taken away last."""
    found = queries.editable_initiative(pk, viewer=request.user)
    section = request.POST.get("section", "")
    kept = _removed(request, found, section)
    form = _form(found, section, kept["typed"]) if kept else None
    if form is None or not form.is_valid():
        raise NotFound(_("There is nothing to put back."))
    actions.add_part(found, section, by=request.user, **queries.read_part(found, form.cleaned_part()))
    del request.session[_REMOVED]
    messages.success(request, _("It is back."))
    return redirect("initiatives:edit_section", pk, section)


@login_required
@require_POST
def set_done(request: SignedInRequest, pk: int, part_pk: int) -> HttpResponse:
    """Say that a milestone was reached today, or that it was not (`do=undo`)."""
    found = queries.editable_initiative(pk, viewer=request.user)
    milestone = queries.part_of(found, "milestones", part_pk)
    done_on = None if request.POST.get("do") == "undo" else queries.today()
    actions.set_done(milestone, done_on=done_on, by=request.user)
    messages.success(request, _("The milestone is reached.") if done_on else _("The milestone is open again."))
    return redirect("initiatives:edit_section", pk, "milestones")
