"""Chromium, as every browser test and the screenshots start it, and what is asked of every page in it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
)

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]

# What axe finds: the rule, the first place, and how many more there are.
RUN_AXE = """async options => {
  const found = await axe.run(document, {resultTypes: ["violations"], ...options});
  const more = nodes => nodes.length > 1 ? ` and ${nodes.length - 1} more` : "";
  return found.violations.map(({id, nodes}) => `${id}: ${nodes[0].target.join(" ")}${more(nodes)}`);
}"""


def chromium_path() -> str | None:
    """The Chromium of this machine, or None."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def barriers(page: Page, axe: str) -> list[str]:
    """What axe finds on the page as it stands, such as a form that was not accepted."""
    page.evaluate(axe)
    found: list[str] = page.evaluate(RUN_AXE, {"runOnly": {"type": "tag", "values": RULES}})
    return found


def is_too_wide(page: Page) -> bool:
    """Whether it scrolls sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def launch(playwright: Playwright) -> Browser:
    """A browser without a window; `no-sandbox` since tests may run as root in a container."""
    return playwright.chromium.launch(executable_path=chromium_path(), chromium_sandbox=False, args=list(QUIET))
