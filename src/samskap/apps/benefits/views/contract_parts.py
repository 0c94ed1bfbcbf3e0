"""Parties, what is counted, results and payments of a contract: added, changed, taken away and put back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samskap.apps.benefits.actions import contract_parts as actions
from samskap.apps.benefits.forms.contracts import PART_FORMS
from samskap.apps.benefits.forms.typed import as_typed
from samskap.apps.benefits.queries import contract_desk as desk
from samskap.apps.benefits.queries import contracts
from samskap.kernel.errors import NotFound, RuleError
from samskap.web.acting import SignedInRequest

if TYPE_CHECKING:
    from samskap.apps.benefits.models import Contract

__all__ = ["change_contract_part", "contract_part", "remove_contract_part", "restore_contract_part"]

# Where the last thing that was taken away is kept for the button that puts it back.
_REMOVED = "removed_contract_part"


def _form(found: Contract, section: str, data: Any, *, part: Any = None, initial: Any = None) -> Any:
    kind = PART_FORMS[section]
    language = part.language if hasattr(part, "language") else found.language
    said = kind.initial_of(part) if part is not None else initial
    form = kind(data, language=language, choices=desk.choices_for(found), initial=said)
    for name in _FIXED.get(section, ()) if part is not None else ():
        form.fields[name].disabled = True
    return form


# What of a part stays as it was when it is changed.
_FIXED = {"parties": ("role", "organisation"), "results": ("metric",)}


@login_required
@require_http_methods(["GET", "POST"])
def contract_part(request: SignedInRequest, pk: int, section: str) -> HttpResponse:
    """The list of one kind, and the form that adds to it."""
    found = contracts.keepable_contract(pk, viewer=request.user)
    desk.check_section(section)
    data = request.POST if request.method == "POST" else None
    form = _form(found, section, data, initial=desk.part_initial(found, section, wanted=request.GET.dict()))
    if form.is_valid() and _added(request, found, section, form):
        messages.success(request, _("It is added."))
        return redirect(f"{reverse('benefits:contract_part', args=[pk, section])}#add")
    context = desk.contract_desk(found, section=section) | {
        "form": form,
        "takeable": desk.takeable_measurements(found) if section == "results" else [],
        "removed": _removed(request, found, section) if "removed" in request.GET else None,
    }
    return render(request, "benefits/contracts/work/part.html", context)


def _added(request: SignedInRequest, found: Contract, section: str, form: Any) -> bool:
    """Whether it could be added; what forbids it stands in the form."""
    fields = desk.read_contract_part(found, section, form.cleaned_thing())
    try:
        actions.add_contract_part(found, section, by=request.user, **fields)
    except RuleError as error:
        form.add_error(None, str(error))
    return not form.errors


@login_required
@require_http_methods(["GET", "POST"])
def change_contract_part(request: SignedInRequest, pk: int, section: str, part_pk: int) -> HttpResponse:
    """Change one."""
    found = contracts.keepable_contract(pk, viewer=request.user)
    part = desk.part_of_contract(found, section, part_pk)
    form = _form(found, section, request.POST if request.method == "POST" else None, part=part)
    if form.is_valid():
        fields = desk.read_contract_part(found, section, form.cleaned_thing())
        try:
            actions.change_contract_part(part, section, by=request.user, **fields)
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The change is saved."))
            return redirect("benefits:contract_part", pk, section)
    context = desk.contract_desk(found, section=section) | {"form": form, "part": part}
    return render(request, "benefits/contracts/work/change.html", context)


@login_required
@require_POST
def remove_contract_part(request: SignedInRequest, pk: int, section: str, part_pk: int) -> HttpResponse:
    """Take one away, and keep it for the button that puts it back."""
    found = contracts.keepable_contract(pk, viewer=request.user)
    part = desk.part_of_contract(found, section, part_pk)
    kept = {"contract": pk, "section": section, "typed": as_typed(_form(found, section, None, part=part)),
            "name": desk.part_name(part, section)}  # fmt: skip
    try:
        actions.remove_contract_part(part, section, by=request.user)
    except RuleError as error:
        messages.error(request, str(error))
        return redirect("benefits:contract_part", pk, section)
    request.session[_REMOVED] = kept
    return redirect(f"{reverse('benefits:contract_part', args=[pk, section])}?removed")


def _removed(request: SignedInRequest, found: Contract, section: str) -> dict[str, Any] | None:
    kept: dict[str, Any] | None = request.session.get(_REMOVED)
    return kept if kept and (kept["contract"], kept["section"]) == (found.pk, section) else None


@login_required
@require_POST
def restore_contract_part(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put back what was taken away last."""
    found = contracts.keepable_contract(pk, viewer=request.user)
    section = request.POST.get("section", "")
    kept = _removed(request, found, section)
    form = _form(found, section, kept["typed"]) if kept else None
    if form is None or not form.is_valid():
        raise NotFound(_("There is nothing to put back."))
    fields = desk.read_contract_part(found, section, form.cleaned_thing())
    actions.add_contract_part(found, section, by=request.user, **fields)
    del request.session[_REMOVED]
    messages.success(request, _("It is back."))
    return redirect("benefits:contract_part", pk, section)
