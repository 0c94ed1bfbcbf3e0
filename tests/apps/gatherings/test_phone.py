from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.apps.gatherings.conftest import Day
from tests.factories import make_gathering, make_organisation

from samskap.apps.gatherings import actions, queries
from samskap.apps.gatherings.models import Gathering
from samskap.apps.processes.models import Activity, Participant
from samskap.web.tickets import sign_ticket

pytestmark = pytest.mark.django_db

ENGLISH = {"accept-language": "en"}


def joined(day: Day, sector: str = "private") -> Client:
    client = Client(headers=ENGLISH)
    client.get("/g/BCD234/")
    assert client.post("/g/BCD234/join/", {"sector": sector}).headers["Location"] == "/g/BCD234/"
    return client


def page(client: Client) -> str:
    return client.get("/g/BCD234/").content.decode()


def test_before_joining_there_is_one_tap_for_each_sector_and_one_for_none(day: Day, client: Client) -> None:
    shown = page(client)
    buttons = re.findall(r'name="sector" value="(\w*)"', shown)
    assert buttons == ["public", "private", "voluntary", ""]
    assert day.gathering.title in shown
    assert "Foredraget" in shown


def test_one_tap_joins_with_a_ticket_that_keeps_the_sector(day: Day) -> None:
    joined(day)
    participant = Participant.objects.get()
    assert (participant.sector, participant.channel, participant.assurance) == ("private", "phone", "code")
    assert queries.present_count(day.gathering) == 1


def test_who_would_rather_not_say_is_not_asked_again(day: Day) -> None:
    client = joined(day, sector="")
    assert (Participant.objects.get().sector, "which sector" in page(client)) == ("", False)
    client.post("/g/BCD234/join/", {"sector": "public"})
    assert Participant.objects.get().sector == ""


def test_a_double_press_makes_one_participant(day: Day) -> None:
    client = joined(day)
    client.post("/g/BCD234/join/", {"sector": "public"})
    assert (Participant.objects.get().sector, queries.present_count(day.gathering)) == ("private", 1)


def test_a_made_up_sector_is_taken_as_no_answer(day: Day) -> None:
    joined(day, sector="military")
    assert Participant.objects.get().sector == ""


def test_the_ticket_cookie_is_closed_to_scripts(day: Day, client: Client) -> None:
    cookie = client.get("/g/BCD234/").cookies[f"samskap_ticket_{day.gathering.process_id}"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


@pytest.mark.parametrize(("state", "words"), [("planned", "has not opened yet"), ("ended", "has ended")])
def test_joining_a_gathering_that_is_not_open_is_answered_with_a_sentence(day: Day, state: str, words: str) -> None:
    Gathering.objects.update(state=state)
    answer = Client(headers=ENGLISH).post("/g/BCD234/join/", {"sector": "public"})
    assert (answer.status_code, words in answer.content.decode()) == (409, True)
    assert Participant.objects.count() == 0


def test_an_unknown_code_is_answered_with_a_sentence(day: Day) -> None:
    answer = Client(headers=ENGLISH).get("/g/NNNNNN/")
    assert (answer.status_code, "There is no gathering with this code." in answer.content.decode()) == (404, True)


def test_the_page_follows_the_programme(day: Day) -> None:
    client = joined(day)
    assert "You have joined" in page(client)
    actions.go_to_slot(day.gathering, day.talk, by=day.host)
    assert 'id="now-title" tabindex="-1" lang="nb">Foredraget' in page(client)
    actions.go_to_slot(day.gathering, day.voting, by=day.host)
    vote = f'href="/conversations/{day.conversation.pk}/"'
    assert "opens the conversation soon" in page(client)
    assert vote not in page(client)
    actions.open_conversation(day.gathering, by=day.host)
    assert vote in page(client)
    actions.close_conversation(day.gathering, by=day.host)
    assert vote not in page(client)


def test_who_joined_with_the_code_may_answer_where_the_code_is_asked_for(day: Day) -> None:
    client = joined(day)
    actions.go_to_slot(day.gathering, day.voting, by=day.host)
    actions.open_conversation(day.gathering, by=day.host)
    shown = client.get(f"/conversations/{day.conversation.pk}/").content.decode()
    assert day.conversation.statements.first().text in shown or "Påstand" in shown


def test_results_are_linked_only_when_they_are_shown(day: Day) -> None:
    client = joined(day)
    day.to(day.voting)
    link = f'href="/conversations/{day.conversation.pk}/direction/"'
    assert link not in page(client)
    actions.show_results(day.gathering, by=day.host)
    assert link in page(client)
    actions.hide_results(day.gathering, by=day.host)
    assert link not in page(client)


def test_a_notice_is_on_the_phone_until_it_is_taken_away(day: Day) -> None:
    client = joined(day)
    actions.send_notice(day.gathering, text="Kaffe <b>nå</b>", by=day.host)
    assert "Kaffe &lt;b&gt;nå&lt;/b&gt;" in page(client)
    actions.send_notice(day.gathering, text="", by=day.host)
    assert "Kaffe" not in page(client)


def test_after_the_end_the_page_thanks_and_leads_to_the_report(day: Day) -> None:
    client = joined(day)
    actions.end_gathering(day.gathering, by=day.host)
    for browser in (client, Client(headers=ENGLISH)):
        assert 'href="/g/BCD234/report/"' in page(browser)


def test_everything_works_without_script(day: Day) -> None:
    client = joined(day)
    assert re.search(r"<noscript>.*href=\"/g/BCD234/\".*Refresh.*</noscript>", page(client), re.DOTALL)


# The ticket


def test_sector_and_organisation_can_be_said_later(day: Day) -> None:
    client = joined(day, sector="")
    club = make_organisation(municipality=day.gathering.process.municipality, sector="voluntary")
    client.post("/g/BCD234/ticket/", {"sector": "voluntary", "organisation": club.pk})
    participant = Participant.objects.get()
    assert (participant.sector, participant.organisation) == ("voluntary", club)


def test_an_organisation_of_another_municipality_cannot_be_chosen(day: Day) -> None:
    client = joined(day)
    foreign = make_organisation()
    assert foreign.name not in client.get("/g/BCD234/ticket/").content.decode()
    client.post("/g/BCD234/ticket/", {"sector": "public", "organisation": foreign.pk})
    assert Participant.objects.get().organisation is None


def test_the_own_link_moves_the_ticket_to_another_device_after_a_press(day: Day) -> None:
    first = joined(day)
    link = re.search(
        r'value="http://testserver(/g/BCD234/ticket/[^"]+)"', first.get("/g/BCD234/ticket/").content.decode()
    )
    assert link is not None
    second = Client(headers=ENGLISH)
    looked = second.get(link[1])
    assert (looked.status_code, looked.cookies.keys() & {f"samskap_ticket_{day.gathering.process_id}"}) == (200, set())
    assert "no-store" in looked.headers["Cache-Control"]
    second.post(link[1])
    second.post("/g/BCD234/join/", {"sector": "public"})
    assert (Participant.objects.count(), queries.present_count(day.gathering)) == (1, 1)


def test_a_forged_or_foreign_link_is_refused(day: Day, client: Client) -> None:
    participant = day.come()
    foreign = sign_ticket(day.gathering.process_id + 1, participant.key)
    forged = sign_ticket(day.gathering.process_id, participant.key)[:-2] + "xx"
    for signed in (foreign, forged):
        assert client.post(f"/g/BCD234/ticket/{signed}/").status_code == 403


def test_a_forged_cookie_is_refused_with_a_sentence(day: Day) -> None:
    client = Client(headers=ENGLISH)
    client.cookies[f"samskap_ticket_{day.gathering.process_id}"] = "1:beef:forged"
    answer = client.get("/g/BCD234/")
    assert (answer.status_code, "This ticket is not valid here." in answer.content.decode()) == (403, True)


def test_who_has_no_ticket_has_no_ticket_page(day: Day, client: Client) -> None:
    client.get("/g/BCD234/")
    assert client.get("/g/BCD234/ticket/").headers["Location"] == "/g/BCD234/"


def test_one_ticket_serves_two_gatherings_of_a_process(day: Day) -> None:
    client = joined(day)
    second = make_gathering(process=day.gathering.process, code="ZZZ999")
    assert "Welcome back" in client.get("/g/ZZZ999/").content.decode()
    client.post("/g/ZZZ999/join/")
    assert (Participant.objects.count(), queries.present_count(second)) == (1, 1)


def test_the_page_costs_the_same_for_one_slot_and_for_many(day: Day, django_assert_max_num_queries: object) -> None:
    client = joined(day)
    for number in range(12):
        slot = day.gathering.slots.create(title=f"Punkt {number}", starts_at=day.gathering.starts_at)
        actions.add_speaker(slot, by=day.host, name="Forsker", organisation=None)
    Activity.objects.update(state="open")
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        page(client)
