"""One town, one server and one browser for all journeys of a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from tests.journeys.chromium import chromium_path, launch
from tests.journeys.served import Served, served_town

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The example municipality, served. A journey that changes it makes a gathering of its own."""
    _need_chromium()
    with served_town(tmp_path_factory.mktemp("town")) as served:
        yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. It ends with the file: while it runs, its event loop would forbid others the database."""
    _need_chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


def _need_chromium() -> None:
    if chromium_path() is None:
        pytest.skip("No Chromium is found. Debian's is installed with: apt-get install chromium")
