"""The desk at the door: who has come, and paper forms for those who answer without a phone."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction

from samskap.apps.gatherings import queries
from samskap.apps.gatherings.actions.people import join
from samskap.apps.gatherings.actions.programme import held
from samskap.apps.gatherings.models import Attendance, Gathering, Registration
from samskap.apps.processes import actions as processes
from samskap.apps.statements import actions as statements
from samskap.apps.trail import actions as trail
from samskap.kernel import clock
from samskap.kernel.acting import Acting
from samskap.web.acting import lock

if TYPE_CHECKING:
    from samskap.apps.processes.models import Activity
    from samskap.apps.statements.models import Statement

__all__ = ["check_in", "enter_paper_form", "give_out_form", "mark_come"]


@transaction.atomic
def mark_come(registration: Registration, *, come: bool, by: Acting) -> Registration:
    """Tick that somebody who signed up has come, or take the tick away. It counts nobody: joining does."""
    held(registration.gathering, by=by)
    registration = lock(registration)
    if registration.has_come != come:
        registration.has_come = come
        registration.save(update_fields=["has_come"])
    return registration


@transaction.atomic
def give_out_form(gathering: Gathering, *, by: Acting, sector: str = "") -> Attendance:
    """Check in somebody who answers on paper: they are present, and the form gets the next number.

    The number leads to the answers and to no name: who got which form is not kept anywhere.
    """
    gathering = held(gathering, by=by)
    participant = processes.take_ticket(gathering.process, key=uuid.uuid4(), channel="desk", assurance="invited")
    participant = processes.say_sector(participant, sector=sector)
    attendance = join(gathering, participant)
    attendance.form_number = queries.last_form_number(gathering) + 1
    attendance.save(update_fields=["form_number"])
    trail.record("gatherings.form_given_out", gathering, by=by)
    return attendance


@transaction.atomic
def check_in(registration: Registration, *, by: Acting) -> Attendance:
    """Check in somebody who signed up and answers on paper; the sector is the one they gave."""
    mark_come(registration, come=True, by=by)
    return give_out_form(registration.gathering, by=by, sector=registration.sector)


@transaction.atomic
def enter_paper_form(
    form: Attendance, *, activity: Activity, answers: Mapping[Statement, int], by: Acting
) -> Attendance:
    """Store the answers of a paper form: 1 agree, 0 pass, -1 disagree. Typed again, the last answers count."""
    gathering = held(form.gathering, by=by)
    for statement, choice in answers.items():
        statements.cast_vote(
            form.participant,
            statement,
            choice=choice,
            matters=False,
            activity=activity,
            channel="paper",
            key=uuid.uuid4(),
        )
    form.form_typed_at = clock.now()
    form.save(update_fields=["form_typed_at"])
    trail.record("gatherings.form_typed_in", gathering, by=by)
    return form
