"""Letters about what is to be measured: before the day to who answers for it, a week after to the leaders; each once.

Whom to write to is decided and marked first; each letter is then a job of its own, so that a mail server that fails
for one address gives nobody else a second letter, and no transaction is held while it is spoken to.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import get_current_timezone

from samskap.apps.actors.queries import people_with_role
from samskap.apps.benefits import permissions
from samskap.apps.benefits.models import Benefit
from samskap.apps.benefits.queries.benefits import rows
from samskap.apps.benefits.queries.reading import read_benefit
from samskap.apps.benefits.rules import reminders
from samskap.apps.initiatives.queries import today
from samskap.kernel import clock
from samskap.web.jobs import enqueue

if TYPE_CHECKING:
    from samskap.apps.actors.models import Person
    from samskap.apps.benefits.rules.forecasts import Due

__all__ = ["deliver_reminder", "order_reminder", "remind"]

_IN_CHARGE = ("leader", "facilitator")
_REMINDED_AT = time(7, 30)  # when a working day begins


def order_reminder(benefit: Benefit, *, site: str) -> None:
    """Order the next letter about a benefit in the morning of its day, or as soon as possible after."""
    due = _due(benefit)
    if due is None:
        return
    day = reminders.next_reminder(due.on, asked_for=benefit.asked_for, escalated_for=benefit.escalated_for)
    if day is None:
        return
    at = datetime.combine(day, _REMINDED_AT, tzinfo=get_current_timezone())
    wait = max(timedelta(minutes=1), at - clock.now())
    enqueue("benefits.remind", delay_s=wait.total_seconds(), benefit_id=benefit.pk, site=site)


def _due(benefit: Benefit) -> Due | None:
    return read_benefit(rows().get(pk=benefit.pk)).due


@transaction.atomic
def remind(benefit_id: int, *, site: str) -> None:
    """Order the letters that are due about a benefit, and the next look at it; nothing where nothing is waited for."""
    found = Benefit.objects.select_for_update(of=("self",), no_key=True).filter(pk=benefit_id).first()
    due = _due(found) if found else None
    if found is None or due is None:
        return
    whom = reminders.reminder_due(due.on, today=today(), asked_for=found.asked_for, escalated_for=found.escalated_for)
    if not whom:
        return
    field = "asked_for" if whom == "owner" else "escalated_for"
    setattr(found, field, due.on)
    found.save(update_fields=[field])
    for person in _recipients(found, whom):
        enqueue(
            "benefits.send_reminder",
            benefit_id=found.pk, person_id=person.pk, due=due.on.isoformat(), site=site,
        )  # fmt: skip
    order_reminder(found, site=site)


def _recipients(benefit: Benefit, whom: str) -> list[Person]:
    """Who answers for it, else the owner of the initiative; the leaders when it is escalated; else those in charge."""
    municipality = benefit.initiative.municipality
    if whom == "owner":
        for person in (benefit.owner, benefit.initiative.owner):
            if person is not None and permissions.can_measure(person, benefit):
                return [person]
        return people_with_role(municipality, *_IN_CHARGE)
    return people_with_role(municipality, "leader") or people_with_role(municipality, *_IN_CHARGE)


def deliver_reminder(benefit_id: int, *, person_id: int, due: str, site: str) -> None:
    """Write to one person that a benefit is to be measured; nothing where it was measured, moved or ended meanwhile."""
    benefit = rows().filter(pk=benefit_id).first()
    if benefit is None:
        return
    waited = read_benefit(benefit).due
    if waited is None or waited.on != date.fromisoformat(due):
        return
    person = next((one for one in people_with_role(benefit.initiative.municipality) if one.pk == person_id), None)
    if person is not None:
        _send(benefit, person, site=site)


def _send(benefit: Benefit, person: Person, *, site: str) -> None:
    path = reverse("benefits:work_benefit", args=[benefit.pk])
    with translation.override(person.language):
        context = {
            "benefit": read_benefit(benefit),
            "is_owner": benefit.owner_id == person.pk,
            "link": f"{site}{path}",
        }
        subject = render_to_string("benefits/letters/reminder_subject.txt", context).strip()
        body = render_to_string("benefits/letters/reminder.txt", context)
    send_mail(" ".join(subject.split()), body, settings.DEFAULT_FROM_EMAIL, [person.email])
