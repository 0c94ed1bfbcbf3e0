"""The invented figures of the example: always the same, plausible, whole, and never taken for real ones."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import numpy as np
import pytest

from samskap.cli import demo_country
from samskap.cli.demo_country import grown, projections
from samskap.cli.demo_figures import HORIZON, VINTAGES, editions
from samskap.cli.demo_texts import content
from samskap.engines.outlook.ages import in_group

NOW = datetime(2026, 10, 1, tzinfo=UTC)


def people(counts: np.ndarray, first: int, last: int) -> float:
    """Persons of both sexes at these ages, of (..., 2, 121)."""
    return counts.sum(axis=-2) @ in_group((first, last))


def test_the_history_is_the_same_every_time_and_its_flows_add_up() -> None:
    one, two = grown(), grown()
    np.testing.assert_array_equal(one.town, two.town)
    np.testing.assert_array_equal(one.country, two.country)
    for persons, steps in ((one.town, one.town_steps), (one.country, one.country_steps)):
        assert (persons == np.rint(persons)).all()
        assert (persons >= 0).all()
        grew = np.diff(persons.sum(axis=(1, 2)))
        flows = [float((s.births.sum() - s.deaths.sum()) + (s.moves_in - s.moves_out).sum()) for s in steps]
        np.testing.assert_array_equal(grew, flows)


def test_the_municipality_is_small_and_rural_and_its_old_were_fewer_and_become_more() -> None:
    history = grown()
    total, old = history.town.sum(axis=(1, 2)), people(history.town, 80, 120)
    assert (total.min() > 3_900, total.max() < 4_300) == (True, True)
    assert total[-1] < 0.98 * total[0]
    assert people(history.town[-1], 0, 15) < 0.85 * people(history.town[0], 0, 15)
    # For fifteen years the old become fewer, then it turns; in Norway they become more all the while.
    lowest = int(old.argmin())
    assert 10 <= lowest <= 17
    assert old[lowest] < 0.85 * old[0]
    assert old[-1] > 1.1 * old[lowest]
    coming = people(history.town[-1], 65, 79) / people(history.town[lowest], 65, 79)
    assert coming > 1.05


def test_the_latest_figures_fit_the_accounts() -> None:
    tables = {one.table: one for one in editions("4016", now=NOW)}
    values = {figure.indicator: figure.value for figure in tables["E4"].figures if figure.period == "2025"}
    told = {
        figure.indicator: figure.value
        for figure in tables["E3"].figures
        if (figure.place, figure.period) == ("4016", "2025")
    }
    revenue = values["accounts_revenue"]
    people_now = grown().town[-1].sum()
    for key, share in {
        "net_operating_result_share": values["accounts_net_result"] / revenue,
        "net_debt_share": values["accounts_debt"] / revenue,
        "free_funds_share": values["accounts_free_funds"] / revenue,
    }.items():
        assert told[key] == pytest.approx(100 * share, abs=0.1)
    assert told["free_income_per_head"] == pytest.approx(values["accounts_free_income"] / people_now, abs=100)
    children = people(grown().town[-1], 1, 5)
    pupils = people(grown().town[-1], 6, 15)
    assert 0.85 < values["users_kindergarten"] / children < 1
    assert 0.9 < values["users_school"] / pupils < 1


def test_the_country_has_the_size_of_norway() -> None:
    # Statistics Norway, table 07459: 4.64 million in 2006 and 5.55 million in 2024.
    country = grown().country.sum(axis=(1, 2))
    assert abs(country[0] / 4.64e6 - 1) < 0.03
    assert abs(country[18] / 5.55e6 - 1) < 0.03


def test_old_projections_had_too_many_children_and_about_as_many_old() -> None:
    history = grown()
    errors = {"children": [], "old": []}
    for one in projections(history, made=(2008, 2010, 2012, 2014, 2016), until=2026):
        np.testing.assert_array_equal(one.people[0], history.town[one.made - demo_country.FIRST_YEAR])
        errors["children"].append(people(one.people[-1], 0, 5) / people(history.town[-1], 0, 5) - 1)
        errors["old"].append(people(one.people[-1], 80, 120) / people(history.town[-1], 80, 120) - 1)
    assert np.mean(errors["children"]) > max(0.1, np.mean(errors["old"]))
    assert abs(np.mean(errors["old"])) < 0.15


def test_every_table_is_illustrative_and_every_figure_is_there_once() -> None:
    tables = editions("4016", now=NOW)
    assert tables == editions("4016", now=NOW)
    assert [one.table for one in tables] == ["E1", "E2", "E3", "E4", "E7", *(f"E5-{year}" for year in VINTAGES)]
    assert {(one.standing, one.fetched_at, one.publisher) for one in tables} == {
        ("illustrative", NOW, "Samskap (tenkte tall)")
    }
    for one in tables:
        keys = Counter((f.indicator, f.place, f.period, f.breakdown) for f in one.figures)
        assert max(keys.values(), default=1) == 1
        assert all((f.value is None) == bool(f.missing) for f in one.figures)
    assert {profile.place for profile in tables[0].profiles} == {"4016", "0000"}
    assert len(tables[0].profiles) == 2 * 21
    assert {figure.period for figure in tables[-1].figures} == {str(year) for year in range(2024, HORIZON + 1)}


def test_the_accounts_add_up() -> None:
    """Revenue - services - interest - instalments + other net finance is the net operating result."""
    values = content("figures")["accounts"]["values"]
    revenue = values["accounts_free_income"] + values["accounts_other_income"]
    services = sum(value for key, value in values.items() if key.removeprefix("accounts_") in demo_services())
    result = (
        revenue - services - values["accounts_interest"] - values["accounts_instalments"]
        + values["accounts_net_finance"]
    )  # fmt: skip
    assert (revenue, result) == (values["accounts_revenue"], values["accounts_net_result"])


def demo_services() -> set[str]:
    from samskap.engines.outlook.services import SERVICES

    return set(SERVICES)


@pytest.mark.django_db
def test_all_of_it_can_be_stored() -> None:
    from samskap.apps.figures import queries
    from samskap.cli.demo_figures import store_figures

    store_figures("4016", now=NOW)
    store_figures("4016", now=NOW)
    history = queries.population_of("4016")
    assert [profile.year for profile in history] == list(range(2006, 2027))
    assert sum(history[-1].women) + sum(history[-1].men) == int(grown().town[-1].sum())
    accounts = queries.accounts_of("4016")
    assert accounts is not None
    assert (accounts.year, accounts.values["accounts_care"]) == (2025, 144_000_000)
