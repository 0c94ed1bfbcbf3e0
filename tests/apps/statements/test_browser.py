"""The voting page in a real browser: script, keys, sleep, no network, no script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests import factories
from tests.chromium import barriers, is_too_wide

from samskap.apps.statements.models import Vote
from samskap.web.tickets import sign_ticket

from .conftest import Room, make_room

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def hall(transactional_db: None) -> Room:
    return make_room()


class Phone:
    """One participant's browser on the page of a conversation."""

    def __init__(self, chromium: Any, server: str, room: Room, **options: Any) -> None:
        self.context = chromium.new_context(base_url=server, **({"locale": "en"} | PHONE | options))
        scope = room.conversation.process_id
        self.context.add_cookies(
            [{"name": f"samskap_ticket_{scope}", "value": sign_ticket(scope, room.guest.key), "url": server}]
        )
        self.context.set_default_timeout(8000)
        self.page = self.context.new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda said: said.type == "error" and self.errors.append(said.text))
        self.page.goto(room.address())

    def reload(self) -> None:
        """Load the page again, or let it: it does so itself when it learns that the window has opened or closed."""
        from playwright.sync_api import Error

        try:
            self.page.reload()
        except Error as error:
            if "ERR_ABORTED" not in str(error):
                raise
            self.page.wait_for_load_state("load")

    def press(self, label: str) -> None:
        self.page.get_by_role("form", name="Your answer").get_by_role("button", name=label, exact=True).click()

    def statement(self) -> int:
        return int(self.page.locator("#v-text").get_attribute("data-statement"))

    def state(self, text: str) -> None:
        from playwright.sync_api import expect

        expect(self.page.locator("#v-state")).to_have_text(text)


@pytest.fixture
def phone(chromium: Any, live_server: Any, hall: Room) -> Iterator[Phone]:
    phone = Phone(chromium, live_server.url, hall)
    yield phone
    phone.context.close()


def wait_until_nothing_is_kept(page: Any) -> None:
    """Asked again and again from outside: the content security policy forbids what `wait_for_function` does."""
    for _ in range(80):
        if page.evaluate("localStorage.length") == 0:
            return
        page.wait_for_timeout(50)
    pytest.fail("Something is still kept on the phone.")


def choices() -> dict[int, int]:
    return dict(Vote.objects.values_list("statement", "choice"))


def test_a_press_shows_the_next_statement_at_once_and_says_received_after_the_commit(phone: Phone) -> None:
    first = phone.statement()
    held: list[Any] = []
    phone.page.route("**/vote/", lambda route: held.append(route))  # noqa: PLW0108 -- playwright marks the handler
    phone.press("Agree")
    phone.state("Saved on this phone")
    assert phone.statement() != first
    assert choices() == {}
    phone.page.wait_for_timeout(50)
    held.pop().continue_()
    phone.state("Received")
    assert choices() == {first: 1}
    phone.page.unroute("**/vote/")
    for label in ("Disagree", "Pass"):
        phone.press(label)
        phone.state("Received")
    assert sorted(choices().values()) == [-1, 0, 1]
    phone.page.get_by_text("You have answered everything").wait_for()
    assert phone.errors == []


def test_answers_without_network_are_kept_and_sent_in_order_when_it_is_back(phone: Phone) -> None:
    phone.page.wait_for_load_state("networkidle")
    order = []
    phone.context.set_offline(True)
    for label in ("Agree", "Disagree"):
        order.append(phone.statement())
        phone.press(label)
    phone.state("2 answers are saved on this phone. They are sent when the network is back.")
    assert choices() == {}
    phone.context.set_offline(False)
    phone.state("Received")
    assert choices() == dict(zip(order, (1, -1), strict=True))
    assert list(Vote.objects.order_by("cast_at").values_list("statement", flat=True)) == order


def test_answers_survive_a_reload_before_they_are_sent(phone: Phone, hall: Room) -> None:
    first = phone.statement()
    phone.page.route("**/vote/", lambda route: route.abort())
    phone.press("Agree")
    phone.state("Saved on this phone. It is sent when the network is back.")
    phone.page.unroute("**/vote/")
    phone.reload()
    phone.state("Received")
    assert choices() == {first: 1}
    assert phone.statement() != first


def test_an_answer_whose_receipt_was_lost_is_one_vote(phone: Phone) -> None:
    first = phone.statement()
    tries: list[int] = []

    def lose_the_first_receipt(route: Any) -> None:
        tries.append(1)
        response = route.fetch()
        if len(tries) == 1:
            route.abort()
        else:
            route.fulfill(response=response)

    phone.page.route("**/vote/", lose_the_first_receipt)
    phone.press("Disagree")
    phone.state("Received")
    assert len(tries) == 2
    assert choices() == {first: -1}


def test_an_answer_after_closing_is_kept_on_the_phone_and_never_called_received(phone: Phone, hall: Room) -> None:
    phone.page.wait_for_load_state("networkidle")
    first = phone.statement()
    type(hall.window).objects.update(state="closed")
    phone.press("Agree")
    refused = "Not received: The conversation is closed. Your answers are still on this phone."
    phone.state(refused)
    phone.reload()
    phone.state(refused)
    assert choices() == {}
    type(hall.window).objects.update(state="open")
    phone.reload()
    phone.state("Received")
    assert choices() == {first: 1}


def test_results_that_are_seen_after_voting_are_linked_with_the_last_receipt(
    chromium: Any, live_server: Any, hall: Room
) -> None:
    type(hall.window).objects.update(results="after_voting")
    phone = Phone(chromium, live_server.url, hall)
    phone.page.wait_for_load_state("networkidle")
    for _ in hall.statements:
        assert phone.page.get_by_role("link", name="See the common direction").count() == 0
        phone.press("Pass")
    phone.page.get_by_role("link", name="See the common direction").wait_for()
    phone.state("Received: Pass")
    phone.context.close()


def test_undo_takes_back_and_shows_the_statement_again(phone: Phone) -> None:
    first = phone.statement()
    phone.press("Agree")
    phone.state("Received")
    phone.page.get_by_role("button", name="Undo").click()
    phone.state("Taken back")
    assert phone.statement() == first
    assert choices() == {}
    phone.press("Disagree")
    phone.state("Received")
    assert choices() == {first: -1}


def test_this_matters_to_me_is_sent_with_the_answer_and_not_carried_on(phone: Phone) -> None:
    phone.page.get_by_label("This matters to me").check()
    phone.press("Agree")
    phone.state("Received")
    assert not phone.page.get_by_label("This matters to me").is_checked()
    assert list(Vote.objects.values_list("matters", flat=True)) == [True]


def test_later_asks_another_and_brings_it_back(phone: Phone) -> None:
    phone.page.wait_for_load_state("networkidle")
    seen = []
    for _ in range(4):
        seen.append(phone.statement())
        phone.page.get_by_role("button", name="Later").click()
    assert (len(set(seen[:3])), seen[3]) == (3, seen[0])
    assert choices() == {}


def test_keys_answer_and_undo_and_can_be_switched_off(chromium: Any, live_server: Any, hall: Room) -> None:
    desk = Phone(
        chromium, live_server.url, hall, viewport={"width": 1280, "height": 900}, has_touch=False, is_mobile=False
    )
    desk.page.wait_for_load_state("networkidle")
    first = desk.statement()
    desk.page.keyboard.press("2")
    desk.state("Received")
    assert choices() == {first: -1}
    desk.page.keyboard.press("z")
    desk.state("Taken back")
    assert choices() == {}
    desk.page.get_by_label("Use the keys 1, 2, 3 to answer and Z to undo").uncheck()
    desk.page.keyboard.press("1")
    desk.page.wait_for_timeout(200)
    assert choices() == {}
    desk.context.close()


def test_a_swipe_is_a_shortcut_for_agree_and_disagree(phone: Phone) -> None:
    phone.page.wait_for_load_state("networkidle")
    swipe = """([from, to]) => {
        const card = document.getElementById("v-card");
        const event = (type, x) => card.dispatchEvent(new PointerEvent(type, {
            pointerType: "touch", isPrimary: true, clientX: x, clientY: 300, bubbles: true }));
        event("pointerdown", from); event("pointermove", to); event("pointerup", to);
    }"""
    first = phone.statement()
    phone.page.evaluate(swipe, [100, 150])
    assert phone.statement() == first
    phone.page.evaluate(swipe, [300, 100])
    phone.state("Received")
    assert choices() == {first: -1}


def test_a_newcomer_is_asked_the_sector_after_the_first_answer(chromium: Any, live_server: Any, hall: Room) -> None:
    context = chromium.new_context(locale="en", base_url=live_server.url, **PHONE)
    context.set_default_timeout(8000)
    page = context.new_page()
    page.goto(hall.address())
    page.get_by_role("button", name="Agree", exact=True).click()
    page.get_by_role("button", name="Voluntary sector").click()
    page.locator("#v-state", has_text="Received").wait_for()
    page.get_by_role("button", name="Pass").click()
    page.get_by_text("2 of 3 answered").wait_for()
    wait_until_nothing_is_kept(page)
    newcomer = type(hall.guest).objects.exclude(pk=hall.guest.pk).get()
    assert (newcomer.sector, newcomer.votes.count()) == ("voluntary", 2)
    context.close()


def test_everything_is_forgotten_on_the_phone_too(phone: Phone, hall: Room) -> None:
    phone.page.evaluate(f"localStorage.setItem('samskap.votes.{hall.conversation.pk}', '[]')")
    phone.page.goto(hall.address("withdraw"))
    phone.page.get_by_role("button", name="Take everything back").click()
    phone.page.get_by_role("heading", name="Everything is taken back").wait_for()
    wait_until_nothing_is_kept(phone.page)
    assert [c for c in phone.context.cookies() if c["name"].startswith("samskap_ticket")] == []


def test_the_counter_follows_the_words_and_a_draft_survives_a_reload(phone: Phone, hall: Room) -> None:
    phone.page.goto(hall.address("new_statement"))
    box = phone.page.get_by_label("Your statement")
    box.fill("Æ  ø å")
    phone.page.get_by_text("5 of 180 characters").wait_for()
    phone.reload()
    assert box.input_value() == "Æ  ø å"
    box.fill("a" * 185)
    phone.page.get_by_text("185 of 180 characters: 5 too many").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_participants_pass_axe(chromium: Any, live_server: Any, hall: Room, axe: str, scheme: str) -> None:
    factories.make_vote(hall.guest, hall.statements[0], 1, matters=True)
    factories.make_statement(hall.conversation, author=hall.guest, state="waiting", text="Jeg vil ha en ny gangvei.")
    phone = Phone(chromium, live_server.url, hall, color_scheme=scheme)
    found = []
    for name in ("conversation", "new_statement", "mine", "withdraw", "withdrawn"):
        phone.page.goto(hall.address(name))
        found += [f"{name}: {each}" for each in barriers(phone.page, axe)]
    phone.context.close()
    assert found == []


def test_pages_of_the_work_pass_axe(chromium: Any, live_server: Any, hall: Room, client: Any, axe: str) -> None:
    waiting = factories.make_statement(hall.conversation, state="waiting")
    client.force_login(hall.host)
    context = chromium.new_context(locale="nb", base_url=live_server.url, viewport={"width": 390, "height": 844})
    session = client.cookies["samskap_session"].value
    context.add_cookies([{"name": "samskap_session", "value": session, "url": live_server.url}])
    page = context.new_page()
    found = []
    names = ("overview", "texts", "settings", "statements", "seeds", "moderation", "windows", "new_window")
    for address in [hall.address("statement", statement_pk=waiting.pk), *map(hall.address, names)]:
        page.goto(address)
        found += [f"{address}: {each}" for each in barriers(page, axe)]
        found += [f"{address} is too wide"] if is_too_wide(page) else []
    context.close()
    assert found == []


def test_the_first_visit_weighs_less_than_100_kilobytes(chromium: Any, live_server: Any, hall: Room) -> None:
    import gzip

    from django.contrib.staticfiles import finders

    page = chromium.new_context(locale="nb", base_url=live_server.url).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(hall.address())
    page.wait_for_load_state("networkidle")
    weight = len(gzip.compress(page.content().encode()))
    for address in asked:
        if "/static/" in address:
            name = address.split("/static/")[1].split("?")[0]
            weight += len(gzip.compress(Path(str(finders.find(name))).read_bytes()))
        elif "batch.json" in address:
            weight += 2000
    page.context.close()
    assert weight < 100_000
