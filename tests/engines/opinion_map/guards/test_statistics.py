"""The statistics of the guards, each beside a slow and obvious twin."""

from __future__ import annotations

from itertools import combinations
from math import erfc, exp, log, sqrt

import numpy as np
import pytest
from numpy.typing import NDArray

from samskap.engines.opinion_map.guards import careless, coordinated, pairs
from samskap.engines.opinion_map.guards.expectation import expect, person_chances, styled, tilted

from .attacks import conversation, votes_of


def test_tilted_shares_have_the_mean_that_is_asked_for() -> None:
    random = np.random.default_rng(1)
    shares = random.dirichlet([1.0, 1.0, 1.0], size=50)
    means = random.uniform(-0.97, 0.97, size=50)
    told = tilted(shares, means)
    assert np.allclose(told.sum(axis=1), 1.0)
    assert np.allclose(told[:, 2] - told[:, 0], means)
    lean = np.log(told[:, 2] / told[:, 1]) - np.log(shares[:, 2] / shares[:, 1])
    assert np.allclose(np.log(told[:, 0] / told[:, 1]) - np.log(shares[:, 0] / shares[:, 1]), -lean)
    assert np.allclose(tilted(shares, shares[:, 2] - shares[:, 0]), shares) or np.any(np.abs(means) > 0.97)


def test_an_expected_mean_beyond_the_extreme_is_kept_within_it() -> None:
    told = tilted(np.array([0.2, 0.3, 0.5]), np.array(1.4))
    assert told[2] - told[0] == pytest.approx(0.97)


def test_habits_make_the_expected_number_of_passes_nearly_the_given_one() -> None:
    random = np.random.default_rng(2)
    grid = random.choice([1, -1], size=(60, 40))
    grid[:10][random.random((10, 40)) < 0.6] = 0
    votes = votes_of(grid)
    plain = np.full((votes.count, 3), 1 / 3)
    fitted = styled(votes, plain)
    passes = np.bincount(votes.rows, weights=fitted[:, 1])
    assert np.all(np.abs(passes - np.sum(grid == 0, axis=1)) < 3.0)


def test_the_axes_explain_two_camps() -> None:
    world = conversation(people=200, statements=40).votes
    everyone = np.ones(len(world.people), dtype=bool)
    found = expect(world, among=everyone)
    own = np.arange(world.count), world.values.astype(np.int64) + 1
    flat, mapped = found.shares[world.columns][own], person_chances(world, found)[own]
    assert np.mean(np.log(mapped)) > np.mean(np.log(flat)) + 0.1


def plain_evidence(
    one: dict[int, tuple[int, float]], other: dict[int, tuple[int, float]], *, slips: tuple[float, ...]
) -> float:
    ratios = []
    for slip in slips:
        total = 0.0
        for statement in one.keys() & other.keys():
            chance = max(one[statement][1], other[statement][1])
            total += log((1 - slip) / chance + slip) if one[statement][0] == other[statement][0] else log(slip)
        ratios.append(exp(total))
    return log(sum(ratios) / len(ratios))


def test_the_evidence_of_a_pair_is_that_of_its_slow_twin() -> None:
    votes = conversation(people=12, statements=15).votes
    random = np.random.default_rng(3)
    chances = random.uniform(0.05, 0.95, votes.count)
    said: dict[int, dict[int, tuple[int, float]]] = {}
    for row, column, value, chance in zip(votes.rows, votes.columns, votes.values, chances, strict=True):
        said.setdefault(int(row), {})[int(column)] = (int(value), float(chance))
    first, second = (np.array(part) for part in zip(*combinations(range(12), 2), strict=True))
    slow = [plain_evidence(said[i], said[j], slips=tuple(pairs.SLIPS)) for i, j in zip(first, second, strict=True)]
    assert np.allclose(pairs.pair_evidence(votes, chances, first=first, second=second), slow)


def test_evidence_of_a_copy_is_an_e_value() -> None:
    """Under chance the mean of its exponential is at most one."""
    random = np.random.default_rng(4)
    chance = np.array([0.5, 0.7, 0.9, 0.6])
    draws = 20_000
    same = random.random((draws, 4)) < chance
    item = np.repeat(np.arange(draws), 4)
    told = pairs.copied_against(item, np.tile(chance, draws), same=same.ravel(), length=draws)
    assert np.mean(np.exp(told)) < 1.0 + 4 * np.std(np.exp(told)) / sqrt(draws)


@pytest.mark.parametrize("seed", range(20))
def test_discoveries_are_those_of_benjamini_and_hochberg(seed: int) -> None:
    random = np.random.default_rng(seed)
    evidence = random.exponential(4.0, size=30)
    ordered = sorted(evidence.tolist(), reverse=True)
    standing = [k for k in range(1, 31) if exp(-ordered[k - 1]) <= 0.05 * k / 100]
    kept = evidence >= ordered[max(standing) - 1] if standing else np.zeros(30, dtype=bool)
    assert np.array_equal(pairs.discoveries(evidence, tested=100, level=0.05), kept)


def jaccard(grid: NDArray[np.int64], one: int, other: int) -> float:
    said = [{(j, v) for j, v in enumerate(grid[person].tolist()) if v != 9} for person in (one, other)]
    return len(said[0] & said[1]) / len(said[0] | said[1])


def test_minhash_finds_the_pairs_that_share_nine_tenths() -> None:
    random = np.random.default_rng(5)
    grid = np.where(random.random((300, 200)) < 0.3, random.integers(-1, 2, (300, 200)), 9)
    for one, other in zip(range(0, 100, 2), range(1, 100, 2), strict=True):
        grid[other] = grid[one]
        changed = random.permutation(np.flatnonzero(grid[one] != 9))[:2]
        grid[other, changed] = 9
    found = set(zip(*pairs.similar_pairs(votes_of(grid), able=np.ones(300, dtype=bool), seed=1), strict=True))
    alike = {(i, j) for i, j in combinations(range(300), 2) if jaccard(grid, i, j) > 0.9}
    assert len(alike) == 50
    assert alike <= found
    assert len(found) < 120


def test_both_ways_of_looking_find_the_same_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    world = conversation(people=300, statements=80, duplicates=0.1).votes
    chances = np.full(world.count, 0.5)
    every = pairs.alike(world, chances, level=0.01, seed=1)
    monkeypatch.setattr(pairs, "MOST_WORK", 0)
    similar = pairs.alike(world, chances, level=0.01, seed=1)
    assert (every.search, similar.search) == ("every_pair", "similar_pairs")
    told = [set(zip(found.first.tolist(), found.second.tolist(), strict=True)) for found in (every, similar)]
    assert len(told[0]) >= 12
    assert told[0] == told[1]


def test_looking_at_every_pair_misses_none() -> None:
    votes = conversation(people=90, statements=80, duplicates=0.2).votes
    chances = np.random.default_rng(7).uniform(0.3, 0.9, votes.count)
    first, second = np.triu_indices(90, k=1)
    evidence = pairs.pair_evidence(votes, chances, first=first, second=second)
    slow = pairs.discoveries(evidence, tested=len(first), level=0.01)
    fast = pairs.alike(votes, chances, level=0.01, seed=1)
    assert fast.tested == len(first)
    assert np.count_nonzero(slow) >= 5
    assert np.array_equal(fast.first, first[slow])
    assert np.array_equal(fast.second, second[slow])
    assert np.allclose(fast.evidence, evidence[slow])


def test_connected_people_are_one_set() -> None:
    assert pairs.connected(np.array([1, 4, 8]), np.array([2, 9, 9])) == [[1, 2], [4, 8, 9]]


def test_too_many_similar_pairs_make_the_bands_longer() -> None:
    grid = np.tile(np.array([1, -1, 0, 1, 1, -1]), (900, 1))
    first, second = pairs.similar_pairs(votes_of(grid), able=np.ones(900, dtype=bool), seed=1)
    assert (len(first), len(second)) == (0, 0)


def test_the_fit_of_a_person_is_that_of_its_slow_twin() -> None:
    votes = conversation(people=20, statements=25).votes
    chances = np.random.default_rng(6).dirichlet([2.0, 1.0, 2.0], size=votes.count)
    slow = []
    for person in range(20):
        mine = np.flatnonzero(votes.rows == person)
        mean = sum(p * log(p) for vote in mine for p in chances[vote])
        square = sum(sum(p * log(p) ** 2 for p in chances[vote]) for vote in mine)
        spread = sqrt(square - sum(sum(p * log(p) for p in chances[vote]) ** 2 for vote in mine))
        given = sum(log(chances[vote][votes.values[vote] + 1]) for vote in mine)
        slow.append((given - mean) / spread)
    assert np.allclose(careless.person_fit(votes, chances), slow)


def test_the_evidence_of_a_misfit_is_the_tail_beyond_the_spread_of_those_below() -> None:
    fit = np.array([0.0] * 20 + [-1.0] * 10 + [1.0] * 20 + [-6.0])
    told = careless._misfit(fit, enough=np.ones(51, dtype=bool))
    assert told[-1] == pytest.approx(-log(erfc(6.0 / (1.0 / 0.6745) / sqrt(2)) / 2))


def test_chances_of_a_pattern_are_averaged_over_people_not_over_statements() -> None:
    """Two camps that always answer otherwise: a pattern of one camp has half a chance, not a half to the tenth."""
    side = np.repeat([1, -1], 100)[:, None] * np.ones((1, 10), dtype=np.int64)
    votes = votes_of(side)
    found = expect(votes, among=np.ones(200, dtype=bool))
    item, where = np.zeros(10, dtype=np.int64), np.arange(10)
    told = coordinated._chances(
        found, np.arange(10), places=found.places, item=item, where=where, values=np.ones(10, dtype=np.int8)
    )
    assert told[0] > log(0.3)


def test_a_follower_share_that_fits_gives_the_evidence() -> None:
    ratio = np.array([5.0, 5.0, -5.0, -5.0, -5.0])
    each = [
        np.prod([1 - share + share * exp(x) for x in ratio.tolist()]) for share in coordinated.FOLLOWER_SHARES.tolist()
    ]
    share, evidence = coordinated._best_share(ratio)
    assert (share, evidence) == (0.5, pytest.approx(log(sum(each) / 3)))
