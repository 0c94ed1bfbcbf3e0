"""Whole kroner in words."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from samskap.web.money import kroner
from samskap.web.money_forms import KronerField
from samskap.web.templatetags import money


@pytest.mark.parametrize(
    ("amount", "said"),
    [(0, "NOK 0"), (999, "NOK 999"), (1_250_000, "NOK 1,250,000"), (10**12, "NOK 1,000,000,000,000")],
)
def test_english_amounts(amount: int, said: str) -> None:
    with translation.override("en"):
        assert kroner(amount) == said


def test_norwegian_amounts_are_grouped_with_spaces_that_do_not_break() -> None:
    with translation.override("nb"):
        assert "1\N{NO-BREAK SPACE}250\N{NO-BREAK SPACE}000" in kroner(1_250_000)


def test_a_page_shows_nothing_where_there_is_no_amount() -> None:
    assert money.kroner(None) == ""


@pytest.mark.parametrize(
    ("typed", "nok"),
    [("250000", 250_000), ("1 250 000 kr", 1_250_000), ("1.250.000", 1_250_000), ("kr 1250000,-", 1_250_000),
     ("1\N{NO-BREAK SPACE}000", 1_000), (" 1 ", 1), ("1000000000000", 10**12)],
)  # fmt: skip
def test_an_amount_is_read_as_people_write_it(typed: str, nok: int) -> None:
    assert KronerField().clean(typed) == nok


@pytest.mark.parametrize(
    ("typed", "said"),
    [("12,50", "“12,50” has a fraction. Write whole kroner."), ("-5", "“-5” is not an amount."),
     ("0", "Write an amount above 0"), ("mye", "“mye” is not an amount."), ("1e6", "“1e6” is not an amount."),
     ("9" * 18, "Write an amount above 0 and at most NOK 1,000,000,000,000,000."), ("٣", "“٣” is not an amount."),
     ("", "Write an amount in whole kroner.")],
)  # fmt: skip
def test_what_is_no_amount_gets_a_sentence(typed: str, said: str) -> None:
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        KronerField().clean(typed)
    assert refused.value.messages[0].startswith(said)


def test_an_amount_that_is_there_is_shown_in_groups() -> None:
    field = KronerField(required=False)
    assert (field.prepare_value(1_250_000), field.clean("")) == ("1\N{NO-BREAK SPACE}250\N{NO-BREAK SPACE}000", None)
