"""What gatherings add to the pages of earlier modules, and to the list of what to do next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samskap.apps.gatherings import permissions
from samskap.apps.gatherings.labels import STATES
from samskap.apps.gatherings.models import Gathering
from samskap.apps.processes import permissions as processes
from samskap.apps.trail.queries import Story
from samskap.kernel import clock
from samskap.kernel.errors import NotFound
from samskap.web.parts import Card, Part, Step

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality, Person
    from samskap.apps.processes.models import Process

__all__ = ["gathering_story", "municipality_parts", "process_parts", "process_work_parts", "work_steps"]

_COLOURS = {"planned": "neutral", "open": "success", "ended": "neutral"}
_MOST_ON_FRONT = 6
_MOST_OVER_ON_FRONT = 2


def _card(gathering: Gathering, *, page: str) -> Card:
    key = gathering.code if page == "gatherings:gathering" else gathering.pk
    said = gathering.said
    return Card(
        title=said.title,
        url=reverse(page, args=[key]),
        text=said.place,
        eyebrow=date_format(timezone.localtime(gathering.starts_at), "DATETIME_FORMAT"),
        tag=str(STATES[gathering.state]),
        colour=_COLOURS[gathering.state],
        lang=said.lang,
        is_illustrative=gathering.process.is_illustrative,
    )


def _cards(rows: Iterable[Gathering], *, page: str = "gatherings:gathering") -> tuple[Card, ...]:
    return tuple(_card(row, page=page) for row in rows)


def municipality_parts(municipality: Municipality, viewer: Any) -> list[Part]:
    """The open gatherings first, then those to come, then the last ones that are over, whose reports can be read."""
    rows = Gathering.objects.filter(process__municipality=municipality, process__published_at__isnull=False)
    rows = rows.select_related("process")
    to_come = sorted(rows.exclude(state="ended").order_by("starts_at", "pk")[:50], key=lambda row: row.state != "open")
    over = list(rows.filter(state="ended").order_by("-starts_at", "-pk")[:_MOST_OVER_ON_FRONT])
    return [Part(_("Gatherings"), _cards((to_come[: _MOST_ON_FRONT - len(over)]) + over), order=10)]


def process_parts(process: Process, viewer: Any) -> list[Part]:
    """All gatherings of a process, newest first."""
    rows = Gathering.objects.filter(process=process).select_related("process")
    return [Part(_("Gatherings"), _cards(rows), order=20)]


def process_work_parts(process: Process, viewer: Any) -> list[Part]:
    """The gatherings to prepare and host, and the way to a new one."""
    if not processes.can_run_process(viewer, process):
        return []
    rows = Gathering.objects.filter(process=process).select_related("process")
    return [
        Part(
            _("Gatherings"),
            _cards(rows, page="gatherings:plan"),
            empty=_("No gathering is planned yet."),
            action_url=reverse("gatherings:new_gathering", args=[process.pk]),
            action_label=_("New gathering"),
            order=20,
        )
    ]


def work_steps(municipality: Municipality, person: Person) -> list[Step]:
    """Gatherings that are open, and those that begin within a day."""
    soon = clock.now() + timedelta(days=1)
    rows = Gathering.objects.filter(process__municipality=municipality).exclude(state="ended")
    steps = []
    for row in rows.filter(starts_at__lte=soon).select_related("process__municipality").order_by("-starts_at")[:10]:
        if processes.can_run_process(person, row.process):
            text = _("The gathering is open.") if row.state == "open" else _("The gathering begins soon.")
            url = reverse("gatherings:host", args=[row.pk])
            steps.append(Step(row.said.title, text, url, _("Go to the host page"), order=5))
    return steps


def gathering_story(pk: int, *, viewer: Any) -> Story:
    """The history of a gathering and of the windows in its programme, for those who may see it."""
    gathering = Gathering.objects.select_related("process__municipality").filter(pk=pk).first()
    if gathering is None or not permissions.can_see_gathering(viewer, gathering):
        raise NotFound(_("There is no such gathering here."))
    windows = {slot.activity.pk: slot.activity for slot in gathering.slots.select_related("activity") if slot.activity}
    url = reverse("gatherings:gathering", args=[gathering.code])
    return Story(gathering.said.title, gathering.said.lang, url, (gathering, *windows.values()))
