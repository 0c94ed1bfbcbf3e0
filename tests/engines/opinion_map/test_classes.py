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
    """The likeliest group of each person; each one's own answers are left out of the shares of the own group."""
    best = []
    everybody = np.ones((statements, 3))
    for column, value in zip(block.columns, block.values, strict=True):
        everybody[column, value + 1] += 1
    person_of = np.repeat(np.arange(block.people), block.given)
    for person in range(block.people):
        told = []
        for group in range(groups):
            chance = np.log((np.sum(labels == group) + 1) / (len(labels) + groups))
            for column, value in zip(
                *(part[person_of == person] for part in (block.columns, block.values)), strict=True
            ):
                members = (labels[person_of] == group) & (person_of != person) & (block.columns == column)
                same = np.sum(members & (block.values == value))
                prior = classes.WEIGHT * everybody[column, value + 1] / everybody[column].sum()
                chance += np.log((same + prior) / (members.sum() + classes.WEIGHT))
            told.append(chance)
        best.append(int(np.argmax(told)))
    return np.array(best)


@pytest.mark.parametrize("seed", [3, 4])
def test_one_round_is_that_of_the_twin(seed: int) -> None:
    block, truth = crowd(seed)
    labels = np.where(np.random.default_rng(seed).random(90) < 0.3, (truth + 1) % 3, truth)
    counts = classes.stratum_counts_of(block, labels, 3, 20)
    sizes = np.log((np.bincount(labels, minlength=3) + 1) / (90 + 3))
    moved = classes.likeliest(block, labels, *classes.log_shares(counts), sizes)
    np.testing.assert_array_equal(moved, by_hand(block, labels, groups=3, statements=20))


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
