"""What was answered, and the counts."""

from __future__ import annotations

from typing import Any

import pytest
from tests import factories

from samskap.apps.statements import queries
from samskap.kernel.errors import NotFound


def test_counts_are_sums_of_votes_that_count(room: Any) -> None:
    first, second, _third = room.statements
    hidden = factories.make_statement(room.conversation, state="rejected")
    other = factories.make_participant(room.conversation.process)
    silent = factories.make_participant(room.conversation.process)
    factories.make_vote(room.guest, first, 1, matters=True)
    factories.make_vote(other, first, -1)
    factories.make_vote(other, second, 0)
    factories.make_vote(silent, hidden, 1)
    factories.make_vote(silent, first, 1, round=2)
    assert queries.answered_count(room.conversation, 1) == 2
    assert queries.answered_count(room.conversation, 2) == 1
    assert queries.votes_count(room.conversation, 1) == 3
    assert queries.progress(room.conversation, other, 1) == (2, 3)
    assert queries.progress(room.conversation, None, 1) == (0, 3)
    counts = [(c.agree, c.passed, c.disagree, c.matters) for c in queries.statement_counts(room.conversation, 1)]
    assert counts == [(1, 0, 1, 1), (0, 1, 0, 0), (0, 0, 0, 0)]
    assert queries.rounds_with_votes(room.conversation) == [1, 2]


def test_turnout_by_sector_is_not_told_below_five(room: Any) -> None:
    for sector, people in (("public", 7), ("private", 5), ("voluntary", 2), ("", 6)):
        for _ in range(people):
            person = factories.make_participant(room.conversation.process, sector=sector)
            factories.make_vote(person, room.statements[0], 1)
    assert queries.turnout_by_sector(room.conversation, 1) == {
        "public": 7, "private": None, "voluntary": None, "": 6,
    }  # fmt: skip


def test_own_votes_are_those_of_this_ticket_and_round_alone(room: Any) -> None:
    factories.make_vote(room.guest, room.statements[0], 1)
    factories.make_vote(room.guest, room.statements[0], -1, round=2)
    factories.make_vote(factories.make_participant(room.conversation.process), room.statements[1], 1)
    assert [vote.choice for vote in queries.own_votes(room.guest, room.conversation, 1)] == [1]


def test_absent_and_not_yours_look_alike(room: Any) -> None:
    hidden = factories.make_conversation(process=factories.make_process(published=False))
    said = []
    for pk in (hidden.pk, 99999):
        with pytest.raises(NotFound) as caught:
            queries.visible_conversation(pk, viewer=None)
        said.append(str(caught.value))
    assert said[0] == said[1]
    assert queries.visible_conversation(room.conversation.pk, viewer=None) == room.conversation
    with pytest.raises(NotFound):
        queries.runnable_conversation(room.conversation.pk, viewer=factories.make_person(role="facilitator"))
    assert queries.runnable_conversation(room.conversation.pk, viewer=room.host) == room.conversation
