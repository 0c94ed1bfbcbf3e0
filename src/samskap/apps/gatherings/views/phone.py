"""The participant's phone: joining with one tap, the page that follows the programme, the ticket."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskap.apps.actors.labels import SECTORS
from samskap.apps.gatherings import actions, queries
from samskap.apps.gatherings.forms import TicketForm
from samskap.apps.gatherings.views.frame import framed
from samskap.apps.processes import actions as processes
from samskap.apps.processes import queries as reading
from samskap.web.site import site_of
from samskap.web.tickets import give_ticket, new_ticket, open_signed_ticket, sign_ticket, ticket_key

if TYPE_CHECKING:
    from samskap.apps.gatherings.models import Gathering
    from samskap.apps.processes.models import Participant

__all__ = ["gathering", "join_gathering", "take_over_ticket", "ticket"]


def _ticket(request: HttpRequest, gathering: Gathering) -> tuple[uuid.UUID | None, Participant | None]:
    """The ticket of this browser, and the participant who has done something with it."""
    key = ticket_key(request, gathering.process_id)
    return key, reading.find_participant(gathering.process, key)


@never_cache
@require_safe
def gathering(request: HttpRequest, code: str) -> HttpResponse:
    """Before joining: what it is, the programme, one tap. After it: what is on now."""
    found = queries.visible_gathering(code, viewer=request.user)
    key, participant = _ticket(request, found)
    context = {
        "gathering": found,
        "stage": queries.stage(found),
        "slots": queries.programme(found),
        "questions": found.questions.all(),
        "participant": participant,
        "is_present": queries.attendance_of(found, participant) is not None,
        "sectors": SECTORS.items(),
    }
    answer = framed(request, "gatherings/gathering.html", context)
    if key is None:
        give_ticket(answer, found.process_id, new_ticket())
    return answer


@require_POST
def join_gathering(request: HttpRequest, code: str) -> HttpResponse:
    """Join, and keep the sector that was pressed. Pressed twice, one is present once."""
    found = queries.visible_gathering(code, viewer=request.user)
    key = ticket_key(request, found.process_id) or new_ticket()
    actions.come_in(found, key=key, assurance="code", sector=request.POST.get("sector"))
    answer = redirect("gatherings:gathering", found.code)
    give_ticket(answer, found.process_id, key)
    return answer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ticket(request: HttpRequest, code: str) -> HttpResponse:
    """My ticket: sector and organisation, and a personal link for another device."""
    found = queries.visible_gathering(code, viewer=request.user)
    key, participant = _ticket(request, found)
    if key is None or participant is None:
        return redirect("gatherings:gathering", found.code)
    known = {"sector": participant.sector, "organisation": participant.organisation_id}
    form = TicketForm(request.POST or None, gathering=found, initial=known)
    if request.method == "POST" and form.is_valid():
        processes.say_sector(participant, **form.cleaned_data)
        messages.success(request, _("Thank you. This is kept with your ticket, without your name."))
        return redirect("gatherings:gathering", found.code)
    link = reverse("gatherings:take_over_ticket", args=[found.code, sign_ticket(found.process_id, key)])
    context = {"gathering": found, "participant": participant, "form": form, "link": site_of(request) + link}
    return framed(request, "gatherings/ticket.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_over_ticket(request: HttpRequest, code: str, signed: str) -> HttpResponse:
    """Use the ticket of another device here: asked first, so that a link that is only looked at changes nothing."""
    found = queries.visible_gathering(code, viewer=request.user)
    key = open_signed_ticket(found.process_id, signed)
    if request.method == "POST":
        answer = redirect("gatherings:gathering", found.code)
        give_ticket(answer, found.process_id, key)
        return answer
    return framed(request, "gatherings/take_over_ticket.html", {"gathering": found})
