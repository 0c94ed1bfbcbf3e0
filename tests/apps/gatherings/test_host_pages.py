"""The console and the other work pages: what the host can do, without script and with it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.apps.gatherings.conftest import Day
from tests.factories import make_organisation, make_statement, make_vote

from samskap.apps.gatherings import actions
from samskap.apps.gatherings.models import Gathering, Invitation, Slot
from samskap.apps.processes.models import Activity
from samskap.apps.statements.models import Vote

pytestmark = pytest.mark.django_db

FRAGMENT = {"X-Samskap-Fragment": "console", "accept-language": "en"}


@pytest.fixture
def host(day: Day) -> str:
    return f"/work/gatherings/{day.gathering.pk}/host/"


def shown(client: Client, path: str) -> str:
    return client.get(path, headers={"accept-language": "en"}).content.decode()


def test_the_whole_day_can_be_hosted_with_plain_forms(day: Day, as_host: Client, host: str) -> None:
    Gathering.objects.update(state="planned")
    steps = [
        ("open/", {}), ("slot/", {"slot": day.talk.pk}), ("slot/", {"slot": day.voting.pk}),
        ("conversation/open/", {}), ("notice/", {"text": "Fem minutter igjen"}), ("conversation/close/", {}),
        ("results/show/", {}), ("hall/", {"view": "join"}), ("results/hide/", {}), ("notice/", {"text": ""}),
        ("end/", {}), ("open/", {}),
    ]  # fmt: skip
    for path, data in steps:
        answer = as_host.post(host + path, data)
        assert (answer.status_code, answer.headers.get("Location")) == (302, host), path
        assert as_host.get(host).status_code == 200
    day.gathering.refresh_from_db()
    assert (day.gathering.state, day.gathering.current_slot, Activity.objects.get().state) == (
        "open", day.voting, "closed"
    )  # fmt: skip


def test_the_script_gets_the_changed_part_back(day: Day, as_host: Client, host: str) -> None:
    answer = as_host.post(f"{host}slot/", {"slot": day.talk.pk}, headers=FRAGMENT)
    part = answer.content.decode().strip()
    assert (answer.status_code, "<html" in part) == (200, False)
    assert re.search(r'id="console".*data-say="Now: Foredraget"', part)


def test_a_refused_step_is_told_in_its_place(day: Day, as_host: Client, host: str) -> None:
    day.to(day.talk)
    part = as_host.post(f"{host}conversation/open/", headers=FRAGMENT).content.decode()
    assert "The current slot has no conversation." in part
    answer = as_host.post(f"{host}conversation/open/", follow=True, headers={"accept-language": "en"})
    assert "The current slot has no conversation." in answer.content.decode()


def test_ending_is_asked_first(day: Day, as_host: Client, host: str) -> None:
    assert as_host.get(f"{host}end/").status_code == 200
    day.gathering.refresh_from_db()
    assert day.gathering.state == "open"


def test_the_console_shows_the_counts_by_their_definitions(day: Day, as_host: Client, host: str) -> None:
    Gathering.objects.update(eligible=180)
    day.to(day.voting)
    make_vote(day.come(), day.conversation.statements.first())
    day.come()
    make_statement(day.conversation, state="waiting")
    page = shown(as_host, host)
    assert '<dd data-count="present">2</dd>' in page
    assert '<b data-count="answered">1</b> / 180' in page
    assert "1 statement waits" in page


def test_the_console_never_shows_a_breakdown_of_fewer_than_five(day: Day, as_host: Client, host: str) -> None:
    for sector, number in (("public", 9), ("private", 7), ("voluntary", 3)):
        for _ in range(number):
            day.come(sector=sector)
    row = re.findall(r'<th scope="row">(.*?)</th>.*?<td class="s-number">[^<]*</td><td class="s-number">[^<]*</td>'
                     r'<td class="s-number">([^<]*)</td>', shown(as_host, host))  # fmt: skip
    assert row[:3] == [("Public sector", "9"), ("Private sector", "*"), ("Voluntary sector", "*")]


def test_a_conversation_left_open_is_pointed_out(day: Day, as_host: Client, host: str) -> None:
    Activity.objects.update(state="open")
    day.to(day.talk)
    assert "The conversation of “Samtalen” is still open." in shown(as_host, host)


def test_results_of_a_conversation_that_never_shows_them_cannot_be_shown(day: Day, as_host: Client, host: str) -> None:
    Activity.objects.update(results="never")
    day.to(day.voting)
    assert 'id="host-results"' not in shown(as_host, host)
    assert "never shown" in as_host.post(f"{host}results/show/", headers=FRAGMENT).content.decode()


# Planning


def work(day: Day, path: str = "") -> str:
    return f"/work/gatherings/{day.gathering.pk}/{path}"


def test_a_gathering_is_planned_with_its_times_in_local_time(day: Day, as_host: Client) -> None:
    sent = {
        "title": "Kveldsmøte", "intro": "", "language": "nb", "place": "Skolen", "eligible": "", "capacity": "40",
        "starts_at": "2027-02-01T18:00", "ends_at": "2027-02-01T20:30",
    }  # fmt: skip
    answer = as_host.post(f"/work/gatherings/new/{day.gathering.process_id}/", sent)
    made = Gathering.objects.get(title="Kveldsmøte")
    assert answer.headers["Location"] == f"/work/gatherings/{made.pk}/"
    assert timezone.localtime(made.starts_at).strftime("%H:%M") == "18:00"
    assert (made.capacity, made.eligible, made.state) == (40, None, "planned")


def test_an_end_before_the_beginning_is_told_at_its_field(day: Day, as_host: Client) -> None:
    page = shown(as_host, work(day, "edit/"))
    sent = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page))
    sent |= {"ends_at": "2020-01-01T10:00", "language": "nb", "intro": ""}
    answer = as_host.post(work(day, "edit/"), sent, headers={"accept-language": "en"})
    assert "The end must be after the beginning." in answer.content.decode()


def test_a_slot_with_speakers_and_their_organisations(day: Day, as_host: Client) -> None:
    make_organisation(municipality=day.gathering.process.municipality, name="Frisklivssentralen")
    sent = {
        "kind": "talk", "title": "Frisk sammen", "text": "", "starts_at": "2026-11-14T10:00", "minutes": "15",
        "speakers": "Leder; frisklivssentralen\nDeltaker", "activity": "",
    }  # fmt: skip
    as_host.post(work(day, "slots/new/"), sent)
    slot = Slot.objects.get(title="Frisk sammen")
    assert [(s.name, str(s.organisation)) for s in slot.speakers.all()] == [
        ("Leder", "Frisklivssentralen"), ("Deltaker", "None"),
    ]  # fmt: skip
    answer = as_host.post(work(day, "slots/new/"), {**sent, "speakers": "Leder; Ukjent AS"})
    assert "Ukjent AS" in answer.content.decode()
    assert Slot.objects.filter(title="Frisk sammen").count() == 1


def test_a_slot_is_changed_and_deleted_after_asking(day: Day, as_host: Client) -> None:
    path = work(day, f"slots/{day.talk.pk}/")
    sent = {"kind": "talk", "title": "Nytt navn", "text": "", "starts_at": "2026-11-14T10:00", "minutes": "15",
            "speakers": "", "activity": ""}  # fmt: skip
    as_host.post(path, sent)
    assert Slot.objects.get(pk=day.talk.pk).title == "Nytt navn"
    assert as_host.get(f"{path}delete/").status_code == 200
    assert Slot.objects.filter(pk=day.talk.pk).exists()
    as_host.post(f"{path}delete/")
    assert not Slot.objects.filter(pk=day.talk.pk).exists()


def test_questions_are_written_one_a_line(day: Day, as_host: Client) -> None:
    as_host.post(work(day, "questions/"), {"questions": "Hva er innovasjon?\n\nHva er samskaping?\n"})
    assert [q.text for q in day.gathering.questions.all()] == ["Hva er innovasjon?", "Hva er samskaping?"]


def test_pasted_addresses_are_understood_and_a_wrong_one_sends_nothing(day: Day, as_host: Client) -> None:
    path = work(day, "invitations/")
    answer = as_host.post(path, {"emails": "a@example.org; not-one", "links": "", "sector": "", "organisation": ""},
                          headers={"accept-language": "en"})  # fmt: skip
    assert "This is not an e-mail address: not-one. Nothing was sent." in answer.content.decode()
    assert Invitation.objects.count() == 0
    emails = "Facilitator <facilitator@example.org>, ola@example.org\nper@example.org"
    sent = {"emails": emails, "links": "2", "sector": "public", "organisation": ""}
    as_host.post(path, sent)
    assert sorted(Invitation.objects.values_list("email", flat=True)) == [
        "", "", "facilitator@example.org", "ola@example.org", "per@example.org",
    ]  # fmt: skip


def test_links_are_printed_until_they_are_used(day: Day, as_host: Client) -> None:
    one, two = actions.invite(day.gathering, by=day.host, links=2)
    day.gathering.registrations.create(invitation=one)
    page = as_host.get(work(day, "invitations/print/")).content.decode()
    assert (one.token in page, two.token in page, "<svg" in page) == (False, True, True)


# The desk


def test_the_desk_finds_people_and_gives_out_forms(day: Day, as_host: Client) -> None:
    facilitator = day.gathering.registrations.create(name="Facilitator Nordmann", sector="private", needs="Rampe")
    day.gathering.registrations.create(name="Helper Hansen")
    page = shown(as_host, work(day, "desk/?sought=facilitator"))
    assert ("Facilitator Nordmann" in page, "Rampe" in page, "Helper Hansen" in page) == (True, True, False)
    answer = as_host.post(work(day, "desk/form/"), {"registration": facilitator.token}, follow=True,
                          headers={"accept-language": "en"})  # fmt: skip
    assert "Write number 1 on the paper form." in answer.content.decode()
    as_host.post(work(day, "desk/form/"), {"sector": "voluntary"})
    assert list(day.gathering.attendances.values_list("form_number", "participant__sector")) == [
        (1, "private"), (2, "voluntary"),
    ]  # fmt: skip


def test_a_paper_form_is_typed_in_and_its_answers_are_never_shown_again(day: Day, as_host: Client) -> None:
    Activity.objects.update(state="open")
    actions.give_out_form(day.gathering, by=day.host)
    day.to(day.voting)
    one, two, _three = day.conversation.statements.all()
    path = work(day, "desk/1/")
    assert as_host.post(path, {f"s{one.pk}": "1", f"s{two.pk}": "-1"}).headers["Location"] == work(day, "desk/")
    assert sorted(Vote.objects.values_list("choice", "channel")) == [(-1, "paper"), (1, "paper")]
    page = as_host.get(path).content.decode()
    ticked = re.findall(r'<input[^>]*name="s\d+"[^>]*value="([^"]+)"[^>]*checked', page)
    assert ticked == []


def test_an_empty_or_foreign_paper_form_is_told(day: Day, as_host: Client) -> None:
    Activity.objects.update(state="open")
    day.to(day.voting)
    actions.give_out_form(day.gathering, by=day.host)
    page = as_host.post(work(day, "desk/1/"), {}, headers={"accept-language": "en"}).content.decode()
    assert "Nothing is ticked. Type in at least one answer." in page
    assert as_host.get(work(day, "desk/9/")).status_code == 404


def test_typing_in_after_closing_is_told_and_keeps_the_ticks(day: Day, as_host: Client) -> None:
    actions.give_out_form(day.gathering, by=day.host)
    day.to(day.voting)
    Activity.objects.update(state="closed")
    one = day.conversation.statements.first()
    answer = as_host.post(work(day, "desk/1/"), {f"s{one.pk}": "1"})
    assert (answer.status_code, Vote.objects.count()) == (200, 0)
    assert "checked" in answer.content.decode()


def test_cancelling_at_the_desk_gives_the_place_to_the_next(day: Day, as_host: Client) -> None:
    Gathering.objects.update(capacity=1, state="planned", starts_at=timezone.now() - timedelta(minutes=1))
    day.gathering.refresh_from_db()
    facilitator, ola = (actions.sign_up(day.gathering, name=name) for name in ("Facilitator", "Helper"))
    as_host.post(work(day, "desk/cancel/"), {"registration": facilitator.token})
    ola.refresh_from_db()
    assert ola.state == "registered"
