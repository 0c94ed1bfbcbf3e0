"""What there is of a place to look ahead from, and how it is cited."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils.translation import override
from tests import factories

from samskap.apps.outlook.queries.ground import ground_of
from samskap.sources.values import NATION, Figure

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 10, 12, tzinfo=UTC)


def test_the_tables_of_one_publisher_are_cited_in_one_line() -> None:
    people = [factories.make_people(place, year) for place in ("4016", NATION) for year in (2024, 2025, 2026)]
    factories.make_edition(profiles=people, table="07459", fetched_at=NOW)
    factories.make_edition(Figure("accounts_care", "4016", "2025", 9e7), table="12362", fetched_at=NOW)
    made = "age=0-120;alternative=MMMM"
    factories.make_edition(
        Figure("projected_population", "4016", "2030", 900.0, "", made), table="14746", fetched_at=NOW
    )
    factories.make_edition(
        Figure("accounts_free_income", "4016", "2025", 5e8), publisher="KS", table="A", fetched_at=NOW
    )
    with override("en"):
        assert ground_of("4016").sources == (
            "Source: SSB, tables 07459, 12362 and 14746, fetched 10 October 2026",
            "Source: KS, table A, fetched 10 October 2026",
        )
