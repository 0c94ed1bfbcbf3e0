"""The loops of the factorisation over votes, compiled. Import this module only where it runs: numba is slow to import.

A vote is two yes-or-no answers: spoken (1) unless it is a pass, and, of those spoken, agreed (0). A symmetric matrix of
second moments is kept as its upper triangle; `weight` is 1 on the diagonal and 2 beside it, so that the trace of a
product of two is one sum. Both loops go over `starts[i] .. starts[i + 1]` of their own side (people or statements),
release the interpreter and write only to rows `first .. last` of that side, so that parts can run at once.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

AGREED, SPOKEN = 0, 1
TINY = 1e-6
LARGE = 1e200


def compiled(function: Any) -> Any:
    """Compiled on first use and kept on disk; sums may be taken in any order within one row."""
    return numba.njit(cache=True, nogil=True, error_model="numpy", fastmath={"reassoc", "contract", "nsz"})(function)


@compiled
def _side(answer: Any, value: Any) -> Any:
    """Half for yes, minus half for no, and 0 where a pass leaves the question open."""
    if answer == AGREED:
        return 0.5 * value
    return 0.5 if value != 0 else -0.5


@compiled
def _plain(one: Any, other: Any) -> Any:
    """The sum of products."""
    total = 0.0
    for at in range(len(one)):
        total += one[at] * other[at]
    return total


@compiled
def _add(to: Any, times: Any, what: Any) -> None:
    """`to` grows by `times` what."""
    for at in range(len(to)):
        to[at] += times * what[at]


@compiled
def _second(own: Any, other: Any) -> Any:
    """The second moment of a pull, from those of place and loading, one of them weighted."""
    return max(_plain(own, other), 0.0)


@compiled
def _press(pull: Any, fade: Any) -> Any:
    """The mean of a Pólya-Gamma variable, tanh(pull / 2) / (2 pull): how much an answer weighs; fade = exp(-pull)."""
    return 0.25 if pull < TINY else (1.0 - fade) / ((1.0 + fade) * 2.0 * pull)


@compiled
def people_sums(
    starts: Any,
    columns: Any,
    values: Any,
    first: Any,
    last: Any,
    means: Any,
    pairs: Any,
    loads: Any,
    load_pairs: Any,
    weight: Any,
    square: Any,
    pull: Any,
) -> None:
    """Add to `square` (people, triangle) and `pull` (people, width) what their answers say about their places.

    `means` (people, width) and `pairs` are first and second moments of places, `loads` (statements, 2, width) and
    `load_pairs` of loadings.
    """
    for person in range(first, last):
        own = pairs[person] * weight
        for vote in range(starts[person], starts[person + 1]):
            column, value = columns[vote], values[vote]
            for answer in range(2):
                side = _side(answer, value)
                if side == 0.0:
                    continue
                other = load_pairs[column, answer]
                strength = np.sqrt(_second(own, other))
                press = _press(strength, np.exp(-strength))
                _add(square[person], press, other)
                _add(pull[person], side, loads[column, answer])


@compiled
def statement_sums(
    starts: Any,
    rows: Any,
    values: Any,
    first: Any,
    last: Any,
    means: Any,
    pairs: Any,
    loads: Any,
    load_pairs: Any,
    weight: Any,
    square: Any,
    pull: Any,
) -> Any:
    """Add to `square` (statements, 2, triangle) and `pull` (statements, 2, width) what the answers to them say about
    their loadings; returns the bound on the log-likelihood of these answers. Arguments as in `people_sums`."""
    bound = 0.0
    for column in range(first, last):
        for answer in range(2):
            own = load_pairs[column, answer] * weight
            grown = 1.0
            for vote in range(starts[column], starts[column + 1]):
                side = _side(answer, values[vote])
                if side == 0.0:
                    continue
                place, other = means[rows[vote]], pairs[rows[vote]]
                strength = np.sqrt(_second(own, other))
                fade = np.exp(-strength)
                bound += side * _plain(loads[column, answer], place) - strength / 2.0
                # One logarithm for many votes: each factor is at most 2.
                grown *= 1.0 + fade
                if grown > LARGE:
                    bound -= np.log(grown)
                    grown = 1.0
                press = _press(strength, fade)
                _add(square[column, answer], press, other)
                _add(pull[column, answer], side, place)
            bound -= np.log(grown)
    return bound
