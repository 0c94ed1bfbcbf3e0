"""The pages of those who run a conversation."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests import factories

from samskap.apps.processes.models import Activity
from samskap.apps.statements.models import Conversation, Statement
from samskap.kernel import clock

from .test_voting import hold, shown

PAGES = ["overview", "texts", "settings", "statements", "seeds", "moderation", "windows", "new_window", "groups"]


@pytest.fixture
def client(room: Any) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(room.host)
    return client


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_come_for_the_host_and_look_absent_for_others(room: Any, client: Client, page: str) -> None:
    factories.make_statement(room.conversation, state="waiting")
    assert client.get(room.address(page)).status_code == 200
    stranger = Client()
    assert stranger.get(room.address(page)).status_code == 302
    stranger.force_login(factories.make_person(role="facilitator"))
    assert stranger.get(room.address(page)).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_no_page_of_the_work_says_how_or_whether_a_ticket_voted(room: Any, client: Client, page: str) -> None:
    factories.make_vote(room.guest, room.statements[0], -1)
    html = client.get(room.address(page)).content.decode()
    assert [s for s in (room.guest.alias, room.guest.key.hex, str(room.guest.key)) if s in html] == []
    assert "Disagree" not in shown(html)


def test_a_new_conversation_is_made_with_texts_in_three_languages(room: Any, client: Client) -> None:
    process = room.conversation.process
    sent = {"language": "nb", "title_nb": "Hva nå?", "intro_nb": "Kort.", "title_en": "What now?", "intro_en": ""}
    response = client.post(reverse("statements:new_conversation", args=[process.pk]), sent)
    made = Conversation.objects.latest("pk")
    assert response["Location"] == reverse("statements:seeds", args=[made.pk])
    assert (made.title, made.intro, made.said_in("en").title, made.said_in("nn").title) == (
        "Hva nå?", "Kort.", "What now?", "Hva nå?",
    )  # fmt: skip
    client.post(reverse("statements:texts", args=[made.pk]), sent | {"language": "en"})
    made.refresh_from_db()
    assert (made.language, made.title, made.said_in("nb").title) == ("en", "What now?", "Hva nå?")
    page = client.post(reverse("statements:texts", args=[made.pk]), {"language": "nn", "title_nb": "x"})
    assert "Write the title in the language" in shown(page.content.decode())


def test_the_settings_are_saved_within_their_limits(room: Any, client: Client) -> None:
    client.post(room.address("settings"), {"moderation": "open", "statement_limit": 140})
    room.conversation.refresh_from_db()
    assert (room.conversation.moderation, room.conversation.statement_limit) == ("open", 140)
    assert client.post(room.address("settings"), {"moderation": "open", "statement_limit": 20}).status_code == 200
    room.conversation.refresh_from_db()
    assert room.conversation.statement_limit == 140


def test_pasted_lines_are_checked_by_line_and_added_all_or_none(room: Any, client: Client) -> None:
    lines = f"Vi må dele lokaler.\n\n{room.statements[0].text}\n{'a' * 200}\nVi må dele  lokaler."
    html = shown(client.post(room.address("seeds"), {"lines": lines, "add": "yes"}).content.decode())
    assert "3 lines need a change" in html
    for said in ("It is in the conversation already.", "200 characters", "It is the same as line 1."):
        assert said in html
    assert room.conversation.statements.count() == 3
    good = "Vi må dele lokaler.\nVi må dele biler."
    html = client.post(room.address("seeds"), {"lines": good, "check": "yes"}).content.decode()
    assert "2 statements are ready" in shown(html)
    assert room.conversation.statements.count() == 3
    client.post(room.address("seeds"), {"lines": good, "add": "yes", "is_background": "on"})
    added = room.conversation.statements.filter(number__gt=3)
    assert list(added.values_list("text", "is_seed", "is_background")) == [
        ("Vi må dele lokaler.", True, True),
        ("Vi må dele biler.", True, True),
    ]


def test_a_moderator_accepts_one_or_many_and_rejects_with_a_reason(room: Any, client: Client) -> None:
    waiting = [factories.make_statement(room.conversation, state="waiting") for _ in range(5)]
    client.post(room.address("accept", statement_pk=waiting[0].pk))
    client.post(room.address("accept_many"), {"statement": [waiting[1].pk, "x"]})
    page = client.post(room.address("reject", statement_pk=waiting[2].pk), {"reason": ""}, follow=True)
    assert "needs a reason" in shown(page.content.decode())
    client.post(room.address("reject", statement_pk=waiting[2].pk), {"reason": "Et spørsmål."})
    states = Statement.objects.filter(pk__in=[one.pk for one in waiting]).order_by("pk").values_list("state", flat=True)
    assert list(states) == ["accepted", "accepted", "rejected", "waiting", "waiting"]
    page = client.post(room.address("accept_many"), {}, follow=True)
    assert "Tick the statements" in shown(page.content.decode())
    client.post(room.address("accept_many"), {"all": "yes"})
    assert list(states.all()) == ["accepted", "accepted", "rejected", "accepted", "accepted"]


def test_a_statement_is_merged_changed_and_translated_on_its_page(room: Any, client: Client) -> None:
    kept, dropped, third = room.statements
    client.post(room.address("merge", statement_pk=dropped.pk), {"into": kept.pk})
    dropped.refresh_from_db()
    assert (dropped.state, dropped.merged_into) == ("merged", kept)
    page = client.post(room.address("merge", statement_pk=third.pk), {"into": ""}, follow=True)
    assert "Choose the statement that stands for both." in shown(page.content.decode())
    sent = {"language": "nb", "text_nb": "Nye ord.", "text_en": "New words.", "text_nn": ""}
    client.post(room.address("statement", statement_pk=third.pk), sent)
    third.refresh_from_db()
    assert (third.text, third.translations) == ("Nye ord.", {"en": {"text": "New words."}})
    factories.make_vote(room.guest, third, 1)
    sent |= {"text_nb": "Kapret.", "text_nn": "Nye ord, nynorsk."}
    client.post(room.address("statement", statement_pk=third.pk), sent)
    third.refresh_from_db()
    assert third.text == "Nye ord."
    assert third.said_in("nn").text == "Nye ord, nynorsk."


def test_a_window_is_made_changed_opened_shown_hidden_and_closed(room: Any, client: Client) -> None:
    sent = {"title": "En uke på nett", "access": "code", "access_code": "byg da", "results": "when_shown", "round": 2}
    client.post(room.address("new_window"), sent)
    made = Activity.objects.latest("pk")
    assert (made.access_code, made.round, made.state) == ("BYGDA", 2, "planned")
    client.post(
        room.address("change_window", activity_pk=made.pk),
        sent | {"title": "Ny tittel", "closes_at": "2099-01-01T12:00"},
    )
    for order, state, is_shown in (
        ("open", "open", False), ("show", "open", True), ("hide", "open", False), ("close", "closed", False),
    ):  # fmt: skip
        client.post(room.address("give_order", activity_pk=made.pk, order=order))
        made.refresh_from_db()
        assert (made.state, made.results_shown_at is not None) == (state, is_shown)
    assert made.title == "Ny tittel"
    assert client.post(room.address("give_order", activity_pk=made.pk, order="burn")).status_code == 404
    elsewhere = factories.make_window(factories.make_conversation(process=room.conversation.process))
    assert client.post(room.address("give_order", activity_pk=elsewhere.pk, order="open")).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"opens_at": "2030-01-02T12:00", "closes_at": "2030-01-01T12:00"}, "It must close after it opens."),
        ({"access": "code"}, "Write the code that people are to use."),
        ({"round": 0}, "greater than or equal to 1"),
    ],
)
def test_a_window_that_cannot_be_is_told_why(room: Any, client: Client, wrong: dict, said: str) -> None:
    sent = {"title": "x", "access": "open", "results": "when_shown", "round": 1} | wrong
    assert said in shown(client.post(room.address("new_window"), sent).content.decode())


def test_a_free_activity_is_attached(room: Any, client: Client) -> None:
    free = factories.make_activity(process=room.conversation.process)
    client.post(room.address("attach"), {"activity": free.pk})
    assert free.conversation_window.conversation == room.conversation
    page = client.post(room.address("attach"), {"activity": "4711"}, follow=True)
    assert "Choose an activity." in shown(page.content.decode())


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("accept", {"statement_pk": 1}), ("reject", {"statement_pk": 1}), ("merge", {"statement_pk": 1}),
        ("accept_many", {}), ("attach", {}), ("give_order", {"activity_pk": 1, "order": "open"}),
    ],
)  # fmt: skip
def test_orders_from_those_who_do_not_run_it_look_absent(room: Any, name: str, keys: dict) -> None:
    client = Client()
    assert client.post(room.address(name, **keys)).status_code == 302
    client.force_login(factories.make_person(role="facilitator"))
    assert client.post(room.address(name, **keys)).status_code == 404


@pytest.mark.parametrize("page", ["statements", "moderation"])
def test_lists_cost_the_same_for_one_row_and_three(
    room: Any, client: Client, page: str, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    factories.make_statement(room.conversation, state="waiting")
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(room.address(page))
    for _ in range(3):
        factories.make_statement(room.conversation, state="waiting")
    with django_assert_num_queries(len(one)):
        client.get(room.address(page))


def test_a_hidden_result_is_nowhere_and_a_shown_one_is_linked(room: Any) -> None:
    answered = [factories.make_participant(room.conversation.process) for _ in range(9)]
    for number, person in enumerate(answered):
        factories.make_vote(person, room.statements[0], 1 if number < 7 else -1, matters=number < 6)
    guest = Client(HTTP_ACCEPT_LANGUAGE="en")
    hold(guest, room.guest)
    direction = f"/conversations/{room.conversation.pk}/direction/"
    told = re.compile(r"\b(77|78|22)( |&nbsp;)?%|\b7 of 9\b|[\"\'](agree|disagree|matters)[\"\']:")
    for name in ("conversation", "mine", "new_statement", "batch"):
        html = guest.get(room.address(name)).content.decode()
        assert direction not in html
        assert told.search(html) is None
    room.window.results_shown_at = clock.now()
    room.window.save()
    assert direction in guest.get(room.address()).content.decode()
