"""Coming in with a code: the one from a letter, or the one on the screen in the hall."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from samskap.apps.budgeting import actions, queries, rules
from samskap.apps.budgeting.forms import CodeForm
from samskap.apps.budgeting.labels.codes import CODE_PROBLEMS
from samskap.apps.budgeting.views.standing import Standing, standing
from samskap.apps.processes import actions as processes
from samskap.apps.processes import queries as process_queries
from samskap.kernel.errors import RuleError
from samskap.web.answers import see_other

if TYPE_CHECKING:
    from samskap.apps.processes.models import Participant

__all__ = ["enter", "letter", "short"]

# Wrong codes before one must wait: by one ticket, and on one ballot in all, since a ticket costs a guesser nothing.
# There is one code in some 10^11 that is well formed and in use: 300 guesses in five minutes find none in a lifetime.
TRIES, TRIES_ON_BALLOT, WITHIN_S = 10, 300, 300


@require_safe
def short(request: HttpRequest, pk: int) -> HttpResponse:
    """The short address in the letters."""
    queries.visible_ballot(pk, viewer=request.user)
    return see_other(reverse("budgeting:enter", args=[pk]))


@require_safe
def letter(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The address in the square of the letter: the code is filled in, and one press lets it in."""
    stand = standing(request, pk)
    form = CodeForm(initial={"code": rules.grouped(rules.normal_code(code[:60]))})
    response = stand.remember(render(request, "budgeting/enter.html", _page(stand, form)))
    # The code stands in this address, and is nobody else's business.
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody in with a code, and tell in a sentence what is wrong with another."""
    stand = standing(request, pk)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and stand.window is None:
        messages.error(request, stand.closed_sentence)
        return stand.remember(see_other(reverse("budgeting:ballot", args=[pk])))
    if request.method == "POST" and form.is_valid():
        try:
            participant = _let_in(request, stand, typed=form.cleaned_data["code"])
        except RuleError as error:
            form.add_error("code", str(error))
        else:
            return stand.remember(see_other(reverse("budgeting:ballot", args=[pk])), participant)
    return stand.remember(render(request, "budgeting/enter.html", _page(stand, form)))


def _let_in(request: HttpRequest, stand: Standing, *, typed: str) -> Participant:
    """The participant that the code lets in; RuleError in a sentence where it lets nobody in."""
    keys = _counters(stand.ballot.pk, stand.key)
    if any(cache.get(key, 0) >= most for key, most in keys.items()):
        raise RuleError(str(CODE_PROBLEMS["many"]), code="code_many")
    open_ones = [window for window in stand.windows if process_queries.activity_is_open(window)]
    code = rules.normal_code(typed)
    if any(one.access == "code" and rules.normal_code(one.access_code) == code for one in open_ones):
        return processes.take_ticket(stand.ballot.process, key=stand.key, assurance="code")
    try:
        if not queries.has_letters(stand.ballot):
            raise RuleError(str(CODE_PROBLEMS["other"]), code="code_unknown")
        return actions.use_code(stand.ballot, typed=typed, key=stand.key)
    except RuleError as error:
        # A typing error gives nothing away and costs no try.
        if error.code in {"code_unknown", "code_voided"}:
            _count_wrong(keys)
        raise


def _count_wrong(keys: Iterable[str]) -> None:
    for key in keys:
        cache.add(key, 0, WITHIN_S)
        cache.incr(key)


def _counters(ballot_pk: int, ticket: uuid.UUID) -> dict[str, int]:
    """The counters of wrong codes with their limits; the one of the ballot begins anew every five minutes."""
    span = int(time.time()) // WITHIN_S
    return {f"budgeting.code.{ticket.hex}": TRIES, f"budgeting.codes.{ballot_pk}.{span}": TRIES_ON_BALLOT}


def _page(stand: Standing, form: CodeForm) -> dict[str, object]:
    municipality = stand.ballot.process.municipality
    return {
        "ballot": stand.ballot,
        "place_name": municipality.name,
        "theme_colour": municipality.colour.lstrip("#"),
        "stand": stand,
        "code_form": form,
        "has_other": queries.holds_code(stand.participant, stand.ballot),
    }
