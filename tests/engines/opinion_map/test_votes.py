"""Votes keep every answer once, whatever the order they come in."""

from __future__ import annotations

import numpy as np
import pytest
from tests.engines.opinion_map.worlds import planted

from samskap.engines.opinion_map import Votes, VotesError, crowd
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


def test_arrays_in_any_order_are_the_same_votes_as_rows() -> None:
    rows, _ = planted(2, people=40, statements=12, density=0.5)
    random = np.random.default_rng(1)
    people, statements = (random.permutation(sorted({row[at] for row in rows})).tolist() for at in (0, 1))
    mixed = [rows[at] for at in random.permutation(len(rows)).tolist()]
    made = Votes.from_arrays(
        people,
        statements,
        rows=np.array([people.index(person) for person, _, _ in mixed]),
        columns=np.array([statements.index(statement) for _, statement, _ in mixed]),
        values=np.array([value for _, _, value in mixed]),
    )
    plain = Votes.from_rows(rows)
    assert (made.people, made.statements) == (plain.people, plain.statements)
    for name in ("rows", "columns", "values"):
        np.testing.assert_array_equal(getattr(made, name), getattr(plain, name))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"people": ["a", "a"]}, "votes_repeated_person"),
        ({"statements": ["1", "1"]}, "votes_repeated_statement"),
        ({"rows": np.array([0, 2])}, "votes_unknown_person"),
        ({"columns": np.array([-1, 1])}, "votes_unknown_statement"),
        ({"values": np.array([1, 2])}, "votes_value"),
        ({"rows": np.array([0, 0]), "columns": np.array([1, 1])}, "votes_repeated"),
    ],
)
def test_arrays_that_contradict_themselves_are_refused(change, code: str) -> None:
    given = {
        "people": ["a", "b"],
        "statements": ["1", "2"],
        "rows": np.array([0, 1]),
        "columns": np.array([0, 1]),
        "values": np.array([1, -1]),
        **change,
    }
    with pytest.raises(VotesError) as refused:
        Votes.from_arrays(given.pop("people"), given.pop("statements"), **given)
    assert refused.value.code == code


def test_blocks_hold_every_vote_of_whole_people_and_start_at_whole_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, _ = planted(2, people=2_100, statements=10)
    votes = Votes.from_rows(rows)
    hashed = input_hash(votes, strata={}, background=frozenset(), left_out=frozenset())
    monkeypatch.setattr(crowd, "VOTES_A_BLOCK", 300)
    cut = votes.crowd()
    assert cut.blocks.sizes == (1_024, 1_024, 52)
    together = crowd.joined(cut.blocks.blocks)
    np.testing.assert_array_equal(together.columns, votes.columns)
    np.testing.assert_array_equal(np.repeat(np.arange(2_100), together.given), votes.rows)
    assert hashed == input_hash(votes, strata={}, background=frozenset(), left_out=frozenset())
    some = np.array([2_050, 3, 1_500, 1_024, 7])
    chosen = crowd.gathered(cut.blocks, some)
    twin = [votes.columns[votes.rows == person].tolist() for person in some]
    assert [part.tolist() for part in np.split(chosen.columns, chosen.starts[1:-1])] == twin
