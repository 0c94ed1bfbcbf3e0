"""Recording that something moved, and ordering the digest that tells it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from samskap.apps.initiatives.labels.news import NEWS
from samskap.apps.initiatives.models import Follower, Initiative, News, Opportunity
from samskap.apps.initiatives.rules.digests import next_digest_at
from samskap.kernel import clock
from samskap.kernel.acting import Acting
from samskap.web.jobs import enqueue

if TYPE_CHECKING:
    from samskap.apps.processes.models import Process

__all__ = ["tell"]


@transaction.atomic
def tell(kind: str, *, by: Acting, path: str, opportunity: Opportunity | None = None,
         initiative: Initiative | None = None, process: Process | None = None,
         data: Mapping[str, object] | None = None) -> News:  # fmt: skip
    """Record that something moved, for those who follow the thing; they are told in the digest of the next morning.

    `kind` is a key of `labels.news.NEWS`, `path` the address of the page that tells more, without the site, and
    `data` the gaps of the sentence (plain values, never a person's name or address). News is about one of the
    three. The first news of a digest orders it; `by` acted, and the trail has recorded it.
    """
    if kind not in NEWS:
        raise LookupError(f"No news is called {kind!r}; the sentences are in labels/news.py.")
    if sum(thing is not None for thing in (opportunity, initiative, process)) != 1:
        raise ValueError("News is about an opportunity, an initiative or a process.")
    if initiative is not None:
        _let_owner_follow(initiative)
    now = clock.now()
    digest_at = next_digest_at(now, zone=timezone.get_default_timezone())
    is_first = not News.objects.filter(digest_at=digest_at).exists()
    news = News.objects.create(
        kind=kind, opportunity=opportunity, initiative=initiative, process=process, data=dict(data or {}), path=path,
        at=now, digest_at=digest_at,
    )  # fmt: skip
    if is_first:
        enqueue("initiatives.send_digests", delay_s=(digest_at - now).total_seconds())
    return news


def _let_owner_follow(initiative: Initiative) -> None:
    """Whoever owns an initiative follows it, until they switch that off."""
    if initiative.owner is not None:
        defaults = {"confirmed_at": clock.now(), "language": initiative.owner.language}
        Follower.objects.get_or_create(person=initiative.owner, initiative=initiative, defaults=defaults)
