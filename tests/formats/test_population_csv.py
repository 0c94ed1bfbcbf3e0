"""People by sex and single age from a file: two forms, one table, and a sentence for everything that is wrong."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samskap.formats.errors import FormatError
from samskap.formats.population_csv import AGES, PopulationTable, read_population

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "projections" / "norway"
HEAD = "place,year,sex,age,persons"
ALL = {(sex, age): 3 for sex in ("female", "male") for age in range(AGES)}


def long(places=("4016",), years=(2020, 2021), *, people=None, head=HEAD, drop=(), extra=()) -> str:
    rows = [
        f"{place},{year},{sex},{age},{persons}"
        for place in places
        for year in years
        for (sex, age), persons in (people or ALL).items()
        if (place, year, sex, age) not in drop
    ]
    return "\n".join([head, *rows, *extra]) + "\n"


def wide(table: PopulationTable, *, separator: str = ",") -> str:
    head = separator.join(["sex", "municipality", "year", *(f"a{age}" for age in range(AGES))])
    rows = [
        separator.join([("K", "M")[sex], place, str(year), *(f"{n:.0f}" for n in table.persons[p, y, sex])])
        for p, place in enumerate(table.places)
        for y, year in enumerate(table.years)
        for sex in range(2)
    ]
    return "\n".join([head, *rows])


def read(text: str | bytes) -> PopulationTable:
    return read_population(text.encode() if isinstance(text, str) else text, file="people.csv")


def refusal(text: str | bytes) -> tuple[str, str, str]:
    with pytest.raises(FormatError) as caught:
        read(text)
    return caught.value.code, caught.value.message, caught.value.cure


def test_both_forms_give_the_same_table() -> None:
    people = {(sex, age): 7 * age + (sex == "male") for sex, age in ALL}
    one = read(long(("4016", "0000"), people={key: 1000 * n for key, n in people.items()}))
    assert (one.places, one.years, one.persons.shape) == (("0000", "4016"), (2020, 2021), (2, 2, 2, AGES))
    assert one.persons[1, 0, 1, 104] == 1000 * (7 * 104 + 1)
    for separator in ",;":
        other = read(wide(one, separator=separator))
        assert (other.places, other.years) == (one.places, one.years)
        np.testing.assert_array_equal(other.persons, one.persons)


def test_gzip_crlf_byte_order_mark_and_105_and_over_change_nothing() -> None:
    text = long()
    one = read(text)
    windows = b"\xef\xbb\xbf" + text.replace(",105,", ",105+,").replace("\n", "\r\n").encode()
    for data in (windows, gzip.compress(text.encode()), text.replace("\n", "\n\n").encode()):
        np.testing.assert_array_equal(read(data).persons, one.persons)
    assert read(gzip.compress(text.encode())).content_hash == one.content_hash


def test_a_place_may_lack_a_year_and_the_table_says_which_it_has() -> None:
    text = long(("4016",)) + long(("4014",), (2021,)).partition("\n")[2]
    table = read(text)
    assert (table.years_of("4016"), table.years_of("4014")) == ((2020, 2021), (2021,))
    assert np.isnan(table.persons[0, 0]).all()


def test_what_stands_before_the_header_is_kept() -> None:
    table = read("# table: 07459\n# publisher: SSB\n" + long())
    assert table.said == {"table": "07459", "publisher": "SSB"}


@pytest.mark.parametrize(
    ("text", "code", "part"),
    [
        ("", "format_empty", "people.csv is empty."),
        (HEAD, "format_empty", "has no rows"),
        ("place,year,sex,age\n", "population_columns", "has no column persons"),
        ("place,year,sex,age,persons,age\n", "population_columns", "more than one column age"),
        (f"{HEAD}\n4016,2020,female,0\n", "format_cells", "row 2: 4 cells, but the header has 5"),
        (f"{HEAD}\n4016,2020,female,0,-3\n", "population_value", "row 2, column persons: '-3'"),
        (f"{HEAD}\n\n4016,2020,female,0,4.1\n", "population_value", "row 3, column persons: '4.1'"),
        (f"{HEAD}\n4016,2020,female,0,many\n", "population_value", "row 2, column persons: 'many'"),
        (f"{HEAD}\n4016,2020,female,0,nan\n", "population_value", "row 2, column persons: 'nan'"),
        (f"{HEAD}\n4016,2020K1,female,0,4\n", "population_value", "row 2, column year: '2020K1'"),
        (f"{HEAD}\n4016,20,female,0,4\n", "population_value", "row 2, column year: '20'"),
        (f"{HEAD}\n4016,2020,both,0,4\n", "population_value", "row 2, column sex: 'both'"),
        (f"{HEAD}\n4016,2020,female,106,4\n", "population_value", "row 2, column age: '106'"),
        (f"{HEAD}\n301,2020,female,0,4\n", "population_value", "row 2, column place: '301'"),
        (f"{HEAD}\nEKG11,2020,female,0,4\n", "population_value", "row 2, column place: 'EKG11'"),
        (long(extra=["4016,2020,female,0,9"]), "population_repeated", "row 426: the same place, year, sex and age as"),
        (long(drop={("4016", 2021, "male", 7)}), "population_ages", "4016 in 2021 lacks 1 of 212 ages, first male 7"),
        (long(people=dict.fromkeys(ALL, 0)), "population_units", "4016 never has more than 0 people"),
        (long(("0000",)), "population_units", "0000 never has more than 636 people"),
        ("# table: 07459\n# table: 10826\n" + long(), "population_editions", "table is '10826' here and '07459' above"),
        (b"place\xff", "format_encoding", "0xFF is not UTF-8"),
        (b"\x1f\x8bno gzip", "format_broken", "cannot be unpacked"),
        (gzip.compress(long().encode())[:-20], "format_broken", "cannot be unpacked"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_row(text, code: str, part: str) -> None:
    found, message, cure = refusal(text)
    assert (found, part in message, bool(cure)) == (code, True, True), message


def test_numbers_in_thousands_are_suspected() -> None:
    _code, _message, cure = refusal(f"{HEAD}\n4016,2020,female,0,0.041\n")
    assert "thousands" in cure
    assert "thousands" in refusal(long(people={key: int(key[1] == 40) for key in ALL}))[2]


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: f"{HEAD}\n{text}".encode()))
@settings(max_examples=150, deadline=None)
def test_any_other_bytes_are_refused_in_words(data: bytes) -> None:
    with pytest.raises(FormatError):
        read(data)


def test_the_real_municipalities_are_read() -> None:
    file = SHARED / "population_municipality_2005_2022.csv.gz"
    if not file.exists():
        pytest.skip("the shared figures are not on this machine")
    table = read_population(file.read_bytes(), file=file.name)
    assert (len(table.places), table.years) == (357, tuple(range(2005, 2023)))
    assert [place for place in table.places if 2005 not in table.years_of(place)] == ["1160", "1576"]
    at = table.places.index("4016")
    assert table.persons[at, -1].sum() == 4093
    # Statistics Norway, table 07459: 5 425 270 people on 1 January 2022; the parts were rounded when borders changed.
    assert abs(table.persons[:, -1].sum() - 5_425_270) <= 53
