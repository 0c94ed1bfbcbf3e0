"""What benefits change of the room for manoeuvre, against a twin that walks day by day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samskap.apps.benefits.rules.forecasts import Course
from samskap.apps.benefits.rules.room import (
    Amounts,
    Hold,
    Promise,
    counted_twice,
    level,
    posts_of,
    room_effect,
    to_come,
)

ROOT = Path(__file__).resolve().parents[3]
TODAY, BY, ACCOUNTS = date(2026, 11, 29), date(2036, 12, 31), date(2025, 12, 31)


def day(months: int) -> date:
    """The first of a month, so many months after January 2025."""
    return date(2025 + months // 12, months % 12 + 1, 1)


def promise(
    *, kind: str = "saved_money", start: int | None = 1000, targets: dict[int, int] | None = None,
    measured: dict[int, int] | None = None, **more: Any,
) -> Promise:  # fmt: skip
    """A cost of 1000 that is to fall; targets and measurements by months after January 2025."""
    baseline = None if start is None else (date(2024, 12, 1), Decimal(start))
    due, came = (
        tuple((day(month), Decimal(value)) for month, value in (numbers or {}).items())
        for numbers in (targets, measured)
    )
    return Promise(kind, Course("lower", date(2025, 1, 1), baseline, due), came, **more)


def amounts(*promises: Promise, accounts: date | None = ACCOUNTS) -> Amounts:
    return room_effect(promises, today=TODAY, by=BY, accounts=accounts).saved


def test_a_measured_level_is_carried_on_and_what_the_accounts_hold_is_not_counted_again() -> None:
    one = promise(measured={9: 900, 18: 700})
    assert [level(one, day(m)) for m in (8, 9, 17, 18, 60)] == [0, 100, 100, 300, 300]
    found = amounts(one)
    assert found == Amounts(realised=Decimal(300), in_accounts=Decimal(100))
    assert (found.new, found.whole) == (200, 200)
    assert amounts(one, accounts=None).new == 300


def test_what_ended_is_gone_from_the_day_it_ended_and_takes_back_what_the_accounts_held() -> None:
    one = promise(measured={9: 900}, targets={30: 500}, ended_on=day(15))
    assert [level(one, day(m)) for m in (14, 15)] == [100, 0]
    assert amounts(one) == Amounts(in_accounts=Decimal(100))
    assert amounts(one).new == -100


def test_a_target_is_hoped_for_until_something_is_measured_for_its_day() -> None:
    assert amounts(promise(targets={30: 600})).hoped == 400
    assert amounts(promise(targets={20: 600}, measured={20: 800})) == Amounts(realised=Decimal(200))
    # Two weeks before the day is near enough; what lacked is not realised, and hoped for no more.
    assert amounts(promise(targets={22: 600, 30: 500}, measured={20: 800})).hoped == 300
    assert amounts(promise(targets={30: 600}, certainty="sure")) == Amounts(sure=Decimal(400))
    assert amounts(promise(targets={200: 600})).hoped == 0  # later than is looked at


def test_what_went_better_than_the_target_is_carried_on() -> None:
    assert to_come(promise(targets={30: 900}, measured={18: 700}), today=TODAY, by=BY) == 0


def test_a_harm_counts_below_zero_and_can_only_grow() -> None:
    harm = promise(start=0, measured={18: 50}, targets={30: 80}, is_harm=True)
    assert amounts(harm) == Amounts(realised=Decimal(-50), hoped=Decimal(-30))
    assert amounts(promise(start=0, measured={18: 90}, targets={30: 80}, is_harm=True)).hoped == 0


def test_without_a_baseline_nothing_is_counted_and_it_is_said() -> None:
    effect = room_effect([promise(start=None, targets={30: 1})], today=TODAY, by=BY)
    assert (effect.saved, effect.counted, effect.waiting, effect.last_due) == (Amounts(), 0, 1, None)


def told_examples() -> list[list[str]]:
    """The rows of the table in the explanation."""
    lines = (ROOT / "docs/explanation/benefits-and-the-outlook.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return rows[2:]


@pytest.mark.parametrize("row", told_examples())
def test_the_examples_of_the_explanation_are_right(row: list[str]) -> None:
    baseline, before, since, target, certainty, *expected = row
    came = {month: int(value) for month, value in ((9, before), (18, since)) if value != "–"}
    one = promise(
        start=int(baseline), measured=came, targets={} if target == "–" else {30: int(target)}, certainty=certainty
    )
    found = amounts(one)
    assert [found.realised, found.in_accounts, found.new, found.sure + found.hoped] == list(map(Decimal, expected))


def test_kinds_are_never_added() -> None:
    found = room_effect(
        [promise(measured={18: 900}), promise(kind="avoided_cost", measured={18: 800}),
         promise(kind="freed_time", measured={18: 650}), promise(kind="quality", measured={18: 1})],
        today=TODAY, by=BY,
    )  # fmt: skip
    assert [one.realised for one in (found.saved, found.avoided, found.freed)] == [100, 200, 350]
    assert found.counted == 3
    assert posts_of(found.freed.realised, hours_a_post=1750) == Decimal("0.2")


def slow(one: Promise, on: date) -> Decimal:
    """The level day by day from the baseline on."""
    if one.course.baseline is None:
        return Decimal(0)
    now, here = Decimal(0), one.course.baseline[0]
    while here <= on:
        for when, value in one.measured:
            if when == here:
                now = one.course.baseline[1] - value
        if one.ended_on == here:
            return Decimal(0)
        here += timedelta(days=1)
    return now


@st.composite
def promises(draw: Any) -> Promise:
    months = draw(st.lists(st.integers(0, 30), unique=True, max_size=4))
    return promise(
        start=draw(st.none() | st.integers(500, 1500)),
        measured={m: draw(st.integers(0, 2000)) for m in sorted(m for m in months if day(m) <= TODAY)},
        targets={
            m: draw(st.integers(0, 2000)) for m in sorted(draw(st.lists(st.integers(1, 40), unique=True, max_size=3)))
        },
        certainty=draw(st.sampled_from(["sure", "hoped"])),
        is_harm=draw(st.booleans()),
        ended_on=draw(st.none() | st.integers(0, 30).map(day)),
    )


@settings(max_examples=40, deadline=None)
@given(found=st.lists(promises(), max_size=4))
def test_the_sums_are_those_of_a_walk_day_by_day(found: list[Promise]) -> None:
    effect = room_effect(found, today=TODAY, by=BY, accounts=ACCOUNTS)
    assert effect.saved.realised == sum(slow(one, TODAY) for one in found)
    assert effect.saved.in_accounts == sum(slow(one, ACCOUNTS) for one in found)
    coming = {"sure": Decimal(0), "hoped": Decimal(0)}
    for one in found:
        is_over = one.ended_on is not None and one.ended_on <= TODAY
        open_ = [
            value for due, value in one.course.targets
            if due <= BY and all(when < due - timedelta(days=14) for when, _value in one.measured)
        ]  # fmt: skip
        if one.course.baseline is not None and open_ and not is_over:
            more = one.course.baseline[1] - open_[-1] - slow(one, TODAY)
            coming[one.certainty] += min(more, Decimal(0)) if one.is_harm else max(more, Decimal(0))
    assert coming == {"sure": effect.saved.sure, "hoped": effect.saved.hoped}
    assert effect.saved.whole == effect.saved.new + sum(coming.values())


@pytest.mark.parametrize(
    ("holds", "expected"),
    [
        ([Hold(1, "saved_money", link=7), Hold(2, "saved_money", link=7), Hold(3, "saved_money", link=8)], ((1, 2),)),
        ([Hold(1, "saved_money", link=7), Hold(2, "freed_time", link=7)], ()),
        ([Hold(1, "saved_money", link=7), Hold(2, "saved_money", is_harm=True, link=7)], ()),
        ([Hold(1, "quality", link=7), Hold(2, "quality", link=7)], ()),  # never summed
        ([Hold(1, "saved_money", series="a"), Hold(2, "saved_money", series="a")], ((1, 2),)),
        ([Hold(1, "saved_money", link=7, series="a"), Hold(2, "saved_money", link=7, series="a")], ((1, 2),)),
        ([Hold(1, "saved_money"), Hold(2, "saved_money")], ()),
    ],
)
def test_one_saving_that_is_told_twice_is_found(holds: list[Hold], expected: tuple[Any, ...]) -> None:
    assert counted_twice(holds) == expected
