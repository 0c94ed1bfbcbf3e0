"""What a partner has promised: for those who speak for it, and for those who run what it joined."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskap.apps.actors import queries as actors
from samskap.apps.initiatives import actions, permissions, queries
from samskap.apps.initiatives.forms.opportunities import CommitmentForm, ReasonForm
from samskap.apps.initiatives.labels.opportunities import COMMITMENT_COLOURS, amount_words
from samskap.kernel.errors import NotFound, RuleError
from samskap.web.acting import SignedInRequest

__all__ = [
    "change_commitment",
    "decide_commitment",
    "leave_partner",
    "partner",
    "partners",
    "withdraw_commitment",
]


@login_required
@never_cache
@require_safe
def partners(request: SignedInRequest, kind: str, pk: int) -> HttpResponse:
    """Everybody who has joined, with what they promise; residents by name, for those who run it."""
    subject = queries.joined_subject(kind, pk, viewer=request.user)
    if not permissions.can_run_partners(request.user, subject):
        raise NotFound(_("There is nothing here with this address."))
    found = queries.partners_to_run(subject)
    context = {
        **actors.frame(subject.municipality),
        "subject": subject,
        "kind": kind,
        "back": queries.subject_path(subject),
        "bodies": [(one, _promises(one)) for one in found if one.organisation],
        "residents": [one for one in found if not one.organisation],
        "may_run": True,
    }
    return render(request, "initiatives/partners/work/partners.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def partner(request: SignedInRequest, pk: int) -> HttpResponse:
    """One partner: what it has promised, and the form for a new promise."""
    found = queries.partner_at_work(pk, viewer=request.user)
    may_promise = permissions.can_speak_as_partner(request.user, found) and found.left_at is None
    form = CommitmentForm(request.POST if request.method == "POST" and may_promise else None)
    if form.is_valid():
        try:
            actions.promise_commitment(found, by=request.user, language=_language(request), **form.cleaned_data)
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Thank you. The promise counts when those who run it have confirmed it."))
            return redirect("initiatives:partner", pk)
    context = _page(request, found) | {"form": form, "may_promise": may_promise, "promises": _promises(found)}
    return render(request, "initiatives/partners/work/partner.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def change_commitment(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a promise; a confirmed one with a reason."""
    found = _own_commitment(request, pk)
    form = CommitmentForm(request.POST if request.method == "POST" else None, commitment=found)
    if form.is_valid():
        try:
            actions.change_commitment(found, by=request.user, **form.cleaned_data)
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The promise is changed."))
            return redirect("initiatives:partner", found.partner_id)
    context = _page(request, found.partner) | {"form": form, "commitment": found}
    return render(request, "initiatives/partners/work/change.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def withdraw_commitment(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a promise back; a confirmed one with a reason."""
    found = _own_commitment(request, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    needs_reason = found.state != "promised"
    if request.method == "POST" and (form.is_valid() or not needs_reason):
        try:
            actions.withdraw_commitment(found, by=request.user, reason=request.POST.get("reason", ""))
        except RuleError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The promise is taken back."))
        return redirect("initiatives:partner", found.partner_id)
    context = _page(request, found.partner) | {"form": form, "commitment": found, "needs_reason": needs_reason}
    context["amount"] = amount_words(found.kind, found.amount)
    return render(request, "initiatives/partners/work/withdraw.html", context)


@login_required
@require_POST
def decide_commitment(request: SignedInRequest, pk: int) -> HttpResponse:
    """Confirm a promise, or say whether it came."""
    found = queries.commitment_of_partner(pk, viewer=request.user)
    subject = found.partner.subject
    if not permissions.can_run_partners(request.user, subject):
        raise NotFound(_("There is no such promise here."))
    to, reason = request.POST.get("to", ""), request.POST.get("reason", "")
    try:
        actions.decide_commitment(found, to=to, by=request.user, reason=reason)
        messages.success(request, _("Done."))
    except RuleError as error:
        messages.error(request, str(error))
    if request.POST.get("back") == "partner":
        return redirect("initiatives:partner", found.partner_id)
    return redirect(f"initiatives:{subject._meta.model_name}_partners", subject.pk)


@login_required
@require_http_methods(["GET", "POST"])
def leave_partner(request: SignedInRequest, pk: int) -> HttpResponse:
    """Leave on behalf of an organisation; where others count on a promise, with a reason."""
    found = queries.partner_at_work(pk, viewer=request.user)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    needs_reason = any(one.state == "confirmed" for one in found.commitments.all())
    if request.method == "POST" and (form.is_valid() or not needs_reason):
        actions.leave_as_organisation(found, by=request.user, reason=request.POST.get("reason", ""))
        messages.success(request, _("%(partner)s has left.") % {"partner": found.organisation})
        return redirect(queries.subject_path(found.subject))
    context = _page(request, found) | {"form": form, "needs_reason": needs_reason}
    return render(request, "initiatives/partners/work/leave.html", context)


def _own_commitment(request: SignedInRequest, pk: int) -> Any:
    found = queries.commitment_of_partner(pk, viewer=request.user)
    if not permissions.can_speak_as_partner(request.user, found.partner):
        raise NotFound(_("There is no such promise here."))
    return found


def _page(request: SignedInRequest, found: Any) -> dict[str, Any]:
    subject = found.subject
    return {
        **actors.frame(subject.municipality),
        "partner": found,
        "subject": subject,
        "back": queries.subject_path(subject),
        "may_run": permissions.can_run_partners(request.user, subject),
        "may_speak": permissions.can_speak_as_partner(request.user, found),
    }


def _promises(found: Any) -> list[tuple[Any, str, str]]:
    """Each promise with its amount in words and the colour of its state."""
    return [(one, amount_words(one.kind, one.amount), COMMITMENT_COLOURS[one.state]) for one in found.commitments.all()]


def _language(request: SignedInRequest) -> str:
    return str(getattr(request.user, "language", "nb"))
