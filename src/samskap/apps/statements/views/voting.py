"""The page every participant sees: one statement at a time, three buttons."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samskap.apps.actors.labels import SECTORS
from samskap.apps.processes import actions as processes
from samskap.apps.statements import actions, compute, labels, queries, rules
from samskap.apps.statements.forms import CodeForm, SectorForm, SkippedField, VoteForm
from samskap.apps.statements.views.standing import (
    Standing,
    act_as,
    bad_form,
    json_errors,
    standing,
    wants_json,
)
from samskap.kernel.errors import NotFound, RuleError
from samskap.web.answers import see_other
from samskap.web.tickets import give_ticket

if TYPE_CHECKING:
    from samskap.apps.statements.models import Statement

__all__ = ["batch", "conversation", "enter", "sector", "skip", "undo", "vote"]

TRIES = 10
TRIES_WITHIN_S = 300


@require_safe
def conversation(request: HttpRequest, pk: int) -> HttpResponse:
    """What to answer now, or why there is nothing to answer."""
    stand = standing(request, pk)
    skipped = SkippedField().clean(request.GET.get("skipped"))
    statement = _asked(request, stand, skipped=skipped)
    context = _page(stand) | {
        "statement": statement,
        "skipped": ",".join(map(str, skipped)),
        "was_skipped": statement is not None and statement.pk in skipped,
        "last": _last(request, stand),
        "given": _given(stand, statement),
    }
    return stand.remember(render(request, "statements/conversation.html", context))


@require_safe
@json_errors
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """The next few statements for the script, and whether the conversation is open. Never a result."""
    stand = standing(request, pk)
    skipped = SkippedField().clean(request.GET.get("skipped"))
    may_ask = stand.window is not None and not stand.lacks
    found = (
        compute.next_statements(stand.conversation, stand.participant, stand.round, skipped=skipped, seed=stand.key.hex)
        if may_ask
        else []
    )
    answered, total = queries.progress(stand.conversation, stand.participant, stand.round)
    document = {
        "statements": [
            {"pk": one.pk, "number": one.number, "text": one.said.text, "lang": one.said.lang} for one in found
        ],
        "open": may_ask,
        "sentence": stand.closed_sentence or (str(labels.ACCESS_NEEDS[stand.lacks]) if stand.lacks else ""),
        "round": stand.round,
        "answered": answered,
        "total": total,
    }
    return stand.remember(JsonResponse(document))


@require_POST
@json_errors
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Receive one answer. The script gets JSON, after the commit; a form is sent on to the next statement."""
    form = VoteForm(request.POST)
    if not form.is_valid():
        raise bad_form()
    said = form.cleaned_data
    stand = standing(request, pk, round=said["round"])
    try:
        statement = queries.statement_in(stand.conversation, said["statement"])
        participant, window = act_as(request, stand)
        actions.cast_vote(
            participant,
            statement,
            choice=said["choice"],
            matters=said["matters"],
            activity=window,
            key=said["key"],
        )
    except RuleError as error:
        return _refused(request, stand, error)
    if wants_json(request):
        return _received(stand, participant)
    if said["back"] == "mine":
        messages.success(request, _("Received: your answer is changed."))
        return _with_ticket(stand, see_other(reverse("statements:mine", args=[pk])), participant)
    return _onward(stand, participant=participant, skipped=said["skipped"], last=statement.pk)


@require_POST
@json_errors
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one answer back, and ask that statement again."""
    number = request.POST.get("statement", "")
    if not number.isdecimal():
        raise bad_form()
    stand = standing(request, pk)
    statement = queries.statement_in(stand.conversation, int(number))
    if stand.participant is None:
        raise NotFound(_("There is no answer to take back."), cure=_("Load the page again."))
    try:
        participant, window = act_as(request, stand)
        actions.undo_vote(participant, statement, activity=window)
    except RuleError as error:
        return _refused(request, stand, error)
    if wants_json(request):
        return _received(stand, participant)
    if request.POST.get("back") == "mine":
        messages.success(request, _("Your answer is taken back."))
        return see_other(reverse("statements:mine", args=[pk]))
    return _onward(stand, participant=participant, skipped=SkippedField().clean(request.POST.get("skipped")),
                   statement=statement.pk)  # fmt: skip


@require_POST
def skip(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask another one first. Nothing is stored: the address remembers what was skipped."""
    skipped = SkippedField().clean(f"{request.POST.get('skipped', '')},{request.POST.get('statement', '')}")
    return see_other(_address(pk, skipped=skipped))


@require_POST
@json_errors
def sector(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the sector, or that one would rather not say; either way it is not asked again."""
    form = SectorForm(request.POST)
    stand = standing(request, pk)
    if not form.is_valid():
        raise bad_form()
    participant = stand.participant or act_as(request, stand)[0]
    participant = processes.say_sector(participant, sector=form.cleaned_data["sector"])
    if wants_json(request):
        return _received(stand, participant)
    skipped = SkippedField().clean(request.POST.get("skipped"))
    return _onward(stand, participant=participant, skipped=skipped)


@require_POST
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a ticket in with the code; after ten wrong ones it waits five minutes."""
    stand = standing(request, pk)
    form = CodeForm(request.POST)
    tries_key = f"statements.code.{stand.key.hex}"
    tries = cache.get(tries_key, 0)
    if stand.window is None or stand.lacks != "code":
        return see_other(_address(pk))
    if tries >= TRIES:
        messages.error(request, _("Those were many wrong codes. Wait five minutes and try again."))
    elif form.is_valid() and rules.normal_code(form.cleaned_data["code"]) == rules.normal_code(
        stand.window.access_code
    ):
        participant, _window = act_as(request, stand, assurance="code")
        return _onward(stand, participant=participant)
    else:
        cache.set(tries_key, tries + 1, TRIES_WITHIN_S)
        messages.error(request, _("That is not the code. Look at the screen in the hall or in your invitation."))
    return stand.remember(see_other(_address(pk)))


def _page(stand: Standing) -> dict[str, Any]:
    """What the conversation page shows in every state."""
    answered, total = queries.progress(stand.conversation, stand.participant, stand.round)
    participant = stand.participant
    return {
        "conversation": stand.conversation,
        "place_name": stand.conversation.process.municipality.name,
        "theme_colour": stand.conversation.process.municipality.colour.lstrip("#"),
        "stand": stand,
        "answered": answered,
        "total": total,
        "is_first": not answered,
        "press_key": uuid.uuid4(),
        "asks_sector": participant is None or participant.sector_asked_at is None,
        "is_sector_asked": bool(answered and participant and participant.sector_asked_at is None),
        "sectors": SECTORS.items(),
        "visible_round": queries.visible_round(stand.conversation, participant=participant, windows=stand.windows),
        "code_form": CodeForm(),
        "choices": [
            (1, labels.CHOICES[1], "agree"),
            (-1, labels.CHOICES[-1], "disagree"),
            (0, labels.CHOICES[0], "pass"),
        ],
    }


def _asked(request: HttpRequest, stand: Standing, *, skipped: list[int]) -> Statement | None:
    """The statement to ask: the one that the address names, else the next in this person's order."""
    if stand.window is None or stand.lacks:
        return None
    named = request.GET.get("statement", "")
    if named.isdecimal():
        found = queries.statements_of(stand.conversation).filter(pk=int(named)).first()
        if found is not None:
            return found
    return compute.next_statement(
        stand.conversation, stand.participant, stand.round, skipped=skipped, seed=stand.key.hex
    )


def _last(request: HttpRequest, stand: Standing) -> Any:
    """The answer just received, read back from the database, so that “received” is true."""
    named = request.GET.get("last", "")
    if stand.participant is None or not named.isdecimal():
        return None
    return queries.own_votes(stand.participant, stand.conversation, stand.round).filter(statement=int(named)).first()


def _given(stand: Standing, statement: Statement | None) -> Any:
    """What this person answered before to the statement asked, where they are changing it."""
    if stand.participant is None or statement is None:
        return None
    return queries.own_votes(stand.participant, stand.conversation, stand.round).filter(statement=statement).first()


def _received(stand: Standing, participant: Any) -> HttpResponse:
    answered, total = queries.progress(stand.conversation, participant, stand.round)
    document = {
        "received": True,
        "answered": answered,
        "total": total,
        "ask_sector": participant.sector_asked_at is None,
    }
    return _with_ticket(stand, JsonResponse(document), participant)


def _onward(stand: Standing, *, participant: Any, **where: Any) -> HttpResponse:
    return _with_ticket(stand, see_other(_address(stand.conversation.pk, **where)), participant)


def _with_ticket(stand: Standing, response: HttpResponse, participant: Any) -> HttpResponse:
    """A signed-in person may hold another ticket than this browser had: then the browser gets that one."""
    if participant.key != stand.key:
        give_ticket(response, stand.conversation.process_id, participant.key)
        return response
    return stand.remember(response)


def _refused(request: HttpRequest, stand: Standing, error: RuleError) -> HttpResponse:
    """A rule said no: the script gets the error, a person sees it on the page."""
    if wants_json(request):
        raise error
    messages.error(request, str(error))
    return stand.remember(see_other(_address(stand.conversation.pk)))


def _address(pk: int, *, skipped: list[int] | None = None, **where: int) -> str:
    query = urlencode(where | ({"skipped": ",".join(map(str, skipped))} if skipped else {}))
    return reverse("statements:conversation", args=[pk]) + (f"?{query}" if query else "")
