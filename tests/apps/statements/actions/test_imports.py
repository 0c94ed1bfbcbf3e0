"""Answers that were given elsewhere."""

from __future__ import annotations

from typing import Any

import pytest
from tests import factories

from samskap.apps.processes.models import Participant
from samskap.apps.statements import actions, queries
from samskap.apps.statements.actions import ImportedPerson, ImportedStatement, ImportedVote
from samskap.apps.statements.models import Conversation, Vote
from samskap.kernel.acting import SYSTEM_IMPORT
from samskap.kernel.errors import NotAllowed, RuleError

STATEMENTS = [
    ImportedStatement(3, "Vi  deler\u200b lokaler."),
    ImportedStatement(7, "Tull.", state="rejected", reason="Ikke en påstand."),
]
PEOPLE = [ImportedPerson("a", sector="public"), ImportedPerson("b", channel="paper")]
VOTES = [ImportedVote("a", 3, 1), ImportedVote("b", 3, -1, matters=True), ImportedVote("b", 7, 1)]


def brought_in(process: Any, **more: Any) -> Conversation:
    fields = {"title": "Fra fil", "statements": STATEMENTS, "people": PEOPLE, "votes": VOTES, **more}
    return actions.import_conversation(process, by=SYSTEM_IMPORT, **fields)


@pytest.mark.django_db
def test_a_conversation_comes_in_with_its_numbers_people_and_votes() -> None:
    conversation = brought_in(factories.make_process())
    assert list(conversation.statements.values_list("number", "text", "state")) == [
        (3, "Vi deler lokaler.", "accepted"),
        (7, "Tull.", "rejected"),
    ]
    assert sorted(Participant.objects.values_list("sector", "channel")) == [("", "paper"), ("public", "web")]
    assert Vote.objects.count() == 3
    assert sorted((row.statement, row.choice, row.matters) for row in queries.votes_rows(conversation, 1)) == [
        (3, -1, True),
        (3, 1, False),
    ]


@pytest.mark.parametrize(
    ("votes", "said"),
    [
        ([ImportedVote("a", 3, 5)], "“a” on statement 3 is “5”"),
        ([ImportedVote("a", 3, 1), ImportedVote("a", 3, -1)], "more than one vote"),
        ([ImportedVote("x", 3, 1)], "“x”, who is not"),
        ([ImportedVote("a", 99, 1)], "statement 99"),
    ],
)
@pytest.mark.django_db
def test_a_wrong_vote_is_named_and_nothing_is_half_written(votes: list[ImportedVote], said: str) -> None:
    process = factories.make_process()
    with pytest.raises(RuleError, match=said):
        brought_in(process, votes=votes)
    assert (Conversation.objects.count(), Participant.objects.count(), Vote.objects.count()) == (0, 0, 0)


@pytest.mark.django_db
def test_votes_without_statements_or_people_are_no_trouble() -> None:
    conversation = brought_in(factories.make_process(), statements=[], people=[], votes=[])
    assert list(queries.votes_rows(conversation, 1)) == []


def test_only_those_who_run_it_bring_answers_in(room: Any) -> None:
    with pytest.raises(NotAllowed):
        actions.import_conversation(room.conversation.process, by=room.guest, statements=[], title="x")
    with pytest.raises(NotAllowed):
        actions.import_answers(room.conversation, by=factories.make_person(), people=[], votes=[])
