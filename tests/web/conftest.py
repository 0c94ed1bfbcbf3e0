"""A real browser for the pages of the web floor."""

import os
from pathlib import Path

import pytest

CHROMIUM = next((path for path in map(Path, ("/usr/bin/chromium", "/usr/bin/chromium-browser")) if path.exists()), None)
AXE = Path(__file__).resolve().parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="session")
def chromium():
    """One Chromium for all tests; they are skipped where Debian's package is missing."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: apt-get install chromium.")
    from playwright.sync_api import sync_playwright

    # Playwright's loop makes Django believe that it is called from asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The script that looks for breaches of WCAG."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: run `make assets` with frontend/node_modules removed.")
    return AXE.read_text()
