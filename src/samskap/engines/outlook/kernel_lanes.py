"""Rows of draws: how far apart they lie, the chance they read, and short polynomials for what needs an exponential.

Import this module only where it runs: numba is slow to import.
"""

# Numba keeps compiled code by the file of the outermost function: after a change here, delete `__pycache__` beside it.

from __future__ import annotations

from typing import Any

import numba
import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.core.compiler import Compiler
from numba.extending import intrinsic

from samskap.engines.outlook.ages import AGES
from samskap.engines.outlook.blocks import LANES_AT_MOST
from samskap.engines.outlook.chance import TABLE

GOLDEN, FIRST, SECOND = (np.uint64(each) for each in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))
MASK = np.uint64(TABLE - 1)
ZERO, HALF, ONE, TWO, TINY = (np.float32(each) for each in (0.0, 0.5, 1.0, 2.0, 1e-30))
UNIT, PAIR, TRIPLE, LINE, HALF_WORD = (np.uint64(each) for each in (1, 2, 3, 16, 32))
OLDEST = AGES - 1

# Rows of lanes to work in, at a distance that the compiler knows, so that it need not ask whether they overlap. Not a
# power of two: a processor takes addresses 4,096 bytes apart for one another, and waits.
DISTANCE = LANES_AT_MOST + 80
ROW = np.uint64(DISTANCE)
(
    WOMEN, MEN, STRAYS, MORE, PATH, PATH_ROOT, DEATHS, OUT, IN, BIRTHS, CLASS, GONE, BORN, GIRLS, BOYS,
    ROWS,
) = (np.uint64(number * DISTANCE) for number in range(16))  # fmt: skip

# Where hazards this many times the assumed one stay in the range of the short polynomials, those are used.
SPREAD = 3.0
SHORT = 1.25

# Chebyshev interpolations. (1 - exp(-y)) / y on 0 to 1.25, error 4e-7; exp(-v) on 0 to 0.625, 5e-8; and on 0 to 1,
# 4e-8, for exp(-16 v).
A0, A1, A2, A3, A4, A5 = (
    np.float32(each) for each in (0.99999976, -0.4999865, 0.16653906, -0.04122039, 0.00761222, -0.00082376)
)
B0, B1, B2, B3, B4, B5 = (
    np.float32(each) for each in (0.99999994, -0.99999642, 0.49993274, -0.16620126, 0.04019265, -0.00611809)
)
C1, C2, C3, C4, C5, C6 = (
    np.float32(each) for each in (-0.99999845, 0.49997509, -0.16651517, 0.04122332, -0.00765433, 0.00084901)
)
SIXTEENTH = np.float32(1 / 16)


class Apart(Compiler):
    """Arrays given to a function lie apart, so that loops that touch many of them are made into vectors.

    Whoever writes to one array of a function must not read or write the same memory through another of them.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)  # type: ignore[no-untyped-call]
        self.state.flags.noalias = True


FUSED = {"contract", "nsz"}


def compiled(function: Any) -> Any:
    """Compiled on first use and kept on disk. Products and sums may be fused: all blocks are whole lanes."""
    return numba.njit(cache=True, nogil=True, error_model="numpy", fastmath=FUSED, pipeline_class=Apart)(function)


def inside(function: Any) -> Any:
    """As `compiled`, and made a part of its callers."""
    return numba.njit(cache=True, nogil=True, error_model="numpy", fastmath=FUSED, forceinline=True)(function)


@inside
def mixed(number: Any) -> Any:
    number = (number ^ (number >> np.uint64(30))) * FIRST
    number = (number ^ (number >> np.uint64(27))) * SECOND
    return number ^ (number >> np.uint64(31))


@inside
def words(key: Any, year: Any, sex: Any, row: Any) -> Any:
    """The two words that tell four rows of normals, see `chance.windows`."""
    number = np.uint64(row) + np.uint64(128) * (np.uint64(sex) + np.uint64(2) * np.uint64(year)) + np.uint64(1)
    first = mixed(key + number * GOLDEN)
    return first, mixed(first + GOLDEN)


@inside
def start_of(word: Any, first: Any) -> Any:
    """Where in the table a row of normals begins, from the lower half of its word."""
    return ((word & MASK) + first) & MASK


@inside
def sign_of(word: Any) -> Any:
    return ONE - TWO * np.float32((word >> np.uint64(16)) & np.uint64(1))


@inside
def exp16(v: Any) -> Any:
    """exp(-16 v) for v from 0 to 1."""
    e = ONE + v * (C1 + v * (C2 + v * (C3 + v * (C4 + v * (C5 + v * C6)))))
    e = e * e
    e = e * e
    e = e * e
    return e * e


@inside
def gone_of(y: Any) -> Any:
    """(1 - exp(-y)) / y for y from 0 to 1.25."""
    return A0 + y * (A1 + y * (A2 + y * (A3 + y * (A4 + y * A5))))


@inside
def gone_far(y: Any) -> Any:
    """The same for y from 0 to 20: four times from that of x to that of 2 x."""
    x = y * SIXTEENTH
    gone = gone_of(x)
    gone *= ONE - HALF * x * gone
    gone *= ONE - x * gone
    gone *= ONE - TWO * x * gone
    return gone * (ONE - TWO * TWO * x * gone)


@inside
def half_lived(v: Any) -> Any:
    """exp(-v) for v from 0 to 0.625."""
    return B0 + v * (B1 + v * (B2 + v * (B3 + v * (B4 + v * B5))))


@inside
def positive(value: Any) -> Any:
    return value if value > ZERO else ZERO


def _soon(_: Any, array: Any, at: Any) -> Any:
    """Asks the processor to fetch the line of memory that holds a place of a flat array, without waiting for it."""

    def made(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        data = context.make_array(signature.args[0])(context, builder, given[0]).data
        number = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [data.type, number, number, number])
        fetch = builder.module.declare_intrinsic("llvm.prefetch", [data.type], kind)
        builder.call(fetch, [builder.gep(data, [given[1]]), number(1), number(2), number(1)])
        return context.get_dummy_value()

    return types.void(array, at), made


soon: Any = intrinsic(_soon)
