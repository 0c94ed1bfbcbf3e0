"""Numbers and names as people read them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils.translation import override

from samskap.apps.figures import labels


@pytest.mark.parametrize(
    ("value", "decimals", "english", "bokmal"),
    [
        (8.96, 1, "9.0", "9,0"),
        (4093.0, 0, "4,093", "4\xa0093"),
        (-0.04, 1, "0.0", "0,0"),
        (-1.26, 1, "-1.3", "-1,3"),
        (None, 1, "–", "–"),
    ],
)
def test_numbers_are_rounded_and_written_in_the_language(
    value: float | None, decimals: int, english: str, bokmal: str
) -> None:
    with override("en"):
        assert labels.number(value, decimals=decimals) == english
    with override("nb"):
        assert labels.number(value, decimals=decimals) == bokmal


@pytest.mark.parametrize(
    ("place", "name"),
    [("0000", "Norway"), ("40", "Telemark"), ("4016", "Drangedal"), ("EKG11", "KOSTRA group 11"), ("99", "99")],
)
def test_places_have_names(place: str, name: str) -> None:
    assert labels.place_name(place) == name


@pytest.mark.parametrize(
    ("breakdown", "words"),
    [
        ("", ""),
        ("age=15-24;sex=female", "aged 15–24, women"),
        ("grade=8-10", "grade 8–10"),
        ("industry=01-03", "agriculture, forestry and fishing"),
        ("industry=01-09", "industry 01–09"),
        ("status=U.04-U.05", "assessment allowance or disability benefit"),
        ("age=80-89;alternative=LLML;vintage=2012", "aged 80–89, low national growth, made in 2012"),
        ("kind=home", "services at home"),
        ("house=small", "house: small"),
    ],
)
def test_parts_of_the_people_have_words(breakdown: str, words: str) -> None:
    with override("en"):
        assert labels.breakdown_words(breakdown) == words


@pytest.mark.parametrize(
    ("breakdowns", "name"),
    [
        (["industry=84", "industry=85"], "industry"),
        (["kind=home", "kind=institution"], "kind"),
        (["industry=84"], ""),
        (["", "industry=84"], ""),
        (["age=0", "age=1-5"], ""),
        (["industry=84;sex=male", "industry=84;sex=female"], ""),
        (["industry=84", "status=A.01"], ""),
        ([], ""),
    ],
)
def test_what_divides_a_whole_is_known(breakdowns: list[str], name: str) -> None:
    assert labels.dividing(breakdowns) == name


DAY, LATER = datetime(2026, 10, 10, 23, 30, tzinfo=UTC), datetime(2026, 10, 12, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ([("07459", LATER)], "Source: SSB, table 07459, fetched 12 October 2026"),
        ([("07459", LATER), ("14746", LATER)], "Source: SSB, tables 07459 and 14746, fetched 12 October 2026"),
        ([("1", LATER), ("2", LATER), ("3", LATER), ("2", LATER)],
         "Source: SSB, tables 1, 2 and 3, fetched 12 October 2026"),
        ([("07459", DAY), ("14746", LATER)],
         "Source: SSB, table 07459, fetched 11 October 2026; table 14746, fetched 12 October 2026"),
    ],
)  # fmt: skip
def test_a_publisher_is_cited_once_with_its_tables_by_the_day_they_came(
    tables: list[tuple[str, datetime]], said: str
) -> None:
    with override("en"):
        assert labels.citation(publisher="SSB", tables=tables) == said
