"""A conversation that is open, and the people around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from tests import factories

from samskap.apps.actors.models import Person
from samskap.apps.processes.models import Activity, Participant
from samskap.apps.statements.models import Conversation, Statement


@dataclass
class Room:
    """An open conversation with three statements, its host, and one participant who has said their sector."""

    conversation: Conversation
    window: Activity
    host: Person
    guest: Participant

    @property
    def statements(self) -> list[Statement]:
        return list(self.conversation.statements.order_by("number"))

    def address(self, name: str = "conversation", **more: Any) -> str:
        from django.urls import reverse

        return reverse(f"statements:{name}", kwargs={"pk": self.conversation.pk, **more})


@pytest.fixture
def room(db: None) -> Room:
    return make_room()


def make_room(**window: Any) -> Room:
    conversation = factories.make_conversation(statements=3)
    return Room(
        conversation=conversation,
        window=factories.make_window(conversation, **window),
        host=factories.make_person(role="facilitator", municipality=conversation.process.municipality),
        guest=factories.make_participant(
            conversation.process, sector="voluntary", sector_asked_at=conversation.created_at
        ),
    )
