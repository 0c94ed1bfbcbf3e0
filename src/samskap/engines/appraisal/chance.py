"""Chance that is the same on every machine: a number is a function of the seed, the effect and the draw.

Each effect has a stream of its own, named by the seed and its key: an effect more, another order of the list or more
draws leave the numbers of the others as they were. Streams are raw bits of Philox (Salmon and others 2011), which NumPy
promises not to change; what is made of them uses only operations that IEEE 754 rounds in one way (+ - × ÷ and roots),
so the last bit does not depend on anybody's library of logarithms.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

__all__ = ["PIECE", "exponential", "logarithm", "normal_of", "share_below", "stream_of", "uniform"]

Numbers = NDArray[np.float64]

PIECE = 8192
"""Numbers that polynomials are computed of together."""

_ONE: Final = np.uint64(0x3FF0000000000000)  # the bits of 1.0
_LN2: Final = 0.6931471805599453
_LN2_HIGH, _LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10  # its first 33 bits, and the rest
_TAYLOR: Final = tuple(float(np.prod(np.arange(n + 1, 14), dtype=np.float64)) / 6227020800.0 for n in range(14))

# Inverse of the normal distribution: Wichura's algorithm AS 241 (1988), accurate to 1 in 1e16.
_MIDDLE: Final = 0.425
_NEAR: Final = (
    (2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4,
     1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.3871328727963666080e0),
    (5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4, 2.1213794301586595867e4,
     5.3941960214247511077e3, 6.8718700749205790830e2, 4.2313330701600911252e1, 1.0),
)  # fmt: skip
_FAR: Final = (
    (7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e0,
     3.64784832476320460504e0, 5.76949722146069140550e0, 4.63033784615654529590e0, 1.42343711074968357734e0),
    (1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
     6.89767334985100004550e-1, 1.67638483018380384940e0, 2.05319162663775882187e0, 1.0),
)  # fmt: skip
_FARTHEST: Final = (
    (2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
     2.96560571828504891230e-1, 1.78482653991729133580e0, 5.46378491116411436990e0, 6.65790464350110377720e0),
    (2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
     1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0),
)  # fmt: skip

# The normal distribution: Hart's algorithm 5666 (1968), accurate to 1e-15.
_BELOW: Final = (
    (3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871, 221.213596169931,
     220.206867912376),
    (8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674, 637.333633378831,
     793.826512519948, 440.413735824752),
)  # fmt: skip
_FARTHEST_SHARE: Final = 7.0
"""Standard deviations; beyond them the share is that of here, 1e-12, which no quantile shows."""


def stream_of(seed: int, key: str, *, purpose: Literal["factor", "years"] = "factor") -> np.random.Philox:
    """The bits of an effect for a purpose; another seed, purpose or key gives others."""
    digest = hashlib.blake2b(f"{seed} {purpose} {key}".encode(), digest_size=16).digest()
    return np.random.Philox(key=np.frombuffer(digest, dtype="<u8").astype(np.uint64))


def uniform(stream: np.random.Philox, size: int) -> Numbers:
    """The next numbers of a stream, between 0 and 1 and never one of them: 52 bits and a half."""
    bits: NDArray[np.uint64] = stream.random_raw(size)
    bits >>= np.uint64(12)
    bits |= _ONE
    numbers = bits.view(np.float64)  # 1 and 52 bits of a fraction
    numbers -= 1.0 - 2.0**-53
    return numbers


def normal_of(shares: Numbers) -> Numbers:
    """The normal number below which there is this share, for shares between 0 and 1."""
    from_middle = shares - 0.5
    found = from_middle * _ratio(_MIDDLE**2 - from_middle * from_middle, _NEAR)
    tails = np.flatnonzero(np.abs(from_middle) > _MIDDLE)
    tail = shares[tails]
    depth = np.sqrt(-logarithm(np.minimum(tail, 1.0 - tail)))
    size = _ratio(depth - 1.6, _FAR)
    deepest = np.flatnonzero(depth > 5.0)
    size[deepest] = _ratio(depth[deepest] - 5.0, _FARTHEST)
    found[tails] = np.copysign(size, from_middle[tails])
    return found


def share_below(numbers: Numbers) -> Numbers:
    """The share of the normal distribution below each number."""
    size = np.minimum(np.abs(numbers), _FARTHEST_SHARE)
    tail = exponential(size * size * -0.5) * _ratio(size, _BELOW)
    return np.where(numbers > 0, 1.0 - tail, tail)


def logarithm(numbers: Numbers) -> Numbers:
    """Natural logarithms of positive numbers, by the series of the inverse hyperbolic tangent."""
    part, power = np.frexp(numbers)
    is_low = part < 0.7071067811865476
    part = np.where(is_low, part * 2.0, part)
    power = power - is_low
    slope = (part - 1.0) / (part + 1.0)
    square = slope * slope
    series = _polynomial(square, tuple(1.0 / odd for odd in range(23, 0, -2)))
    found: Numbers = power * _LN2 + 2.0 * slope * series
    return found


def exponential(numbers: Numbers) -> Numbers:
    """e to these numbers, which are between -700 and 700, by Taylor's series round the nearest power of two."""
    power = np.rint(numbers * (1.0 / _LN2))
    rest = numbers - power * _LN2_HIGH
    rest -= power * _LN2_LOW
    found = _polynomial(rest, _TAYLOR[::-1])
    exponents = power.astype(np.int64)
    exponents += 1023
    exponents <<= 52
    found *= exponents.view(np.float64)
    return found


def _ratio(numbers: Numbers, of: tuple[tuple[float, ...], tuple[float, ...]]) -> Numbers:
    above, below = of
    found = _polynomial(numbers, above)
    found /= _polynomial(numbers, below)
    return found


def _polynomial(numbers: Numbers, coefficients: Sequence[float]) -> Numbers:
    """By Horner's rule, the highest power first; by pieces, so that one stays in the cache nearest to a core."""
    found = np.empty_like(numbers)
    for start in range(0, len(numbers), PIECE):
        given, piece = numbers[start : start + PIECE], found[start : start + PIECE]
        np.multiply(given, coefficients[0], out=piece)
        piece += coefficients[1]
        for each in coefficients[2:]:
            piece *= given
            piece += each
    return found
