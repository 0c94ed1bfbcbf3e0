"""The statements of a conversation, for those who run it: add, look through, translate."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from samskap.apps.statements import actions, labels, queries
from samskap.apps.statements.forms import MergeForm, RejectForm, SeedsForm, StatementTextsForm
from samskap.apps.statements.views.work import work_page
from samskap.kernel.errors import RuleError
from samskap.web.acting import acting
from samskap.web.answers import see_other

__all__ = ["add", "statement", "statements"]

PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Type one statement or paste many; see each line and what is wrong with it; then add them all."""
    conversation = queries.runnable_conversation(pk, viewer=request.user)
    form = SeedsForm(request.POST or None)
    context = work_page(conversation, tab="seeds") | {"form": form}
    if request.method == "POST" and form.is_valid():
        existing = queries.texts_taken(conversation)
        lines = form.read(limit=conversation.statement_limit, existing=existing)
        wrong = sum(1 for line in lines if line.problem)
        context |= {"lines": lines, "wrong": wrong, "right": len(lines) - wrong}
        if "add" in request.POST and lines and not wrong:
            texts = [line.text for line in lines]
            background = form.cleaned_data["is_background"]
            actions.add_seeds(conversation, by=acting(request), texts=texts, is_background=background)
            said = ngettext("%(n)s statement is added.", "%(n)s statements are added.", len(texts))
            messages.success(request, said % {"n": len(texts)})
            return see_other(reverse("statements:statements", args=[pk]))
    return render(request, "statements/work/seeds.html", context)


@require_safe
@login_required
def statements(request: HttpRequest, pk: int) -> HttpResponse:
    """All statements by state, with how many have answered each, never what."""
    conversation = queries.runnable_conversation(pk, viewer=request.user)
    state = request.GET.get("state", "")
    state = state if state in labels.STATES else ""
    rows = queries.statements_by_state(conversation, state=state)
    context = work_page(conversation, tab="statements") | {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "state": state,
        "states": labels.STATES.items(),
        "state_names": labels.STATES,
    }
    return render(request, "statements/work/statements.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def statement(request: HttpRequest, pk: int, statement_pk: int) -> HttpResponse:
    """One statement: its words and translations, and every decision about it."""
    conversation = queries.runnable_conversation(pk, viewer=request.user)
    found = queries.statement_in(conversation, statement_pk)
    answers = queries.answers_to(found)
    form = StatementTextsForm(request.POST or None, statement=found, answers=answers)
    if request.method == "POST" and form.is_valid():
        text, fields = form.texts()
        try:
            found = actions.edit_statement(found, by=acting(request), text=text) if not answers else found
            actions.translate_statement(found, by=acting(request), **fields)
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The statement is saved."))
            return see_other(reverse("statements:statements", args=[pk]))
    others = [one for one in queries.statements_of(conversation) if one.pk != found.pk]
    alike = queries.similar_statements(conversation, found.text, besides=found.pk)
    context = work_page(conversation, tab="statements") | {
        "heading": _("Statement %(n)s") % {"n": found.number},
        "statement": found,
        "answers": answers,
        "form": form,
        "similar": alike,
        "merge_form": MergeForm(statements=others),
        "reject_form": RejectForm(),
        "reasons": labels.REASONS,
        "state_name": labels.STATES[found.state],
    }
    return render(request, "statements/work/statement.html", context)
