"""What becomes of SSB's figures: sums, shares, joined numbers, missing ones. Every figure is reckoned anew here."""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.sources.offices import Ssb, Variable, made_up
from tests.sources.tables import ssb

from samskap.sources.catalogue import fetch
from samskap.sources.client import Client
from samskap.sources.errors import SourceError
from samskap.sources.ssb import INDUSTRIES, STATUSES
from samskap.sources.values import AgeProfile, Fetched, Figure

NOW = datetime(2026, 11, 29, 8, tzinfo=UTC)


def run(key: str, folder: Path, office: Ssb, *places: str) -> Fetched:
    [edition] = fetch([key], places=places, client=client(office, folder), now=NOW)
    return edition


def client(office: Ssb, folder: Path) -> Client:
    return Client(folder, transport=office, sleep=lambda _seconds: None)


def values(figures: Sequence[Figure], indicator: str, place: str, breakdown: str = "") -> dict[str, float | str]:
    """Value or reason by period."""
    return {
        figure.period: figure.missing if figure.value is None else figure.value
        for figure in figures
        if (figure.indicator, figure.place, figure.breakdown) == (indicator, place, breakdown)
    }


def hide(office: Ssb, table: str, flag: str, **codes: str) -> None:
    office.tables[table].flags[frozenset(codes.items())] = flag


# Figures as they stand


def test_births_deaths_and_moves(tmp_path: Path) -> None:
    office = ssb()
    edition = run("components", tmp_path, office, "4016", "0000")
    cells = {"births": "Levende", "deaths": "Dode", "moves_in": "Innflyttinger", "moves_out": "Utflyttinger"}
    for indicator, code in cells.items():
        for place, region in (("4016", "K_4016"), ("0000", "0")):
            assert values(edition.figures, indicator, place) == {
                str(year): made_up("06913", {"Region": region, "ContentsCode": code, "Tid": str(year)})
                for year in range(2018, 2026)
            }
    assert (edition.table, edition.title) == ("06913", "06913: Endringer i kommuner")
    assert edition.url == "https://www.ssb.no/statbank/table/06913"
    assert edition.updated_at == datetime(2026, 6, 15, 6, tzinfo=UTC)


def test_missing_figures_keep_their_reason_and_the_time_before_the_first_is_left_out(tmp_path: Path) -> None:
    office = ssb()
    for year, flag in (("2018", "."), ("2019", ".."), ("2021", ":"), ("2022", "."), ("2025", "...")):
        hide(office, "06913", flag, Region="K_4016", ContentsCode="Levende", Tid=year)
    found = values(run("components", tmp_path, office, "4016").figures, "births", "4016")
    assert list(found) == ["2020", "2021", "2022", "2023", "2024", "2025"]
    assert [found["2021"], found["2022"], found["2025"]] == ["hidden", "not_available", "not_published"]


def test_the_country_is_asked_for_in_whichever_way_the_table_has_it(tmp_path: Path) -> None:
    """By its code, by the code list of the country, or by leaving the places out; else it is not there."""
    counted = []
    for number, way in enumerate(("code", "list", "left out", "none")):
        office = ssb()
        region = office.tables["06913"].variables["Region"]
        if way != "code":
            del region.codes["0"]
        if way in ("left out", "none"):
            del region.lists["vs_Landet"]
        region.may_be_left_out = way == "left out"
        edition = run("components", tmp_path / str(number), office, "4016", "0000")
        counted.append(len(values(edition.figures, "births", "0000")))
        assert len(values(edition.figures, "births", "4016")) == 8
    assert counted == [8, 8, 8, 0]


# Shares and sums


def test_public_jobs_are_the_sum_of_the_public_sectors(tmp_path: Path) -> None:
    edition = run("jobs_by_sector", tmp_path, ssb(), "4016")

    def cell(sector: str, year: str) -> int:
        codes = {"Region": "K-4016", "Sektor": sector, "ContentsCode": "SysselEtterArbste", "Tid": year}
        return made_up("13472", codes)

    public = ("6100", "6500.6", "6500.7", "A+B+D+E.5-7")
    assert values(edition.figures, "jobs_public", "4016")["2024"] == sum(cell(sector, "2024") for sector in public)
    assert values(edition.figures, "jobs_private", "4016")["2024"] == cell("A+B+D+E.0-1+9", "2024")


def test_living_alone_is_a_share_of_all_households(tmp_path: Path) -> None:
    office = ssb()
    hide(office, "06070", ":", Region="K-4016", HushType="001", Tid="2025")
    edition = run("households", tmp_path, office, "4016")

    def cell(kind: str) -> int:
        codes = {"Region": "K-4016", "HushType": kind, "ContentsCode": "Husholdninger", "Tid": "2024"}
        return made_up("06070", codes)

    share = values(edition.figures, "living_alone_share", "4016")
    assert share["2024"] == 100 * cell("001") / cell("000")
    assert share["2025"] == "hidden"
    assert values(edition.figures, "households", "4016")["2024"] == cell("000")
    assert {figure.indicator for figure in edition.figures} == {"living_alone_share", "households"}


def test_other_income_is_all_income_but_the_free(tmp_path: Path) -> None:
    edition = run("income_and_debt", tmp_path, ssb(), "4016")

    def amount(concept: str) -> int:
        codes = {
            "KOKkommuneregion0000": "4016", "KOKregnskapsomfa0000": "A", "KOKartkap0000": concept,
            "ContentsCode": "KOSbelop0000", "Tid": "2024",
        }  # fmt: skip
        return 1000 * made_up("12364", codes)

    def figure(indicator: str) -> float | str:
        return values(edition.figures, indicator, "4016")["2024"]

    assert figure("accounts_free_income") == amount("AG11")
    assert figure("accounts_other_income") == amount("AGD13") - amount("AG11")
    assert figure("accounts_debt") == amount("KG32")


def test_a_service_is_the_sum_of_its_functions_in_kroner(tmp_path: Path) -> None:
    """A function without spending has no figure, and counts as nothing; the one that all have must have one."""
    office = ssb()
    at = {"KOKkommuneregion0000": "4016", "KOKart0000": "AGD2", "ContentsCode": "KOSbelop0000"}

    def cell(function: str, year: str) -> int:
        return 1000 * made_up("12362", {**at, "KOKfunksjon0000": function, "Tid": year})

    hide(office, "12362", ".", **at, KOKfunksjon0000="211", Tid="2024")
    hide(office, "12362", ":", **at, KOKfunksjon0000="211", Tid="2025")
    hide(office, "12362", ".", **at, KOKfunksjon0000="254", Tid="2025")
    edition = run("service_accounts", tmp_path, office, "4016")
    kindergarten = values(edition.figures, "accounts_kindergarten", "4016")
    assert [kindergarten[year] for year in ("2024", "2025")] == [cell("201", "2024") + cell("221", "2024"), "hidden"]
    care = values(edition.figures, "accounts_care", "4016")
    assert [care[year] for year in ("2024", "2025")] == [cell("254", "2024") + cell("253", "2024"), "not_available"]


# Old numbers


def test_a_share_is_joined_over_new_numbers_but_not_over_mergers(tmp_path: Path) -> None:
    edition = run("key_figures", tmp_path, ssb(), "4016", "4020", "1508", "0000", "EKG01")

    def cell(region: str, year: str) -> int:
        return made_up("12134", {"KOKkommuneregion0000": region, "ContentsCode": "KOSAGD230000", "Tid": year})

    share = "net_operating_result_share"
    assert values(edition.figures, share, "4016") == {
        **{year: cell("0817", year) for year in ("2018", "2019")},
        **{year: cell("3815", year) for year in ("2020", "2021", "2022", "2023")},
        **{year: cell("4016", year) for year in ("2024", "2025")},
    }
    assert list(values(edition.figures, share, "4020")) == ["2020", "2021", "2022", "2023", "2024", "2025"]
    assert list(values(edition.figures, share, "1508")) == ["2024", "2025"]
    assert values(edition.figures, share, "0000")["2024"] == cell("EAKUO", "2024")
    assert values(edition.figures, share, "EKG01")["2018"] == cell("EKG01", "2018")


def test_an_amount_is_added_up_over_a_merger_and_left_open_over_a_split(tmp_path: Path) -> None:
    edition = run("care_users", tmp_path, ssb(), "4020", "1508", "1580")

    def cell(region: str, year: str) -> int:
        return made_up("12292", {"KOKkommuneregion0000": region, "ContentsCode": "KOSkjernetotalt0000", "Tid": year})

    users = values(edition.figures, "users_care", "4020", "kind=home")
    assert users["2019"] == cell("0821", "2019") + cell("0822", "2019")
    assert [users[year] for year in ("2023", "2024")] == [cell("3817", "2023"), cell("4020", "2024")]
    for place in ("1508", "1580"):
        assert list(values(edition.figures, "users_care", place, "kind=home")) == ["2024", "2025"]


# People


def test_people_come_by_sex_and_every_age(tmp_path: Path) -> None:
    office = ssb()
    hide(office, "07459", "..", Region="K-4016", Tid="2018")
    hide(office, "07459", ":", Region="K-4016", Tid="2019", Alder="097")
    edition = run("population", tmp_path, office, "4016", "0000")

    def persons(region: str, sex: str, year: str) -> tuple[int, ...]:
        cell = {"Region": region, "Kjonn": sex, "ContentsCode": "Personer1", "Tid": year}
        return tuple(made_up("07459", {**cell, "Alder": f"{age:03}"}) for age in range(106))

    assert edition.profiles == tuple(
        AgeProfile(place, year, persons(region, "2", str(year)), persons(region, "1", str(year)))
        for place, region, first in (("0000", "0", 2018), ("4016", "K-4016", 2020))
        for year in range(first, 2026)
    )
    total = values(edition.figures, "population", "4016")
    assert total["2024"] == sum(persons("K-4016", "1", "2024")) + sum(persons("K-4016", "2", "2024"))
    assert list(total) == ["2020", "2021", "2022", "2023", "2024", "2025"]


def test_the_last_age_may_be_written_with_a_plus(tmp_path: Path) -> None:
    office = ssb()
    ages = office.tables["07459"].variables["Alder"].codes
    ages["105+"] = ages.pop("105")
    assert len(run("population", tmp_path, office, "4016").profiles) == 8


def test_the_chance_to_die_is_the_country_s_by_age_and_sex(tmp_path: Path) -> None:
    edition = run("death_probabilities", tmp_path, ssb(), "0000")
    cell = {"Kjonn": "2", "AlderX": "080", "ContentsCode": "Dodssannsynlighet", "Tid": "2024"}
    assert values(edition.figures, "death_probability", "0000", "age=80;sex=female")["2024"] == made_up("07902", cell)
    assert len({figure.breakdown for figure in edition.figures}) == 107 * 2


def test_prices_are_the_country_s_by_year(tmp_path: Path) -> None:
    edition = run("price_index", tmp_path, ssb(), "4016")
    cell = {"ContentsCode": "KpiAar", "Tid": "2024"}
    assert values(edition.figures, "consumer_price_index", "0000", "")["2024"] == made_up("08184", cell)
    assert {figure.place for figure in edition.figures} == {"0000"}


# Projections


def test_the_newest_projection_comes_in_groups_of_age(tmp_path: Path) -> None:
    edition = run("projection", tmp_path, ssb(), "4016", "0000")
    assert (edition.table, edition.title) == ("14746", "14746: Framskrevet folkemengde 2026 (K)")

    def cell(contents: str, age: int, year: str) -> int:
        return made_up("14746", {"Region": "4016", "Alder": f"{age:03}", "ContentsCode": contents, "Tid": year})

    groups = {"0": (0, 0), "1-5": (1, 5), "6-12": (6, 12), "13-15": (13, 15), "16-19": (16, 19), "20-44": (20, 44),
              "45-66": (45, 66), "67-79": (67, 79), "80-89": (80, 89), "90+": (90, 105)}  # fmt: skip
    expected = {
        f"age={name};alternative={letters}": {
            year: sum(cell(contents, age, year) for age in range(first, last + 1)) for year in ("2026", "2036")
        }
        for name, (first, last) in groups.items()
        for contents, letters in (("Personer", "MMMM"), ("Personer1", "LLML"), ("Personer2", "HHMH"))
    }
    found = {
        breakdown: values(edition.figures, "projected_population", "4016", breakdown)
        for breakdown in {figure.breakdown for figure in edition.figures}
    }
    assert found == expected


def test_earlier_projections_keep_their_year_and_use_the_numbers_of_their_time(tmp_path: Path) -> None:
    office = ssb()
    editions = fetch(["projection_vintages"], places=["4016", "4020", "1508"], client=client(office, tmp_path), now=NOW)
    by_table = {edition.table: edition for edition in editions}
    assert list(by_table) == ["14288", "12882", "08825"]

    def old(region: str, age: str) -> int:
        cell = {"Region": region, "Alder": age, "Framskriv": "MMMM", "ContentsCode": "Personer", "Tid": "2021"}
        return made_up("08825", cell)

    figures = by_table["08825"].figures
    assert values(figures, "projected_population", "4016", "age=67-89;alternative=MMMM;vintage=2011")["2021"] == old(
        "0817", "F67"
    )
    merged = values(figures, "projected_population", "4020", "age=90+;alternative=MMMM;vintage=2011")
    assert merged["2021"] == old("0821", "F90") + old("0822", "F90")
    assert {figure.place for figure in figures} == {"4016", "4020"}
    assert {figure.breakdown.partition(";")[0] for figure in figures} == {
        "age=0-19", "age=20-66", "age=67-89", "age=90+",
    }  # fmt: skip
    cell = {"Region": "3815", "ContentsCode": "Personer", "Tid": "2030"}
    reform = values(by_table["12882"].figures, "projected_population", "4016", "age=0;alternative=MMMM;vintage=2020")
    assert reform["2030"] == made_up("12882", {**cell, "Alder": "000"})


def test_a_hidden_part_hides_the_group(tmp_path: Path) -> None:
    office = ssb()
    hide(office, "14746", ":", Alder="007", Tid="2036")
    edition = run("projection", tmp_path, office, "4016")
    group = values(edition.figures, "projected_population", "4016", "age=6-12;alternative=MMMM")
    assert group["2036"] == "hidden"


def test_one_projection_that_cannot_be_read_is_told_after_the_others(tmp_path: Path) -> None:
    office = ssb()
    del office.tables["12882"].variables["Alder"].codes["050"]
    run = fetch(["projection_vintages"], places=["4016"], client=client(office, tmp_path), now=NOW)
    assert [next(run).table, next(run).table] == ["14288", "08825"]
    with pytest.raises(SourceError, match="SSB table 12882 no longer has ages that follow on each other"):
        next(run)


@pytest.mark.parametrize("year", ["overlap", "gap", "no end"])
def test_groups_of_age_must_follow_on_each_other(year: str, tmp_path: Path) -> None:
    office = ssb()
    labels = {"overlap": {"F20": "19-66 år"}, "gap": {"F20": "21-66 år"}, "no end": {"F90": "90-94 år"}}
    office.tables["08825"].variables["Alder"].codes.update(labels[year])
    with pytest.raises(SourceError, match="SSB table 08825 no longer has ages that follow on each other"):
        list(fetch(["projection_vintages"], places=["4016"], client=client(office, tmp_path), now=NOW))


@pytest.mark.parametrize("label", ["90 år og over", "90+ år", "90 år eller eldre", "90 år og eldre"])
def test_an_open_group_is_known_by_its_words(label: str, tmp_path: Path) -> None:
    office = ssb()
    office.tables["08825"].variables["Alder"].codes["F90"] = label
    editions = list(fetch(["projection_vintages"], places=["4016"], client=client(office, tmp_path), now=NOW))
    assert "age=90+;alternative=MMMM;vintage=2011" in {figure.breakdown for figure in editions[-1].figures}


def test_a_total_beside_the_groups_is_left_out(tmp_path: Path) -> None:
    office = ssb()
    office.tables["08825"].variables["Alder"].codes["TOT"] = "I alt"
    editions = list(fetch(["projection_vintages"], places=["4016"], client=client(office, tmp_path), now=NOW))
    assert len({figure.breakdown for figure in editions[-1].figures}) == 4


# What a table may have besides


def test_a_new_variable_that_must_be_chosen_is_named(tmp_path: Path) -> None:
    office = ssb()
    office.tables["06913"].variables["Kilde"] = Variable("kilde", {"A": "Register", "B": "Utvalg"})
    with pytest.raises(SourceError, match="SSB table 06913 now has the variable Kilde, and one of its codes"):
        list(fetch(["components"], places=["4016"], client=client(office, tmp_path), now=NOW))


def test_a_new_variable_of_one_code_or_that_may_be_left_out_does_no_harm(tmp_path: Path) -> None:
    office = ssb()
    office.tables["06913"].variables["Kilde"] = Variable("kilde", {"A": "Register"})
    office.tables["06913"].variables["Grad"] = Variable("grad", {"1": "Grov", "2": "Fin"}, {}, True)
    edition = run("components", tmp_path, office, "4016")
    cell = {"Region": "K_4016", "ContentsCode": "Dode", "Tid": "2024", "Kilde": "A"}
    assert values(edition.figures, "deaths", "4016")["2024"] == made_up("06913", cell)


def test_a_code_of_a_code_list_that_means_another_thing_is_named(tmp_path: Path) -> None:
    """The labels of a code list come with the answer, and are looked at before the figures are taken."""
    office = ssb()
    office.tables["13556"].variables["HovArbStyrkStatus"].lists["vs_ArbStatus2018niva4"]["NEET"] = "I arbeid"
    with pytest.raises(SourceError) as caught:
        run("neet", tmp_path, office, "4016")
    assert caught.value.message == (
        "SSB table 13556 has “I arbeid” under the code NEET in HovArbStyrkStatus, not “utenfor|NEET”."
    )


def test_the_words_that_labels_must_have_fit_the_real_ones(shared_data: Path) -> None:
    """Each word fits the label of one industry; statuses as the columns of a table of them are called."""
    folder = shared_data / "norway/telemark"
    rows = csv.DictReader(
        gzip.decompress((folder / "ssb_13470_jobs_by_industry.csv.gz").read_bytes()).decode().splitlines()
    )
    industries = {row["næring (SN2007)"] for row in rows} - {"Uoppgitt"}
    header = (folder / "ssb_13563_labour_status.csv").read_text(encoding="utf-8").splitlines()[0]
    for words, there in ((INDUSTRIES, industries), (STATUSES, set(header.split(",")[1:]))):
        fitting = [[label for label in there if re.search(word, label, re.IGNORECASE)] for word in words.values()]
        assert [len(labels) for labels in fitting] == [1] * len(words), fitting
        assert {labels[0] for labels in fitting} == there


# Counties


@pytest.mark.parametrize(
    ("key", "table", "indicator", "part", "codes"),
    [
        ("components", "06913", "births", "", {"Region": "F_40", "ContentsCode": "Levende"}),
        ("turnout", "09475", "turnout_share", "", {"Region": "40", "ContentsCode": "DeltaProsent"}),
        ("income", "06944", "median_income", "",
         {"Region": "40", "HusholdType": "0000", "ContentsCode": "InntSkatt"}),
        ("employment", "06445", "employment_share", "",
         {"Region": "40", "Alder": "15-74", "ContentsCode": "Prosent"}),
        ("households", "06070", "households", "",
         {"Region": "F-40", "HushType": "000", "ContentsCode": "Husholdninger"}),
        ("key_figures", "12134", "net_debt_share", "",
         {"KOKkommuneregion0000": "EKA40", "ContentsCode": "KOSKG320000"}),
    ],
)  # fmt: skip
def test_a_county_is_asked_for_in_the_way_the_table_has_it(
    key: str, table: str, indicator: str, part: str, codes: dict[str, str], tmp_path: Path
) -> None:
    edition = run(key, tmp_path, ssb(), "4016", "0000", "40")
    assert values(edition.figures, indicator, "40", part) == {
        str(year): made_up(table, {**codes, "Tid": str(year)}) for year in range(2018, 2026)
    }
    assert {figure.place for figure in edition.figures} == {"4016", "0000", "40"}


@pytest.mark.parametrize("key", ["components", "turnout", "key_figures", "population"])
def test_a_table_without_the_county_gives_the_others(key: str, tmp_path: Path) -> None:
    """No code, no code list, or another county's name under the number: nothing is said of it."""
    office = ssb()
    for table in office.tables.values():
        for variable in table.variables.values():
            variable.codes |= {code: "Oppland" for code in ("40", "EKA40") if code in variable.codes}
            variable.lists = {name: codes for name, codes in variable.lists.items() if "Fylk" not in name}
    edition = run(key, tmp_path, office, "4016", "0000", "40")
    assert {figure.place for figure in edition.figures} == {"4016", "0000"}


def test_the_people_of_a_county_come_by_sex_and_every_age(tmp_path: Path) -> None:
    edition = run("population", tmp_path, ssb(), "4016", "40")
    people = next(one for one in edition.profiles if (one.place, one.year) == ("40", 2024))
    cell = {"Region": "F-40", "Kjonn": "2", "ContentsCode": "Personer1", "Tid": "2024"}
    assert people.women == tuple(made_up("07459", {**cell, "Alder": f"{age:03}"}) for age in range(106))
    assert {one.place for one in edition.profiles} == {"4016", "40"}
