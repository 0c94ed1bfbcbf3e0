"""Taking everything back."""

from __future__ import annotations

from typing import Any

import pytest
from tests import factories

from samskap.apps.processes.models import Participant
from samskap.apps.statements import actions, queries
from samskap.apps.statements.models import Conversation, Statement, Vote
from samskap.apps.trail.models import Entry
from samskap.kernel.errors import NotAllowed, RuleError


def test_votes_texts_and_ticket_are_gone_and_the_answers_of_others_stay(room: Any) -> None:
    guest, other = room.guest, factories.make_participant(room.conversation.process)
    mine = factories.make_statement(
        room.conversation, author=guest, text="Mine egne ord.", translations={"en": {"text": "My words."}}
    )
    waiting = factories.make_statement(room.conversation, author=guest, state="waiting", text="Ord som venter.")
    factories.make_vote(guest, room.statements[0], 1)
    factories.make_vote(other, room.statements[0], -1)
    factories.make_vote(other, mine, 1)
    Conversation.objects.update(map_ordered_at=None)
    actions.withdraw_everything(guest)
    assert not Participant.objects.filter(pk=guest.pk).exists()
    assert sorted(Vote.objects.values_list("participant", "statement")) == sorted(
        [(other.pk, room.statements[0].pk), (other.pk, mine.pk)]
    )
    erased = Statement.objects.filter(pk__in=[mine.pk, waiting.pk]).values_list(
        "text", "state", "author", "translations", "reason"
    )
    assert [(text, state, author, said) for text, state, author, said, _r in erased] == [
        ("—", "rejected", None, {})
    ] * 2
    assert all(reason for *_others, reason in erased)
    assert queries.progress(room.conversation, other, 1) == (1, 3)
    assert Conversation.objects.get(pk=room.conversation.pk).map_ordered_at is not None


def test_a_merged_statement_that_is_erased_stays_merged(room: Any) -> None:
    mine = factories.make_statement(
        room.conversation, author=room.guest, state="merged", merged_into=room.statements[0]
    )
    actions.withdraw_everything(room.guest)
    mine.refresh_from_db()
    assert (mine.text, mine.state, mine.merged_into) == ("—", "merged", room.statements[0])


def test_what_is_erased_is_not_accepted_again(room: Any) -> None:
    mine = factories.make_statement(room.conversation, author=room.guest)
    actions.withdraw_everything(room.guest)
    with pytest.raises(RuleError, match="taken this statement back"):
        actions.accept_statement(mine, by=room.host)


def test_it_reaches_every_conversation_of_the_process_and_works_after_closing(room: Any) -> None:
    other = factories.make_conversation(process=room.conversation.process, statements=1)
    factories.make_vote(room.guest, other.statements.get(), 1)
    type(room.window).objects.update(state="closed")
    actions.withdraw_everything(room.guest)
    assert Vote.objects.count() == 0
    assert Conversation.objects.get(pk=other.pk).map_ordered_at is not None


def test_a_withdrawn_ticket_does_nothing_more(room: Any) -> None:
    guest = Participant.objects.get(pk=room.guest.pk)
    actions.withdraw_everything(room.guest)
    with pytest.raises(NotAllowed, match="given up"):
        actions.withdraw_everything(guest)
    with pytest.raises(NotAllowed, match="given up"):
        actions.cast_vote(guest, room.statements[0], choice=1, activity=room.window)


def test_the_trail_says_that_it_happened_and_nothing_of_what(room: Any) -> None:
    factories.make_vote(room.guest, room.statements[0], 1)
    actions.withdraw_everything(room.guest)
    entry = Entry.objects.get(verb="statements.everything_withdrawn")
    assert (entry.actor, entry.is_public, entry.data) == (f"ticket:{room.guest.alias}", False, {})
