"""The charts of saved scenarios in the story of a challenge: chosen, told, kept from harm, and gone when taken away."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests import factories
from tests.apps.viewers import DESK, Town, words_of
from tests.factories.outlook import make_outlook, make_scenario, make_told

from samskap.apps.actors import actions as actors
from samskap.apps.challenges import actions, queries
from samskap.apps.challenges.models import Challenge, ChallengeFigure
from samskap.apps.outlook import actions as outlook
from samskap.apps.outlook.models import Scenario
from samskap.kernel.acting import SYSTEM_DEMO
from samskap.kernel.errors import NotAllowed, RuleError

pytestmark = pytest.mark.django_db

RATIO = "People aged 16 to 66 for each person aged 80 or over"


@pytest.fixture
def town(drangedal: Town) -> Town:
    return drangedal


@pytest.fixture
def challenge(town: Town) -> Challenge:
    return actions.create_challenge(town.municipality, by=town.leader, title="Flere eldre", text="Mange.")


@pytest.fixture
def scenario(town: Town) -> Scenario:
    return make_scenario(town.municipality, told=make_told(standing="illustrative"))


def add(challenge: Challenge, scenario: Scenario | None, by: Any, *, part: str = "support") -> ChallengeFigure:
    return actions.add_figure(challenge, kind="outlook", scenario=scenario.pk if scenario else None, part=part, by=by)


def test_the_page_tells_what_comes_with_band_table_source_and_standing(
    town: Town, challenge: Challenge, scenario: Scenario
) -> None:
    add(challenge, scenario, town.leader)
    actions.publish_challenge(challenge, by=town.leader)
    page = words_of(town.client("anonymous").get(reverse("challenges:challenge", args=[challenge.pk])))
    assert f'<a class="ds-link" href="/places/4016/outlook/">{RATIO}</a>' in page
    assert "Drangedal has 8.6 people of working age for each person over 80 and will have 4.5 in 2051." in page
    assert "four of five futures" in page
    assert page.count("<svg") == 2
    assert "Show as a table" in page
    assert "From the scenario “Som nå”, saved " in page
    assert "(Illustrative: made-up figures)" in page
    assert "Illustrative figures, made up for the example" in page


def test_those_in_charge_choose_a_scenario_and_a_chart(town: Town, challenge: Challenge, scenario: Scenario) -> None:
    client = town.client("facilitator")
    edit = reverse("challenges:change_challenge", args=[challenge.pk])
    page = words_of(client.get(edit))
    assert '<optgroup label="Scenario: Som nå">' in page
    assert f'<option value="outlook:{scenario.pk}:people:80+">People: 80 years and over</option>' in page
    assert "save what you see as a scenario" not in page
    address = reverse("challenges:add_figure", args=[challenge.pk])
    for chosen in ("support", "people:80+", "support", "nonsense"):
        client.post(address, {"figure": f"outlook:{scenario.pk}:{chosen}"})
    found = list(ChallengeFigure.objects.values_list("kind", "scenario", "part"))
    assert found == [("outlook", scenario.pk, "support"), ("outlook", scenario.pk, "people:80+")]
    assert f"{RATIO} (scenario “Som nå”)" in words_of(client.get(edit))
    client.post(reverse("challenges:remove_figure", args=[ChallengeFigure.objects.all()[0].pk]))
    assert [one.title for one in queries.story_in_figures(challenge)] == ["People in Drangedal, 80 years and over"]


def test_without_scenarios_the_form_says_how_to_save_one(town: Town, challenge: Challenge) -> None:
    page = words_of(town.client("leader").get(reverse("challenges:change_challenge", args=[challenge.pk])))
    assert "open the outlook, save what you see as a scenario, and choose one of its charts here." in page
    assert 'href="/places/4016/outlook/"' in page


@pytest.mark.parametrize("kind", ["stranger", "elsewhere", "partner"])
def test_others_choose_nothing(town: Town, challenge: Challenge, scenario: Scenario, kind: str) -> None:
    with pytest.raises(NotAllowed):
        add(challenge, scenario, town.people[kind])
    sent = {"figure": f"outlook:{scenario.pk}:support"}
    address = reverse("challenges:add_figure", args=[challenge.pk])
    assert town.client(kind).post(address, sent).status_code == 404
    assert not ChallengeFigure.objects.exists()


def test_what_is_not_there_cannot_be_chosen(town: Town, challenge: Challenge, scenario: Scenario) -> None:
    elsewhere = make_scenario(factories.make_municipality(number="4014"))
    poor = make_scenario(town.municipality, name="Uten regnskap", told=make_told(outlook=make_outlook(money=None)))
    for wanted, part in ((elsewhere, "support"), (poor, "room"), (scenario, "stacked"), (scenario, ""), (None, "need")):
        with pytest.raises(RuleError, match="This chart cannot be had of a scenario of Drangedal"):
            add(challenge, wanted, town.leader, part=part)
    assert not ChallengeFigure.objects.exists()


def test_the_store_refuses_a_chart_of_two_kinds(challenge: Challenge, scenario: Scenario) -> None:
    with pytest.raises(IntegrityError):
        ChallengeFigure.objects.create(challenge=challenge, kind="people", scenario=scenario)


def test_the_store_refuses_the_same_chart_of_a_scenario_twice(
    town: Town, challenge: Challenge, scenario: Scenario
) -> None:
    told = add(challenge, scenario, town.leader)
    with pytest.raises(IntegrityError, match=r"(?i)unique constraint"), transaction.atomic():
        ChallengeFigure.objects.create(challenge=challenge, kind="outlook", scenario=scenario, part=told.part)
    assert add(challenge, scenario, town.leader) == told
    assert add(challenge, scenario, town.leader, part="people:80+") != told


def test_a_scenario_that_a_challenge_shows_is_not_deleted(town: Town, challenge: Challenge, scenario: Scenario) -> None:
    figure = add(challenge, scenario, town.leader)
    address = reverse("outlook:delete_scenario", args=["4016", scenario.pk])
    assert town.statuses(address) == DESK
    response = town.client("leader").post(address)
    assert response.status_code == 409
    assert "A chart of this scenario is shown by: “Flere eldre”." in words_of(response)
    assert "Take the chart away there first, then delete the scenario." in words_of(response)
    assert queries.story_in_figures(challenge)
    actions.remove_figure(figure, by=town.leader)
    outlook.delete_scenario(scenario, by=town.leader)
    assert not Scenario.objects.exists()


def test_a_challenge_and_a_municipality_are_deleted_with_their_charts(
    town: Town, challenge: Challenge, scenario: Scenario
) -> None:
    add(challenge, scenario, town.leader)
    actions.delete_challenge(challenge, by=town.leader)
    assert (ChallengeFigure.objects.count(), Scenario.objects.count()) == (0, 1)
    other = actions.create_challenge(town.municipality, by=town.leader, title="Få i arbeid", text="Mange.")
    add(other, scenario, town.leader)
    actors.delete_municipality(town.municipality, confirmed="4016", by=SYSTEM_DEMO)
    assert (ChallengeFigure.objects.count(), Scenario.objects.count()) == (0, 0)


def test_a_result_of_another_version_leaves_the_story_whole(
    town: Town, challenge: Challenge, scenario: Scenario
) -> None:
    add(challenge, scenario, town.leader)
    factories.make_edition(profiles=[factories.make_people("4016", year) for year in (2025, 2026)])
    actions.add_figure(challenge, kind="people", by=town.leader)
    Scenario.objects.update(result={"format": "other"})
    assert [one.title for one in queries.story_in_figures(challenge)] == ["People by age in Drangedal"]


def test_a_challenge_costs_the_same_for_one_chart_and_many(
    town: Town, challenge: Challenge, scenario: Scenario
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            queries.story_in_figures(challenge)
        return len(asked)

    add(challenge, scenario, town.leader)
    before = cost()
    add(challenge, make_scenario(town.municipality, name="Friskere eldre"), town.leader, part="need")
    add(challenge, scenario, town.leader, part="room")
    assert cost() == before
