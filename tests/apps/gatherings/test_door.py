"""Before one has joined: the code, the calendar, the QR code, signing up."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from icalendar import Calendar
from tests.apps.gatherings.conftest import Day

from samskap.apps.gatherings import actions
from samskap.apps.gatherings.models import Gathering, Registration
from samskap.apps.processes.models import Participant, Process
from samskap.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["BCD234", "bcd 234", "BCO234", " bcd-234 "])
def test_a_typed_code_leads_to_the_gathering_and_sets_no_cookie(day: Day, client: Client, typed: str) -> None:
    for answer in (client.get("/join/", {"code": typed}), client.post("/join/", {"code": typed})):
        assert (answer.status_code, answer.headers["Location"]) == (302, "/g/BCD234/")
        assert answer.cookies == {}


def test_an_unknown_code_gets_a_sentence_and_keeps_what_was_typed(day: Day, client: Client) -> None:
    answer = client.get("/join/", {"code": "nnn 999"}, headers={"accept-language": "en"})
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "There is no gathering with this code. Check the code on the screen" in page
    assert 'value="nnn 999"' in page
    assert 'aria-invalid="true"' in page


def test_a_sign_that_could_mean_two_gatherings_is_not_guessed(day: Day, client: Client) -> None:
    Gathering.objects.create(
        process=day.gathering.process, code="BCQ234", title="En til", place="Her",
        starts_at=clock.now(), ends_at=clock.now() + timedelta(hours=1),
    )  # fmt: skip
    assert client.get("/join/", {"code": "BC0234"}).status_code == 404


def test_hidden_html_in_a_code_is_shown_as_text(day: Day, client: Client) -> None:
    page = client.get("/join/", {"code": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page


def test_an_unpublished_gathering_looks_absent(day: Day, client: Client) -> None:
    Process.objects.update(published_at=None)
    for path in ("", "programme/", "hall/", "hall/now/", "calendar.ics", "qr.svg", "sign-up/", "ticket/"):
        assert client.get(f"/g/BCD234/{path}").status_code == 404, path
    assert client.get("/join/", {"code": "BCD234"}).status_code == 404
    client.force_login(day.host)
    assert client.get("/g/BCD234/").status_code == 200


def test_the_calendar_file_has_the_whole_day_and_takes_the_place_of_an_earlier_one(day: Day, client: Client) -> None:
    def event() -> dict[str, object]:
        answer = client.get("/g/BCD234/calendar.ics")
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        return Calendar.from_ical(answer.content).walk("VEVENT")[0]

    first = event()
    assert (str(first["SUMMARY"]), str(first["LOCATION"])) == (day.gathering.title, "Kommunestyresalen")
    assert first["DTSTART"].dt == day.gathering.starts_at.replace(microsecond=0)  # type: ignore[attr-defined]
    assert re.search(r"\d\d:\d\d Foredraget\n\d\d:\d\d Samtalen", str(first["DESCRIPTION"]))
    actions.update_gathering(day.gathering, by=day.host, place="Tokestua")
    second = event()
    assert second["UID"] == first["UID"]
    assert second["SEQUENCE"] == first["SEQUENCE"] + 1  # type: ignore[operator]


def test_the_qr_code_is_a_drawing_of_the_address(day: Day, client: Client) -> None:
    answer = client.get("/g/BCD234/qr.svg")
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b"<svg")


def test_reading_leaves_no_participant(day: Day, client: Client) -> None:
    for path in ("", "programme/", "hall/", "sign-up/"):
        client.get(f"/g/BCD234/{path}")
    assert Participant.objects.count() == 0


# Signing up


def plan(day: Day, **fields: object) -> None:
    Gathering.objects.update(state="planned", **fields)


SENT = {"name": "Facilitator Nordmann", "email": "", "sector": "private", "needs": "Rampe"}


def test_signing_up_gives_a_page_of_ones_own_with_a_way_to_cancel(day: Day, client: Client) -> None:
    plan(day)
    answer = client.post("/g/BCD234/sign-up/", SENT)
    made = Registration.objects.get()
    own = f"/g/BCD234/sign-up/{made.token}/"
    assert (answer.headers["Location"], made.sector, made.needs) == (own, "private", "Rampe")
    assert f"{own}cancel/" in client.get(own).content.decode()
    assert client.get(f"{own}cancel/").status_code == 200
    assert Registration.objects.get().state == "registered"
    client.post(f"{own}cancel/")
    client.post(f"{own}cancel/")
    made.refresh_from_db()
    assert (made.state, made.name, made.needs) == ("cancelled", "", "")


def test_the_page_does_not_tell_whether_an_address_has_signed_up_before(day: Day, client: Client) -> None:
    plan(day)
    answers = [client.post("/g/BCD234/sign-up/", {**SENT, "email": "facilitator@example.org"}) for _ in range(2)]
    assert {(a.status_code, a.headers["Location"]) for a in answers} == {(302, "/g/BCD234/sign-up/received/")}
    assert Registration.objects.count() == 1
    assert Registration.objects.get().token not in client.get("/g/BCD234/sign-up/received/").content.decode()


def test_a_full_gathering_has_a_waiting_list(day: Day, client: Client) -> None:
    plan(day, capacity=1)
    client.post("/g/BCD234/sign-up/", SENT)
    page = client.post("/g/BCD234/sign-up/", SENT, follow=True, headers={"accept-language": "en"}).content.decode()
    assert "You are on the waiting list" in page


def test_a_form_with_mistakes_keeps_what_was_typed(day: Day, client: Client) -> None:
    plan(day)
    page = client.post("/g/BCD234/sign-up/", {**SENT, "name": "", "email": "nobody"}).content.decode()
    assert Registration.objects.count() == 0
    assert 'value="nobody"' in page
    assert "Rampe" in page


def test_nobody_signs_up_after_the_end(day: Day, client: Client) -> None:
    Gathering.objects.update(state="ended")
    client.post("/g/BCD234/sign-up/", SENT)
    assert Registration.objects.count() == 0


def test_links_of_another_gathering_and_guessed_ones_are_not_found(day: Day, client: Client) -> None:
    made = day.gathering.registrations.create(name="Facilitator")
    invited = actions.invite(day.gathering, by=day.host, links=1)[0]
    other = Gathering.objects.create(
        process=day.gathering.process, code="ZZZ999", title="En til", place="Her",
        starts_at=clock.now(), ends_at=clock.now() + timedelta(hours=1),
    )  # fmt: skip
    assert client.get(f"/g/{other.code}/sign-up/{made.token}/").status_code == 404
    assert client.get(f"/g/{other.code}/invitation/{invited.token}/").status_code == 404
    assert client.get("/g/BCD234/sign-up/guessed/").status_code == 404


def test_an_invitation_signs_up_before_the_day_with_what_is_known(day: Day, client: Client) -> None:
    invited = actions.invite(day.gathering, by=day.host, emails=["ola@example.org"], sector="voluntary")[0]
    plan(day)
    page = client.get(f"/g/BCD234/invitation/{invited.token}/").content.decode()
    assert 'value="ola@example.org"' in page
    client.post(f"/g/BCD234/invitation/{invited.token}/", {**SENT, "sector": "voluntary"})
    assert Registration.objects.get().invitation == invited


def test_an_invitation_is_one_voice_on_two_devices(day: Day) -> None:
    invited = actions.invite(day.gathering, by=day.host, links=1, sector="voluntary")[0]
    for _device in range(2):
        answer = Client().post(f"/g/BCD234/invitation/{invited.token}/", {"sector": "voluntary"})
        assert answer.headers["Location"] == "/g/BCD234/"
    participant = Participant.objects.get()
    assert (participant.assurance, participant.sector, participant.attendances.count()) == ("invited", "voluntary", 1)
    assert participant.key.hex not in invited.token
