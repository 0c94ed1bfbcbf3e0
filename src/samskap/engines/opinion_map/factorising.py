"""Rounds of variational Bayes for the factorisation of votes; what is fitted stands in `factorisation.py`.

Posterior: places of people and loadings of statements are independent normal blocks. Each answer carries a Pólya-Gamma
variable (Polson, Scott and Windle, JASA 108, 2013; its mean is the bound of Jaakkola and Jordan, 2000), which makes
every step a weighted least squares with known spread, as in Lim and Teh (2007) and Ilin and Raiko (JMLR 11, 2010).
Between the steps places are whitened and loadings turned back (Ilin and Raiko, section 3.4), unless that lowers the
evidence. So the evidence never falls.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.crowd import THREADS, Block, compressed, in_threads

Floats = NDArray[np.float64]

ANSWERS = 2
PRIOR_STATEMENTS = 20.0  # the prior of loadings weighs as much as so many statements with the spread of `prior_spread`
PRIOR_INTERCEPT, PRIOR_LOADING = 1.0, 0.5
MOST_ROUNDS = 200
REST = 3e-5  # evidence gained a vote
START_INTERCEPT, START_AXIS, START_SPREAD = 0.3, 0.5, 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """The same votes by person and by statement (`columns` of the latter are people)."""

    by_person: Block
    by_statement: Block

    @classmethod
    def of(cls, block: Block, *, statements: int) -> Answers:
        """Both orders of the votes of a block."""
        rows = np.repeat(np.arange(block.people), block.given)
        return cls(block, compressed(statements, block.columns.astype(np.int64), rows, block.values))

    @property
    def count(self) -> int:
        """Number of votes."""
        return len(self.by_person.values)


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """Posterior means and covariances, and the prior of loadings, all estimated.

    `means` (people, 1 + rank) begin with a 1 that has no spread, `covariance` is (people, rank, rank); `loads`
    (statements, 2, 1 + rank) are those of agreeing and of speaking at all, `load_covariance` their spread; `middle`
    (2, 1 + rank) and `spread` (2, 1 + rank, 1 + rank) are the prior of loads.
    """

    means: Floats
    covariance: Floats
    loads: Floats
    load_covariance: Floats
    middle: Floats
    spread: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """The last state, and the evidence (bound on the log-likelihood of all votes) after each round."""

    state: State
    evidence: tuple[float, ...]
    settled: bool


def fitted(answers: Answers, *, start: State) -> Fitted:
    """Rounds from `start` until the evidence rises by less than `REST` a vote (or for `MOST_ROUNDS`)."""
    state, evidence = start, [-np.inf]
    for _ in range(MOST_ROUNDS if answers.count else 0):
        state, reached = one_round(answers, state)
        evidence.append(reached)
        if reached - evidence[-2] < REST * answers.count:
            return Fitted(state, tuple(evidence[1:]), settled=True)
    return Fitted(state, tuple(evidence[1:]), settled=answers.count == 0)


def start_from(axes: Floats, *, people: int, means: Floats, rank: int) -> State:
    """A fixed start: everybody in the middle; loadings are `axes` (statements, at least rank - 1), after the first
    one a direction common to all statements; `means` (statements) are mean votes."""
    statements, width = len(means), rank + 1
    loads = np.zeros((statements, ANSWERS, width))
    loads[:, 0, 0], loads[:, 1, 0] = means, 1.0
    directions = np.concatenate([START_AXIS * axes[:, :1], np.zeros((statements, 1)), START_AXIS * axes[:, 1:]], axis=1)
    directions[:, 1] = START_INTERCEPT
    loads[:, 0, 1:] = directions[:, :rank]
    return State(
        means=np.eye(1, width).repeat(people, axis=0),
        covariance=np.eye(rank)[None].repeat(people, axis=0),
        loads=loads,
        load_covariance=np.full((statements, ANSWERS, 1, 1), START_SPREAD) * np.eye(width),
        middle=np.zeros((ANSWERS, width)),
        spread=np.eye(width)[None].repeat(ANSWERS, axis=0),
    )


def one_round(answers: Answers, state: State) -> tuple[State, float]:
    """People, then statements, then the prior; and the evidence as it was before the statements moved."""
    moved = whitened(people_step(answers, state))
    square, pull, likelihood = _sums(answers.by_statement, moved, side="statements")
    reached = likelihood - doubt(moved)
    return with_prior(_statement_step(moved, square=square, pull=pull)), reached


def people_step(answers: Answers, state: State) -> State:
    """The best places of people, with their covariance, given all else."""
    square, pull, _ = _sums(answers.by_person, state, side="people")
    precision = _whole(square, width=state.means.shape[1])
    covariance = np.asarray(np.linalg.inv(precision[:, 1:, 1:] + np.eye(state.covariance.shape[1])), dtype=np.float64)
    means = state.means.copy()
    means[:, 1:] = np.einsum("pij,pj->pi", covariance, pull[:, 1:] - precision[:, 1:, 0])
    return replace(state, means=means, covariance=covariance)


def _statement_step(state: State, *, square: Floats, pull: Floats) -> State:
    prior = np.linalg.inv(state.spread)
    covariance = np.linalg.inv(_whole(square, width=state.means.shape[1]) + prior)
    target = pull + np.einsum("aij,aj->ai", prior, state.middle)
    return replace(state, loads=np.einsum("saij,saj->sai", covariance, target), load_covariance=covariance)


def with_prior(state: State) -> State:
    """The most probable prior of loadings, where one more statement has loadings 0 and `PRIOR_STATEMENTS` more have
    a fixed spread (normal and inverse Wishart, Gelman et al., Bayesian Data Analysis, section 3.6)."""
    statements, _, width = state.loads.shape
    middle = state.loads.sum(axis=0) / (statements + 1)
    found = _moments(replace(state, middle=middle)) + PRIOR_STATEMENTS * prior_spread(width)
    return replace(state, middle=middle, spread=found / (statements + 1 + PRIOR_STATEMENTS))


def prior_spread(width: int) -> Floats:
    """What the spread of loadings is thought to be before any vote: (width, width), the intercept first."""
    return np.diag([PRIOR_INTERCEPT, *[PRIOR_LOADING] * (width - 1)])


def _moments(state: State) -> Floats:
    """Squares of the distances of loadings, and of 0, from their middle, with what they are unsure."""
    away = np.concatenate([state.loads, np.zeros((1, *state.middle.shape))]) - state.middle
    return np.asarray(np.einsum("sai,saj->aij", away, away) + state.load_covariance.sum(axis=0))


def whitened(state: State) -> State:
    """The same chances of every vote with places that have mean 0 and spread 1 in all, if the evidence gains."""
    rank = state.covariance.shape[1]
    if rank == 0:
        return state
    centre = state.means[:, 1:].mean(axis=0)
    away = state.means[:, 1:] - centre
    values, vectors = np.linalg.eigh((away.T @ away + state.covariance.sum(axis=0)) / len(away))
    root = np.sqrt(values)
    back = np.eye(rank + 1)
    back[0, 1:], back[1:, 1:] = centre, (vectors * root) @ vectors.T
    turned = linear(state, forth=(vectors / root) @ vectors.T, centre=centre, back=back)
    gained = _places_doubt(state) + _prior_doubt(state) - _places_doubt(turned) - _prior_doubt(turned)
    return turned if gained >= 0.0 else state


def linear(state: State, *, forth: Floats, centre: Floats, back: Floats) -> State:
    """Places moved by `centre` and turned by `forth`, loadings by `back`, which undoes it."""
    means = state.means.copy()
    means[:, 1:] = (means[:, 1:] - centre) @ forth.T
    return State(
        means=means,
        covariance=forth @ state.covariance @ forth.T,
        loads=state.loads @ back.T,
        load_covariance=back @ state.load_covariance @ back.T,
        middle=state.middle @ back.T,
        spread=back @ state.spread @ back.T,
    )


def doubt(state: State) -> float:
    """What the posterior costs beside the likelihood: its divergence from the prior, and that prior's own."""
    statements, answers, width = state.loads.shape
    loads = np.sum(np.linalg.inv(state.spread) * _moments(state)) - statements * answers * width
    loads += statements * _logarithm(state.spread) - _logarithm(state.load_covariance)
    return float(loads) / 2.0 + _places_doubt(state) + _prior_doubt(state)


def _places_doubt(state: State) -> float:
    people, rank = state.covariance.shape[:2]
    squares = np.sum(state.means[:, 1:] ** 2) + np.einsum("pii->", state.covariance)
    return float(squares - people * rank - _logarithm(state.covariance)) / 2.0


def _prior_doubt(state: State) -> float:
    # Without the distance of the middle from 0, which stands in `_moments` and which turning does not change.
    before, logarithm = prior_spread(state.means.shape[1]), _logarithm(state.spread)
    over = logarithm + np.sum(np.linalg.inv(state.spread) * before) - state.middle.size
    over -= len(state.spread) * _logarithm(before)
    return (PRIOR_STATEMENTS * float(over) + logarithm) / 2.0


def _logarithm(matrices: Floats) -> float:
    return float(np.sum(np.linalg.slogdet(matrices)[1]))


def _sums(block: Block, state: State, *, side: str) -> tuple[Floats, Floats, float]:
    from samskap.engines.opinion_map import factorisation_kernels as kernels  # noqa: PLC0415 -- slow import

    sums = kernels.people_sums if side == "people" else kernels.statement_sums
    width = state.means.shape[1]
    weight = _triangle(2.0 - np.eye(width))
    shape = (len(state.means),) if side == "people" else state.loads.shape[:2]
    square, pull = np.zeros((*shape, len(weight))), np.zeros((*shape, width))
    means, pairs, load_pairs = state.means, _place_pairs(state), _load_pairs(state)
    votes, known = (block.starts, block.columns, block.values), (means, pairs, state.loads, load_pairs, weight)
    calls = [(*votes, first, last, *known, square, pull) for first, last in _parts(block)]
    return square, pull, sum(told or 0.0 for told in in_threads(sums, calls))


def _parts(block: Block) -> list[tuple[int, int]]:
    # Each row's sums are its own, so that the cut changes nothing; likelihoods are added part by part, in order.
    shares = [len(block.values) * part // THREADS for part in range(1, THREADS)]
    edges = [0, *np.searchsorted(block.starts, shares).tolist(), block.people]
    return [(first, last) for first, last in pairwise(edges) if last > first]


def _place_pairs(state: State) -> Floats:
    moments = state.means[:, :, None] * state.means[:, None, :]
    moments[:, 1:, 1:] += state.covariance
    return _triangle(moments)


def _load_pairs(state: State) -> Floats:
    return _triangle(state.loads[..., :, None] * state.loads[..., None, :] + state.load_covariance)


def _triangle(matrices: Floats) -> Floats:
    down, across = np.triu_indices(matrices.shape[-1])
    return np.ascontiguousarray(matrices[..., down, across])


def _whole(triangles: Floats, *, width: int) -> Floats:
    down, across = np.triu_indices(width)
    matrices = np.empty((*triangles.shape[:-1], width, width))
    matrices[..., down, across] = triangles
    matrices[..., across, down] = triangles
    return matrices
