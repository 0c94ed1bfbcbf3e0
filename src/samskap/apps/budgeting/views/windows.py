"""The windows of a ballot: when people can vote, and who."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskap.apps.budgeting import actions, queries
from samskap.apps.budgeting.forms import WindowForm
from samskap.apps.budgeting.views.frame import framed
from samskap.apps.processes import actions as processes
from samskap.apps.processes import queries as process_queries
from samskap.kernel.errors import NotFound, RuleError
from samskap.web.acting import acting
from samskap.web.answers import see_other

if TYPE_CHECKING:
    from samskap.apps.budgeting.models import Ballot
    from samskap.apps.processes.models import Activity

__all__ = ["attach", "change_window", "new_window", "order_window", "windows"]

_ORDERS: dict[str, tuple[Callable[..., Any], Any]] = {
    "open": (processes.open_activity, gettext_lazy("The window is open.")),
    "close": (processes.close_activity, gettext_lazy("The window is closed.")),
}


@require_safe
@login_required
def windows(request: HttpRequest, pk: int) -> HttpResponse:
    """Every window with what can be done with it."""
    ballot = queries.runnable_ballot(pk, viewer=request.user)
    found = [(window, process_queries.activity_is_open(window)) for window in queries.windows_of(ballot)]
    free = process_queries.free_activities(ballot.process)
    return framed(request, "windows", ballot, tab="windows", windows=found, free=free)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new_window(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a window: an activity of the process that opens this ballot."""
    ballot = queries.runnable_ballot(pk, viewer=request.user)
    form = WindowForm(request.POST or None, initial={"title": ballot.title, "access": "open"})
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data | {"language": ballot.language}
        activity = processes.create_activity(ballot.process, by=acting(request), **fields)
        actions.attach_window(ballot, activity, by=acting(request))
        messages.success(request, _("The window is made. Open it when people are to vote."))
        return see_other(reverse("budgeting:windows", args=[pk]))
    return framed(request, "form", ballot, tab="windows", form=form, heading=_("New window"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change_window(request: HttpRequest, pk: int, activity_pk: int) -> HttpResponse:
    """Change times or access."""
    ballot = queries.runnable_ballot(pk, viewer=request.user)
    window = _window(ballot, activity_pk)
    form = WindowForm(
        request.POST or None, initial={name: getattr(window, name) for name in WindowForm.base_fields}
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        processes.update_activity(window, by=acting(request), **form.cleaned_data)
        messages.success(request, _("The window is saved."))
        return see_other(reverse("budgeting:windows", args=[pk]))
    return framed(request, "form", ballot, tab="windows", form=form, heading=window.said.title)


@require_POST
@login_required
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an activity that is there open this ballot."""
    ballot = queries.runnable_ballot(pk, viewer=request.user)
    chosen = request.POST.get("activity", "")
    free = process_queries.free_activities(ballot.process)
    activity = next((one for one in free if str(one.pk) == chosen), None)
    if activity is None:
        messages.error(request, _("Choose an activity."))
    else:
        actions.attach_window(ballot, activity, by=acting(request))
        messages.success(request, _("The window is attached."))
    return see_other(reverse("budgeting:windows", args=[pk]))


@require_POST
@login_required
def order_window(request: HttpRequest, pk: int, activity_pk: int, order: str) -> HttpResponse:
    """Open or close it."""
    ballot = queries.runnable_ballot(pk, viewer=request.user)
    window = _window(ballot, activity_pk)
    if order not in _ORDERS:
        raise NotFound(_("There is no such page."))
    action, said = _ORDERS[order]
    try:
        action(window, by=acting(request))
        messages.success(request, str(said))
        if order == "open" and ballot.state == "draft":
            messages.info(request, _("People can vote when the ballot itself is opened too."))
    except RuleError as error:
        messages.error(request, str(error))
    return see_other(reverse("budgeting:windows", args=[pk]))


def _window(ballot: Ballot, activity_pk: int) -> Activity:
    found = next((window for window in queries.windows_of(ballot) if window.pk == activity_pk), None)
    if found is None:
        raise NotFound(_("There is no such window of this vote."), cure=_("Load the page again."))
    return found
