"""What every recipe gives is known here, passes the checks, and can be stored and shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.sources.tables import fhi, ssb

from samskap.apps.figures import actions, labels, queries, rules
from samskap.kernel.acting import SYSTEM_IMPORT
from samskap.sources import RECIPES, Client, fetch
from samskap.sources.transport import Reply
from samskap.sources.values import Fetched, Figure

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 29, 8, tzinfo=UTC)


def over_both(url: str, body: bytes | None, *, timeout: float, limit: int) -> Reply:
    office = ssb() if "ssb.no" in url else fhi()
    return office(url, body, timeout=timeout, limit=limit)


def likely(fetched: Fetched) -> Fetched:
    """The same cells with values of a likely size: the publisher in memory makes them up from codes."""
    return replace(fetched, figures=tuple(replace(one, value=_size(one)) for one in fetched.figures))


def _size(one: Figure) -> float | None:
    if one.value is None or rules.CATALOGUE[one.indicator].unit != "percent":
        return one.value if one.value is None or not one.indicator.startswith("accounts_") else one.value + 5e6
    return one.value % 100


@pytest.mark.parametrize("key", RECIPES)
def test_what_a_recipe_gives_can_be_stored_and_shown(key: str, tmp_path: Path) -> None:
    client = Client(tmp_path, transport=over_both, sleep=lambda _seconds: None)
    stored = [
        actions.store_edition(likely(fetched), by=SYSTEM_IMPORT)
        for fetched in fetch([key], places=["4016", "0000"], client=client, now=NOW)
    ]
    assert all(one.is_new for one in stored)
    place = queries.place_by_number("4016")
    series = queries.current_series(None, places=["4016"], page_of="4016")
    shown = {one.indicator.key for one in series}
    parts = {part for one in series for part in one.breakdown.split(";") if part}
    assert [
        part for part in parts if labels.breakdown_words(part).startswith(("industry", "kind", "status", "alt"))
    ] == []
    for indicator in shown:
        page = queries.indicator_page(place, indicator)
        assert page.lines.title == labels.known_title(indicator)
        assert page.chart.rows
