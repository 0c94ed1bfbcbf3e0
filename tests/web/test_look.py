"""The face in a real browser: readable for all, in every language, scheme and size, and with nothing refused."""

import pytest
from django.urls import reverse

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = ["web:styleguide", "web:privacy", "web:accessibility", "web:about"]


@pytest.fixture(autouse=True)
def demonstration(settings):
    settings.SAMSKAP_DEMO = True


@pytest.fixture
def open_page(chromium, live_server):
    """Open a page as a browser of this kind does."""
    contexts = []

    def opened(address: str, **kind):
        contexts.append(chromium.new_context(**kind))
        page = contexts[-1].new_page()
        page.complaints = []
        page.on("console", lambda said: page.complaints.append(said.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(live_server.url + address)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_refused_and_nothing_sticks_out_on_a_narrow_screen(open_page, name):
    page = open_page(reverse(name), viewport={"width": 320, "height": 640})
    assert page.complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_text_twice_as_large_still_fits(open_page):
    page = open_page(reverse("web:styleguide"), viewport={"width": 1280, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") == 1280


def test_the_first_tab_leads_past_the_menu(open_page):
    page = open_page(reverse("web:privacy"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_colours_are_chosen_without_script_and_stay(open_page):
    page = open_page(reverse("web:privacy"), java_script_enabled=False, color_scheme="light")
    page.click("button[value=dark]")
    page.goto(page.url)
    assert page.get_attribute("html", "data-color-scheme") == "dark"
    assert page.get_attribute("button[value=dark]", "aria-pressed") == "true"


def test_a_dialog_opens_closes_and_gives_the_focus_back(open_page):
    page = open_page(reverse("web:styleguide"))
    page.click("[data-opens=sample-dialog]")
    assert page.is_visible("#sample-dialog")
    page.keyboard.press("Escape")
    assert not page.is_visible("#sample-dialog")
    assert page.evaluate("document.activeElement.dataset.opens") == "sample-dialog"


def test_what_is_said_reaches_the_one_live_region(open_page):
    page = open_page(reverse("web:privacy"))
    page.evaluate("document.dispatchEvent(new CustomEvent('samskap:say', {detail: 'Mottatt'}))")
    assert page.inner_text("#s-live") == "Mottatt"
    assert page.locator("[aria-live]").count() == 1
