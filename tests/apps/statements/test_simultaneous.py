"""Many at once: every vote is kept once, and nobody blocks anybody for good."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from tests import factories
from tests.apps.simultaneous import at_once

from samskap.apps.processes import actions as processes
from samskap.apps.statements import actions, queries
from samskap.apps.statements.models import Statement, Vote
from samskap.apps.trail import queries as trail
from samskap.kernel.errors import SamskapError

from .conftest import make_room

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_press_from_eight_connections_is_one_vote() -> None:
    room = make_room()
    key = uuid.uuid4()

    def press() -> None:
        actions.cast_vote(room.guest, room.statements[0], choice=1, activity=room.window, key=key)

    assert at_once(*[press] * 8) == []
    assert list(Vote.objects.values_list("choice", flat=True)) == [1]


def test_different_answers_at_once_leave_one_row() -> None:
    room = make_room()

    def press(choice: int) -> Callable[[], None]:
        return lambda: actions.cast_vote(room.guest, room.statements[0], choice=choice, activity=room.window)  # type: ignore[return-value]

    assert at_once(*[press(choice) for choice in (1, 0, -1) * 3]) == []
    assert Vote.objects.count() == 1


def test_ten_people_at_once_are_ten_votes_on_each_statement_and_the_chain_is_whole() -> None:
    room = make_room()
    people = [factories.make_participant(room.conversation.process) for _ in range(10)]

    def answer_all(person: Any) -> Callable[[], None]:
        def act() -> None:
            for statement in room.statements:
                actions.cast_vote(person, statement, choice=1, activity=room.window)

        return act

    assert at_once(*[answer_all(person) for person in people]) == []
    assert [count.agree for count in queries.statement_counts(room.conversation, 1)] == [10, 10, 10]
    assert queries.answered_count(room.conversation, 1) == 10
    assert [check.broken_at for check in trail.checked_chains()] == [None]


def test_votes_merges_and_withdrawals_at_once_end_with_one_vote_a_person_and_statement() -> None:
    room = make_room()
    kept, dropped, third = room.statements
    people = [factories.make_participant(room.conversation.process) for _ in range(6)]
    votes = [
        lambda person=person, statement=statement: actions.cast_vote(person, statement, choice=1, activity=room.window)
        for person in people
        for statement in (kept, dropped)
    ]
    wrong = at_once(
        *votes,
        lambda: actions.merge_statement(dropped, into=kept, by=room.host),
        lambda: actions.withdraw_everything(people[0]),
        lambda: actions.submit_statement(
            people[1], activity=room.window, conversation=room.conversation, text="Midt i det hele."
        ),
        lambda: actions.reject_statement(third, by=room.host, reason="Nei."),
    )
    assert [error for error in wrong if not isinstance(error, SamskapError)] == []
    assert Vote.objects.filter(participant=people[0].pk).count() == 0
    assert Statement.objects.get(pk=dropped.pk).merged_into_id == kept.pk
    assert sorted(Vote.objects.filter(statement=kept).values_list("participant", flat=True)) == [
        person.pk for person in people[1:]
    ]


def test_closing_while_people_vote_lets_each_vote_in_whole_or_not_at_all() -> None:
    room = make_room()
    people = [factories.make_participant(room.conversation.process) for _ in range(8)]
    received: list[int] = []

    def vote(person: Any) -> Callable[[], None]:
        def act() -> None:
            actions.cast_vote(person, room.statements[0], choice=1, activity=room.window)
            received.append(person.pk)

        return act

    wrong = at_once(*[vote(person) for person in people], lambda: processes.close_activity(room.window, by=room.host))
    assert [error for error in wrong if getattr(error, "code", "") != "closed"] == []
    assert sorted(Vote.objects.values_list("participant", flat=True)) == sorted(received)


def test_two_moderators_who_merge_the_other_way_round_do_not_block() -> None:
    room = make_room()
    one, other, _third = room.statements
    wrong = at_once(
        lambda: actions.merge_statement(one, into=other, by=room.host),
        lambda: actions.merge_statement(other, into=one, by=room.host),
    )
    assert [type(error).__name__ for error in wrong] == ["RuleError"]
    assert sorted(Statement.objects.filter(pk__in=[one.pk, other.pk]).values_list("state", flat=True)) == [
        "accepted", "merged",
    ]  # fmt: skip


def test_statements_written_at_once_get_numbers_of_their_own() -> None:
    room = make_room()
    people = [factories.make_participant(room.conversation.process) for _ in range(6)]

    def write(person: Any) -> Callable[[], Any]:
        return lambda: actions.submit_statement(
            person, activity=room.window, conversation=room.conversation, text=f"Tanke fra {person.pk}."
        )

    assert at_once(*[write(person) for person in people]) == []
    assert [statement.number for statement in room.statements] == list(range(1, 10))
