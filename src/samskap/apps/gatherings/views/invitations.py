"""Work pages of the invitations: letters and printed links, and the balance between the sectors."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from samskap.apps.actors.labels import SECTORS
from samskap.apps.gatherings import actions, queries
from samskap.apps.gatherings.forms import InvitationForm
from samskap.apps.gatherings.views.frame import framed
from samskap.formats.qr import qr_svg
from samskap.kernel.errors import RuleError
from samskap.web.acting import SignedInRequest
from samskap.web.site import site_of

__all__ = ["invite", "printed"]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write to people, or make links to print; see how many of each sector are asked."""
    gathering = queries.runnable_gathering(pk, viewer=request.user)
    form = InvitationForm(request.POST or None, gathering=gathering)
    if request.method == "POST" and form.is_valid():
        wanted = {**form.cleaned_data, "links": form.cleaned_data["links"] or 0}
        try:
            made = actions.invite(gathering, by=request.user, site=site_of(request), **wanted)
        except RuleError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _told(len(made), asked=len(wanted["emails"]) + wanted["links"]))
            return redirect("gatherings:invite", pk)
    context = {
        "gathering": gathering,
        "form": form,
        "turnout": queries.turnout(gathering),
        "sectors": [
            (SECTORS.get(sector, _("Did not say")), counts)
            for sector, counts in queries.turnout_by_sector(gathering).items()
        ],
    }
    return framed(request, "gatherings/invite.html", context)


def _told(made: int, *, asked: int) -> str:
    told = ngettext("%(n)s invitation is made.", "%(n)s invitations are made.", made) % {"n": made}
    if made == asked:
        return told
    known = asked - made
    return f"{told} " + ngettext(
        "%(n)s address was invited before and gets no new letter.",
        "%(n)s addresses were invited before and get no new letter.",
        known,
    ) % {"n": known}


@never_cache
@login_required
@require_safe
def printed(request: SignedInRequest, pk: int) -> HttpResponse:
    """The personal links as slips to print and cut: each with its address and QR code."""
    gathering = queries.runnable_gathering(pk, viewer=request.user)
    site = site_of(request)
    slips = []
    for invitation in queries.invitations_to_print(gathering):
        link = site + reverse("gatherings:invitation", args=[gathering.code, invitation.token])
        slips.append((invitation, link, mark_safe(qr_svg(link))))  # noqa: S308 -- our own drawing of an address
    return framed(request, "gatherings/printed_invitations.html", {"gathering": gathering, "slips": slips})
