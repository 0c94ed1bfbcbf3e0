"""Decisions between two stages."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samskap.apps.initiatives import actions, forms, queries
from samskap.kernel.errors import RuleError
from samskap.web.acting import SignedInRequest
from samskap.web.site import site_of

__all__ = ["decide_gate"]


@login_required
@require_http_methods(["GET", "POST"])
def decide_gate(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record what was decided. What the new stage lacks is told first; to go on all the same is a choice."""
    found = queries.decidable_initiative(pk, viewer=request.user)
    form = forms.GateForm(
        request.POST if request.method == "POST" else None,
        stage=found.stage,
        lang=found.language,
        initial=queries.gate_initial(found, to_stage=request.GET.get("to", "")),
    )
    missing: list[Any] = []
    if form.is_valid():
        missing = queries.missing_for_gate(found, form.cleaned_data["to_stage"])
        if not missing or request.POST.get("confirmed") == form.cleaned_data["to_stage"]:
            try:
                actions.decide_gate(found, by=request.user, site=site_of(request), **form.cleaned_data)
            except RuleError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("The decision is recorded."))
                return redirect("initiatives:work_initiative", pk)
    context = queries.desk_context(found, viewer=request.user) | {
        "form": form,
        "missing": missing,
        "checklist": queries.checklist(found),
    }
    return render(request, "initiatives/decide_gate.html", context)
