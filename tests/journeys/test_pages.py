"""Every page, in three languages and both colour schemes: no barrier, no sideways scrolling, a way by keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.chromium import DESKTOP, PHONE, RUN_AXE, barriers
from tests.journeys.browsing import tab_to
from tests.journeys.not_pages import NOT_PAGES
from tests.journeys.pages import all_places
from tests.journeys.served import Served
from tests.journeys.viewing import HOST, PARTICIPANT, Place, viewers

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Response

pytestmark = [pytest.mark.browser]

FIRST_LANGUAGE, OTHER_LANGUAGES = "nb", ("nn", "en")
# Pixels of text, as the browser sets it.
NORMAL, DOUBLE = 16, 32
FIRST_VISIT_LIMIT_BYTES = 100_000

# A colour half-way between light and dark is no colour of ours.
AT_ONCE = "*, *::before, *::after { transition: none !important; animation: none !important; }"


@pytest.fixture(scope="module")
def windows(browser: Browser, town: Served) -> Iterator[dict[str, BrowserContext]]:
    """The windows of all who look, in which axe may be put past the content security policy."""
    made = viewers(browser, town, bypass_csp=True, color_scheme="light", reduced_motion="reduce")
    yield made
    for context in made.values():
        context.close()


@pytest.fixture(scope="module")
def plain_windows(browser: Browser, town: Served) -> Iterator[dict[str, BrowserContext]]:
    """The same as people have them."""
    made = viewers(browser, town, locale="nb-NO", reduced_motion="reduce")
    yield made
    for context in made.values():
        context.close()


def speak(windows: dict[str, BrowserContext], town: Served, language: str) -> None:
    for context in windows.values():
        context.add_cookies([{"name": "samskap_language", "value": language, "url": town.url}])


SIDEWAYS = """text => {
  const root = document.documentElement;
  const probe = root.appendChild(document.createElement("p"));
  probe.style.fontSize = "medium";
  const size = getComputedStyle(probe).fontSize;
  probe.remove();
  if (size !== `${text}px`) return `text of ${size}`;
  if (root.scrollWidth <= root.clientWidth) return "";
  const ends = each => each.getBoundingClientRect().right;
  const isOver = each => ends(each) > root.clientWidth + 1 && !each.closest(".s-scroll, .s-nav, .ds-sr-only");
  const told = each => `${each.tagName} ${each.getAttribute("class") ?? ""} ${each.textContent.trim().slice(0, 30)}`;
  const widest = [...document.querySelectorAll("body *")].filter(isOver).sort((a, b) => ends(b) - ends(a)).slice(0, 2);
  return `${root.scrollWidth} of ${root.clientWidth}: ` + widest.map(told).join(" | ");
}"""


class Walker:
    """One who looks, in one tab: what axe finds on a page, and what is wider than the window."""

    def __init__(self, window: BrowserContext) -> None:
        self.page = window.new_page()
        self._devtools = window.new_cdp_session(self.page)
        self._size = self.page.viewport_size

    def visit(self, town: Served, place: Place) -> list[str]:
        """Load the place. What is wrong with the answer itself."""
        self._set_text(NORMAL)
        assert self._size is not None
        self.page.set_viewport_size(self._size)
        answer = self.page.goto(town.url + place.path)
        assert answer is not None
        landed = self.page.url.removeprefix(town.url).partition("?")[0]
        wrong = [] if answer.status == place.status else [f"answered {answer.status}"]
        spoken = self.page.evaluate("document.documentElement.lang")
        wrong += [] if spoken == FIRST_LANGUAGE else [f"speaks {spoken}"]
        return wrong + ([] if landed == place.path.partition("?")[0] else [f"led to {landed}"])

    def barriers(self, axe: str) -> list[str]:
        """What axe finds in light, and what differs in dark."""
        self.page.add_style_tag(content=AT_ONCE)
        contrast = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
        found = [f"light, {each}" for each in barriers(self.page, axe)]
        self.page.emulate_media(color_scheme="dark")
        found += [f"dark, {each}" for each in self.page.evaluate(RUN_AXE, contrast)]
        self.page.emulate_media(color_scheme="light")
        return found

    def too_wide(self, place: Place) -> list[str]:
        """Where the page scrolls sideways: on a phone, and with text of double size there and at a desk."""
        # The hall screen is for a projector; on a phone its code may not be broken into two lines.
        sizes = (DESKTOP,) if place.view == "gatherings:hall" else (PHONE, DESKTOP)
        found = []
        for text, size in [(NORMAL, sizes[0]), *((DOUBLE, size) for size in sizes)]:
            self._set_text(text)
            self.page.set_viewport_size(size)
            wide = self.page.evaluate(SIDEWAYS, text)
            found += [f"text of {text} at {size['width']} pixels: {wide}"] if wide else []
        return found

    def _set_text(self, pixels: int) -> None:
        """As the setting of the browser has it."""
        self._devtools.send("Page.setFontSizes", {"fontSizes": {"standard": pixels, "fixed": pixels - 3}})


def test_no_page_has_a_barrier_that_axe_finds_or_scrolls_sideways(
    windows: dict[str, BrowserContext], town: Served, axe: str
) -> None:
    """What axe looks at is the same in every language: it looks at the first."""
    speak(windows, town, FIRST_LANGUAGE)
    walkers = {name: Walker(window) for name, window in windows.items()}
    found = []
    for place in all_places(town):
        walker = walkers[place.viewer]
        here = walker.visit(town, place) + walker.barriers(axe) + walker.too_wide(place)
        found += [f"{place.name} ({place.path}): {each}" for each in here]
    for walker in walkers.values():
        walker.page.close()
    assert found == [], "\n".join(["Pages:", *found])


@pytest.mark.parametrize("language", OTHER_LANGUAGES)
def test_every_page_speaks_the_other_languages(windows: dict[str, BrowserContext], town: Served, language: str) -> None:
    speak(windows, town, language)
    found = []
    for place in all_places(town):
        answer = windows[place.viewer].request.get(town.url + place.path)
        spoken = re.search(r"<html[^>]* lang=\"(\w+)\"", answer.text())
        if (answer.status, spoken and spoken[1]) != (place.status, language):
            found.append(f"{place.name} ({place.path}): answered {answer.status} in {spoken and spoken[1]}")
    assert found == [], "\n".join(["Pages:", *found])


def test_the_grid_holds_every_page() -> None:
    from django.urls import URLResolver, get_resolver

    def names(resolver: Any, inside: str = "") -> Iterator[str]:
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLResolver):
                yield from names(pattern, f"{inside}{pattern.namespace}:" if pattern.namespace else inside)
            else:
                yield f"{inside}{pattern.name}"

    class AnyTown(Served):
        def one(self, question: str, *values: object) -> str:
            return "1"

    listed = {place.view for place in all_places(AnyTown("", Path()))} - {"not_found"}
    left_out = set().union(*NOT_PAGES.values())
    assert listed & left_out == set()
    only_in_the_demonstration = {"web:styleguide", "actors:demo_sign_in"}
    assert set(names(get_resolver())) | only_in_the_demonstration == listed | left_out


def test_a_first_visit_on_a_phone_costs_at_most_100_kilobytes(browser: Browser, town: Served) -> None:
    sizes = {}
    for path in ("/", "/g/SMSKP7/", f"/conversations/{open_talk(town)}/"):
        context = browser.new_context(viewport=PHONE, locale="nb-NO")
        page = context.new_page()
        answers: list[Response] = []
        page.on("response", lambda answer, found=answers: found.append(answer))
        page.goto(town.url + path, wait_until="networkidle")
        sizes[path] = sum(
            sum(answer.request.sizes()[part] for part in ("responseBodySize", "responseHeadersSize"))
            for answer in answers
        )
        context.close()
    assert {path: size for path, size in sizes.items() if not 2_000 < size <= FIRST_VISIT_LIMIT_BYTES} == {}


def open_talk(town: Served) -> str:
    return town.one("SELECT max(id) FROM statements_conversation WHERE title LIKE 'Hva begynner%'")


def test_a_newcomer_without_script_gets_from_the_front_page_to_the_first_vote_in_four_presses(
    browser: Browser, town: Served
) -> None:
    context = browser.new_context(viewport=PHONE, locale="nb-NO", java_script_enabled=False)
    page = context.new_page()
    page.goto(town.url)
    page.locator("a[href='/g/SMSKP7/']").first.click()
    page.locator("button[name=sector][value=voluntary]").click()
    page.locator("#now-vote").click()
    first = page.locator("#v-text").get_attribute("data-statement")
    page.locator("button[name=choice][value='1']").click()
    assert page.locator("#v-text").get_attribute("data-statement") not in {first, None}
    assert page.locator(".v-state[data-state=received]").count() == 1
    context.close()


# With the keyboard alone


def test_votes_are_cast_and_undone_by_keyboard(plain_windows: dict[str, BrowserContext], town: Served) -> None:
    page = plain_windows[PARTICIPANT].new_page()
    page.goto(f"{town.url}/conversations/{open_talk(town)}/")
    page.wait_for_load_state("networkidle")
    first = page.locator("#v-text").get_attribute("data-statement")
    stops = tab_to(page, "#v-form button[value='0']")
    assert [stop["value"] for stop in stops if stop["name"] == "choice"] == ["1", "-1", "0"]
    page.keyboard.press("Enter")
    page.locator("#v-state[data-state=received]").wait_for()
    second = page.locator("#v-text").get_attribute("data-statement")
    assert second != first
    page.keyboard.press("1")
    page.wait_for_function("shown => document.getElementById('v-text').dataset.statement !== shown", arg=second)
    page.keyboard.press("z")
    page.wait_for_function("shown => document.getElementById('v-text').dataset.statement === shown", arg=second)
    page.close()


def test_a_host_steers_by_keyboard(plain_windows: dict[str, BrowserContext], town: Served) -> None:
    gathering = town.one("SELECT id FROM gatherings_gathering WHERE code = 'SMSKP7'")
    page = plain_windows[HOST].new_page()
    page.set_viewport_size(DESKTOP)
    page.goto(f"{town.url}/work/gatherings/{gathering}/host/")
    tab_to(page, "#host-notice-text")
    page.keyboard.type("Kaffen er klar.")
    page.keyboard.press("Enter")
    page.locator("#host-notice-off").wait_for()
    tab_to(page, "#host-notice-off")
    page.keyboard.press("Enter")
    page.locator("#host-notice-off").wait_for(state="detached")
    tab_to(page, "#host-conversation")
    page.close()


def test_one_signs_in_by_keyboard(
    plain_windows: dict[str, BrowserContext], town: Served, browser: Browser, axe: str
) -> None:
    context = browser.new_context(viewport=DESKTOP, locale="nb-NO")
    page = context.new_page()
    page.goto(f"{town.url}/accounts/login/")
    page.locator("body").focus()
    first = tab_to(page, "a, button", most=1)
    assert "#main" in (page.evaluate("document.activeElement.getAttribute('href')") or ""), first
    tab_to(page, "input[type=email]")
    page.keyboard.type("prosessleder@demo.invalid")
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/login/code/**")
    assert barriers(page, axe) == []
    tab_to(page, "input[name=code]") if page.evaluate("document.activeElement.name") != "code" else None
    context.close()
