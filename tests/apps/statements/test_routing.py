"""Which statement each person is asked, from the rows to the page."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import factories

from samskap.apps.statements import compute, labels
from samskap.engines.opinion_map.routing import Why


def vote_alike(room: Any, choices: dict[int, int], *, people: int, sector: str = "public") -> list[Any]:
    """So many people of one sector give these choices, by statement number."""
    texts = {statement.number: statement for statement in room.statements}
    made = [factories.make_participant(room.conversation.process, sector=sector) for _ in range(people)]
    for person in made:
        for number, choice in choices.items():
            factories.make_vote(person, texts[number], choice)
    return made


def newcomers(room: Any, count: int, *, sector: str) -> list[int | None]:
    """The first statement that each of so many new people of a sector is asked."""
    made = [factories.make_participant(room.conversation.process, sector=sector) for _ in range(count)]
    firsts = [compute.next_statement(room.conversation, one, 1) for one in made]
    return [first.number if first else None for first in firsts]


def test_each_statement_is_asked_once_a_round(room: Any) -> None:
    asked = []
    while (statement := compute.next_statement(room.conversation, room.guest, 1)) is not None:
        factories.make_vote(room.guest, statement, 0)
        asked.append(statement.number)
    assert sorted(asked) == [1, 2, 3]
    assert compute.next_statement(room.conversation, room.guest, 2) is not None


def test_only_accepted_statements_are_asked_and_at_once(room: Any) -> None:
    assert len(compute.next_statements(room.conversation, room.guest, 1, most=50)) == 3
    for state in ("waiting", "rejected", "merged"):
        factories.make_statement(room.conversation, state=state)
    gone = room.statements[0]
    gone.state, gone.reason = "rejected", "It is a question."
    gone.save(update_fields=["state", "reason"])
    new = factories.make_statement(room.conversation, number=40)
    found = compute.next_statements(room.conversation, room.guest, 1, most=50)
    assert sorted(one.number for one in found) == [2, 3, new.number]


def test_a_ticket_that_has_done_nothing_keeps_its_order_with_the_first_vote(room: Any) -> None:
    for number in range(10):
        factories.make_statement(room.conversation, number=number + 10)
    before = compute.next_statements(room.conversation, None, 1, seed=room.guest.key.hex, most=20)
    assert compute.next_statements(room.conversation, room.guest, 1, most=20) == before
    assert len(before) == 13


def test_people_are_asked_in_orders_of_their_own(room: Any) -> None:
    for number in range(10):
        factories.make_statement(room.conversation, number=number + 10)
    assert len(set(newcomers(room, 40, sector="public"))) > 8


def test_background_questions_and_skipped_statements_wait(room: Any) -> None:
    for number in range(10, 18):
        factories.make_statement(room.conversation, number=number, is_background=number < 15)
    order = compute.next_statements(room.conversation, room.guest, 1, most=50)
    assert [one.is_background for one in order[:6]] == [False, False, False, False, True, False]
    skipped = [order[0].pk, order[1].pk, 999_999]
    assert compute.next_statements(room.conversation, room.guest, 1, skipped=skipped, most=50)[-2:] == order[:2]


@pytest.mark.parametrize("statements", [1, 3, 30])
@pytest.mark.django_db
def test_the_next_statement_takes_five_queries_and_three_while_counts_are_kept(
    statements: int, django_assert_num_queries: Any
) -> None:
    conversation = factories.make_conversation(statements=statements)
    guest = factories.make_participant(conversation.process)
    with django_assert_num_queries(5):
        assert compute.next_statement(conversation, guest, 1) is not None
    with django_assert_num_queries(3):
        assert compute.next_statement(conversation, guest, 1) is not None


def test_the_sector_that_has_not_settled_a_statement_is_asked_about_it(room: Any) -> None:
    vote_alike(room, {1: 1, 2: 1, 3: 1}, people=30)
    vote_alike(room, {2: 1, 3: 1}, people=15, sector="voluntary")
    vote_alike(room, {1: 1}, people=6, sector="voluntary")
    vote_alike(room, {1: -1}, people=5, sector="voluntary")
    cache.clear()
    asked = Counter(newcomers(room, 40, sector="voluntary"))
    assert asked[1] > 36
    first = compute.asking_now(room.conversation, 1)[0]
    assert (first.statement.number, first.why.reason, first.why.name) == (1, "agreed", "voluntary")


def test_the_facilitator_sees_what_is_asked_of_whom_and_why_while_a_window_is_open(room: Any) -> None:
    vote_alike(room, {1: 1, 2: 1, 3: 1}, people=30)
    vote_alike(room, {3: 1}, people=15, sector="voluntary")
    vote_alike(room, {1: 1, 2: 1}, people=3, sector="voluntary")
    client = Client(headers={"accept-language": "en"})
    client.force_login(room.host)
    html = client.get(room.address("overview")).content.decode()
    table = html[html.index("What is being asked now") : html.index('aria-labelledby="states"')]
    assert table.count("Voluntary sector") >= 2
    assert "Fewer than five of them have answered it." in table
    room.window.state = "closed"
    room.window.save(update_fields=["state"])
    assert "What is being asked now" not in client.get(room.address("overview")).content.decode()


def test_groups_come_from_the_latest_map_and_it_is_read_once(room: Any) -> None:
    for number in range(4, 16):
        factories.make_statement(room.conversation, number=number)
    split = {number: 1 if number % 2 else -1 for number in range(1, 15)}
    camp = vote_alike(room, split, people=20)
    vote_alike(room, {number: -choice for number, choice in split.items()}, people=20)
    compute.map_conversation(room.conversation.pk)
    state = compute.next_statements(room.conversation, camp[0], 1)
    assert [one.number for one in state] == [15]
    with CaptureQueriesContext(connection) as again:
        cache.delete(f"statements.router.{room.conversation.pk}.1.counted")
        compute.next_statements(room.conversation, camp[0], 1)
    assert not any("document" in query["sql"] for query in again)
    kinds = {one.why.kind for one in compute.asking_now(room.conversation, 1, most=50)}
    assert kinds <= {"everyone", "group", "sector"}


@pytest.mark.parametrize("reason", ["new", "unheard", "agreed", "rejected", "divides"])
def test_every_reason_that_is_told_has_its_words(reason: Any) -> None:
    why = Why("1", reason, "sector", "voluntary", needed=3, chance=0.5)
    sentence = str(labels.WHY_ASKED[why.reason])
    assert sentence.endswith(".")
    assert "3" not in sentence  # small numbers are not told
