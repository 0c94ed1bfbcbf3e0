"""The page, its fragment and its files: who sees what, and what stands there."""

from __future__ import annotations

import csv
import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.apps.outlook.conftest import PLACE
from tests.apps.viewers import PUBLIC, Town, met, words_of
from tests.factories.outlook import make_outlook, make_told

from samskap.apps.outlook import compute, queries
from samskap.apps.outlook.models import Scenario
from samskap.formats import outlook_json

Asked = list[dict[str, Any]]
URL = f"/places/{PLACE}/outlook/"


@pytest.fixture
def client(valley: Town) -> Client:
    return valley.client("anonymous")


def test_everybody_sees_the_outlook_and_how_it_is_made(valley: Town, made: Asked) -> None:
    for page in ("outlook", "answer", "outlook_json", "outlook_csv", "compare"):
        assert valley.statuses(reverse(f"outlook:{page}", args=[PLACE])) == PUBLIC, page
    assert valley.statuses(reverse("outlook:method")) == PUBLIC


def test_only_those_in_charge_save(valley: Town, made: Asked) -> None:
    address = reverse("outlook:save_scenario", args=[PLACE])
    assert valley.statuses(address, method="post", name="X") == met(302, 404, 302) | {"leader": 409}
    assert Scenario.objects.count() == 1


def test_the_page_tells_headline_charts_tables_and_standing(client: Client, made: Asked) -> None:
    page = words_of(client.get(URL))
    assert "Drangedal has 8.6 people of working age for each person over 80" in page
    assert "From official figures" in page
    assert "Kilde: SSB, tabell 07459, hentet 1.11.2026" in page
    figures = re.findall(r'id="figure-(\w+)"', page)
    assert figures == ["support", "people", "need", "room", "stacked", "spread"]
    assert [page.count(f'id="table-{key}"') for key in figures] == [1] * len(figures)
    assert page.count("chart=") == len(figures)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert re.search(r"style=|<script(?! type=\"module\" src)|onclick", page) is None


def test_illustrative_figures_are_marked_on_every_chart(
    client: Client, made: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compute, "outlook", lambda place, **asked: make_told(standing="illustrative"))
    page = words_of(client.get(URL))
    for figure in re.findall(r"<figure.*?</figure>", page, re.DOTALL):
        assert 'class="s-illustrative"' in figure


def test_levers_come_from_the_address_and_stand_in_the_form(client: Client, made: Asked) -> None:
    page = words_of(client.get(URL, {"births": "10", "productivity": "0,5", "set.norm": "2", "group": "80+"}))
    assert made[-1] == {
        "place": PLACE, "levers": {"births": 10.0, "productivity": 0.5}, "replaced": {"norm": 0.02},
    }  # fmt: skip
    assert 'name="births" value="10"' in page
    assert "2 assumptions are changed." in page
    assert "12.0 million kroner more a year in 2051" in page
    assert "without changes" in page
    assert "80 years and over: from 290 people now to about 460 in 2051" in page
    # Every link that carries the state carries all of it, in its shortest form.
    assert "?births=10&amp;productivity=0.5&amp;set.norm=2&amp;chart=room" in page
    assert 'href="?births=10&amp;productivity=0.5&amp;set.norm=2&amp;group=total#people"' in page


def test_the_form_works_without_script(client: Client, made: Asked) -> None:
    page = words_of(client.get(URL))
    form = re.search(r'<form id="o-form" method="get".*?</form>', page, re.DOTALL).group()
    for name in re.findall(r'name="([^"]+)"', form):
        assert not re.search(rf'<input[^>]*type="range"[^>]*name="{re.escape(name)}"', form)
    sliders = re.findall(r'<input class="o-slider"[^>]*>', form)
    assert len(sliders) == 21
    assert all(" disabled hidden" in slider for slider in sliders)
    assert 'class="ds-button">Show what comes</button>' in form


def test_a_wrong_lever_is_told_and_the_rest_still_counts(client: Client, made: Asked) -> None:
    response = client.get(URL, {"births": "500", "stay": "10"})
    page = words_of(response)
    assert response.status_code == 200
    assert "Children born to each woman: Write a number from −50 to 50." in page
    assert made[-1]["levers"] == {"stay": 10.0}


def test_the_fragment_is_the_answer_of_the_page(client: Client, made: Asked) -> None:
    asked = {"births": "10", "group": "80+"}
    whole = words_of(client.get(URL, asked))
    part = client.get(f"{URL}answer/", asked).content.decode()
    assert part.strip() in whole
    assert "<form" not in part
    wrong = client.get(f"{URL}answer/", {"births": "500"})
    assert wrong.status_code == 422
    assert "Children born to each woman: Write a number from −50 to 50." in wrong.content.decode()


def test_an_old_number_is_told_what_it_is_now(client: Client) -> None:
    response = client.get("/places/0817/outlook/")
    page = words_of(response)
    assert response.status_code == 404
    assert "0817 is the number of a municipality that is no more" in page
    assert f'href="{URL}">Drangedal ({PLACE})</a>' in page


@pytest.mark.parametrize("number", ["9999", "40160", "abc", "0000"])
def test_a_number_that_never_was_is_told(client: Client, number: str) -> None:
    response = client.get(f"/places/{number}/outlook/")
    assert response.status_code == 404
    assert f"No municipality in Norway has the number {number}." in words_of(response)


def test_without_figures_the_page_says_what_to_fetch(client: Client) -> None:
    response = client.get(URL)
    page = words_of(response)
    assert response.status_code == 200
    assert "There are no figures of the people of Drangedal by sex and age." in page
    assert f"<code>samskap figures fetch {PLACE}</code>" in page


@pytest.mark.parametrize("file", ["outlook.json", "outlook.csv"])
def test_files_tell_their_errors_as_machines_read_them(client: Client, file: str) -> None:
    response = client.get(f"/places/{PLACE}/{file}")
    assert (response.status_code, response.json()["code"]) == (409, "rule")
    assert "There are no figures of the people of Drangedal by sex and age." in response.json()["error"]
    assert client.get(f"/places/9999/{file}").json()["code"] == "municipality_unknown"


def test_without_accounts_the_page_says_so(client: Client, made: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    told = make_told(outlook=make_outlook(money=None))
    monkeypatch.setattr(compute, "outlook", lambda place, **asked: told)
    page = words_of(client.get(URL))
    assert "Without the municipality's accounts nothing can be said about the money." in page
    assert 'id="figure-room"' not in page


def test_the_json_file_is_the_whole_outlook(client: Client, made: Asked) -> None:
    document = json.loads(client.get(f"/places/{PLACE}/outlook.json").content)
    assert outlook_json.from_document(document)[0] == make_outlook()


@pytest.mark.parametrize("chart", sorted(queries.CHART_QUANTITIES))
def test_the_csv_file_of_a_chart_has_its_rows_and_no_others(client: Client, made: Asked, chart: str) -> None:
    response = client.get(f"/places/{PLACE}/outlook.csv", {"chart": chart})
    assert response.headers["Content-Disposition"] == f'attachment; filename="outlook-{PLACE}-{chart}.csv"'
    lines = [line for line in response.content.decode().splitlines() if not line.startswith("#")]
    found = {row["quantity"] for row in csv.DictReader(lines)}
    assert found
    assert all(name.startswith(queries.CHART_QUANTITIES[chart]) for name in found)
    whole = client.get(f"/places/{PLACE}/outlook.csv", {"chart": "nonsense"}).content.decode()
    assert all(line in whole for line in lines)
