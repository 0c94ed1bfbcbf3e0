"""Editions of a projection from a file: groups that add up, the main alternative, and what is refused."""

from __future__ import annotations

import gzip

import pytest

from samskap.formats.errors import FormatError
from samskap.formats.vintages_csv import ProjectedPeople, read_vintages

HEAD = "vintage,place,year,age,persons"


def read(text: str | bytes) -> tuple[ProjectedPeople, ...]:
    return read_vintages(text.encode() if isinstance(text, str) else text, file="old.csv")


def test_editions_come_by_place_and_year_with_their_groups() -> None:
    rows = ["2014,4016,2014,0,40", "2014,4016,2014,1-5,200", "2014,4016,2014,90+,50", "2012,4016,2020,1-5,190.5"]
    found = read("\n".join([HEAD, *rows]))
    assert found == (
        ProjectedPeople("2012", "4016", 2012, {(1, 5): {2020: 190.5}}),
        ProjectedPeople("2014", "4016", 2014, {(0, 0): {2014: 40.0}, (1, 5): {2014: 200.0}, (90, 120): {2014: 50.0}}),
    )
    assert read(gzip.compress("\n".join([HEAD, *rows]).encode())) == found


def test_groups_are_added_only_where_they_cover_the_ages_exactly() -> None:
    groups = {(0, 0): {2014: 40.0, 2015: 41.0}, (1, 5): {2014: 200.0}, (6, 12): {2014: 300.0}, (80, 120): {2014: 9.0}}
    one = ProjectedPeople("2014", "4016", 2014, groups)
    assert one.people(0, 5) == {2014: 240.0}
    assert one.people(0, 12) == {2014: 540.0}
    assert one.people(80, 120) == {2014: 9.0}
    assert (one.people(0, 4), one.people(1, 15), one.people(90, 120), one.people(16, 66)) == ({}, {}, {}, {})


def test_of_several_alternatives_the_main_one_is_taken() -> None:
    rows = ["2014,4016,2020,0,40,MMMM", "2014,4016,2020,0,50,HHMH", "2014,4016,2020,0,30,LLML"]
    assert read("\n".join([f"{HEAD},alternative", *rows]))[0].groups == {(0, 0): {2020: 40.0}}


@pytest.mark.parametrize(
    ("row", "part"),
    [
        ("2014,4016,2020,0-5,many", "row 2, column persons: 'many'"),
        ("2014,4016,2020,0-5,-1", "row 2, column persons: '-1'"),
        ("2014,Drangedal,2020,0-5,1", "row 2, column place: 'Drangedal'"),
        ("14,4016,2020,0-5,1", "row 2, column vintage: '14'"),
        ("2014,4016,2020,5-0,1", "row 2, column age: '5-0'"),
        ("2014,4016,2020,young,1", "row 2, column age: 'young'"),
        ("2014,4016,2020,0,1\n2014,4016,2020,0,1", "row 3: 4016, 2014, 2020 and 0 are there already."),
        ("2014,4016,2020,0", "row 2: 4 cells"),
    ],
)
def test_what_is_wrong_is_told_with_its_row(row: str, part: str) -> None:
    with pytest.raises(FormatError) as caught:
        read(f"{HEAD}\n{row}\n")
    assert part in caught.value.message
    assert caught.value.cure
