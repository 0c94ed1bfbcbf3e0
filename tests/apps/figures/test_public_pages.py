"""The public pages: every municipality without an account, comparison, sources, missing with its reason, open files."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests import factories
from tests.apps.viewers import KINDS, Town, make_town, words_of

from samskap.apps.figures import queries
from samskap.apps.figures.models import Edition
from samskap.formats.figures_csv import read_figures
from samskap.formats.figures_file import read_file
from samskap.sources.values import Figure

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ALIKE = ("4016", "4018", "4020", "4022", "4024", "4026")  # six that have 2,000 to 4,999 people below


@pytest.fixture
def client() -> Client:
    client = Client()
    client.cookies["samskap_language"] = "en"
    return client


@pytest.fixture
def country() -> None:
    """Six municipalities of one size and one that is larger, the country, and figures of NEET."""
    people = [factories.make_people(place, y) for place in (*ALIKE, "0000") for y in (2024, 2025)]
    people += [factories.make_people("4001", y, each=200) for y in (2024, 2025)]
    factories.make_edition(profiles=people, table="07459", fetched_at=NOW)
    shares = {"4016": 8.0, "4018": 9.0, "4020": 10.0, "4022": 12.0, "4001": 99.0, "0000": 9.9, "40": 11.0}
    neet = [Figure("neet_share", place, "2024", share, "", "age=15-29") for place, share in shares.items()]
    hidden = Figure("neet_share", "4024", "2024", None, "hidden", "age=15-29")
    surveyed = Figure("neet_share", "4016", "2023", None, "not_surveyed", "age=15-29")
    factories.make_edition(*neet, hidden, surveyed, table="13556", fetched_at=NOW)


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return words_of(answer)


# --- Places ---


def test_all_357_municipalities_are_there_without_an_account(client: Client) -> None:
    words = page(client, reverse("figures:places"))
    assert words.count('href="/places/') == 357
    assert "357 municipalities, of which 0 with figures here." in words


@pytest.mark.parametrize("wanted", ["drangedal", "ANGED", "4016", "0817", "3815"])
def test_a_municipality_is_found_by_name_or_number_old_or_new(client: Client, wanted: str) -> None:
    words = page(client, f"{reverse('figures:places')}?q={wanted}")
    assert words.count('href="/places/4') == 1
    assert "/places/4016/" in words


@pytest.mark.parametrize(
    ("wanted", "number"), [("alesund", "1508"), ("Aremark", "3124"), ("karasjok", "5610"), ("tønsb", "3905")]
)
def test_letters_with_marks_are_found_without_them(client: Client, wanted: str, number: str) -> None:
    assert f"/places/{number}/" in page(client, f"{reverse('figures:places')}?q={wanted}")


def test_what_is_not_found_says_what_to_do(client: Client) -> None:
    assert "No municipality fits" in page(client, reverse("figures:places") + "?q=%3Cscript%3E")


def test_the_list_says_who_has_figures(client: Client, country: None) -> None:
    assert "of which 7 with figures here" in page(client, reverse("figures:places"))


def test_the_list_is_in_the_norwegian_order() -> None:
    names = [one.name for one in queries.listed_places()]
    assert names.index("Ås") > names.index("Østre Toten") > names.index("Vinje")


@pytest.mark.parametrize("number", ["4016", "0301", "1103"])
def test_a_municipality_without_figures_says_how_to_get_them(client: Client, number: str) -> None:
    words = page(client, reverse("figures:place", args=[number]))
    assert f"samskap figures fetch {number}" in words


def test_the_page_shows_the_place_beside_country_county_and_its_like(client: Client, country: None) -> None:
    words = page(client, reverse("figures:place", args=["4016"]))
    assert "Municipalities with 2,000 to 4,999 people" not in words  # 1,704 people each
    assert "Municipalities with fewer than 2,000 people (median)" in words
    row = words.partition("Young people outside work")[2].partition("</tr>")[0]
    cells = [cell.partition("</td>")[0] for cell in row.split('<td class="s-number">')[1:]]
    # Median of 8, 9, 10 and 12: the hidden one of 4024 is left out, and the large one is not alike.
    assert cells == ["2024", "<strong>8.0</strong>", "9.9", "11.0", "9.5"]
    assert "Source: SSB, table 13556, fetched 20 November 2026" in words
    assert "Official figures" in words
    assert "People by age in Drangedal" in words
    assert words.count("<svg") == 4  # two charts, wide and narrow


def test_the_kostra_group_is_that_of_the_statistics_else_the_median(client: Client, country: None) -> None:
    alike = [Figure("kostra_group", place, "2026", 11.0) for place in ("4016", "4018", "4022")]
    factories.make_edition(*alike, Figure("kostra_group", "4020", "2026", 12.0))
    words = page(client, reverse("figures:indicator", args=["4016", "neet_share"]))
    assert "KOSTRA group 11 (median)" in words
    assert "9.0 (half of them from 8.5 to 10.5; 3 municipalities)" in words  # of 8, 9 and 12
    factories.make_edition(Figure("neet_share", "EKG11", "2024", 10.7, "", "age=15-29"))
    words = page(client, reverse("figures:indicator", args=["4016", "neet_share"]))
    assert "KOSTRA group 11 10.7 %" in words
    assert "KOSTRA group 11 (median)" not in words


def test_the_colour_and_the_way_back_are_those_of_a_tenant(client: Client, country: None) -> None:
    assert "/municipalities/4016/" not in page(client, reverse("figures:place", args=["4016"]))
    factories.make_municipality(number="4016")
    assert "/municipalities/4016/" in page(client, reverse("figures:place", args=["4016"]))
    assert "Figures of Drangedal" in page(client, "/municipalities/4016/")


# --- Numbers that are not in force ---


def test_an_old_number_leads_to_the_new_place_with_a_sentence(client: Client) -> None:
    for old in ("0817", "3815"):
        answer = client.get(f"/places/{old}/figures/neet_share/?part=x")
        assert (answer.status_code, answer.headers["Location"]) == (302, "/places/4016/figures/neet_share/?part=x")
    answer = client.get("/places/0817/", follow=True)
    assert "0817 is an old number. Drangedal has the number 4016 now." in answer.content.decode()


def test_a_number_that_was_divided_says_between_whom(client: Client) -> None:
    words = page(client, "/places/1850/", 404)
    assert "/places/1806/" in words
    assert "/places/1875/" in words


@pytest.mark.parametrize("number", ["9999", "401", "abcd", "0000", "40167"])
def test_an_unknown_number_is_not_found_and_says_so(client: Client, number: str) -> None:
    assert f"No municipality in Norway has the number {number}." in page(client, f"/places/{number}/", 404)


# --- An indicator ---


def test_an_indicator_has_a_chart_a_table_a_source_and_says_what_is_missing(client: Client, country: None) -> None:
    words = page(client, reverse("figures:indicator", args=["4016", "neet_share"]))
    assert "Young people outside work, education and labour market measures" in words
    assert "2024: Drangedal 8.0 %, Norway 9.9 %, Telemark 11.0 %." in words
    assert "<li>Not surveyed that year: 2023</li>" in words
    assert "9.5 (half of them from 8.8 to 10.5; 4 municipalities)" in words
    assert "Source: SSB, table 13556, fetched 20 November 2026" in words
    assert reverse("figures:indicator_csv", args=["4016", "neet_share"]) in words


def test_a_single_figure_draws_no_line_and_is_still_told(client: Client, country: None) -> None:
    words = page(client, reverse("figures:indicator", args=["4018", "neet_share"]))
    assert "<svg" not in words
    assert "2024: " in words


def test_a_part_of_the_people_is_chosen_in_the_address(client: Client) -> None:
    parts = {"": 9.0, "age=15-29;sex=female": 8.0, "age=15-29;sex=male": 10.0}
    factories.make_edition(*(Figure("neet_share", "4016", "2024", share, "", part) for part, share in parts.items()))
    address = reverse("figures:indicator", args=["4016", "neet_share"])
    assert "Drangedal 9.0 %" in page(client, address)
    assert "Drangedal 10.0 %" in page(client, f"{address}?part=age%3D15-29%3Bsex%3Dmale")
    assert "Drangedal 9.0 %" in page(client, f"{address}?part=nonsense")
    assert "aged 15–29, women" in page(client, address)


@pytest.mark.parametrize(("reason", "is_broken"), [("not_surveyed", False), ("hidden", True), ("not_available", True)])
def test_a_line_goes_on_over_years_without_a_survey_and_breaks_at_what_is_hidden(
    client: Client, reason: str, is_broken: bool
) -> None:
    surveyed = {"2018": 11.9, "2019": None, "2021": 12.0}
    factories.make_edition(
        *(
            Figure("youth_distress_share", "4016", year, share, "" if share else reason)
            for year, share in surveyed.items()
        )
    )
    words = page(client, reverse("figures:indicator", args=["4016", "youth_distress_share"]))
    assert ("a1 1 0 1 0 2 0" in words) is is_broken  # a dot for a value that stands alone


def test_an_indicator_without_figures_is_not_found(client: Client, country: None) -> None:
    for key in ("jobs_public", "nothing"):
        page(client, reverse("figures:indicator", args=["4016", key]), 404)


@pytest.mark.parametrize(("standing", "said"), [("illustrative", "Illustrative figures, made up for the example"),
                                                ("ours", "The municipality&#x27;s own figures")])  # fmt: skip
def test_every_chart_says_what_kind_of_figures_it_shows(client: Client, standing: str, said: str) -> None:
    neet = [Figure("neet_share", "4016", str(y), 8.0 + y % 3) for y in (2023, 2024)]
    factories.make_edition(*neet, profiles=[factories.make_people("4016", 2026)], standing=standing)
    for address in ("/places/4016/", "/places/4016/figures/neet_share/", "/places/4016/measures/youth_outside/"):
        assert said.replace("&#x27;", "'") in page(client, address).replace("&#x27;", "'")


def test_measures_of_one_thing_stand_side_by_side_with_the_reason_why_they_differ(client: Client) -> None:
    factories.make_edition(Figure("gp_contacts_mental", "4016", "2024", 206.0, "", "age=15-24"), publisher="FHI")
    factories.make_edition(Figure("youth_distress_share", "4016", "2024", 9.2, "", "grade=8-10"), publisher="FHI")
    words = page(client, reverse("figures:concept", args=["4016", "youth_mental_health"]))
    assert words.count("<figure") == 2
    assert "These measures differ because they count different things" in words
    page(client, reverse("figures:concept", args=["4016", "youth_outside"]), 404)
    page(client, reverse("figures:concept", args=["4016", "nothing"]), 404)


def test_hidden_stays_hidden_on_page_and_in_files(client: Client, country: None) -> None:
    words = page(client, reverse("figures:indicator", args=["4024", "neet_share"]))
    assert "Hidden for privacy" in words
    file = client.get(reverse("figures:indicator_csv", args=["4024", "neet_share"])).content.decode()
    assert "neet_share,4024,2024,,hidden,age=15-29,percent" in file


# --- Files ---


def test_what_is_downloaded_can_be_imported_again(client: Client, country: None) -> None:
    expected = {("4016", "2024", 8.0), ("4016", "2023", None), ("0000", "2024", 9.9), ("40", "2024", 11.0)}
    answer = client.get(reverse("figures:indicator_csv", args=["4016", "neet_share"]))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="4016-neet_share.csv"'
    csv = read_figures(answer.content, file="x.csv", now=NOW)
    assert csv.problems == ()
    assert {(one.place, one.period, one.value) for one in csv.fetched.figures} == expected
    answer = client.get(reverse("figures:indicator_json", args=["4016", "neet_share"]))
    again = read_file(answer.content, file="x.json", now=NOW)
    assert again.problems == ()
    cells = {(one.place, one.period, one.value) for one in again.fetched.figures if one.missing != "not_available"}
    assert cells == expected
    assert (again.fetched.publisher, again.fetched.table, again.fetched.fetched_at) == ("SSB", "13556", NOW)
    assert json.loads(answer.content)["extension"]["breakdown"] == "age=15-29"


def test_a_file_holds_one_edition(client: Client, country: None) -> None:
    other = Figure("neet_share", "0000", "2024", 10.4, "", "age=15-29")
    factories.make_edition(other, table="99999", fetched_at=NOW.replace(month=12))
    file = client.get(reverse("figures:indicator_csv", args=["4016", "neet_share"])).content.decode()
    assert "neet_share,0000" not in file
    assert "neet_share,40,2024" in file


# --- Whose ---


def test_what_a_municipality_imported_is_on_its_own_pages_only(client: Client, country: None) -> None:
    own = factories.make_municipality(number="4016")
    mine = [Figure("neet_share", place, "2024", 50.0, "", "age=15-29") for place in ("4016", "0000")]
    factories.make_edition(*mine, municipality=own, fetched_at=NOW.replace(month=12))
    assert "Drangedal 50.0 %, Norway 50.0 %" in page(client, "/places/4016/figures/neet_share/")
    assert "Norway 9.9 %" in page(client, "/places/4018/figures/neet_share/")


@pytest.mark.parametrize("address", ["/places/", "/places/4016/", "/places/4016/figures/neet_share/",
                                     "/places/4016/measures/youth_outside/", "/places/4016/figures/neet_share.csv",
                                     "/places/4016/figures/neet_share.json"])  # fmt: skip
def test_the_public_pages_are_for_everybody_and_only_read(address: str, country: None) -> None:
    town: Town = make_town()
    assert town.statuses(address) == dict.fromkeys(KINDS, 200)
    assert town.statuses(address, method="post") == dict.fromkeys(KINDS, 405)


# --- Cost ---


def cost(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_pages_cost_the_same_for_few_figures_and_many(client: Client, country: None) -> None:
    before = {address: cost(client, address) for address in ("/places/", "/places/4016/")}
    keys = ["employment_share", "low_income_share", "jobs_public", "gp_contacts_mental"]
    for key in keys:
        factories.make_edition(*(Figure(key, place, str(year), 9.0) for place in ALIKE for year in range(2015, 2025)))
    after = {address: cost(client, address) for address in before}
    assert after == before
    assert max(after.values()) <= 20
    assert Edition.objects.count() == 6
