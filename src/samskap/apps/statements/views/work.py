"""Overview, texts and settings, for those who run a conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samskap.apps.processes import labels as process_labels
from samskap.apps.processes import queries as process_queries
from samskap.apps.statements import actions, compute, labels, queries
from samskap.apps.statements.forms import SettingsForm, TextsForm
from samskap.web.acting import acting
from samskap.web.answers import see_other

if TYPE_CHECKING:
    from samskap.apps.processes.models import Activity
    from samskap.apps.statements.models import Conversation

__all__ = ["new_conversation", "overview", "settings", "texts", "work_page"]


@require_safe
@login_required
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """How it stands: who has answered, what waits, which windows there are."""
    conversation = queries.runnable_conversation(pk, viewer=request.user)
    windows = queries.windows_of(conversation)
    numbers = sorted({window.round for window in windows} | set(queries.rounds_with_votes(conversation)))
    context = work_page(conversation, tab="overview") | {
        "states": [(labels.STATES[state], n) for state, n in queries.counts_by_state(conversation).items()],
        "rounds": [_round(conversation, number) for number in numbers],
        "answered_means": process_labels.COUNTS["answered"][1],
        "windows": [(window, process_queries.activity_is_open(window)) for window in windows],
        "gatherings": queries.gatherings_with(windows),
        "asking": _asking(conversation, window=next((w for w in windows if process_queries.activity_is_open(w)), None)),
    }
    return render(request, "statements/work/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new_conversation(request: HttpRequest, process_pk: int) -> HttpResponse:
    """Start a conversation in a process."""
    process = process_queries.runnable_process(process_pk, viewer=request.user)
    form = TextsForm(request.POST or None, initial={"language": process.language})
    if request.method == "POST" and form.is_valid():
        conversation = actions.create_conversation(process, by=acting(request), **form.texts())
        messages.success(request, _("The conversation is made. Add statements, and then a window."))
        return see_other(reverse("statements:seeds", args=[conversation.pk]))
    return render(request, "statements/work/new.html", {"process": process, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def texts(request: HttpRequest, pk: int) -> HttpResponse:
    """Title and introduction in three languages."""
    conversation = queries.runnable_conversation(pk, viewer=request.user)
    form = TextsForm(request.POST) if request.method == "POST" else TextsForm.of(conversation)
    if request.method == "POST" and form.is_valid():
        actions.update_conversation(conversation, by=acting(request), **form.texts())
        messages.success(request, _("The texts are saved."))
        return see_other(reverse("statements:texts", args=[pk]))
    return render(request, "statements/work/form.html", work_page(conversation, tab="texts") | {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def settings(request: HttpRequest, pk: int) -> HttpResponse:
    """Moderation and length."""
    conversation = queries.runnable_conversation(pk, viewer=request.user)
    form = SettingsForm(request.POST) if request.method == "POST" else SettingsForm.of(conversation)
    if request.method == "POST" and form.is_valid():
        actions.update_conversation(conversation, by=acting(request), **form.cleaned_data)
        messages.success(request, _("The settings are saved."))
        return see_other(reverse("statements:settings", args=[pk]))
    return render(request, "statements/work/form.html", work_page(conversation, tab="settings") | {"form": form})


def work_page(conversation: Conversation, *, tab: str) -> dict[str, Any]:
    """What every page of the work shows: the conversation, its process, the tabs."""
    waiting = queries.waiting_statements(conversation).count()
    tabs = [
        ("overview", _("Overview")),
        ("moderation", _("Moderation (%(n)s)") % {"n": waiting} if waiting else _("Moderation")),
        ("statements", _("Statements")),
        ("seeds", _("Add statements")),
        ("windows", _("Windows")),
        ("groups", _("Groups")),
        ("texts", _("Texts")),
        ("settings", _("Settings")),
    ]
    return {
        "conversation": conversation,
        "process": conversation.process,
        "place_name": conversation.process.municipality.name,
        "waiting": waiting,
        "heading": dict(tabs)[tab],
        "tabs": [
            {"label": label, "url": reverse(f"statements:{name}", args=[conversation.pk]), "current": name == tab}
            for name, label in tabs
        ],
    }


def _round(conversation: Conversation, number: int) -> dict[str, Any]:
    stored = queries.latest_map(conversation, number)
    return {
        "number": number,
        "answered": queries.answered_count(conversation, number),
        "votes": queries.votes_count(conversation, number),
        "map": stored,
        "guards": queries.guard_rows(stored) if stored else None,
    }


def _asking(conversation: Conversation, *, window: Activity | None) -> list[dict[str, Any]]:
    """What is being asked now, of whom and why; nothing where no window is open."""
    if window is None:
        return []
    return [
        {
            "statement": one.statement,
            "of": labels.asked_of(one.why.kind, one.why.name),
            "why": labels.WHY_ASKED[one.why.reason],
        }
        for one in compute.asking_now(conversation, window.round)
    ]
