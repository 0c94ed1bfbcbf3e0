"""Bringing in a contract from a file of the INDIGO standard: upload, look at what is in it, bring it in."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samskap.apps.actors.queries import frame, organisations_of
from samskap.apps.benefits.actions import contract_import as actions
from samskap.apps.benefits.forms.contract_import import ContractFileForm, ContractImportForm
from samskap.apps.benefits.labels.contract_files import refusal_words
from samskap.apps.benefits.queries import contract_import as queries
from samskap.apps.benefits.queries import contracts
from samskap.formats.errors import FormatError
from samskap.kernel.errors import RuleError
from samskap.web.acting import SignedInRequest
from samskap.web.answers import see_other

__all__ = ["import_contract", "look_at_contract"]


@login_required
@require_http_methods(["GET", "POST"])
def import_contract(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a file; one that is no such file at all is refused here."""
    initiative = contracts.initiative_with_contracts(pk, viewer=request.user)
    form = ContractFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        token = actions.keep_waiting_contracts(file.read(), person_pk=request.user.pk)
        try:
            queries.read_waiting_contracts(queries.waiting_contract_path(request.user.pk, token))
        except FormatError as wrong:
            actions.drop_waiting_contracts(request.user.pk, token)
            form.add_error("file", refusal_words(wrong))
        else:
            return see_other(reverse("benefits:look_at_contract", args=[pk, token]))
    context = {**frame(initiative.municipality), "initiative": initiative, "form": form}
    return render(request, "benefits/contracts/work/import.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def look_at_contract(request: SignedInRequest, pk: int, token: str) -> HttpResponse:
    """Show what is in the file, what is wrong and what is not kept, and bring one project of it in (`project=`)."""
    initiative = contracts.initiative_with_contracts(pk, viewer=request.user)
    path = queries.waiting_contract_path(request.user.pk, token)
    projects = queries.read_waiting_contracts(path)
    chosen = queries.chosen_project(projects, request.GET.get("project", ""))
    preview = queries.preview_of_contract(initiative.municipality, projects[chosen])
    data = request.POST if request.method == "POST" else None
    offered = queries.import_choices(initiative.municipality)
    form = ContractImportForm(data, preview=preview, offered=offered, language=initiative.language)
    if not preview.wrong and form.is_valid():
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        made = _imported(initiative, preview, form, sha256=sha256, by=request.user)
        if made is not None:
            messages.success(request, _("The contract is brought in as a draft. Look through it before you show it."))
            return see_other(reverse("benefits:work_contract", args=[made.pk]))
    context = queries.looked_at(initiative, projects, chosen, preview) | {"form": form}
    return render(request, "benefits/contracts/work/import_look.html", context)


def _imported(initiative: Any, preview: queries.Preview, form: ContractImportForm, *, sha256: str, by: Any) -> Any:
    """The contract that was made; None where something forbids it, which then stands in the form."""
    keys = queries.matched(preview, form.chosen)
    wrong = queries.import_faults(preview.project, keys)
    for one in wrong:
        form.add_error(None, f"{one.place}: {one.words}")
    if wrong:
        return None
    here = {str(one.pk): one for one in organisations_of(initiative.municipality)}
    try:
        return actions.import_contract(
            initiative, preview.project, keys=keys, organisations=here, sha256=sha256,
            language=form.cleaned_data["language"], by=by,
        )  # fmt: skip
    except RuleError as error:
        form.add_error(None, str(error))
        return None
