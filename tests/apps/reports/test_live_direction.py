"""A direction that is followed while people answer: who is told of a new map, and what the page keeps."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests import factories
from tests.apps.reports.conftest import Held, hold
from tests.apps.reports.test_direction import with_ticket
from tests.apps.viewers import KINDS, Town

from samskap.apps.statements import compute
from samskap.apps.statements import queries as statements
from samskap.kernel import clock

pytestmark = pytest.mark.django_db


def state(held: Held, client: Client, **asked: str) -> Any:
    answer = client.get(reverse("reports:direction_state", args=[held.conversation.pk]), asked)
    assert "private" in answer["Cache-Control"]
    return answer.json()["map"]


def test_a_new_map_is_told_of(town: Town) -> None:
    held = hold(town, state="open")
    client = town.client("anonymous")
    first = state(held, client)
    assert first == statements.latest_map_pk(held.conversation, 1)
    newcomer = factories.make_participant(held.conversation.process)
    factories.make_vote(newcomer, held.conversation.statements.get(number=1))
    compute.map_conversation(held.conversation.pk)
    assert state(held, client) not in (first, None)


def test_a_hidden_result_has_no_state_either(hidden: Held, town: Town) -> None:
    for kind in KINDS:
        assert state(hidden, town.client(kind)) is None
    seen = {kind: state(hidden, town.client(kind), preview="1") is not None for kind in KINDS}
    assert seen == {kind: kind in ("facilitator", "leader") for kind in KINDS}
    hidden.window.results_shown_at = clock.now()
    hidden.window.save()
    assert state(hidden, town.client("anonymous")) is not None


def test_after_voting_only_those_who_voted_are_told(town: Town) -> None:
    held = hold(town, results="after_voting", state="open")
    assert state(held, town.client("anonymous")) is None
    assert state(held, with_ticket(held, held.people[0])) is not None


def test_only_an_open_conversation_is_followed(held: Held, town: Town) -> None:
    address = reverse("reports:direction", args=[held.conversation.pk])
    assert "samskap/direction.js" not in town.client("anonymous").get(address).content.decode()
    held.window.state = "open"
    held.window.save()
    page = town.client("anonymous").get(address).content.decode()
    assert "samskap/direction.js" in page
    assert f'data-map="{statements.latest_map_pk(held.conversation, 1)}"' in page


def test_a_map_does_not_jump_when_one_more_answers(town: Town) -> None:
    held = hold(town, state="open")
    before = statements.stored_result(held.conversation, 1)
    newcomer = factories.make_participant(held.conversation.process)
    for statement in held.conversation.statements.filter(state="accepted"):
        factories.make_vote(newcomer, statement, -1)
    compute.map_conversation(held.conversation.pk)
    after = statements.stored_result(held.conversation, 1)
    assert before is not None
    assert after is not None
    was = {person.key: person for person in before.people}
    reach = max(abs(person.x) for person in before.people)
    old = [person for person in after.people if person.key in was]
    assert len(old) == 60
    assert all(person.group == was[person.key].group for person in old)
    assert max(abs(person.x - was[person.key].x) for person in old) < reach / 4
