"""Two maps beside each other: only what surely moved is said to have moved."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from tests.engines.opinion_map.worlds import any_rows, planted

from samskap.engines.opinion_map import OpinionMap, Votes, compare, map_opinions

STATEMENTS = 40
MOVED = (0, 1, 2)


def answers(*, people: int, seed: int, shares: np.ndarray) -> OpinionMap:
    """People who answer every statement by chance, so many of them agreeing."""
    random = np.random.default_rng(seed)
    agree = random.random((people, STATEMENTS)) < shares
    rows = [(f"p{i}", f"s{j:02}", 1 if agree[i, j] else -1) for i in range(people) for j in range(STATEMENTS)]
    return map_opinions(Votes.from_rows(rows))


def test_a_planted_change_is_found_and_nothing_else_is_said_to_have_moved() -> None:
    was = np.full(STATEMENTS, 0.6)
    now = was.copy()
    now[list(MOVED)] = (0.9, 0.3, 0.95)
    changes = compare(answers(people=200, seed=1, shares=was), answers(people=200, seed=2, shares=now))
    assert {c.statement: c.way for c in changes.statements if c.way != "unsure"} == {
        "s00": "up", "s01": "down", "s02": "up",
    }  # fmt: skip
    assert changes.statements[0].statement == "s02"
    assert changes.level < changes.rate == 0.05


def test_where_nothing_moved_little_is_said_to_have_moved() -> None:
    shares = np.linspace(0.1, 0.9, STATEMENTS)
    said = 0
    for seed in range(20):
        changes = compare(
            answers(people=60, seed=2 * seed, shares=shares), answers(people=60, seed=2 * seed + 1, shares=shares)
        )
        said += any(change.way != "unsure" for change in changes.statements)
    # At most one in twenty lists may hold a false change; four of twenty would be beyond chance.
    assert said <= 3


def test_bounds_hold_the_difference_and_turn_round_with_time() -> None:
    random = np.random.default_rng(5)
    one = answers(people=40, seed=8, shares=random.random(STATEMENTS))
    two = answers(people=70, seed=9, shares=random.random(STATEMENTS))
    there, back = compare(one, two), compare(two, one)
    backwards = {change.statement: change for change in back.statements}
    turned = {"up": "down", "down": "up", "unsure": "unsure"}
    for change in there.statements:
        other = backwards[change.statement]
        assert change.lower <= change.difference <= change.upper
        assert np.allclose((change.lower, change.upper), (-other.upper, -other.lower))
        assert change.way == turned[other.way]
    assert (there.gained, there.lost) == (back.lost, back.gained)


def test_the_same_map_has_not_changed() -> None:
    rows, _ = planted(2, people=120, statements=20)
    result = map_opinions(Votes.from_rows(rows))
    changes = compare(result, result)
    assert {change.way for change in changes.statements} == {"unsure"}
    assert (changes.gained, changes.lost) == ((), ())
    assert len(changes.kept) == len(result.common_ground)
    assert changes.both == changes.people_before == changes.people_after == 120
    assert [(g.size_before, g.size_after, g.stayed) for g in changes.groups] == [
        (group.size, group.size, group.size) for group in result.groups
    ]


def test_nothing_is_told_about_fewer_than_five() -> None:
    shares = np.full(STATEMENTS, 0.5)
    few, many = answers(people=4, seed=1, shares=shares), answers(people=50, seed=2, shares=shares)
    changes = compare(few, many)
    assert changes.statements == ()
    assert changes.both is None


@given(any_rows(), any_rows())
@settings(max_examples=30, deadline=None)
def test_any_two_maps_can_be_compared(one: list, two: list) -> None:
    changes = compare(map_opinions(Votes.from_rows(one)), map_opinions(Votes.from_rows(two)))
    assert all(-1.0 <= c.lower <= c.difference <= c.upper <= 1.0 for c in changes.statements)
