"""The charts of saved scenarios on the pages of others: drawn from what was saved, and honest about its age."""

from __future__ import annotations

from typing import Any

import pytest
from tests import factories
from tests.apps.outlook.conftest import PLACE
from tests.apps.viewers import Town
from tests.factories.outlook import YEARS, make_outlook, make_scenario, make_told

from samskap.apps.figures.queries import Chart
from samskap.apps.outlook import actions, queries
from samskap.formats import outlook_json
from samskap.kernel.acting import SYSTEM_DEMO
from samskap.sources.values import NATION, Figure

CHANGED = "The figures or the method have changed since this was saved."


def charts(scenario: Any, *keys: str) -> list[Chart | None]:
    return queries.scenario_charts([(scenario, key) for key in keys])


def only(scenario: Any, key: str) -> Chart:
    (chart,) = charts(scenario, key)
    assert chart is not None
    return chart


def test_every_chart_of_a_whole_outlook_is_drawn_with_words_table_and_source(valley: Town) -> None:
    scenario = make_scenario(valley.municipality, told=make_told(standing="illustrative"))
    found = [only(scenario, key) for key in queries.SCENARIO_CHARTS]
    assert len({chart.key for chart in found}) == len({chart.title for chart in found}) == len(found) == 11
    for chart in found:
        assert chart.drawing.count("<svg") == 2
        assert chart.hall.count("<svg") == 1
        assert chart.title in chart.hall
        assert chart.sentence
        assert all(len(row) == len(chart.headers) for row in chart.rows)
        assert chart.is_illustrative
        (source,) = chart.sources
        assert source.text.startswith("From the scenario “Som nå”, saved ")
        assert source.text.endswith("Kilde: SSB, tabell 07459, hentet 1.11.2026.")
        assert source.standing_words == "Illustrative: made-up figures"


def test_the_ratio_is_told_now_and_then_with_its_band_to_the_last_year(valley: Town) -> None:
    chart = only(make_scenario(valley.municipality), "support")
    assert chart.sentence == (
        "Drangedal has 8.6 people of working age for each person over 80 and will have 4.5 in 2051. "
        "In 2051 the ratio lies at 3.6–5.4 in four of five futures."
    )
    assert chart.rows[0] == ("2026", "8.6", "8.6", "8.6")
    assert chart.rows[-1][0] == str(YEARS[-1]) == "2051"
    assert chart.sources[0].standing_words == "From official figures"


@pytest.mark.parametrize(
    ("key", "title"),
    [("people:80+", "People in Drangedal, 80 years and over"), ("people:total", "People in Drangedal")],
)
def test_a_group_of_people_is_named(valley: Town, key: str, title: str) -> None:
    assert only(make_scenario(valley.municipality), key).title == title


def test_the_hall_sees_fewer_bars_than_the_page(valley: Town) -> None:
    chart = only(make_scenario(valley.municipality), "need")
    assert ("2030" in chart.drawing, "2030" in chart.hall, "2050" in chart.hall) == (True, False, True)


def test_what_the_outlook_does_not_hold_is_no_chart(valley: Town) -> None:
    scenario = make_scenario(valley.municipality, told=make_told(outlook=make_outlook(money=None)))
    assert [chart is None for chart in charts(scenario, "room", "need", "people:7", "nonsense", "")] == [
        True, False, True, True, True,
    ]  # fmt: skip


def test_a_result_of_another_version_is_no_chart(valley: Town) -> None:
    scenario = make_scenario(valley.municipality)
    del scenario.result["outlook"]["posts"]
    assert charts(scenario, "support", "need") == [None, None]


def test_what_was_stands_before_what_comes_while_it_is_the_same(valley: Town) -> None:
    people = [factories.make_people(PLACE, year) for year in range(2016, 2027)]
    factories.make_edition(profiles=people)
    scenario = make_scenario(valley.municipality)
    chart = only(scenario, "support")
    assert ("2020" in chart.drawing, CHANGED in chart.sources[0].text) == (True, False)
    factories.make_edition(profiles=[factories.make_people(PLACE, year, old=3) for year in range(2016, 2027)])
    chart = only(scenario, "support")
    assert ("2020" in chart.drawing, CHANGED in chart.sources[0].text) == (False, True)


def accounts(place: str, key: str = "accounts_care") -> None:
    factories.make_edition(Figure(key, place, "2025", 140e6))


def test_only_what_an_outlook_rests_on_makes_it_old(valley: Town) -> None:
    scenario = make_scenario(valley.municipality)

    def is_old() -> bool:
        return CHANGED in only(scenario, "support").sources[0].text

    accounts("4014")
    accounts(PLACE, "births")
    neighbour = factories.make_municipality(number="4014")
    for place, owner in (("4014", None), (NATION, neighbour)):
        factories.make_edition(profiles=[factories.make_people(place, 2027)], municipality=owner)
    assert not is_old()
    accounts(PLACE)
    assert is_old()


@pytest.mark.parametrize("place", [PLACE, NATION])
def test_new_people_of_the_place_or_the_country_make_it_old(valley: Town, place: str) -> None:
    scenario = make_scenario(valley.municipality)
    factories.make_edition(profiles=[factories.make_people(place, 2027)])
    assert CHANGED in only(scenario, "need").sources[0].text


def test_a_new_official_projection_makes_old_what_follows_it(valley: Town) -> None:
    follows = make_scenario(valley.municipality, told=make_told(levers={"follow_official": 1.0}))
    plain = make_scenario(valley.municipality, name="Vår egen")
    accounts(PLACE, "projected_population")
    follower, own = (only(one, "support").sources[0].text for one in (follows, plain))
    assert (CHANGED in follower, CHANGED in own) == (True, False)
    assert "Assumed: The middle follows: the official projection." in follower


def test_another_engine_makes_it_old(valley: Town) -> None:
    scenario = make_scenario(
        valley.municipality, told=make_told(outlook=make_outlook(engine_version=outlook_json.ENGINE_VERSION))
    )
    assert CHANGED not in only(scenario, "need").sources[0].text
    scenario.engine_version = "outlook 0.9"
    assert CHANGED in only(scenario, "need").sources[0].text


def test_the_chart_tells_what_was_assumed_and_leads_where_everybody_may_read(valley: Town) -> None:
    told = make_told(levers={"stay": 10.0}, address={"stay": "10"})
    scenario = make_scenario(valley.municipality, told=told)
    assert "Assumed: Young adults who stay: +10 %." in only(scenario, "support").sources[0].text
    assert queries.scenario_url(scenario) == f"/places/{PLACE}/outlook/?stay=10"
    public = actions.put_in_report(scenario, by=SYSTEM_DEMO)
    assert queries.scenario_url(public) == f"/places/{PLACE}/outlook/scenarios/{scenario.pk}/"
    plain = make_scenario(valley.municipality, name="Ingenting endret")
    assert "Assumed" not in only(plain, "support").sources[0].text
    assert queries.scenario_url(plain) == f"/places/{PLACE}/outlook/"


def test_ten_charts_cost_what_one_costs(valley: Town, django_assert_num_queries: Any) -> None:
    factories.make_edition(profiles=[factories.make_people(PLACE, 2026)])
    one, other = (make_scenario(valley.municipality, name=name) for name in ("En", "To"))
    for wanted in ([(one, "support")], [(each, key) for each in (one, other) for key in queries.SCENARIO_CHARTS]):
        with django_assert_num_queries(4):  # the people (two), and when figures last came (two)
            queries.scenario_charts(wanted)
    with django_assert_num_queries(0):
        assert queries.scenario_charts([]) == []


def test_a_scenario_is_found_in_its_own_municipality_alone(valley: Town) -> None:
    scenario = make_scenario(valley.municipality)
    assert queries.scenario_of(valley.municipality, scenario.pk) == scenario
    assert queries.scenario_of(factories.make_municipality(), scenario.pk) is None
    assert queries.scenario_of(valley.municipality, None) is None
