"""Net migration is what survival does not explain."""

from __future__ import annotations

import numpy as np
import pytest

from samskap.engines.outlook.ages import AGES
from samskap.engines.outlook.life_tables import survivorship
from samskap.engines.outlook.norway import NORWAY
from samskap.engines.outlook.residual import cohort_survival, moving_sum, net_moves


def aged(people: np.ndarray, survival: np.ndarray) -> np.ndarray:
    """Everybody a year older, written out age by age."""
    older = np.zeros_like(people)
    for sex in range(2):
        for age in range(AGES):
            older[sex, min(age + 1, AGES - 1)] += people[sex, age] * survival[sex, age]
    return older


def test_who_came_is_found_at_the_age_they_had_on_1_january() -> None:
    generator = np.random.default_rng(5)
    survival = cohort_survival(survivorship(NORWAY.mortality))
    people = generator.uniform(1, 100, size=(2, AGES))
    came = np.zeros((2, AGES))
    came[0, 24], came[1, 3], came[1, 119] = 7.0, -2.0, 1.5
    later = aged(people, survival) + aged(came, np.ones((2, AGES)))
    later[:, 0] = 50.0
    found = net_moves(np.stack([people, later])[None], survival=survival[None])
    assert found == pytest.approx(came[None, None], abs=1e-10)


def test_the_open_class_survives_with_the_one_below() -> None:
    ratios = survivorship(NORWAY.mortality)
    survival = cohort_survival(ratios)
    assert survival[:, :120].tolist() == ratios[:, 1:].tolist()
    assert survival[:, 120].tolist() == ratios[:, 120].tolist()


@pytest.mark.parametrize("width", [1, 3, 9])
def test_moving_sum_is_the_sum_of_neighbours(width: int) -> None:
    values = np.random.default_rng(2).normal(size=(3, AGES))
    half = width // 2
    slow = [[row[max(at - half, 0) : at + half + 1].sum() for at in range(AGES)] for row in values]
    assert moving_sum(values, width=width) == pytest.approx(np.array(slow), abs=1e-12)
