"""Amounts of money are read as people write them, and what is no whole amount is refused with a sentence."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from samskap.web.kroner_field import MOST_NOK, KronerField


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1", 1),
        ("120000", 120_000),
        (" 1 250 000 ", 1_250_000),
        ("1\N{NO-BREAK SPACE}250\N{NARROW NO-BREAK SPACE}000", 1_250_000),
        ("1.250.000", 1_250_000),
        ("1,250,000", 1_250_000),
        ("kr 500", 500),
        ("kr. 500,-", 500),
        ("500,–", 500),
        ("NOK 1,000", 1_000),
        ("2 000 kroner", 2_000),
        (str(MOST_NOK), MOST_NOK),
    ],
)
def test_an_amount_is_read_as_people_write_it(text: str, amount: int) -> None:
    assert KronerField().clean(text) == amount


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Write an amount in whole kroner."),
        ("  ", "Write an amount in whole kroner."),
        ("12,50", "Write whole kroner, without øre."),
        ("12.5", "Write whole kroner, without øre."),
        ("1.250,50", "Write whole kroner in figures, such as 120 000."),
        ("mye", "Write whole kroner in figures, such as 120 000."),
        ("kr", "Write whole kroner in figures, such as 120 000."),
        ("1e6", "Write whole kroner in figures, such as 120 000."),
        ("١٢٣", "Write whole kroner in figures, such as 120 000."),
        ("0", "The amount must be above 0."),
        ("-500", "The amount must be above 0."),
        ("\N{MINUS SIGN}500", "The amount must be above 0."),
        (str(MOST_NOK + 1), "This is more than 1 000 000 000 000 kr. Check the noughts."),
        ("9" * 41, "Ensure this value has at most 40 characters (it has 41)."),
    ],
)
def test_what_is_no_whole_amount_is_refused_with_a_sentence(text: str, told: str) -> None:
    with translation.override("en"):
        with pytest.raises(ValidationError) as refused:
            KronerField().clean(text)
        assert refused.value.messages == [told]


def test_an_amount_that_may_be_empty_is_none_and_one_that_is_there_is_shown_with_spaces() -> None:
    assert KronerField(required=False).clean(" ") is None
    assert KronerField().prepare_value(1_250_000) == "1\N{NO-BREAK SPACE}250\N{NO-BREAK SPACE}000"
    assert KronerField().prepare_value("abc") == "abc"
