"""The desk of outcome contracts: begun, changed, shown, deleted, and the plan made anew."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskap.apps.actors.queries import frame
from samskap.apps.benefits.actions import contract_payments
from samskap.apps.benefits.actions import contracts as actions
from samskap.apps.benefits.forms.contracts import ContractForm, PlanForm
from samskap.apps.benefits.queries import contract_pages, contracts
from samskap.apps.benefits.queries.contract_desk import contract_desk
from samskap.kernel.errors import RuleError
from samskap.web.acting import SignedInRequest

__all__ = [
    "contracts_at_work",
    "delete_contract",
    "drop_plan",
    "edit_contract",
    "make_plan",
    "new_contract",
    "show_contract",
    "work_contract",
]


@login_required
@require_safe
def contracts_at_work(request: SignedInRequest, pk: int) -> HttpResponse:
    """The contracts of an initiative, and the ways to make one."""
    initiative = contracts.initiative_with_contracts(pk, viewer=request.user)
    found = [(one, contract_pages.sum_facts(one.sums)) for one in contracts.contracts_of(initiative, request.user)]
    context = {**frame(initiative.municipality), "initiative": initiative, "contracts": found}
    return render(request, "benefits/contracts/work/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_contract(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin a contract; its parties, and what is counted and paid, are written afterwards."""
    initiative = contracts.initiative_with_contracts(pk, viewer=request.user)
    form = ContractForm(request.POST if request.method == "POST" else None, language=initiative.language)
    if form.is_valid():
        made = actions.create_contract(initiative, by=request.user, **form.cleaned_thing())
        messages.success(request, _("The contract is saved as a draft. Say now who is in it."))
        return redirect("benefits:contract_part", made.pk, "parties")
    context = {**frame(initiative.municipality), "initiative": initiative, "form": form}
    return render(request, "benefits/contracts/work/new.html", context)


@login_required
@require_safe
def work_contract(request: SignedInRequest, pk: int) -> HttpResponse:
    """The desk of one contract: how it stands, and its sections."""
    found = contracts.keepable_contract(pk, viewer=request.user)
    desk = contract_desk(found)
    context = desk | {"facts": contract_pages.sum_facts(desk["contract"].sums)}
    return render(request, "benefits/contracts/work/contract.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit_contract(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change title, text and dates."""
    found = contracts.keepable_contract(pk, viewer=request.user)
    data = request.POST if request.method == "POST" else None
    form = ContractForm(data, language=found.language, initial=ContractForm.initial_of(found))
    if form.is_valid():
        try:
            actions.update_contract(found, by=request.user, **form.cleaned_thing())
        except RuleError as error:
            form.add_error("starts_on", str(error))
        else:
            messages.success(request, _("The change is saved."))
            return redirect("benefits:work_contract", pk)
    return render(request, "benefits/contracts/work/edit.html", contract_desk(found) | {"form": form})


@login_required
@require_POST
def show_contract(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a contract to everybody, or make it a draft again (`do=hide`)."""
    found = contracts.keepable_contract(pk, viewer=request.user)
    try:
        if request.POST.get("do") == "hide":
            actions.hide_contract(found, by=request.user)
            messages.success(request, _("The contract is a draft again. Only those who keep it see it."))
        else:
            actions.show_contract(found, by=request.user)
            messages.success(request, _("The contract is shown to everybody."))
    except RuleError as error:
        messages.error(request, str(error))
    return redirect("benefits:work_contract", pk)


@login_required
@require_http_methods(["GET", "POST"])
def delete_contract(request: SignedInRequest, pk: int) -> HttpResponse:
    """Delete a draft; what is shown says why it stays."""
    found = contracts.keepable_contract(pk, viewer=request.user)
    if request.method == "POST":
        try:
            actions.delete_contract(found, by=request.user)
        except RuleError as error:
            messages.error(request, str(error))
            return redirect("benefits:work_contract", pk)
        messages.success(request, _("The contract is deleted."))
        return redirect("benefits:contracts_at_work", found.initiative_id)
    return render(request, "benefits/contracts/work/delete.html", contract_desk(found))


@login_required
@require_http_methods(["GET", "POST"])
def make_plan(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make a new version of the plan of payments, with the reason."""
    found = contracts.keepable_contract(pk, viewer=request.user)
    form = PlanForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            contract_payments.make_plan(found, reason=form.cleaned_data["reason"], by=request.user)
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The new version repeats what is paid and plans the rest. Change it below."))
            return redirect("benefits:contract_part", pk, "plan")
    context = contract_desk(found, section="plan") | {"form": form}
    return render(request, "benefits/contracts/work/make_plan.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def drop_plan(request: SignedInRequest, pk: int) -> HttpResponse:
    """Throw the newest version of the plan away."""
    found = contracts.keepable_contract(pk, viewer=request.user)
    if request.method == "POST":
        try:
            contract_payments.drop_plan(found, by=request.user)
        except RuleError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("That version is gone. The one before it is in force."))
        return redirect("benefits:contract_part", pk, "plan")
    return render(request, "benefits/contracts/work/drop_plan.html", contract_desk(found, section="plan"))
