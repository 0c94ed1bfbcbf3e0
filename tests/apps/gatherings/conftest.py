"""A day to test with: a gathering whose programme has a talk and a conversation, and who may run it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from tests.factories import (
    make_conversation,
    make_gathering,
    make_municipality,
    make_participant,
    make_person,
    make_process,
    make_window,
)

from samskap.apps.actors.models import Person
from samskap.apps.gatherings import live
from samskap.apps.gatherings.models import Gathering, Slot
from samskap.apps.processes.models import Activity, Participant
from samskap.apps.statements.models import Conversation


@dataclass(frozen=True)
class Day:
    gathering: Gathering
    talk: Slot
    voting: Slot
    activity: Activity
    conversation: Conversation
    host: Person

    def come(self, *, sector: str = "", **fields: object) -> Participant:
        """A participant who has joined."""
        participant = make_participant(self.gathering.process, sector=sector, **fields)
        self.gathering.attendances.create(participant=participant)
        return participant

    def to(self, slot: Slot | None) -> None:
        """Put the programme at this slot, past every rule."""
        Gathering.objects.filter(pk=self.gathering.pk).update(current_slot=slot)
        self.gathering.refresh_from_db()


def plan_day(*, state: str = "open", activity_state: str = "planned", **fields: object) -> Day:
    """A day of a published process in a municipality of its own."""
    town = make_municipality(number="4016")
    process = make_process(municipality=town)
    gathering = make_gathering(process=process, state=state, code="BCD234", **fields)
    conversation = make_conversation(process=process, statements=3)
    activity = make_window(conversation, state=activity_state, access="code", access_code="BCD234")
    begin = gathering.starts_at
    talk = gathering.slots.create(title="Foredraget", kind="talk", starts_at=begin, minutes=30)
    voting = gathering.slots.create(
        title="Samtalen", kind="conversation", starts_at=begin + timedelta(minutes=30), activity=activity
    )
    host = make_person(role="facilitator", municipality=town)
    return Day(gathering, talk, voting, activity, conversation, host)


@pytest.fixture
def day(db: None) -> Day:
    return plan_day()


@pytest.fixture
def as_host(day: Day) -> Client:
    """A browser that is signed in as the one who runs the day."""
    client = Client()
    client.force_login(day.host)
    return client


@pytest.fixture(autouse=True)
def no_copies(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Copies of the live state do not pass from test to test, and a test keeps the connection of its transaction."""
    monkeypatch.setattr(live, "close_old_connections", lambda: None)
    live.forget_copies()
    yield
    live.forget_copies()
