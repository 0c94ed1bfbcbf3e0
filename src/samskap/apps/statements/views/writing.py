"""Statements from participants."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samskap.apps.statements import actions, labels, queries
from samskap.apps.statements.forms import StatementForm
from samskap.apps.statements.views.standing import Standing, act_as, standing
from samskap.kernel.errors import NotFound, RuleError
from samskap.web.answers import see_other
from samskap.web.tickets import give_ticket

__all__ = ["change_statement", "new_statement"]


@require_http_methods(["GET", "HEAD", "POST"])
def new_statement(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a statement. Those that look alike are shown before it is sent."""
    stand = standing(request, pk)
    form = StatementForm(request.POST or None, limit=stand.conversation.statement_limit)
    if request.method != "POST" or stand.window is None or stand.lacks or not form.is_valid():
        return _written(request, stand, form)
    text = form.cleaned_data["text"]
    similar = queries.similar_statements(stand.conversation, text) if "anyway" not in request.POST else []
    if similar:
        return _written(request, stand, form, similar=[one for one in similar if one.state == "accepted"],
                        is_waiting_alike=any(one.state == "waiting" for one in similar))  # fmt: skip
    try:
        participant, window = act_as(request, stand)
        statement = actions.submit_statement(
            participant, activity=window, conversation=stand.conversation, text=text, language=_language()
        )
    except RuleError as error:
        form.add_error("text", str(error))
        return _written(request, stand, form)
    if statement.state == "accepted":
        messages.success(request, _("Received. Others can answer your statement now."))
    else:
        messages.success(request, _("Received. A moderator reads your statement before others can answer it."))
    response = see_other(reverse("statements:conversation", args=[pk]))
    if participant.key != stand.key:
        give_ticket(response, stand.conversation.process_id, participant.key)
        return response
    return stand.remember(response)


@require_http_methods(["GET", "HEAD", "POST"])
def change_statement(request: HttpRequest, pk: int, statement_pk: int) -> HttpResponse:
    """Change one's own words, while nobody has answered them."""
    stand = standing(request, pk)
    if stand.participant is None:
        raise NotFound(_("There is no such statement in this conversation."), cure=_("Load the page again."))
    statement = queries.own_statement(stand.participant, stand.conversation, statement_pk)
    limit = stand.conversation.statement_limit
    form = StatementForm(request.POST or None, limit=limit, initial={"text": statement.text})
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_statement(statement, by=stand.participant, text=form.cleaned_data["text"])
        except RuleError as error:
            form.add_error("text", str(error))
        else:
            messages.success(request, _("Your statement is changed."))
            return stand.remember(see_other(reverse("statements:mine", args=[pk])))
    return _written(request, stand, form, is_change=True)


def _written(request: HttpRequest, stand: Standing, form: StatementForm, **more: Any) -> HttpResponse:
    context = {
        "conversation": stand.conversation,
        "place_name": stand.conversation.process.municipality.name,
        "theme_colour": stand.conversation.process.municipality.colour.lstrip("#"),
        "stand": stand,
        "form": form,
        "needs": labels.ACCESS_NEEDS[stand.lacks] if stand.lacks else "",
    }
    return stand.remember(render(request, "statements/write.html", context | more))


def _language() -> str:
    return (get_language() or "nb")[:2]
