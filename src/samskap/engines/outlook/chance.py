"""Chance that is the same for any number of threads, any blocks of draws, any order and any subset of places.

A random number is a function of what it is for: seed, place, year, kind, sex, age and draw. One table of normal numbers
is made from the seed; each cell reads it from an offset of its own, draw after draw, so that neighbours in memory are
neighbours in the table. With the offset goes a sign, so that two cells that happen to read the same piece of the table
do not stray together on average.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from samskap.engines.outlook.inputs import Noise, Variation

__all__ = [
    "BIRTHS",
    "PLACE",
    "TABLE",
    "YEARLY",
    "Nation",
    "nation_paths",
    "normal_table",
    "place_keys",
    "row_numbers",
    "windows",
]

Single = NDArray[np.float32]

TABLE: Final = 1 << 16
"""Length of the table of normal numbers; offsets are sixteen bits."""

# Rows that are no cell of sex and age, numbered beyond the ages: of a place once a draw, of a place and year.
PLACE, YEARLY, BIRTHS = 121, 122, 123

REMEMBERED: Final = 4
"""Seeds, or lengths of a pass, whose chance is kept: some hundred kilobytes each."""

_GOLDEN, _FIRST, _SECOND = (np.uint64(each) for each in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))
_NATION = 1  # spawn key of the nation's paths


@dataclass(frozen=True, slots=True, eq=False)
class Nation:
    """What strays for the whole country, as factors: `fertility` (Y, draws), `mortality` (Y, 2, draws),
    `immigration` (Y, draws)."""

    fertility: Single
    mortality: Single
    immigration: Single


@lru_cache(maxsize=REMEMBERED)
def nation_paths(variation: Variation, *, seed: int, years: int, draws: int, noise: Noise) -> Nation:
    """The nation's paths of every draw; a draw's years are the same however many draws and years there are.

    ln TFR: a walk whose changes are AR(1); ln mortality: a walk, sexes correlated; immigration: e to an AR(1) that
    starts at no deviation, scaled to a mean of one. Medians of the walks are the assumed values. The last few answers
    are remembered, and cannot be written to.
    """
    if not noise.nation:
        one = _fixed(np.ones((years, draws), dtype=np.float32))
        return Nation(one, _fixed(np.ones((years, 2, draws), dtype=np.float32)), one)
    key = np.random.SeedSequence(seed, spawn_key=(_NATION,)).generate_state(2, np.uint64)
    generators = (np.random.Generator(np.random.Philox(key=key, counter=[0, 0, 0, year])) for year in range(years))
    chance = np.stack([each.standard_normal((draws, 4), dtype=np.float32).T for each in generators])
    together = variation.mortality_together
    men = together * chance[:, 1] + math.sqrt(1 - together**2) * chance[:, 2]
    sexes = np.stack([variation.mortality_sd[0] * chance[:, 1], variation.mortality_sd[1] * men], axis=1)
    change = _autoregressive(chance[:, 0], sd=variation.fertility_sd, memory=variation.fertility_memory)
    memory = variation.immigration_memory
    innovation = variation.immigration_sd * math.sqrt(1 - memory**2)
    strays = _autoregressive(chance[:, 3], sd=innovation, memory=memory)
    variance = (innovation**2 * np.cumsum(memory ** (2 * np.arange(years)))).astype(np.float32)
    return Nation(
        fertility=_fixed(np.exp(np.cumsum(change, axis=0))),
        mortality=_fixed(np.exp(np.cumsum(sexes, axis=0))),
        immigration=_fixed(np.exp(strays - variance[:, None] / 2)),
    )


@lru_cache(maxsize=REMEMBERED)
def normal_table(seed: int, *, beyond: int = 0) -> Single:
    """(TABLE + beyond,) normal numbers with mean 0 and variance 1 exactly, the first ones repeated at the end.

    The last few tables are remembered, and cannot be written to.
    """
    numbers = np.random.Generator(np.random.Philox(np.random.SeedSequence(seed))).standard_normal(
        TABLE, dtype=np.float32
    )
    numbers -= np.float32(numbers.mean(dtype=np.float64))
    numbers *= np.float32(1 / numbers.std(dtype=np.float64))
    return _fixed(np.concatenate([numbers, numbers[:beyond]]))


def place_keys(places: Sequence[str], *, seed: int) -> NDArray[np.uint64]:
    """(places,) a number for each place and seed."""
    digests = (hashlib.blake2b(f"{seed} {place}".encode(), digest_size=8).digest() for place in places)
    return np.array([int.from_bytes(digest, "little") for digest in digests], dtype=np.uint64)


def row_numbers(year: int, sex: int, ages: Any) -> NDArray[np.uint64]:
    """Numbers of the rows of cells: `ages` 0 to 120, and the rows that are no age, of one sex and year."""
    return (np.asarray(ages) + 128 * (sex + 2 * year)).astype(np.uint64)


def windows(key: Any, rows: NDArray[np.uint64]) -> tuple[NDArray[np.int64], Single]:
    """Offsets in the table and signs of four independent rows of normals for each row number: (rows, 4) both."""
    with np.errstate(over="ignore"):
        first = mixed(key + (rows + np.uint64(1)) * _GOLDEN)
        second = mixed(first + _GOLDEN)
    words = np.stack([first, first >> np.uint64(32), second, second >> np.uint64(32)], axis=-1)
    offsets = (words & np.uint64(TABLE - 1)).astype(np.int64)
    return offsets, (1.0 - 2.0 * ((words >> np.uint64(16)) & np.uint64(1))).astype(np.float32)


def mixed(number: Any) -> Any:
    """Numbers spread over all 64 bits (the finaliser of splitmix64, Steele, Lea and Flood 2014)."""
    number = (number ^ (number >> np.uint64(30))) * _FIRST
    number = (number ^ (number >> np.uint64(27))) * _SECOND
    return number ^ (number >> np.uint64(31))


def _fixed(numbers: Single) -> Single:
    numbers.setflags(write=False)
    return numbers


def _autoregressive(chance: Single, *, sd: float, memory: float) -> Single:
    """(Y, draws) AR(1) from 0."""
    path = np.empty(chance.shape, np.float32)
    before = np.zeros(chance.shape[1], np.float32)
    for year, each in enumerate(chance):
        before = memory * before + sd * each
        path[year] = before
    return path
