"""When news goes out: once a day, in the morning."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

__all__ = ["next_digest_at"]

DIGEST_HOUR = 7
# News that is being written when a digest begins would be missed by it: it waits for the next one.
MARGIN = timedelta(minutes=10)


def next_digest_at(now: datetime, *, zone: tzinfo) -> datetime:
    """The next seven o'clock of this time zone that is at least ten minutes away."""
    local = (now + MARGIN).astimezone(zone)
    morning = local.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return morning if morning >= local else morning + timedelta(days=1)
