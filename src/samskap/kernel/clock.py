"""The one clock. Ask once, aware of time zone, and pass the answer on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

__all__ = ["now", "showing"]

_shown: ContextVar[datetime | None] = ContextVar("shown", default=None)


def now() -> datetime:
    """The present moment in UTC."""
    return _shown.get() or datetime.now(tz=UTC)


@contextmanager
def showing(moment: datetime) -> Iterator[None]:
    """Let the clock of this thread show another moment: the example municipality has a day that is over."""
    before = _shown.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _shown.reset(before)
