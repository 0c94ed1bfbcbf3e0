"""Gatherings by code and id, the stage of the day, and the programme."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samskap.apps.gatherings import permissions, rules
from samskap.apps.gatherings.models import Attendance, Gathering, Slot
from samskap.apps.gatherings.queries.opened import Opened, opened_by, stir_of
from samskap.apps.processes import queries as processes
from samskap.apps.statements import queries as statements
from samskap.kernel.errors import NotFound

if TYPE_CHECKING:
    from samskap.apps.budgeting.models import Ballot
    from samskap.apps.initiatives.models import IdeaRound
    from samskap.apps.processes.models import Activity, Participant, Process
    from samskap.apps.statements.models import Conversation

__all__ = [
    "Stage",
    "activity_in_view",
    "attendance_of",
    "gathering_by_typed_code",
    "gatherings_of",
    "programme",
    "runnable_gathering",
    "slot_of",
    "stage",
    "stage_of_code",
    "visible_gathering",
]

_STAGE_ROWS = (
    "process__municipality",
    "current_slot__activity__conversation_window__conversation",
)


@dataclass(frozen=True)
class Stage:
    """What is on at this moment, the same for every phone, the hall and the host.

    `activity` and what it opens are those of the current slot, or None. `map_id` is the stored opinion map that may
    be seen now, and None while results are hidden. `stir` changes with what the hall lists.
    """

    gathering: Gathering
    slot: Slot | None
    activity: Activity | None
    opened: Opened | None
    is_open: bool
    are_results_shown: bool
    map_id: int | None
    stir: int = 0

    @property
    def conversation(self) -> Conversation | None:
        """The conversation of the current slot, where it opens one."""
        return self.opened.thing if self.opened and self.opened.kind == "conversation" else None

    @property
    def idea_round(self) -> IdeaRound | None:
        """The idea round of the current slot, where it opens one."""
        return self.opened.thing if self.opened and self.opened.kind == "ideas" else None

    @property
    def ballot(self) -> Ballot | None:
        """The vote of the current slot, where it opens one."""
        return self.opened.thing if self.opened and self.opened.kind == "ballot" else None

    @property
    def version(self) -> str:
        """Changes with everything that phones and hall show, except the counts.

        A window can also be opened from the process's pages, or close by its own time: so it is more than the number.
        """
        activity = self.activity.pk if self.activity else 0
        shown = (self.is_open, self.are_results_shown, self.map_id, activity, self.stir)
        return f"{self.gathering.version}.{zlib.crc32(repr(shown).encode()):08x}"


def _found(rows: QuerySet[Gathering]) -> Gathering | None:
    return rows.select_related(*_STAGE_ROWS).first()


def _nothing_here() -> NotFound:
    return NotFound(
        _("There is no gathering with this code."),
        code="unknown_code",
        cure=_("Check the code on the screen in the hall, or ask somebody next to you."),
    )


def visible_gathering(code: str, *, viewer: Any) -> Gathering:
    """The gathering with this code; `NotFound` where there is none or this viewer may not see it."""
    gathering = _found(Gathering.objects.filter(code=code.upper()))
    if gathering is None or not permissions.can_see_gathering(viewer, gathering):
        raise _nothing_here()
    return gathering


def runnable_gathering(pk: int, *, viewer: Any) -> Gathering:
    """The gathering, for someone who runs it; `NotFound` for everybody else."""
    gathering = _found(Gathering.objects.filter(pk=pk))
    if gathering is None or not permissions.can_run_gathering(viewer, gathering):
        raise NotFound(_("There is no such gathering here."))
    return gathering


def gathering_by_typed_code(typed: str, *, viewer: Any) -> Gathering:
    """The gathering that is meant by what a person typed: case, spaces and signs that look alike do not matter.

    A sign taken for another is forgiven only where exactly one gathering that has not ended can be meant.
    """
    code = rules.tidy_code(typed)
    exact = _found(Gathering.objects.filter(code=code)) if code else None
    if exact is None and code:
        codes = Gathering.objects.exclude(state="ended").values_list("code", flat=True)
        meant = [each for each in codes if rules.are_alike(each, code)]
        exact = _found(Gathering.objects.filter(code=meant[0])) if len(meant) == 1 else None
    if exact is None or not permissions.can_see_gathering(viewer, exact):
        raise _nothing_here()
    return exact


def gatherings_of(process: Process) -> list[Gathering]:
    """The gatherings of a process, newest first."""
    return list(Gathering.objects.filter(process=process))


def programme(gathering: Gathering) -> list[Slot]:
    """The slots in order, each with its speakers and their organisations."""
    return list(gathering.slots.select_related("activity").prefetch_related("speakers__organisation"))


def slot_of(gathering: Gathering, pk: int) -> Slot:
    """The slot of this gathering, or `NotFound`."""
    slot = gathering.slots.select_related("activity").filter(pk=pk).first()
    if slot is None:
        raise NotFound(_("There is no such slot in this programme."))
    return slot


def stage(gathering: Gathering) -> Stage:
    """What is on now in this gathering."""
    slot = gathering.current_slot
    activity = slot.activity if slot else None
    opened = opened_by(activity)
    shown = activity is not None and processes.results_are_visible(activity, voted=False)
    is_mapped = shown and opened is not None and opened.kind == "conversation"
    seen = statements.latest_map(opened.thing, activity.round) if is_mapped and opened and activity else None
    return Stage(
        gathering=gathering,
        slot=slot,
        activity=activity,
        opened=opened,
        is_open=activity is not None and gathering.state == "open" and processes.activity_is_open(activity),
        are_results_shown=shown,
        map_id=seen.pk if seen else None,
        stir=stir_of(opened, are_results_shown=shown),
    )


def stage_of_code(code: str) -> Stage | None:
    """What is on in the gathering with exactly this code, where it is public; None otherwise."""
    gathering = _found(Gathering.objects.filter(code=code, process__published_at__isnull=False))
    return stage(gathering) if gathering else None


def attendance_of(gathering: Gathering, participant: Participant | None) -> Attendance | None:
    """That this participant came, or None."""
    if participant is None:
        return None
    return Attendance.objects.filter(gathering=gathering, participant=participant).first()


def activity_in_view(gathering: Gathering) -> Activity | None:
    """The activity of the current slot; else the last one in the programme that has been opened."""
    if gathering.current_slot and gathering.current_slot.activity:
        return gathering.current_slot.activity
    opened = [slot.activity for slot in programme(gathering) if slot.activity and slot.activity.state != "planned"]
    return opened[-1] if opened else None
