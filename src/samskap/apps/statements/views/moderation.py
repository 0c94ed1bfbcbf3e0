"""The moderation queue: accept, reject with a reason, merge."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from samskap.apps.statements import actions, labels, queries
from samskap.apps.statements.forms import MergeForm, RejectForm
from samskap.apps.statements.views.work import work_page
from samskap.kernel.errors import RuleError
from samskap.web.acting import acting
from samskap.web.answers import see_other

__all__ = ["accept", "accept_many", "merge", "queue", "reject"]

SHOWN = 25


@require_safe
@login_required
def queue(request: HttpRequest, pk: int) -> HttpResponse:
    """What waits, oldest first, with those it looks like."""
    conversation = queries.runnable_conversation(pk, viewer=request.user)
    rows = list(queries.waiting_statements(conversation)[:SHOWN])
    context = work_page(conversation, tab="moderation") | {
        "rows": queries.with_similar(conversation, rows),
        "reasons": labels.REASONS,
        "reject_form": RejectForm(auto_id=False),
        "moderation": labels.MODERATION[conversation.moderation],
    }
    return render(request, "statements/work/moderation.html", context)


@require_POST
@login_required
def accept_many(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept those that are ticked, or all that wait."""
    conversation = queries.runnable_conversation(pk, viewer=request.user)
    chosen = queries.waiting_statements(conversation)
    if "all" not in request.POST:
        chosen = chosen.filter(pk__in=[int(pk) for pk in request.POST.getlist("statement") if pk.isdecimal()])
    accepted = [actions.accept_statement(one, by=acting(request)) for one in chosen]
    if accepted:
        said = ngettext("%(n)s statement is accepted.", "%(n)s statements are accepted.", len(accepted))
        messages.success(request, said % {"n": len(accepted)})
    else:
        messages.info(request, _("Tick the statements that you want to accept."))
    return see_other(reverse("statements:moderation", args=[pk]))


@require_POST
@login_required
def accept(request: HttpRequest, pk: int, statement_pk: int) -> HttpResponse:
    """Let people answer it."""
    conversation = queries.runnable_conversation(pk, viewer=request.user)
    statement = queries.statement_in(conversation, statement_pk)
    try:
        actions.accept_statement(statement, by=acting(request))
        messages.success(request, _("Statement %(number)s is accepted.") % {"number": statement.number})
    except RuleError as error:
        messages.error(request, str(error))
    return _back(request, pk)


@require_POST
@login_required
def reject(request: HttpRequest, pk: int, statement_pk: int) -> HttpResponse:
    """Do not take it in, with a reason that its author can read."""
    conversation = queries.runnable_conversation(pk, viewer=request.user)
    statement = queries.statement_in(conversation, statement_pk)
    form = RejectForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        actions.reject_statement(statement, by=acting(request), reason=reason)
        messages.success(request, _("Statement %(number)s is rejected.") % {"number": statement.number})
    except RuleError as error:
        messages.error(request, str(error))
    return _back(request, pk)


@require_POST
@login_required
def merge(request: HttpRequest, pk: int, statement_pk: int) -> HttpResponse:
    """Let another statement stand for it."""
    conversation = queries.runnable_conversation(pk, viewer=request.user)
    statement = queries.statement_in(conversation, statement_pk)
    form = MergeForm(request.POST, statements=list(queries.statements_of(conversation)))
    if not form.is_valid():
        messages.error(request, _("Choose the statement that stands for both."))
        return see_other(reverse("statements:statement", args=[pk, statement_pk]))
    try:
        kept = actions.merge_statement(statement, into=form.cleaned_data["into"], by=acting(request))
        where = {"number": statement.number, "into": kept.number}
        messages.success(request, _("Statement %(number)s is merged into %(into)s.") % where)
    except RuleError as error:
        messages.error(request, str(error))
    return _back(request, pk)


def _back(request: HttpRequest, pk: int) -> HttpResponse:
    """To the list one came from."""
    name = "statements" if request.POST.get("back") == "statements" else "moderation"
    return see_other(reverse(f"statements:{name}", args=[pk]))
