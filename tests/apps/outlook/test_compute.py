"""From stored figures to an outlook by the engine itself: with few draws, for the invented municipality."""

from __future__ import annotations

import threading
from dataclasses import asdict, replace
from typing import Any

import numpy as np
import pytest
from django.db import connection
from tests import factories

from samskap.apps.figures import queries as figures
from samskap.apps.outlook import compute, queries
from samskap.apps.outlook.queries.ground import ground_of
from samskap.cli.demo_figures import store_figures
from samskap.engines.outlook import OutlookError
from samskap.kernel import clock
from samskap.kernel.errors import RuleError
from samskap.sources.values import NATION

PLACE = "4016"


@pytest.fixture(autouse=True)
def _few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compute, "DRAWS", 32)
    monkeypatch.setattr(compute, "EXPLAINING_DRAWS", 16)
    monkeypatch.setattr(compute, "_SHELF", compute._Shelf())


@pytest.fixture
def stored(db: None) -> None:
    store_figures(PLACE, now=clock.now())


def outlook(levers: dict[str, float] | None = None, replaced: dict[str, float] | None = None) -> queries.Told:
    return compute.outlook(PLACE, name="Drangedal", levers=levers or {}, replaced=replaced or {})


def test_the_invented_municipality_has_an_outlook_with_all_that_stands_beside_it(stored: None) -> None:
    assert compute.lacking(PLACE) == ()
    told = outlook()
    assert (told.outlook.place, told.outlook.years[0], told.outlook.years[-1]) == (PLACE, 2026, 2051)
    assert told.basis.standing == "illustrative"
    assert told.past.years == tuple(range(2006, 2027))
    assert told.past.groups["total"][-1] == compute.people(PLACE) == told.outlook.population.p50[0]
    assert told.past.groups["80+"][-1] == told.outlook.groups["80+"].p50[0]
    assert told.outlook.money is not None
    assert {one.parameter for one in told.outlook.estimates} == {"mortality", "fertility", "net_moves"}
    editions = [one.edition for one in told.official["total"]]
    assert editions == sorted(editions)
    assert len(editions) == len({one.start for one in figures.projections_of(PLACE, page_of=PLACE)})


def test_a_lever_at_zero_is_the_base_and_a_pulled_one_stands_beside_it(stored: None) -> None:
    base = outlook()
    assert base.base is None
    assert outlook({"births": 0.0}).outlook.population == base.outlook.population
    pulled = outlook({"births": 20.0, "phase_in_years": 1.0})
    assert pulled.base == base.outlook
    assert pulled.outlook.groups["0-5"].p50[-1] > base.outlook.groups["0-5"].p50[-1] * 1.1
    assert pulled.outlook.groups["90+"] == base.outlook.groups["90+"]
    assert pulled.outlook.explained == base.outlook.explained


def test_levers_of_coverage_and_replaced_parameters_reach_the_engine(stored: None) -> None:
    base = outlook().outlook
    more = outlook({"coverage_school": 10.0}).outlook
    by_key = {one.key: one for one in base.services}, {one.key: one for one in more.services}
    assert by_key[1]["school"].posts.p50[-1] == pytest.approx(by_key[0]["school"].posts.p50[-1] * 1.1, rel=0.01)
    assert by_key[1]["care"].posts == by_key[0]["care"].posts
    stricter = outlook(replaced={"norm": 0.03})
    assert stricter.outlook.money.room.p50[0] < base.money.room.p50[0]
    assert {one.key: one.edition for one in stricter.basis.parameters}["norm"] == "own"


def test_what_two_choices_differ_by_is_taken_draw_by_draw(stored: None) -> None:
    one = queries.Choice("base", "As it is")
    other = queries.Choice("1", "More stay", levers={"stay": 20.0})
    pair = compute.compared(PLACE, one=one, other=other, name="Drangedal")
    low, middle, high = pair.persons
    assert 0 < low <= middle <= high
    wide = pair.one.outlook.population
    assert high - low < wide.p90[-1] - wide.p10[-1]
    same = compute.compared(PLACE, one=other, other=other, name="Drangedal")
    assert (same.persons, same.posts, same.room) == ((0.0,) * 3,) * 3
    assert queries.compared_context(pair)["differences"][0].startswith("In 2051 “More stay” has")


def test_a_place_is_made_ready_once_for_all_who_ask_at_once(stored: None, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    ground = ground_of(PLACE)

    def counted(place: str, *, state: str) -> Any:
        made.append(place)
        return compute._Ready(ground, state)

    monkeypatch.setattr(compute, "_made_ready", counted)
    monkeypatch.setattr(figures, "stored_state", lambda: "same")
    threads = [threading.Thread(target=compute.lacking, args=[PLACE]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [PLACE]


def test_new_figures_make_a_new_outlook(stored: None) -> None:
    before = outlook()
    known = figures.populations([PLACE, NATION], page_of=PLACE)
    grown = {place: [replace(p, women=tuple(w + 1 for w in p.women)) for p in known[place]] for place in known}
    factories.make_edition(profiles=[*grown[PLACE], *grown[NATION]], standing="illustrative")
    after = outlook()
    assert after.outlook.population.p50[0] == before.outlook.population.p50[0] + 106
    assert after.outlook.input_hash != before.outlook.input_hash


def test_a_slider_asks_the_database_for_one_thing_only(stored: None, django_assert_num_queries: Any) -> None:
    outlook()
    with django_assert_num_queries(1):
        outlook({"births": 5.0})


@pytest.mark.parametrize("levers", [{"unit_cost": 5.0}, {"healthy": 40.0, "coverage_care": -5.0}, {"births": 5.0}])
def test_what_is_kept_between_moves_changes_nothing(stored: None, levers: dict[str, float]) -> None:
    ready = compute._SHELF.get(PLACE)
    assert ready.assumptions is not None
    assert ready.run is not None
    anew, _draws = compute.engine.look_ahead(
        ready.assumptions,
        place=PLACE,
        accounts=compute._accounts(ready.ground),
        draws=compute.DRAWS,
        seed=compute.SEED,
        levers=compute._levers(levers),
        pool=ready.run.pool,
        explaining_draws=compute.EXPLAINING_DRAWS,
    )
    assert replace(outlook(levers).outlook, explained=()) == replace(anew, explained=())


def test_the_middle_follows_the_official_projection_where_it_is_asked_to(stored: None) -> None:
    ours, followed = outlook(), outlook({"follow_official": 1.0})
    newest = compute._newest(compute._SHELF.get(PLACE).ground)
    assert newest is not None
    title = compute.projection_title(PLACE)
    assert (followed.outlook.constrained_to, newest.edition) == (title, title)
    assert followed.outlook.unconstrained is not None
    for name, line in asdict(followed.outlook.unconstrained).items():  # summed in another order than the product does
        assert line == pytest.approx(getattr(ours.outlook.population, name), rel=2e-6)
    for year, at in ((2030, 4), (2040, 14)):
        wanted = {group: people[newest.years.index(year)] for group, people in newest.groups.items()}
        told = {group: followed.outlook.groups[group].p50[at] for group in ("67-79", "16-66")}
        assert told["67-79"] == pytest.approx(wanted[67, 79], rel=1e-4)
        assert told["16-66"] == pytest.approx(sum(wanted[g] for g in wanted if g[0] >= 16 and g[1] <= 66), rel=0.01)
        assert ours.outlook.groups["67-79"].p50[at] != pytest.approx(wanted[67, 79], rel=1e-4)


def test_a_lever_on_people_is_felt_on_the_path_that_is_followed(stored: None) -> None:
    told = outlook({"follow_official": 1.0, "births": 20.0})
    free = outlook({"births": 20.0})
    assert told.base is not None
    assert free.base is not None
    more = told.outlook.groups["0-5"].p50[-1] / told.base.groups["0-5"].p50[-1]
    assert more == pytest.approx(free.outlook.groups["0-5"].p50[-1] / free.base.groups["0-5"].p50[-1], rel=0.01)
    assert more > 1.1


def test_levers_move_from_the_path_that_is_followed(stored: None) -> None:
    told = outlook({"follow_official": 1.0, "unit_cost": 10.0})
    assert told.base is not None
    assert told.base.constrained_to == told.outlook.constrained_to != ""
    assert told.base.population == told.outlook.population


def test_a_scenario_is_outdated_when_the_figures_are_others(stored: None) -> None:
    told = outlook({"stay": 10.0})
    kept = compute.scenario_fields(told, levers={"stay": 10.0}, replaced={})
    scenario = type("Kept", (), kept)
    assert not compute.is_outdated(scenario)
    assert compute.is_outdated(type("Kept", (), kept | {"input_hash": "other"}))


@pytest.mark.parametrize(
    ("profiles", "sentence"),
    [
        ((), "There are no figures of the people of Drangedal by sex and age."),
        (((PLACE, 2026), (PLACE, 2025), (PLACE, 2024)), "There are no figures of the people of"),
        (
            ((PLACE, 2026), (NATION, 2026), (PLACE, 2025), (NATION, 2025)),
            "The people by sex and age are known for 2 years in a row; an outlook needs 3.",
        ),
    ],
)
def test_what_is_missing_is_told(db: None, profiles: Any, sentence: str) -> None:
    if profiles:
        each = {PLACE: 10, NATION: 1000}
        factories.make_edition(
            profiles=[factories.make_people(p, y, each=each[p], old=each[p] // 5) for p, y in profiles]
        )
    assert any(told.startswith(sentence) for told in compute.lacking(PLACE))
    with pytest.raises(RuleError, match="Fetch the figures first"):
        outlook()


def test_a_place_larger_than_its_country_is_told_and_nothing_breaks(db: None) -> None:
    wrong = [
        factories.make_people(place, year, each=each)
        for place, each in ((PLACE, 1000), (NATION, 10))
        for year in (2024, 2025, 2026)
    ]
    factories.make_edition(profiles=wrong)
    (told,) = compute.lacking(PLACE)
    assert told.startswith("The figures cannot be used: ")
    with pytest.raises(RuleError):
        outlook()


def test_the_country_is_kept_in_a_file_where_all_municipalities_are_run(
    stored: None, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SAMSKAP_DATA = tmp_path
    ready = compute._SHELF.get(PLACE)
    assert ready.assumptions is not None
    assert ready.run is not None
    ground = ready.ground
    monkeypatch.setattr(type(ground), "is_whole", True)
    first = compute._country(ready.assumptions, ground)
    (kept,) = (tmp_path / "outlook").iterdir()
    monkeypatch.setattr(compute.engine, "simulate", lambda *_args, **_options: pytest.fail("It was kept."))
    again = compute._country(ready.assumptions, ground)
    assert kept.name.startswith("country-")
    for pool in (first, again):
        assert pool is not None
        assert (pool.movers == ready.run.pool.movers).all()
        assert np.allclose(pool.national, ready.run.pool.national, rtol=1e-6)
    other = replace(ready.assumptions, immigration=ready.assumptions.immigration * 2)
    with pytest.raises(pytest.fail.Exception):
        compute._country(other, ground)


def test_only_the_errors_of_the_engine_become_words(stored: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: Any, **_options: Any) -> Any:
        raise OutlookError("Half a person.", cure="Count whole ones.")

    monkeypatch.setattr(compute.engine, "estimate", fail)
    assert compute.lacking(PLACE) == ("The figures cannot be used: Half a person. Count whole ones.",)
    assert connection.in_atomic_block
