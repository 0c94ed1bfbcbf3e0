"""From rows to a stored map."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests import factories

from samskap.apps.statements import actions, compute, queries
from samskap.apps.statements.models import Conversation, OpinionMap
from samskap.apps.statements.tasks import map_conversation


def answer(room: Any, people: int = 12, *, round: int = 1) -> list[Any]:
    """Two camps on the first statement, and everybody for the second."""
    first, second, third = room.statements
    made = []
    for number in range(people):
        sector = ("public", "private", "voluntary")[number % 3]
        person = factories.make_participant(room.conversation.process, sector=sector)
        factories.make_vote(person, first, 1 if number % 2 else -1, round=round)
        factories.make_vote(person, second, 1, round=round)
        factories.make_vote(person, third, 0, round=round)
        made.append(person)
    return made


def test_every_round_with_votes_gets_a_map(room: Any) -> None:
    answer(room)
    answer(room, 6, round=2)
    map_conversation(room.conversation.pk)
    stored = OpinionMap.objects.order_by("round").values_list("round", "people", "votes")
    assert list(stored) == [(1, 12, 36), (2, 6, 18)]


def test_the_order_is_cleared_before_the_rows_are_read(room: Any) -> None:
    actions.cast_vote(room.guest, room.statements[0], choice=1, activity=room.window)
    assert Conversation.objects.get().map_ordered_at is not None
    compute.map_conversation(room.conversation.pk)
    assert Conversation.objects.get().map_ordered_at is None


def test_the_same_votes_in_another_order_of_rows_give_the_same_map(room: Any) -> None:
    people = answer(room)
    compute.map_conversation(room.conversation.pk)
    before = OpinionMap.objects.get()
    statement = room.statements[0]
    vote = statement.votes.get(participant=people[0])
    choice = vote.choice
    vote.delete()
    factories.make_vote(people[0], statement, choice)
    compute.map_conversation(room.conversation.pk)
    assert OpinionMap.objects.get() == before


def test_the_document_holds_no_ticket_alias_or_name(room: Any) -> None:
    people = answer(room)
    compute.map_conversation(room.conversation.pk)
    told = json.dumps(OpinionMap.objects.get().document)
    secrets = [text for person in people for text in (person.key.hex, str(person.key), person.alias)]
    assert [text for text in secrets if text in told] == []
    names = {queries.pseudonym(room.conversation, person.key.hex) for person in people}
    assert names == {place["key"] for place in OpinionMap.objects.get().document["people"]}


def test_pseudonyms_of_two_conversations_cannot_be_joined(room: Any) -> None:
    other = factories.make_conversation(process=room.conversation.process)
    key = room.guest.key.hex
    assert queries.pseudonym(room.conversation, key) != queries.pseudonym(other, key)


def test_rejected_statements_are_not_in_the_map(room: Any) -> None:
    answer(room)
    actions.reject_statement(room.statements[0], by=room.host, reason="Nei.")
    compute.map_conversation(room.conversation.pk)
    document = OpinionMap.objects.get().document
    assert sorted(one["key"] for one in document["statements"]) == ["2", "3"]


def test_background_questions_are_counted_beside_the_map(room: Any) -> None:
    answer(room)
    actions.translate_statement(room.statements[2], by=room.host, is_background=True)
    compute.map_conversation(room.conversation.pk)
    document = OpinionMap.objects.get().document
    assert (document["counts"]["statements"], document["counts"]["background"]) == (2, 1)


def test_when_the_last_one_withdraws_the_map_goes_too(room: Any) -> None:
    factories.make_vote(room.guest, room.statements[0], 1)
    compute.map_conversation(room.conversation.pk)
    actions.withdraw_everything(room.guest)
    compute.map_conversation(room.conversation.pk)
    assert OpinionMap.objects.count() == 0


@pytest.mark.parametrize("statements", [0, 1])
@pytest.mark.django_db
def test_no_or_one_statement_is_no_trouble(statements: int) -> None:
    conversation = factories.make_conversation(statements=statements)
    for statement in conversation.statements.all():
        factories.make_vote(factories.make_participant(conversation.process), statement, 1)
    compute.map_conversation(conversation.pk)
    assert OpinionMap.objects.count() == statements


@pytest.mark.django_db
def test_a_conversation_that_is_gone_is_no_trouble() -> None:
    compute.map_conversation(4711)
