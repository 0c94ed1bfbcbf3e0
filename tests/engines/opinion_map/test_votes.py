"""Votes keep every answer once, whatever the order they come in."""

from __future__ import annotations

import pytest

from samskap.engines.opinion_map import Votes, VotesError
from samskap.engines.opinion_map.votes import input_hash

ROWS = [("b", "2", 1), ("a", "1", -1), ("b", "1", 0)]


def test_votes_are_sorted_by_person_then_statement() -> None:
    votes = Votes.from_rows(ROWS, people=["b", "a", "c"], statements=["2", "1", "3"])
    assert (votes.people, votes.statements) == (("a", "b", "c"), ("1", "2", "3"))
    triples = list(zip(votes.rows.tolist(), votes.columns.tolist(), votes.values.tolist(), strict=True))
    assert triples == [(0, 0, -1), (1, 0, 0), (1, 1, 1)]


def test_only_keeps_the_people_and_drops_the_other_statements() -> None:
    votes = Votes.from_rows(ROWS).only(frozenset({"2"}))
    assert (votes.people, votes.statements, votes.rows.tolist(), votes.values.tolist()) == (
        ("a", "b"),
        ("2",),
        [1],
        [1],
    )


@pytest.mark.parametrize(
    ("rows", "lists", "code"),
    [
        ([("a", "1", 1), ("a", "1", 1)], {}, "votes_repeated"),
        ([("a", "1", 2)], {}, "votes_value"),
        ([("a", "1", None)], {}, "votes_value"),
        ([("a", "1", 1)], {"people": ["b"]}, "votes_unknown_person"),
        ([("a", "1", 1)], {"statements": ["2"]}, "votes_unknown_statement"),
    ],
)
def test_votes_that_contradict_themselves_are_refused(rows, lists, code) -> None:
    with pytest.raises(VotesError) as caught:
        Votes.from_rows(rows, **lists)
    assert caught.value.code == code
    assert caught.value.cure


def test_the_hash_is_the_same_in_any_order_and_different_for_any_change() -> None:
    def hashed(rows, *, strata=None, left_out=frozenset(), background=frozenset()):
        known = strata or {}
        return input_hash(Votes.from_rows(rows), strata=known, background=background, left_out=left_out)

    plain = hashed(ROWS)
    assert hashed(ROWS[::-1]) == plain
    changed = [
        hashed([("b", "2", 0), *ROWS[1:]]),
        hashed(ROWS[1:]),
        hashed(ROWS, strata={"sector": {"a": "public"}}),
        hashed(ROWS, left_out=frozenset({"1"})),
        hashed(ROWS, background=frozenset({"1"})),
    ]
    assert len({plain, *changed}) == 6
