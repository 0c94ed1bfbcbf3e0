"""One town and one server for all journeys."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.journeys.served import Served, served_town

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def town(chromium: Browser, made_town: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The example municipality, served. A journey that changes it makes a gathering of its own."""
    with served_town(shutil.copytree(made_town, tmp_path_factory.mktemp("served") / "town")) as served:
        yield served


@pytest.fixture(scope="session")
def browser(chromium: Browser) -> Browser:
    return chromium
