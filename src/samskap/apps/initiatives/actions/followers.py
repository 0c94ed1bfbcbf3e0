"""Following: leave an address, confirm it, switch it off. Nothing here leads to a ticket that votes."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import Q, QuerySet

from samskap.apps.initiatives.models import Follower
from samskap.kernel import clock
from samskap.web.acting import lock
from samskap.web.jobs import enqueue

if TYPE_CHECKING:
    from samskap.apps.actors.models import Person

__all__ = [
    "address_key",
    "confirm_follower",
    "drop_unconfirmed_follower",
    "follow",
    "follow_as_person",
    "may_write_to",
    "switch_off",
    "switch_off_everything",
]

KEPT_UNCONFIRMED_S = 7 * 24 * 60 * 60
LETTER_EVERY_S = 60 * 60


@transaction.atomic
def follow(subject: Any, *, email: str, language: str, site: str) -> Follower:
    """Leave an address to be told when `subject` (an opportunity, an initiative or a process) moves.

    A letter with a link goes out, and nothing else until the link is used; an address that is not confirmed is
    erased after a week. The same address twice is one follower, and gets one letter an hour at most.
    """
    email = email.strip().lower()
    follower, created = Follower.objects.get_or_create(
        **{_field(subject): subject}, email=email, person=None, defaults={"language": language[:2], "site": site}
    )
    if created:
        enqueue("initiatives.drop_unconfirmed", delay_s=KEPT_UNCONFIRMED_S, kind="follower", pk=follower.pk)
    if follower.confirmed_at is None and may_write_to(email, about=f"{_field(subject)}:{subject.pk}"):
        enqueue("initiatives.send_confirmation", kind="follower", pk=follower.pk, language=language[:2], site=site)
    return follower


@transaction.atomic
def follow_as_person(subject: Any, *, person: Person, site: str = "", again: str = "no") -> Follower:
    """Let somebody with an account follow; the account has proved the address.

    One who has switched it off stays off, unless they ask for it themselves (`again="yes"`).
    """
    defaults = {"confirmed_at": clock.now(), "language": person.language, "site": site}
    follower, _created = Follower.objects.get_or_create(**{_field(subject): subject}, person=person, defaults=defaults)
    if follower.off_at is not None and again == "yes":
        follower.off_at, follower.confirmed_at = None, clock.now()
        follower.save(update_fields=["off_at", "confirmed_at"])
    return follower


@transaction.atomic
def confirm_follower(follower: Follower) -> Follower:
    """The link in the letter was used: from now on this address is told."""
    follower = lock(follower)
    if follower.confirmed_at is None and follower.off_at is None:
        follower.confirmed_at = clock.now()
        follower.save(update_fields=["confirmed_at"])
    return follower


@transaction.atomic
def switch_off(follower: Follower) -> None:
    """Tell this address nothing more about this thing, and erase the address."""
    _off(Follower.objects.filter(pk=follower.pk))


@transaction.atomic
def switch_off_everything(follower: Follower) -> None:
    """Tell the address of this follower nothing more about anything, and erase it everywhere it follows."""
    email = follower.email or (follower.person.email if follower.person else "")
    own = Q(pk=follower.pk)
    _off(Follower.objects.filter(own | Q(email__iexact=email) | Q(person__email=email) if email else own))


@transaction.atomic
def drop_unconfirmed_follower(pk: int) -> None:
    """Erase an address that nobody has confirmed."""
    Follower.objects.filter(pk=pk, confirmed_at__isnull=True).delete()


def address_key(email: str) -> str:
    """What an address is called where it must be known again and not read: a keyed hash."""
    return hmac.new(settings.SECRET_KEY.encode(), f"told:{email.lower()}".encode(), hashlib.sha256).hexdigest()


def may_write_to(email: str, *, about: str) -> bool:
    """Whether a letter about this may go to this address now: one an hour, so that nobody can flood a mailbox."""
    return bool(cache.add(f"initiatives.letter.{about}.{address_key(email)[:32]}", 1, LETTER_EVERY_S))


def _field(subject: Any) -> str:
    return str(subject._meta.model_name)


def _off(rows: QuerySet[Follower]) -> None:
    rows.filter(off_at__isnull=True).update(off_at=clock.now(), email="")
