"""Calendar files (iCalendar, RFC 5545) that a phone or a mail program can take in."""

from __future__ import annotations

from datetime import UTC, datetime

from icalendar import Calendar, Event

__all__ = ["calendar_file"]


def calendar_file(
    *,
    uid: str,
    sequence: int,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    made_at: datetime,
    place: str = "",
    text: str = "",
    url: str = "",
) -> bytes:
    """One event as a calendar. The same `uid` with a higher `sequence` takes the place of an earlier file."""
    event = Event()
    event.add("uid", uid)
    event.add("sequence", sequence)
    event.add("dtstamp", made_at.astimezone(UTC))
    event.add("dtstart", starts_at.astimezone(UTC))
    event.add("dtend", ends_at.astimezone(UTC))
    event.add("summary", title)
    for name, value in (("location", place), ("description", text), ("url", url)):
        if value:
            event.add(name, value)
    calendar = Calendar()
    calendar.add("prodid", "-//Samskap//Samskap//NO")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
