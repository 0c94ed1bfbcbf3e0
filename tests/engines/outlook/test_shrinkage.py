"""Small places are pulled towards the standard by how little they have seen."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskap.engines.outlook.errors import OutlookError
from samskap.engines.outlook.shrinkage import own_weight, prior_by_moments, shrunk_level


def test_level_by_hand() -> None:
    # (12 + 200) / (10 + 200) and (0 + 200) / (0 + 200); (600 + 200) / (500 + 200).
    level = shrunk_level(np.array([12.0, 0.0, 600.0]), expected=np.array([10.0, 0.0, 500.0]), prior=200.0)
    assert level == pytest.approx([212 / 210, 1.0, 800 / 700], abs=0)
    assert own_weight(np.array([10.0, 0.0, 500.0]), prior=200.0) == pytest.approx([10 / 210, 0.0, 500 / 700], abs=0)


def test_without_prior_the_own_figures_count_and_without_both_the_standard() -> None:
    level = shrunk_level(np.array([12.0, 0.0]), expected=np.array([10.0, 0.0]), prior=0.0, standard=1.1)
    assert level == pytest.approx([1.2, 1.1])
    assert own_weight(np.array([10.0, 0.0]), prior=0.0).tolist() == [1.0, 0.0]


@given(events=st.floats(0, 1e4), expected=st.floats(0.1, 1e4), prior=st.floats(0.1, 1e4), standard=st.floats(0.2, 5.0))
def test_level_is_own_and_standard_by_weight(events: float, expected: float, prior: float, standard: float) -> None:
    weight = float(own_weight(np.array(expected), prior=prior))
    level = float(shrunk_level(np.array(events), expected=np.array(expected), prior=prior, standard=standard))
    assert level == pytest.approx(weight * events / expected + (1 - weight) * standard, rel=1e-9, abs=1e-12)


def test_moments_find_the_prior_that_made_the_world() -> None:
    generator = np.random.default_rng(11)
    expected = generator.uniform(20, 4_000, size=4_000)
    true = generator.gamma(150.0, 1 / 150.0, size=expected.size)
    assert prior_by_moments(generator.poisson(true * expected), expected=expected) == pytest.approx(150, rel=0.1)


def test_places_that_differ_by_chance_alone_have_no_level_of_their_own() -> None:
    assert prior_by_moments(np.full(50, 100.0), expected=np.full(50, 100.0)) == np.inf
    assert prior_by_moments(np.array([3.0]), expected=np.array([2.0])) == np.inf


def test_negative_events_are_refused() -> None:
    with pytest.raises(OutlookError, match="events hold the value -1"):
        prior_by_moments(np.array([-1.0, 2.0]), expected=np.array([1.0, 2.0]))
