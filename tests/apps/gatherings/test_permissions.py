"""Every address of the module: who gets in, and that nothing leaks to others."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import URLPattern
from tests.apps.gatherings.conftest import Day
from tests.factories import make_municipality, make_person

from samskap.apps.gatherings import actions
from samskap.apps.gatherings.urls import _HOST, _WORK, urlpatterns
from samskap.apps.processes.models import Activity
from samskap.apps.statements.models import OpinionMap

pytestmark = pytest.mark.django_db

STAFF_PAGES = [*_WORK, *_HOST]


def address(pattern: URLPattern, day: Day) -> str:
    """The address of a page for this day."""
    kinds = {"pk": day.gathering.pk, "process_pk": day.gathering.process_id, "slot_pk": day.talk.pk, "number": 1}
    path = str(pattern.pattern)
    for name, value in kinds.items():
        path = path.replace(f"<int:{name}>", str(value))
    return f"/{path}"


@pytest.mark.parametrize("pattern", STAFF_PAGES, ids=lambda pattern: pattern.name)
def test_work_pages_ask_strangers_to_sign_in(day: Day, pattern: URLPattern) -> None:
    for answer in (Client().get(address(pattern, day)), Client().post(address(pattern, day))):
        assert (answer.status_code, answer.headers["Location"].startswith("/accounts/login/")) == (302, True)


@pytest.mark.parametrize("pattern", STAFF_PAGES, ids=lambda pattern: pattern.name)
@pytest.mark.parametrize("role", [None, "partner", "unit_manager", "facilitator elsewhere"])
def test_work_pages_look_absent_to_those_who_do_not_run_the_process(
    day: Day, pattern: URLPattern, role: str | None
) -> None:
    town = day.gathering.process.municipality
    elsewhere = role == "facilitator elsewhere"
    place = make_municipality(number="4014") if elsewhere else town
    person = make_person(role="facilitator" if elsewhere else role, municipality=place)
    client = Client()
    client.force_login(person)
    statuses = {client.get(address(pattern, day)).status_code, client.post(address(pattern, day)).status_code}
    assert statuses <= {404, 405}
    assert 404 in statuses


@pytest.mark.parametrize("pattern", STAFF_PAGES, ids=lambda pattern: pattern.name)
def test_a_leader_gets_in_too(day: Day, pattern: URLPattern) -> None:
    day.to(day.voting)
    actions.give_out_form(day.gathering, by=day.host)
    client = Client()
    client.force_login(make_person(role="leader", municipality=day.gathering.process.municipality))
    assert client.get(address(pattern, day)).status_code in {200, 405}


def test_every_step_that_changes_something_refuses_a_plain_link(day: Day, as_host: Client) -> None:
    changing = [p for p in _HOST if p.name not in {"host", "end_gathering", "reset_gathering"}]
    assert {as_host.get(address(pattern, day)).status_code for pattern in changing} == {405}


def test_a_forged_form_changes_nothing(day: Day) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(day.host)
    assert client.post(f"/work/gatherings/{day.gathering.pk}/host/end/").status_code == 403
    assert client.post("/g/BCD234/join/", {"sector": "public"}).status_code == 403
    day.gathering.refresh_from_db()
    assert day.gathering.state == "open"


PUBLIC = ["", "programme/", "hall/", "hall/now/", "calendar.ics", "sign-up/"]


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_tell_nothing_about_those_who_signed_up(day: Day, client: Client, path: str) -> None:
    made = day.gathering.registrations.create(
        name="Facilitator Hemmelig", email="facilitator@example.org", needs="Rullestolplass"
    )
    invited = actions.invite(day.gathering, by=day.host, emails=["ola@example.org"])[0]
    page = client.get(f"/g/BCD234/{path}").content.decode()
    secrets = [
        "Facilitator Hemmelig",
        "facilitator@example.org",
        "Rullestolplass",
        made.token,
        "ola@example.org",
        invited.token,
    ]
    assert [secret for secret in secrets if secret in page] == []


def test_the_desk_never_shows_an_address(day: Day, as_host: Client) -> None:
    day.gathering.registrations.create(name="Facilitator", email="facilitator@example.org")
    assert "facilitator@example.org" not in as_host.get(f"/work/gatherings/{day.gathering.pk}/desk/").content.decode()


def plant_map(day: Day) -> None:
    document = {"secret": "felles-grunn"}
    OpinionMap.objects.create(
        conversation=day.conversation, engine_version="1", seed=1, input_hash="0" * 64, people=9, votes=27,
        document=document,
    )  # fmt: skip


@pytest.mark.parametrize("path", ["", "hall/", "hall/now/"])
@pytest.mark.parametrize("results", ["when_shown", "never", "after_voting"])
def test_hidden_results_are_in_no_page_even_when_the_hall_is_turned_to_them(
    day: Day, client: Client, path: str, results: str
) -> None:
    plant_map(day)
    Activity.objects.update(state="closed", results=results)
    day.to(day.voting)
    type(day.gathering).objects.update(hall_view="results")
    page = client.get(f"/g/BCD234/{path}").content.decode()
    texts = [statement.text for statement in day.conversation.statements.all()]
    assert [word for word in ("felles-grunn", "<svg xmlns", "direction/", *texts) if word in page] == []


def test_no_address_of_the_module_is_left_out_of_these_tests() -> None:
    tested = {p.name for p in STAFF_PAGES}
    public = {p.name for p in urlpatterns} - tested
    assert public == {
        "find_gathering", "gathering", "join_gathering", "programme", "calendar", "qr", "ticket", "take_over_ticket",
        "sign_up", "sign_up_received", "registration", "cancel_sign_up", "invitation", "hall", "hall_now", "live",
        "live_now",
    }  # fmt: skip
