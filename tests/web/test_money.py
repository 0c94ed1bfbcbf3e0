"""Whole kroner in words."""

from __future__ import annotations

import pytest
from django.utils import translation

from samskap.web.money import kroner
from samskap.web.templatetags import money


@pytest.mark.parametrize(
    ("amount", "said"),
    [(0, "NOK 0"), (999, "NOK 999"), (1_250_000, "NOK 1,250,000"), (10**12, "NOK 1,000,000,000,000")],
)
def test_english_amounts(amount: int, said: str) -> None:
    with translation.override("en"):
        assert kroner(amount) == said.replace(" ", "\N{NO-BREAK SPACE}")


def test_norwegian_amounts_are_grouped_with_spaces_that_do_not_break() -> None:
    with translation.override("nb"):
        assert "1\N{NO-BREAK SPACE}250\N{NO-BREAK SPACE}000" in kroner(1_250_000)


def test_a_page_shows_nothing_where_there_is_no_amount() -> None:
    assert money.kroner(None) == ""
