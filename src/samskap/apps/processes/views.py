"""The page of a process, and the desk where it and its activities are run."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskap.apps.actors.queries import frame, staff_municipality
from samskap.apps.challenges.queries import challenge_card, challenges_by_key, challenges_of
from samskap.apps.processes import actions, forms, labels, permissions, queries
from samskap.kernel.errors import NotFound, RuleError
from samskap.web.acting import SignedInRequest
from samskap.web.parts import Part, parts_of

__all__ = [
    "change_activity",
    "change_process",
    "choose_challenges",
    "delete_activity",
    "new_activity",
    "new_process",
    "process",
    "processes",
    "publish_process",
    "switch_activity",
    "work_process",
]

# What a press of a button on the list of activities does.
_SWITCHES = {
    "open": actions.open_activity,
    "close": actions.close_activity,
    "show": actions.show_results,
    "hide": actions.hide_results,
}


@require_safe
def process(request: HttpRequest, pk: int) -> HttpResponse:
    """What it is about, what it promises, and everything in it that one can see or take part in."""
    found = queries.visible_process(pk, viewer=request.user)
    cards = tuple(challenge_card(one) for one in found.challenges.all() if one.is_published)
    context = {
        **frame(found.municipality),
        "process": found,
        "promise": labels.PROMISES[found.promise],
        "lines": queries.activity_lines(found),
        "parts": parts_of("process", found, request.user),
        "challenge_parts": [Part(title=_("The challenges behind"), cards=cards)] if cards else [],
        "may_run": permissions.can_run_process(request.user, found),
    }
    return render(request, "processes/process.html", context)


@login_required
@require_safe
def processes(request: SignedInRequest) -> HttpResponse:
    own = staff_municipality(request.user, request.session.get("municipality", ""))
    return render(request, "processes/processes.html", {**frame(own), "processes": queries.processes_of(own)})


@login_required
@require_http_methods(["GET", "POST"])
def new_process(request: SignedInRequest) -> HttpResponse:
    own = staff_municipality(request.user, request.session.get("municipality", ""))
    form = forms.ProcessForm(request.POST or None, initial={"language": own.language, "promise": "co_create"})
    if form.is_valid():
        made = actions.create_process(own, by=request.user, **form.cleaned_process())
        messages.success(request, _("The process is saved as a draft."))
        return redirect("processes:work_process", made.pk)
    return render(request, "processes/edit_process.html", {**frame(own), "form": form})


@login_required
@require_safe
def work_process(request: SignedInRequest, pk: int) -> HttpResponse:
    """The desk of a process: publish it, choose challenges, run activities, and what later steps add."""
    found = queries.runnable_process(pk, viewer=request.user)
    context = {
        **frame(found.municipality),
        "process": found,
        "promise": labels.PROMISES[found.promise],
        "challenges": found.challenges.all(),
        "lines": queries.activity_lines(found),
        "parts": parts_of("process_work", found, request.user),
    }
    return render(request, "processes/work_process.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def change_process(request: SignedInRequest, pk: int) -> HttpResponse:
    found = queries.runnable_process(pk, viewer=request.user)
    form = forms.ProcessForm(request.POST) if request.method == "POST" else forms.ProcessForm.of(found)
    if form.is_valid():
        actions.update_process(found, by=request.user, **form.cleaned_process())
        messages.success(request, _("The change is saved."))
        return redirect("processes:work_process", pk)
    return render(request, "processes/edit_process.html", {**frame(found.municipality), "form": form, "process": found})


@login_required
@require_POST
def publish_process(request: SignedInRequest, pk: int) -> HttpResponse:
    """Publish a draft, or make a published process a draft again (`do=hide`)."""
    found = queries.runnable_process(pk, viewer=request.user)
    if request.POST.get("do") == "hide":
        actions.hide_process(found, by=request.user)
        messages.success(request, _("The process is a draft again. Only those who work here see it."))
    else:
        actions.publish_process(found, by=request.user)
        messages.success(request, _("The process is published."))
    return redirect("processes:work_process", pk)


@login_required
@require_http_methods(["GET", "POST"])
def choose_challenges(request: SignedInRequest, pk: int) -> HttpResponse:
    found = queries.runnable_process(pk, viewer=request.user)
    choices = [(one.pk, one.said.title) for one in challenges_of(found.municipality)]
    chosen = {"challenges": [one.pk for one in found.challenges.all()]}
    form = forms.ChallengesForm(request.POST if request.method == "POST" else None, choices=choices, initial=chosen)
    if form.is_valid():
        keys = form.cleaned_data["challenges"]
        actions.choose_challenges(found, challenges=challenges_by_key(found.municipality, keys), by=request.user)
        messages.success(request, _("The challenges are chosen."))
        return redirect("processes:work_process", pk)
    context = {**frame(found.municipality), "form": form, "process": found, "any": bool(choices)}
    return render(request, "processes/choose_challenges.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_activity(request: SignedInRequest, pk: int) -> HttpResponse:
    found = queries.runnable_process(pk, viewer=request.user)
    form = forms.ActivityForm(request.POST or None, initial={"language": found.language})
    if form.is_valid():
        actions.create_activity(found, by=request.user, **form.cleaned_activity())
        messages.success(request, _("The activity is planned."))
        return redirect("processes:work_process", pk)
    return render(
        request, "processes/edit_activity.html", {**frame(found.municipality), "form": form, "process": found}
    )


@login_required
@require_http_methods(["GET", "POST"])
def change_activity(request: SignedInRequest, pk: int, activity_pk: int) -> HttpResponse:
    found = queries.runnable_process(pk, viewer=request.user)
    activity = queries.runnable_activity(found, activity_pk)
    form = forms.ActivityForm(request.POST) if request.method == "POST" else forms.ActivityForm.of(activity)
    if form.is_valid():
        actions.update_activity(activity, by=request.user, **form.cleaned_activity())
        messages.success(request, _("The change is saved."))
        return redirect("processes:work_process", pk)
    context = {**frame(found.municipality), "form": form, "process": found, "activity": activity}
    return render(request, "processes/edit_activity.html", context)


@login_required
@require_POST
def switch_activity(request: SignedInRequest, pk: int, activity_pk: int) -> HttpResponse:
    """Open or close an activity, show or hide its results."""
    found = queries.runnable_process(pk, viewer=request.user)
    activity = queries.runnable_activity(found, activity_pk)
    switch = _SWITCHES.get(request.POST.get("do", ""))
    if switch is None:
        raise NotFound(_("There is nothing here that can be done so."))
    try:
        switch(activity, by=request.user)
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Done."))
    return redirect("processes:work_process", pk)


@login_required
@require_POST
def delete_activity(request: SignedInRequest, pk: int, activity_pk: int) -> HttpResponse:
    found = queries.runnable_process(pk, viewer=request.user)
    try:
        actions.delete_activity(queries.runnable_activity(found, activity_pk), by=request.user)
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The activity is deleted."))
    return redirect("processes:work_process", pk)
