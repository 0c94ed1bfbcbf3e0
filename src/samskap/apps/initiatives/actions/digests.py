"""The digest: one mail an address with everything that moved and has not been told there.

Each mail is marked as told first and sent then: rows of `Told` are committed before the mail server is spoken to.
If the process dies in between, that mail is lost and never sent twice; where the server refuses, the rows are taken
away again and a later run sends it. The followers of an address are held while the rows are made, so that two
workers that run at the same moment tell different things or nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from samskap.apps.initiatives import queries
from samskap.apps.initiatives.actions.followers import address_key
from samskap.apps.initiatives.models import Follower, News, Told
from samskap.apps.initiatives.queries.following import TellingGroup
from samskap.kernel import clock
from samskap.web.jobs import enqueue

__all__ = ["send_digests"]

MOST_ATTEMPTS = 5
NEXT_ATTEMPT_S = 60 * 60
OLDEST_NEWS = timedelta(days=30)

_log = logging.getLogger(__name__)


def send_digests(*, attempt: int = 1) -> int:
    """Send what has not been told; returns how many mails went out. What fails is tried again in an hour."""
    since = clock.now() - OLDEST_NEWS
    sent = failed = 0
    for email, followers in queries.addresses_with_news(since=since).items():
        try:
            sent += _send_digest(email, followers, since=since)
        except Exception:
            failed += 1
            _log.exception("A digest could not be sent; it is tried again.")
    if failed and attempt < MOST_ATTEMPTS:
        enqueue("initiatives.send_digests", delay_s=NEXT_ATTEMPT_S, attempt=attempt + 1)
    return sent


def _send_digest(email: str, followers: Iterable[int], *, since: object) -> int:
    """Send one address its digest, once. Gives 1 where a mail went out, and 0 where there was nothing to tell."""
    key = address_key(email)
    with transaction.atomic():
        held = list(Follower.objects.select_for_update(of=("self",)).filter(pk__in=followers).order_by("pk"))
        active = [one for one in held if one.confirmed_at is not None and one.off_at is None]
        news = queries.untold_news(active, address=key, since=since)
        Told.objects.bulk_create([Told(address=key, news=one, at=clock.now()) for one in news])
    if not news:
        return 0
    try:
        _message(email, active, news).send()
    except Exception:
        Told.objects.filter(address=key, news__in=news).delete()
        raise
    return 1


def _message(email: str, followers: list[Follower], news: list[News]) -> EmailMessage:
    first = followers[0]
    language = first.person.language if first.person else first.language
    site = settings.SAMSKAP_URL or next((one.site for one in followers if one.site), queries.known_site())
    off = site + reverse("initiatives:following_off", args=[first.token])
    with translation.override(language):
        groups: list[TellingGroup] = queries.told_by_thing(news, language=language)
        context = {
            "groups": groups, "site": site, "off": off,
            "own": site + reverse("initiatives:following", args=[first.token]),
            "things": queries.things_followed(followers, language=language),
        }  # fmt: skip
        subject = render_to_string("initiatives/letters/digest_subject.txt", context).strip()
        body = render_to_string("initiatives/letters/digest.txt", context)
    headers = {"List-Unsubscribe": f"<{off}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return EmailMessage(" ".join(subject.split()), body, settings.DEFAULT_FROM_EMAIL, [email], headers=headers)
