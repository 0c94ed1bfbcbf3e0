"""The front page, the page of a municipality, the desk of those who work here, and what they administer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskap.apps.actors import actions, forms, permissions, queries
from samskap.kernel.errors import NotFound, RuleError
from samskap.web.acting import SignedInRequest
from samskap.web.parts import next_steps, parts_of

__all__ = [
    "account",
    "choose_municipality",
    "dashboard",
    "delete_municipality",
    "delete_organisation",
    "demo_sign_in",
    "home",
    "invite_person",
    "municipality",
    "municipality_settings",
    "new_organisation",
    "operator",
    "organisation",
    "organisations",
    "people",
    "withdraw_mandate",
]

PAGE_SIZE = 200
_CHOSEN = "municipality"  # in the session: the number of the municipality one works for now


def _saved(form: django_forms.Form, act: Callable[[], object]) -> bool:
    """Do it; a rule that forbids it is told in the form, with what was typed still there."""
    try:
        act()
    except RuleError as error:
        form.add_error(None, str(error))
        return False
    return True


def _own_municipality(request: SignedInRequest) -> Any:
    return queries.staff_municipality(request.user, request.session.get(_CHOSEN, ""))


def _form_page(request: HttpRequest, form: django_forms.Form, municipality: Any = None, **context: Any) -> HttpResponse:
    frame = queries.frame(municipality) if municipality else {}
    return render(request, "actors/form.html", {"form": form, **frame, **context})


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The default municipality, or the list of those that are here."""
    found = queries.default_municipality()
    if found is not None:
        return _municipality_page(request, found)
    context = {"municipalities": queries.all_municipalities(), "wanted": settings.SAMSKAP_MUNICIPALITY}
    return render(request, "actors/home.html", context)


@require_safe
def municipality(request: HttpRequest, number: str) -> HttpResponse:
    """What goes on in one municipality, for everybody."""
    return _municipality_page(request, queries.municipality_by_number(number))


def _municipality_page(request: HttpRequest, found: Any) -> HttpResponse:
    context = {**queries.frame(found), "parts": parts_of("municipality", found, request.user)}
    return render(request, "actors/municipality.html", context)


@login_required
@require_safe
def dashboard(request: SignedInRequest) -> HttpResponse:
    """The next thing to do for those in charge; for others, what they take part in."""
    try:
        own = _own_municipality(request)
    except NotFound:
        context = {"mandates": queries.mandates_of(request.user), "parts": parts_of("desk", request.user)}
        return render(request, "actors/desk.html", context)
    theirs = queries.staff_municipalities(request.user)
    context = {
        **queries.frame(own),
        "steps": next_steps(own, request.user),
        "parts": parts_of("dashboard", own, request.user),
        "mandates": queries.mandates_of(request.user, own),
        "others": [one for one in theirs if one.pk != own.pk and permissions.can_facilitate(request.user, one)],
    }
    return render(request, "actors/dashboard.html", context)


@login_required
@require_POST
def choose_municipality(request: SignedInRequest) -> HttpResponse:
    """Work for another of one's municipalities."""
    request.session[_CHOSEN] = request.POST.get("number", "")[:4]
    return redirect("actors:dashboard")


@login_required
@require_safe
def organisations(request: SignedInRequest) -> HttpResponse:
    """Those who take part, by name; the register may bring thousands, so there are pages and a search."""
    own = _own_municipality(request)
    wanted = request.GET.get("q", "").strip()
    page = Paginator(queries.organisations_of(own, wanted=wanted), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {**queries.frame(own), "page": page, "wanted": wanted}
    return render(request, "actors/organisations.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_organisation(request: SignedInRequest) -> HttpResponse:
    own = _own_municipality(request)
    form = forms.OrganisationForm(request.POST or None)
    if form.is_valid() and _saved(form, lambda: actions.create_organisation(own, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The organisation is added."))
        return redirect("actors:organisations")
    return _form_page(
        request, form, own, title=_("New organisation"), submit=_("Add"), cancel_view="actors:organisations"
    )


@login_required
@require_http_methods(["GET", "POST"])
def organisation(request: SignedInRequest, pk: int) -> HttpResponse:
    found = queries.manageable_organisation(pk, viewer=request.user)
    form = forms.OrganisationForm(request.POST) if request.method == "POST" else forms.OrganisationForm.of(found)
    if form.is_valid() and _saved(
        form, lambda: actions.update_organisation(found, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("The change is saved."))
        return redirect("actors:organisations")
    return _form_page(
        request, form, found.municipality,
        title=found.name, submit=_("Save"), cancel_view="actors:organisations",
        delete_view="actors:delete_organisation", delete_pk=found.pk,
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def delete_organisation(request: SignedInRequest, pk: int) -> HttpResponse:
    found = queries.manageable_organisation(pk, viewer=request.user)
    if request.method == "POST":
        try:
            actions.delete_organisation(found, by=request.user)
        except RuleError as error:
            messages.error(request, str(error))
            return redirect("actors:organisation", pk)
        messages.success(request, _("The organisation is deleted."))
        return redirect("actors:organisations")
    context = {**queries.frame(found.municipality), "organisation": found}
    return render(request, "actors/delete_organisation.html", context)


@login_required
@require_safe
def people(request: SignedInRequest) -> HttpResponse:
    own = _own_municipality(request)
    context = {**queries.frame(own), "people": queries.people_of(own, viewer=request.user)}
    return render(request, "actors/people.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def invite_person(request: SignedInRequest) -> HttpResponse:
    """Give a mandate to a new or a known person; a letter tells them how they sign in."""
    own = _own_municipality(request)
    roles, bodies = queries.roles_to_give(request.user, own), queries.organisations_of(own)
    form = forms.InviteForm(request.POST or None, roles=roles, organisations=bodies)
    root = request.build_absolute_uri("/")
    if form.is_valid() and _saved(
        form, lambda: actions.invite_person(municipality=own, by=request.user, address=root, **form.cleaned_data)
    ):
        messages.success(request, _("The invitation is on its way."))
        return redirect("actors:people")
    return _form_page(
        request, form, own, title=_("Invite a person"), submit=_("Send invitation"), cancel_view="actors:people"
    )


@login_required
@require_http_methods(["GET", "POST"])
def withdraw_mandate(request: SignedInRequest, pk: int) -> HttpResponse:
    mandate = queries.manageable_mandate(pk, viewer=request.user)
    context = {**queries.frame(mandate.municipality), "mandate": mandate}
    if request.method == "POST":
        try:
            actions.withdraw_mandate(mandate, by=request.user)
        except RuleError as error:
            return render(request, "actors/withdraw_mandate.html", {**context, "error": error}, status=409)
        messages.success(request, _("The role is withdrawn."))
        return redirect("actors:people" if mandate.person_id != request.user.pk else "actors:dashboard")
    return render(request, "actors/withdraw_mandate.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def municipality_settings(request: SignedInRequest) -> HttpResponse:
    own = _own_municipality(request)
    form = forms.MunicipalityForm(request.POST) if request.method == "POST" else forms.MunicipalityForm.of(own)
    if form.is_valid() and _saved(form, lambda: actions.update_municipality(own, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The change is saved."))
        return redirect("actors:municipality_settings")
    return _form_page(request, form, own, title=own.name, submit=_("Save"), cancel_view="actors:dashboard")


@login_required
@require_http_methods(["GET", "POST"])
def account(request: SignedInRequest) -> HttpResponse:
    """One's own name and language, and the way to passkeys and other ways in."""
    form = forms.PersonForm(request.POST) if request.method == "POST" else forms.PersonForm.of(request.user)
    if form.is_valid() and _saved(
        form, lambda: actions.update_person(request.user, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("The change is saved."))
        return redirect("actors:account")
    return render(request, "actors/account.html", {"form": form, "providers": settings.SAMSKAP_OIDC})


@login_required
@require_http_methods(["GET", "POST"])
def operator(request: SignedInRequest) -> HttpResponse:
    """The municipalities of this installation; only for its operator."""
    _require_operator(request)
    form = forms.AddMunicipalityForm(request.POST or None)
    if form.is_valid() and _saved(form, lambda: _add_municipality(request, **form.cleaned_data)):
        messages.success(request, _("The municipality is added."))
        return redirect("actors:operator")
    return render(request, "actors/operator.html", {"form": form, "municipalities": queries.all_municipalities()})


def _require_operator(request: SignedInRequest) -> None:
    if not permissions.can_operate(request.user):
        raise NotFound(_("This page is for the operator."))


def _add_municipality(request: SignedInRequest, *, number: str, email: str) -> None:
    added = actions.add_municipality(number, by=request.user)
    if email:
        root = request.build_absolute_uri("/")
        actions.invite_person(email, added, role="facilitator", by=request.user, address=root)


@login_required
@require_http_methods(["GET", "POST"])
def delete_municipality(request: SignedInRequest, number: str) -> HttpResponse:
    _require_operator(request)
    found = queries.municipality_by_number(number)
    context: dict[str, Any] = {"municipality": found, "place_name": found.name}
    if request.method == "POST":
        try:
            actions.delete_municipality(found, confirmed=request.POST.get("confirmed", ""), by=request.user)
        except RuleError as error:
            return render(request, "actors/delete_municipality.html", {**context, "error": error}, status=409)
        messages.success(request, _("%(municipality)s is deleted.") % {"municipality": found.name})
        return redirect("actors:operator")
    return render(request, "actors/delete_municipality.html", context)


@require_http_methods(["GET", "POST"])
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demonstration's persons, without e-mail. Not there outside the demonstration."""
    if not settings.SAMSKAP_DEMO:
        raise Http404
    persons = queries.demo_persons()
    if request.method == "POST":
        chosen = next((one for one in persons if str(one.pk) == request.POST.get("person")), None)
        if chosen is None:
            raise NotFound(_("There is no such person in the demonstration."))
        login(request, chosen, backend=settings.AUTHENTICATION_BACKENDS[0])
        return redirect("actors:dashboard")
    return render(request, "actors/demo_sign_in.html", {"persons": persons})
