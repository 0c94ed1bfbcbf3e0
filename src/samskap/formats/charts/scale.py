"""Axes: round steps, and from values to places on the drawing."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Scale", "decimals_of", "rounded_scale", "steps"]

ROUND = (1.0, 2.0, 2.5, 5.0, 10.0)
THIN = 1e-12


@dataclass(frozen=True, slots=True)
class Scale:
    """From `low` to `high` in values, from `start` to `end` on the drawing, with a mark at each of `ticks`."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[float, ...] = ()

    def place(self, value: float) -> float:
        """Where a value lies on the drawing."""
        return self.start + (value - self.low) / max(self.high - self.low, THIN) * (self.end - self.start)


def rounded_scale(
    values: Iterable[float], *, start: float, end: float, most: int, zero: bool = False, finest: float = 0.0
) -> Scale:
    """A scale from round number to round number that holds all values, with at most about `most` marks.

    `zero` takes zero in, as bars need: their length is what is read. Marks stand at least `finest` apart: of people
    there are no halves.
    """
    known = [value for value in values if math.isfinite(value)]
    low, high = min(known, default=0.0), max(known, default=1.0)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if high - low < THIN * max(abs(high), 1.0):
        low, high = (low, high + 1.0) if zero else (low - 0.5, high + 0.5)
    step = max(_step(high - low, most=most), finest)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = tuple(number * step for number in range(first, last + 1))
    return Scale(ticks[0], ticks[-1], start, end, ticks)


def steps(low: float, high: float, *, most: int) -> tuple[float, ...]:
    """Whole numbers at round distances from `low` to `high`: the years of an axis."""
    step = max(_step(max(high - low, 1.0), most=most), 1.0)
    step = 5.0 if step == 2.5 else step
    return tuple(number * step for number in range(math.ceil(low / step), math.floor(high / step) + 1))


def decimals_of(ticks: tuple[float, ...]) -> int:
    """How many decimals tell the marks of an axis apart."""
    for decimals in range(6):
        if all(abs(tick - round(tick, decimals)) < 1e-9 * max(1.0, abs(tick)) for tick in ticks):
            return decimals
    return 6


def _step(extent: float, *, most: int) -> float:
    raw = extent / max(most, 1)
    power = 10.0 ** math.floor(math.log10(raw))
    return next(power * factor for factor in ROUND if power * factor >= raw * (1 - 1e-9))
