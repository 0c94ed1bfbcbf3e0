"""Letters: an invitation is written in the language of the one who gets it."""

from __future__ import annotations

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from samskap.apps.actors import queries
from samskap.apps.actors.labels import ROLES

__all__ = ["send_invitation"]


def send_invitation(mandate_id: int, address: str) -> None:
    """Tell a person which mandate they have and how they sign in; nothing where it was taken back meanwhile."""
    mandate = queries.mandate_to_tell(mandate_id)
    if mandate is None:
        return
    with translation.override(mandate.person.language):
        subject = _("You can sign in to Samskap for %(municipality)s") % {"municipality": mandate.municipality.name}
        context = {"mandate": mandate, "role": ROLES[mandate.role], "address": address.rstrip("/")}
        send_mail(subject, render_to_string("actors/email/invitation.txt", context), None, [mandate.person.email])
