"""A slow twin of the core: every cell filled, every person and pair visited."""

from __future__ import annotations

import numpy as np

from samskap.engines.opinion_map import Votes


def filled(votes: Votes, *, needed: int = 0) -> np.ndarray:
    """Centred votes (people, statements) of those with `needed` votes; what is missing is 0, as everybody."""
    inside = [person for person in range(len(votes.people)) if np.sum(votes.rows == person) >= needed]
    matrix = np.full((len(votes.people), len(votes.statements)), np.nan)
    for row, column, value in zip(votes.rows, votes.columns, votes.values, strict=True):
        matrix[row, column] = value
    matrix = matrix[inside]
    for column in range(matrix.shape[1]):
        cast = [value for value in matrix[:, column] if not np.isnan(value)]
        mean = sum(cast) / len(cast) if cast else 0.0
        matrix[:, column] = [0.0 if np.isnan(value) else value - mean for value in matrix[:, column]]
    return matrix


def seen(votes: Votes, *, needed: int = 0) -> np.ndarray:
    """Who of those with `needed` votes answered what (people, statements), 0 or 1."""
    inside = [person for person in range(len(votes.people)) if np.sum(votes.rows == person) >= needed]
    answered = np.zeros((len(votes.people), len(votes.statements)))
    answered[votes.rows, votes.columns] = 1.0
    return answered[inside]


def tables(votes: Votes, *, needed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Products, sums and people over those who answered both statements, person by person."""
    statements = len(votes.statements)
    products, sums, together = (np.zeros((statements, statements), dtype=int) for _ in range(3))
    for person in range(len(votes.people)):
        own = {int(votes.columns[at]): int(votes.values[at]) for at in np.flatnonzero(votes.rows == person)}
        if len(own) < needed:
            continue
        for one, first in own.items():
            for other, second in own.items():
                products[one, other] += first * second
                sums[one, other] += first
                together[one, other] += 1
    return products, sums, together
