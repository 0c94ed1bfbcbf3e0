"""The levers in a real browser: a slider asks while it moves, the latest answer wins, and nothing is lost."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from tests.apps.outlook.conftest import PLACE
from tests.chromium import barriers, is_too_wide
from tests.factories.outlook import make_band, make_closing, make_outlook, make_told

from samskap.apps.outlook import compute

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

URL = f"/places/{PLACE}/outlook/"
Open = Callable[..., Any]

# What the page says to those who listen, kept where the test can read it.
LISTEN = """() => { window.said = []; new MutationObserver(() => window.said.push(
  document.getElementById("s-live").textContent)).observe(document.getElementById("s-live"), {childList: true}); }"""


@pytest.fixture
def asked(made: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> list[dict[str, float]]:
    """What the server was asked for; the ratio of the answer tells which question it answers: 4.5 + stay / 10."""
    found: list[dict[str, float]] = []

    def outlook(place: str, *, name: str, levers: Any, replaced: Any) -> Any:
        found.append(dict(levers))
        plain = make_outlook()
        told = replace(
            plain,
            support_ratio=make_band(8.6, 4.5 + levers.get("stay", 0) / 10),
            closing=make_closing() if levers else None,
        )
        return make_told(name=name, outlook=told, base=plain if levers else None, levers=dict(levers))

    monkeypatch.setattr(compute, "outlook", outlook)
    return found


@pytest.fixture
def open_page(chromium: Any, live_server: Any, asked: Any) -> Iterator[Open]:
    contexts: list[Any] = []

    def opened(path: str = URL, **kind: Any) -> Any:
        options = {"locale": "en", "viewport": {"width": 1280, "height": 900}, "bypass_csp": True} | kind
        context = chromium.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        page = context.new_page()
        page.errors = []
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()


def headline(page: Any) -> str:
    return re.search(r"will have (\S+) in", page.locator("#o-headline").inner_text()).group(1)


def slide(page: Any, key: str, *values: float) -> None:
    """Move a slider through these values, without a pause."""
    page.locator(f".o-slider[data-for=lever-{key}]").evaluate(
        "(slider, values) => { for (const value of values) {"
        " slider.value = value; slider.dispatchEvent(new Event('input', {bubbles: true})); } }",
        values,
    )


def wait_for(page: Any, ratio: str) -> None:
    page.wait_for_function("ratio => document.getElementById('o-headline').textContent.includes(ratio)", arg=ratio)


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_the_page_is_narrow_and_breaks_no_rule(open_page: Open, axe: str, scheme: str, width: int) -> None:
    size = {"width": width, "height": 800}
    for path in (URL, f"{URL}?births=500&stay=5&group=80%2B", f"{URL}compare/", "/method/outlook/"):
        page = open_page(path, color_scheme=scheme, viewport=size)
        assert not is_too_wide(page), path
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        assert barriers(page, axe) == [], path
        assert page.errors == []


def test_a_slider_and_its_number_are_one_and_the_answer_comes_by_itself(open_page: Open) -> None:
    page = open_page()
    assert headline(page) == "4.5"
    slide(page, "stay", 20)
    wait_for(page, "6.5")
    assert page.locator("#lever-stay").input_value() == "20"
    page.locator("#lever-stay").fill("10")
    wait_for(page, "5.5")
    assert page.locator(".o-slider[data-for=lever-stay]").input_value() == "10"
    assert page.url.endswith("/outlook/?stay=10")
    assert page.locator("#o-answer a", has_text="CSV").first.get_attribute("href").endswith("?stay=10&chart=support")
    page.reload()
    assert headline(page) == "5.5"
    page.locator("#o-reset").click()
    wait_for(page, "4.5")
    assert (page.locator("#lever-stay").input_value(), page.url.endswith("/outlook/")) == ("", True)
    assert page.errors == []


def test_a_slider_works_by_keyboard_and_keeps_the_focus(open_page: Open) -> None:
    page = open_page()
    page.evaluate(LISTEN)
    slider = page.locator(".o-slider[data-for=lever-stay]")
    slider.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    wait_for(page, "5.0")
    assert page.evaluate("document.activeElement.dataset.for") == "lever-stay"
    page.wait_for_function("window.said.length > 0")
    page.wait_for_timeout(300)
    assert page.evaluate("window.said") == [page.locator("#o-headline").inner_text()]


def test_the_latest_answer_wins_and_a_storm_of_moves_is_a_few_questions(
    open_page: Open, asked: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page()
    before = len(asked)
    slide(page, "stay", *range(1, 41))
    wait_for(page, "8.5")
    page.wait_for_timeout(400)
    assert headline(page) == "8.5"
    assert asked[-1] == {"stay": 40.0}
    assert len(asked) - before <= 4


def test_an_old_answer_that_comes_late_is_thrown_away(
    open_page: Open, asked: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page()
    held, real = threading.Event(), compute.outlook

    def slow(place: str, **options: Any) -> Any:
        if options["levers"].get("stay") == 10.0:
            held.wait(10)
        return real(place, **options)

    monkeypatch.setattr(compute, "outlook", slow)
    slide(page, "stay", 10)
    page.wait_for_function("document.getElementById('o-status').dataset.state === 'working'")
    assert page.locator("#o-answer").get_attribute("aria-busy") == "true"
    slide(page, "stay", 30)
    page.wait_for_timeout(200)
    held.set()
    wait_for(page, "7.5")
    assert page.locator("#o-answer").get_attribute("aria-busy") == "false"
    assert page.locator("#o-status").inner_text() == ""


def test_a_wrong_number_and_a_lost_server_are_told_and_the_old_answer_stays(open_page: Open) -> None:
    page = open_page()
    slide(page, "stay", 10)
    wait_for(page, "5.5")
    page.route("**/answer/**", lambda route: route.abort())
    slide(page, "stay", 20)
    page.wait_for_function("document.getElementById('o-status').dataset.state === 'failed'")
    assert "The answer did not come." in page.locator("#o-status").inner_text()
    assert headline(page) == "5.5"
    page.unroute("**/answer/**")
    page.evaluate("document.getElementById('lever-stay').removeAttribute('max')")
    page.locator("#lever-stay").fill("99")
    page.wait_for_function("document.getElementById('o-status').textContent.includes('from −50 to 50')")
    assert headline(page) == "5.5"
    page.locator("#lever-stay").fill("20")
    wait_for(page, "6.5")
    assert page.locator("#o-status").get_attribute("data-state") == "ready"


def test_tables_that_are_open_stay_open_and_age_groups_change_in_place(open_page: Open) -> None:
    page = open_page()
    page.locator("#table-room > summary").click()
    page.locator("a[data-group='80+']").click()
    page.wait_for_function("document.querySelector('#figure-people').textContent.includes('80 years and over:')")
    assert page.locator("#table-room").get_attribute("open") is not None
    assert page.locator("a[data-group='80+']").get_attribute("aria-current") == "page"
    assert page.evaluate("document.activeElement.dataset.group") == "80+"
    slide(page, "stay", 10)
    wait_for(page, "5.5")
    assert "80 years and over:" in page.locator("#figure-people").inner_text()
    assert page.url.endswith("?stay=10&group=80%2B")


def test_without_script_the_button_sends_the_form(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    assert page.locator(".o-slider").first.is_hidden()
    page.locator(".o-group summary").first.click()
    page.locator("#lever-stay").fill("10")
    page.get_by_role("button", name="Show what comes").click()
    assert headline(page) == "5.5"
    page.locator("a[data-group='80+']").click()
    assert "80 years and over:" in page.locator("#figure-people").inner_text()
    assert headline(page) == "5.5"


def test_on_paper_there_are_charts_and_no_levers(open_page: Open) -> None:
    page = open_page()
    page.emulate_media(media="print")
    assert page.locator("#o-form").is_hidden()
    assert page.locator("#o-headline").is_visible()
    assert page.locator("#figure-room svg").first.is_visible()
