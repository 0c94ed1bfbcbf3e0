"""Voting without a script, and the answers that the script gets."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests import factories

from samskap.apps.processes.models import Participant
from samskap.apps.statements import actions
from samskap.apps.statements.models import Vote
from samskap.kernel import clock
from samskap.web.tickets import sign_ticket

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def client() -> Client:
    return Client(HTTP_ACCEPT_LANGUAGE="en")


def hold(client: Client, participant: Any) -> None:
    """Give this browser the participant's ticket."""
    scope = participant.process_id
    client.cookies[f"samskap_ticket_{scope}"] = sign_ticket(scope, participant.key)


def shown(html: str) -> str:
    """The words of a page without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def press(room: Any, client: Client, choice: Any = 1, **more: Any) -> Any:
    fields = {"statement": room.statements[0].pk, "round": 1, "choice": choice}
    extra = more.pop("extra", {})
    return client.post(room.address("vote"), fields | more, **extra)


def test_reading_gives_a_ticket_and_stores_nothing(room: Any, client: Client) -> None:
    before = Participant.objects.count()
    response = client.get(room.address())
    assert response.status_code == 200
    assert f"samskap_ticket_{room.conversation.process_id}" in response.cookies
    assert Participant.objects.count() == before
    assert "no-store" in response["Cache-Control"]


def test_a_newcomer_answers_everything_without_a_script(room: Any, client: Client) -> None:
    page = client.get(room.address())
    for turn in range(3):
        html = page.content.decode()
        if (
            "Where do you come from today?" in shown(html)
            and 'id="v-sector-title" tabindex="-1">' in html
            and turn == 1
        ):
            page = client.post(room.address("sector"), {"sector": "private"}, follow=True)
            html = page.content.decode()
        statement = re.search(r'id="v-text" data-statement="(\d+)"', html)
        assert statement is not None
        sent = {"statement": statement[1], "round": 1, "choice": [1, -1, 0][turn]}
        page = client.post(room.address("vote"), sent, follow=True)
        assert page.redirect_chain[0][1] == 303
        assert "Received:" in shown(page.content.decode())
    assert "You have answered everything" in shown(page.content.decode())
    assert sorted(Vote.objects.values_list("choice", flat=True)) == [-1, 0, 1]
    newcomer = Participant.objects.exclude(pk=room.guest.pk).get()
    assert (newcomer.sector, newcomer.votes.count()) == ("private", 3)


def test_the_sector_is_asked_once_and_not_saying_is_an_answer(room: Any, client: Client) -> None:
    client.get(room.address())
    page = client.get(press(room, client)["Location"])
    assert re.search(r'id="v-sector"[^>]*hidden', page.content.decode()) is None
    page = client.post(room.address("sector"), {"sector": ""}, follow=True)
    assert re.search(r'id="v-sector"[^>]*hidden', page.content.decode()) is not None
    newcomer = Participant.objects.exclude(pk=room.guest.pk).get()
    assert newcomer.sector == ""
    assert newcomer.sector_asked_at is not None


def test_the_script_gets_received_after_the_vote_is_stored(room: Any, client: Client) -> None:
    hold(client, room.guest)
    key = uuid.uuid4()
    response = press(room, client, -1, key=key, matters="on", extra=JSON)
    assert response.json() == {"received": True, "answered": 1, "total": 3, "ask_sector": False}
    vote = Vote.objects.get()
    assert (vote.choice, vote.matters, vote.key, vote.participant) == (-1, True, key, room.guest)


def test_a_double_submit_is_one_vote(room: Any, client: Client) -> None:
    hold(client, room.guest)
    key = uuid.uuid4()
    answers = [press(room, client, key=key, extra=JSON).json() for _ in range(2)]
    assert answers[0] == answers[1]
    assert Vote.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"choice": "2"}, {"choice": ""}, {"choice": "agree"}, {"statement": "x"}, {"statement": ""}, {"round": "0"},
     {"key": "not-a-key"}, {"statement": "9" * 30}],
)  # fmt: skip
def test_an_answer_that_is_not_one_gets_a_sentence_and_stores_nothing(room: Any, client: Client, wrong: dict) -> None:
    hold(client, room.guest)
    response = press(room, client, **({"extra": JSON} | wrong))
    assert response.status_code in {404, 409}
    assert response.json()["error"].endswith(".")
    assert Vote.objects.count() == 0


def test_a_vote_after_closing_gets_a_clear_sentence(room: Any, client: Client) -> None:
    hold(client, room.guest)
    room.window.closes_at = clock.now() - timedelta(hours=1)
    room.window.save()
    response = press(room, client, extra=JSON)
    assert (response.status_code, response.json()["code"]) == (409, "closed")
    assert response.json()["error"].startswith("The conversation closed on ")
    page = press(room, client)
    assert page.status_code == 303
    assert "The conversation closed on" in shown(client.get(page["Location"]).content.decode())
    assert Vote.objects.count() == 0


def test_a_vote_of_a_round_that_is_over_does_not_count_for_the_next(room: Any, client: Client) -> None:
    hold(client, room.guest)
    type(room.window).objects.update(state="closed")
    factories.make_window(room.conversation, round=2)
    assert press(room, client, extra=JSON).status_code == 409
    assert press(room, client, round=2, extra=JSON).status_code == 200


@pytest.mark.parametrize("ticket", ["forged", "x:y:z", "1:00000000000000000000000000000000:abc"])
def test_a_forged_ticket_gets_a_sentence_and_no_vote(room: Any, client: Client, ticket: str) -> None:
    client.cookies[f"samskap_ticket_{room.conversation.process_id}"] = ticket
    response = press(room, client, extra=JSON)
    assert (response.status_code, response.json()["code"]) == (403, "ticket_not_valid")
    assert client.get(room.address()).status_code == 403
    assert Vote.objects.count() == 0


def test_a_foreign_ticket_is_not_valid_here(room: Any, client: Client) -> None:
    stranger = factories.make_participant()
    signed = sign_ticket(stranger.process_id, stranger.key)
    client.cookies[f"samskap_ticket_{room.conversation.process_id}"] = signed
    assert press(room, client, extra=JSON).status_code == 403


def test_a_form_without_its_token_is_refused(room: Any) -> None:
    strict = Client(enforce_csrf_checks=True)
    hold(strict, room.guest)
    assert press(room, strict, extra=JSON).status_code == 403
    assert Vote.objects.count() == 0


def test_undo_brings_the_statement_back(room: Any, client: Client) -> None:
    hold(client, room.guest)
    press(room, client)
    response = client.post(room.address("undo"), {"statement": room.statements[0].pk})
    assert response["Location"] == f"{room.address()}?statement={room.statements[0].pk}"
    assert Vote.objects.count() == 0
    page = client.get(response["Location"])
    assert f'data-statement="{room.statements[0].pk}"' in page.content.decode()
    answer = client.post(room.address("undo"), {"statement": room.statements[0].pk}, **JSON)
    assert answer.json()["received"] is True


def test_skipping_asks_another_first_and_brings_it_back_in_the_end(room: Any, client: Client) -> None:
    hold(client, room.guest)
    seen: list[str] = []
    address = room.address()
    for _ in range(4):
        html = client.get(address).content.decode()
        seen.append(re.search(r'id="v-text" data-statement="(\d+)"', html)[1])  # type: ignore[index]
        skipped = re.search(r'name="skipped" value="([^"]*)"', html)[1]  # type: ignore[index]
        address = client.post(room.address("skip"), {"statement": seen[-1], "skipped": skipped})["Location"]
    assert len(set(seen[:3])) == 3
    assert seen[3] == seen[0]
    assert "You skipped this one before." in client.get(address).content.decode()
    assert Vote.objects.count() == 0


@pytest.mark.parametrize("skipped", ["abc", "1,,2", "-5", "9" * 5000, "1," * 2000, "<b>"])
def test_whatever_stands_in_the_address_the_page_comes(room: Any, client: Client, skipped: str) -> None:
    response = client.get(room.address(), {"skipped": skipped, "statement": skipped[:9], "last": "x"})
    assert response.status_code == 200


def test_the_batch_holds_statements_and_no_result(room: Any, client: Client) -> None:
    hold(client, room.guest)
    factories.make_vote(room.guest, room.statements[0], 1)
    document = client.get(room.address("batch")).json()
    assert sorted(document) == ["answered", "open", "round", "sentence", "statements", "total"]
    assert sorted(one["pk"] for one in document["statements"]) == [one.pk for one in room.statements[1:]]
    assert all(sorted(one) == ["lang", "number", "pk", "text"] for one in document["statements"])
    assert (document["answered"], document["total"], document["open"]) == (1, 3, True)
    type(room.window).objects.update(state="closed")
    closed = client.get(room.address("batch")).json()
    assert (closed["open"], closed["statements"], closed["sentence"]) == (False, [], "The conversation is closed.")


def test_texts_come_in_the_language_of_the_reader(room: Any, client: Client) -> None:
    for statement in room.statements:
        actions.translate_statement(
            statement, by=room.host, translations={"en": {"text": f"In English {statement.pk}."}}
        )
    document = client.get(room.address("batch")).json()
    assert {(one["lang"], one["text"]) for one in document["statements"]} == {
        ("en", f"In English {statement.pk}.") for statement in room.statements
    }


def test_the_code_lets_in_and_is_asked_once(room: Any, client: Client) -> None:
    type(room.window).objects.update(access="code", access_code="BYGDA")
    assert "You need the code to take part here." in shown(client.get(room.address()).content.decode())
    assert press(room, client, extra=JSON).json()["code"] == "ticket_too_weak"
    page = client.post(room.address("enter"), {"code": "feil"}, follow=True)
    assert "That is not the code." in shown(page.content.decode())
    page = client.post(room.address("enter"), {"code": " byg-da "}, follow=True)
    assert 'id="v-form"' in page.content.decode()
    assert press(room, client, extra=JSON).status_code == 200


def test_after_ten_wrong_codes_a_ticket_waits(room: Any, client: Client) -> None:
    type(room.window).objects.update(access="code", access_code="BYGDA")
    client.get(room.address())
    for _ in range(10):
        client.post(room.address("enter"), {"code": "feil"})
    page = client.post(room.address("enter"), {"code": "BYGDA"}, follow=True)
    assert "Wait five minutes" in shown(page.content.decode())
    fresh = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert 'id="v-form"' in fresh.post(room.address("enter"), {"code": "BYGDA"}, follow=True).content.decode()


@pytest.mark.parametrize(
    ("access", "said"),
    [
        ("invited", "Open the personal link in your invitation"),
        ("verified", "You must be signed in to take part here."),
    ],
)
def test_who_lacks_something_is_told_what_before_answering(room: Any, client: Client, access: str, said: str) -> None:
    type(room.window).objects.update(access=access)
    html = client.get(room.address()).content.decode()
    assert said in shown(html)
    assert 'id="v-form"' not in html


def test_a_signed_in_person_has_one_ticket_in_every_browser(room: Any, client: Client) -> None:
    type(room.window).objects.update(access="verified")
    person = factories.make_person()
    other = Client(HTTP_ACCEPT_LANGUAGE="en")
    for browser, choice in ((client, 1), (other, -1)):
        browser.force_login(person)
        assert press(room, browser, choice, extra=JSON).status_code == 200
    assert list(Vote.objects.values_list("choice", flat=True)) == [-1]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"state": "closed"}, "The conversation is closed."),
        ({"state": "planned"}, "The conversation is not open yet."),
        ({"state": "open", "opens_at": clock.now() + timedelta(days=2)}, "The conversation opens on"),
    ],
)
def test_a_page_that_is_not_open_says_why(room: Any, client: Client, fields: dict, said: str) -> None:
    type(room.window).objects.update(**fields)
    html = client.get(room.address()).content.decode()
    assert said in shown(html)
    assert 'id="v-form"' not in html


@pytest.mark.django_db
def test_a_conversation_without_statements_or_window_has_words(client: Client) -> None:
    empty = factories.make_conversation(window="open")
    html = client.get(reverse("statements:conversation", args=[empty.pk])).content.decode()
    assert "There are no statements yet" in shown(html)
    bare = factories.make_conversation()
    assert "not open yet" in client.get(reverse("statements:conversation", args=[bare.pk])).content.decode()
    assert client.get(reverse("statements:conversation", args=[99999])).status_code == 404


def test_the_page_costs_the_same_for_one_and_for_many_statements(
    room: Any, client: Client, django_assert_num_queries: Any
) -> None:
    hold(client, room.guest)
    with django_assert_num_queries(11):
        client.get(room.address())
    for number in range(4, 34):
        factories.make_statement(room.conversation, number=number)
    with django_assert_num_queries(11):
        client.get(room.address())
    with django_assert_num_queries(9):  # the counts that order the statements are kept for two seconds
        client.get(room.address())
