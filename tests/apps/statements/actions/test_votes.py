"""Casting and undoing votes."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from tests import factories

from samskap.apps.statements import actions, queries
from samskap.apps.statements.models import Conversation, Vote
from samskap.apps.trail.models import Entry
from samskap.kernel import clock
from samskap.kernel.errors import Closed, NotAllowed, RuleError


def votes() -> list[tuple[int, int, int, bool]]:
    return list(Vote.objects.order_by("pk").values_list("statement_id", "round", "choice", "matters"))


def cast(room: Any, choice: int = 1, *, statement: Any = None, **more: Any) -> Vote:
    fields = {"activity": room.window, **more}
    return actions.cast_vote(room.guest, statement or room.statements[0], choice=choice, **fields)


def test_a_vote_is_kept_with_its_window_channel_and_key(room: Any) -> None:
    key = uuid.uuid4()
    vote = cast(room, -1, matters=True, key=key, channel="phone")
    assert votes() == [(room.statements[0].pk, 1, -1, True)]
    assert (vote.activity_id, vote.channel, vote.key) == (room.window.pk, "phone", key)


def test_the_last_vote_replaces_the_one_before(room: Any) -> None:
    cast(room, 1)
    cast(room, -1)
    assert votes() == [(room.statements[0].pk, 1, -1, False)]


def test_the_same_press_sent_twice_is_one_vote_even_after_a_change(room: Any) -> None:
    key = uuid.uuid4()
    first = cast(room, 1, key=key)
    again = cast(room, 1, key=key)
    assert (again.pk, again.cast_at) == (first.pk, first.cast_at)
    assert Entry.objects.filter(verb__startswith="statements.vote_").count() == 1


def test_a_second_round_is_answered_anew(room: Any) -> None:
    second = factories.make_window(room.conversation, round=2)
    cast(room, 1)
    cast(room, -1, activity=second)
    pk = room.statements[0].pk
    assert votes() == [(pk, 1, 1, False), (pk, 2, -1, False)]


def test_undo_takes_back_the_vote_of_this_round_and_twice_is_no_harm(room: Any) -> None:
    second = factories.make_window(room.conversation, round=2)
    cast(room, 1)
    cast(room, 0, activity=second)
    actions.undo_vote(room.guest, room.statements[0], activity=room.window)
    actions.undo_vote(room.guest, room.statements[0], activity=room.window)
    assert votes() == [(room.statements[0].pk, 2, 0, False)]
    assert Entry.objects.filter(verb="statements.vote_undone").count() == 1


def test_the_trail_never_says_how_or_on_which_statement(room: Any) -> None:
    cast(room, -1)
    cast(room, 1)
    actions.undo_vote(room.guest, room.statements[0], activity=room.window)
    entries = list(Entry.objects.filter(verb__startswith="statements.vote").values_list("verb", "subject_kind", "data"))
    kind = "statements.conversation"
    assert entries == [
        ("statements.vote_cast", kind, {}),
        ("statements.vote_changed", kind, {}),
        ("statements.vote_undone", kind, {}),
    ]
    assert not Entry.objects.filter(verb__startswith="statements.vote", is_public=True).exists()


@pytest.mark.parametrize("choice", [2, -2, 7, True])
def test_a_vote_outside_the_three_choices_is_refused(room: Any, choice: int) -> None:
    with pytest.raises(RuleError, match="agree, disagree or pass"):
        cast(room, choice)
    assert votes() == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"state": "closed"}, "The conversation is closed."),
        ({"state": "planned"}, "The conversation is not open yet."),
        ({"closes_at": clock.now() - timedelta(hours=1)}, "The conversation closed on"),
        ({"state": "open", "opens_at": clock.now() + timedelta(hours=1)}, "The conversation opens on"),
    ],
)
def test_a_vote_outside_the_window_is_refused_with_the_time(room: Any, fields: dict, said: str) -> None:
    for name, value in fields.items():
        setattr(room.window, name, value)
    room.window.save()
    with pytest.raises(Closed) as caught:
        cast(room)
    assert said in str(caught.value)
    assert votes() == []


def test_a_window_that_closed_since_it_was_read_is_closed(room: Any) -> None:
    stale = room.window
    type(stale).objects.filter(pk=stale.pk).update(state="closed")
    with pytest.raises(Closed):
        cast(room, activity=stale)


@pytest.mark.parametrize("access", ["code", "invited", "verified"])
def test_a_ticket_that_is_too_weak_may_not_vote(room: Any, access: str) -> None:
    window = factories.make_window(room.conversation, access=access)
    with pytest.raises(NotAllowed):
        cast(room, activity=window)
    room.guest.assurance = access
    room.guest.save()
    cast(room, activity=window)
    assert len(votes()) == 1


def test_a_ticket_of_another_process_may_not_vote(room: Any) -> None:
    stranger = factories.make_participant()
    with pytest.raises(NotAllowed, match="not valid here"):
        actions.cast_vote(stranger, room.statements[0], choice=1, activity=room.window)


def test_a_statement_of_another_conversation_is_refused(room: Any) -> None:
    other = factories.make_conversation(process=room.conversation.process, statements=1)
    with pytest.raises(RuleError, match="another conversation"):
        cast(room, statement=other.statements.get())


@pytest.mark.parametrize("state", ["waiting", "rejected"])
def test_a_statement_that_is_not_accepted_cannot_be_answered(room: Any, state: str) -> None:
    hidden = factories.make_statement(room.conversation, state=state)
    with pytest.raises(RuleError, match="no longer part"):
        cast(room, statement=hidden)
    assert votes() == []


def test_an_answer_to_a_merged_statement_counts_for_the_kept_one(room: Any) -> None:
    kept, dropped, _third = room.statements
    actions.merge_statement(dropped, into=kept, by=room.host)
    cast(room, -1, statement=dropped)
    assert votes() == [(kept.pk, 1, -1, False)]
    cast(room, 1, statement=dropped)
    assert votes() == [(kept.pk, 1, -1, False)]


def test_undo_follows_a_vote_that_was_moved_by_a_merge(room: Any) -> None:
    kept, dropped, _third = room.statements
    cast(room, 1, statement=dropped)
    actions.merge_statement(dropped, into=kept, by=room.host)
    actions.undo_vote(room.guest, dropped, activity=room.window)
    assert votes() == []


def test_a_hundred_votes_order_one_map(room: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ordered: list[dict] = []
    monkeypatch.setattr(actions.maps, "enqueue", lambda job, **arguments: ordered.append({"job": job, **arguments}))
    for statement in room.statements:
        cast(room, statement=statement)
    order = {"job": "statements.map_conversation", "delay_s": 5, "conversation_id": room.conversation.pk}
    assert ordered == [order]
    actions.start_map(room.conversation)
    cast(room, -1)
    assert ordered == [order, order]


def test_a_map_order_that_was_lost_is_given_again(room: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ordered: list[int] = []
    monkeypatch.setattr(actions.maps, "enqueue", lambda job, **arguments: ordered.append(arguments["conversation_id"]))
    Conversation.objects.update(map_ordered_at=clock.now() - timedelta(minutes=20))
    cast(room)
    assert ordered == [room.conversation.pk]


def test_a_vote_costs_the_same_for_one_and_for_three_statements(room: Any, django_assert_max_num_queries: Any) -> None:
    cast(room, statement=room.statements[2])
    for statement in room.statements[:2]:
        with django_assert_max_num_queries(22):
            cast(room, statement=statement)
    assert queries.progress(room.conversation, room.guest, 1) == (3, 3)
