"""Decisions on plain values."""

from __future__ import annotations

import dataclasses

import pytest

from samskap.apps.outlook import labels, rules
from samskap.engines.outlook import SERVICES, Levers


def test_every_lever_of_the_engine_is_on_the_form_and_no_other() -> None:
    plain = {field.name for field in dataclasses.fields(Levers)} - {"coverage", "initiatives"}
    covered = {f"coverage_{service}" for service in SERVICES}
    assert {lever.key for lever in (*rules.LEVERS, rules.PHASE_IN)} == plain | covered
    assert rules.COVERED == SERVICES


def test_every_lever_has_words_and_a_group() -> None:
    keys = {lever.key for lever in (*rules.LEVERS, rules.PHASE_IN)}
    assert set(labels.LEVERS) == set(labels.LEVER_HELP) == keys
    assert {lever.group for lever in rules.LEVERS} == set(labels.LEVER_GROUPS) == set(rules.LEVER_GROUPS)


@pytest.mark.parametrize(
    ("key", "persons", "expected"),
    [
        ("births", 4_100.0, (-50, 50)),
        ("jobs", 200.0, (0, 10)),  # never less than ten: a slider of two steps says nothing
        ("jobs", 4_100.0, (0, 50)),
        ("jobs", 700_000.0, (0, 10_000)),
        ("jobs", 9_000_000.0, (0, 20_000)),
        ("saved", 4_100.0, (-5_000, 5_000)),  # as far to the one side as to the other
        ("freed", 200.0, (-10, 10)),
    ],
)
def test_a_slider_reaches_as_far_as_the_place_is_large(key, persons, expected) -> None:
    lever = next(one for one in rules.LEVERS if one.key == key)
    assert rules.reach(lever, persons=persons) == expected


def test_only_what_is_pulled_is_kept() -> None:
    values = {"births": 0.0, "jobs": 5.0, "stay": -10.0, "phase_in_years": 5.0, "unknown": 3.0}
    assert rules.set_levers(values) == {"stay": -10.0, "jobs": 5.0}
    assert rules.set_levers({"jobs": 5, "phase_in_years": 10.0}) == {"jobs": 5.0, "phase_in_years": 10.0}
    assert rules.set_levers({"phase_in_years": 10.0}) == {}


def test_the_years_told_side_by_side_are_the_first_and_round_tens() -> None:
    assert rules.told_years(tuple(range(2026, 2052))) == (2026, 2030, 2040, 2050)
    assert rules.told_years(tuple(range(2030, 2041))) == (2030, 2040)


def test_levers_come_in_the_order_of_the_form_whatever_a_database_makes_of_it() -> None:
    kept = {"set.norm": "2", "jobs": "5", "phase_in_years": "8", "follow_official": "1", "births": "3", "set.debt": "1"}
    told = ["births", "jobs", "phase_in_years", "follow_official", "set.debt", "set.norm"]
    assert list(rules.in_order(kept).items()) == [(key, kept[key]) for key in told]
