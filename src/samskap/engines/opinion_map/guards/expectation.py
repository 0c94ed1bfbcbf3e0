"""What people with these opinions would answer: the ground that every guard compares with.

A person's answer to a statement is drawn from the shares of its three answers, tilted (p(v) proportional to
share(v) exp(v t)) so that its mean is the one that the person's place on the two main axes predicts. So people of
one opinion may answer alike as much as they like: only what goes beyond that is odd.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.votes import Votes

AXES = 2
AXES_PEOPLE = 5_000
AXES_ROUNDS = 12
EXTREME = 0.97
PLACE_ROUNDS = 6
PRIOR_ANSWERS = 2.0
STYLE_PRIOR = 2.0
TINY = 1e-9

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Expectation:
    """`shares` (statements, 3: disagree, pass, agree), their mean `centres`, `loadings` (statements, 2), `places`
    (people, 2)."""

    shares: Floats
    centres: Floats
    loadings: Floats
    places: Floats

    def means(self, rows: NDArray[np.int64], columns: NDArray[np.int32]) -> Floats:
        """The expected answer, from -1 to 1, of each person to the statement beside."""
        return np.asarray(self.centres[columns] + np.sum(self.loadings[columns] * self.places[rows], axis=1))


def expect(votes: Votes, *, among: NDArray[np.bool_]) -> Expectation:
    """Shares and axes as the people `among` show them, and the places of all people on these axes."""
    shares = answer_shares(votes, among=among)
    centres = shares[:, 2] - shares[:, 0]
    residuals = votes.values - centres[votes.columns]
    loadings = _axes(votes, residuals=residuals, among=among)
    places, spread = _places(votes, residuals=residuals, loadings=loadings, among=among)
    return Expectation(shares=shares, centres=centres, loadings=loadings * spread, places=places / spread)


def answer_shares(votes: Votes, *, among: NDArray[np.bool_]) -> Floats:
    """Shares of the three answers to each statement, drawn to those over all statements by two answers' weight."""
    kept = among[votes.rows]
    code = votes.columns[kept] * 3 + votes.values[kept] + 1
    counts = np.bincount(code, minlength=3 * len(votes.statements)).reshape(-1, 3)
    overall = (counts.sum(axis=0) + 1.0) / (counts.sum() + 3.0)
    return np.asarray((counts + PRIOR_ANSWERS * overall) / (counts.sum(axis=1, keepdims=True) + PRIOR_ANSWERS))


def tilted(shares: Floats, means: Floats) -> Floats:
    """Shares (…, 3) tilted so that their mean is `means` (…), which are kept within 0.97 of the middle.

    With y = exp(t) the mean m of (a / y, b, c y) solves c (1 - m) y^2 - m b y - a (1 + m) = 0.
    """
    aim = np.clip(means, -EXTREME, EXTREME)
    against, passed, favour = shares[..., 0], shares[..., 1], shares[..., 2]
    high = favour * (1.0 - aim)
    linear = aim * passed
    root = (linear + np.sqrt(linear**2 + 4.0 * high * against * (1.0 + aim))) / (2.0 * high)
    weights = np.stack([against / root, np.broadcast_to(passed, root.shape), favour * root], axis=-1)
    return np.asarray(weights / weights.sum(axis=-1, keepdims=True))


def person_chances(votes: Votes, expectation: Expectation) -> Floats:
    """The chances of the three answers (votes, 3) at each vote, for a person who stands where this one does."""
    return tilted(expectation.shares[votes.columns], expectation.means(votes.rows, votes.columns))


def by_person(votes: Votes, weights: Floats) -> Floats:
    """Sum of one weight a vote over each person's votes."""
    return np.bincount(votes.rows, weights=weights, minlength=len(votes.people)).astype(np.float64)


def styled(votes: Votes, expected: Floats) -> Floats:
    """`expected` (votes, 3) fitted to how often each person passes, agrees and disagrees, drawn to the expected."""
    fitted = expected
    for _ in range(2):
        weight = np.empty((len(votes.people), 3))
        for answer in range(3):
            given = by_person(votes, (votes.values == answer - 1).astype(np.float64))
            weight[:, answer] = (given + STYLE_PRIOR) / (by_person(votes, fitted[:, answer]) + STYLE_PRIOR)
        fitted = fitted * weight[votes.rows]
        fitted = fitted / fitted.sum(axis=1, keepdims=True)
    return fitted


def _axes(votes: Votes, *, residuals: Floats, among: NDArray[np.bool_]) -> Floats:
    """Two orthonormal axes (statements, 2) near the main ones; of more than 5,000 people an even part is asked."""
    statements, people = len(votes.statements), len(votes.people)
    chosen = np.flatnonzero(among)[:: max(1, int(among.sum()) // AXES_PEOPLE)]
    asked = np.zeros(people, dtype=bool)
    asked[chosen] = True
    kept = asked[votes.rows]
    rows, columns, values = votes.rows[kept], votes.columns[kept], residuals[kept]
    block = np.random.default_rng(0).standard_normal((statements, min(AXES, statements)))
    for _ in range(AXES_ROUNDS if values.size else 0):
        block = np.linalg.qr(block)[0]
        image = [
            np.bincount(
                columns,
                weights=values * np.bincount(rows, weights=values * axis[columns], minlength=people)[rows],
                minlength=statements,
            )
            for axis in block.T
        ]
        block = np.stack(image, axis=1)
    axes = np.zeros((statements, AXES))
    axes[:, : block.shape[1]] = np.linalg.qr(block)[0] if values.size and np.any(block) else 0.0
    return axes


def _places(votes: Votes, *, residuals: Floats, loadings: Floats, among: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Most probable places (people, 2) and the spread of people on each axis, by expectation and maximisation."""
    first, second = loadings[votes.columns, 0], loadings[votes.columns, 1]
    square = [by_person(votes, product) for product in (first * first, first * second, second * second)]
    pull = [by_person(votes, axis * residuals) for axis in (first, second)]
    kept = among[votes.rows]
    noise = max(float(np.mean(residuals[kept] ** 2)) if kept.any() else 1.0, TINY)
    spread = np.full(AXES, noise)
    for _ in range(PLACE_ROUNDS):
        a, b, c = square[0] + noise / spread[0], square[1], square[2] + noise / spread[1]
        determinant = a * c - b * b
        x, y = (c * pull[0] - b * pull[1]) / determinant, (a * pull[1] - b * pull[0]) / determinant
        if kept.any():
            spread = np.maximum(
                [np.mean((x * x + noise * c / determinant)[among]), np.mean((y * y + noise * a / determinant)[among])],
                TINY,
            )
            left = residuals - first * x[votes.rows] - second * y[votes.rows]
            noise = max(float(np.mean(left[kept] ** 2)), TINY)
    return np.stack([x, y], axis=1), np.sqrt(spread)
