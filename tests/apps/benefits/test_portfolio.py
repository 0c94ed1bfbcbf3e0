"""The portfolio of benefits: what a councillor reads, what is filtered and sorted, and who sees what."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from tests import factories
from tests.apps.viewers import LIST, PUBLIC, Town, words_of
from tests.factories.benefits import make_baseline, make_benefit, make_measurement
from tests.factories.ideas import make_opportunity
from tests.factories.initiatives import make_initiative

from samskap.apps.benefits import queries
from samskap.apps.benefits.models import ChainLink
from samskap.apps.initiatives.models import Initiative
from samskap.kernel import clock

NOW = date(2027, 3, 1)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first of March 2027, at noon."""
    noon = clock.now().replace(year=2027, month=3, day=1, hour=12)
    monkeypatch.setattr(clock, "now", lambda: noon)


@pytest.fixture
def centre(town: Town) -> Initiative:
    return make_initiative(municipality=town.municipality, title="Dagsenter", stage="in_operation")


def url(town: Town, name: str = "portfolio", **asked: Any) -> str:
    return reverse(f"benefits:{name}", args=[town.municipality.number], query=asked)


def make_five(centre: Initiative) -> dict[str, Any]:
    """One of each standing that matters: reached, behind, not realised, waiting for a baseline, a harm."""
    last, next_ = date(2026, 12, 31), date(2027, 12, 31)
    return {
        "reached": make_benefit(centre, title="Mindre overtid", kind="saved_money", better="lower", baseline=2_000_000,
                                targets={last: 1_500_000}, measured={last: 1_400_000}),
        "behind": make_benefit(centre, title="Tid i turnus", kind="freed_time", baseline=0, certainty="sure",
                               targets={next_: 3500}, measured={last: 700}),
        "not_realised": make_benefit(centre, title="Færre fall", baseline=40, better="lower", targets={last: 20},
                                     measured={last: 35}),
        "waiting": make_benefit(centre, title="Leid bygg", kind="avoided_cost", targets={next_: 300_000}),
        "harm": make_benefit(centre, title="Mer kjøring", kind="saved_money", is_harm=True, is_planned=False,
                             better="lower", baseline=0, measured={last: 100_000}),
    }  # fmt: skip


def test_everybody_sees_the_portfolio_and_those_in_charge_their_own(town: Town, centre: Initiative) -> None:
    make_benefit(centre, baseline=1)
    for name in ("portfolio", "portfolio_json", "portfolio_csv"):
        assert town.statuses(url(town, name)) == PUBLIC, name
    assert town.statuses(reverse("benefits:portfolio_at_work")) == LIST
    assert town.client("anonymous").get("/municipalities/9999/benefits/").status_code == 404
    assert town.statuses(url(town), method="post") == dict.fromkeys(PUBLIC, 405)


def test_an_empty_portfolio_says_how_it_fills(town: Town) -> None:
    assert "No benefits yet" in words_of(town.client("anonymous").get(url(town)))
    at_work = words_of(town.client("leader").get(reverse("benefits:portfolio_at_work")))
    assert reverse("initiatives:portfolio") in at_work
    assert json.loads(town.client("anonymous").get(url(town, "portfolio_json")).content)["benefits"] == []


def test_a_councillor_reads_first_how_it_stands(town: Town, centre: Initiative) -> None:
    make_five(centre)
    make_initiative(municipality=town.municipality, stage="in_operation")
    page = town.client("anonymous").get(url(town))
    assert page.context["standing"] == (
        "1 of 4 benefits is reached. Behind the forecast: 1. Not realised: 1. Harms: 1."
    )
    assert page.context["headline"] == (
        "2 initiatives are in operation. 1 of them has no benefit yet. 5 benefits are followed up."
    )
    assert {stat.label: stat.value for stat in page.context["stats"]} == {
        "Reached": 1, "On the way": 0, "Behind the forecast": 1, "Not realised": 1, "Harm": 1,
        "Waits for its baseline": 1, "Overdue": 1,
    }  # fmt: skip
    words = words_of(page)
    assert "As it stands on 1 March 2027." in words
    ids = re.findall(r' id="([^"]+)"', words)
    assert len(ids) == len(set(ids))
    assert re.search(r"style=|<script|onclick", words) is None


def test_kinds_stand_apart_and_what_is_sure_and_hoped_too(town: Town, centre: Initiative) -> None:
    make_five(centre)
    context = town.client("anonymous").get(url(town)).context
    plain = [tuple(cell.replace("\N{NO-BREAK SPACE}", " ") for cell in row) for row in context["kinds"].rows]
    assert plain == [
        ("Saved money", "2", "1", "NOK 500,000", "NOK 0", "NOK 0"),
        ("Freed time", "1", "0", "700 hours", "2,800 hours", "0 hours"),
        ("Avoided cost", "1", "0", "NOK 0", "NOK 0", "NOK 0"),
        ("Quality", "1", "0", "not added", "–", "–"),
    ]
    years = [tuple(cell.replace("\N{NO-BREAK SPACE}", " ") for cell in row) for row in context["by_year"].rows]
    assert context["by_year"].headers == ("At the end of", "2026", "2027 so far")
    assert years == [
        ("Saved money: forecast", "NOK 500,000", "NOK 500,000"),
        ("Saved money: measured", "NOK 500,000", "NOK 500,000"),
        ("Freed time: forecast", "1,748 hours", "3,500 hours"),
        ("Freed time: measured", "700 hours", "700 hours"),
        ("Quality: targets met", "0 of 1", "–"),
    ]


def test_each_benefit_tells_target_and_actual_its_owner_and_the_cause(town: Town, centre: Initiative) -> None:
    body = factories.make_organisation(municipality=town.municipality, name="Laget", sector="voluntary")
    late = make_benefit(
        centre, title="Færre fall", better="lower", owner_role="Leder", owner_organisation=body,
        targets={date(2026, 12, 31): 20}, unit="fall",
    )  # fmt: skip
    make_baseline(late, 40)
    make_measurement(late, 35, measured_on=date(2026, 12, 31), cause="Matter manglet.")
    words = words_of(town.client("anonymous").get(url(town))).replace("\N{NO-BREAK SPACE}", " ")
    assert "31/12/2026: target 20, measured 35" in words
    assert "From 40 fall (01/10/2025)" in words
    assert "Matter manglet." in words
    assert "Leder" in words
    assert "Laget" in words
    assert reverse("initiatives:initiative", args=[centre.pk]) in words


def test_lines_are_filtered_and_sorted_by_links(town: Town, centre: Initiative) -> None:
    made = make_five(centre)

    def titles(**asked: str) -> list[str]:
        context = town.client("anonymous").get(url(town, **asked)).context
        return [row.line.read.title for _group, rows in context["sections"] for row in rows]

    everything = ["Mer kjøring", "Mindre overtid", "Tid i turnus", "Leid bygg", "Færre fall"]
    assert titles() == everything
    assert titles(kind="quality") == ["Færre fall"]
    assert titles(standing="harm") == ["Mer kjøring"]
    assert titles(certainty="sure") == ["Tid i turnus"]
    assert titles(organisation=str(made["reached"].owner_organisation_id)) == ["Mindre overtid"]
    assert titles(overdue="1") == ["Leid bygg"]
    assert titles(kind="saved_money", sort="title") == ["Mer kjøring", "Mindre overtid"]
    assert titles(kind="saved_money", sort="-title") == ["Mindre overtid", "Mer kjøring"]
    assert titles(sort="nonsense", year="nonsense") == everything
    assert titles(kind="nonsense") == []
    words = words_of(town.client("anonymous").get(url(town, kind="quality", sort="title")))
    assert 'aria-sort="ascending"><a class="ds-link" href="?kind=quality&amp;sort=-title#benefits">Benefit</a>' in words
    assert '<a class="ds-link" href="?kind=quality&amp;sort=title#benefits" aria-current="true">Quality</a>' in words
    assert "No benefit fits." in words_of(town.client("anonymous").get(url(town, kind="nonsense")))


def test_a_year_that_is_over_stands_as_it_stood(town: Town, centre: Initiative) -> None:
    one = make_benefit(
        centre,
        title="Mindre overtid",
        kind="saved_money",
        better="lower",
        baseline=900,
        targets={date(2027, 2, 1): 500},
    )
    make_measurement(one, 800, measured_on=date(2026, 11, 1))
    make_measurement(one, 500, measured_on=date(2027, 2, 1))
    make_benefit(centre, title="Begynte i år", effects_from=date(2027, 1, 1), baseline=1)
    past = queries.portfolio_of(town.municipality, year=2026)
    now = queries.portfolio_of(town.municipality)
    assert [(line.read.title, line.read.standing) for line in past.lines] == [("Mindre overtid", "behind")]
    assert [(line.read.title, line.read.standing) for line in now.lines] == [
        ("Mindre overtid", "reached"), ("Begynte i år", "waiting_for_target"),
    ]  # fmt: skip
    assert (past.year, past.today, past.in_operation) == (2026, date(2026, 12, 31), None)
    assert queries.portfolio_of(town.municipality, year=2027).year is None
    page = town.client("anonymous").get(url(town, year=2026))
    assert [(one.label, one.is_current) for one in page.context["years"]] == [("Now", False), ("2026", True)]
    assert "As it stood on 31 December 2026." in words_of(page)
    assert page.context["room"] is None
    assert "No benefits yet" in words_of(town.client("anonymous").get(url(town, year=2020)))


def test_drafts_are_seen_at_work_only(town: Town, centre: Initiative) -> None:
    hidden = make_initiative(municipality=town.municipality, title="Hemmelig tiltak", published=False)
    make_benefit(
        hidden, title="Hemmelig gevinst", kind="saved_money", baseline=5, measured={date(2026, 6, 1): 5_000_000}
    )
    seen = make_benefit(centre, title="Synlig gevinst", kind="saved_money", baseline=5)
    make_measurement(seen, 4321, state="draft")
    for name in ("portfolio", "portfolio_json", "portfolio_csv"):
        for kind in ("anonymous", "leader"):
            text = town.client(kind).get(url(town, name)).content.decode()
            assert "Synlig gevinst" in text
            assert "Hemmelig" not in text
            for hidden_number in ("4321", "4,321", "4999995", "4,999,995"):
                assert hidden_number not in text
    at_work = words_of(town.client("leader").get(reverse("benefits:portfolio_at_work")))
    assert "Hemmelig gevinst" in at_work
    assert ">Draft<" in at_work


def test_open_data_tells_who_publishes_under_which_licence_as_of_when(town: Town, centre: Initiative) -> None:
    one = make_benefit(
        centre, title="Mindre overtid", kind="saved_money", better="lower", baseline=900,
        targets={date(2026, 12, 31): 500}, measured={date(2026, 12, 20): 600},
    )  # fmt: skip
    found = json.loads(town.client("anonymous").get(url(town, "portfolio_json")).content)
    number = town.municipality.number
    head = ("format", "format_version", "publisher", "licence", "as_of", "illustrative")
    assert {key: found[key] for key in head} == {
        "format": "samskap-benefits", "format_version": 1,
        "publisher": {"number": number, "name": town.municipality.name},
        "licence": "https://creativecommons.org/licenses/by/4.0/", "as_of": "2027-03-01",
        "illustrative": town.municipality.is_illustrative,
    }  # fmt: skip
    assert found["kinds"]["saved_money"] == {
        "unit": "kroner_a_year", "measured": 300, "sure_to_come": 0, "hoped_for": 0,
    }  # fmt: skip
    assert found["kinds"]["quality"] is None
    told = found["benefits"][0]
    assert told["owner"] == {
        "role": "Enhetsleder", "organisation": one.owner_organisation.name, "sector": one.owner_organisation.sector,
    }  # fmt: skip
    assert told["targets"] == [
        {"due_on": "2026-12-31", "value": 500, "measured": {"on": "2026-12-20", "value": 600}, "met": False}
    ]
    assert told["baseline"]["value"] == 900
    assert found["room_for_manoeuvre"]["steps"] == [{"step": "realised", "saved_nok_a_year": 0, "freed_posts": 0}]
    rows = list(
        csv.DictReader(
            io.StringIO(town.client("anonymous").get(url(town, "portfolio_csv")).content.decode("utf-8-sig"))
        )
    )
    assert [(row["row"], row["on"], row["value"], row["state"]) for row in rows] == [
        ("target", "2026-12-31", "500", ""), ("measurement", "2026-12-20", "600", "locked"),
    ]  # fmt: skip
    assert {row["licence"] for row in rows} == {found["licence"]}


def test_no_person_is_named_in_public(town: Town, centre: Initiative) -> None:
    make_benefit(centre, owner=town.leader, baseline=1)
    name = str(town.leader)
    assert name
    for address in ("portfolio", "portfolio_json", "portfolio_csv"):
        assert name not in town.client("anonymous").get(url(town, address)).content.decode()


def test_one_saving_told_twice_is_warned_of(town: Town, centre: Initiative) -> None:
    link = ChainLink.objects.create(initiative=centre, kind="outcome", title="Færre vakter")
    for title in ("Mindre overtid", "Mindre vikarbruk"):
        make_benefit(centre, title=title, kind="saved_money", link=link, baseline=1)
    words = words_of(town.client("anonymous").get(url(town)))
    assert "one saving counted twice: “Mindre overtid”, “Mindre vikarbruk”." in words


def test_hours_of_a_post_can_be_replaced(town: Town, centre: Initiative) -> None:
    make_benefit(centre, kind="freed_time", baseline=0, measured={date(2026, 12, 31): 3400})
    client = town.client("anonymous")
    assert "worth 1.9 posts, at 1,750 hours a post" in words_of(client.get(url(town)))
    assert "worth 2.0 posts, at 1,700 hours a post" in words_of(client.get(url(town, hours="1 700")))
    wrong = words_of(client.get(url(town, hours="12")))
    assert 'aria-invalid="true"' in wrong
    assert "at 1,750 hours a post" in wrong
    endless = url(town, hours="1" * 5000, year="2" * 5000)
    assert 'aria-invalid="true"' in words_of(client.get(endless))


def test_it_costs_the_same_for_one_and_for_many(
    town: Town, centre: Initiative, django_assert_max_num_queries: Any
) -> None:
    client = town.client("anonymous")
    make_five(centre)
    client.get(url(town))
    with django_assert_max_num_queries(16) as few:
        client.get(url(town))
    for _ in range(2):
        make_five(make_initiative(municipality=town.municipality))
    with django_assert_max_num_queries(len(few)):
        client.get(url(town))


def test_the_menu_leads_to_the_only_municipality_or_to_all(town: Town) -> None:
    client = town.client("anonymous")
    factories.make_municipality()
    page = words_of(client.get(reverse("benefits:portfolios")))
    assert url(town) in page


def test_a_process_tells_what_came_of_it(town: Town) -> None:
    process = factories.make_process(municipality=town.municipality)
    opportunity = make_opportunity(municipality=town.municipality, process=process)
    make_benefit(
        make_initiative(municipality=town.municipality, opportunity=opportunity), title="Kom av det", baseline=1
    )
    drafted = make_initiative(municipality=town.municipality, opportunity=opportunity, published=False)
    make_benefit(drafted, title="Hemmelig", baseline=1)
    make_benefit(make_initiative(municipality=town.municipality), title="Kom av noe annet", baseline=1)
    (part,) = queries.process_benefits(process, None)
    assert [card.title for card in part.cards] == ["Kom av det"]
    assert queries.process_benefits(factories.make_process(municipality=town.municipality), None) == []


def test_other_pages_tell_how_benefits_stand(town: Town, centre: Initiative) -> None:
    make_five(centre)
    front = words_of(town.client("anonymous").get(reverse("actors:municipality", args=[town.municipality.number])))
    assert "1 of 4 benefits is reached" in front
    assert url(town) in front
    desk = words_of(town.client("leader").get(reverse("actors:dashboard")))
    assert "1 of 4 benefits is reached" in desk
    assert "Mer kjøring" in desk
    assert "Mindre overtid" not in desk
