"""What this module puts on the pages of earlier ones."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests import factories

from samskap.apps.processes import actions as processes
from samskap.apps.statements import actions, queries
from samskap.kernel.errors import NotFound


def test_a_process_shows_its_conversations_and_whether_they_are_open(room: Any) -> None:
    factories.make_conversation(process=room.conversation.process, title="Stengt", order=9)
    (part,) = queries.process_parts(room.conversation.process, None)
    assert [(card.title, card.tag, card.foot) for card in part.cards] == [
        (room.conversation.title, "Open now", "3 statements"),
        ("Stengt", "Not open now", "0 statements"),
    ]
    page = Client(HTTP_ACCEPT_LANGUAGE="en").get(reverse("processes:process", args=[room.conversation.process_id]))
    assert reverse("statements:conversation", args=[room.conversation.pk]) in page.content.decode()


def test_those_who_run_a_process_are_led_to_the_work(room: Any) -> None:
    (part,) = queries.process_work_parts(room.conversation.process, room.host)
    assert part.cards[0].url == room.address("overview")
    assert part.action_url == reverse("statements:new_conversation", args=[room.conversation.process_id])


def test_what_waits_is_the_next_step_until_it_is_read(room: Any) -> None:
    municipality = room.conversation.process.municipality
    assert queries.work_steps(municipality, room.host) == []
    waiting = factories.make_statement(room.conversation, state="waiting")
    factories.make_statement(factories.make_conversation(), state="waiting")
    (step,) = queries.work_steps(municipality, room.host)
    assert (step.url, step.text) == (room.address("moderation"), f"1 statement waits in “{room.conversation.title}”.")
    actions.accept_statement(waiting, by=room.host)
    assert queries.work_steps(municipality, room.host) == []


@pytest.mark.parametrize("conversations", [1, 3])
@pytest.mark.django_db
def test_the_cards_cost_the_same_for_one_conversation_and_three(
    conversations: int, django_assert_num_queries: Any
) -> None:
    process = factories.make_process()
    for _ in range(conversations):
        factories.make_conversation(process=process, statements=2, window="open")
    with django_assert_num_queries(2):
        queries.process_parts(process, None)


def test_the_history_tells_decisions_and_windows_and_no_vote(room: Any) -> None:
    actions.cast_vote(room.guest, room.statements[0], choice=-1, activity=room.window)
    actions.reject_statement(room.statements[1], by=room.host, reason="Et spørsmål.")
    processes.close_activity(room.window, by=room.host)
    page = Client(HTTP_ACCEPT_LANGUAGE="en").get(
        reverse("trail:history", kwargs={"kind": "conversation", "pk": room.conversation.pk})
    )
    html = page.content.decode()
    assert "rejected statement 2" in html
    assert room.guest.alias not in html
    hidden = factories.make_conversation(process=factories.make_process(published=False))
    with pytest.raises(NotFound):
        queries.conversation_story(hidden.pk, viewer=None)
