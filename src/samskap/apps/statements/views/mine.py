"""What I have answered and written, and the way to take it all back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from samskap.apps.statements import actions, labels, queries
from samskap.apps.statements.views.standing import Standing, standing
from samskap.web.answers import see_other
from samskap.web.tickets import take_back_ticket

__all__ = ["mine", "withdraw", "withdrawn"]


@require_safe
def mine(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own answers, to look at and change, and one's own statements with what became of them."""
    stand = standing(request, pk)
    context = _page(stand)
    if stand.participant is not None:
        context["votes"] = queries.own_votes(stand.participant, stand.conversation, stand.round)
        context["statements"] = queries.own_statements(stand.participant, stand.conversation)
    return stand.remember(render(request, "statements/mine.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, and then take everything back: answers, texts, ticket and cookie."""
    stand = standing(request, pk)
    if request.method != "POST":
        return stand.remember(render(request, "statements/withdraw.html", _page(stand)))
    if stand.participant is not None:
        actions.withdraw_everything(stand.participant)
    response = see_other(reverse("statements:withdrawn", args=[pk]))
    take_back_ticket(response, stand.conversation.process_id)
    return response


@require_safe
def withdrawn(request: HttpRequest, pk: int) -> HttpResponse:
    """That it is done. No ticket is given here."""
    conversation = queries.visible_conversation(pk, viewer=request.user)
    return render(request, "statements/withdrawn.html", {"conversation": conversation})


def _page(stand: Standing) -> dict[str, Any]:
    return {
        "conversation": stand.conversation,
        "place_name": stand.conversation.process.municipality.name,
        "theme_colour": stand.conversation.process.municipality.colour.lstrip("#"),
        "stand": stand,
        "choices": [(1, labels.CHOICES[1]), (-1, labels.CHOICES[-1]), (0, labels.CHOICES[0])],
        "states": labels.STATES,
    }
