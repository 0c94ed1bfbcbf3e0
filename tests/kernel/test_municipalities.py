"""The list of municipalities is whole and in the form of the register."""

from __future__ import annotations

import csv
from pathlib import Path

from samskap.kernel.municipalities import MUNICIPALITY_NAMES, municipality_name


def test_there_are_357_municipalities_with_four_digit_numbers() -> None:
    assert len(MUNICIPALITY_NAMES) == 357
    assert all(len(number) == 4 and number.isdecimal() for number in MUNICIPALITY_NAMES)
    assert all(name == name.strip() and name for name in MUNICIPALITY_NAMES.values())


def test_a_number_gives_its_name_and_an_old_number_gives_none() -> None:
    assert municipality_name("4016") == "Drangedal"
    assert municipality_name("5536") == "Lyngen"
    assert municipality_name("0817") is None


def test_numbers_and_names_equal_the_register(shared_data: Path) -> None:
    with (shared_data / "norway/kommuner_2024.csv").open(encoding="utf-8") as stream:
        register = {row["kommunenr"]: row["navn"] for row in csv.DictReader(stream)}
    ours = {number: name.replace(" – ", "-") for number, name in MUNICIPALITY_NAMES.items()}
    assert ours == register
