"""The charts of a challenge: chosen by those in charge, told on its page, and public with it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests import factories
from tests.apps.viewers import Town, words_of

from samskap.apps.challenges import actions, queries
from samskap.apps.challenges.models import Challenge, ChallengeFigure
from samskap.apps.figures.models import Indicator
from samskap.kernel.errors import NotAllowed, RuleError
from samskap.sources.values import Figure

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(drangedal: Town) -> Town:
    return drangedal


@pytest.fixture
def challenge(town: Town) -> Challenge:
    factories.make_edition(profiles=[factories.make_people("4016", year) for year in (2024, 2025, 2026)])
    neet = [Figure("neet_share", "4016", str(year), 8.0 + year % 3, "", "age=15-29") for year in (2022, 2023, 2024)]
    jobs = [Figure("jobs_public", "4016", str(year), 630.0) for year in (2022, 2023)]
    factories.make_edition(*neet, *jobs)
    return actions.create_challenge(town.municipality, by=town.leader, title="Unge utenfor", text="Flere faller ut.")


def add(challenge: Challenge, by: Any, **fields: str) -> ChallengeFigure:
    return actions.add_figure(challenge, by=by, **({"kind": "indicator", "indicator": "neet_share"} | fields))


def test_the_story_is_told_in_the_order_in_which_charts_were_added(town: Town, challenge: Challenge) -> None:
    add(challenge, town.leader, part="age=15-29")
    add(challenge, town.leader, kind="people", indicator="")
    add(challenge, town.leader, part="age=15-29")
    told = queries.story_in_figures(challenge)
    assert [(one.title, one.url) for one in told] == [
        ("Young people outside work, education and labour market measures, aged 15–29",
         "/places/4016/figures/neet_share/?part=age%3D15-29"),
        ("People by age in Drangedal", "/places/4016/"),
    ]  # fmt: skip
    words = words_of(town.client("leader").get(reverse("challenges:challenge", args=[challenge.pk])))
    assert "The story in figures" in words
    assert words.count("<figure") == 2


def test_those_in_charge_choose_and_take_away_on_the_edit_page(town: Town, challenge: Challenge) -> None:
    client = town.client("facilitator")
    page = words_of(client.get(reverse("challenges:change_challenge", args=[challenge.pk])))
    assert 'value="indicator:neet_share:age=15-29"' in page
    address = reverse("challenges:add_figure", args=[challenge.pk])
    client.post(address, {"figure": "indicator:neet_share:age=15-29"})
    client.post(address, {"figure": "support"})
    client.post(address, {"figure": "indicator:happiness:"})
    figures = list(ChallengeFigure.objects.all())
    assert [one.chart_key for one in figures] == [("neet_share", "age=15-29"), ("support", "")]
    client.post(reverse("challenges:remove_figure", args=[figures[0].pk]))
    assert list(ChallengeFigure.objects.all()) == figures[1:]


def test_without_figures_there_is_nothing_to_choose(town: Town) -> None:
    bare = actions.create_challenge(town.municipality, by=town.leader, title="Flere eldre", text="Mange.")
    page = words_of(town.client("leader").get(reverse("challenges:change_challenge", args=[bare.pk])))
    assert "There are no figures of the municipality to choose from yet." in page
    with pytest.raises(RuleError, match="no figures"):
        add(bare, town.leader)


@pytest.mark.parametrize("kind", ["stranger", "elsewhere", "partner"])
def test_others_add_and_remove_nothing(town: Town, challenge: Challenge, kind: str) -> None:
    figure = add(challenge, town.leader)
    with pytest.raises(NotAllowed):
        add(challenge, town.people[kind], indicator="jobs_public")
    with pytest.raises(NotAllowed):
        actions.remove_figure(figure, by=town.people[kind])
    client = town.client(kind)
    assert client.post(reverse("challenges:add_figure", args=[challenge.pk]), {"figure": "people"}).status_code == 404
    assert client.post(reverse("challenges:remove_figure", args=[figure.pk])).status_code == 404
    assert ChallengeFigure.objects.count() == 1


def test_the_indicator_of_another_municipality_cannot_be_told(town: Town, challenge: Challenge) -> None:
    other = factories.make_municipality(number="4014")
    factories.make_edition(Figure("low_income_share", "4014", "2024", 9.0), municipality=other)
    with pytest.raises(RuleError):
        add(challenge, town.leader, indicator="low_income_share")


def test_a_chart_goes_with_its_indicator_and_a_challenge_lives_without(town: Town, challenge: Challenge) -> None:
    add(challenge, town.leader)
    Indicator.objects.filter(key="neet_share").delete()
    assert queries.story_in_figures(challenge) == []


@pytest.mark.parametrize(
    "fields",
    [{"part": ""}, {"part": "age=15-29"}, {"kind": "people", "indicator": ""}],
    ids=["whole", "part", "people"],
)
def test_the_store_refuses_the_same_chart_twice(town: Town, challenge: Challenge, fields: dict[str, str]) -> None:
    told = add(challenge, town.leader, **fields)
    with pytest.raises(IntegrityError, match=r"(?i)unique constraint"), transaction.atomic():
        ChallengeFigure.objects.create(
            challenge=challenge, kind=told.kind, indicator=told.indicator, part=told.part, order=2
        )
    assert add(challenge, town.leader, **fields) == told
    other = actions.create_challenge(town.municipality, by=town.leader, title="Flere eldre", text="Mange.")
    assert add(other, town.leader, **fields) != told


def test_the_page_of_the_figures_leads_to_published_challenges(town: Town, challenge: Challenge) -> None:
    add(challenge, town.leader)
    client = town.client("anonymous")
    assert "Unge utenfor" not in words_of(client.get("/places/4016/"))
    actions.publish_challenge(challenge, by=town.leader)
    assert "Unge utenfor" in words_of(client.get("/places/4016/"))
    assert "Unge utenfor" not in words_of(client.get("/places/4014/"))


def test_a_challenge_costs_the_same_for_one_chart_and_three(town: Town, challenge: Challenge) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            queries.story_in_figures(challenge)
        return len(asked)

    add(challenge, town.leader)
    add(challenge, town.leader, kind="people", indicator="")
    before = cost()
    add(challenge, town.leader, indicator="jobs_public")
    add(challenge, town.leader, kind="support", indicator="")
    assert cost() == before
