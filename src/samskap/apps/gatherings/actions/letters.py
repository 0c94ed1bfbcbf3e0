"""Letters: marked as sent first and sent then, so that nobody gets one twice; a failed one is unmarked.

No transaction is held while the mail server is spoken to: votes would have to wait for it.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from samskap.apps.gatherings import rules
from samskap.apps.gatherings.models import Gathering, Invitation, Registration
from samskap.kernel import clock
from samskap.web.jobs import enqueue

__all__ = ["deliver_invitation", "deliver_place", "deliver_reminder"]


def deliver_invitation(invitation_id: int, *, site: str) -> None:
    """Send one personal invitation, once; nothing where it was sent, or the address is erased."""
    with transaction.atomic():
        invitation = Invitation.objects.select_for_update().filter(pk=invitation_id, sent_at__isnull=True).first()
        if invitation is None or not invitation.email or invitation.gathering.state == "ended":
            return
        invitation.sent_at = clock.now()
        invitation.save(update_fields=["sent_at"])
    path = reverse("gatherings:invitation", args=[invitation.gathering.code, invitation.token])
    try:
        _send("invitation", invitation.gathering, to=invitation.email, path=path, site=site)
    except Exception:
        Invitation.objects.filter(pk=invitation_id).update(sent_at=None)
        raise


def deliver_place(registration_id: int, *, site: str) -> None:
    """Tell somebody who signed up whether they have a place, and how to cancel."""
    registration = Registration.objects.filter(pk=registration_id).exclude(state="cancelled").first()
    if registration is None or not registration.email:
        return
    kind = "waiting" if registration.state == "waiting" else "place"
    _send(kind, registration.gathering, to=registration.email, path=_own_page(registration), site=site)


def deliver_reminder(registration_id: int, *, site: str) -> None:
    """Remind somebody who has a place, once, a day before; where the day was moved, wait for the new one."""
    with transaction.atomic():
        registration = (
            Registration.objects.select_for_update()
            .filter(pk=registration_id, state="registered", reminded_at__isnull=True)
            .first()
        )
        if registration is None or not registration.email or registration.gathering.state != "planned":
            return
        wait = rules.reminder_at(registration.gathering.starts_at) - clock.now()
        if wait > timedelta(minutes=5):
            enqueue("gatherings.remind", delay_s=wait.total_seconds(), registration_id=registration_id, site=site)
            return
        registration.reminded_at = clock.now()
        registration.save(update_fields=["reminded_at"])
    try:
        _send("reminder", registration.gathering, to=registration.email, path=_own_page(registration), site=site)
    except Exception:
        Registration.objects.filter(pk=registration_id).update(reminded_at=None)
        raise


def _own_page(registration: Registration) -> str:
    return reverse("gatherings:registration", args=[registration.gathering.code, registration.token])


def _send(kind: str, gathering: Gathering, *, to: str, path: str, site: str) -> None:
    language = gathering.process.municipality.language
    with translation.override(language):
        context = {"gathering": gathering, "said": gathering.said_in(language), "link": f"{site}{path}"}
        subject = render_to_string(f"gatherings/letters/{kind}_subject.txt", context).strip()
        body = render_to_string(f"gatherings/letters/{kind}.txt", context)
    send_mail(" ".join(subject.split()), body, settings.DEFAULT_FROM_EMAIL, [to])
