"""The host console: each step is a form that works on a phone and without script."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskap.apps.actors.labels import SECTORS
from samskap.apps.gatherings import actions, queries, rules
from samskap.apps.gatherings.labels import HALL_VIEWS
from samskap.apps.gatherings.views.frame import framed
from samskap.kernel import clock
from samskap.kernel.errors import RuleError
from samskap.web.acting import SignedInRequest

if TYPE_CHECKING:
    from samskap.apps.gatherings.models import Gathering

__all__ = [
    "close_conversation",
    "end_gathering",
    "go_to_slot",
    "hide_results",
    "host",
    "open_conversation",
    "open_gathering",
    "reset_gathering",
    "send_notice",
    "set_hall_view",
    "show_results",
]

# What the console's script sends with a step, to get the changed part back instead of the whole page.
FRAGMENT_HEADER = "X-Samskap-Fragment"


@never_cache
@login_required
@require_safe
def host(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everything the host needs on the day, on one page."""
    return _console(request, pk)


def _console(request: SignedInRequest, pk: int, *, said: str = "", refused: RuleError | None = None) -> HttpResponse:
    gathering = queries.runnable_gathering(pk, viewer=request.user)
    template = "gatherings/host_now.html" if FRAGMENT_HEADER in request.headers else "gatherings/host.html"
    return framed(request, template, {**_console_rows(gathering), "said": said, "refused": refused})


def _console_rows(gathering: Gathering) -> dict[str, Any]:
    stage = queries.stage(gathering)
    slots = queries.programme(gathering)
    before, after = rules.neighbours([slot.pk for slot in slots], current=gathering.current_slot_id)
    rows = {slot.pk: slot for slot in slots}
    current = stage.activity.pk if stage.activity else None
    by_sector = queries.turnout_by_sector(gathering)
    return {
        "gathering": gathering,
        "stage": stage,
        "slots": slots,
        "before": rows.get(before or 0),
        "after": rows.get(after or 0),
        "left_open": [
            str(opened.words.still_open) % {"title": s.said.title}
            for s in slots
            if s.activity
            and s.activity.pk != current
            and s.activity.state == "open"
            and (opened := queries.opened_by(s.activity))
        ],
        "waiting": queries.waiting_in(stage.opened),
        "turnout": queries.turnout(gathering),
        "sectors": [(SECTORS.get(sector, _("Did not say")), counts) for sector, counts in by_sector.items()],
        "hall_views": [(view, label) for view, label in HALL_VIEWS.items() if view != "figure"],
        "hall_figures": queries.hall_figures(gathering),
        "may_be_reset": rules.may_be_reset(
            gathering.state,
            starts_at=gathering.starts_at,
            illustrative=gathering.process.is_illustrative,
            now=clock.now(),
        ),
    }


def _step(request: SignedInRequest, pk: int, act: Callable[[Gathering], object], *, said: str) -> HttpResponse:
    """Do one step, and answer with the console: the changed part for the script, else the page anew."""
    gathering = queries.runnable_gathering(pk, viewer=request.user)
    refused = None
    try:
        act(gathering)
    except RuleError as error:
        refused = error
    if FRAGMENT_HEADER in request.headers:
        return _console(request, pk, said="" if refused else said, refused=refused)
    if refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return redirect("gatherings:host", pk)


def _words(request: SignedInRequest, pk: int, name: str) -> str:
    """What is said when what the current slot opens has been opened or closed."""
    opened = queries.stage(queries.runnable_gathering(pk, viewer=request.user)).opened
    return str(getattr(opened.words, name)) if opened else ""


@login_required
@require_POST
def open_gathering(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let people join."""
    said = _("The gathering is open. People can join.")
    return _step(request, pk, lambda gathering: actions.open_gathering(gathering, by=request.user), said=said)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end_gathering(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask once, then end the day."""
    gathering = queries.runnable_gathering(pk, viewer=request.user)
    if request.method != "POST":
        return framed(request, "gatherings/end_gathering.html", {"gathering": gathering})
    said = _("The gathering has ended. Names and addresses are erased.")
    return _step(request, pk, lambda found: actions.end_gathering(found, by=request.user), said=said)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reset_gathering(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask once, then wipe a rehearsal."""
    gathering = queries.runnable_gathering(pk, viewer=request.user)
    if request.method != "POST":
        return framed(request, "gatherings/reset_gathering.html", {"gathering": gathering})
    said = _("The rehearsal is wiped. Programme and statements are as before.")
    return _step(request, pk, lambda found: actions.reset_gathering(found, by=request.user), said=said)


@login_required
@require_POST
def go_to_slot(request: SignedInRequest, pk: int) -> HttpResponse:
    """Move to the slot that was pressed."""
    slot_pk = int(request.POST["slot"]) if request.POST.get("slot", "").isdecimal() else 0
    slot = queries.slot_of(queries.runnable_gathering(pk, viewer=request.user), slot_pk)
    said = _("Now: %(title)s") % {"title": slot.said.title}
    return _step(request, pk, lambda gathering: actions.go_to_slot(gathering, slot, by=request.user), said=said)


@login_required
@require_POST
def open_conversation(request: SignedInRequest, pk: int) -> HttpResponse:
    """Open what the current slot has: a conversation or an idea round."""
    said = _words(request, pk, "opened")
    return _step(request, pk, lambda gathering: actions.open_conversation(gathering, by=request.user), said=said)


@login_required
@require_POST
def close_conversation(request: SignedInRequest, pk: int) -> HttpResponse:
    """Close what the current slot has open."""
    said = _words(request, pk, "closed")
    return _step(request, pk, lambda gathering: actions.close_conversation(gathering, by=request.user), said=said)


@login_required
@require_POST
def show_results(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the results to everybody."""
    said = _("The results are shown, in the hall and on every phone.")
    return _step(request, pk, lambda gathering: actions.show_results(gathering, by=request.user), said=said)


@login_required
@require_POST
def hide_results(request: SignedInRequest, pk: int) -> HttpResponse:
    """Hide the results from everybody."""
    said = _("The results are hidden.")
    return _step(request, pk, lambda gathering: actions.hide_results(gathering, by=request.user), said=said)


@login_required
@require_POST
def set_hall_view(request: SignedInRequest, pk: int) -> HttpResponse:
    """Choose what the hall screen shows."""
    chosen = request.POST.get("figure", "")
    figure = int(chosen) if chosen.isdecimal() else None
    view = "figure" if figure else request.POST.get("view", "")
    said = _("The hall screen is changed.")
    act = actions.set_hall_view
    return _step(request, pk, lambda gathering: act(gathering, view=view, figure=figure, by=request.user), said=said)


@login_required
@require_POST
def send_notice(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send a line to every phone and the hall, or take it away."""
    text = request.POST.get("text", "").strip()
    said = _("The notice is sent.") if text else _("The notice is taken away.")
    act = actions.send_notice
    return _step(request, pk, lambda gathering: act(gathering, text=text, by=request.user), said=said)
