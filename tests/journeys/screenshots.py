"""Pictures of every page at two sizes and in two colour schemes, in `screenshots/`, and the picture in the README.

Called by `make screenshots`. With words after it, only pages with one of them in their name: `… screenshots hall`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright
from tests.chromium import DESKTOP, PHONE, chromium_path, launch
from tests.journeys.pages import all_places
from tests.journeys.served import Served, make_town, served_town
from tests.journeys.viewing import HOST, VISITOR, Place, viewers

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Playwright

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "screenshots"
README_PICTURE = ROOT / "docs/pictures/hall.png"
SIZES = {"phone": PHONE, "desktop": DESKTOP}
SCHEMES = ("light", "dark")


def main(words: list[str]) -> None:
    """Take the pictures, and say where they are."""
    if chromium_path() is None:
        sys.exit("No Chromium is found. Debian's is installed with: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        make_town(Path(folder))
        take_pictures(playwright, Path(folder), words)


def take_pictures(playwright: Playwright, folder: Path, words: list[str]) -> None:
    with served_town(folder, public_address="http://samskap.example") as town:
        browser = launch(playwright)
        places = [place for place in all_places(town) if not words or any(word in place.name for word in words)]
        for scheme in SCHEMES:
            take_all(browser, town, places, scheme=scheme)
        if not words or "readme" in words:
            take_readme_picture(browser, town)
        browser.close()
    sys.stdout.write(f"{len(places) * len(SIZES) * len(SCHEMES)} pictures are in {FOLDER.relative_to(ROOT)}/.\n")


def take_all(browser: Browser, town: Served, places: list[Place], *, scheme: str) -> None:
    windows = viewers(browser, town, color_scheme=scheme, locale="nb-NO", reduced_motion="reduce")
    pages = {name: context.new_page() for name, context in windows.items()}
    for place in places:
        for name, size in SIZES.items():
            pages[place.viewer].set_viewport_size(size)
            take(pages[place.viewer], town, place, FOLDER / f"{name}-{scheme}" / f"{place.slug}.png")
    for context in windows.values():
        context.close()


def take(page: Page, town: Served, place: Place, file: Path) -> None:
    page.goto(town.url + place.path)
    file.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=file, full_page="hall" not in place.name, animations="disabled")


def take_readme_picture(browser: Browser, town: Served) -> None:
    """The hall screen of the open gathering, when the host has shown the results."""
    windows = viewers(browser, town, locale="nb-NO", color_scheme="light", reduced_motion="reduce")
    host, hall = windows[HOST].new_page(), windows[VISITOR].new_page()
    places = {place.name: town.url + place.path for place in all_places(town)}
    host.goto(places["gatherings:host"])
    host.locator("#host-results").click()
    host.locator("#host-view-results:not([disabled])").wait_for()
    hall.goto(places["gatherings:hall open"])
    hall.locator(".g-map").wait_for()
    README_PICTURE.parent.mkdir(parents=True, exist_ok=True)
    hall.screenshot(path=README_PICTURE, animations="disabled")
    for context in windows.values():
        context.close()


if __name__ == "__main__":
    main(sys.argv[1:])
