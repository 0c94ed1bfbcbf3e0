"""The desk of those who look after the figures of a municipality: files, editions, own indicators."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from samskap.apps.actors.queries import frame, staff_municipality
from samskap.apps.figures import actions, forms, labels, queries
from samskap.kernel.errors import NotFound, SamskapError
from samskap.web.acting import SignedInRequest

__all__ = [
    "change_indicator",
    "delete_edition",
    "delete_indicator",
    "desk",
    "import_file",
    "new_indicator",
    "preview_file",
]

PAGE_SIZE = 40


def _own(request: SignedInRequest) -> Any:
    return staff_municipality(request.user, request.session.get("municipality", ""))


@login_required
@require_safe
def desk(request: SignedInRequest) -> HttpResponse:
    """What the pages of the municipality are made of, and its own indicators."""
    own = _own(request)
    context = {
        **frame(own),
        "page": Paginator(queries.editions_for(own, viewer=request.user), PAGE_SIZE).get_page(request.GET.get("page")),
        "indicators": queries.indicators_of(own),
    }
    return render(request, "figures/desk.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def import_file(request: SignedInRequest) -> HttpResponse:
    """Choose a file; it is shown before anything of it is stored."""
    own = _own(request)
    indicators = queries.choosable(own)
    form = forms.ImportForm(request.POST or None, request.FILES or None, indicators=indicators)
    if form.is_valid():
        content = form.cleaned_data["file"].read()
        fingerprint = actions.hold_file(content, municipality=own, by=request.user)
        address = reverse("figures:preview_file", args=[fingerprint])
        return redirect(f"{address}?{urlencode(form.said())}")
    return render(request, "figures/import_file.html", {**frame(own), "form": form})


@login_required
@require_http_methods(["GET", "POST"])
def preview_file(request: SignedInRequest, fingerprint: str) -> HttpResponse:
    """What is in the file and what is wrong; a press stores it."""
    own = _own(request)
    context = {**frame(own), "name": request.GET.get("name", ""), "query": request.GET.urlencode()}
    try:
        if request.method == "POST":
            return _store(request, own, fingerprint)
        context["preview"] = queries.preview_of(own, fingerprint, said=request.GET.dict())
    except NotFound:
        raise
    except SamskapError as error:
        context["refused"] = labels.refusal(error)
    return render(request, "figures/preview_file.html", context)


def _store(request: SignedInRequest, own: Any, fingerprint: str) -> HttpResponse:
    preview = queries.preview_of(own, fingerprint, said=request.GET.dict())
    if not preview.may_be_stored:
        return redirect(request.get_full_path())
    stored = actions.store_edition(preview.fetched, by=request.user, municipality=own)
    actions.drop_file(fingerprint, municipality=own, by=request.user)
    number = stored.figures + stored.profiles
    said = ngettext("%(number)s figure is stored.", "%(number)s figures are stored.", number) % {"number": number}
    messages.success(request, said if stored.is_new else _("The same figures were here already. Their date is new."))
    return redirect("figures:desk")


@login_required
@require_http_methods(["GET", "POST"])
def delete_edition(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask once, then delete."""
    edition = queries.deletable_edition(pk, viewer=request.user)
    if request.method == "POST":
        actions.delete_edition(edition, by=request.user)
        messages.success(request, _("The figures are deleted. Import the file again to have them back."))
        return redirect("figures:desk")
    own = _own(request)
    return render(request, "figures/delete_edition.html", {**frame(own), "edition": edition})


@login_required
@require_http_methods(["GET", "POST"])
def new_indicator(request: SignedInRequest) -> HttpResponse:
    own = _own(request)
    form = forms.IndicatorForm(request.POST or None, initial={"language": own.language})
    if form.is_valid():
        made = actions.create_indicator(own, by=request.user, **form.cleaned())
        messages.success(request, _("The indicator is made. Its key in files is %(key)s.") % {"key": made.key})
        return redirect("figures:desk")
    return render(request, "figures/edit_indicator.html", {**frame(own), "form": form})


@login_required
@require_http_methods(["GET", "POST"])
def change_indicator(request: SignedInRequest, pk: int) -> HttpResponse:
    found = queries.changeable_indicator(pk, viewer=request.user)
    form = forms.IndicatorForm(request.POST) if request.method == "POST" else forms.IndicatorForm.of(found)
    if form.is_valid():
        try:
            actions.update_indicator(found, by=request.user, **form.cleaned())
        except SamskapError as error:
            form.add_error("unit", str(error))
        else:
            messages.success(request, _("The change is saved."))
            return redirect("figures:desk")
    context = {**frame(_own(request)), "form": form, "indicator": found}
    return render(request, "figures/edit_indicator.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def delete_indicator(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask once, then delete it with its figures."""
    found = queries.changeable_indicator(pk, viewer=request.user)
    if request.method == "POST":
        actions.delete_indicator(found, by=request.user)
        messages.success(request, _("The indicator and its figures are deleted."))
        return redirect("figures:desk")
    return render(request, "figures/delete_indicator.html", {**frame(_own(request)), "indicator": found})
