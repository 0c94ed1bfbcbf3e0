from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskap.apps.gatherings import rules
from samskap.apps.gatherings.models import CODE_ALPHABET

NOON = datetime(2026, 11, 14, 12, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["bcd234", " BCD 234 ", "b-c-d-2-3-4", "Bcd\u00a0234", "BCD.234"])
def test_case_spaces_and_dashes_do_not_matter_in_a_code(typed: str) -> None:
    assert rules.tidy_code(typed) == "BCD234"


@pytest.mark.parametrize("typed", ["BCO234", "BC0234", "8CD234", "BCDZ34"])
def test_signs_that_look_alike_are_taken_for_each_other(typed: str) -> None:
    assert rules.are_alike("BCD234", typed)


def test_other_signs_are_not_forgiven() -> None:
    assert not rules.are_alike("BCD234", "BCD235")
    assert not rules.are_alike("BCD234", "BCD23")


def test_codes_hold_no_sign_that_cannot_be_told_from_a_figure_nought_or_one() -> None:
    assert set(CODE_ALPHABET) & set("AEIOUY01L") == set()


@pytest.mark.parametrize(("present", "ms"), [(0, 1500), (375, 1500), (500, 2000), (1000, 4000), (5000, 5000)])
def test_phones_ask_more_seldom_the_more_they_are(present: int, ms: int) -> None:
    assert rules.phone_interval_ms("open", present=present) == ms


def test_phones_rest_when_the_gathering_has_ended() -> None:
    assert rules.phone_interval_ms("ended", present=3) == 30_000


@pytest.mark.parametrize(
    ("capacity", "registered", "state"),
    [(None, 900, "registered"), (2, 1, "registered"), (2, 2, "waiting"), (2, 3, "waiting")],
)
def test_a_place_is_given_while_there_are_places(capacity: int | None, registered: int, state: str) -> None:
    assert rules.place_in_line(capacity, registered=registered) == state


@pytest.mark.parametrize(
    ("current", "around"), [(None, (None, 5)), (5, (None, 7)), (7, (5, 9)), (9, (7, None)), (1, (None, 5))]
)
def test_the_slots_before_and_after(current: int | None, around: tuple[int | None, int | None]) -> None:
    assert rules.neighbours([5, 7, 9], current=current) == around


def test_an_empty_programme_has_nothing_before_or_after() -> None:
    assert rules.neighbours([], current=None) == (None, None)


def test_states_follow_the_day_and_an_ended_one_can_open_again() -> None:
    moves = {(a, b) for a in rules._MOVES for b in ("planned", "open", "ended") if rules.may_move_to(a, wanted=b)}
    assert moves == {("planned", "open"), ("open", "ended"), ("ended", "open")}


def test_a_rehearsal_can_be_wiped_until_the_beginning_and_never_after_the_end() -> None:
    before, after = NOON - timedelta(minutes=1), NOON + timedelta(minutes=1)
    assert rules.may_be_reset("open", starts_at=NOON, illustrative=False, now=before)
    assert not rules.may_be_reset("open", starts_at=NOON, illustrative=False, now=after)
    assert rules.may_be_reset("open", starts_at=NOON, illustrative=True, now=after)
    assert not rules.may_be_reset("ended", starts_at=NOON, illustrative=True, now=before)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"a": 10, "b": 20, "c": 0}, {"a": 10, "b": 20, "c": 0}),
        ({"a": 10, "b": 4, "c": 20}, {"a": None, "b": None, "c": 20}),
        ({"a": 4, "b": 4, "c": 20}, {"a": None, "b": None, "c": 20}),
        ({"a": 1, "b": 2, "c": 20, "d": 9}, {"a": None, "b": None, "c": 20, "d": None}),
        ({"a": 3, "b": 0}, {"a": None, "b": 0}),
        ({"a": None, "b": 6, "c": 9}, {"a": None, "b": None, "c": 9}),
    ],
)
def test_small_numbers_are_hidden_and_cannot_be_counted_back(
    counts: dict[str, int | None], shown: dict[str, int | None]
) -> None:
    assert rules.shown_counts(counts) == shown


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 60)))
def test_a_shown_breakdown_never_tells_about_fewer_than_five(counts: dict[str, int]) -> None:
    shown = rules.shown_counts(counts)
    hidden = [counts[key] for key in counts if shown[key] is None]
    assert all(shown[key] in (None, counts[key]) for key in counts)
    assert all(count == 0 or count >= 5 for count in shown.values() if count is not None)
    alone = not any(counts[key] for key in counts if shown[key] is not None)
    assert not hidden or alone or (sum(hidden) >= 5 and len(hidden) >= 2)
