"""Reading processes, activities and participants."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from samskap.apps.processes import permissions, rules
from samskap.apps.processes.labels import PROMISES, WINDOWS
from samskap.apps.processes.models import Activity, Participant, Process
from samskap.apps.trail.queries import Story
from samskap.kernel import clock
from samskap.kernel.errors import NotFound
from samskap.web.parts import Card, Part, Step

if TYPE_CHECKING:
    from datetime import datetime

    from samskap.apps.actors.models import Municipality, Person
    from samskap.apps.challenges.models import Challenge

__all__ = [
    "ActivityLine",
    "access_lacking",
    "activity_is_free",
    "activity_is_open",
    "activity_lines",
    "challenge_parts",
    "dashboard_parts",
    "find_participant",
    "find_process",
    "free_activities",
    "municipality_parts",
    "process_card",
    "process_story",
    "processes_of",
    "published_processes",
    "results_are_visible",
    "runnable_activity",
    "runnable_process",
    "shown_window",
    "visible_process",
    "window_for",
    "work_steps",
]


@dataclass(frozen=True)
class ActivityLine:
    """An activity with its window in words."""

    activity: Activity
    phase: str
    words: str


def visible_process(pk: int, *, viewer: Any) -> Process:
    """The process, or `NotFound` where it does not exist or this viewer may not see it."""
    process = Process.objects.select_related("municipality").filter(pk=pk).first()
    if process is None or not permissions.can_see_process(viewer, process):
        raise NotFound(_("There is no such process here."))
    return process


def runnable_process(pk: int, *, viewer: Any) -> Process:
    """The process, for someone who runs it; `NotFound` for everybody else."""
    process = Process.objects.select_related("municipality").filter(pk=pk).first()
    if process is None or not permissions.can_run_process(viewer, process):
        raise NotFound(_("There is no such process here."))
    return process


def find_process(pk: int) -> Process | None:
    """The process whoever may see it, for commands of an operator; None where there is none."""
    return Process.objects.select_related("municipality").filter(pk=pk).first()


def published_processes(municipality: Municipality) -> list[Process]:
    """The public processes of a municipality, newest first."""
    return list(Process.objects.filter(municipality=municipality, published_at__isnull=False))


def find_participant(process: Process, key: uuid.UUID | None) -> Participant | None:
    """The participant who holds this ticket key, or None where nothing has been done with it yet."""
    if key is None:
        return None
    return Participant.objects.select_related("process__municipality").filter(process=process, key=key).first()


def free_activities(process: Process) -> list[Activity]:
    """The activities of a process that open nothing yet: no conversation, idea round or ballot."""
    return list(process.activities.filter(**dict.fromkeys(_what_activities_open(), None)))


def activity_is_free(activity: Activity) -> bool:
    """Whether this activity opens nothing yet."""
    return Activity.objects.filter(pk=activity.pk, **dict.fromkeys(_what_activities_open(), None)).exists()


def _what_activities_open() -> list[str]:
    """What later modules join to an activity, one row each: an activity opens one thing."""
    return [relation.name for relation in Activity._meta.related_objects if relation.one_to_one]


def activity_is_open(activity: Activity) -> bool:
    """Whether people may act in this activity now."""
    return rules.is_open(activity.state, opens_at=activity.opens_at, closes_at=activity.closes_at, now=clock.now())


def window_for(windows: Sequence[Activity], *, participant: Participant | None) -> Activity | None:
    """Of these windows, the open one that this participant may act in; else the first open one; else None."""
    open_ones = [window for window in windows if activity_is_open(window)]
    if participant is None:
        return next((w for w in open_ones if w.access == "open"), next(iter(open_ones), None))
    return next((w for w in open_ones if permissions.can_take_part(participant, w)), next(iter(open_ones), None))


def shown_window(windows: Sequence[Activity]) -> Activity | None:
    """What to tell about where none is open: the next one that is planned, else the last one that was open."""
    planned = [window for window in windows if window.state != "closed"]
    return planned[0] if planned else windows[-1] if windows else None


def access_lacking(window: Activity | None, *, participant: Participant | None, viewer: Any) -> str:
    """The access that keeps this ticket out of a window; empty where it is let in, or where there is none."""
    if window is None or window.access == "open":
        return ""
    if viewer.is_authenticated or (participant and permissions.can_take_part(participant, window)):
        return ""
    return window.access


def results_are_visible(activity: Activity, *, voted: bool) -> bool:
    """Whether results of this activity are seen now. `voted`: the one who looks has answered everything open."""
    return rules.are_results_visible(activity.results, shown_at=activity.results_shown_at, voted=voted)


def processes_of(municipality: Municipality) -> list[Process]:
    """Every process of a municipality, drafts too, newest first."""
    return list(Process.objects.filter(municipality=municipality).prefetch_related("activities"))


def runnable_activity(process: Process, pk: int) -> Activity:
    """An activity of a process that the caller was let into; `NotFound` for one of another process."""
    activity = Activity.objects.filter(process=process, pk=pk).first()
    if activity is None:
        raise NotFound(_("There is no such activity here."))
    activity.process = process
    return activity


def activity_lines(process: Process) -> list[ActivityLine]:
    """The activities of a process in their order, each with its window in words."""
    now = clock.now()
    return [ActivityLine(one, _phase(one, now=now), _words(one, now=now)) for one in process.activities.all()]


def _phase(activity: Activity, *, now: datetime) -> str:
    return rules.window_phase(
        activity.state, opens_at=activity.opens_at, closes_at=activity.closes_at, now=now
    )  # fmt: skip


def _words(activity: Activity, *, now: datetime) -> str:
    phase = _phase(activity, now=now)
    at = activity.opens_at if phase == "opens_later" else activity.closes_at
    # One that was closed by hand before its time has no time to tell.
    tells = at is not None and phase != "planned" and not (phase == "closed" and at > now)
    words = str(WINDOWS[phase, tells])
    return words % {"time": date_format(localtime(at), "DATETIME_FORMAT")} if tells else words


def process_card(process: Process) -> Card:
    """The process as one line of a list; its activities are best fetched beforehand."""
    said, now = process.said, clock.now()
    is_open = any(_phase(one, now=now) == "open" for one in process.activities.all())
    return Card(
        title=said.title,
        url=reverse("processes:process", args=[process.pk]),
        text=said.summary,
        lang=said.lang,
        tag=_("You can take part now") if is_open else "",
        colour="success",
        is_illustrative=process.is_illustrative,
    )


def municipality_parts(municipality: Municipality, viewer: Any) -> list[Part]:
    """The public processes, for the municipality's page."""
    found = Process.objects.filter(municipality=municipality, published_at__isnull=False)
    cards = tuple(process_card(one) for one in found.prefetch_related("activities"))
    return [Part(title=_("What we work on together"), cards=cards, order=20)]


def challenge_parts(challenge: Challenge, viewer: Any) -> list[Part]:
    """The public processes that work on a challenge."""
    found = Process.objects.filter(challenges=challenge, published_at__isnull=False)
    cards = tuple(process_card(one) for one in found.prefetch_related("activities"))
    return [Part(title=_("Who works on this"), cards=cards, order=20)]


def dashboard_parts(municipality: Municipality, person: Person) -> list[Part]:
    """The processes of the municipality, for those who run them."""
    cards = tuple(
        Card(
            title=one.said.title,
            url=reverse("processes:work_process", args=[one.pk]),
            foot=str(PROMISES[one.promise]),
            lang=one.said.lang,
            tag=_("Published") if one.is_published else _("Draft"),
            colour="success" if one.is_published else "neutral",
            is_illustrative=one.is_illustrative,
        )
        for one in Process.objects.filter(municipality=municipality)
    )
    return [
        Part(
            title=_("Processes"),
            cards=cards,
            action_url=reverse("processes:new_process"),
            action_label=_("Start a process"),
            order=30,
        )
    ]


def process_story(pk: int, *, viewer: Any) -> Story:
    """The history of a process and its activities, for those who may see it."""
    process = visible_process(pk, viewer=viewer)
    said = process.said
    subjects = (process, *process.activities.all())
    return Story(said.title, said.lang, reverse("processes:process", args=[pk]), subjects)


def work_steps(municipality: Municipality, person: Person) -> list[Step]:
    """What is to be done about processes: start the first, publish drafts, close what is past its time."""
    found = list(Process.objects.filter(municipality=municipality).prefetch_related("activities"))
    if not found:
        return [
            Step(
                title=_("Start a process"),
                text=_("A process holds the challenges, the gatherings and the conversations together."),
                url=reverse("processes:new_process"),
                label=_("Start the first process"),
                order=30,
            )
        ]
    return [
        Step(
            title=_("Publish “%(process)s”") % {"process": one.said.title},
            text=_("Only those who work here see it until then."),
            url=reverse("processes:work_process", args=[one.pk]),
            label=_("Go to the process"),
            order=40,
        )
        for one in found
        if not one.is_published
    ]
