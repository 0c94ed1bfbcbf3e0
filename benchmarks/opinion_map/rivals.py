"""Two other models of votes that the engine's was chosen against, by variational Bayes, for `prediction.py`.

Both: pull = person + statement + f.g with normal priors whose spreads are estimated. *Normal*: the vote itself (-1, 0,
1) is the pull and noise (Ilin and Raiko, JMLR 11, 2010; Lim and Teh 2007). *Ordinal*: the pull and standard normal
noise fall below, within or above a band around 0, so that a pass lies between the other two (an ordered probit, Imai,
Lo and Olmsted, APSR 110(4), 2016); each statement's band has the width that tells its share of passes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr
from worlds import World

ROUNDS = 40
HALVINGS = 30
BAND_PRIOR = 5.0

Floats = NDArray[np.float64]
Targets = Callable[[Floats, Floats, int], tuple[Floats, float]]


@dataclass(slots=True)
class Side:
    """Intercepts and factors of people or of statements: mean and covariance, the intercept first; prior spreads."""

    mean: Floats
    covariance: Floats
    prior: Floats

    @property
    def second(self) -> Floats:
        """Second moments of (intercept, factors)."""
        return self.mean[:, :, None] * self.mean[:, None, :] + self.covariance


def normal_factors(shown: World, hidden: World, *, rank: int) -> Floats:
    """The expected vote, kept in [-1, 1]."""
    values = shown.values.astype(float)
    middle = float(values.mean())

    def targets(pull: Floats, doubt: Floats, _: int) -> tuple[Floats, float]:
        return values - middle, float(np.mean((values - middle - pull) ** 2 + doubt))

    people, statements = _fitted(shown, targets, rank=rank)
    pull, _ = _pull(people, statements, rows=hidden.rows, columns=hidden.columns)
    return np.clip(middle + pull, -1.0, 1.0)


def ordinal_factors(shown: World, hidden: World, *, rank: int) -> Floats:
    """Chances of disagree, pass and agree."""
    values = shown.values
    band = np.full(shown.statements, 0.3)

    def targets(pull: Floats, doubt: Floats, at: int) -> tuple[Floats, float]:
        if at % 5 == 4:
            band[:] = _bands(shown, pull, np.sqrt(1.0 + doubt))
        half = band[shown.columns]
        low = np.where(values == 1, half, np.where(values == 0, -half, -40.0)) - pull
        high = np.where(values == 1, 40.0, np.where(values == 0, half, -half)) - pull
        inside = np.maximum(ndtr(high) - ndtr(low), 1e-12)
        return pull + (np.exp(-(low**2) / 2) - np.exp(-(high**2) / 2)) / np.sqrt(2 * np.pi) / inside, 1.0

    people, statements = _fitted(shown, targets, rank=rank)
    pull, doubt = _pull(people, statements, rows=hidden.rows, columns=hidden.columns)
    half, wide = band[hidden.columns], np.sqrt(1.0 + doubt)
    below, above = ndtr((-half - pull) / wide), ndtr((pull - half) / wide)
    return np.stack([below, np.maximum(1.0 - below - above, 0.0), above], axis=1)


def _bands(shown: World, pull: Floats, wide: Floats) -> Floats:
    cast = np.bincount(shown.columns, minlength=shown.statements)
    share = np.mean(shown.values == 0)
    passes = np.bincount(shown.columns, weights=shown.values == 0, minlength=shown.statements)
    wanted = (passes + BAND_PRIOR * share) / (cast + BAND_PRIOR)
    low, high = np.zeros(shown.statements), np.full(shown.statements, 5.0)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        half = middle[shown.columns]
        inside = ndtr((half - pull) / wide) - ndtr((-half - pull) / wide)
        told = np.bincount(shown.columns, weights=inside, minlength=shown.statements) / np.maximum(cast, 1)
        low, high = np.where(told < wanted, middle, low), np.where(told < wanted, high, middle)
    return (low + high) / 2


def _fitted(shown: World, targets: Targets, *, rank: int) -> tuple[Side, Side]:
    random, width = np.random.default_rng(0), rank + 1
    people, statements = (
        Side(random.normal(0.0, 0.1, (count, width)), np.eye(width) * np.full((count, 1, 1), 0.01), prior)
        for count, prior in ((shown.people, np.ones(width)), (shown.statements, np.full(width, 0.3)))
    )
    for at in range(ROUNDS):
        for mine, other, own, theirs in (
            (people, statements, shown.rows, shown.columns),
            (statements, people, shown.columns, shown.rows),
        ):
            pull, doubt = _pull(people, statements, rows=shown.rows, columns=shown.columns)
            values, noise = targets(pull, doubt, at)
            _step(mine, other, own=own, theirs=theirs, values=values, noise=noise)
        people.prior = np.concatenate([[np.mean(people.second[:, 0, 0])], np.ones(rank)])
        statements.prior = np.maximum(np.einsum("sii->i", statements.second) / shown.statements, 1e-9)
    return people, statements


def _step(mine: Side, other: Side, *, own: NDArray[Any], theirs: NDArray[Any], values: Floats, noise: float) -> None:
    # What the other side says of this one's intercept is 1; its own intercept is only taken away.
    design, second = other.mean.copy(), other.second
    cross = second[:, 0, :].copy()
    cross[:, 0] = other.mean[:, 0]
    design[:, 0] = 1.0
    second[:, 0, :] = second[:, :, 0] = design
    width, count = design.shape[1], len(mine.mean)
    square, told = np.zeros((count, width, width)), np.zeros((count, width))
    for one in range(width):
        pulled = values * design[theirs, one] - cross[theirs, one]
        told[:, one] = np.bincount(own, weights=pulled, minlength=count)
        for two in range(one, width):
            square[:, one, two] = np.bincount(own, weights=second[theirs, one, two], minlength=count)
            square[:, two, one] = square[:, one, two]
    mine.covariance = np.linalg.inv(square / noise + np.diag(1.0 / np.maximum(mine.prior, 1e-9)))
    mine.mean = np.einsum("nij,nj->ni", mine.covariance, told) / noise


def _pull(people: Side, statements: Side, *, rows: NDArray[Any], columns: NDArray[Any]) -> tuple[Floats, Floats]:
    one, two = people.mean[rows], statements.mean[columns]
    spread, wide = people.covariance[rows], statements.covariance[columns]
    pull = one[:, 0] + two[:, 0] + np.sum(one[:, 1:] * two[:, 1:], axis=1)
    # The pull is g' (1, f) and 1' (a): each side's vector times the other's with a 1 in place of the intercept.
    left, right = (
        np.concatenate([np.ones((len(one), 1)), one[:, 1:]], 1),
        np.concatenate([np.ones((len(two), 1)), two[:, 1:]], 1),
    )
    doubt = np.einsum("vi,vij,vj->v", left, wide, left, optimize=True)
    doubt += np.einsum("vi,vij,vj->v", right, spread, right, optimize=True)
    doubt += np.einsum("vij,vij->v", spread[:, 1:, 1:], wide[:, 1:, 1:])
    return pull, doubt
