from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samskap.engines.outlook import kernel_lanes
from samskap.engines.outlook.chance import TABLE, place_keys, row_numbers, windows


@pytest.mark.parametrize(
    ("short", "exactly", "last", "within"),
    [
        (kernel_lanes.gone_of, lambda y: -np.expm1(-y) / y, 1.25, 6e-7),
        (kernel_lanes.gone_far, lambda y: -np.expm1(-y) / y, 20.0, 2e-5),
        (kernel_lanes.half_lived, lambda v: np.exp(-v), 0.625, 3e-7),
        (kernel_lanes.exp16, lambda v: np.exp(-16 * v), 1.0, 2e-5),
    ],
    ids=["gone", "gone_far", "half_lived", "exp16"],
)
def test_short_polynomials_are_near_enough(short: object, exactly: object, last: float, within: float) -> None:
    for value in np.linspace(1e-6, last, 997, dtype=np.float32):
        assert short(value) == pytest.approx(exactly(np.float64(value)), rel=within)  # type: ignore[operator]


@given(st.integers(0, 2**64 - 1), st.integers(0, 60), st.integers(0, 1), st.integers(0, 123), st.integers(0, 9_000))
@settings(max_examples=100, deadline=None)
def test_compiled_code_reads_the_same_piece_of_the_table(key: int, year: int, sex: int, row: int, first: int) -> None:
    offsets, signs = windows(np.uint64(key), row_numbers(year, sex, np.array([row])))
    one, two = kernel_lanes.words(np.uint64(key), year, sex, row)
    for kind, word in enumerate((one, np.uint64(one) >> np.uint64(32), two, np.uint64(two) >> np.uint64(32))):
        start = kernel_lanes.start_of(np.uint64(word), np.uint64(first))
        assert start == (offsets[0, kind] + first) % TABLE
        assert kernel_lanes.sign_of(np.uint64(word)) == signs[0, kind]


def test_keys_of_places_differ_by_seed() -> None:
    assert len({*place_keys(["4016", "4014"], seed=1), *place_keys(["4016", "4014"], seed=2)}) == 4
