"""What journeys do in a browser: windows, signing in, forms, waiting, the keyboard, and the look for barriers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.chromium import DESKTOP, barriers
from tests.journeys.served import Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page


def context_of(browser: Browser, *, size: dict[str, int], **options: object) -> BrowserContext:
    context = browser.new_context(locale="nb-NO", viewport=size, **options)
    context.set_default_timeout(20_000)
    return context


def signed_in(browser: Browser, town: Served, *, name: str) -> Page:
    """A desktop where one of the people of the demonstration is signed in."""
    page = context_of(browser, size=DESKTOP).new_page()
    page.goto(f"{town.url}/demo/sign-in/")
    page.get_by_role("button", name=name).click()
    page.wait_for_url("**/work/**")
    return page


def send(page: Page, field: str) -> None:
    """Press the main button of the form that holds this field, and wait for the page after it."""
    form = page.locator("form", has=page.locator(field)).first
    before = page.url
    form.locator("button[type=submit], button:not([type])").last.click()
    page.wait_for_load_state()
    assert page.locator(".ds-validation-message").all_inner_texts() == [], f"{before} was not accepted"


def follow(page: Page, link: str) -> None:
    """Press a link or a button that leads to another page, and wait for that page."""
    page.locator(link).first.click()
    page.wait_for_load_state()


def press(page: Page, action: str, *, inside: str = "main") -> None:
    """Press the button of the form that does this."""
    follow(page, f"{inside} form[action$='{action}'] button")


def number_in(address: str, kind: str) -> str:
    found = re.search(rf"/{kind}/(\d+)/", address)
    assert found, f"{address} is not about one of {kind}"
    return found[1]


def wait_for_rows(page: Page, town: Served, question: str, value: str, number: int) -> None:
    for _ in range(200):
        if town.one(question, value) == str(number):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{question} is {town.one(question, value)}, not {number}")


def status(page: Page, address: str) -> int:
    return page.request.get(address).status


def fetched(page: Page, address: str) -> bytes:
    """What is at an address, as this browser sees it."""
    answer = page.request.get(address)
    assert answer.ok, f"{address} answered {answer.status}"
    return answer.body()


FOCUS = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return null;
  const box = here.getBoundingClientRect();
  // A radio or a box to tick has its ring around its whole field.
  const isRinged = [here, here.closest(".ds-field")].filter(Boolean).map(each => getComputedStyle(each)).some(
    style => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== "none");
  return {
    id: here.id, name: here.getAttribute("name") ?? "", value: here.getAttribute("value") ?? "",
    text: (here.innerText || here.getAttribute("aria-label") || "").trim().slice(0, 60),
    isSeen: box.width > 0 && box.height > 0, isRinged,
  };
}"""


def tab_to(page: Page, selector: str, *, most: int = 80) -> list[dict[str, Any]]:
    """Press Tab until the element has focus. The stops on the way; every one is seen and has a ring."""
    stops = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop is None:
            continue
        stops.append(stop)
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            wrong = [stop for stop in stops if not (stop["isSeen"] and stop["isRinged"])]
            assert wrong == [], wrong
            return stops
    raise AssertionError(f"{selector} is not reached: {[stop['id'] or stop['text'] for stop in stops]}")


def assert_no_barriers(page: Page, axe: str, *addresses: str) -> None:
    """Look at these pages with axe."""
    found = {}
    for address in addresses:
        page.goto(address)
        found[address] = barriers(page, axe)
    wrong = {address: each for address, each in found.items() if each}
    assert wrong == {}, wrong
