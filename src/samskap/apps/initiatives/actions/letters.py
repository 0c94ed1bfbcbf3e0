"""Letters that ask an address whether it is the right one: a link, and nothing else until it is used."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from samskap.apps.initiatives.models import Follower, Partner

__all__ = ["deliver_confirmation"]


def deliver_confirmation(*, kind: str, pk: int, language: str, site: str) -> None:
    """Send the link with which a follower or a resident partner confirms; nothing where the address is erased."""
    model = Follower if kind == "follower" else Partner
    found = model.objects.select_related("opportunity", "initiative").filter(pk=pk).first()
    if found is None or not found.email:
        return
    subject = found.opportunity or found.initiative or getattr(found, "process", None)
    page = "initiatives:following" if kind == "follower" else "initiatives:resident"
    with translation.override(language):
        context = {
            "title": subject.said_in(language).title if subject else "",
            "link": site + reverse(page, args=[found.token]),
        }
        head = render_to_string(f"initiatives/letters/{kind}_subject.txt", context).strip()
        body = render_to_string(f"initiatives/letters/{kind}.txt", context)
    send_mail(" ".join(head.split()), body, settings.DEFAULT_FROM_EMAIL, [found.email])
