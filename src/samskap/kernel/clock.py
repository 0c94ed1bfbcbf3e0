"""The one clock. Ask once, aware of time zone, and pass the answer on."""

from __future__ import annotations

from datetime import UTC, datetime

__all__ = ["now"]


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(tz=UTC)
