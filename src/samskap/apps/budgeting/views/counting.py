"""Closing a vote, following its count, showing and hiding the result, and projects that fall out afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskap.apps.budgeting import actions, queries, rules
from samskap.apps.budgeting.forms import CloseForm, DropForm
from samskap.apps.budgeting.labels.closing import CLOSING_CURE, closing_sentence
from samskap.apps.budgeting.views.frame import framed
from samskap.kernel.errors import NotFound, RuleError
from samskap.web.acting import acting
from samskap.web.answers import see_other

if TYPE_CHECKING:
    from samskap.apps.budgeting.models import Ballot

__all__ = ["close", "count_now", "counting", "drop_project", "order_result"]

_CURED_AT = {
    "window_open": "windows",
    "paper_unfinished": "paper",
    "nobody_voted": "paper",
    "not_opened": "work_ballot",
}
_ORDERS = {
    "count": (actions.order_count, gettext_lazy("The count is ordered.")),
    "show": (actions.show_result, gettext_lazy("The result is shown to everybody.")),
    "hide": (actions.hide_result, gettext_lazy("The result is hidden.")),
}


@never_cache
@require_safe
@login_required
def counting(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands against closing, how far the count is, and who sees the result."""
    ballot = queries.runnable_ballot(pk, viewer=request.user)
    standing = queries.closing_standing(ballot) if ballot.state in ("draft", "open") else None
    found = rules.closing_problems(standing) if standing else []
    problems = [(closing_sentence(one), CLOSING_CURE[one.key], _cured_at(ballot, one.key)) for one in found]
    context = {"standing": standing, "problems": problems, "result": queries.result_of(ballot)}
    return framed(request, "counting", ballot, tab="counting", **_counts(ballot), **context)


@never_cache
@require_safe
@login_required
def count_now(request: HttpRequest, pk: int) -> HttpResponse:
    """The counts alone, for the page that shows them to fetch again."""
    ballot = queries.runnable_ballot(pk, viewer=request.user)
    return render(request, "budgeting/work/count_now.html", {"ballot": ballot, **_counts(ballot)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what closing does, and close when the number of ballots is written."""
    ballot = queries.runnable_ballot(pk, viewer=request.user)
    standing = queries.closing_standing(ballot)
    if rules.closing_problems(standing):
        return see_other(reverse("budgeting:counting", args=[pk]))
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.close_ballot(ballot, by=acting(request), counted=form.cleaned_data["counted"])
        except RuleError as refused:
            form.add_error("counted", str(refused))
        else:
            messages.success(request, _("The vote is closed for good, and the ballots are sealed."))
            return see_other(reverse("budgeting:counting", args=[pk]))
    return framed(request, "closing", ballot, tab="counting", form=form, standing=standing)


@require_POST
@login_required
def order_result(request: HttpRequest, pk: int, order: str) -> HttpResponse:
    """Count again, show or hide."""
    ballot = queries.runnable_ballot(pk, viewer=request.user)
    if order not in _ORDERS:
        raise NotFound(_("There is no such page."))
    action, told = _ORDERS[order]
    try:
        action(ballot, by=acting(request))
        messages.success(request, str(told))
    except RuleError as refused:
        messages.error(request, str(refused))
    return see_other(reverse("budgeting:counting", args=[pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def drop_project(request: HttpRequest, pk: int, project_pk: int) -> HttpResponse:
    """Let a project that won fall out, with its reason; who moves up is counted in the background."""
    ballot = queries.runnable_ballot(pk, viewer=request.user)
    project = queries.project_on(ballot, project_pk)
    form = DropForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.drop_project(project, by=acting(request), reason=form.cleaned_data["reason"])
        except RuleError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The project is out. Who moves up stands here in a moment."))
            return see_other(reverse("budgeting:counting", args=[pk]))
    return framed(request, "drop", ballot, tab="counting", form=form, project=project)


def _cured_at(ballot: Ballot, problem: str) -> str:
    """Where something that stands against closing is put right; nothing where there is no such page."""
    view = _CURED_AT.get(problem)
    return reverse(f"budgeting:{view}", args=[ballot.pk]) if view else ""


def _counts(ballot: Ballot) -> dict[str, Any]:
    counts = list(queries.counts_of(ballot)[:5])
    under_way = any(queries.is_under_way(one) for one in counts)
    return {"counts": counts, "is_under_way": under_way}
