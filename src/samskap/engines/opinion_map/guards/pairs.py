"""Pairs of people who answer alike beyond what two people of one opinion would.

The evidence of a pair is the logarithm of a likelihood ratio over the statements that both answered: copied (the
second repeats the first, but slips with a chance of 1, 3 or 6 %) against independent. Under the second, its
exponential is at most 1 on average (an e-value), so evidence t arises by chance at most exp(-t) of the time, and
`discoveries` keeps the share of false alarms among those found at the level whatever the pairs have in common
(e-Benjamini-Hochberg: Wang and Ramdas, JRSS B 84, 2022).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.guards.result import Search
from samskap.engines.opinion_map.votes import Votes

BAND = 4
BANDS = 12
BLOCK = 512
CHUNK = 4_096
LONGEST_BAND = 24
MOST_PAIRS = 200_000
MOST_WORK = 2_000_000_000
ROUNDING = 0.01
SLIPS = np.array([0.01, 0.03, 0.06])

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of people by number, `first` < `second`, with their evidence; `tested` pairs were looked at in all."""

    first: Ints
    second: Ints
    evidence: Floats
    tested: int
    search: Search


def alike(votes: Votes, chances: Floats, *, level: float, seed: int) -> Pairs:
    """The pairs that answer alike beyond chance, at this share of false alarms.

    `chances` is, for each vote, the chance that this person would cast it. Every pair is compared while that is
    cheap; in larger conversations those that minhash finds, which are sure to share most of their answers.
    """
    voters = int(np.count_nonzero(np.bincount(votes.rows, minlength=len(votes.people))))
    tested = voters * (voters - 1) // 2
    search: Search = "every_pair" if voters**2 * len(votes.statements) <= MOST_WORK else "similar_pairs"
    least = np.log(max(tested, 1) / level) - np.log(MOST_PAIRS)
    surprise = -np.log(chances)
    able = np.bincount(votes.rows, weights=surprise, minlength=len(votes.people)) >= max(least, 1.0)
    if search == "every_pair":
        first, second = _promising(votes, surprise, able=able, least=max(least, 1.0))
    else:
        first, second = similar_pairs(votes, able=able, seed=seed)
    evidence = pair_evidence(votes, chances, first=first, second=second)
    found = discoveries(evidence, tested=tested, level=level)
    return Pairs(first[found], second[found], evidence[found], tested=tested, search=search)


def discoveries(evidence: Floats, *, tested: int, level: float) -> NDArray[np.bool_]:
    """Which of the candidates stand, with `tested` looked at: the k best for the largest k at which each has
    evidence of at least log(tested / (level k))."""
    order = np.argsort(-evidence, kind="stable")
    needed = np.log(max(tested, 1) / level) - np.log(np.arange(1, len(evidence) + 1))
    enough = np.flatnonzero(evidence[order] >= needed)
    found = np.zeros(len(evidence), dtype=bool)
    found[order[: enough[-1] + 1 if enough.size else 0]] = True
    return found


def pair_evidence(votes: Votes, chances: Floats, *, first: Ints, second: Ints) -> Floats:
    """Evidence of each pair, over the statements that both answered; the likelier of the two chances counts."""
    starts = np.searchsorted(votes.rows, np.arange(len(votes.people) + 1))
    size = max(1, len(votes.statements))
    key = votes.rows * size + votes.columns
    total = np.zeros(len(first))
    for begin in range(0, len(first), CHUNK):
        one, other = first[begin : begin + CHUNK], second[begin : begin + CHUNK]
        given = starts[one + 1] - starts[one]
        pair = np.repeat(np.arange(len(one)), given)
        mine = np.arange(len(pair)) - np.repeat(np.cumsum(given) - given, given) + np.repeat(starts[one], given)
        wanted = other[pair] * size + votes.columns[mine]
        theirs = np.minimum(np.searchsorted(key, wanted), len(key) - 1)
        shared = key[theirs] == wanted
        pair, mine, theirs = pair[shared], mine[shared], theirs[shared]
        same = votes.values[mine] == votes.values[theirs]
        chance = np.maximum(chances[mine], chances[theirs])
        total[begin : begin + CHUNK] = copied_against(pair, chance, same=same, length=len(one))
    return total


def copied_against(item: Ints, chance: Floats, *, same: NDArray[np.bool_], length: int) -> Floats:
    """Log likelihood ratio of copied against independent for each item, from its answers (`same`: as the original).

    The average over the three chances of a slip, in which the answer is drawn anew.
    """
    of_slip = np.empty((len(SLIPS), length))
    for place, slip in enumerate(SLIPS):
        ratio = np.log(np.where(same, (1.0 - slip) / chance, 0.0) + slip)
        of_slip[place] = np.bincount(item, weights=ratio, minlength=length)
    highest = of_slip.max(axis=0)
    return np.asarray(highest + np.log(np.mean(np.exp(of_slip - highest), axis=0)))


def _promising(votes: Votes, surprise: Floats, *, able: NDArray[np.bool_], least: float) -> tuple[Ints, Ints]:
    """Pairs that could reach `least`: by blocks of the people-by-people tables of agreements and differences.

    The promise is never below the evidence: an agreement adds minus the log of one person's chance or the other's,
    whichever sum is smaller, and a difference takes off what it takes off at the largest chance of a slip. At most
    200,000 pairs, those of highest promise.
    """
    people = np.flatnonzero(able)
    number = np.cumsum(able) - 1
    kept = able[votes.rows]
    token = votes.columns[kept] * 3 + votes.values[kept] + 1
    said = np.zeros((len(people), 3 * len(votes.statements)), dtype=np.float32)
    weight = np.zeros_like(said)
    said[number[votes.rows[kept]], token] = 1.0
    weight[number[votes.rows[kept]], token] = surprise[kept]
    answered = said.reshape(len(people), len(votes.statements), 3).sum(axis=2)
    found: list[tuple[Ints, Ints, NDArray[np.float32]]] = []
    for begin in range(0, len(people), BLOCK):
        end = min(begin + BLOCK, len(people))
        promise = np.minimum(weight[begin:end] @ said[begin:].T, said[begin:end] @ weight[begin:].T)
        differ = answered[begin:end] @ answered[begin:].T - said[begin:end] @ said[begin:].T
        promise += np.float32(np.log(SLIPS.max())) * differ
        promise[np.tril_indices(end - begin, m=promise.shape[1])] = 0.0
        one, other = np.nonzero(promise >= least - ROUNDING)
        found.append((people[one + begin], people[other + begin], promise[one, other]))
    if not found:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    first, second, promise = (np.concatenate(part) for part in zip(*found, strict=True))
    best = np.sort(np.argsort(-promise, kind="stable")[:MOST_PAIRS])
    return first[best], second[best]


def similar_pairs(votes: Votes, *, able: NDArray[np.bool_], seed: int) -> tuple[Ints, Ints]:
    """Pairs of `able` people whose sets of answers are much alike, by minhash (Broder 1997).

    Twelve bands of four hashes: two people who have four fifths of all their answers in common are found with a
    chance of 0.998, those who have half with 0.54. Where that gives too many pairs, the bands get longer.
    """
    kept = able[votes.rows]
    starts = np.flatnonzero(np.diff(votes.rows[kept], prepend=-1))
    people = votes.rows[kept][starts]
    token = votes.columns[kept] * 3 + votes.values[kept] + 1
    random = np.random.default_rng(seed)
    band = BAND
    signature = _signature(token, starts=starts, size=3 * len(votes.statements), random=random)
    while True:
        pairs = _bands(signature, band=band)
        if pairs is not None or band >= LONGEST_BAND:
            break
        band *= 2
    if pairs is None:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    return people[pairs // max(1, len(people))], people[pairs % max(1, len(people))]


def _signature(token: Ints, *, starts: Ints, size: int, random: np.random.Generator) -> NDArray[np.uint32]:
    """The smallest hash of each person's answers, under each of the hashes (people, hashes)."""
    hashes = BAND * BANDS
    signature = np.zeros((len(starts), hashes), dtype=np.uint32)
    for place in range(hashes if len(starts) else 0):
        table = random.permutation(size).astype(np.uint32)
        signature[:, place] = np.minimum.reduceat(table[token], starts)
    return signature


def _bands(signature: NDArray[np.uint32], *, band: int) -> Ints | None:
    """Pairs that agree in a whole band, as first * people + second; None where they are too many."""
    people, hashes = signature.shape
    found: list[Ints] = []
    for begin in range(0, hashes - band + 1, band):
        code = np.zeros(people, dtype=np.uint64)
        for place in range(begin, begin + band):
            code = code * np.uint64(6_364_136_223_846_793_005) + signature[:, place] + np.uint64(1_442_695_040_888_963)
        order = np.argsort(code, kind="stable")
        one, other = _within_runs(code[order])
        if len(one) > MOST_PAIRS:
            return None
        found.append(order[one] * people + order[other])
    return np.unique(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)


def _within_runs(code: NDArray[np.uint64]) -> tuple[Ints, Ints]:
    """Places (earlier, later) of all pairs of equal neighbours in a sorted array; only one more than the limit of
    them where there are too many."""
    place = np.arange(len(code))
    changes = np.flatnonzero(code[1:] != code[:-1]) + 1
    ends = np.append(changes, len(code))
    later = np.repeat(ends, np.diff(ends, prepend=0)) - place - 1
    if int(later.sum()) > MOST_PAIRS:
        return np.zeros(MOST_PAIRS + 1, dtype=np.int64), np.zeros(0, dtype=np.int64)
    one = np.repeat(place, later)
    return one, one + 1 + np.arange(len(one)) - np.repeat(np.cumsum(later) - later, later)


def connected(first: Ints, second: Ints) -> list[list[int]]:
    """Sets of people joined by pairs, each sorted, in order of their first member."""
    from scipy.sparse import coo_array  # noqa: PLC0415 -- slow import
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415 -- slow import

    people, place = np.unique(np.concatenate([first, second]), return_inverse=True)
    ends = np.split(place, [len(first)])
    joined = coo_array((np.ones(len(first)), (ends[0], ends[1])), shape=(len(people), len(people)))
    _, label = connected_components(joined, directed=False)
    sets: dict[int, list[int]] = {}
    for person, name in zip(people.tolist(), label.tolist(), strict=True):
        sets.setdefault(name, []).append(person)
    return list(sets.values())
