from __future__ import annotations

from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from samskap.engines.outlook.result import Band
from samskap.engines.outlook.summary import QUANTILES, bands_of


@settings(max_examples=40)
@given(draws=arrays(np.float32, (3, 17), elements=st.floats(-1e6, 1e6, width=32)))
def test_a_band_is_the_mean_and_the_quantiles_of_numpy(draws: np.ndarray) -> None:
    band = bands_of({"x": draws})["x"]
    wide = draws.astype(np.float64)
    by_numpy = [wide.mean(axis=1), *np.quantile(wide, QUANTILES, axis=1)]
    assert np.array(astuple(band)) == pytest.approx(np.array(by_numpy), rel=1e-6, abs=1e-6)


def test_one_draw_is_its_own_band() -> None:
    assert bands_of({"x": np.array([[3.0], [4.0]], dtype=np.float32)})["x"] == Band(*([(3.0, 4.0)] * 8))


def test_counts_are_not_told_below_none_and_draws_are_left_alone() -> None:
    draws = np.array([[-1.0, 0.0, 1.0]], dtype=np.float32)
    bands = bands_of({"people": draws, "room": draws}, counts={"people"})
    assert (bands["people"].p2_5, bands["people"].p97_5) == ((0.0,), bands["room"].p97_5)
    assert bands["room"].p2_5[0] < 0
    assert draws.tolist() == [[-1.0, 0.0, 1.0]]
