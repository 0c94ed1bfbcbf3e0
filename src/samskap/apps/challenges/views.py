"""The page of a challenge, and the desk where challenges are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskap.apps.actors.queries import frame, staff_municipality
from samskap.apps.challenges import actions, forms, permissions, queries
from samskap.web.acting import SignedInRequest
from samskap.web.parts import parts_of

if TYPE_CHECKING:
    from samskap.apps.challenges.models import Challenge

__all__ = [
    "add_figure",
    "challenge",
    "challenges",
    "change_challenge",
    "delete_challenge",
    "move_challenge",
    "new_challenge",
    "publish_challenge",
    "remove_figure",
]


@require_safe
def challenge(request: HttpRequest, pk: int) -> HttpResponse:
    """What it is about, what we know, what we ask, and who works on it."""
    found = queries.visible_challenge(pk, viewer=request.user)
    context = {
        **frame(found.municipality),
        "challenge": found,
        "questions": found.questions.all(),
        "story": queries.story_in_figures(found),
        "parts": parts_of("challenge", found, request.user),
        "may_edit": permissions.can_edit_challenge(request.user, found),
    }
    return render(request, "challenges/challenge.html", context)


@login_required
@require_safe
def challenges(request: SignedInRequest) -> HttpResponse:
    own = staff_municipality(request.user, request.session.get("municipality", ""))
    context = {**frame(own), "challenges": queries.challenges_of(own)}
    return render(request, "challenges/challenges.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_challenge(request: SignedInRequest) -> HttpResponse:
    own = staff_municipality(request.user, request.session.get("municipality", ""))
    form = forms.ChallengeForm(request.POST or None, initial={"language": own.language})
    if form.is_valid():
        with transaction.atomic():
            made = actions.create_challenge(own, by=request.user, **form.cleaned_texts())
            actions.set_questions(made, questions=form.cleaned_questions(), by=request.user)
        messages.success(request, _("The challenge is saved as a draft."))
        return redirect("challenges:change_challenge", made.pk)
    return render(request, "challenges/edit_challenge.html", {**frame(own), "form": form})


@login_required
@require_http_methods(["GET", "POST"])
def change_challenge(request: SignedInRequest, pk: int) -> HttpResponse:
    found = queries.editable_challenge(pk, viewer=request.user)
    form = forms.ChallengeForm(request.POST) if request.method == "POST" else forms.ChallengeForm.of(found)
    if form.is_valid():
        with transaction.atomic():
            actions.update_challenge(found, by=request.user, **form.cleaned_texts())
            actions.set_questions(found, questions=form.cleaned_questions(), by=request.user)
        messages.success(request, _("The change is saved."))
        return redirect("challenges:change_challenge", pk)
    context = {**frame(found.municipality), "form": form, "challenge": found, **_figures(found)}
    return render(request, "challenges/edit_challenge.html", context)


def _figures(found: Challenge) -> dict[str, Any]:
    choices = queries.figure_choices(found)
    return {
        "figures": [(one, queries.hall_title(one)) for one in queries.figures_of(found)],
        "figure_form": forms.FigureForm(choices=choices) if choices else None,
        "has_scenarios": queries.has_scenarios(found),
    }


@login_required
@require_POST
def add_figure(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let a chart tell of the challenge."""
    found = queries.editable_challenge(pk, viewer=request.user)
    form = forms.FigureForm(request.POST, choices=queries.figure_choices(found))
    if form.is_valid():
        actions.add_figure(found, by=request.user, **form.cleaned())
        messages.success(request, _("The chart is on the page of the challenge."))
    else:
        messages.error(request, _("Choose one of the charts."))
    return redirect("challenges:change_challenge", pk)


@login_required
@require_POST
def remove_figure(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a chart away from its challenge."""
    figure = queries.editable_figure(pk, viewer=request.user)
    actions.remove_figure(figure, by=request.user)
    messages.success(request, _("The chart is taken away. The figures stay."))
    return redirect("challenges:change_challenge", figure.challenge.pk)


@login_required
@require_POST
def publish_challenge(request: SignedInRequest, pk: int) -> HttpResponse:
    """Publish a draft, or make a published challenge a draft again (`do=hide`)."""
    found = queries.editable_challenge(pk, viewer=request.user)
    if request.POST.get("do") == "hide":
        actions.hide_challenge(found, by=request.user)
        messages.success(request, _("The challenge is a draft again. Only those who work here see it."))
    else:
        actions.publish_challenge(found, by=request.user)
        messages.success(request, _("The challenge is published."))
    return redirect("challenges:challenges")


@login_required
@require_POST
def move_challenge(request: SignedInRequest, pk: int) -> HttpResponse:
    found = queries.editable_challenge(pk, viewer=request.user)
    direction = "up" if request.POST.get("direction") == "up" else "down"
    actions.move_challenge(found, direction=direction, by=request.user)
    return redirect("challenges:challenges")


@login_required
@require_http_methods(["GET", "POST"])
def delete_challenge(request: SignedInRequest, pk: int) -> HttpResponse:
    found = queries.editable_challenge(pk, viewer=request.user)
    if request.method == "POST":
        actions.delete_challenge(found, by=request.user)
        messages.success(request, _("The challenge is deleted."))
        return redirect("challenges:challenges")
    return render(request, "challenges/delete_challenge.html", {**frame(found.municipality), "challenge": found})
