"""The CSV form of figures: what is written is read again, and what is wrong is said with its row."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskap.formats.errors import FormatError
from samskap.formats.figures_csv import AGES, Parsed, Problem, read_figures, written_figures
from samskap.sources.values import MISSING, AgeProfile, Fetched, Figure

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def fetched(*figures: Figure, profiles: tuple[AgeProfile, ...] = ()) -> Fetched:
    return Fetched(
        publisher="SSB", table="13556", title="Unge, utenfor", url="https://www.ssb.no/13556", licence="CC BY 4.0",
        fetched_at=NOW, updated_at=datetime(2026, 2, 19, 7, tzinfo=UTC), figures=figures, profiles=profiles,
    )  # fmt: skip


def read(text: str) -> Parsed:
    return read_figures(text.encode(), file="tall.csv", now=NOW)


HEADER = "indicator,place,period,value,missing,breakdown,unit\n"


def test_a_file_says_what_it_is_about() -> None:
    text = (
        "# publisher: FHI\n# table: 339\n# fetched: 2026-10-01\n# standing: ours\n" + HEADER
        + "neet_share,4016,2024,8.9,,age=15-29,percent\nneet_share,4016,2023,,not_surveyed,age=15-29,\n"
    )  # fmt: skip
    found = read(text)
    assert found.problems == ()
    assert found.fetched == Fetched(
        publisher="FHI", table="339", title="", url="", licence="", fetched_at=datetime(2026, 10, 1, tzinfo=UTC),
        updated_at=None, standing="ours",
        figures=(
            Figure("neet_share", "4016", "2024", 8.9, "", "age=15-29"),
            Figure("neet_share", "4016", "2023", None, "not_surveyed", "age=15-29"),
        ),
    )  # fmt: skip
    assert found.units == (("neet_share", "percent", 6),)
    assert found.rows == 2


def test_a_norwegian_spreadsheet_is_read_as_it_is_saved() -> None:
    text = "\ufeff# publisher: SSB\nindicator;place;period;value\nneet_share;4016;2024;8,9\njobs;4016;2024;1297\n"
    assert read(text).problems == ()
    assert read(text).fetched.figures == (
        Figure("neet_share", "4016", "2024", 8.9),
        Figure("jobs", "4016", "2024", 1297.0),
    )


def test_people_are_read_by_sex_and_age() -> None:
    rows = "".join(
        f"4016,2026,{sex},{'105+' if age == 105 else age},{age + extra}\n"
        for sex, extra in (("female", 0), ("M", 1))
        for age in range(AGES)
    )
    found = read("place,year,sex,age,persons\n" + rows)
    women, men = tuple(range(AGES)), tuple(range(1, AGES + 1))
    assert (found.problems, found.fetched.profiles) == ((), (AgeProfile("4016", 2026, women, men),))


WRONG = {
    "neet_share,4016,2024,8.9,,,": [],
    "neet_share,416,2024,8.9,,,": [Problem("place_form", 2, {"value": "416"})],
    "neet_share,4016,24,8.9,,,": [Problem("period_unknown", 2, {"value": "24"})],
    "neet_share,4016,2024,8 9,,,": [Problem("number_unknown", 2, {"value": "8 9"})],
    "neet_share,4016,2024,nan,,,": [Problem("number_unknown", 2, {"value": "nan"})],
    "neet_share,4016,2024,,,,": [Problem("neither", 2)],
    "neet_share,4016,2024,1,hidden,,": [Problem("both", 2)],
    "neet_share,4016,2024,,gone,,": [Problem("missing_unknown", 2, {"value": "gone", "known": ", ".join(MISSING)})],
    "neet_share,4016,2024": [Problem("cells", 2, {"count": 3, "wanted": 7})],
}


@pytest.mark.parametrize("row", WRONG)
def test_what_is_wrong_in_a_row_is_said_with_its_number(row: str) -> None:
    assert list(read(HEADER + row).problems) == WRONG[row]


def test_one_wrong_row_does_not_hide_the_others() -> None:
    found = read(HEADER + "neet_share,4016,2024,x,,,\nneet_share,4016,2023,9,,,\nneet_share,4016,2022,y,,,\n")
    assert [(one.code, one.row) for one in found.problems] == [("number_unknown", 2), ("number_unknown", 4)]
    assert found.fetched.figures == (Figure("neet_share", "4016", "2023", 9.0),)


def test_two_values_for_the_same_are_two_editions_in_one_file() -> None:
    found = read(HEADER + "neet_share,4016,2024,8.9,,,\nneet_share,4016,2024,8.9,,,\nneet_share,4016,2024,9.1,,,\n")
    assert [(one.code, one.row) for one in found.problems] == [("repeated_same", 3), ("repeated", 4)]


def test_a_head_that_contradicts_itself_is_two_editions() -> None:
    found = read("# table: 1\n# table: 2\n" + HEADER + "neet_share,4016,2024,8.9,,,\n")
    assert found.problems == (Problem("meta_twice", 2, {"name": "table", "first": "1", "second": "2"}),)


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("# colour: red\n", "meta_unknown"),
        ("# fetched: yesterday\n", "date_unknown"),
        ("# standing: true\n", "standing_unknown"),
        ("# url: javascript:alert(1)\n", "url_unknown"),
    ],
)
def test_a_head_that_cannot_be_used_is_said(head: str, code: str) -> None:
    assert [one.code for one in read(head + HEADER + "neet_share,4016,2024,8.9,,,\n").problems] == [code]


PEOPLE = "place,year,sex,age,persons\n"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("4016,2026,female,0,2.5", "persons_unknown"),
        ("4016,2026,female,0,-1", "persons_unknown"),
        ("4016,2026,girl,0,1", "sex_unknown"),
        ("4016,2026,female,106,1", "age_unknown"),
        ("4016,26,female,0,1", "period_unknown"),
    ],
)
def test_people_are_whole_and_not_negative(row: str, code: str) -> None:
    assert code in [one.code for one in read(PEOPLE + row).problems]


def test_a_missing_age_is_no_nought() -> None:
    rows = [f"4016,2026,{sex},{age},1\n" for sex in ("female", "male") for age in range(AGES)]
    found = read(PEOPLE + "".join(rows[:50] + rows[51:]))
    gaps = {"place": "4016", "year": 2026, "count": 1, "first": "female 50"}
    assert (found.problems, found.fetched.profiles) == ((Problem("ages_missing", 0, gaps),), ())


@pytest.mark.parametrize("text", ["", "# table: 1\n", HEADER, "a,b\n1,2\n"])
def test_a_file_without_figures_is_a_problem(text: str) -> None:
    assert [one.code for one in read(text).problems] in (["empty"], ["columns"])


def test_what_is_no_text_is_refused_with_its_place() -> None:
    with pytest.raises(FormatError, match=r"tall\.csv, row 2.*UTF-8"):
        read_figures(b"indicator\n\xff\xfe", file="tall.csv", now=NOW)
    with pytest.raises(FormatError, match="row 2"):
        read_figures(b'indicator,place,period,value\n"a,b\n', file="tall.csv", now=NOW)


FIGURES = st.builds(
    lambda key, place, period, value, missing, part: Figure(
        key, place, period, None if missing else value, missing, part
    ),
    st.sampled_from(["neet_share", "jobs", "4016-own"]),
    st.sampled_from(["0000", "40", "4016", "EKG11"]),
    st.sampled_from(["2024", "2024K1", "2024M01", "2022-2024"]),
    st.floats(allow_nan=False, allow_infinity=False, width=64),
    st.sampled_from(["", *MISSING]),
    st.sampled_from(["", "age=15-24;sex=female"]),
)


@given(st.lists(FIGURES, min_size=1, max_size=12, unique_by=lambda f: (f.indicator, f.place, f.period, f.breakdown)))
def test_what_is_written_is_read_again(figures: list[Figure]) -> None:
    said = fetched(*figures)
    found = read_figures(written_figures(said, units={"jobs": "jobs"}), file="x.csv", now=NOW)
    assert (found.problems, found.fetched) == ((), said)


@given(st.lists(st.integers(0, 10**6), min_size=2 * AGES, max_size=2 * AGES))
def test_people_that_are_written_are_read_again(counts: list[int]) -> None:
    said = fetched(profiles=(AgeProfile("4016", 2026, tuple(counts[:AGES]), tuple(counts[AGES:])),))
    found = read_figures(written_figures(said, units={}), file="x.csv", now=NOW)
    assert (found.problems, found.fetched) == ((), said)
