"""“We want to join”, “I want to join”: organisations when signed in, residents by a link in an e-mail."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from samskap.apps.actors import queries as actors
from samskap.apps.initiatives import actions, queries
from samskap.apps.initiatives.forms.opportunities import JoinAsOrganisationForm, JoinAsResidentForm
from samskap.kernel.errors import RuleError
from samskap.web.site import site_of

__all__ = ["join", "resident"]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Join an opportunity or an initiative."""
    subject = queries.joined_subject(kind, pk, viewer=request.user)
    bodies = queries.organisations_to_speak_for(request.user, subject.municipality)
    is_body = request.method == "POST" and "organisation" in request.POST
    body_form = JoinAsOrganisationForm(request.POST if is_body else None, organisations=bodies) if bodies else None
    is_resident = request.method == "POST" and not is_body
    resident_form = JoinAsResidentForm(request.POST if is_resident else None)
    context = {
        **actors.frame(subject.municipality),
        "subject": subject,
        "kind": kind,
        "body_form": body_form,
        "resident_form": resident_form,
        "back": queries.subject_path(subject),
    }
    form: Any = body_form if is_body else resident_form
    if request.method != "POST" or form is None or not form.is_valid():
        return render(request, "initiatives/partners/join.html", context)
    try:
        return _joined(request, subject, form, context=context, is_body=is_body)
    except RuleError as error:
        form.add_error(None, str(error))
        return render(request, "initiatives/partners/join.html", context)


def _joined(request: HttpRequest, subject: Any, form: Any, *, context: dict[str, Any], is_body: bool) -> HttpResponse:
    site = site_of(request)
    if is_body:
        person: Any = request.user
        partner = actions.join_as_organisation(subject, by=person, site=site, **form.cleaned_data)
        messages.success(request, _("You have joined. Now say what you bring."))
        return redirect("initiatives:partner", partner.pk)
    actions.join_as_resident(subject, **form.cleaned_data, language=get_language() or "nb", site=site)
    return render(request, "initiatives/partners/sent.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def resident(request: HttpRequest, token: str) -> HttpResponse:
    """A resident's own page behind the personal link: confirm, or leave."""
    partner = queries.resident_by_token(token)
    if request.method == "POST":
        if request.POST.get("do") == "leave":
            actions.leave(partner)
            messages.success(request, _("You have left. Your name and your address are erased."))
        else:
            actions.confirm_partner(partner, language=get_language() or "nb", site=site_of(request))
            messages.success(request, _("You have joined. Welcome!"))
        return redirect("initiatives:resident", token)
    subject = partner.subject
    context = {**actors.frame(subject.municipality), "partner": partner, "subject": subject}
    return render(request, "initiatives/partners/resident.html", context | {"back": queries.subject_path(subject)})
