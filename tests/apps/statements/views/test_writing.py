"""Statements from participants, and what is theirs."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests import factories

from samskap.apps.processes.models import Participant
from samskap.apps.statements import actions
from samskap.apps.statements.models import Statement, Vote

from .test_voting import hold, press, shown


@pytest.fixture
def client(room: Any) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    hold(client, room.guest)
    return client


def write(room: Any, client: Client, text: str, **more: Any) -> Any:
    return client.post(room.address("new_statement"), {"text": text, **more}, follow=True)


def test_a_statement_is_sent_to_the_moderator(room: Any, client: Client) -> None:
    page = write(room, client, "Kollektivtilbudet må bli bedre.")
    assert "A moderator reads your statement" in shown(page.content.decode())
    written = Statement.objects.get(author=room.guest)
    assert (written.text, written.state, written.language) == ("Kollektivtilbudet må bli bedre.", "waiting", "en")


def test_a_statement_that_looks_like_another_is_shown_it_before_it_is_sent(room: Any, client: Client) -> None:
    actions.edit_statement(room.statements[0], by=room.host, text="Kollektivtilbudet må bli bedre for unge.")
    html = write(room, client, "Kollektivtilbudet må bli mye bedre for unge").content.decode()
    assert "Is it one of these?" in shown(html)
    assert f"{room.address()}?statement={room.statements[0].pk}" in html
    assert "Kollektivtilbudet må bli mye bedre for unge</textarea>" in html
    assert Statement.objects.filter(author=room.guest).count() == 0
    write(room, client, "Kollektivtilbudet må bli mye bedre for unge", anyway="yes")
    assert Statement.objects.filter(author=room.guest).count() == 1


def test_a_waiting_statement_is_not_shown_to_others_as_alike(room: Any, client: Client) -> None:
    factories.make_statement(room.conversation, state="waiting", text="Ordføreren bør gå av straks.")
    html = write(room, client, "Ordføreren bør gå av med en gang, straks.").content.decode()
    assert "is waiting for a moderator" in shown(html)
    assert "Ordføreren bør gå av straks." not in html


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "required"), ("\u200b", "Write a statement in words."), ("a" * 300, "The statement has 300 characters")],
)
def test_what_was_typed_is_kept_with_the_error(room: Any, client: Client, text: str, said: str) -> None:
    html = write(room, client, text).content.decode()
    assert said in shown(html)
    assert text in html
    assert Statement.objects.filter(author=room.guest).count() == 0


def test_markup_is_shown_as_text_and_never_as_markup(room: Any, client: Client) -> None:
    write(room, client, "<script>alert(1)</script> er en påstand")
    actions.accept_statement(Statement.objects.get(author=room.guest), by=room.host)
    for address in (room.address("mine"), f"{room.address()}?statement={Statement.objects.latest('pk').pk}"):
        html = client.get(address).content.decode()
        assert "<script>alert(1)" not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt; er en påstand" in html


def test_nothing_typed_is_lost_when_the_window_has_closed(room: Any, client: Client) -> None:
    type(room.window).objects.update(state="closed")
    html = write(room, client, "En lang tanke som jeg vil beholde.").content.decode()
    assert "The conversation is closed." in shown(html)
    assert "En lang tanke som jeg vil beholde." in html


def test_mine_shows_my_answers_and_statements_and_lets_me_change_them(room: Any, client: Client) -> None:
    press(room, client, 1)
    mine = factories.make_statement(
        room.conversation, author=room.guest, state="rejected", reason="Det er et spørsmål."
    )
    html = client.get(room.address("mine")).content.decode()
    assert room.statements[0].text in html
    assert mine.text in html
    assert "Det er et spørsmål." in html
    page = client.post(
        room.address("vote"),
        {"statement": room.statements[0].pk, "round": 1, "choice": -1, "back": "mine"},
        follow=True,
    )
    assert page.redirect_chain == [(room.address("mine"), 303)]
    assert Vote.objects.get().choice == -1
    page = client.post(room.address("undo"), {"statement": room.statements[0].pk, "back": "mine"}, follow=True)
    assert page.redirect_chain == [(room.address("mine"), 303)]
    assert Vote.objects.count() == 0


def test_another_browser_sees_nothing_of_mine(room: Any, client: Client) -> None:
    press(room, client, 1)
    stranger = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert "Nothing here yet" in shown(stranger.get(room.address("mine")).content.decode())


def test_my_own_words_can_be_changed_and_those_of_others_look_absent(room: Any, client: Client) -> None:
    mine = factories.make_statement(room.conversation, author=room.guest, state="waiting")
    address = room.address("change_statement", statement_pk=mine.pk)
    page = client.post(address, {"text": "Nye ord."}, follow=True)
    assert page.redirect_chain == [(room.address("mine"), 303)]
    mine.refresh_from_db()
    assert mine.text == "Nye ord."
    factories.make_vote(factories.make_participant(room.conversation.process), mine, 1)
    assert "its words stay as they are" in client.post(address, {"text": "Andre ord."}).content.decode()
    other = room.address("change_statement", statement_pk=room.statements[0].pk)
    assert client.post(other, {"text": "Kapret."}).status_code == 404


def test_everything_is_taken_back_with_the_cookie(room: Any, client: Client) -> None:
    press(room, client, 1)
    assert client.get(room.address("withdraw")).status_code == 200
    assert Vote.objects.count() == 1
    response = client.post(room.address("withdraw"))
    assert (response.status_code, response["Location"]) == (303, room.address("withdrawn"))
    assert response.cookies[f"samskap_ticket_{room.conversation.process_id}"].value == ""
    page = client.get(response["Location"])
    assert "Everything is taken back" in shown(page.content.decode())
    assert f"samskap_ticket_{room.conversation.process_id}" not in page.cookies
    assert (Vote.objects.count(), Participant.objects.count()) == (0, 0)
