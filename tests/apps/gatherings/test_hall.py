from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.apps.gatherings.conftest import Day
from tests.factories import make_vote

from samskap.apps.gatherings import actions, queries
from samskap.apps.gatherings.models import Gathering
from samskap.apps.statements import compute

pytestmark = pytest.mark.django_db


def hall(client: Client, path: str = "hall/") -> str:
    return client.get(f"/g/BCD234/{path}", headers={"accept-language": "en"}).content.decode()


def all_agree(day: Day, people: int = 24) -> None:
    """Everybody agrees with the first statement; the others divide people in two."""
    first, *others = day.conversation.statements.all()
    for number in range(people):
        participant = day.come(sector=("public", "private", "voluntary")[number % 3])
        make_vote(participant, first, 1)
        for other in others:
            make_vote(participant, other, 1 if number % 2 else -1)


@pytest.mark.parametrize("view", ["join", "slot", "results"])
@pytest.mark.parametrize("state", ["planned", "open", "ended"])
def test_address_code_and_qr_are_always_there(day: Day, client: Client, view: str, state: str) -> None:
    day.to(day.voting)
    Gathering.objects.update(hall_view=view, state=state)
    page = hall(client)
    assert '<p class="g-address">testserver/join</p>' in page
    assert '<p class="s-hall-code">BCD 234</p>' in page
    assert '<img src="/g/BCD234/qr.svg" alt="QR code that leads to the gathering"' in page


def test_the_public_address_of_the_setting_is_shown(day: Day, client: Client, settings: object) -> None:
    settings.SAMSKAP_URL = "https://samskap.drangedal.example"  # type: ignore[attr-defined]
    assert '<p class="g-address">samskap.drangedal.example/join</p>' in hall(client)


def test_the_hall_shows_the_slot_its_question_the_notice_and_the_counts(day: Day, client: Client) -> None:
    Gathering.objects.update(eligible=180)
    actions.update_slot(day.voting, by=day.host, text="Hva betyr dette **her**?")
    day.gathering.refresh_from_db()
    actions.go_to_slot(day.gathering, day.voting, by=day.host)
    actions.send_notice(day.gathering, text="Kaffe!", by=day.host)
    make_vote(day.come(), day.conversation.statements.first())
    page = hall(client)
    assert "Hva betyr dette <strong>her</strong>?" in page
    assert '<p class="g-notice" lang="nb">Kaffe!</p>' in page
    assert '<dd data-count="present">1</dd>' in page
    assert '<span data-count="answered">1</span><span class="g-of"> / <span data-count="eligible">180</span>' in page


def test_shown_results_are_the_common_ground_and_the_drawing(day: Day, client: Client) -> None:
    all_agree(day)
    compute.map_conversation(day.conversation.pk)
    day.to(day.voting)
    assert "What we agree on" not in hall(client)
    actions.show_results(day.gathering, by=day.host)
    for path in ("hall/", "hall/now/"):
        page = hall(client, path)
        assert "What we agree on" in page
        assert day.conversation.statements.first().text in page
        assert re.search(r"at least \d\d % agree in every group and sector", page)
        assert '<svg xmlns="http://www.w3.org/2000/svg" class="opinion-map"' in page
    actions.hide_results(day.gathering, by=day.host)
    assert day.conversation.statements.first().text not in hall(client)


def test_results_are_kept_from_the_stage_while_they_are_hidden(day: Day) -> None:
    all_agree(day)
    compute.map_conversation(day.conversation.pk)
    day.to(day.voting)
    stage = queries.stage(day.gathering)
    assert (stage.map_id, queries.hall_results(stage)) == (None, None)
    shown = queries.stage(actions.show_results(day.gathering, by=day.host))
    results = queries.hall_results(shown)
    assert results is not None
    assert [one.text for one in results.common] == [day.conversation.statements.first().text]
    assert (results.people, shown.map_id is not None) == (24, True)


def test_shown_results_without_a_map_are_no_error(day: Day, client: Client) -> None:
    day.to(day.voting)
    actions.show_results(day.gathering, by=day.host)
    assert "Samtalen" in hall(client)


def test_the_fragment_is_what_the_page_holds(day: Day, client: Client) -> None:
    day.to(day.talk)
    fragment = hall(client, "hall/now/").strip()
    assert fragment.startswith('<div id="hall-now"')
    assert fragment in hall(client)


def test_texts_of_people_are_shown_as_text(day: Day, client: Client) -> None:
    actions.update_gathering(day.gathering, by=day.host, title="<script>alert(1)</script>")
    actions.send_notice(day.gathering, text="<img src=x onerror=alert(1)>", by=day.host)
    page = hall(client)
    assert ("<script>alert" in page, "<img src=x" in page) == (False, False)
