from __future__ import annotations

from datetime import UTC, datetime, timedelta

from icalendar import Calendar

from samskap.formats.calendar import calendar_file

NOON = datetime(2026, 11, 14, 12, tzinfo=UTC)


def test_a_calendar_file_reads_back_as_it_was_given() -> None:
    made = calendar_file(
        uid="gathering-1-bcd234@samskap",
        sequence=7,
        title="Uforløste muligheter, dag 1; åpen",
        starts_at=NOON,
        ends_at=NOON + timedelta(hours=5),
        made_at=NOON,
        place="Tokestua, Drangedal",
        text="09:00 Velkommen\n09:30 Samtale",
        url="https://samskap.example.org/g/BCD234/",
    )
    event = Calendar.from_ical(made).walk("VEVENT")[0]
    assert {name: str(event[name]) for name in ("UID", "SUMMARY", "LOCATION", "DESCRIPTION", "URL")} == {
        "UID": "gathering-1-bcd234@samskap",
        "SUMMARY": "Uforløste muligheter, dag 1; åpen",
        "LOCATION": "Tokestua, Drangedal",
        "DESCRIPTION": "09:00 Velkommen\n09:30 Samtale",
        "URL": "https://samskap.example.org/g/BCD234/",
    }
    assert (event["SEQUENCE"], event["DTSTART"].dt, event["DTEND"].dt) == (7, NOON, NOON + timedelta(hours=5))
    assert b"\r\n" in made


def test_what_is_not_given_is_left_out() -> None:
    made = calendar_file(uid="1", sequence=0, title="Kort", starts_at=NOON, ends_at=NOON, made_at=NOON)
    assert (b"LOCATION" in made, b"DESCRIPTION" in made, b"URL" in made) == (False, False, False)
