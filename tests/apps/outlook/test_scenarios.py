"""Scenarios: saved as they were, seen by those they are for, put in the report, compared, deleted."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from tests import factories
from tests.apps.outlook.conftest import PLACE
from tests.apps.viewers import DESK, HIDDEN, PUBLIC, Town, met, words_of
from tests.factories.outlook import make_told

from samskap.apps.outlook import actions, compute, queries
from samskap.apps.outlook.models import Scenario
from samskap.apps.trail.models import Entry
from samskap.kernel.acting import SYSTEM_DEMO
from samskap.kernel.errors import NotAllowed, RuleError

LEVERS = {"stay": 10.0, "jobs": 5.0}


def save(valley: Town, *, name: str = "Flere blir", **told: Any) -> Scenario:
    seen = make_told(levers=LEVERS, address={"stay": "10", "jobs": "5", "set.norm": "2"}, **told)
    fields = compute.scenario_fields(seen, levers=LEVERS, replaced={"norm": 0.02})
    return actions.save_scenario(valley.municipality, name=name, by=valley.facilitator, **fields)


def address(page: str, scenario: Scenario) -> str:
    return reverse(f"outlook:{page}", args=[PLACE, scenario.pk])


def test_a_scenario_is_seen_by_those_in_charge_until_it_is_in_the_report(valley: Town, made: list[Any]) -> None:
    scenario = save(valley)
    for page in ("scenario", "scenario_json"):
        assert valley.statuses(address(page, scenario)) == HIDDEN
    assert valley.client("leader").get(address("scenario_json", scenario)).json() == scenario.result
    assert valley.statuses(address("delete_scenario", scenario)) == DESK
    assert valley.statuses(address("set_in_report", scenario), method="post") == met(302, 404, 302)
    assert valley.statuses(address("scenario", scenario)) == PUBLIC
    assert valley.statuses(address("set_in_report", scenario), method="post", do="out") == met(302, 404, 302)
    assert valley.statuses(address("scenario", scenario)) == HIDDEN


def test_a_scenario_is_not_found_under_another_place(valley: Town, made: list[Any]) -> None:
    scenario = actions.put_in_report(save(valley), by=valley.leader)
    assert valley.client("facilitator").get(f"/places/4014/outlook/scenarios/{scenario.pk}/").status_code == 404


def test_what_you_see_is_what_is_saved(valley: Town, made: list[Any]) -> None:
    client = valley.client("facilitator")
    posted = {"name": "Flere blir", "query": "stay=10&jobs=5&set.norm=2&group=80%2B"}
    response = client.post(reverse("outlook:save_scenario", args=[PLACE]), posted)
    scenario = Scenario.objects.get()
    assert response.url == address("scenario", scenario)
    assert (scenario.name, scenario.place, scenario.levers, scenario.replaced, scenario.in_report) == (
        "Flere blir", PLACE, LEVERS, {"norm": 0.02}, False,
    )  # fmt: skip
    assert queries.stored(scenario, name="Drangedal").outlook.closing == made_outlook(made).closing
    page = words_of(client.get(response.url))
    assert "Young adults who stay: <strong>+10 %</strong>" in page
    assert "New jobs: <strong>+5 a year</strong>" in page
    assert 'href="/places/4016/outlook/?stay=10&amp;jobs=5&amp;set.norm=2"' in page


def made_outlook(made: list[Any]) -> Any:
    return compute.outlook(PLACE, name="Drangedal", levers=LEVERS, replaced={}).outlook


def test_a_scenario_without_a_name_or_with_wrong_levers_is_not_saved(valley: Town, made: list[Any]) -> None:
    client = valley.client("facilitator")
    for posted in ({"name": " ", "query": "stay=10"}, {"name": "X", "query": "births=500"}):
        response = client.post(reverse("outlook:save_scenario", args=[PLACE]), posted)
        assert response.status_code == 422
    assert not Scenario.objects.exists()


def test_two_scenarios_have_two_names(valley: Town) -> None:
    save(valley)
    with pytest.raises(RuleError, match="There is already a scenario with the name “Flere blir”"):
        save(valley)


def test_only_those_in_charge_and_the_system_change_scenarios(valley: Town) -> None:
    scenario = save(valley)
    for change in (actions.put_in_report, actions.take_out_of_report, actions.delete_scenario):
        for kind in ("stranger", "elsewhere", "partner"):
            with pytest.raises(NotAllowed):
                change(scenario, by=valley.people[kind])
    actions.delete_scenario(scenario, by=SYSTEM_DEMO)
    assert not Scenario.objects.exists()


def test_the_trail_tells_what_was_done_and_the_public_sees_what_was_public(valley: Town) -> None:
    scenario = save(valley)
    actions.put_in_report(scenario, by=valley.leader)
    actions.put_in_report(scenario, by=valley.leader)
    found = Entry.objects.filter(subject_kind="outlook.scenario").order_by("number").values_list("verb", "is_public")
    assert list(found) == [("outlook.scenario_saved", False), ("outlook.scenario_put_in_report", True)]
    history = reverse("trail:history", args=["scenario", scenario.pk])
    assert valley.statuses(history) == PUBLIC
    assert "put the scenario “Flere blir” in the report" in words_of(valley.client("anonymous").get(history))


def test_the_page_of_a_scenario_says_when_figures_have_changed(
    valley: Town, made: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = save(valley)
    sentence = "The figures or the method have changed since this was saved."
    client = valley.client("leader")
    assert sentence not in words_of(client.get(address("scenario", scenario)))
    monkeypatch.setattr(compute, "is_outdated", lambda scenario: True)
    assert sentence in words_of(client.get(address("scenario", scenario)))


def test_a_result_of_another_version_breaks_neither_its_page_nor_the_report(valley: Town, made: list[Any]) -> None:
    scenario = actions.put_in_report(save(valley), by=valley.leader)
    del scenario.result["outlook"]["money"]
    scenario.save(update_fields=["result"])
    process = factories.make_process(municipality=valley.municipality)
    gathering = factories.make_gathering(process=process, state="ended")
    for path in (address("scenario", scenario), reverse("reports:report", args=[gathering.code])):
        page = words_of(valley.client("anonymous").get(path))
        assert "This was saved by another version of Samskap, and its result cannot be shown here." in page
        assert "Young adults who stay: <strong>+10 %</strong>" in page


def test_lists_show_what_the_viewer_may_see_at_a_steady_cost(
    valley: Town, made: list[Any], django_assert_num_queries: Any
) -> None:
    save(valley)
    with django_assert_num_queries(1):
        assert queries.scenarios_of(PLACE, viewer=None) == []
    for name in ("To", "Tre"):
        actions.put_in_report(save(valley, name=name), by=valley.leader)
    with django_assert_num_queries(2):  # the scenarios, and the mandate of the viewer where one is not public
        assert [one.name for one in queries.scenarios_of(PLACE, viewer=valley.leader)] == ["Tre", "To", "Flere blir"]
    cards = queries.place_parts(PLACE, None)[0].cards
    assert [card.title for card in cards] == ["What comes in 25 years", "Tre", "To"]
    assert queries.municipality_parts(factories.make_municipality(), None) == []


def test_the_report_of_a_day_tells_the_scenarios_that_are_in_it(valley: Town) -> None:
    shown = actions.put_in_report(save(valley, standing="illustrative"), by=valley.leader)
    save(valley, name="Skjult utkast")
    process = factories.make_process(municipality=valley.municipality)
    gathering = factories.make_gathering(process=process, state="ended")
    page = words_of(valley.client("anonymous").get(reverse("reports:report", args=[gathering.code])))
    assert f'href="{address("scenario", shown)}">Flere blir</a>' in page
    assert "Drangedal has 8.6 people of working age" in page
    assert f'id="figure-scenario-{shown.pk}-support"' in page
    assert "Illustrative: made-up figures" in page
    assert "Skjult utkast" not in page
    data = valley.client("anonymous").get(reverse("reports:report_json", args=[gathering.code])).json()
    assert [one["name"] for one in data["outlooks"]] == ["Flere blir"]
    assert data["outlooks"][0]["assumed"] == {
        "Young adults who stay": "+10 %",
        "New jobs": "+5 a year",
        "Net operating result that is recommended, of the revenue": "2 %",
    }
    assert data["outlooks"][0]["data"].endswith(f"/places/{PLACE}/outlook.json?stay=10&jobs=5&set.norm=2")
    pdf = valley.client("anonymous").get(reverse("reports:report_pdf", args=[gathering.code])).content
    assert pdf.startswith(b"%PDF")
