"""Everybody goes to the likeliest group: against a twin that multiplies share by share."""

from __future__ import annotations

import numpy as np
import pytest
from tests.engines.opinion_map.worlds import planted

from samskap.engines.opinion_map import Votes, classes
from samskap.engines.opinion_map.clusters import agreement
from samskap.engines.opinion_map.crowd import Block, LocalBlocks, joined


def crowd(seed: int = 3) -> tuple[Block, np.ndarray]:
    rows, truth = planted(3, people=90, statements=20, density=0.4, seed=seed)
    votes = Votes.from_rows(rows)
    return joined(votes.crowd().blocks.blocks), np.array([truth[key] for key in votes.people])


def by_hand(block: Block, labels: np.ndarray, *, groups: int, statements: int) -> np.ndarray:
    """The likeliest group of each person, share by share."""
    best = []
    person_of = np.repeat(np.arange(block.people), block.given)
    for person in range(block.people):
        told = []
        for group in range(groups):
            chance = np.log(np.mean(labels == group))
            own = zip(*(part[person_of == person] for part in (block.columns, block.values)), strict=True)
            for column, value in own:
                asked = block.columns == column
                members = asked & (labels[person_of] == group)
                same, all_same = np.sum(members & (block.values == value)), np.sum(asked & (block.values == value))
                chance += np.log((same + all_same / 10) / (members.sum() + asked.sum() / 10))
            told.append(chance)
        best.append(int(np.argmax(told)))
    return np.array(best)


@pytest.mark.parametrize("seed", [3, 4])
def test_one_round_is_that_of_the_twin(seed: int) -> None:
    block, truth = crowd(seed)
    labels = np.where(np.random.default_rng(seed).random(90) < 0.3, (truth + 1) % 3, truth)
    counts = classes.stratum_counts_of(block, labels, 3, 20)
    moved = classes.likeliest(block, classes.log_shares(counts), classes.log_sizes(labels, groups=3))
    np.testing.assert_array_equal(moved, by_hand(block, labels, groups=3, statements=20))


def test_twice_the_people_are_in_the_same_groups() -> None:
    block, truth = crowd()
    labels = np.where(np.random.default_rng(1).random(90) < 0.25, (truth + 1) % 3, truth)
    twice = block.of_people(np.repeat(np.arange(90), 2))
    once = classes.classified(block, labels, groups=3, statements=20)
    both = classes.classified(twice, np.repeat(labels, 2), groups=3, statements=20)
    np.testing.assert_array_equal(both, np.repeat(once, 2))


def test_people_put_into_wrong_groups_come_back() -> None:
    block, truth = crowd()
    labels = np.where(np.random.default_rng(1).random(90) < 0.25, (truth + 1) % 3, truth)
    found = classes.classified(block, labels, groups=3, statements=20)
    assert agreement(truth, found) > agreement(truth, labels) + 0.3


def test_the_groups_of_some_are_enough_to_place_everybody() -> None:
    block, truth = crowd()
    some = np.where(np.arange(90) % 3 == 0, truth, -1)
    found = classes.classified_all(LocalBlocks.of(block), some, groups=3, statements=20, needed=5)
    np.testing.assert_array_equal(found < 0, block.given < 5)
    assert agreement(truth[found >= 0], found[found >= 0]) > 0.8
