"""What benefits change on the page of the outlook: with and without, and the same as a run of the engine says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.urls import reverse
from tests.apps.viewers import Town, words_of
from tests.factories.benefits import make_baseline, make_benefit
from tests.factories.initiatives import make_initiative
from tests.factories.outlook import make_told

from samskap.apps.benefits import queries
from samskap.apps.figures import queries as figures
from samskap.apps.initiatives.models import Initiative
from samskap.apps.outlook import compute
from samskap.apps.outlook.models import Scenario
from samskap.apps.outlook.rules import LEVERS, PHASE_IN
from samskap.cli.demo_figures import store_figures
from samskap.kernel import clock

PLACE = "4016"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    noon = clock.now().replace(year=2026, month=11, day=29, hour=12)
    monkeypatch.setattr(clock, "now", lambda: noon)


@pytest.fixture
def centre(drangedal: Town) -> Initiative:
    return make_initiative(municipality=drangedal.municipality, title="Dagsenter", stage="in_operation")


def make_benefits(centre: Initiative) -> None:
    """Saved since the accounts of 2025: 1.2 million less a harm of 0.2; freed 3,500 hours; more is sure, more hoped."""
    came, next_, later = date(2026, 6, 30), date(2027, 12, 31), date(2029, 12, 31)
    make_benefit(centre, title="Mindre overtid", kind="saved_money", better="lower", baseline=5_000_000,
                 measured={came: 3_800_000}, targets={later: 3_000_000})  # fmt: skip
    make_benefit(centre, title="Felles innkjøp", kind="saved_money", baseline=0, certainty="sure",
                 targets={next_: 500_000})  # fmt: skip
    make_benefit(centre, title="Mer kjøring", kind="saved_money", is_harm=True, better="lower", baseline=0,
                 measured={came: 200_000})  # fmt: skip
    make_benefit(centre, title="Bedre turnus", kind="freed_time", baseline=0, measured={came: 3500})
    make_benefit(centre, title="Ingen plass kjøpt", kind="avoided_cost", baseline=0, measured={came: 700_000})
    make_benefit(centre, title="Tryggere", kind="quality", baseline=3, measured={came: 4})
    make_benefit(centre, title="Uten nullpunkt", kind="saved_money", targets={later: 9})
    old = make_benefit(centre, title="Gammel avtale", kind="saved_money", baseline=None, effects_from=date(2025, 1, 1),
                       measured={date(2025, 6, 1): 400_000})  # fmt: skip
    make_baseline(old, 0, measured_on=date(2024, 10, 1))
    drafted = make_initiative(municipality=centre.municipality, published=False)
    make_benefit(drafted, kind="saved_money", baseline=0, measured={came: 77_000_000})


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_page_tells_the_room_with_and_without_and_sure_and_hoped_apart(drangedal: Town, centre: Initiative) -> None:
    make_benefits(centre)
    told = make_told()
    told = replace(told, outlook=replace(told.outlook, place=PLACE))
    (part,) = queries.outlook_parts(told, drangedal.leader)
    assert part.table is not None
    assert part.table.headers == (
        "What is counted", "Saved a year", "Room for manoeuvre in 2036 (million kroner)", "Time freed (posts)",
        "Posts needed in 2036",
    )  # fmt: skip
    assert [tuple(map(plain, row)) for row in part.table.rows] == [
        ("Without them", "–", "−12.0 (−13.7 to −10.3)", "–", "740"),
        ("With what is realised", "NOK 1,000,000", "−11.0 (−12.7 to −9.3)", "2.0", "738"),
        ("With what is sure to come too", "NOK 1,500,000", "−10.5 (−12.2 to −8.8)", "2.0", "738"),
        ("With what is hoped for too", "NOK 2,300,000", "−9.7 (−11.4 to −8.0)", "2.0", "738"),
    ]
    assert [plain(sentence) for sentence in part.sentences] == [
        "What is measured since the accounts of 2025 saves NOK 1,000,000 a year.",
        "NOK 400,000 a year was there already in the accounts of 2025, and is not counted again.",
        "Time is freed: 3,500 hours a year, worth 2.0 posts, at 1,750 hours a post. It is no money until somebody "
        "decides so.",
        "Cost avoided is told apart, for it is not money in hand: NOK 700,000 a year.",
        "1 benefit waits for its baseline and is not counted.",
    ]
    assert [card.url.partition("?")[2] for card in part.cards] == [
        "saved=1000&freed=2.0&phase_in_years=1", "saved=1500&freed=2.0&phase_in_years=3",
        "saved=2300&freed=2.0&phase_in_years=3",
    ]  # fmt: skip


def test_without_benefits_in_kroner_or_hours_the_page_is_as_it_was(drangedal: Town, centre: Initiative) -> None:
    make_benefit(centre, kind="quality", baseline=1)
    told = make_told()
    assert queries.outlook_parts(told, drangedal.leader) == []
    elsewhere = replace(told, outlook=replace(told.outlook, place="0301"))
    assert queries.outlook_parts(elsewhere, None) == []


def test_without_accounts_posts_alone_are_told(drangedal: Town, centre: Initiative) -> None:
    make_benefits(centre)
    told = make_told()
    told = replace(told, outlook=replace(told.outlook, place=PLACE, money=None))
    (part,) = queries.outlook_parts(told, None)
    assert part.table is not None
    assert part.table.headers == ("What is counted", "Saved a year", "Time freed (posts)", "Posts needed in 2036")
    assert plain(part.sentences[0]) == "What is measured saves NOK 1,400,000 a year."


def test_the_levers_of_a_step_are_levers_of_the_outlook(drangedal: Town, centre: Initiative) -> None:
    make_benefits(centre)
    known = {lever.key for lever in (*LEVERS, PHASE_IN)}
    for step in queries.room_read(drangedal.municipality, accounts=2025).steps:
        assert {key for key, _value in parse_qsl(step.query)} <= known


def test_a_run_of_the_engine_with_the_levers_says_what_the_page_says(
    drangedal: Town, centre: Initiative, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The slow twin: the whole outlook anew, draw by draw, for each step."""
    monkeypatch.setattr(compute, "DRAWS", 32)
    monkeypatch.setattr(compute, "EXPLAINING_DRAWS", 16)
    monkeypatch.setattr(compute, "_SHELF", compute._Shelf())
    store_figures(PLACE, now=clock.now())
    make_benefits(centre)

    def ran(levers: Mapping[str, float]) -> Any:
        return compute.outlook(PLACE, name="Drangedal", levers=levers, replaced={})

    told = ran({})
    assert told.outlook.money is not None
    room = queries.room_read(drangedal.municipality, accounts=told.outlook.money.price_year, from_year=2026)
    accounts = figures.accounts_of(PLACE)
    assert accounts is not None
    assert (told.outlook.money.price_year, room.by) == (accounts.year, date(2036, 12, 31))
    at = told.outlook.years.index(2036)
    for step in room.steps:
        levers = {key: float(value) for key, value in parse_qsl(step.query)}
        money, before = ran(levers).outlook.money, told.outlook.money
        for end in ("p10", "p50", "p90"):
            moved = getattr(money.room, end)[at] - getattr(before.room, end)[at]
            assert moved == pytest.approx(step.saved_nok, abs=200), (step.key, end)
        fewer = told.outlook.posts.p50[at] - ran(levers).outlook.posts.p50[at]
        assert fewer == pytest.approx(float(step.freed_posts), abs=0.01)


def test_the_outlook_page_shows_the_part_and_one_press_makes_a_scenario(
    drangedal: Town, centre: Initiative, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_benefits(centre)
    asked: list[dict[str, float]] = []

    def outlook(place: str, *, name: str, levers: Mapping[str, float], replaced: Mapping[str, float]) -> Any:
        asked.append(dict(levers))
        return make_told(name=name, levers=dict(levers))

    monkeypatch.setattr(compute, "outlook", outlook)
    monkeypatch.setattr(compute, "lacking", lambda place: ())
    monkeypatch.setattr(compute, "people", lambda place: 4100.0)
    monkeypatch.setattr(figures, "accounts_of", lambda place: None)
    words = words_of(drangedal.client("anonymous").get(reverse("outlook:outlook", args=[PLACE])))
    assert "What benefits change" in words
    assert f"/places/{PLACE}/outlook/?saved=1000&amp;freed=2.0&amp;phase_in_years=1" in words
    public = reverse("benefits:portfolio", args=[PLACE])
    assert "Make a scenario of it" not in words_of(drangedal.client("anonymous").get(public))
    page = drangedal.client("leader").get(public)
    offer = page.context["outlooks"][0]
    assert offer.scenario in words_of(page)
    made = drangedal.client("leader").post(
        reverse("outlook:save_scenario", args=[PLACE]), {"query": offer.query, "name": offer.scenario}
    )
    assert made.status_code == 302
    assert Scenario.objects.get().name == "Benefits that are realised, 29 November 2026"
    assert asked[-1] == {"freed": 2.0, "saved": 1400.0, "phase_in_years": 1.0}


def test_too_small_a_change_moves_no_lever(drangedal: Town, centre: Initiative) -> None:
    make_benefit(centre, kind="saved_money", baseline=0, measured={date(2026, 6, 30): 499})
    make_benefit(centre, kind="freed_time", baseline=0, measured={date(2026, 6, 30): 87})
    (step,) = queries.room_read(drangedal.municipality, accounts=2025).steps
    assert (step.saved_nok, step.freed_posts, step.query) == (0, Decimal("0.0"), "")
