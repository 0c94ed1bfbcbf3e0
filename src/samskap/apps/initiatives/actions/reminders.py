"""Letters about next steps: to the owner at the date, to those in charge a week later; each once a date.

Whom to write to is decided and marked first; each letter is then a job of its own, so that a mail server that fails
for one address gives nobody else a second letter, and no transaction is held while it is spoken to.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import get_current_timezone

from samskap.apps.actors.queries import people_with_role
from samskap.apps.initiatives import permissions, rules
from samskap.apps.initiatives.actions.initiatives import REMINDED_AT
from samskap.apps.initiatives.models import Initiative
from samskap.apps.initiatives.queries.initiatives import today
from samskap.kernel import clock
from samskap.web.jobs import enqueue

if TYPE_CHECKING:
    from samskap.apps.actors.models import Person

__all__ = ["deliver_next_step", "remind"]

_IN_CHARGE = ("leader", "facilitator")


@transaction.atomic
def remind(initiative_id: int, *, site: str) -> None:
    """Order the letters that are due about the next step of an initiative; nothing where its date was moved."""
    found = Initiative.objects.select_for_update(of=("self",), no_key=True).filter(pk=initiative_id).first()
    if found is None:
        return
    whom = rules.reminder_due(
        found.next_date,
        stage=found.stage,
        today=today(),
        reminded_for=found.reminded_for,
        escalated_for=found.escalated_for,
    )
    if not whom:
        return
    field = "reminded_for" if whom == "owner" else "escalated_for"
    setattr(found, field, found.next_date)
    found.save(update_fields=[field])
    for person in _recipients(found, whom):
        enqueue(
            "initiatives.send_next_step",
            initiative_id=found.pk, person_id=person.pk, due=found.next_date.isoformat(), site=site,
        )  # fmt: skip
    if whom == "owner":
        _order_escalation(found, site=site)


def _recipients(initiative: Initiative, whom: str) -> list[Person]:
    """The owner; those in charge where there is none who may still change it, and when it is escalated."""
    owner = initiative.owner
    if whom == "owner" and owner is not None and permissions.can_edit_initiative(owner, initiative):
        return [owner]
    return people_with_role(initiative.municipality, *_IN_CHARGE)


def _order_escalation(initiative: Initiative, *, site: str) -> None:
    day = initiative.next_date + timedelta(days=rules.ESCALATES_AFTER_DAYS)
    at = datetime.combine(day, REMINDED_AT, tzinfo=get_current_timezone())
    wait = max(timedelta(minutes=1), at - clock.now())
    enqueue("initiatives.remind", delay_s=wait.total_seconds(), initiative_id=initiative.pk, site=site)


def deliver_next_step(initiative_id: int, *, person_id: int, due: str, site: str) -> None:
    """Tell one person that the next step of an initiative is due; nothing where it was moved or stopped meanwhile."""
    found = Initiative.objects.select_related("municipality", "owner").filter(pk=initiative_id).first()
    if found is None or found.next_date != date.fromisoformat(due) or found.stage == rules.STOPPED:
        return
    person = next((one for one in people_with_role(found.municipality) if one.pk == person_id), None)
    if person is None:
        return
    _send(found, person, site=site)


def _send(initiative: Initiative, person: Person, *, site: str) -> None:
    path = reverse("initiatives:work_initiative", args=[initiative.pk])
    with translation.override(person.language):
        context = {
            "initiative": initiative,
            "said": initiative.said,
            "is_owner": initiative.owner_id == person.pk,
            "is_overdue": rules.is_overdue(initiative.next_date, stage=initiative.stage, today=today()),
            "link": f"{site}{path}",
        }
        subject = render_to_string("initiatives/letters/next_step_subject.txt", context).strip()
        body = render_to_string("initiatives/letters/next_step.txt", context)
    send_mail(" ".join(subject.split()), body, settings.DEFAULT_FROM_EMAIL, [person.email])
