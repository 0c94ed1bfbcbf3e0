"""Preparing a gathering: place and time, programme, speakers, questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from samskap.apps.gatherings import permissions
from samskap.apps.gatherings.models import DayQuestion, Gathering, Slot, Speaker
from samskap.apps.processes import permissions as processes
from samskap.apps.trail import actions as trail
from samskap.kernel.acting import Acting, SystemActor
from samskap.kernel.errors import RuleError
from samskap.web.acting import lock, require

if TYPE_CHECKING:
    from samskap.apps.actors.models import Organisation
    from samskap.apps.processes.models import Process

__all__ = [
    "add_question",
    "add_slot",
    "add_speaker",
    "change",
    "create_gathering",
    "held",
    "remove_slot",
    "set_questions",
    "set_speakers",
    "update_gathering",
    "update_slot",
]


def held(gathering: Gathering, *, by: Acting) -> Gathering:
    """The gathering, locked, for someone who runs it; `NotAllowed` for everybody else."""
    gathering = lock(gathering)
    require(isinstance(by, SystemActor) or permissions.can_run_gathering(by, gathering))
    return gathering


def change(gathering: Gathering, **fields: Any) -> Gathering:
    """Store these fields and count the version up: phones, hall and calendars see that something is new."""
    for name, value in fields.items():
        setattr(gathering, name, value)
    gathering.version += 1
    gathering.save(update_fields=[*fields, "version"])
    return gathering


@transaction.atomic
def create_gathering(process: Process, *, by: Acting, **fields: Any) -> Gathering:
    """Plan a gathering: `title`, `place`, `starts_at`, `ends_at`, and if wanted `intro`, `eligible`, `capacity`."""
    require(isinstance(by, SystemActor) or processes.can_run_process(by, process))
    gathering = Gathering.objects.create(process=process, **fields)
    trail.record("gatherings.gathering_created", gathering, by=by, public=True)
    return gathering


@transaction.atomic
def update_gathering(gathering: Gathering, *, by: Acting, **fields: Any) -> Gathering:
    """Change what a gathering is called, where and when it is, and for how many."""
    gathering = change(held(gathering, by=by), **fields)
    trail.record("gatherings.gathering_changed", gathering, by=by, data={"fields": sorted(fields)})
    return gathering


@transaction.atomic
def add_slot(gathering: Gathering, *, by: Acting, **fields: Any) -> Slot:
    """Add a point to the programme: `title`, `starts_at`, and if wanted `kind`, `text`, `minutes`, `activity`."""
    gathering = held(gathering, by=by)
    _check_activity(gathering, fields)
    slot = Slot.objects.create(gathering=gathering, **fields)
    change(gathering)
    trail.record("gatherings.slot_added", gathering, by=by, data={"slot": slot.pk})
    return slot


@transaction.atomic
def update_slot(slot: Slot, *, by: Acting, **fields: Any) -> Slot:
    """Change a point of the programme."""
    gathering = held(slot.gathering, by=by)
    _check_activity(gathering, fields)
    slot = lock(slot)
    for name, value in fields.items():
        setattr(slot, name, value)
    slot.save(update_fields=list(fields))
    change(gathering)
    trail.record("gatherings.slot_changed", gathering, by=by, data={"slot": slot.pk, "fields": sorted(fields)})
    return slot


@transaction.atomic
def remove_slot(slot: Slot, *, by: Acting) -> None:
    """Take a point out of the programme. What was said and voted in its conversation stays."""
    gathering = held(slot.gathering, by=by)
    if gathering.current_slot_id == slot.pk:
        raise RuleError(
            _("This slot is on now."), code="slot_is_on", cure=_("Go to another slot first, and delete it then.")
        )
    number = slot.pk
    slot.delete()
    change(gathering)
    trail.record("gatherings.slot_removed", gathering, by=by, data={"slot": number})


def _check_activity(gathering: Gathering, fields: dict[str, Any]) -> None:
    activity = fields.get("activity")
    if activity is not None and activity.process_id != gathering.process_id:
        raise RuleError(
            _("This conversation belongs to another process."),
            code="foreign_activity",
            cure=_("Choose a conversation of the same process."),
        )


@transaction.atomic
def add_speaker(
    slot: Slot, *, by: Acting, name: str, organisation: Organisation | None = None, **fields: Any
) -> Speaker:
    """Add who speaks, by role or name, after those who are there."""
    gathering = held(slot.gathering, by=by)
    fields.setdefault("order", slot.speakers.count())
    speaker = Speaker.objects.create(slot=slot, name=name, organisation=organisation, **fields)
    change(gathering)
    return speaker


@transaction.atomic
def set_speakers(slot: Slot, *, by: Acting, speakers: Sequence[tuple[str, Organisation | None]]) -> None:
    """Put these speakers in the place of those who were there. One who stays keeps the translations."""
    gathering = held(slot.gathering, by=by)
    kept = {speaker.name: speaker for speaker in slot.speakers.all()}
    for order, (name, organisation) in enumerate(speakers):
        speaker = kept.pop(name, None) or Speaker(slot=slot, name=name, language=slot.language)
        speaker.order, speaker.organisation = order, organisation
        speaker.save()
    slot.speakers.filter(pk__in=[speaker.pk for speaker in kept.values()]).delete()
    change(gathering)


@transaction.atomic
def add_question(gathering: Gathering, *, by: Acting, text: str, **fields: Any) -> DayQuestion:
    """Add one of the day's questions, after those that are there."""
    gathering = held(gathering, by=by)
    fields.setdefault("order", gathering.questions.count())
    question = DayQuestion.objects.create(gathering=gathering, text=text, **fields)
    change(gathering)
    return question


@transaction.atomic
def set_questions(gathering: Gathering, *, by: Acting, texts: Sequence[str]) -> None:
    """Put these questions in the place of those that were there. One that stays keeps its translations."""
    gathering = held(gathering, by=by)
    kept = {question.text: question for question in gathering.questions.all()}
    for order, text in enumerate(texts):
        question = kept.pop(text, None) or DayQuestion(gathering=gathering, text=text, language=gathering.language)
        question.order = order
        question.save()
    gathering.questions.filter(pk__in=[question.pk for question in kept.values()]).delete()
    change(gathering)
