"""Windows, and whether results are seen."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests import factories

from samskap.apps.statements import queries
from samskap.kernel import clock


def test_the_open_window_is_found_and_its_conversation_from_it(room: Any) -> None:
    factories.make_activity(process=room.conversation.process)
    assert queries.open_window(room.conversation) == room.window
    assert queries.conversation_of(room.window) == room.conversation
    assert queries.conversation_of(factories.make_activity()) is None
    type(room.window).objects.update(state="closed")
    assert queries.open_window(room.conversation) is None


def test_results_are_seen_only_when_shown(room: Any) -> None:
    assert queries.visible_round(room.conversation) is None
    room.window.results_shown_at = clock.now()
    room.window.save()
    assert queries.visible_round(room.conversation) == 1


def test_results_after_voting_are_seen_by_those_who_answered_everything(room: Any) -> None:
    room.window.results = "after_voting"
    room.window.save()
    first, second, third = room.statements
    for statement in (first, second):
        factories.make_vote(room.guest, statement, 1)
    assert queries.visible_round(room.conversation, participant=room.guest) is None
    factories.make_vote(room.guest, third, 0)
    assert queries.visible_round(room.conversation, participant=room.guest) == 1
    assert queries.visible_round(room.conversation) is None


def test_a_first_round_that_was_shown_stays_seen_while_the_second_is_hidden(room: Any) -> None:
    room.window.results_shown_at = clock.now() - timedelta(days=1)
    room.window.state = "closed"
    room.window.save()
    factories.make_window(room.conversation, round=2)
    assert queries.visible_round(room.conversation) == 1


def test_an_open_window_of_the_same_round_hides_what_the_hall_has_seen(room: Any) -> None:
    room.window.results_shown_at = clock.now() - timedelta(days=1)
    room.window.state = "closed"
    room.window.save()
    factories.make_window(room.conversation, order=5)
    assert queries.visible_round(room.conversation) is None
