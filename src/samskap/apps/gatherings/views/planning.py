"""Work pages before the day: the plan, the programme, the questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samskap.apps.actors.labels import SECTORS
from samskap.apps.gatherings import actions, queries
from samskap.apps.gatherings.forms import GatheringForm, QuestionsForm, SlotForm, next_beginning
from samskap.apps.gatherings.views.frame import framed
from samskap.apps.processes import queries as processes
from samskap.apps.processes.labels import COUNTS
from samskap.kernel.errors import RuleError
from samskap.web.acting import SignedInRequest

if TYPE_CHECKING:
    from samskap.apps.gatherings.models import Gathering, Slot

__all__ = ["delete_slot", "edit_gathering", "edit_questions", "edit_slot", "new_gathering", "new_slot", "plan"]

_SLOT_FIELDS = ("kind", "title", "text", "starts_at", "minutes", "activity")
_GATHERING_FIELDS = ("title", "intro", "language", "place", "starts_at", "ends_at", "eligible", "capacity")


@login_required
@require_safe
def plan(request: SignedInRequest, pk: int) -> HttpResponse:
    """The gathering as those who prepare it see it: programme, questions, people, links."""
    gathering = queries.runnable_gathering(pk, viewer=request.user)
    context = {
        "gathering": gathering,
        "slots": queries.programme(gathering),
        "questions": gathering.questions.all(),
        "turnout": queries.turnout(gathering),
        "counts": COUNTS,
        "sectors": [
            (SECTORS.get(sector, _("Did not say")), counts)
            for sector, counts in queries.turnout_by_sector(gathering).items()
        ],
    }
    return framed(request, "gatherings/plan.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_gathering(request: SignedInRequest, process_pk: int) -> HttpResponse:
    """Plan a gathering in a process."""
    process = processes.runnable_process(process_pk, viewer=request.user)
    form = GatheringForm(request.POST or None, initial={"language": process.language})
    if request.method == "POST" and form.is_valid():
        gathering = actions.create_gathering(process, by=request.user, **form.cleaned_data)
        messages.success(request, _("The gathering is planned. Add its programme now."))
        return redirect("gatherings:plan", gathering.pk)
    return framed(request, "gatherings/edit_gathering.html", {"form": form, "process": process})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_gathering(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change what the gathering is called, where and when it is."""
    gathering = queries.runnable_gathering(pk, viewer=request.user)
    form = GatheringForm(request.POST or None, initial=_initial(gathering, _GATHERING_FIELDS))
    if request.method == "POST" and form.is_valid():
        actions.update_gathering(gathering, by=request.user, **form.cleaned_data)
        messages.success(request, _("The changes are kept."))
        return redirect("gatherings:plan", pk)
    context = {"form": form, "gathering": gathering, "process": gathering.process}
    return framed(request, "gatherings/edit_gathering.html", context)


def _initial(row: Gathering | Slot, fields: tuple[str, ...]) -> dict[str, Any]:
    """The stored values as a form shows them, times in local time."""
    values = {name: getattr(row, name) for name in fields}
    return {name: timezone.localtime(value) if name.endswith("_at") else value for name, value in values.items()}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_questions(request: SignedInRequest, pk: int) -> HttpResponse:
    """The day's questions, one a line."""
    gathering = queries.runnable_gathering(pk, viewer=request.user)
    asked = "\n".join(question.text for question in gathering.questions.all())
    form = QuestionsForm(request.POST or None, initial={"questions": asked})
    if request.method == "POST" and form.is_valid():
        actions.set_questions(gathering, by=request.user, texts=form.cleaned_data["questions"])
        messages.success(request, _("The changes are kept."))
        return redirect("gatherings:plan", pk)
    return framed(request, "gatherings/edit_questions.html", {"gathering": gathering, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_slot(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add a point to the programme; it begins where the last one ends."""
    gathering = queries.runnable_gathering(pk, viewer=request.user)
    begins = next_beginning(queries.programme(gathering), starts_at=gathering.starts_at)
    form = SlotForm(request.POST or None, gathering=gathering, initial={"starts_at": timezone.localtime(begins)})
    if request.method == "POST" and form.is_valid():
        speakers = form.cleaned_data.pop("speakers")
        fields = {"language": gathering.language, **form.cleaned_data}
        slot = actions.add_slot(gathering, by=request.user, **fields)
        actions.set_speakers(slot, by=request.user, speakers=speakers)
        messages.success(request, _("The slot is added."))
        return redirect("gatherings:plan", pk)
    return framed(request, "gatherings/edit_slot.html", {"gathering": gathering, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_slot(request: SignedInRequest, pk: int, slot_pk: int) -> HttpResponse:
    """Change a point of the programme; on the day every phone and the hall follow."""
    gathering = queries.runnable_gathering(pk, viewer=request.user)
    slot = queries.slot_of(gathering, slot_pk)
    initial = {**_initial(slot, _SLOT_FIELDS), "speakers": _speaker_lines(slot)}
    form = SlotForm(request.POST or None, gathering=gathering, initial=initial)
    if request.method == "POST" and form.is_valid():
        speakers = form.cleaned_data.pop("speakers")
        slot = actions.update_slot(slot, by=request.user, **form.cleaned_data)
        actions.set_speakers(slot, by=request.user, speakers=speakers)
        messages.success(request, _("The changes are kept."))
        return redirect("gatherings:plan", pk)
    return framed(request, "gatherings/edit_slot.html", {"gathering": gathering, "slot": slot, "form": form})


def _speaker_lines(slot: Slot) -> str:
    speakers = slot.speakers.select_related("organisation")
    return "\n".join(f"{each.name}; {each.organisation}" if each.organisation else each.name for each in speakers)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete_slot(request: SignedInRequest, pk: int, slot_pk: int) -> HttpResponse:
    """Ask once, then take the point out of the programme."""
    gathering = queries.runnable_gathering(pk, viewer=request.user)
    slot = queries.slot_of(gathering, slot_pk)
    if request.method != "POST":
        return framed(request, "gatherings/delete_slot.html", {"gathering": gathering, "slot": slot})
    try:
        actions.remove_slot(slot, by=request.user)
    except RuleError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The slot is deleted."))
    return redirect("gatherings:plan", pk)
