"""Public pages before one has joined: the typed code, the programme, signing up, personal invitations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from samskap.apps.actors.labels import SECTORS
from samskap.apps.gatherings import actions, queries
from samskap.apps.gatherings.forms import SignUpForm
from samskap.apps.gatherings.views.frame import framed
from samskap.formats.calendar import calendar_file
from samskap.formats.qr import qr_svg
from samskap.kernel import clock
from samskap.kernel.errors import NotFound, RuleError
from samskap.web.site import site_of
from samskap.web.tickets import give_ticket

if TYPE_CHECKING:
    from samskap.apps.gatherings.models import Gathering, Invitation

__all__ = [
    "calendar",
    "cancel_sign_up",
    "find_gathering",
    "invitation",
    "programme",
    "qr",
    "registration",
    "sign_up",
    "sign_up_received",
]

_HOUR_S = 60 * 60


# Only finds an address, so a form without token and cookie will do: the front page and a poster may carry it.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def find_gathering(request: HttpRequest) -> HttpResponse:
    """Go to the gathering whose code was typed; else say what to do, and keep what was typed."""
    typed = (request.POST.get("code") or request.GET.get("code") or "").strip()[:40]
    trouble = None
    if typed:
        try:
            return redirect("gatherings:gathering", queries.gathering_by_typed_code(typed, viewer=request.user).code)
        except NotFound as unknown:
            trouble = unknown
    answer = render(request, "gatherings/find_gathering.html", {"typed": typed, "trouble": trouble})
    answer.status_code = 404 if trouble else 200
    return answer


@require_safe
def programme(request: HttpRequest, code: str) -> HttpResponse:
    """The whole programme, for paper and for planning one's day."""
    gathering = queries.visible_gathering(code, viewer=request.user)
    return framed(request, "gatherings/programme.html", _day(gathering))


def _day(gathering: Gathering) -> dict[str, object]:
    return {"gathering": gathering, "slots": queries.programme(gathering), "questions": gathering.questions.all()}


@require_safe
def calendar(request: HttpRequest, code: str) -> HttpResponse:
    """The gathering as a calendar file with its programme; a later version takes the place of an earlier one."""
    gathering = queries.visible_gathering(code, viewer=request.user)
    page = site_of(request) + reverse("gatherings:gathering", args=[gathering.code])
    lines = [f"{time_format(timezone.localtime(s.starts_at))} {s.said.title}" for s in queries.programme(gathering)]
    body = calendar_file(
        uid=f"gathering-{gathering.pk}-{gathering.code.lower()}@samskap",
        sequence=gathering.version,
        title=gathering.said.title,
        starts_at=gathering.starts_at,
        ends_at=gathering.ends_at,
        made_at=clock.now(),
        place=gathering.said.place,
        text="\n".join([gathering.said.intro, *lines]).strip(),
        url=page,
    )
    name = f"samskap-{gathering.code.lower()}.ics"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)


@require_safe
@cache_control(max_age=_HOUR_S)
def qr(request: HttpRequest, code: str) -> HttpResponse:
    """The QR code that leads to the phone page."""
    gathering = queries.visible_gathering(code, viewer=request.user)
    address = site_of(request) + reverse("gatherings:gathering", args=[gathering.code])
    return HttpResponse(qr_svg(address), content_type="image/svg+xml")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest, code: str) -> HttpResponse:
    """Sign up for a place."""
    gathering = queries.visible_gathering(code, viewer=request.user)
    return _sign_up(request, gathering, None)


def _sign_up(request: HttpRequest, gathering: Gathering, invited: Invitation | None) -> HttpResponse:
    form = SignUpForm.fresh(sector=invited.sector, email=invited.email) if invited else SignUpForm.fresh()
    if request.method == "POST":
        form = SignUpForm(request.POST)
        if form.is_valid():
            try:
                made = actions.sign_up(gathering, invitation=invited, site=site_of(request), **form.cleaned_data)
            except RuleError as refused:
                form.add_error(None, str(refused))
            else:
                # With an address the answer goes there alone: this page must not tell who has signed up before.
                if form.cleaned_data["email"]:
                    return redirect("gatherings:sign_up_received", gathering.code)
                return redirect("gatherings:registration", gathering.code, made.token)
    context = {"gathering": gathering, "form": form, "invitation": invited, "sectors": SECTORS.items()}
    return framed(request, "gatherings/sign_up.html", context)


@require_safe
def sign_up_received(request: HttpRequest, code: str) -> HttpResponse:
    """Say that the answer is in the e-mail."""
    gathering = queries.visible_gathering(code, viewer=request.user)
    return framed(request, "gatherings/sign_up_received.html", {"gathering": gathering})


@never_cache
@require_safe
def registration(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """Somebody's own registration: whether there is a place, and how to cancel."""
    gathering = queries.visible_gathering(code, viewer=request.user)
    found = queries.registration_by_token(gathering, token)
    return framed(request, "gatherings/registration.html", {"gathering": gathering, "registration": found})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_sign_up(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """Ask once, then give the place back."""
    gathering = queries.visible_gathering(code, viewer=request.user)
    found = queries.registration_by_token(gathering, token)
    if request.method == "POST":
        actions.cancel_sign_up(found, site=site_of(request))
        messages.success(request, _("You have given your place back. Your name and address are erased."))
        return redirect("gatherings:registration", gathering.code, token)
    return framed(request, "gatherings/cancel_sign_up.html", {"gathering": gathering, "registration": found})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """A personal invitation: sign up before the day, join on the day. It is one voice on every device."""
    gathering = queries.visible_gathering(code, viewer=request.user)
    invited = queries.invitation_by_token(gathering, token)
    if gathering.state == "planned":
        return _sign_up(request, gathering, invited)
    if request.method == "POST":
        return _join_invited(request, gathering, invited)
    context = {"gathering": gathering, "invitation": invited, "sectors": SECTORS.items()}
    return framed(request, "gatherings/invitation.html", context)


def _join_invited(request: HttpRequest, gathering: Gathering, invited: Invitation) -> HttpResponse:
    key = actions.invitation_key(invited)
    sector = request.POST.get("sector", invited.sector)
    actions.come_in(gathering, key=key, assurance="invited", sector=sector, organisation=invited.organisation)
    answer = redirect("gatherings:gathering", gathering.code)
    give_ticket(answer, gathering.process_id, key)
    return answer
