"""A new map lies as the one before: same axes, same letters."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.opinion_map.worlds import planted

from samskap.engines.opinion_map import OpinionMap, Votes, map_opinions, matching


def turned(xy: np.ndarray, *, angle: float, mirror: float = 1.0) -> np.ndarray:
    cos, sin = np.cos(angle), np.sin(angle)
    return xy @ np.array([[cos, -sin], [sin, cos]]) @ np.diag([1.0, mirror])


@pytest.mark.parametrize("mirror", [1.0, -1.0])
@pytest.mark.parametrize("angle", [0.0, 0.4, 2.0, 3.1])
def test_a_turned_or_mirrored_map_is_turned_back(angle: float, mirror: float) -> None:
    before = np.random.default_rng(1).normal(size=(30, 2)) * [2.0, 1.0]
    now = turned(before, angle=angle, mirror=mirror)
    turn = matching.turn_to(before, now)
    np.testing.assert_allclose(now @ turn, before, atol=1e-12)
    np.testing.assert_allclose(turn.T @ turn, np.eye(2), atol=1e-12)


def test_without_common_people_nothing_is_turned() -> None:
    np.testing.assert_array_equal(matching.turn_to(np.zeros((0, 2)), np.zeros((0, 2))), np.eye(2))
    np.testing.assert_array_equal(matching.turn_to(np.zeros((9, 2)), np.ones((9, 2))), np.eye(2))


def best_by_trying(before: list, now: list[int], *, order: list[int]) -> int:
    """How many people can keep their letter at most, by trying every pairing."""
    old = sorted({letter for letter in before if letter})
    most = 0
    for chosen in itertools.permutations([*old, *"?" * len(order)], len(order)):
        pairs = dict(zip(order, chosen, strict=True))
        most = max(
            most,
            sum(letter is not None and pairs.get(number) == letter for letter, number in zip(before, now, strict=True)),
        )
    return most


@given(st.lists(st.tuples(st.sampled_from(["A", "B", "C", None]), st.integers(-1, 2)), max_size=25))
@settings(deadline=None)
def test_as_many_as_possible_keep_their_letter(pairs) -> None:
    before, now = [letter for letter, _ in pairs], [number for _, number in pairs]
    order = [0, 1, 2]
    letters = matching.letters_after(before, np.array(now, dtype=np.int64), order=order)
    assert len(set(letters.values())) == 3
    kept = sum(letter is not None and letters.get(number) == letter for letter, number in pairs)
    assert kept == best_by_trying(before, now, order=order)
    known = {letter for letter in before if letter}
    for number in order:
        if not any(own == number and letter for letter, own in pairs):
            assert letters[number] not in known


def test_a_group_that_splits_leaves_its_letter_to_the_larger_part() -> None:
    before = ["A"] * 10 + ["B"] * 6
    now = np.array([2] * 7 + [0] * 3 + [1] * 6)
    assert matching.letters_after(before, now, order=[2, 1, 0]) == {2: "A", 1: "B", 0: "C"}


def places(result: OpinionMap) -> np.ndarray:
    return np.array([(person.x, person.y) for person in result.people])


def test_the_next_map_lies_beside_the_one_before() -> None:
    rows, _ = planted(3, people=180, statements=40)
    first = map_opinions(Votes.from_rows(rows))
    # Everybody mirrored: by itself this map would lie the other way round.
    flipped = Votes.from_rows([(person, statement, -value) for person, statement, value in rows])
    alone, beside = map_opinions(flipped), map_opinions(flipped, previous=first)
    np.testing.assert_allclose(places(beside), places(first), atol=1e-9)
    assert [(person.key, person.group) for person in beside.people] == [(p.key, p.group) for p in first.people]
    told = beside.alignment
    assert told is not None
    assert (told.common, told.letters, alone.alignment) == (180, ("A", "B", "C"), None)
    turn = np.array([[told.xx, told.xy], [told.yx, told.yy]])
    np.testing.assert_allclose(places(alone) @ turn, places(beside), atol=1e-9)
    loadings = [np.array([(s.x, s.y) for s in result.statements]) for result in (alone, beside)]
    np.testing.assert_allclose(loadings[0] @ turn, loadings[1], atol=1e-9)


def test_letters_stay_when_sizes_change_places() -> None:
    rows, member = planted(2, people=120, statements=30)
    first = map_opinions(Votes.from_rows(rows))
    letter = {person.key: person.group for person in first.people}
    large = [key for key in member if letter[key] == "A"]
    gone = set(large[: len(large) - 20])
    fewer = Votes.from_rows([row for row in rows if row[0] not in gone])
    alone, beside = map_opinions(fewer), map_opinions(fewer, previous=first)
    assert [group.size for group in alone.groups] == sorted((g.size for g in alone.groups), reverse=True)
    stayed = [person.group == letter[person.key] for person in beside.people]
    assert np.mean(stayed) > 0.95
    assert [group.key for group in beside.groups] == ["A", "B"]
    assert beside.groups[0].size < beside.groups[1].size
