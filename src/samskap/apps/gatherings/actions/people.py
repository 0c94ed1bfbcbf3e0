"""People before and at the door: invitations, sign-up with a waiting list, and joining."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from samskap.apps.actors.labels import SECTORS
from samskap.apps.gatherings import rules
from samskap.apps.gatherings.actions.programme import held
from samskap.apps.gatherings.models import Attendance, Gathering, Invitation, Registration
from samskap.apps.processes import actions as processes
from samskap.apps.trail import actions as trail
from samskap.kernel import clock
from samskap.kernel.acting import Acting, SystemActor
from samskap.kernel.errors import Closed, NotAllowed
from samskap.web.acting import lock
from samskap.web.jobs import enqueue

if TYPE_CHECKING:
    from samskap.apps.actors.models import Organisation
    from samskap.apps.processes.models import Participant

__all__ = ["VISITOR", "cancel_sign_up", "check_open", "come_in", "invitation_key", "invite", "join", "sign_up"]

# Someone who signs up is known by nothing but the link they hold.
VISITOR = SystemActor("visitor")


@transaction.atomic
def invite(
    gathering: Gathering,
    *,
    by: Acting,
    emails: Iterable[str] = (),
    links: int = 0,
    sector: str = "",
    organisation: Organisation | None = None,
    site: str = "",
) -> list[Invitation]:
    """Make personal invitations and return the new ones: one an address, once, and so many links on paper.

    Letters are sent by a job, in the municipality's language, with a link under the address `site`.
    """
    gathering = held(gathering, by=by)
    _check_not_ended(gathering)
    known = set(gathering.invitations.exclude(email="").values_list("email", flat=True))
    wanted = [email for email in dict.fromkeys(each.strip().lower() for each in emails) if email not in known]
    kind = {"gathering": gathering, "sector": sector, "organisation": organisation}
    letters = [Invitation.objects.create(email=email, **kind) for email in wanted if email]
    printed = [Invitation.objects.create(sent_at=clock.now(), **kind) for _number in range(links)]
    for letter in letters:
        enqueue("gatherings.send_invitation", invitation_id=letter.pk, site=site)
    if letters or printed:
        count = {"letters": len(letters), "links": len(printed)}
        trail.record("gatherings.people_invited", gathering, by=by, data=count)
    return letters + printed


def invitation_key(invitation: Invitation) -> uuid.UUID:
    """The ticket key of a personal invitation: the same on every device, so that one invitation is one voice.

    It is made with the secret key of the server, so that the database alone does not tell whose ticket it is.
    """
    message = f"invitation:{invitation.gathering.process_id}:{invitation.token}".encode()
    return uuid.UUID(bytes=hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).digest()[:16])


@transaction.atomic
def sign_up(
    gathering: Gathering,
    *,
    sector: str = "",
    name: str = "",
    email: str = "",
    needs: str = "",
    invitation: Invitation | None = None,
    form_key: uuid.UUID | None = None,
    site: str = "",
) -> Registration:
    """Give somebody a place, or a place in the waiting line where all are taken.

    The same form, invitation or address sent again signs up once: the registration that is there is returned.
    """
    gathering = lock(gathering)
    _check_not_ended(gathering)
    if invitation is not None and invitation.gathering_id != gathering.pk:
        raise NotAllowed(_("This invitation is to another gathering."))
    email = email.strip().lower()
    found = _same_person(gathering, email=email, invitation=invitation, form_key=form_key)
    if found is None:
        taken = gathering.registrations.filter(state="registered").count()
        _free_invitation(invitation)
        found = Registration.objects.create(
            gathering=gathering,
            invitation=invitation,
            name=name.strip(),
            email=email,
            needs=needs.strip(),
            sector=sector,
            form_key=form_key,
            state=rules.place_in_line(gathering.capacity, registered=taken),
        )
        trail.record("gatherings.signed_up", gathering, by=VISITOR, data={"state": found.state})
    if email:
        enqueue("gatherings.send_place", registration_id=found.pk, site=site)
        _order_reminder(found, site=site)
    return found


def _same_person(
    gathering: Gathering, *, email: str, invitation: Invitation | None, form_key: uuid.UUID | None
) -> Registration | None:
    rows = gathering.registrations.exclude(state="cancelled")
    if form_key is not None and (sent := gathering.registrations.filter(form_key=form_key).first()):
        return sent
    if invitation is not None and (invited := rows.filter(invitation=invitation).first()):
        return invited
    return rows.filter(email=email).first() if email else None


def _free_invitation(invitation: Invitation | None) -> None:
    """Someone who cancelled may come back with the same invitation."""
    if invitation is not None:
        Registration.objects.filter(invitation=invitation, state="cancelled").update(invitation=None)


def _order_reminder(registration: Registration, *, site: str) -> None:
    wait_s = (rules.reminder_at(registration.gathering.starts_at) - clock.now()).total_seconds()
    if wait_s > 0:
        enqueue("gatherings.remind", delay_s=wait_s, registration_id=registration.pk, site=site)


@transaction.atomic
def cancel_sign_up(registration: Registration, *, site: str = "") -> Registration:
    """Give the place back: name, address and needs are erased, and the first in the waiting line gets the place."""
    gathering = lock(registration.gathering)
    registration = lock(registration)
    if registration.state == "cancelled":
        return registration
    had_place = registration.state == "registered"
    registration.state, registration.name, registration.email, registration.needs = "cancelled", "", "", ""
    registration.save(update_fields=["state", "name", "email", "needs"])
    trail.record("gatherings.sign_up_cancelled", gathering, by=VISITOR)
    if had_place and gathering.state != "ended":
        promote_waiting(gathering, site=site)
    return registration


def promote_waiting(gathering: Gathering, *, site: str) -> None:
    """Give free places to those who have waited longest, and tell those who left an address."""
    taken = gathering.registrations.filter(state="registered").count()
    free = None if gathering.capacity is None else max(0, gathering.capacity - taken)
    for lucky in gathering.registrations.filter(state="waiting").order_by("created_at", "pk")[:free]:
        lucky.state = "registered"
        lucky.save(update_fields=["state"])
        trail.record("gatherings.place_given", gathering, by=VISITOR)
        if lucky.email:
            enqueue("gatherings.send_place", registration_id=lucky.pk, site=site)


@transaction.atomic
def join(gathering: Gathering, participant: Participant) -> Attendance:
    """Record that a participant is present; joining twice is being present once."""
    check_open(gathering)
    if participant.process_id != gathering.process_id:
        raise NotAllowed(_("This ticket is not valid here."), code="ticket_not_valid")
    attendance, created = Attendance.objects.get_or_create(gathering=gathering, participant=participant)
    if created:
        trail.record("gatherings.joined", gathering, by=participant, data={"channel": participant.channel})
    return attendance


@transaction.atomic
def come_in(
    gathering: Gathering,
    *,
    key: uuid.UUID,
    assurance: str,
    sector: str | None = None,
    organisation: Organisation | None = None,
) -> Attendance:
    """One tap on a phone: take the ticket, keep the sector if it has not been asked before, and be present.

    All in one transaction, so that the wave of people who join together waits for the disk once each. `sector` is
    None where nothing was asked; an unknown one is kept as no answer.
    """
    check_open(gathering)
    participant = processes.take_ticket(gathering.process, key=key, channel="phone", assurance=assurance)
    if sector is not None and participant.sector_asked_at is None:
        said = sector if sector in SECTORS else ""
        participant = processes.say_sector(participant, sector=said, organisation=organisation)
    return join(gathering, participant)


def check_open(gathering: Gathering) -> None:
    """Stop with `Closed` unless people may join now."""
    if gathering.state == "planned":
        raise Closed(
            _("This gathering has not opened yet."),
            code="gathering_not_open",
            cure=_("Wait until the host opens it; this page then lets you in."),
        )
    if gathering.state == "ended":
        raise _ended()


def _check_not_ended(gathering: Gathering) -> None:
    if gathering.state == "ended":
        raise _ended()


def _ended() -> Closed:
    return Closed(
        _("This gathering has ended."), code="gathering_ended", cure=_("Its report and its results are on its page.")
    )
