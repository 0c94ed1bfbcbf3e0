"""What tests of stories stand on: an initiative that has run for a while, and a data folder of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.apps.viewers import Town
from tests.factories.initiatives import make_initiative

from samskap.apps.initiatives.models import Initiative


@pytest.fixture(autouse=True)
def data_folder(settings: Any, tmp_path: Path) -> Path:
    """Pictures and sounds of one test, and of no other."""
    settings.SAMSKAP_DATA = tmp_path
    return tmp_path


@pytest.fixture
def initiative(town: Town) -> Initiative:
    return make_initiative(municipality=town.municipality, stage="in_operation", title="Kaffebilen")
