"""Accept, reject with a reason, merge."""

from __future__ import annotations

from typing import Any

import pytest
from tests import factories

from samskap.apps.statements import actions, queries
from samskap.apps.statements.models import Vote
from samskap.apps.trail.models import Entry
from samskap.kernel.errors import NotAllowed, RuleError


def test_accepting_lets_people_answer_and_twice_is_no_harm(room: Any) -> None:
    waiting = factories.make_statement(room.conversation, state="waiting")
    for _ in range(2):
        assert actions.accept_statement(waiting, by=room.host).state == "accepted"
    entry = Entry.objects.get(verb="statements.statement_accepted")
    assert (entry.is_public, entry.data) == (True, {"number": 4})


def test_a_rejected_statement_keeps_its_reason_and_can_come_back_with_its_votes(room: Any) -> None:
    statement = room.statements[0]
    factories.make_vote(room.guest, statement, 1)
    rejected = actions.reject_statement(statement, by=room.host, reason="  Det er et spørsmål. ")
    assert (rejected.state, rejected.reason) == ("rejected", "Det er et spørsmål.")
    assert queries.answered_count(room.conversation, 1) == 0
    accepted = actions.accept_statement(rejected, by=room.host)
    assert (accepted.state, accepted.reason) == ("accepted", "")
    assert queries.answered_count(room.conversation, 1) == 1


@pytest.mark.parametrize("reason", ["", "  ", "\u200b"])
def test_a_rejection_needs_a_reason(room: Any, reason: str) -> None:
    with pytest.raises(RuleError, match="needs a reason"):
        actions.reject_statement(room.statements[0], by=room.host, reason=reason)
    assert room.statements[0].state == "accepted"


def test_merging_moves_a_vote_only_where_the_participant_has_none_on_the_kept_one(room: Any) -> None:
    kept, dropped, _third = room.statements
    both, one, later = (factories.make_participant(room.conversation.process) for _ in range(3))
    factories.make_vote(both, kept, 1)
    factories.make_vote(both, dropped, -1)
    factories.make_vote(one, dropped, -1, matters=True)
    factories.make_vote(later, kept, 1)
    factories.make_vote(later, dropped, 0, round=2)
    actions.merge_statement(dropped, into=kept, by=room.host)
    rows = sorted(Vote.objects.values_list("participant", "statement", "round", "choice", "matters"))
    assert rows == sorted([
        (both.pk, kept.pk, 1, 1, False),
        (both.pk, dropped.pk, 1, -1, False),
        (one.pk, kept.pk, 1, -1, True),
        (later.pk, kept.pk, 1, 1, False),
        (later.pk, kept.pk, 2, 0, False),
    ])  # fmt: skip
    entry = Entry.objects.get(verb="statements.statement_merged")
    assert entry.data == {"number": 2, "into": 1, "moved": 2, "left": 1}
    dropped.refresh_from_db()
    assert (dropped.state, dropped.merged_into) == ("merged", kept)
    assert [row.statement for row in queries.votes_rows(room.conversation, 1)] == [1, 1, 1]


def test_what_was_merged_before_follows_to_the_new_kept_one(room: Any) -> None:
    first, second, third = room.statements
    actions.merge_statement(first, into=second, by=room.host)
    actions.merge_statement(second, into=third, by=room.host)
    first.refresh_from_db()
    assert first.merged_into == third


def test_a_statement_is_merged_only_into_another_accepted_one_of_the_same_conversation(room: Any) -> None:
    statement = room.statements[0]
    elsewhere = factories.make_statement(factories.make_conversation(process=room.conversation.process))
    waiting = factories.make_statement(room.conversation, state="waiting")
    for impossible in (statement, elsewhere, waiting):
        with pytest.raises(RuleError, match="another accepted one"):
            actions.merge_statement(statement, into=impossible, by=room.host)


def test_what_is_merged_stays_merged(room: Any) -> None:
    kept, dropped, third = room.statements
    actions.merge_statement(dropped, into=kept, by=room.host)
    for decide in (
        lambda: actions.accept_statement(dropped, by=room.host),
        lambda: actions.reject_statement(dropped, by=room.host, reason="Nei."),
        lambda: actions.merge_statement(dropped, into=third, by=room.host),
    ):
        with pytest.raises(RuleError, match="stays so"):
            decide()


def test_only_those_who_run_it_decide(room: Any) -> None:
    one, other, _third = room.statements
    for stranger in (room.guest, factories.make_person(), factories.make_person(role="facilitator")):
        for decide in (
            lambda by: actions.accept_statement(one, by=by),
            lambda by: actions.reject_statement(one, by=by, reason="Nei."),
            lambda by: actions.merge_statement(one, into=other, by=by),
        ):
            with pytest.raises(NotAllowed):
                decide(stranger)
