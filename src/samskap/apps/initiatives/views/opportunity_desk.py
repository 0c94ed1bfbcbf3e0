"""Opportunities for those who write and run them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskap.apps.actors import queries as actors
from samskap.apps.challenges import queries as challenges
from samskap.apps.initiatives import actions, permissions, queries
from samskap.apps.initiatives.forms.opportunities import OpportunityForm, ReasonForm
from samskap.apps.initiatives.labels.opportunities import OPPORTUNITY_COLOURS
from samskap.apps.processes import queries as processes
from samskap.kernel.errors import NotFound, RuleError
from samskap.web.acting import SignedInRequest

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality
    from samskap.apps.initiatives.models import Opportunity

__all__ = [
    "change_opportunity",
    "delete_opportunity",
    "new_opportunity",
    "opportunities_at_work",
    "order_opportunity",
    "set_opportunity_aside",
]

_ORDERS: dict[str, tuple[Callable[..., Any], Any]] = {
    "publish": (actions.publish_opportunity, gettext_lazy("The opportunity is published.")),
    "hide": (
        actions.hide_opportunity,
        gettext_lazy("The opportunity is a draft again. Only those who work here see it."),
    ),
    "reopen": (actions.reopen_opportunity, gettext_lazy("The opportunity is open for partners again.")),
}


@login_required
@require_safe
def opportunities_at_work(request: SignedInRequest) -> HttpResponse:
    """Drafts, what is published, and what one's own organisations have joined."""
    own = queries.work_municipality(request.user, request.session.get("municipality", ""))
    rows = queries.opportunities_at_work(request.user, own)
    joined = queries.join_counts(rows)
    context = {
        **actors.frame(own),
        "rows": [(one, OPPORTUNITY_COLOURS[one.state], *joined[one.pk]) for one in rows],
        "partners": queries.own_partners(request.user, own),
    }
    return render(request, "initiatives/opportunities/work/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_opportunity(request: SignedInRequest) -> HttpResponse:
    """Write a draft; `idea` in the address names the ideas that it comes from, `process` where they were written."""
    own = queries.work_municipality(request.user, request.session.get("municipality", ""))
    process = _process(request)
    own = process.municipality if process else own
    initial = {"language": own.language, **_from_ideas(request, own)}
    form = _form(request, own, initial=initial)
    if form.is_valid():
        said = form.cleaned_said() | form.chosen
        try:
            made = actions.write_opportunity(own, by=request.user, process=process, **said)
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The opportunity is saved as a draft."))
            return redirect("initiatives:change_opportunity", made.pk)
    return render(request, "initiatives/opportunities/work/edit.html", {**actors.frame(own), "form": form})


@login_required
@require_http_methods(["GET", "POST"])
def change_opportunity(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change the words, the challenges and the ideas."""
    found = queries.editable_opportunity(pk, viewer=request.user)
    form = _form(request, found.municipality, opportunity=found, initial=OpportunityForm.initial_of(found))
    if form.is_valid():
        chosen = form.chosen
        try:
            with transaction.atomic():
                actions.update_opportunity(
                    found, by=request.user, challenges=chosen["challenges"], **form.cleaned_said()
                )
                actions.choose_ideas(found, ideas=chosen["ideas"], by=request.user)
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The change is saved."))
            return redirect("initiatives:change_opportunity", pk)
    context = {
        **actors.frame(found.municipality),
        "form": form,
        "opportunity": found,
        "colour": OPPORTUNITY_COLOURS[found.state],
        "may_publish": permissions.can_publish_opportunity(request.user, found),
    }
    return render(request, "initiatives/opportunities/work/edit.html", context)


@login_required
@require_POST
def order_opportunity(request: SignedInRequest, pk: int, order: str) -> HttpResponse:
    """Publish, make a draft again, or open for partners again."""
    found = queries.publishable_opportunity(pk, viewer=request.user)
    if order not in _ORDERS:
        raise NotFound(_("There is nothing here that can be done so."))
    action, said = _ORDERS[order]
    action(found, by=request.user)
    messages.success(request, str(said))
    return redirect("initiatives:change_opportunity", pk)


@login_required
@require_http_methods(["GET", "POST"])
def set_opportunity_aside(request: SignedInRequest, pk: int) -> HttpResponse:
    """Set it aside, with a reason that everybody can read."""
    found = queries.publishable_opportunity(pk, viewer=request.user)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.set_opportunity_aside(found, by=request.user, reason=form.cleaned_data["reason"])
        except RuleError as error:
            form.add_error("reason", str(error))
        else:
            messages.success(request, _("The opportunity is set aside. Those who follow it are told why."))
            return redirect("initiatives:change_opportunity", pk)
    context = {**actors.frame(found.municipality), "form": form, "opportunity": found}
    return render(request, "initiatives/opportunities/work/set_aside.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def delete_opportunity(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask once, then delete a draft."""
    found = queries.editable_opportunity(pk, viewer=request.user)
    if request.method == "POST":
        try:
            actions.delete_opportunity(found, by=request.user)
        except RuleError as error:
            messages.error(request, str(error))
            return redirect("initiatives:change_opportunity", pk)
        messages.success(request, _("The opportunity is deleted. Its ideas are free again."))
        return redirect("initiatives:opportunities_at_work")
    context = {**actors.frame(found.municipality), "opportunity": found}
    return render(request, "initiatives/opportunities/work/delete.html", context)


def _form(request: SignedInRequest, own: Municipality, *, opportunity: Opportunity | None = None,
          initial: dict[str, Any]) -> OpportunityForm:  # fmt: skip
    return OpportunityForm(
        request.POST if request.method == "POST" else None,
        challenges=challenges.challenges_of(own),
        ideas=queries.free_ideas(own, opportunity=opportunity),
        initial=initial,
    )


def _process(request: SignedInRequest) -> Any:
    """The process that the address names, where this person may write opportunities for it."""
    key = request.GET.get("process", "")
    found = processes.find_process(int(key)) if key.isdecimal() and len(key) < 12 else None
    if found is None or not permissions.can_write_opportunity(request.user, found.municipality):
        return None
    return found


def _from_ideas(request: SignedInRequest, own: Municipality) -> dict[str, Any]:
    """The fields filled in from the ideas that the address names."""
    keys = {int(key) for key in request.GET.getlist("idea") if key.isdecimal() and len(key) < 12}
    ideas = [idea for idea in queries.free_ideas(own) if idea.pk in keys]
    if not ideas:
        return {}
    first = ideas[0]
    text = "\n\n".join(idea.text if len(ideas) == 1 else f"**{idea.title}**\n\n{idea.text}".strip() for idea in ideas)
    return {
        "ideas": [idea.pk for idea in ideas],
        "language": first.language,
        f"title_{first.language}": first.title,
        f"text_{first.language}": text,
    }
