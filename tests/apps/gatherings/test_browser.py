"""Phone, hall and console in a real browser: they follow, they speak once, they say when contact is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from tests.apps.gatherings.conftest import Day, plan_day
from tests.chromium import barriers, is_too_wide
from tests.factories import make_vote

from samskap.apps.gatherings import actions
from samskap.apps.gatherings.models import Gathering

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}
HALL = {"width": 1920, "height": 1080}
Open = Callable[..., Any]


@pytest.fixture
def day(transactional_db: None) -> Day:
    return plan_day()


@pytest.fixture
def open_page(chromium: Any, live_server: Any, day: Day) -> Iterator[Open]:
    """Open a page as a participant who has joined, as the host, or as a stranger; errors are collected."""
    contexts: list[Any] = []

    def opened(path: str, *, who: str = "stranger", **kind: Any) -> Any:
        options: dict[str, Any] = {"locale": "en", "viewport": PHONE, "base_url": live_server.url} | kind
        context = chromium.new_context(**options)
        contexts.append(context)
        if who == "host":
            client = Client()
            client.force_login(day.host)
            cookie = client.cookies["samskap_session"].value
            context.add_cookies([{"name": "samskap_session", "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.errors = []
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("console", lambda said: page.errors.append(said.text) if said.type == "error" else None)
        if who == "participant":
            page.goto("/g/BCD234/")
            page.get_by_role("button", name="Private sector").click()
            page.wait_for_load_state()
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()


def heard(page: Any) -> str:
    return str(page.locator("#s-live").inner_text())


def test_the_phone_follows_the_host_and_says_it_once(open_page: Open, day: Day) -> None:
    phone = open_page("/g/BCD234/", who="participant")
    assert phone.locator("#now-title").inner_text() == "You have joined"
    actions.go_to_slot(day.gathering, day.voting, by=day.host)
    actions.open_conversation(day.gathering, by=day.host)
    phone.get_by_role("link", name="Answer the statements").wait_for(timeout=8000)
    assert heard(phone) == "Now: Samtalen – The conversation is open."
    phone.evaluate("document.getElementById('s-live').replaceChildren()")
    day.come()
    phone.wait_for_timeout(3500)
    assert (heard(phone), phone.errors) == ("", [])


def test_focus_stays_where_it_was_when_the_phone_follows(open_page: Open, day: Day) -> None:
    day.to(day.voting)
    actions.open_conversation(day.gathering, by=day.host)
    phone = open_page("/g/BCD234/", who="participant")
    phone.locator("#now-vote").focus()
    actions.send_notice(day.gathering, text="Kaffe!", by=day.host)
    phone.get_by_text("Kaffe!").first.wait_for(timeout=8000)
    assert phone.evaluate("document.activeElement.id") == "now-vote"
    actions.close_conversation(day.gathering, by=day.host)
    phone.locator("#now-vote").wait_for(state="detached", timeout=8000)
    assert phone.evaluate("document.activeElement.id") == "now-title"


def test_a_phone_that_waits_is_let_in_when_the_host_opens(open_page: Open, day: Day) -> None:
    Gathering.objects.update(state="planned")
    phone = open_page("/g/BCD234/")
    assert phone.get_by_role("heading", name="The gathering has not opened yet").is_visible()
    day.gathering.refresh_from_db()
    actions.open_gathering(day.gathering, by=day.host)
    phone.get_by_role("button", name="Public sector").wait_for(timeout=10_000)


def test_lost_contact_is_told_calmly_and_taken_back(open_page: Open, day: Day) -> None:
    phone = open_page("/g/BCD234/", who="participant")
    phone.context.set_offline(True)
    phone.locator("#contact").wait_for(state="visible", timeout=25_000)
    assert phone.locator("#contact").inner_text() == "No contact, trying again"
    actions.go_to_slot(day.gathering, day.talk, by=day.host)
    phone.context.set_offline(False)
    phone.get_by_role("heading", name="Foredraget").first.wait_for(timeout=8000)
    assert phone.locator("#contact").is_hidden()


def test_a_phone_asks_at_once_when_it_wakes(open_page: Open, day: Day) -> None:
    phone = open_page("/g/BCD234/", who="participant")
    asked: list[str] = []
    phone.wait_for_timeout(2500)
    phone.on("request", lambda request: asked.append(request.url))
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    phone.wait_for_timeout(150)
    assert [url.endswith("/live/BCD234") for url in asked] == [True]


def test_the_phone_works_without_script(open_page: Open, day: Day) -> None:
    phone = open_page("/g/BCD234/", java_script_enabled=False)
    phone.get_by_role("button", name="Voluntary sector").click()
    actions.go_to_slot(day.gathering, day.voting, by=day.host)
    actions.open_conversation(day.gathering, by=day.host)
    phone.get_by_role("link", name="Refresh").click()
    assert phone.get_by_role("link", name="Answer the statements").is_visible()


def test_the_hall_counts_and_follows(open_page: Open, day: Day) -> None:
    day.to(day.voting)
    hall = open_page("/g/BCD234/hall/", viewport=HALL)
    assert hall.locator("[data-count=present]").inner_text() == "0"
    make_vote(day.come(), day.conversation.statements.first())
    hall.locator("[data-count=present]:text-is('1')").wait_for(timeout=4000)
    hall.locator("[data-count=answered]:text-is('1')").wait_for(timeout=4000)
    actions.send_notice(day.gathering, text="Kaffe!", by=day.host)
    hall.locator(".g-notice").wait_for(timeout=4000)
    assert hall.errors == []


@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768), (1024, 768), (3840, 2160)])
def test_nothing_on_the_hall_screen_needs_scrolling(open_page: Open, day: Day, size: tuple[int, int]) -> None:
    day.to(day.voting)
    actions.update_slot(day.voting, by=day.host, text="Hva betyr dette for oss alle her i bygda? " * 12)
    actions.send_notice(day.gathering, text="Kaffe og vafler i foajeen. " * 7, by=day.host)
    hall = open_page("/g/BCD234/hall/", viewport={"width": size[0], "height": size[1]})
    hall.locator(".s-hall-qr img").wait_for()
    room = "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    wide, high = hall.evaluate(room)
    assert (wide, high <= size[1] + 1) == (size[0], True)


def test_the_console_steps_without_loading_the_page_and_keeps_focus(open_page: Open, day: Day) -> None:
    console = open_page(f"/work/gatherings/{day.gathering.pk}/host/", who="host")
    console.evaluate("window.stayed = true")
    console.locator("#host-after").click()
    console.get_by_role("heading", name="Foredraget").wait_for()
    console.locator("#host-after").click()
    console.get_by_role("heading", name="Samtalen").wait_for()
    console.locator("#host-conversation").focus()
    console.keyboard.press("Enter")
    console.get_by_role("button", name="Close the conversation").wait_for()
    assert console.evaluate("[window.stayed, document.activeElement.id]") == [True, "host-conversation"]
    assert heard(console) == "The conversation is open. The phones follow."
    assert console.errors == []


def test_what_the_host_is_writing_survives_a_change(open_page: Open, day: Day) -> None:
    console = open_page(f"/work/gatherings/{day.gathering.pk}/host/", who="host")
    console.locator("#host-notice-text").fill("Vi begynner ig")
    actions.go_to_slot(day.gathering, day.talk, by=day.host)
    console.get_by_role("heading", name="Foredraget").wait_for(timeout=6000)
    assert console.locator("#host-notice-text").input_value() == "Vi begynner ig"
    assert console.evaluate("document.activeElement.id") == "host-notice-text"


def test_a_step_without_network_is_told_and_keeps_the_text(open_page: Open, day: Day) -> None:
    console = open_page(f"/work/gatherings/{day.gathering.pk}/host/", who="host")
    console.locator("#host-notice-text").fill("Kaffe!")
    console.context.set_offline(True)
    console.locator("#host-notice-send").click()
    console.locator("#contact").wait_for(state="visible")
    assert console.locator("#host-notice-text").input_value() == "Kaffe!"
    assert heard(console) == "Not sent: there is no contact. Try again."


def addresses(day: Day) -> list[tuple[str, str]]:
    work = f"/work/gatherings/{day.gathering.pk}/"
    public = [("/join/?code=x", "stranger"), ("/g/BCD234/", "stranger"), ("/g/BCD234/sign-up/", "stranger")]
    public += [("/g/BCD234/hall/", "stranger"), ("/g/BCD234/programme/", "stranger")]
    own = [("/g/BCD234/", "participant"), ("/g/BCD234/ticket/", "participant")]
    pages = ("", "host/", "host/end/", "desk/", "desk/1/", "invitations/", "invitations/print/", "edit/", "questions/")
    slots = ("slots/new/", f"slots/{day.talk.pk}/", f"slots/{day.talk.pk}/delete/")
    return public + own + [(work + page, "host") for page in (*pages, *slots)]


def test_axe_finds_nothing_and_nothing_sticks_out(open_page: Open, day: Day, axe: str) -> None:
    """In the states that the journeys over all pages, languages and schemes do not meet."""
    day.to(day.voting)
    day.gathering.registrations.create(name="Facilitator", needs="Rampe", sector="private")
    actions.add_question(day.gathering, by=day.host, text="Hva er samskaping?")
    actions.invite(day.gathering, by=day.host, links=1)
    actions.give_out_form(day.gathering, by=day.host)
    actions.open_conversation(day.gathering, by=day.host)
    actions.send_notice(day.gathering, text="Kaffe!", by=day.host)
    wrong = []
    for path, who in addresses(day):
        narrow = {"width": 320, "height": 700}
        page = open_page(path, who=who, color_scheme="dark", bypass_csp=True, viewport=narrow)
        wrong += [(path, each) for each in barriers(page, axe)]
        if is_too_wide(page):
            wrong.append((path, "wider than 320"))
    assert wrong == []
