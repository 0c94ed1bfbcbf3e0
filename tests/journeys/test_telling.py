"""A story in browsers: told on a phone without JavaScript, shown where its teller allows it, and gone at one press."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from tests.chromium import DESKTOP
from tests.journeys.browsing import (
    assert_no_barriers,
    context_of,
    fetched,
    follow,
    press,
    send,
    signed_in,
    status,
)
from tests.journeys.served import Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser]

PHONE = {"width": 390, "height": 844}
STORY, WORDS, TELLER = "Da bussen kom", "Nå kommer jeg meg til byen uten å spørre noen.", "Mann, 74 år"
CONSENTS = ("show_web", "show_report", "show_open_data", "learn_package")


@dataclass(frozen=True)
class People:
    """Everybody's browser. `plain` is a phone without JavaScript."""

    facilitator: Page
    plain: Page
    anyone: Page


@pytest.fixture(scope="module")
def people(browser: Browser, town: Served) -> Iterator[People]:
    phone = {"size": PHONE, "has_touch": True, "is_mobile": True}
    found = People(
        facilitator=signed_in(browser, town, name="Prosesslederen"),
        plain=context_of(browser, **phone, java_script_enabled=False).new_page(),
        anyone=context_of(browser, size=DESKTOP).new_page(),
    )
    yield found
    for page in vars(found).values():
        page.context.close()


@dataclass(frozen=True)
class Told:
    """The places where a story can be read: its number, what it is told of, and its private link."""

    town: Served
    number: str
    initiative: str
    link: str

    def seen_by(self, page: Page, facilitator: Page) -> set[str]:
        """Where its words are to be found."""
        here, its = self.town.url, f"{self.town.url}/initiatives/{self.initiative}"
        town = f"{here}/municipalities/4016"
        pages = {
            "story": f"{here}/stories/{self.number}/",
            "initiative": f"{here}/stories/part/initiative/{self.initiative}/",
            "initiative's stories": f"{its}/stories/",
            "municipality's stories": f"{town}/stories/",
            "report": f"{its}/report/",
            "open data": f"{town}/stories.json",
        }
        found = {name for name, address in pages.items() if STORY in page.request.get(address).text()}
        package = facilitator.request.get(f"{its}/experience/package/").text()
        picture = page.request.get(f"{here}/stories/{self.number}/picture")
        files = {"package": STORY in package, "picture": picture.ok}
        return found | {name for name, is_there in files.items() if is_there}


EVERYWHERE = {
    "story", "picture", "initiative", "initiative's stories", "municipality's stories", "report", "open data",
    "package",
}  # fmt: skip


def test_a_story_is_told_on_a_phone_shown_where_it_may_be_and_gone_at_one_press(
    people: People, town: Served, axe: str
) -> None:
    files = kept_files(town)
    initiative = town.one("SELECT min(initiative_id) FROM benefits_benefit")
    told = a_story_is_told(people.plain, town, initiative)
    assert told.seen_by(people.anyone, people.facilitator) == set()
    moderated(people.facilitator, told)
    assert told.seen_by(people.anyone, people.facilitator) == EVERYWHERE
    the_initiative_shows_it(people, told)
    assert len(kept_files(town) - files) == 1

    people.plain.goto(told.link)
    own = people.plain.locator("#consents ~ ul > li")
    assert [one.locator("button[name=withdraw]").count() for one in own.all()] == [1, 1, 1, 1]
    assert_no_barriers(
        people.anyone, axe, told.link, f"{told.link}link/", f"{told.link}change/", f"{told.link}withdraw/"
    )
    follow(people.plain, "button[name=withdraw][value='show.report']")
    assert told.seen_by(people.anyone, people.facilitator) == EVERYWHERE - {"report"}
    assert_no_barriers(people.anyone, axe, told.link)

    follow(people.plain, "a[href$='/withdraw/']")
    press_only(people.plain)
    assert told.seen_by(people.anyone, people.facilitator) == set()
    here = f"{town.url}/stories/{told.number}/"
    assert [status(people.anyone, here), status(people.anyone, f"{here}picture")] == [410, 404]
    assert kept_files(town) == files
    assert WORDS not in fetched(people.anyone, told.link).decode()
    assert_no_barriers(people.anyone, axe, told.link)


def kept_files(town: Served) -> set[Path]:
    """The pictures and sounds of stories that are kept."""
    return {file for file in (town.folder / "stories").glob("*") if file.is_file()}


def a_picture() -> dict[str, Any]:
    """A picture as a phone takes it, with a place in it that nobody is to know."""
    content, secret = io.BytesIO(), Image.Exif()
    secret[0x010E] = "Hjemme hos meg"
    Image.new("RGB", (1600, 1200), (60, 120, 90)).save(content, "JPEG", exif=secret)
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}


def a_story_is_told(page: Page, town: Served, initiative: str) -> Told:
    """With a picture and every consent, without an address and without JavaScript."""
    page.goto(f"{town.url}/initiatives/{initiative}/tell/")
    for field, text in {"title": STORY, "text": WORDS, "shown_name": TELLER, "picture_text": "En buss i snø."}.items():
        page.locator(f"[name={field}]").fill(text)
    page.locator("[name=picture]").set_input_files(a_picture())
    page.locator("input[name=age][value=adult]").check()
    assert page.locator("input[name^=allow_]:checked").count() == 0, "nothing is allowed beforehand"
    for consent in CONSENTS:
        page.locator(f"input[name=allow_{consent}]").check()
    send(page, "[name=title]")
    link = page.locator("a.y-link").first.inner_text()
    number = town.one("SELECT max(id) FROM stories_story")
    return Told(town, number, initiative, link)


def moderated(page: Page, told: Told) -> None:
    """The moderator finds the story among those that wait, and decides."""
    page.goto(f"{told.town.url}/work/stories/")
    follow(page, f"a[href='/work/stories/{told.number}/']")
    picture = fetched(page, f"{told.town.url}/work/stories/{told.number}/picture")
    assert b"Hjemme hos meg" not in picture
    press(page, "/accept/")


def the_initiative_shows_it(people: People, told: Told) -> None:
    """By itself with JavaScript, and without it behind a link."""
    page = f"{told.town.url}/initiatives/{told.initiative}/"
    people.anyone.goto(page)
    people.anyone.locator(f"a[href='/stories/{told.number}/']").wait_for()
    people.plain.goto(page)
    follow(people.plain, f"main a[href='/initiatives/{told.initiative}/stories/']")
    follow(people.plain, f"a[href='/stories/{told.number}/']")
    assert people.plain.locator("h1").inner_text() == STORY
    assert WORDS in people.plain.locator("main").inner_text()


def press_only(page: Page) -> None:
    """Press the only button of the page's own form."""
    buttons = page.locator("main form[method=post] button")
    assert buttons.count() == 1
    buttons.click()
    page.wait_for_load_state()
