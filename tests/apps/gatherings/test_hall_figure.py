"""A chart of a challenge on the hall screen: chosen by the host, shown to all, and only what is public."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from tests import factories
from tests.apps.viewers import Town, words_of
from tests.factories.outlook import make_scenario, make_told

from samskap.apps.challenges import actions as challenges
from samskap.apps.challenges.models import ChallengeFigure
from samskap.apps.gatherings import actions
from samskap.apps.gatherings.models import Gathering
from samskap.kernel.errors import NotAllowed, NotFound
from samskap.sources.values import Figure

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(drangedal: Town) -> Town:
    return drangedal


@pytest.fixture
def figure(town: Town) -> ChallengeFigure:
    """A chart of a published challenge."""
    shares = [Figure("neet_share", "4016", str(year), 8.0 + year % 3) for year in (2022, 2023, 2024)]
    factories.make_edition(*shares, table="13556", standing="illustrative")
    challenge = challenges.create_challenge(town.municipality, by=town.leader, title="Unge utenfor", text="x")
    challenges.publish_challenge(challenge, by=town.leader)
    return challenges.add_figure(challenge, kind="indicator", indicator="neet_share", by=town.leader)


@pytest.fixture
def gathering(town: Town, figure: ChallengeFigure) -> Gathering:
    process = factories.make_process(municipality=town.municipality)
    process.challenges.add(figure.challenge)
    return factories.make_gathering(process=process)


def hall(town: Town, gathering: Gathering) -> str:
    return town.client("anonymous").get(reverse("gatherings:hall_now", args=[gathering.code])).content.decode()


def choose(town: Town, gathering: Gathering, kind: str = "facilitator", **sent: Any) -> int:
    address = reverse("gatherings:set_hall_view", args=[gathering.pk])
    return int(town.client(kind).post(address, sent).status_code)


def test_the_host_puts_a_chart_on_the_hall_screen(town: Town, gathering: Gathering, figure: ChallengeFigure) -> None:
    host = words_of(town.client("facilitator").get(reverse("gatherings:host", args=[gathering.pk])))
    assert "Chart: Young people outside work" in host
    assert choose(town, gathering, figure=figure.pk) == 302
    shown = hall(town, gathering)
    assert "Young people outside work, education and labour market measures" in shown
    assert "<svg" in shown
    assert "Illustrative figures, made up for the example" in shown
    assert "Source: SSB, table 13556" in shown
    assert choose(town, gathering, view="join") == 302
    assert "<svg" not in hall(town, gathering)


def test_a_new_version_tells_the_screens(town: Town, gathering: Gathering, figure: ChallengeFigure) -> None:
    once = actions.set_hall_view(gathering, view="figure", figure=figure.pk, by=town.leader)
    again = actions.set_hall_view(gathering, view="figure", figure=figure.pk, by=town.leader)
    assert (once.version, again.version) == (gathering.version + 1, gathering.version + 1)


@pytest.mark.parametrize("kind", ["stranger", "elsewhere", "partner"])
def test_others_choose_nothing(town: Town, gathering: Gathering, figure: ChallengeFigure, kind: str) -> None:
    assert choose(town, gathering, kind, figure=figure.pk) == 404
    with pytest.raises(NotAllowed):
        actions.set_hall_view(gathering, view="figure", figure=figure.pk, by=town.people[kind])


def test_only_charts_of_the_own_challenges_can_be_chosen(
    town: Town, gathering: Gathering, figure: ChallengeFigure
) -> None:
    gathering.process.challenges.clear()
    for wanted in (figure.pk, None, 999):
        with pytest.raises(NotFound):
            actions.set_hall_view(gathering, view="figure", figure=wanted, by=town.leader)


def test_what_is_hidden_again_leaves_the_hall_screen(town: Town, gathering: Gathering, figure: ChallengeFigure) -> None:
    actions.set_hall_view(gathering, view="figure", figure=figure.pk, by=town.leader)
    challenges.hide_challenge(figure.challenge, by=town.leader)
    assert "<svg" not in hall(town, gathering)
    challenges.publish_challenge(figure.challenge, by=town.leader)
    assert "<svg" in hall(town, gathering)
    challenges.remove_figure(figure, by=town.leader)
    assert "<svg" not in hall(town, gathering)


def test_the_day_opens_with_what_comes(town: Town, gathering: Gathering, figure: ChallengeFigure) -> None:
    """The chart of a saved scenario, large, with its band, its source and what it is."""
    scenario = make_scenario(town.municipality, told=make_told(standing="illustrative"))
    chart = challenges.add_figure(
        figure.challenge, kind="outlook", scenario=scenario.pk, part="support", by=town.leader
    )
    host = words_of(town.client("facilitator").get(reverse("gatherings:host", args=[gathering.pk])))
    assert "Chart: People aged 16 to 66 for each person aged 80 or over (scenario “Som nå”)" in host
    assert choose(town, gathering, figure=chart.pk) == 302
    shown = hall(town, gathering)
    assert shown.count("<svg") == 1
    assert "Drangedal has 8.6 people of working age for each person over 80 and will have 4.5 in 2051." in shown
    assert "four of five futures" in shown
    assert "Illustrative figures, made up for the example" in shown
    assert "From the scenario “Som nå”, saved " in shown
    challenges.remove_figure(chart, by=town.leader)
    assert "<svg" not in hall(town, gathering)
