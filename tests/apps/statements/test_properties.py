"""Whatever people do in whatever order, the counts equal those of a slow and obvious twin."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import factories

from samskap.apps.processes.models import Participant
from samskap.apps.statements import actions, queries
from samskap.kernel.errors import RuleError

from .conftest import make_room

PEOPLE, STATEMENTS = 3, 3
ACTS = st.one_of(
    st.tuples(st.just("vote"), st.integers(0, PEOPLE - 1), st.integers(0, STATEMENTS - 1), st.sampled_from([-1, 0, 1]),
              st.booleans()),
    st.tuples(st.just("undo"), st.integers(0, PEOPLE - 1), st.integers(0, STATEMENTS - 1)),
    st.tuples(st.just("withdraw"), st.integers(0, PEOPLE - 1)),
    st.tuples(st.just("merge"), st.integers(0, STATEMENTS - 1), st.integers(0, STATEMENTS - 1)),
    st.tuples(st.just("reject"), st.integers(0, STATEMENTS - 1)),
    st.tuples(st.just("accept"), st.integers(0, STATEMENTS - 1)),
)  # fmt: skip


class Twin:
    """Votes as a dictionary, states as a list: slow, obvious."""

    def __init__(self) -> None:
        self.votes: dict[tuple[int, int], tuple[int, bool]] = {}
        self.states: list[str] = ["accepted"] * STATEMENTS
        self.into: dict[int, int] = {}

    def vote(self, person: int, statement: int, choice: int, matters: bool) -> None:
        if self.states[statement] == "merged":
            if self.states[self.into[statement]] != "accepted":
                return
            self.votes.setdefault((person, self.into[statement]), (choice, matters))
        elif self.states[statement] == "accepted":
            self.votes[person, statement] = (choice, matters)

    def undo(self, person: int, statement: int) -> None:
        if (person, statement) in self.votes:
            del self.votes[person, statement]
        elif statement in self.into:
            self.votes.pop((person, self.into[statement]), None)

    def withdraw(self, person: int) -> None:
        self.votes = {key: vote for key, vote in self.votes.items() if key[0] != person}

    def merge(self, dropped: int, kept: int) -> None:
        if dropped == kept or self.states[dropped] == "merged" or self.states[kept] != "accepted":
            return
        for (person, statement), vote in list(self.votes.items()):
            if statement == dropped and (person, kept) not in self.votes:
                self.votes[person, kept] = self.votes.pop((person, dropped), vote)
        self.into = {one: kept if other == dropped else other for one, other in self.into.items()} | {dropped: kept}
        self.states[dropped] = "merged"

    def reject(self, statement: int) -> None:
        if self.states[statement] != "merged":
            self.states[statement] = "rejected"

    def accept(self, statement: int) -> None:
        if self.states[statement] != "merged":
            self.states[statement] = "accepted"

    def counts(self) -> list[tuple[int, int, int, int, int]]:
        return [
            (
                number + 1,
                *(
                    sum(s == number and vote[0] == choice for (_p, s), vote in self.votes.items())
                    for choice in (1, 0, -1)
                ),
                sum(s == number and vote[1] for (_p, s), vote in self.votes.items()),
            )
            for number in range(STATEMENTS)
            if self.states[number] == "accepted"
        ]

    def answered(self) -> int:
        return len({person for person, statement in self.votes if self.states[statement] == "accepted"})


def act(room: Any, people: list[Participant], done: tuple) -> None:
    """The same in the real house; a rule that says no changes nothing."""
    name, *where = done
    statements = room.statements
    window = room.window
    try:
        if name == "vote":
            person, statement, choice, matters = where
            actions.cast_vote(people[person], statements[statement], choice=choice, matters=matters, activity=window)
        elif name == "undo":
            actions.undo_vote(people[where[0]], statements[where[1]], activity=window)
        elif name == "withdraw":
            actions.withdraw_everything(people[where[0]])
            people[where[0]] = factories.make_participant(room.conversation.process)
        elif name == "merge":
            actions.merge_statement(statements[where[0]], into=statements[where[1]], by=room.host)
        elif name == "reject":
            actions.reject_statement(statements[where[0]], by=room.host, reason="Nei.")
        else:
            actions.accept_statement(statements[where[0]], by=room.host)
    except RuleError:
        pass


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(done=st.lists(ACTS, max_size=14))
def test_counts_equal_those_of_the_slow_twin(done: list[tuple]) -> None:
    room, twin = make_room(), Twin()
    people = [factories.make_participant(room.conversation.process) for _ in range(PEOPLE)]
    for one in done:
        act(room, people, one)
        getattr(twin, one[0])(*one[1:])
    found = [
        (count.statement.number, count.agree, count.passed, count.disagree, count.matters)
        for count in queries.statement_counts(room.conversation, 1)
    ]
    assert found == twin.counts()
    assert queries.answered_count(room.conversation, 1) == twin.answered()
    assert queries.votes_count(room.conversation, 1) == sum(sum(row[1:4]) for row in twin.counts())
