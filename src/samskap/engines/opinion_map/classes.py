"""Who belongs to which group, by likelihood: each person to the group whose answers are most like theirs.

Places on a few axes are good for finding where groups are, and poor for telling who is in them: they forget most of
what a person said. So from a first grouping each statement's shares of disagree, pass and agree are counted by group,
and everybody goes to the group under whose shares their own answers are likeliest (classification by a latent class
model, Celeux and Govaert 1992). Passing is an answer of its own here. Shares are drawn towards everybody's by twelve
answers, and nobody's own votes speak for the group they are in.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.crowd import Block, Blocks, split, stratum_counts_of

ROUNDS = 2
WEIGHT = 12.0


def classified(block: Block, labels: NDArray[np.int64], *, groups: int, statements: int) -> NDArray[np.int64]:
    """The groups of one block's people, from a first grouping (-1 for none), moved on for a few rounds or until nobody
    moves."""
    for _ in range(ROUNDS):
        counts = stratum_counts_of(block, labels, groups, statements)
        sizes = np.bincount(labels[labels >= 0], minlength=groups)
        moved = likeliest(block, labels, *log_shares(counts), _log_sizes(sizes))
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
    for _ in range(2):
        parts = split(labels, blocks.sizes)
        counts = sum(blocks.each(stratum_counts_of, groups, statements, parts=parts))
        sizes = np.bincount(labels[labels >= 0], minlength=groups)
        told = blocks.each(likeliest, *log_shares(counts), _log_sizes(sizes), needed, parts=parts)
        labels = np.concatenate([np.zeros(0, dtype=np.int64), *told])
    return labels


def _log_sizes(sizes: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.asarray(np.log((sizes + 1.0) / (sizes.sum() + len(sizes))))


def log_shares(counts: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Log shares (statements, 3, groups) of counts (groups, statements, 3), and the same without one such answer."""
    everybody = counts.sum(axis=0) + 1.0
    drawn = WEIGHT * everybody / everybody.sum(axis=1, keepdims=True)
    total = counts.sum(axis=2, keepdims=True) + WEIGHT
    shares = (counts + drawn) / total
    rest = (np.maximum(counts - 1, 0) + drawn) / np.maximum(total - 1.0, WEIGHT)
    return _by_statement(np.log(shares)), _by_statement(np.log(rest))


def _by_statement(table: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.ascontiguousarray(table.transpose(1, 2, 0))


def likeliest(
    block: Block,
    own: NDArray[np.int64],
    log_share: NDArray[np.float64],
    log_rest: NDArray[np.float64],
    log_size: NDArray[np.float64],
    needed: int = 0,
) -> NDArray[np.int64]:
    """The likeliest group of each person with `needed` votes, -1 for the others."""
    from samskap.engines.opinion_map import kernels  # noqa: PLC0415 -- slow import

    told = np.tile(log_size, (block.people, 1))
    kernels.class_evidence(block.starts, block.columns, block.values, log_share, log_rest, own, told)
    return np.where(block.given >= max(needed, 1), np.argmax(told, axis=1), -1) if needed else np.argmax(told, axis=1)
