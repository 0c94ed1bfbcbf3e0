"""Decisions on plain values."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskap.apps.reports import rules


@pytest.mark.parametrize(
    ("windows", "reason"),
    [
        ([], "not_opened"),
        ([("planned", "when_shown")], "not_opened"),
        ([("open", "when_shown")], "when_shown"),
        ([("closed", "after_voting"), ("open", "when_shown")], "when_shown"),
        ([("closed", "after_voting"), ("open", "never")], "never"),
    ],
)
def test_a_hidden_result_has_one_reason(windows: list[tuple[str, str]], reason: str) -> None:
    assert rules.hidden_reason(windows) == reason


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xy")), max_size=40))
def test_sectors_are_told_only_where_no_combination_is_small(cells: list[tuple[str, str]]) -> None:
    smallest = min((cells.count(cell) for cell in cells), default=0)
    assert rules.may_tell_sectors(cells) == (smallest >= 5)


def test_a_moment_is_cut_to_its_hour_in_universal_time() -> None:
    oslo = timezone(timedelta(hours=1))
    assert rules.to_the_hour(datetime(2017, 11, 14, 13, 59, 59, 5, tzinfo=oslo)) == datetime(
        2017, 11, 14, 12, tzinfo=UTC
    )


@given(st.floats(min_value=0, max_value=1))
def test_bounds_never_claim_more_than_they_know(value: float) -> None:
    assert rules.down(value) <= value * 100 + 1e-6
    assert rules.up(value) >= value * 100 - 1e-6
    assert abs(rules.percent(value) - value * 100) <= 0.5 + 1e-9


def test_whole_shares_stay_whole() -> None:
    assert [rules.down(0.57), rules.up(0.57), rules.percent(0.57)] == [57, 57, 57]
