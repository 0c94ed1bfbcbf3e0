"""Indicators that are counted in parts: jobs by industry, people by status, users by kind."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils.translation import override
from tests.apps.viewers import words_of

from samskap.apps.figures import actions, queries
from samskap.kernel.acting import SYSTEM_IMPORT
from samskap.sources.values import Fetched, Figure

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
HERE = {"84": 300.0, "85": 450.0, "86-88": 750.0}
COUNTRY = {"84": 200_000.0, "85": 200_000.0, "86-88": 600_000.0}


def store(cells: dict[tuple[str, str, str], float | None]) -> None:
    """Jobs by (place, period, industry); None is hidden."""
    figures = tuple(
        Figure("jobs", place, period, value, "hidden" if value is None else "", f"industry={industry}")
        for (place, period, industry), value in cells.items()
    )
    actions.store_edition(Fetched("SSB", "13470", "", "", "", NOW, None, figures=figures), by=SYSTEM_IMPORT)


def both(period: str = "2024") -> dict[tuple[str, str, str], float | None]:
    cells: dict[tuple[str, str, str], float | None] = {("4016", period, one): value for one, value in HERE.items()}
    return cells | {("0000", period, one): value for one, value in COUNTRY.items()}


def page(part: str | None = None) -> queries.IndicatorPage:
    with override("en"):
        return queries.indicator_page(queries.place_by_number("4016"), "jobs", part=part)


def test_all_parts_stand_beside_the_country_the_largest_first() -> None:
    store(both() | {("4016", "2023", "84"): 999.0})
    told = page()
    divided = told.divided
    assert divided is not None
    assert divided.title == "Jobs in the municipality by industry, 2024"
    assert divided.sentence == (
        "The largest part is health and social services: 750 of 1,500 (50.0 %; in the whole country 60.0 %)."
    )
    assert divided.headers == ("Part", "Drangedal, jobs", "Drangedal, per cent", "Norway, per cent")
    assert [row[1:] for row in divided.rows] == [
        ("750", "50.0", "60.0"), ("450", "30.0", "20.0"), ("300", "20.0", "20.0"),
    ]  # fmt: skip
    assert divided.rows[2][0] == ('<a class="ds-link" href="?part=industry%3D84">public administration and defence</a>')
    assert divided.drawing.count("<svg") == 2
    assert (told.parts, told.lines.breakdown) == ((), "industry=86-88")
    assert page("industry=84").lines.part == "public administration and defence"


def test_where_a_part_is_hidden_no_share_is_told() -> None:
    store(both() | {("4016", "2024", "84"): None})
    divided = page().divided
    assert divided is not None
    assert (divided.sentence, divided.drawing) == ("Some parts have no figure, so shares cannot be told.", "")
    assert [row[1:] for row in divided.rows] == [
        ("750", "–", "60.0"), ("450", "–", "20.0"), ("Hidden for privacy", "–", "20.0"),
    ]  # fmt: skip


def test_the_country_is_left_out_where_it_has_not_every_part_of_that_period() -> None:
    cells = both()
    del cells["0000", "2024", "84"]
    store(cells)
    divided = page().divided
    assert divided is not None
    assert divided.sentence == "The largest part is health and social services: 750 of 1,500 (50.0 %)."
    assert {row[3] for row in divided.rows} == {"–"}


def test_parts_that_do_not_make_a_whole_are_tabs() -> None:
    figures = tuple(Figure("neet_share", "4016", "2024", 9.0, "", f"age={age}") for age in ("15-29", "20-24"))
    actions.store_edition(Fetched("SSB", "13556", "", "", "", NOW, None, figures=figures), by=SYSTEM_IMPORT)
    told = queries.indicator_page(queries.place_by_number("4016"), "neet_share")
    assert (told.divided, len(told.parts)) == (None, 2)


def test_the_page_of_the_place_names_the_largest_part_and_the_page_of_it_shows_all(client: Client) -> None:
    store(both())
    place = words_of(client.get("/places/4016/", headers={"accept-language": "en"}))
    assert "jobs, health and social services" in place
    assert "industry=" not in place.replace("part=industry%3D", "")
    one = words_of(client.get("/places/4016/figures/jobs/", headers={"accept-language": "en"}))
    for said in ("public administration and defence", "teaching", "50.0", "in the whole country"):
        assert said in one
