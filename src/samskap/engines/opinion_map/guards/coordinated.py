"""Blocks of people who give the same answers to a few statements and to little else.

One such person proves nothing: anybody may answer eight statements so. What counts is how many do. The answers of
one person are taken as the pattern; everybody who answered about the same statements and few others is a follower
with an unknown chance, or else answers as the people do who answered much: with the chance that the whole pattern
has among them, place by place. The evidence of the block is the likelihood ratio over all these people, for and
against, after the chance of the pattern was multiplied by three: real opinions are more alike than any model of
them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.guards import pairs
from samskap.engines.opinion_map.guards.expectation import Expectation, expect, tilted
from samskap.engines.opinion_map.votes import Votes

FEWEST_ANSWERS = 4
FOLLOWER_SHARES = np.array([0.02, 0.1, 0.5])
LEAST_OVERLAP = 0.6
MEMBER = 0.9
MOST_LEADERS = 40
MOST_REFERENCE = 400
PROMISE = np.log(10.0)
SMALLEST_BLOCK = 5
TOLERANCE = 3.0

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """People by number, sorted, and the evidence that they follow one pattern."""

    people: tuple[int, ...]
    evidence: float


def blocks(votes: Votes, *, level: float, seed: int) -> list[Block]:
    """The blocks that stand at this level, each person in at most one; largest groups of the like are tried first."""
    given = np.bincount(votes.rows, minlength=len(votes.people))
    usual = float(np.median(given[given > 0])) if np.any(given) else 0.0
    brief = (given >= FEWEST_ANSWERS) & (given < usual)
    if np.count_nonzero(brief) < SMALLEST_BLOCK:
        return []
    expectation = expect(votes, among=given >= usual)
    reference = np.flatnonzero(given >= usual)
    places = expectation.places[reference[:: -(-len(reference) // MOST_REFERENCE)]]
    needed = float(np.log(np.count_nonzero(brief) / level))
    found: list[Block] = []
    taken, tried = np.zeros(len(votes.people), dtype=bool), 0
    for leader in _leaders(votes, expectation, brief=brief, seed=seed):
        if taken[leader] or tried == MOST_LEADERS:
            continue
        tried += 1
        block = _followers(votes, expectation, leader=leader, places=places, given=np.where(taken, 0, given))
        if block.evidence >= needed and len(block.people) >= SMALLEST_BLOCK:
            found.append(block)
            taken[list(block.people)] = True
    return found


def _leaders(votes: Votes, expectation: Expectation, *, brief: NDArray[np.bool_], seed: int) -> list[int]:
    """Brief people whom at least four others resemble in a surprising way: most resembled first."""
    first, second = pairs.similar_pairs(votes, able=brief, seed=seed)
    chances = expectation.shares[votes.columns, votes.values.astype(np.int64) + 1]
    close = pairs.pair_evidence(votes, chances, first=first, second=second) >= PROMISE
    degree = np.bincount(np.concatenate([first[close], second[close]]), minlength=len(votes.people))
    return [int(person) for person in np.argsort(-degree, kind="stable") if degree[person] >= SMALLEST_BLOCK - 1]


def _followers(votes: Votes, expectation: Expectation, *, leader: int, places: Floats, given: Ints) -> Block:
    """Who follows the pattern of `leader`, among those who answered about the same statements and few others."""
    pattern = votes.columns[votes.rows == leader]
    answer = np.full(len(votes.statements), 2, dtype=np.int8)
    answer[pattern] = votes.values[votes.rows == leader]
    inside = answer[votes.columns] != 2
    rows, columns, values = votes.rows[inside], votes.columns[inside], votes.values[inside]
    common = np.bincount(rows, minlength=len(given))
    near = (common >= LEAST_OVERLAP * np.maximum(given, len(pattern))) & (given >= FEWEST_ANSWERS)
    kept = near[rows]
    number = np.cumsum(near) - 1
    item, where = number[rows[kept]], np.searchsorted(pattern, columns[kept])
    same = values[kept] == answer[columns[kept]]
    chance = _chances(expectation, pattern, places=places, item=item, where=where, values=values[kept])
    copied = _copied(item, same=same, length=int(near.sum()))
    ratio = copied - np.minimum(chance + np.log(TOLERANCE), 0.0)
    share, evidence = _best_share(ratio)
    member = np.log(share) + ratio >= np.log(MEMBER) + np.logaddexp(np.log1p(-share), np.log(share) + ratio)
    return Block(people=tuple(np.flatnonzero(near)[member].tolist()), evidence=evidence)


def _chances(
    expectation: Expectation, pattern: Ints, *, places: Floats, item: Ints, where: Ints, values: NDArray[np.int8]
) -> Floats:
    """Log chance of each item's answers to statements of the pattern, averaged over the places of other people."""
    means = expectation.centres[pattern] + places @ expectation.loadings[pattern].T
    logs = np.log(tilted(expectation.shares[pattern], means))
    of_item = np.zeros((int(item.max()) + 1, len(pattern) * 3))
    of_item[item, where * 3 + values + 1] = 1.0
    each = of_item @ logs.reshape(len(places), -1).T
    highest = each.max(axis=1)
    return np.asarray(highest + np.log(np.mean(np.exp(each - highest[:, None]), axis=1)))


def _copied(item: Ints, *, same: NDArray[np.bool_], length: int) -> Floats:
    """Log chance of each item's answers if it follows the pattern with slips, averaged over the chances of a slip."""
    of_slip = [np.where(same, np.log(1.0 - slip), np.log(slip / 2.0)) for slip in pairs.SLIPS.tolist()]
    each = np.stack([np.bincount(item, weights=ratio, minlength=length) for ratio in of_slip])
    highest = each.max(axis=0)
    return np.asarray(highest + np.log(np.mean(np.exp(each - highest), axis=0)))


def _best_share(ratio: Floats) -> tuple[float, float]:
    """The share of followers that fits best, and the evidence averaged over the shares that are tried."""
    each = np.array([np.sum(np.logaddexp(np.log1p(-share), np.log(share) + ratio)) for share in FOLLOWER_SHARES])
    highest = each.max()
    evidence = float(highest + np.log(np.mean(np.exp(each - highest))))
    return float(FOLLOWER_SHARES[int(np.argmax(each))]), evidence
