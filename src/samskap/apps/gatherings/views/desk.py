"""The desk at the door: the list of those who signed up, and paper forms typed in by a helper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskap.apps.actors.labels import SECTORS
from samskap.apps.gatherings import actions, queries
from samskap.apps.gatherings.forms import PaperForm, SectorForm
from samskap.apps.gatherings.views.frame import framed
from samskap.apps.statements import queries as statements
from samskap.kernel.errors import NotFound, RuleError
from samskap.web.acting import SignedInRequest
from samskap.web.site import site_of

if TYPE_CHECKING:
    from samskap.apps.gatherings.models import Gathering, Registration

__all__ = ["cancel", "desk", "give_out_form", "mark_come", "paper_form"]

_A_PAGE = 100


@never_cache
@login_required
@require_safe
def desk(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who signed up and who has come, found by a part of the name; paper forms by number."""
    gathering = queries.runnable_gathering(pk, viewer=request.user)
    sought = request.GET.get("sought", "").strip()[:60]
    people = Paginator(queries.registrations(gathering, sought=sought), _A_PAGE).get_page(request.GET.get("page"))
    context = {
        "gathering": gathering,
        "people": people,
        "sought": sought,
        "forms": queries.forms_given_out(gathering),
        "sectors": SECTORS.items(),
        "turnout": queries.turnout(gathering),
    }
    return framed(request, "gatherings/desk.html", context)


def _pressed(request: SignedInRequest, gathering: Gathering) -> Registration:
    """The registration whose button was pressed."""
    return queries.registration_by_token(gathering, request.POST.get("registration", ""))


@login_required
@require_POST
def mark_come(request: SignedInRequest, pk: int) -> HttpResponse:
    """Tick that somebody has come, or take the tick away."""
    gathering = queries.runnable_gathering(pk, viewer=request.user)
    actions.mark_come(_pressed(request, gathering), come=request.POST.get("come") == "yes", by=request.user)
    return redirect("gatherings:desk", pk)


@login_required
@require_POST
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """Cancel for somebody who called; the first in the waiting line gets the place."""
    gathering = queries.runnable_gathering(pk, viewer=request.user)
    actions.cancel_sign_up(_pressed(request, gathering), site=site_of(request))
    messages.success(request, _("The registration is cancelled, and the name is erased."))
    return redirect("gatherings:desk", pk)


@login_required
@require_POST
def give_out_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Check in somebody who answers on paper, from the list or as a walk-in, and say the number of the form."""
    gathering = queries.runnable_gathering(pk, viewer=request.user)
    try:
        if request.POST.get("registration"):
            form = actions.check_in(_pressed(request, gathering), by=request.user)
        else:
            said = SectorForm(request.POST)
            sector = said.cleaned_data["sector"] if said.is_valid() else ""
            form = actions.give_out_form(gathering, by=request.user, sector=sector)
    except RuleError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Write number %(number)s on the paper form.") % {"number": form.form_number})
    return redirect("gatherings:desk", pk)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def paper_form(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Type in one paper form. Answers that were typed before are never shown."""
    gathering = queries.runnable_gathering(pk, viewer=request.user)
    given = queries.form_by_number(gathering, number)
    activity = queries.activity_in_view(gathering)
    conversation = statements.conversation_of(activity) if activity else None
    if activity is None or conversation is None:
        raise NotFound(_("There is no conversation in the programme to type answers for."))
    sent = request.POST if request.method == "POST" else None
    form = PaperForm(sent, statements=list(statements.statements_of(conversation)))
    if request.method == "POST" and form.is_valid():
        try:
            actions.enter_paper_form(given, activity=activity, answers=form.answers, by=request.user)
        except RuleError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Form %(number)s is typed in.") % {"number": number})
            return redirect("gatherings:desk", pk)
    context = {"gathering": gathering, "given": given, "form": form, "conversation": conversation}
    return framed(request, "gatherings/paper_form.html", context)
