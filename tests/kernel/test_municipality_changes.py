"""Old numbers lead to the municipalities of today, by the register's own list."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from samskap.kernel.errors import SamskapError
from samskap.kernel.municipalities import MUNICIPALITY_NAMES
from samskap.kernel.municipality_changes import CHANGES, Change, checked_number, current_numbers, former_numbers


def test_drangedal_had_three_numbers() -> None:
    assert [change for change in CHANGES if change.old in {"0817", "3815"}] == [
        Change("0817", 2020, "renumbered", ("3815",)),
        Change("3815", 2024, "renumbered", ("4016",)),
    ]
    assert [current_numbers(number) for number in ("0817", "3815", "4016")] == [("4016",)] * 3
    assert [former_numbers("4016", year) for year in (2019, 2020, 2023, 2024)] == [
        ("0817",), ("3815",), ("3815",), ("4016",),
    ]  # fmt: skip


def test_a_merger_adds_up_and_a_split_stays_open() -> None:
    assert former_numbers("4020", 2019) == ("0821", "0822")
    assert former_numbers("1103", 2019) == ("1103", "1141", "1142")
    assert former_numbers("5001", 2017) == ("1601", "1662")
    assert current_numbers("1504") == ("1508", "1580")
    assert current_numbers("5012") == ("5055", "5056", "5059")
    kinds = {change.old: change.kind for change in CHANGES}
    assert [kinds[old] for old in ("1507", "1850", "5030", "1849", "0821", "1142")] == [
        "split", "split", "merged", "merged", "merged", "merged",
    ]  # fmt: skip


def test_no_number_of_today_is_an_old_one_and_every_chain_ends_today() -> None:
    olds = [change.old for change in CHANGES]
    assert len(olds) == len(set(olds)) == 487
    assert set(olds) & set(MUNICIPALITY_NAMES) == set()
    assert [old for old in olds if not current_numbers(old)] == []


def test_the_list_of_the_register_is_the_same(shared_data: Path) -> None:
    with (shared_data / "norway/kommune_code_changes_to_2024.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    became, last = defaultdict(set), defaultdict(dict)
    for row in rows:
        became[row["kommunenr_then"]].add(row["kommunenr_2024"])
        last[row["kommunenr_2024"]][row["kommunenr_then"]] = int(row["last_year"])
    assert {old: set(current_numbers(old)) for old in became} == became
    for number, numbers in last.items():
        for old, year in numbers.items():
            then = former_numbers(number, min(year, 2024))
            assert old in then
            assert [other for other in then if numbers[other] < min(year, 2024)] == []


def test_a_number_of_today_is_taken_with_blanks_around_it() -> None:
    assert checked_number(" 4016\n") == "4016"


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("0817", "municipality_number_old",
         "The number 0817 was in use until 2020. It is now 4016 Drangedal. Use 4016."),
        ("1507", "municipality_number_split",
         "The municipality with the number 1507 was divided. It is now 1508 Ålesund and 1580 Haram. "
         "Choose one of them: figures from before cannot be divided."),
        ("9999", "municipality_number_unknown",
         "No municipality has or had the number 9999. Look the number up in the list of places."),
        ("Drangedal", "municipality_number_form",
         "'Drangedal' is not the number of a municipality. Give four digits, as 4016 for Drangedal."),
        ("", "municipality_number_form",
         "'' is not the number of a municipality. Give four digits, as 4016 for Drangedal."),
    ],
)  # fmt: skip
def test_another_number_is_answered_with_a_sentence(text: str, code: str, said: str) -> None:
    with pytest.raises(SamskapError) as caught:
        checked_number(text)
    assert (caught.value.code, str(caught.value)) == (code, said)
