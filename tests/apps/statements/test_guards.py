"""Odd votes, from the map's job to the page of those who run a conversation."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from tests import factories
from tests.chromium import barriers

from samskap.apps.statements import compute, labels, queries
from samskap.apps.statements.models import OpinionMap, Vote

from .conftest import make_room
from .views.test_voting import shown


def fill(room: Any, *, copies: int, people: int = 40, statements: int = 45) -> None:
    """People who answer at random, `copies` of them all alike."""
    random = np.random.default_rng(1)
    grid = random.choice([1, 0, -1], size=(people, statements))
    grid[:copies] = grid[0]
    asked = [factories.make_statement(room.conversation) for _ in range(statements)]
    votes = []
    for row in grid.tolist():
        person = factories.make_participant(room.conversation.process)
        votes += [Vote(statement=asked[place], participant=person, choice=value) for place, value in enumerate(row)]
    Vote.objects.bulk_create(votes)
    compute.map_conversation(room.conversation.pk)


def overview(room: Any, language: str = "en") -> str:
    client = Client(HTTP_ACCEPT_LANGUAGE=language)
    client.force_login(room.host)
    return shown(client.get(room.address("overview")).content.decode())


def test_copied_votes_are_counted_told_and_kept(room: Any) -> None:
    fill(room, copies=6)
    html = overview(room)
    assert "Do the votes look as they should?" in html
    assert "Look copied" in html
    assert "6 people" in html
    assert "Nothing has been removed" in html
    stored = OpinionMap.objects.get()
    assert (stored.people, stored.votes, Vote.objects.count()) == (40, 40 * 45, 40 * 45)


def test_of_fewer_than_five_no_number_is_told(room: Any) -> None:
    fill(room, copies=3)
    html = overview(room)
    assert "Fewer than five people" in html
    assert "3 people" not in html
    assert "Largest move" not in html
    assert OpinionMap.objects.get().document["guards"]["kinds"][0]["flagged"] is None


def test_where_nothing_is_odd_the_page_says_so(room: Any) -> None:
    fill(room, copies=0)
    assert "Yes. No votes look copied, coordinated or careless." in overview(room)


def test_a_map_from_before_the_guards_says_that_nobody_has_looked(room: Any) -> None:
    fill(room, copies=0)
    stored = OpinionMap.objects.get()
    stored.document = {name: value for name, value in stored.document.items() if name != "guards"}
    stored.save()
    assert queries.guards_of(stored) is None
    assert queries.guard_sentences(stored) == []
    assert "Nobody has looked yet." in overview(room)


def test_without_a_map_there_is_no_such_part(room: Any) -> None:
    factories.make_vote(room.guest, room.statements[0], 1)
    assert "Do the votes look as they should?" not in overview(room)


def test_only_those_who_run_the_conversation_see_it(room: Any) -> None:
    fill(room, copies=6)
    for person in (None, factories.make_person(role="facilitator")):
        client = Client(HTTP_ACCEPT_LANGUAGE="en")
        if person:
            client.force_login(person)
        response = client.get(room.address("overview"))
        assert response.status_code == (404 if person else 302)
        assert "Look copied" not in response.content.decode()


def test_the_sentence_for_everybody_says_how_many_and_what_would_change(room: Any) -> None:
    fill(room, copies=6)
    with translation.override("en"):
        told = queries.guard_sentences(OpinionMap.objects.get())
    assert told == [
        "The votes of 6 people look copied. They count like all others; without them the common ground would be the "
        "same."
    ]


@pytest.mark.parametrize(
    ("kind", "flagged", "changed", "sentence"),
    [
        ("careless", None, 0, "The votes of fewer than five people look careless. They count like all others; without "
         "them the common ground would be the same."),
        ("coordinated", 12, 1, "The votes of 12 people look coordinated. They count like all others; without them 1 "
         "statement would enter or leave the common ground."),
        ("duplicates", 12, 3, "The votes of 12 people look copied. They count like all others; without them 3 "
         "statements would enter or leave the common ground."),
    ],
)  # fmt: skip
def test_every_kind_has_its_sentence(kind: str, flagged: int | None, changed: int, sentence: str) -> None:
    with translation.override("en"):
        assert labels.guard_sentence(kind, flagged=flagged, changed=changed) == sentence


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_with_odd_votes_is_free_of_barriers(chromium: Any, axe: str, live_server: Any, width: int) -> None:
    room = make_room()
    fill(room, copies=6)
    client = Client()
    client.force_login(room.host)
    context = chromium.new_context(base_url=live_server.url, locale="en", viewport={"width": width, "height": 900})
    signed_in = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": signed_in, "url": live_server.url}])
    page = context.new_page()
    page.goto(room.address("overview"))
    assert "6 people" in page.get_by_role("region", name="Do the votes look as they should?").inner_text()
    found = barriers(page, axe)
    context.close()
    assert found == []
