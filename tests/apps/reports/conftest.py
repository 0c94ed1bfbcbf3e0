"""A conversation that was held: two camps, three sectors, and statements whose verdict is known beforehand."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from tests import factories
from tests.apps.viewers import Town

from samskap.apps.gatherings.models import Attendance, DayQuestion, Gathering, Slot, Speaker
from samskap.apps.processes.models import Activity, Participant
from samskap.apps.statements import compute
from samskap.apps.statements.models import Conversation, Vote

SECTORS = ("public", "private", "voluntary")
SECRET = "Naboen Facilitator Nordmann i Storgata 3 lyver."


@dataclass
class Held:
    """What was held. `agreed`, `rejected` and `dividing` are numbers of statements."""

    conversation: Conversation
    window: Activity
    people: list[Participant]
    agreed: tuple[int, ...] = (1, 2, 3, 4)
    rejected: tuple[int, ...] = (5,)
    dividing: tuple[int, ...] = field(default=tuple(range(6, 15)))


def hold(town: Town, *, people: int = 60, results: str = "always", state: str = "closed", **fields: Any) -> Held:
    """Statements 1 to 4 all agree with, 5 all reject, on 6 to 14 the even and the odd disagree; 15 is rejected."""
    process = factories.make_process(municipality=town.municipality, title="Sammen om bygda", **fields)
    conversation = factories.make_conversation(process=process, statements=14, title="Hva skal vi gjøre sammen?")
    factories.make_statement(conversation, text=SECRET, state="rejected", reason="Om en person.")
    window = factories.make_window(conversation, state=state, results=results)
    made = Participant.objects.bulk_create(
        Participant(process=process, sector=SECTORS[number % 3], channel="web") for number in range(people)
    )
    vote(conversation, made)
    compute.map_conversation(conversation.pk)
    return Held(conversation, window, made)


def vote(conversation: Conversation, people: list[Participant]) -> None:
    """Everybody answers everything; about one in thirty answers against their camp, so that nothing is exact."""
    votes = []
    for statement in conversation.statements.filter(state="accepted"):
        # One stream a statement: a pattern in who strays would be a group of its own.
        stray = random.Random(statement.number)
        for at, person in enumerate(people):
            choice = 1 if statement.number <= 4 else -1 if statement.number == 5 or at % 2 else 1
            if stray.random() < 1 / 30:
                choice = -choice
            votes.append(Vote(participant=person, statement=statement, choice=choice, channel="web"))
    Vote.objects.bulk_create(votes)


def gather(held: Held, *, speakers: int = 1, **fields: Any) -> Gathering:
    """A day on which the conversation was held."""
    gathering = factories.make_gathering(
        process=held.conversation.process, title="Dagen", state="ended", eligible=80, **fields
    )
    slot = Slot.objects.create(
        gathering=gathering, kind="conversation", title="Vi svarer", starts_at=gathering.starts_at,
        activity=held.window, text="Alle svarer.",
    )  # fmt: skip
    for number in range(speakers):
        talk = Slot.objects.create(
            gathering=gathering, title=f"Innlegg {number}", starts_at=gathering.starts_at + timedelta(hours=1)
        )
        office = factories.make_organisation(municipality=gathering.process.municipality)
        Speaker.objects.create(slot=talk, name="Kommunedirektøren", organisation=office)
        DayQuestion.objects.create(gathering=gathering, text=f"Hva er spørsmål {number}?")
    Attendance.objects.bulk_create(Attendance(gathering=gathering, participant=person) for person in held.people)
    assert slot.activity_id == held.window.pk
    return gathering


@pytest.fixture
def held(town: Town) -> Held:
    return hold(town)


@pytest.fixture
def hidden(town: Town) -> Held:
    return hold(town, results="when_shown", state="open")
