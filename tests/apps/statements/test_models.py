"""What the database itself refuses."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests import factories


def refused(make: Any) -> str:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        make()
    return str(caught.value)


def test_there_is_one_vote_a_participant_statement_and_round(room: Any) -> None:
    statement = room.statements[0]
    factories.make_vote(room.guest, statement, 1)
    factories.make_vote(room.guest, statement, -1, round=2)
    assert "unique" in refused(lambda: factories.make_vote(room.guest, statement, -1)).lower()


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [({"choice": 2}, "vote_is_agree_pass_or_disagree"), ({"round": 0}, "vote_round_from_one")],
)
def test_a_vote_outside_the_three_choices_or_rounds_is_refused(room: Any, fields: dict, constraint: str) -> None:
    assert constraint in refused(lambda: factories.make_vote(room.guest, room.statements[0], **fields))


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"text": ""}, "statement_has_text"),
        ({"state": "rejected", "reason": ""}, "rejected_statement_has_reason"),
        ({"number": 1}, "statement"),
    ],
)
def test_a_statement_without_text_reason_or_number_of_its_own_is_refused(
    room: Any, fields: dict, constraint: str
) -> None:
    said = refused(lambda: factories.make_statement(room.conversation, **fields))
    assert constraint in said


def test_only_a_merged_statement_points_at_another(room: Any) -> None:
    one, other, _third = room.statements
    said = refused(lambda: factories.make_statement(room.conversation, merged_into=one))
    assert "merged_statement_has_that_state" in said
    assert factories.make_statement(room.conversation, state="merged", merged_into=other).pk


@pytest.mark.parametrize("limit", [39, 1001])
@pytest.mark.django_db
def test_the_length_limit_stays_between_40_and_1000(limit: int) -> None:
    assert "statement_limit_40_to_1000" in refused(lambda: factories.make_conversation(statement_limit=limit))
