"""Numbers as each language writes them."""

from __future__ import annotations

import pytest

from samskap.formats.languages import LANGUAGES, decimal, number, percent, said


def test_thousands_and_decimals_are_written_as_the_language_does() -> None:
    assert [number(1234567, language=language) for language in LANGUAGES] == [
        "1,234,567", "1\u00a0234\u00a0567", "1\u00a0234\u00a0567",
    ]  # fmt: skip
    assert [decimal(-1234.56, language=language) for language in LANGUAGES] == [
        "-1,234.6", "-1\u00a0234,6", "-1\u00a0234,6",
    ]  # fmt: skip
    assert decimal(0.5, language="nb", places=0) == "0"
    assert [percent(0.125, language=language) for language in LANGUAGES] == ["12%", "12 %", "12 %"]


def test_a_sentence_is_that_of_the_language_with_its_gaps_filled() -> None:
    words = {"left": ("{n} left", "{n} igjen", "{n} att")}
    assert [said(words, "left", language, n=3) for language in LANGUAGES] == ["3 left", "3 igjen", "3 att"]
    with pytest.raises(KeyError):
        said(words, "right", "nb")
