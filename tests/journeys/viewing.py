"""Who looks at the pages of Samskap, and what they look at: a page with its address, and the windows of browsers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.chromium import DESKTOP, PHONE
from tests.journeys.served import Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

VISITOR, PARTICIPANT, HOST, OPERATOR = "visitor", "participant", "host", "operator"


@dataclass(frozen=True)
class Place:
    """One page: the name of its view (and a word where it has several states), its path, and who looks at it."""

    name: str
    path: str
    viewer: str = VISITOR
    status: int = 200

    @property
    def view(self) -> str:
        return self.name.partition(" ")[0]

    @property
    def slug(self) -> str:
        return self.name.replace(":", "-").replace(" ", "-").replace("_", "-")


def viewers(browser: Browser, town: Served, **options: object) -> dict[str, BrowserContext]:
    """One browser window for each who looks: nobody yet, a participant with an answer, two who are signed in."""
    made = {name: browser.new_context(**({"viewport": DESKTOP} | options)) for name in (VISITOR, HOST, OPERATOR)}
    made[PARTICIPANT] = browser.new_context(**({"viewport": PHONE} | options))
    _take_part(made[PARTICIPANT], town)
    _sign_in(made[HOST], town, name="Prosesslederen")
    _sign_in(made[OPERATOR], town, name="Driftsansvarlig")
    return made


def _take_part(context: BrowserContext, town: Served) -> None:
    page = context.new_page()
    page.goto(f"{town.url}/g/SMSKP7/")
    page.locator("button[name=sector][value=public]").click()
    page.locator("#now-vote").click()
    page.locator("#v-form button[value='1']").click()
    page.locator("#v-state[data-state=received]").wait_for()
    page.close()


def _sign_in(context: BrowserContext, town: Served, *, name: str) -> None:
    page = context.new_page()
    page.goto(f"{town.url}/demo/sign-in/")
    page.get_by_role("button", name=name).click()
    page.wait_for_url("**/work/**")
    page.close()
