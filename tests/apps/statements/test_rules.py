"""Decisions on plain values."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskap.apps.statements import rules
from samskap.apps.statements.rules import WindowState


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  to   ord \n her\t", "to ord her"),
        ("nul\x00l\x07 og \x1b[31mrød", "null og [31mrød"),
        ("usyn\u200blig\u200d, \u202esnudd\u202c og \ufeffmerke\u00ad", "usynlig, snudd og merke"),
        ("<b>fet</b> & <script>x</script>", "<b>fet</b> & <script>x</script>"),
        ("A\u030a", "Å"),
        ("\ud800halvt", "halvt"),
    ],
)
def test_cleaned_text_is_one_line_without_hidden_signs(typed: str, kept: str) -> None:
    assert rules.cleaned_text(typed) == kept


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = rules.cleaned_text(text)
    assert rules.cleaned_text(once) == once
    assert "\x00" not in once


@pytest.mark.parametrize(
    ("text", "problem"),
    [("", "empty"), ("…!?", "empty"), ("—", "empty"), ("a" * 10, None), ("a" * 11, "too_long"), ("7", None)],
)
def test_text_problem_names_what_is_wrong(text: str, problem: str | None) -> None:
    assert rules.text_problem(text, limit=10) == problem


@pytest.mark.parametrize(
    ("choice", "is_vote"), [(1, True), (0, True), (-1, True), (2, False), (True, False), ("1", False)]
)
def test_is_choice_takes_the_three_votes_alone(choice: object, is_vote: bool) -> None:
    assert rules.is_choice(choice) is is_vote


def test_similar_texts_finds_the_same_thought_in_nearly_the_same_words() -> None:
    others = {
        1: "Vi bør dele lokaler, biler og verktøy på tvers av kommune og frivillighet.",
        2: "Unge må møte én fast kontaktperson.",
        3: "Vi må dele lokaler og verktøy på tvers av kommunen og frivilligheten!",
    }
    found = rules.similar_texts("Vi må dele lokaler, biler og verktøy på tvers", others)
    assert [like.pk for like in found] == [1, 3]
    assert rules.similar_texts("Kollektivtilbudet er for dårlig", others) == []
    assert rules.likeness("Hei du!", "hei, DU") == 1.0
    assert rules.likeness("!!", "hei") == 0.0


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({"a": 12, "b": 9, "": 0}, {"a": 12, "b": 9, "": 0}),
        ({"a": 12, "b": 9, "c": 3}, {"a": 12, "b": None, "c": None}),
        ({"a": 4, "b": 0}, {"a": None, "b": 0}),
        ({"a": 4, "b": 2, "c": 40}, {"a": None, "b": None, "c": 40}),
    ],
)
def test_suppressed_counts_cannot_be_found_from_the_total(counts: dict, told: dict) -> None:
    assert rules.suppressed(counts) == told


def window(state: str, *, is_open: bool, visible: bool) -> WindowState:
    return WindowState(state=state, is_open=is_open, are_results_visible=visible)


@pytest.mark.parametrize(
    ("windows", "visible"),
    [
        ([], False),
        ([window("planned", is_open=False, visible=True)], False),
        ([window("closed", is_open=False, visible=True)], True),
        ([window("open", is_open=True, visible=False), window("closed", is_open=False, visible=True)], False),
        ([window("closed", is_open=False, visible=True), window("planned", is_open=False, visible=False)], True),
        ([window("open", is_open=True, visible=True), window("open", is_open=True, visible=False)], False),
    ],
)
def test_results_of_a_round_are_seen_where_every_deciding_window_shows_them(
    windows: list[WindowState], visible: bool
) -> None:
    assert rules.are_round_results_visible(windows) is visible


def test_a_lost_map_order_is_given_again() -> None:
    now = datetime(2017, 11, 14, 12, tzinfo=UTC)
    assert rules.is_map_order_due(None, now=now)
    assert not rules.is_map_order_due(now - timedelta(seconds=30), now=now)
    assert rules.is_map_order_due(now - timedelta(hours=1), now=now)


def test_a_code_is_compared_without_case_spaces_and_hyphens() -> None:
    assert rules.normal_code(" byg-da 7") == "BYGDA7"
