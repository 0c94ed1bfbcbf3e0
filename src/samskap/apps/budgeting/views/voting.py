"""The page on which people vote, and their receipt."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskap.apps.actors.labels import SECTORS
from samskap.apps.budgeting import actions, queries, rules
from samskap.apps.budgeting.forms import CodeForm, VoterForm, WhereForm
from samskap.apps.budgeting.labels.choosing import ACCESS_NEEDS, limits_sentence
from samskap.apps.budgeting.views.standing import Standing, act_as, standing
from samskap.kernel.errors import RuleError
from samskap.web.answers import see_other

__all__ = ["ballot", "ballot_page", "cast", "receipt", "turnout", "where", "withdraw"]


@require_safe
def ballot(request: HttpRequest, pk: int) -> HttpResponse:
    """The ballot to fill in, or why one cannot vote."""
    stand = standing(request, pk)
    own = queries.chosen_on(stand.own) if stand.own else ()
    form = VoterForm(stand.ballot, _projects(stand), own=own)
    return stand.remember(render(request, "budgeting/ballot.html", _page(stand, form)))


@require_POST
def cast(request: HttpRequest, pk: int) -> HttpResponse:
    """Receive a ballot. Where something is wrong with it the page comes back with all that was chosen."""
    stand = standing(request, pk)
    form = VoterForm(stand.ballot, _projects(stand), data=request.POST)
    problems = list(form.problems)
    if not problems:
        try:
            participant, window = act_as(request, stand)
            actions.cast_ballot(
                participant,
                stand.ballot,
                activity=window,
                chosen=form.chosen,
                is_blank=form.is_blank,
                form_key=form.form_key,
            )
        except RuleError as error:
            problems = [str(error)]
        else:
            return _received(request, stand, participant, closed_up=form.was_closed_up)
    context = _page(stand, form) | {"problems": problems}
    return stand.remember(render(request, "budgeting/ballot.html", context))


def _received(request: HttpRequest, stand: Standing, participant: Any, *, closed_up: bool) -> HttpResponse:
    messages.success(request, _("Your ballot is received."))
    if closed_up:
        messages.info(request, _("There were gaps between your places. They now run from 1, in the same order."))
    return stand.remember(see_other(reverse("budgeting:receipt", args=[stand.ballot.pk]) + "?asks=1"), participant)


@require_safe
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """What was received, read back from the database, and the code to find it by after the count."""
    stand = standing(request, pk)
    if stand.own is None:
        return stand.remember(see_other(reverse("budgeting:ballot", args=[pk])))
    districts = queries.districts_of(stand.ballot)
    asks_sector = stand.ballot.asks_sector and stand.participant and stand.participant.sector_asked_at is None
    asks_district = bool(districts and not stand.own.district and request.GET.get("asks"))
    context = _frame(stand) | {
        "own": stand.own,
        "choices": queries.own_choices(stand.own),
        "receipt": rules.grouped(stand.own.receipt),
        "asks_sector": asks_sector,
        "asks_district": asks_district,
        "sectors": SECTORS.items(),
        "districts": districts,
    }
    return stand.remember(render(request, "budgeting/receipt.html", context))


@require_POST
def where(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep where the voter comes from, or that they would rather not say."""
    stand = standing(request, pk)
    form = WhereForm(request.POST)
    if stand.participant is not None and form.is_valid():
        said = {"sector": "", "district": ""} if request.POST.get("skip") else form.cleaned_data
        actions.said_where(stand.participant, stand.ballot, **said)
        messages.success(request, _("Thank you."))
    return stand.remember(see_other(reverse("budgeting:receipt", args=[pk])))


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, and then take the ballot back."""
    stand = standing(request, pk)
    address = reverse("budgeting:ballot", args=[pk])
    if stand.own is None:
        return stand.remember(see_other(address))
    if request.method != "POST":
        return stand.remember(render(request, "budgeting/withdraw.html", _frame(stand)))
    try:
        participant, window = act_as(request, stand)
        actions.withdraw_ballot(participant, stand.ballot, activity=window)
        messages.success(request, _("Your ballot is taken back. You can vote again until the vote closes."))
    except RuleError as error:
        messages.error(request, str(error))
    return stand.remember(see_other(address))


@require_safe
def turnout(request: HttpRequest, pk: int) -> HttpResponse:
    """How many have voted: never how."""
    ballot = queries.visible_ballot(pk, viewer=request.user)
    context = {"ballot": ballot, "turnout": queries.turnout_of(ballot), "sectors": SECTORS}
    return render(request, "budgeting/turnout.html", context)


def ballot_page(stand: Standing, form: VoterForm) -> dict[str, Any]:
    """What the voter's page shows, for the preview too."""
    return _page(stand, form)


def _projects(stand: Standing) -> list[Any]:
    return queries.shuffled(list(queries.projects_of(stand.ballot)), ballot=stand.ballot, ticket=stand.ticket)


def _page(stand: Standing, form: VoterForm) -> dict[str, Any]:
    limits = queries.limits_of(stand.ballot)
    return _frame(stand) | {
        "form": form,
        "themes": queries.themes_of(form.projects),
        "how": limits_sentence(limits),
        "needs": ACCESS_NEEDS.get(stand.lacks, ""),
        "code_form": CodeForm(),
        "voters": queries.ballot_count(stand.ballot),
    }


def _frame(stand: Standing) -> dict[str, Any]:
    municipality = stand.ballot.process.municipality
    return {
        "ballot": stand.ballot,
        "place_name": municipality.name,
        "theme_colour": municipality.colour.lstrip("#"),
        "stand": stand,
    }
