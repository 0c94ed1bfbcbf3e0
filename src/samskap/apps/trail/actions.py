"""The only way into the trail."""

from __future__ import annotations

import json
from typing import Any

from django.db import connection, models, transaction

from samskap.apps.trail.models import Entry
from samskap.apps.trail.rules import FIRST_HASH, SYSTEM_CHAIN, Sealed
from samskap.kernel import clock
from samskap.kernel.acting import Acting

__all__ = ["record"]


@transaction.atomic
def record(
    verb: str,
    subject: models.Model,
    *,
    by: Acting,
    public: bool = False,
    data: dict[str, Any] | None = None,
) -> Entry:
    """Add what happened to the chain of the subject's municipality.

    `subject` has a `municipality_number`, or the entry goes to the system's chain. `data` holds plain values and
    never a name, an address, or how somebody voted. A public entry is shown on the subject's history page.
    """
    chain = getattr(subject, "municipality_number", SYSTEM_CHAIN)
    _hold_chain(chain)
    last = Entry.objects.filter(chain=chain).order_by("-number").first()
    sealed = Sealed(
        chain=chain,
        number=last.number + 1 if last else 1,
        at=clock.now(),
        actor=by.acting_as,
        verb=verb,
        subject_kind=subject._meta.label_lower,
        subject_id=str(subject.pk),
        is_public=public,
        data=json.loads(json.dumps(data or {}, allow_nan=False)),
        previous_hash=last.hash if last else FIRST_HASH,
    )
    return Entry.objects.create(**vars(sealed), hash=sealed.seal())


def _hold_chain(chain: str) -> None:
    """Let one transaction at a time extend a chain.

    SQLite is held by its immediate transaction; PostgreSQL needs a lock of its own, since a first entry has no row.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [0x5A_35, int(chain)])
