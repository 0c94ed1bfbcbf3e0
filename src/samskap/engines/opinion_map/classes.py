"""Who belongs to which group, by likelihood: each person to the group whose answers are most like theirs.

Places on a few axes are good for finding where groups are, and poor for telling who is in them: they forget most of
what a person said. So from a first grouping each statement's shares of disagree, pass and agree are counted by group,
and everybody goes to the group under whose shares their own answers are likeliest (classification by a latent class
model, Celeux and Govaert 1992). Passing is an answer of its own here. Each statement's shares are drawn towards all's
by a tenth of all its answers, so that a group that few answers are known of is judged by little. Twice the people give
the same groups.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.crowd import Block, Blocks, split, stratum_counts_of

LEAST = 1e-9
ROUNDS = 2
WEIGHT = 0.1


def classified(block: Block, labels: NDArray[np.int64], *, groups: int, statements: int) -> NDArray[np.int64]:
    """The groups of one block's people, from a first grouping (-1 for none), moved on for a few rounds or until nobody
    moves."""
    for _ in range(ROUNDS):
        counts = stratum_counts_of(block, labels, groups, statements)
        moved = likeliest(block, log_shares(counts), log_sizes(labels, groups=groups))
        if np.array_equal(moved, labels):
            break
        # A group that nobody is left in would be a number without people: the round before stands.
        if np.all(labels >= 0) and len(np.unique(moved)) < len(np.unique(labels)):
            break
        labels = moved
    return labels


def classified_all(
    blocks: Blocks, labels: NDArray[np.int64], *, groups: int, statements: int, needed: int
) -> NDArray[np.int64]:
    """The groups of everybody with `needed` votes (-1 for others), from the groups of some of them (-1 for others)."""
    for _ in range(ROUNDS):
        counts = sum(blocks.each(stratum_counts_of, groups, statements, parts=split(labels, blocks.sizes)))
        told = blocks.each(likeliest, log_shares(counts), log_sizes(labels, groups=groups), needed)
        labels = np.concatenate([np.zeros(0, dtype=np.int64), *told])
    return labels


def log_sizes(labels: NDArray[np.int64], *, groups: int) -> NDArray[np.float64]:
    """Logarithms of the groups' shares of people."""
    sizes = np.bincount(labels[labels >= 0], minlength=groups)
    return np.asarray(np.log(np.maximum(sizes / max(1, sizes.sum()), LEAST)))


def log_shares(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Logarithms of shares (statements, 3, groups) from counts (groups, statements, 3)."""
    everybody = counts.sum(axis=0)
    total = counts.sum(axis=2, keepdims=True) + WEIGHT * everybody.sum(axis=1, keepdims=True)
    shares = (counts + WEIGHT * everybody) / np.maximum(total, LEAST)
    # What nobody of those counted has answered says nothing about anybody's group, and next to nothing here.
    return np.ascontiguousarray(np.log(np.maximum(shares, LEAST)).transpose(1, 2, 0))


def likeliest(
    block: Block, log_share: NDArray[np.float64], log_size: NDArray[np.float64], needed: int = 0
) -> NDArray[np.int64]:
    """The likeliest group of each person with `needed` votes, -1 for the others."""
    from samskap.engines.opinion_map import kernels  # noqa: PLC0415 -- slow import

    told = np.tile(log_size, (block.people, 1))
    kernels.class_evidence(block.starts, block.columns, block.values, log_share, told)
    best = np.argmax(told, axis=1)
    return np.where(block.given >= max(needed, 1), best, -1) if needed else best
