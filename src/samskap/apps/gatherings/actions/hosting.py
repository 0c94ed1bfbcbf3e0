"""The day itself: what the host does, and what phones and hall then follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from samskap.apps.gatherings import queries, rules
from samskap.apps.gatherings.actions.programme import change, held
from samskap.apps.gatherings.models import Gathering, Slot
from samskap.apps.processes import actions as processes
from samskap.apps.processes import queries as reading
from samskap.apps.statements import actions as statements
from samskap.apps.trail import actions as trail
from samskap.kernel import clock
from samskap.kernel.acting import Acting
from samskap.kernel.errors import NotFound, RuleError
from samskap.web.acting import lock

if TYPE_CHECKING:
    from samskap.apps.processes.models import Activity

__all__ = [
    "close_conversation",
    "end_gathering",
    "go_to_slot",
    "hide_results",
    "open_conversation",
    "open_gathering",
    "reset_gathering",
    "send_notice",
    "set_hall_view",
    "show_results",
]


@transaction.atomic
def open_gathering(gathering: Gathering, *, by: Acting) -> Gathering:
    """Let people join. One that was ended by mistake opens again."""
    gathering = held(gathering, by=by)
    if gathering.state == "open":
        return gathering
    if not gathering.process.is_published:
        raise RuleError(
            _("The process of this gathering is not published, so nobody could see it."),
            code="process_not_published",
            cure=_("Publish the process, and open the gathering then."),
        )
    gathering = change(gathering, state="open")
    trail.record("gatherings.gathering_opened", gathering, by=by, public=True)
    return gathering


@transaction.atomic
def end_gathering(gathering: Gathering, *, by: Acting) -> Gathering:
    """End the day: close its conversations, and erase the names, addresses and needs of those who signed up.

    Erasing is done here and at once, for the purpose of the data ends with the day; sector and state stay, since
    they are counted. An online week after the day is a window of its own and goes on.
    """
    gathering = held(gathering, by=by)
    if not rules.may_move_to(gathering.state, wanted="ended"):
        if gathering.state == "ended":
            return gathering
        raise RuleError(
            _("This gathering has not been opened."), code="not_opened", cure=_("Open it first, or change its date.")
        )
    for activity in _activities(gathering):
        if activity.state == "open":
            processes.close_activity(activity, by=by)
    gathering.registrations.update(name="", email="", needs="")
    gathering.invitations.update(email="")
    gathering = change(gathering, state="ended", notice="", notice_at=None)
    trail.record("gatherings.gathering_ended", gathering, by=by, public=True)
    return gathering


@transaction.atomic
def go_to_slot(gathering: Gathering, slot: Slot, by: Acting) -> Gathering:
    """Make a slot the current one: hall and phones follow. Its conversation is opened by a step of its own."""
    gathering = _under_way(held(gathering, by=by))
    if slot.gathering_id != gathering.pk:
        raise NotFound(_("There is no such slot in this programme."))
    if gathering.current_slot_id == slot.pk:
        return gathering
    gathering = change(gathering, current_slot=slot, hall_view="slot")
    trail.record("gatherings.slot_started", gathering, by=by, public=True, data={"slot": slot.pk})
    return gathering


@transaction.atomic
def open_conversation(gathering: Gathering, *, by: Acting) -> Gathering:
    """Open the conversation of the current slot; the hall shows the programme with it."""
    gathering = _under_way(held(gathering, by=by))
    _keep(gathering, processes.open_activity(_current_activity(gathering), by=by))
    return change(gathering, hall_view="slot")


@transaction.atomic
def close_conversation(gathering: Gathering, *, by: Acting) -> Gathering:
    """Close the conversation of the current slot. It can be opened again."""
    gathering = held(gathering, by=by)
    _keep(gathering, processes.close_activity(_current_activity(gathering), by=by))
    return change(gathering)


@transaction.atomic
def show_results(gathering: Gathering, *, by: Acting) -> Gathering:
    """Show the results of the current slot everywhere, and on the hall screen."""
    gathering = held(gathering, by=by)
    _keep(gathering, processes.show_results(_current_activity(gathering), by=by))
    return change(gathering, hall_view="results")


@transaction.atomic
def hide_results(gathering: Gathering, *, by: Acting) -> Gathering:
    """Hide the results of the current slot everywhere."""
    gathering = held(gathering, by=by)
    _keep(gathering, processes.hide_results(_current_activity(gathering), by=by))
    return change(gathering, hall_view="slot" if gathering.hall_view == "results" else gathering.hall_view)


@transaction.atomic
def set_hall_view(gathering: Gathering, *, view: str, by: Acting, figure: int | None = None) -> Gathering:
    """Choose what the hall screen shows: how to join, the programme, results that are shown, or a chart.

    `figure` is the id of a chart of one of the challenges that the process works on.
    """
    gathering = held(gathering, by=by)
    if view not in dict(Gathering._meta.get_field("hall_view").flatchoices):
        raise NotFound(_("The hall screen has no such view."))
    if view == "results" and not _results_are_visible(gathering):
        raise RuleError(
            _("The results are hidden, so the hall screen cannot show them."),
            code="results_hidden",
            cure=_("Show the results first."),
        )
    if view == "figure" and figure not in {one.pk for one, _title in queries.hall_figures(gathering)}:
        raise NotFound(_("There is no such chart for the hall screen."))
    shown = figure if view == "figure" else None
    if (gathering.hall_view, gathering.hall_figure_id) == (view, shown):
        return gathering
    return change(gathering, hall_view=view, hall_figure_id=shown)


@transaction.atomic
def send_notice(gathering: Gathering, *, text: str, by: Acting) -> Gathering:
    """Show a line on every phone and in the hall; an empty text takes it away."""
    gathering = held(gathering, by=by)
    if gathering.state == "ended" and text:
        raise RuleError(_("This gathering has ended."), code="ended", cure=_("Open it again to send a notice."))
    notice = text.strip()[:200]
    if notice == gathering.notice:
        return gathering
    return change(gathering, notice=notice, notice_at=clock.now() if notice else None)


@transaction.atomic
def reset_gathering(gathering: Gathering, *, by: Acting) -> Gathering:
    """Wipe a rehearsal: the votes and the presence of those who joined. Programme and statements stay.

    Only before the announced beginning, or where the process is marked illustrative.
    """
    gathering = held(gathering, by=by)
    illustrative = gathering.process.is_illustrative
    if not rules.may_be_reset(
        gathering.state, starts_at=gathering.starts_at, illustrative=illustrative, now=clock.now()
    ):
        raise RuleError(
            _("This gathering has begun, so its votes are real and stay."),
            code="not_a_rehearsal",
            cure=_("A rehearsal can be wiped until the announced beginning."),
        )
    for attendance in gathering.attendances.select_related("participant"):
        statements.withdraw_everything(attendance.participant)
    gathering.attendances.all().delete()
    gathering.registrations.update(has_come=False)
    for activity in _activities(gathering):
        processes.close_activity(activity, by=by)
        processes.hide_results(activity, by=by)
    gathering = change(gathering, state="planned", current_slot=None, hall_view="join", notice="", notice_at=None)
    trail.record("gatherings.rehearsal_wiped", gathering, by=by, public=True)
    return gathering


def _activities(gathering: Gathering) -> list[Activity]:
    """The windows that the programme opens, each once."""
    found = {slot.activity.pk: slot.activity for slot in queries.programme(gathering) if slot.activity}
    return list(found.values())


def _under_way(gathering: Gathering) -> Gathering:
    if gathering.state != "open":
        raise RuleError(
            _("This gathering is not open."), code="gathering_not_open", cure=_("Open the gathering first.")
        )
    return gathering


def _current_activity(gathering: Gathering) -> Activity:
    slot = gathering.current_slot
    if slot is None or slot.activity is None:
        raise RuleError(
            _("The current slot has no conversation."),
            code="no_conversation",
            cure=_("Go to a slot that has one, or choose one for this slot in the programme."),
        )
    return lock(slot.activity)


def _keep(gathering: Gathering, activity: Activity) -> None:
    """Let the gathering that is handed back know what was changed in its current slot."""
    if gathering.current_slot is not None:
        gathering.current_slot.activity = activity


def _results_are_visible(gathering: Gathering) -> bool:
    activity = queries.activity_in_view(gathering)
    return activity is not None and reading.results_are_visible(activity, voted=False)
