"""Experiences: the package of an initiative, what is still valid of it, and what came from other municipalities."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskap.apps.actors.queries import frame, organisations_of, staff_municipality
from samskap.apps.initiatives.queries import today, visible_initiative
from samskap.apps.stories import actions, permissions, queries
from samskap.apps.stories.forms import experiences as forms
from samskap.apps.stories.labels import experiences as labels
from samskap.formats import experience_package
from samskap.kernel import clock
from samskap.kernel.errors import NotFound, RuleError, SamskapError
from samskap.web.acting import SignedInRequest
from samskap.web.answers import never_kept
from samskap.web.errors import errors_as_json
from samskap.web.site import site_of

__all__ = [
    "begin_from_experience",
    "check_json",
    "delete_experience",
    "delete_told_story",
    "download_experience",
    "experience",
    "experience_of",
    "experiences",
    "import_experience",
    "preview_experience",
]


def _own(request: SignedInRequest) -> Any:
    return staff_municipality(request.user, request.session.get("municipality", ""))


@require_safe
@never_kept
def experience_of(request: HttpRequest, pk: int) -> HttpResponse:
    """What the package of an initiative holds, who may fetch it, and which stories may still be used."""
    found = visible_initiative(pk, viewer=request.user)
    context = {
        **frame(found.municipality),
        "initiative": found,
        "said": found.said,
        "stories": queries.lent_story_lines(found),
        "may_export": permissions.can_export_experience(request.user, found),
        "parts": [str(words) for words in labels.PARTS.values()],
    }
    return render(request, "stories/experience_of.html", context)


@require_safe
@never_kept
@errors_as_json
def check_json(request: HttpRequest, pk: int) -> HttpResponse:
    """The same answer for machines: which stories may be used today."""
    found = visible_initiative(pk, viewer=request.user)
    return JsonResponse(queries.check_document(found), json_dumps_params={"indent": 1})


@login_required
@require_safe
@never_kept
def download_experience(request: SignedInRequest, pk: int) -> HttpResponse:
    """The package as it is now."""
    found = queries.exportable_initiative(pk, viewer=request.user)
    package = queries.package_of(found, site=site_of(request), now=clock.now())
    return HttpResponse(
        experience_package.written(package),
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{package.key}.experience.json"'},
    )


@login_required
@require_safe
def experiences(request: SignedInRequest) -> HttpResponse:
    """What others learned, and what became of it here."""
    own = _own(request)
    return render(request, "stories/experiences.html", {**frame(own), "rows": queries.experiences_of(own)})


@login_required
@require_http_methods(["GET", "POST"])
def import_experience(request: SignedInRequest) -> HttpResponse:
    """Choose a file; it is shown before anything of it is stored."""
    own = _own(request)
    form = forms.PackageForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        name = actions.hold_package(form.cleaned_data["file"].read(), municipality=own, by=request.user)
        return redirect("stories:preview_experience", name)
    return render(request, "stories/experience_import.html", {**frame(own), "form": form})


@login_required
@require_http_methods(["GET", "POST"])
@never_kept
def preview_experience(request: SignedInRequest, name: str) -> HttpResponse:
    """What is in the file, where it comes from, and how it stands to what is here; a press stores it."""
    own = _own(request)
    context: dict[str, Any] = {**frame(own), "name": name}
    try:
        if request.method == "POST":
            return _store(request, own, name)
        context["preview"] = queries.preview_of(own, name)
    except NotFound:
        raise
    except SamskapError as error:
        actions.drop_package(name, municipality=own, by=request.user)
        context["refused"] = labels.refusal(error)
    return render(request, "stories/experience_preview.html", context)


def _store(request: SignedInRequest, own: Any, name: str) -> HttpResponse:
    if "drop" in request.POST:
        actions.drop_package(name, municipality=own, by=request.user)
        return redirect("stories:import_experience")
    stored = actions.store_experience(own, name, by=request.user)
    actions.drop_package(name, municipality=own, by=request.user)
    messages.success(request, _("The experience is stored. Read it, and begin from it when you like."))
    return redirect("stories:experience", stored.pk)


@login_required
@require_safe
@never_kept
def experience(request: SignedInRequest, pk: int) -> HttpResponse:
    """One experience, with the way to ask its origin and to begin from it."""
    found = queries.readable_experience(pk, viewer=request.user)
    context = {**frame(found.municipality), "experience": found, "told": queries.experience_told(found)}
    return render(request, "stories/experience.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def begin_from_experience(request: SignedInRequest, pk: int) -> HttpResponse:
    """A draft of one's own, with what is chosen to come along."""
    found = queries.readable_experience(pk, viewer=request.user)
    offered = [(one.pk, one.name) for one in organisations_of(found.municipality)]
    form = forms.BeginForm(
        request.POST if request.method == "POST" else None,
        organisations=offered, today=today(), initial={"title": found.title, "brings": labels.usual_brings()},
    )  # fmt: skip
    if form.is_valid():
        try:
            made = actions.begin_from_experience(
                found, by=request.user, site=site_of(request), **queries.read_beginning(found, form.cleaned_data)
            )
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The initiative is saved as a draft. Write the rest section by section."))
            return redirect("initiatives:work_initiative", made.pk)
    return render(request, "stories/experience_begin.html", {**frame(found.municipality), "form": form, "found": found})


@login_required
@require_POST
def delete_told_story(request: SignedInRequest, pk: int, key: str) -> HttpResponse:
    """Erase a story that its origin says may no longer be used."""
    found = queries.readable_experience(pk, viewer=request.user)
    actions.delete_told_story(found, key, by=request.user)
    messages.success(request, _("The story is erased here."))
    return redirect("stories:experience", pk)


@login_required
@require_http_methods(["GET", "POST"])
def delete_experience(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask once, then delete."""
    found = queries.readable_experience(pk, viewer=request.user)
    if request.method == "POST":
        actions.delete_experience(found, by=request.user)
        messages.success(request, _("The experience is deleted. Import the file again to have it back."))
        return redirect("stories:experiences")
    return render(request, "stories/experience_delete.html", {**frame(found.municipality), "experience": found})
