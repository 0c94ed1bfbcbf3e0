"""What every test of a module stands on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.utils import translation
from tests.apps.viewers import Town, make_town


@pytest.fixture(autouse=True)
def _english_and_a_fresh_cache() -> Iterator[None]:
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture
def town(db: None) -> Town:
    return make_town()


@pytest.fixture
def drangedal(db: None) -> Town:
    """The same with a number that is in force, which figures need."""
    return make_town(number="4016")
