"""Correlations become correlated numbers, or a sentence where they cannot."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samskap.engines.appraisal import AppraisalError, Correlation
from samskap.engines.appraisal.copula import correlated, mixture


def lower(correlations: list[Correlation]) -> np.ndarray:
    rows = mixture(correlations)
    keys = list(rows)
    return np.array([[rows[key].get(other, 0.0) for other in keys] for key in keys])


def told(matrix: np.ndarray) -> list[Correlation]:
    return [Correlation(f"k{a}", f"k{b}", float(matrix[a, b])) for a, b in combinations(range(len(matrix)), 2)]


@st.composite
def matrices(draw: st.DrawFn) -> np.ndarray:
    """Correlation matrices, possible and impossible ones."""
    size = draw(st.integers(2, 5))
    matrix = np.eye(size)
    for a, b in combinations(range(size), 2):
        matrix[a, b] = matrix[b, a] = draw(st.integers(-20, 20)) / 20
    return matrix


@settings(max_examples=50, deadline=None)
@given(matrix=matrices())
def test_what_is_possible_is_what_the_eigenvalues_of_a_library_say(matrix: np.ndarray) -> None:
    smallest = np.linalg.eigvalsh(matrix)[0]
    if abs(smallest) < 1e-4:
        return
    if smallest < 0:
        with pytest.raises(AppraisalError, match="contradict each other"):
            mixture(told(matrix))
    else:
        assert lower(told(matrix)) == pytest.approx(np.linalg.cholesky(matrix), abs=1e-9)


def test_effects_can_follow_each_other_wholly() -> None:
    same = [Correlation("a", "b", 1.0), Correlation("b", "c", -1.0), Correlation("a", "c", -1.0)]
    assert lower(same).tolist() == [[1, 0, 0], [1, 0, 0], [-1, 0, 0]]
    with pytest.raises(AppraisalError) as caught:
        mixture([Correlation("a", "b", 1.0), Correlation("b", "c", 0.5)])
    assert (caught.value.code, caught.value.gaps) == ("appraisal_contradiction", {"key": "c"})


def test_no_correlations_mix_nothing() -> None:
    assert mixture([]) == {}
    assert correlated(np.empty((0, 5)), {}) == {}


def test_mixed_numbers_have_the_correlations() -> None:
    chance = np.random.default_rng(1)
    rows = mixture([Correlation("a", "b", 0.57), Correlation("b", "c", 0.28)])
    independent = chance.standard_normal((3, 200_000))
    numbers = correlated(independent, rows)
    matrix = np.array([[rows[key].get(other, 0.0) for other in "abc"] for key in "abc"])
    assert np.abs(np.array([numbers[key] for key in "abc"]) - matrix @ independent).max() < 1e-12
    found = np.corrcoef([numbers[key] for key in "abc"])
    assert found == pytest.approx(np.array([[1, 0.57, 0], [0.57, 1, 0.28], [0, 0.28, 1]]), abs=0.01)
