"""The pages of a result in a real browser: narrow, dark, without breaches of WCAG, and followed without a jump."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests import factories
from tests.apps.reports.conftest import Held, hold
from tests.apps.reports.test_changes import second_round
from tests.apps.viewers import make_town
from tests.chromium import barriers, is_too_wide

from samskap.apps.reports.views import day as views
from samskap.apps.statements import actions, compute
from samskap.kernel.acting import SYSTEM_MAPPER

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Any]


@pytest.fixture
def held(transactional_db: None) -> Held:
    held = hold(make_town(), state="open")
    actions.name_group(held.conversation, round=1, key="A", by=SYSTEM_MAPPER, language="nb", name="Flere hender")
    return held


@pytest.fixture
def open_page(chromium: Any, live_server: Any, held: Held) -> Iterator[Open]:
    contexts: list[Any] = []

    def opened(path: str, **kind: Any) -> Any:
        options = {"locale": "en", "viewport": {"width": 360, "height": 740}, "base_url": live_server.url} | kind
        context = chromium.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.errors = []
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("console", lambda said: page.errors.append(said.text) if said.type == "error" else None)
        page.goto(path if path.startswith("/") else f"/conversations/{held.conversation.pk}/direction/{path}")
        return page

    yield opened
    for context in contexts:
        context.close()


def test_the_pages_of_a_second_round_are_narrow_and_break_no_rule(open_page: Open, held: Held, axe: str) -> None:
    second_round(held)
    places = ("", "statements/6/", "groups/A/", "sectors/voluntary/", "changes/", "/method/opinion-map/")
    for path in places:
        page = open_page(path, color_scheme="dark")
        assert not is_too_wide(page), path
        assert barriers(page, axe) == [], path
        assert page.errors == []


def test_naming_a_group_is_narrow_and_breaks_no_rule(open_page: Open, held: Held, axe: str, live_server: Any) -> None:
    client = Client()
    client.force_login(factories.make_person(role="facilitator", municipality=held.conversation.process.municipality))
    cookie = {"name": "samskap_session", "value": client.cookies["samskap_session"].value, "url": live_server.url}
    actions.clear_group_name(held.conversation, round=1, key="A", by=SYSTEM_MAPPER)
    for name, more in (("groups", []), ("group", [1, "B"])):
        path = reverse(f"statements:{name}", args=[held.conversation.pk, *more])
        page = open_page("/method/opinion-map/")
        page.context.add_cookies([cookie])
        page.goto(path)
        assert not is_too_wide(page), path
        assert barriers(page, axe) == [], path
    page.get_by_label("Name").first.fill("Flere hender")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="B · Flere hender").wait_for()


def test_a_new_map_comes_without_a_jump(open_page: Open, held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "LIVE_MS", 300)
    page = open_page("")
    link = page.get_by_role("link", name="Go to A · Flere hender")
    link.focus()
    # The reader has looked a little and waits.
    top = link.evaluate("(one) => one.getBoundingClientRect().top")
    for _ in range(3):
        newcomer = factories.make_participant(held.conversation.process)
        for statement in held.conversation.statements.filter(state="accepted"):
            factories.make_vote(newcomer, statement)
    compute.map_conversation(held.conversation.pk)
    page.get_by_text("by 63 people").wait_for()
    assert page.evaluate("document.activeElement.textContent").strip() == "Go to A · Flere hender"
    assert abs(page.evaluate("document.activeElement.getBoundingClientRect().top") - top) < 60
    assert page.locator("#s-live").inner_text() == "The result is new: more people have answered."
    page.wait_for_timeout(1200)
    assert page.locator("svg.opinion-map > g:not([class]) path").count() == 0
    assert page.errors == []


def test_what_is_hidden_again_leaves_the_screen(open_page: Open, held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "LIVE_MS", 300)
    page = open_page("")
    held.window.results = "when_shown"
    held.window.save()
    page.get_by_text("The results are hidden until the host shows them.").wait_for()
    assert "Common ground" not in page.content()
