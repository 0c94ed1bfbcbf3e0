"""Numbers of chance against a library's, to the last digits but one."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.stats
from scipy.special import ndtr, ndtri

from samskap.engines.appraisal import Spread
from samskap.engines.appraisal.chance import (
    exponential,
    logarithm,
    normal_of,
    share_below,
    stream_of,
    uniform,
)
from samskap.engines.appraisal.drawing import factor_of

SHARES = np.concatenate([np.linspace(0.0005, 0.9995, 2000), 10.0 ** -np.arange(4, 16), 1 - 10.0 ** -np.arange(4, 15)])


def test_normal_numbers_are_those_of_the_library() -> None:
    assert normal_of(SHARES) == pytest.approx(ndtri(SHARES), rel=1e-14, abs=1e-15)


def test_shares_below_are_those_of_the_library() -> None:
    numbers = np.linspace(-7, 7, 2001)
    assert np.abs(share_below(numbers) - ndtr(numbers)).max() < 2e-15
    assert np.abs(share_below(np.array([-9.0, 9.0])) - np.array([0.0, 1.0])).max() < 2e-12


def test_logarithms_and_powers_are_those_of_the_library() -> None:
    numbers = np.linspace(-40, 40, 2001)
    assert exponential(numbers) == pytest.approx(np.exp(numbers), rel=1e-15)
    assert logarithm(SHARES) == pytest.approx(np.log(SHARES), rel=1e-15)


@pytest.mark.parametrize(
    ("spread", "library"),
    [
        (Spread.normal(0.22), scipy.stats.norm(1, 0.22)),
        (Spread.triangular(0.89, 1.0, 1.4), scipy.stats.triang((1 - 0.89) / 0.51, 0.89, 0.51)),
        (Spread.triangular(0.5, 0.5, 1.4), scipy.stats.triang(0, 0.5, 0.9)),
        (Spread.uniform(0.8, 1.3), scipy.stats.uniform(0.8, 0.5)),
        (Spread.lognormal(0.3), scipy.stats.lognorm(np.sqrt(np.log1p(0.09)), scale=1 / np.sqrt(1.09))),
    ],
)
def test_the_named_distributions_are_those_of_the_library(spread: Spread, library: object) -> None:
    shares = np.linspace(0.001, 0.999, 999)
    assert factor_of(spread, shares=shares) == pytest.approx(library.ppf(shares), rel=1e-12)
    correlated = factor_of(spread, shares=shares[::-1], normal=ndtri(shares))
    assert correlated == pytest.approx(library.ppf(shares), rel=1e-12)


@pytest.mark.parametrize("spread", [Spread.normal(0.3), Spread.lognormal(0.3)])
def test_a_normal_and_a_lognormal_factor_have_mean_one_and_the_sd_that_was_said(spread: Spread) -> None:
    shares = (np.arange(200_000) + 0.5) / 200_000
    factors = factor_of(spread, shares=shares)
    assert (factors.mean(), factors.std()) == (pytest.approx(1, abs=1e-4), pytest.approx(0.3, abs=1e-3))


def test_uniform_numbers_are_between_nothing_and_one_and_evenly_spread() -> None:
    numbers = uniform(stream_of(7, "c"), 20_000)
    assert 0 < numbers.min() < numbers.max() < 1
    assert scipy.stats.kstest(numbers, "uniform").pvalue > 0.01


def test_streams_of_other_keys_seeds_and_purposes_are_others() -> None:
    first = uniform(stream_of(7, "c"), 2000)
    assert np.array_equal(first, uniform(stream_of(7, "c"), 2000))
    for other in (stream_of(8, "c"), stream_of(7, "d"), stream_of(7, "c", purpose="years")):
        assert abs(np.corrcoef(first, uniform(other, 2000))[0, 1]) < 0.1


def test_the_first_bits_are_known() -> None:
    """Whoever wants to draw the same elsewhere begins here."""
    assert stream_of(2017, "hours").random_raw(3).tolist() == [
        6337225969948275778, 17979742775233975430, 17892331163625951165,
    ]  # fmt: skip
