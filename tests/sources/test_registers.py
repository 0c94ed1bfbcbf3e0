"""Names, code changes and organisations, from answers in the form of Kartverket, Klass and Enhetsregisteret."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from samskap.kernel.errors import SamskapError
from samskap.kernel.municipality_changes import CHANGES, current_numbers
from samskap.sources.brreg import RegisteredOrganisation, organisations, sectors
from samskap.sources.client import Client
from samskap.sources.errors import SourceError
from samskap.sources.kartverket import MunicipalityName, municipalities
from samskap.sources.klass import MUNICIPALITIES, CodeChange, changes, codes_at, kostra_groups, successors
from samskap.sources.transport import Reply

NOW = datetime(2026, 11, 29, 8, tzinfo=UTC)


class Office:
    """Answers by address."""

    def __init__(self, answers: Mapping[str, Any]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def __call__(self, url: str, body: bytes | None, *, timeout: float, limit: int) -> Reply:
        self.asked.append(url)
        if self.answers[url] is None:
            return Reply(404, {}, b"")
        return Reply(200, {}, json.dumps(self.answers[url]).encode())


def client(folder: Path, answers: Mapping[str, Any]) -> Client:
    return Client(folder, transport=Office(answers), sleep=lambda _seconds: None)


# Kartverket


def test_names_of_municipalities(tmp_path: Path) -> None:
    answer = [
        {
            "kommunenummer": "5610", "kommunenavn": "Kárášjohka - Karasjok", "kommunenavnNorsk": "Karasjok",
            "fylkesnummer": "56", "samiskForvaltningsomrade": True,
            "gyldigeNavn": [{"navn": "Karasjok", "prioritet": 2, "sprak": "Norsk"},
                            {"navn": "Kárášjohka", "prioritet": 1, "sprak": "Nordsamisk"}],
        },
        {"kommunenummer": "4016", "kommunenavn": "Drangedal", "kommunenavnNorsk": "Drangedal"},
    ]  # fmt: skip
    who = client(tmp_path, {"https://ws.geonorge.no/kommuneinfo/v1/kommuner": answer})
    assert municipalities(client=who, now=NOW) == (
        MunicipalityName("4016", "Drangedal", ("Drangedal",), "40", is_sami_area=False),
        MunicipalityName("5610", "Karasjok", ("Kárášjohka", "Karasjok"), "56", is_sami_area=True),
    )


def test_an_answer_of_another_form_is_told(tmp_path: Path) -> None:
    who = client(tmp_path, {"https://ws.geonorge.no/kommuneinfo/v1/kommuner": {"kommuner": []}})
    with pytest.raises(SourceError, match="The answer of Kartverket is not a list"):
        municipalities(client=who, now=NOW)


# Klass

BASE = "https://data.ssb.no/api/klass/v1/classifications/131"


def change(old: str, new: str, day: str) -> dict[str, str]:
    return {"oldCode": old, "oldName": old, "newCode": new, "newName": new, "changeOccurred": day}


def test_codes_on_a_day(tmp_path: Path) -> None:
    answer = {"codes": [{"code": "4016", "parentCode": None, "level": "1", "name": "Drangedal"}]}
    who = client(tmp_path, {f"{BASE}/codesAt?date=2024-01-01": answer})
    assert codes_at(MUNICIPALITIES, date(2024, 1, 1), client=who, now=NOW) == {"4016": "Drangedal"}


def test_changes_are_followed_over_several_days(tmp_path: Path) -> None:
    answer = {"codeChanges": [
        change("3815", "4016", "2024-01-01"), change("0817", "3815", "2020-01-01"),
        change("0821", "3817", "2020-01-01"), change("0822", "3817", "2020-01-01"),
        change("3817", "4020", "2024-01-01"), change("1504", "1507", "2020-01-01"),
        change("1507", "1508", "2024-01-01"), change("1507", "1580", "2024-01-01"),
        change("4601", "4601", "2020-01-01"),
    ]}  # fmt: skip
    who = client(tmp_path, {f"{BASE}/changes?from=2019-12-31&to=2024-01-02": answer})
    made = changes(MUNICIPALITIES, date(2019, 12, 31), date(2024, 1, 2), client=who, now=NOW)
    assert made[0] == CodeChange("0817", "3815", date(2020, 1, 1))
    assert len(made) == 8
    assert successors(made) == {
        "0817": ("4016",), "0821": ("4020",), "0822": ("4020",), "1504": ("1508", "1580"),
        "1507": ("1508", "1580"), "3815": ("4016",), "3817": ("4020",),
    }  # fmt: skip


def test_a_code_that_gives_off_a_part_and_stays_is_two() -> None:
    day = date(2020, 1, 1)
    assert successors([CodeChange("A", "A", day), CodeChange("A", "B", day)]) == {"A": ("A", "B")}


def test_a_code_that_is_given_to_another_the_same_day_is_not_followed_on() -> None:
    day = date(2020, 1, 1)
    assert successors([CodeChange("X", "Y", day), CodeChange("Y", "Z", day)]) == {"X": ("Y",), "Y": ("Z",)}


def test_our_own_list_of_changes_says_the_same() -> None:
    made = [CodeChange(one.old, new, date(one.year, 1, 1)) for one in CHANGES for new in one.new]
    assert successors(made) == {one.old: current_numbers(one.old) for one in CHANGES}


def test_klass_without_a_list_is_told(tmp_path: Path) -> None:
    who = client(tmp_path, {f"{BASE}/codesAt?date=2024-01-01": {}})
    with pytest.raises(SourceError, match="SSB Klass 131 has no list 'codes'"):
        codes_at(MUNICIPALITIES, date(2024, 1, 1), client=who, now=NOW)


def groups(*pairs: tuple[str, str]) -> dict[str, Any]:
    return {"correspondenceItems": [{"sourceCode": place, "targetCode": group} for place, group in pairs]}


def test_the_kostra_group_of_each_municipality_is_a_figure(tmp_path: Path) -> None:
    path = f"{BASE}/correspondsAt?targetClassificationId=112&date=2026-01-01"
    answer = groups(("4016", "EKG11"), ("4014", "KG02"), ("0301", "17"), ("2100", "EKG05"), ("4020", "Andre"))
    found = kostra_groups(2026, client=client(tmp_path, {path: answer}), now=NOW)
    assert [(one.indicator, one.place, one.period, one.value) for one in found.figures] == [
        ("kostra_group", "0301", "2026", 17.0),
        ("kostra_group", "4014", "2026", 2.0),
        ("kostra_group", "4016", "2026", 11.0),
    ]
    assert (found.publisher, found.table) == ("SSB", "Klass 112")


def test_before_the_list_of_the_year_is_made_that_of_last_year_counts(tmp_path: Path) -> None:
    path = f"{BASE}/correspondsAt?targetClassificationId=112&date="
    answers = {f"{path}2026-01-01": None, f"{path}2025-01-01": groups(("4016", "EKG11"))}
    found = kostra_groups(2026, client=client(tmp_path, answers), now=NOW)
    assert {one.period for one in found.figures} == {"2025"}


def test_groups_of_another_form_are_told(tmp_path: Path) -> None:
    path = f"{BASE}/correspondsAt?targetClassificationId=112&date=2026-01-01"
    with pytest.raises(SourceError, match="SSB Klass 112 has no group that we can read"):
        kostra_groups(2026, client=client(tmp_path, {path: groups(("4016", "Alle"))}), now=NOW)


# Enhetsregisteret


def entry(number: str, name: str, form: str, code: str = "", **more: Any) -> dict[str, Any]:
    sector = {"institusjonellSektorkode": {"kode": code, "beskrivelse": ""}} if code else {}
    return {"organisasjonsnummer": number, "navn": name, "organisasjonsform": {"kode": form}, **sector, **more}


def paged(*pages: list[dict[str, Any]], total: int | None = None) -> dict[str, Any]:
    count = sum(map(len, pages)) if total is None else total
    url = "https://data.brreg.no/enhetsregisteret/api/enheter?kommunenummer=4016&size=100&page={}&sort=organisasjonsnummer,ASC"
    return {
        url.format(number): {
            **({"_embedded": {"enheter": entries}} if entries else {}),
            "page": {"size": 100, "totalElements": count, "totalPages": len(pages), "number": number},
        }
        for number, entries in enumerate(pages)
    }


def test_organisations_come_by_sector_and_persons_are_left_out(tmp_path: Path) -> None:
    answers = paged(
        [
            entry("100000001", "KOMMUNEN", "KOMM", "6500"),
            entry("100000002", "KARI NORDMANN", "ENK", "8200"),
            entry("100000003", "BYGG AS", "AS", "2100"),
            entry("100000004", "IDRETTSLAGET", "FLI", "7000", registrertIFrivillighetsregisteret=True),
        ],
        [
            entry("100000005", "OMSORG IDEELL AS", "AS", "2500", registrertIFrivillighetsregisteret=True),
            entry("100000006", "SANGKORET", "FLI", registrertIFrivillighetsregisteret=True),
            entry("100000007", "KONKURSBO AS", "AS", "2100", konkurs=True),
            entry("100000008", "SLETTET AS", "AS", "2100", slettedato="2025-01-01"),
            entry("100000009", "SAMEIET", "SAM", "8300"),
            entry("10", "UTEN NUMMER", "AS", "2100"),
        ],
    )
    who = client(tmp_path, answers)
    assert organisations("4016", client=who, now=NOW) == (
        RegisteredOrganisation("100000003", "BYGG AS", "private", "", "AS"),
        RegisteredOrganisation("100000004", "IDRETTSLAGET", "voluntary", "", "FLI"),
        RegisteredOrganisation("100000001", "KOMMUNEN", "public", "", "KOMM"),
        RegisteredOrganisation("100000005", "OMSORG IDEELL AS", "voluntary", "private", "AS"),
        RegisteredOrganisation("100000006", "SANGKORET", "voluntary", "", "FLI"),
    )


def test_no_answer_with_persons_in_it_is_kept_on_disk(tmp_path: Path) -> None:
    who = client(tmp_path, paged([entry("100000002", "KARI NORDMANN", "ENK", "8200")]))
    assert organisations("4016", client=who, now=NOW) == ()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("code", ["6100", "6500", "1110", "1120", "1510", "1520"])
def test_public_bodies_are_public_even_in_the_register_of_the_voluntary(code: str) -> None:
    assert sectors(code, is_voluntary=True) == ("public", "")


def test_a_municipality_without_organisations_has_none(tmp_path: Path) -> None:
    assert organisations("4016", client=client(tmp_path, paged([])), now=NOW) == ()


def test_more_than_the_register_gives_is_told(tmp_path: Path) -> None:
    who = client(tmp_path, paged([entry("100000001", "A", "AS")], total=12_345))
    with pytest.raises(SourceError, match="has 12345 organisations in 4016, and gives at most 10000"):
        organisations("4016", client=who, now=NOW)


def test_a_register_without_pages_is_told(tmp_path: Path) -> None:
    who = client(tmp_path, {next(iter(paged([]))): {"_embedded": {}}})
    with pytest.raises(SourceError, match="The answer of Enhetsregisteret has no pages"):
        organisations("4016", client=who, now=NOW)


def test_an_old_number_is_told_before_anything_is_asked(tmp_path: Path) -> None:
    with pytest.raises(SamskapError, match="It is now 4016 Drangedal"):
        organisations("0817", client=client(tmp_path, {}), now=NOW)
