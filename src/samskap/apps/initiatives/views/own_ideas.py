"""What I have written and supported in an idea round, and the ways to change it and take it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samskap.apps.actors import queries as actors
from samskap.apps.initiatives import actions, queries
from samskap.apps.initiatives.forms.ideas import IdeaForm
from samskap.apps.initiatives.labels.ideas import IDEA_COLOURS
from samskap.apps.initiatives.views.idea_standing import IdeaStanding, idea_standing
from samskap.apps.statements import actions as statements
from samskap.kernel.errors import NotFound, RuleError
from samskap.web.answers import see_other
from samskap.web.tickets import take_back_ticket

__all__ = ["change_idea", "own_ideas", "take_back", "withdraw_all", "withdrawn"]


@require_safe
def own_ideas(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own ideas with what became of them, and the ideas one stands behind."""
    stand = idea_standing(request, pk)
    context = stand.context
    if stand.participant is not None:
        context["mine"] = [
            {"idea": one, "colour": IDEA_COLOURS[one.state], "may_change": queries.author_may_change(one)}
            for one in queries.own_ideas(stand.participant, stand.idea_round)
        ]
        context["supported"] = queries.shown_ideas(sorted(queries.supported_by(stand.participant, stand.idea_round)))
    return stand.remember(render(request, "initiatives/ideas/mine.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
def change_idea(request: HttpRequest, pk: int, idea_pk: int) -> HttpResponse:
    """Change one's own words while a moderator has not read them."""
    stand = idea_standing(request, pk)
    found = queries.own_idea(stand.participant, stand.idea_round, idea_pk)
    form = IdeaForm(request.POST) if request.method == "POST" else IdeaForm.fresh(found)
    if request.method == "POST" and form.is_valid() and stand.participant is not None:
        try:
            actions.edit_idea(found, by=stand.participant, **form.words)
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Your idea is changed."))
            return stand.remember(_to_mine(stand))
    context = stand.context | {"form": form, "is_change": True}
    return stand.remember(render(request, "initiatives/ideas/write.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, pk: int, idea_pk: int) -> HttpResponse:
    """Ask once, and then erase one idea."""
    stand = idea_standing(request, pk)
    found = queries.own_idea(stand.participant, stand.idea_round, idea_pk)
    if request.method != "POST":
        return stand.remember(render(request, "initiatives/ideas/take_back.html", stand.context | {"idea": found}))
    if stand.participant is None:
        raise NotFound(_("There is no such idea in this idea round."))
    actions.take_back_idea(found, by=stand.participant)
    messages.success(request, _("Your idea is taken back, and its words are erased."))
    return stand.remember(_to_mine(stand))


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, and then take everything back: ideas, support, answers, ticket and cookie."""
    stand = idea_standing(request, pk)
    if request.method != "POST":
        return stand.remember(render(request, "initiatives/ideas/withdraw.html", stand.context))
    if stand.participant is not None:
        statements.withdraw_everything(stand.participant)
    response = see_other(reverse("initiatives:ideas_withdrawn", args=[pk]))
    take_back_ticket(response, stand.idea_round.process_id)
    return response


@require_safe
def withdrawn(request: HttpRequest, pk: int) -> HttpResponse:
    """That it is done. No ticket is given here."""
    found = queries.visible_idea_round(pk, viewer=request.user)
    context: dict[str, Any] = {**actors.frame(found.process.municipality), "idea_round": found}
    return render(request, "initiatives/ideas/withdrawn.html", context)


def _to_mine(stand: IdeaStanding) -> HttpResponse:
    return see_other(reverse("initiatives:own_ideas", args=[stand.idea_round.pk]))
