"""Many at once: each voter has one ballot, each code one voter, each form one number, and closing waits for nobody."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from tests.apps.budgeting.conftest import make_vote
from tests.apps.simultaneous import at_once
from tests.factories import make_activity, make_conversation, make_participant, make_person

from samskap.apps.budgeting import actions, queries
from samskap.apps.budgeting.actions import ReadForm
from samskap.apps.budgeting.models import PaperBallot, VoterBallot, VotingCode
from samskap.apps.budgeting.rules import Chosen
from samskap.apps.statements import actions as statements

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_form_from_eight_connections_is_one_ballot() -> None:
    vote = make_vote()
    key = uuid.uuid4()

    def send() -> None:
        actions.cast_ballot(
            vote.guest, vote.ballot, activity=vote.window, chosen=[Chosen("1"), Chosen("3")], form_key=key
        )

    assert at_once(*[send] * 8) == []
    assert vote.stored() == [[("1", None), ("3", None)]]


def test_different_forms_of_one_voter_leave_one_whole_ballot() -> None:
    vote = make_vote("ranking")

    def send(*keys: str) -> Callable[[], Any]:
        chosen = [Chosen(key, rank=place) for place, key in enumerate(keys, start=1)]
        return lambda: actions.cast_ballot(vote.guest, vote.ballot, activity=vote.window, chosen=chosen)

    assert at_once(send("1", "2"), send("2", "1"), send("4"), send("3", "4", "1")) == []
    [left] = vote.stored()
    assert [key for key, _rank in left] in (["1", "2"], ["2", "1"], ["4"], ["3", "4", "1"])
    assert [rank for _key, rank in left] == list(range(1, len(left) + 1))


def test_ten_voters_at_once_have_ten_ballots() -> None:
    vote = make_vote()
    people = [make_participant(vote.ballot.process) for _voter in range(10)]

    def send(person: Any) -> Callable[[], Any]:
        return lambda: actions.cast_ballot(person, vote.ballot, activity=vote.window, chosen=[Chosen("2")])

    assert at_once(*map(send, people)) == []
    assert VoterBallot.objects.count() == 10


def test_one_code_typed_on_six_devices_at_once_is_one_participant() -> None:
    vote = make_vote(access="invited")
    batch = actions.make_batch(vote.ballot, by=vote.host, title="Nord", size=1)
    [code] = actions.print_letters(batch, by=vote.host, printed_before=None)
    found: list[int] = []

    def use() -> None:
        found.append(actions.use_code(vote.ballot, typed=code, key=uuid.uuid4()).pk)

    assert at_once(*[use] * 6) == []
    assert len(set(found)) == 1
    assert VotingCode.objects.get().participant_id == found[0]


def test_forms_printed_at_once_have_numbers_of_their_own() -> None:
    vote = make_vote()
    assert at_once(*[lambda: actions.print_forms(vote.ballot, by=vote.host, size=5)] * 4) == []
    assert list(PaperBallot.objects.values_list("number", flat=True)) == list(range(1, 21))


def test_two_who_type_the_same_form_at_once_count_it_once() -> None:
    vote = make_vote()
    [paper] = actions.print_forms(vote.ballot, by=vote.host, size=1)
    other = make_person(role="facilitator", municipality=vote.ballot.process.municipality)
    read = ReadForm(chosen=(Chosen("1"),))

    def typed(person: Any) -> Callable[[], Any]:
        return lambda: actions.type_paper(paper, by=person, read=read)

    assert at_once(typed(vote.host), typed(other)) == []
    assert vote.stored() == [[("1", None)]]
    assert queries.unfinished_paper(vote.ballot) == 0


def test_two_codes_from_one_browser_at_once_are_two_voters() -> None:
    vote = make_vote(access="invited")
    batch = actions.make_batch(vote.ballot, by=vote.host, title="Nord", size=2)
    made = actions.print_letters(batch, by=vote.host, printed_before=None)
    key = uuid.uuid4()

    def use(code: str) -> Callable[[], Any]:
        return lambda: actions.use_code(vote.ballot, typed=code, key=key)

    assert at_once(*map(use, made)) == []
    assert len(set(VotingCode.objects.values_list("participant", flat=True))) == 2


def test_a_browser_that_votes_and_enters_a_code_at_once_waits_for_nobody() -> None:
    vote = make_vote()
    batch = actions.make_batch(vote.ballot, by=vote.host, title="Nord", size=6)
    made = actions.print_letters(batch, by=vote.host, printed_before=None)
    people = [make_participant(vote.ballot.process) for _code in made]

    def send(person: Any) -> Callable[[], Any]:
        return lambda: actions.cast_ballot(person, vote.ballot, activity=vote.window, chosen=[Chosen("2")])

    def use(person: Any, code: str) -> Callable[[], Any]:
        return lambda: actions.use_code(vote.ballot, typed=code, key=person.key)

    for person, code in zip(people, made, strict=True):
        assert at_once(send(person), use(person, code)) == []
    assert vote.stored() == [[("2", None)]] * 6
    assert set(VotingCode.objects.values_list("participant", flat=True)) == {person.pk for person in people}


def test_a_ballot_and_a_conversation_at_once_do_not_both_get_an_activity() -> None:
    vote = make_vote()
    process = vote.ballot.process
    conversation, activity = make_conversation(process=process), make_activity(process=process)
    wrong = at_once(
        lambda: actions.attach_window(vote.ballot, activity, by=vote.host),
        lambda: statements.attach_activity(conversation, activity, by=vote.host),
    )
    assert [getattr(error, "code", "") for error in wrong] == ["activity_taken"]
    assert (activity in queries.windows_of(vote.ballot)) is not conversation.windows.exists()
