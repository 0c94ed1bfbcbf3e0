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


def test_the_municipality_is_small_rural_and_its_old_come_in_a_wave() -> None:
    history = grown()
    total, old = history.town.sum(axis=(1, 2)), people(history.town, 80, 120)
    assert (total.min() > 3_900, total.max() < 4_300) == (True, True)
    assert total[-1] < total[0]
    assert people(history.town[-1], 0, 15) < 0.85 * people(history.town[0], 0, 15)
    # For years there are no more old people, then they come.
    assert old[5:15].max() < 1.1 * old[0]
    assert old[-1] > 1.2 * old[0]
    assert old[-1] / total[-1] > 1.2 * people(history.country[-1], 80, 120) / history.country[-1].sum()


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
    assert np.mean(errors["children"]) > 0.1
    assert abs(np.mean(errors["old"])) < 0.1


def test_every_table_is_illustrative_and_every_figure_is_there_once() -> None:
    tables = editions("4016", now=NOW)
    assert tables == editions("4016", now=NOW)
    assert [one.table for one in tables] == ["E1", "E2", "E3", "E4", *(f"E5-{year}" for year in VINTAGES)]
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
    assert (accounts.year, accounts.values["accounts_care"]) == (2025, 148_000_000)
