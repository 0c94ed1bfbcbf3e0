"""The windows of a conversation: times, access, results, and the buttons that open and show."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskap.apps.processes import actions as processes
from samskap.apps.processes import labels as process_labels
from samskap.apps.processes import queries as process_queries
from samskap.apps.statements import actions, queries
from samskap.apps.statements.forms import WindowForm
from samskap.apps.statements.views.work import work_page
from samskap.kernel.errors import NotFound, RuleError
from samskap.web.acting import acting
from samskap.web.answers import see_other

if TYPE_CHECKING:
    from samskap.apps.processes.models import Activity
    from samskap.apps.statements.models import Conversation

__all__ = ["attach", "change_window", "give_order", "new_window", "windows"]

ORDERS: dict[str, tuple[Callable[..., Any], Any]] = {
    "open": (processes.open_activity, gettext_lazy("The window is open. People can answer now.")),
    "close": (processes.close_activity, gettext_lazy("The window is closed.")),
    "show": (processes.show_results, gettext_lazy("The results are shown to everybody.")),
    "hide": (processes.hide_results, gettext_lazy("The results are hidden.")),
}


@require_safe
@login_required
def windows(request: HttpRequest, pk: int) -> HttpResponse:
    """Every window with what can be done with it."""
    conversation = queries.runnable_conversation(pk, viewer=request.user)
    found = queries.windows_of(conversation)
    context = work_page(conversation, tab="windows") | {
        "windows": [(window, process_queries.activity_is_open(window)) for window in found],
        "free": process_queries.free_activities(conversation.process),
        "access": process_labels.ACCESS,
        "results": process_labels.RESULTS,
        "state_names": process_labels.STATES,
    }
    return render(request, "statements/work/windows.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new_window(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a window: an activity of the process that opens this conversation."""
    conversation = queries.runnable_conversation(pk, viewer=request.user)
    initial = {"title": conversation.title, "access": "open", "results": "when_shown", "round": 1}
    form = WindowForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data | {"language": conversation.language}
        activity = processes.create_activity(conversation.process, by=acting(request), **fields)
        actions.attach_activity(conversation, activity, by=acting(request))
        messages.success(request, _("The window is made. Open it when people are to answer."))
        return see_other(reverse("statements:windows", args=[pk]))
    context = work_page(conversation, tab="windows") | {"form": form, "heading": _("New window")}
    return render(request, "statements/work/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change_window(request: HttpRequest, pk: int, activity_pk: int) -> HttpResponse:
    """Change times, access, results or round."""
    conversation = queries.runnable_conversation(pk, viewer=request.user)
    window = _window(conversation, activity_pk)
    initial = {name: getattr(window, name) for name in WindowForm.base_fields}
    form = WindowForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        processes.update_activity(window, by=acting(request), **form.cleaned_data)
        messages.success(request, _("The window is saved."))
        return see_other(reverse("statements:windows", args=[pk]))
    context = work_page(conversation, tab="windows") | {"form": form, "heading": window.title}
    return render(request, "statements/work/form.html", context)


@require_POST
@login_required
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an activity that is there open this conversation."""
    conversation = queries.runnable_conversation(pk, viewer=request.user)
    chosen = request.POST.get("activity", "")
    free = process_queries.free_activities(conversation.process)
    activity = next((one for one in free if str(one.pk) == chosen), None)
    if activity is None:
        messages.error(request, _("Choose an activity."))
    else:
        actions.attach_activity(conversation, activity, by=acting(request))
        messages.success(request, _("The window is attached."))
    return see_other(reverse("statements:windows", args=[pk]))


@require_POST
@login_required
def give_order(request: HttpRequest, pk: int, activity_pk: int, order: str) -> HttpResponse:
    """Open, close, show or hide."""
    conversation = queries.runnable_conversation(pk, viewer=request.user)
    window = _window(conversation, activity_pk)
    if order not in ORDERS:
        raise NotFound(_("There is no such page."))
    action, said = ORDERS[order]
    try:
        action(window, by=acting(request))
        messages.success(request, str(said))
    except RuleError as error:
        messages.error(request, str(error))
    return see_other(reverse("statements:windows", args=[pk]))


def _window(conversation: Conversation, activity_pk: int) -> Activity:
    found = next((window for window in queries.windows_of(conversation) if window.pk == activity_pk), None)
    if found is None:
        raise NotFound(_("There is no such window of this conversation."), cure=_("Load the page again."))
    return found
