"""FHI's tables: each dimension has one filter, categories are found by their labels, and flags are kept as reasons."""

from __future__ import annotations

import csv
import gzip
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.sources import tables
from tests.sources.offices import Fhi, made_up

from samskap.sources import fhi
from samskap.sources.catalogue import fetch
from samskap.sources.client import Client
from samskap.sources.values import Fetched

NOW = datetime(2026, 11, 29, 8, tzinfo=UTC)


def run(key: str, folder: Path, office: Fhi, *places: str) -> Fetched:
    client = Client(folder, transport=office, sleep=lambda _seconds: None)
    [edition] = fetch([key], places=places, client=client, now=NOW)
    return edition


def test_the_question_names_every_dimension_once(tmp_path: Path) -> None:
    office = tables.fhi()
    run("gp_contacts", tmp_path, office, "4016", "0000")
    address, question = office.asked[-1]
    assert address == "https://statistikk-data.fhi.no/api/open/v1/nokkel/Table/370/data"
    assert question == {
        "dimensions": [
            {"code": "GEO", "filter": "item", "values": ["4016", "0"]},
            {"code": "AAR", "filter": "item", "values": ["2021_2021", "2022_2022", "2023_2023", "2024_2024"]},
            {"code": "KJONN", "filter": "item", "values": ["0"]},
            {"code": "ALDER", "filter": "item", "values": ["15_24"]},
            {"code": "KODEGRUPPE", "filter": "item", "values": ["A"]},
            {"code": "MEASURE_TYPE", "filter": "item", "values": ["RATE"]},
        ],
        "response": {"format": "json-stat2", "maxRowCount": 50_000},
    }


def test_figures_have_their_place_and_year(tmp_path: Path) -> None:
    edition = run("gp_contacts", tmp_path, tables.fhi(), "4016", "0000")
    cell = {"KJONN": "0", "ALDER": "15_24", "KODEGRUPPE": "A", "MEASURE_TYPE": "RATE", "AAR": "2024_2024"}
    found = {(figure.place, figure.period): figure for figure in edition.figures}
    for place, code in (("4016", "4016"), ("0000", "0")):
        figure = found[place, "2024"]
        assert figure.value == made_up("370", {**cell, "GEO": code})
        assert (figure.indicator, figure.breakdown) == ("gp_contacts_mental", "age=15-24")
    assert (edition.publisher, edition.table, edition.title) == ("FHI", "370", "Legekontakter")
    assert edition.updated_at == datetime(2025, 12, 20, 11, 44, 58, 770632, tzinfo=UTC)


def test_spans_of_years_are_periods(tmp_path: Path) -> None:
    edition = run("bullying", tmp_path, tables.fhi(), "4016")
    assert [figure.period for figure in edition.figures] == ["2021-2023", "2022-2024"]


def test_a_year_without_survey_and_a_hidden_figure_are_told_apart(tmp_path: Path) -> None:
    office = tables.fhi()
    for year, flag in (("2022", "."), ("2023", ":")):
        office.flags[frozenset({"AAR": f"{year}_{year}", "GEO": "4016"}.items())] = flag
    survey = run("youth_distress", tmp_path, office, "4016")
    assert [(figure.period, figure.missing) for figure in survey.figures] == [
        ("2021", ""), ("2022", "not_surveyed"), ("2023", "hidden"), ("2024", ""),
    ]  # fmt: skip
    register = run("child_welfare", tmp_path, office, "4016")
    assert [figure.missing for figure in register.figures] == ["", "not_available", "hidden", ""]


def test_a_place_that_fhi_has_not_is_left_out(tmp_path: Path) -> None:
    edition = run("youth_distress", tmp_path, tables.fhi(), "4016", "5536")
    assert {figure.place for figure in edition.figures} == {"4016"}


def test_many_places_are_asked_for_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samskap.sources.fhi.MOST_ROWS", 8)
    office = tables.fhi()
    edition = run("youth_distress", tmp_path, office, "4016", "4020", "1508", "0000")
    assert len(edition.figures) == 16
    assert [len(question["dimensions"][0]["values"]) for _url, question in office.asked if question] == [2, 2]


FILES = {
    "339": "fhi_youth_mental_distress.csv",
    "373": "fhi_youth_life_satisfaction.csv",
    "370": "fhi_gp_contacts_mental_table370.csv.gz",
    "337": "fhi_child_welfare_table337.csv",
    "377": "fhi_bullying_7th_grade.csv",
    "805": "fhi_wellbeing_10th_grade_table805.csv",
}
TABLES = {
    one.table: one
    for one in (fhi.DISTRESS, fhi.SATISFACTION, fhi.GP_CONTACTS, fhi.CHILD_WELFARE, fhi.BULLYING, fhi.WELLBEING)
}


@pytest.mark.parametrize("number", FILES)
def test_the_patterns_fit_the_labels_in_real_files(number: str, shared_data: Path) -> None:
    """Of each column of labels, the pattern for it, or the one for the whole, picks exactly one."""
    path = shared_data / "norway/telemark" / FILES[number]
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    rows = list(csv.DictReader(text.decode("utf-8").splitlines()))
    not_a_dimension = re.compile(r"geografi|kommune|år|value|andel$|sort", re.IGNORECASE)
    columns = [name for name in rows[0] if not not_a_dimension.search(name)]
    assert columns
    for column in columns:
        patterns = [text for key, text in TABLES[number].choices.items() if re.search(key, column, re.IGNORECASE)]
        labels = {row[column] for row in rows}
        fitting = {label for label in labels if re.search((patterns or [fhi.ALL])[0], label, re.IGNORECASE)}
        assert len(fitting) == 1 or (len(labels) == 1 and not patterns), (column, labels)


def test_a_county_has_two_digits_and_its_own_name(tmp_path: Path) -> None:
    edition = run("youth_distress", tmp_path, tables.fhi(), "4016", "0000", "40", "15")
    assert {figure.place for figure in edition.figures} == {"4016", "0000", "40"}
