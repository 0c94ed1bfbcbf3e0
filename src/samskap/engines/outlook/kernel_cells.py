"""What cells of sex and age of a place are given in a year, compiled, and what is asked for before it is needed.

Import this module only where it runs: numba is slow to import.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from samskap.engines.outlook.ages import AGES
from samskap.engines.outlook.kernel_lanes import (
    HALF_WORD,
    LINE,
    PAIR,
    UNIT,
    compiled,
    inside,
    sign_of,
    soon,
    start_of,
    words,
)  # fmt: skip

# Rows of cells: chance of deaths, moves out, arrivals and immigrants, first of all; then what is given.
Z, W, U, V, SHARE, OUT_RATE, ADDED = range(7)


@inside
def slot_of(age: Any, year: Any) -> Any:
    """Where people of an age are kept: a cohort stays where it is, and those born take the place of the oldest."""
    return (age + np.uint64(AGES * 1000) - year) % np.uint64(AGES)


@compiled
def leaving_cells(year: Any, place: Any, first: Any, given: Any, cells: Any, starts: Any) -> None:
    """What a place's cells of sex and age are given in a year, in rows."""
    key, row = given.keys[place], np.uint64(given.pulled[place])
    lever, scale = min(row, UNIT), given.people
    for sex in range(PAIR):
        for age in range(np.uint64(AGES)):
            one, two = words(key, year, sex, age)
            starts[Z, sex, age] = start_of(one, first)
            starts[W, sex, age] = start_of(one >> HALF_WORD, first)
            starts[U, sex, age] = start_of(two, first)
            share = given.share[place, sex, age] * given.come[lever, year, age]
            cells[Z, sex, age] = scale * sign_of(one)
            cells[W, sex, age] = scale * sign_of(one >> HALF_WORD)
            cells[U, sex, age] = scale * sign_of(two) * np.sqrt(share)
            cells[SHARE, sex, age] = share
            cells[OUT_RATE, sex, age] = given.out[place, sex, age] * given.stay[lever, year, age]


@compiled
def arriving_cells(year: Any, place: Any, first: Any, given: Any, cells: Any, starts: Any) -> None:
    """What a place's cells of sex and age are given in a year, in rows."""
    key, row = given.keys[place], np.uint64(given.pulled[place])
    lever, scale = min(row, UNIT), given.people
    for sex in range(PAIR):
        for age in range(np.uint64(AGES)):
            _, two = words(key, year, sex, age)
            starts[U, sex, age] = start_of(two, first)
            starts[V, sex, age] = start_of(two >> HALF_WORD, first)
            number = given.immigration[place, sex, age]
            share = given.share[place, sex, age] * given.come[lever, year, age]
            cells[U, sex, age] = scale * sign_of(two) * np.sqrt(share)
            cells[V, sex, age] = scale * sign_of(two >> HALF_WORD) * np.sqrt(number)
            cells[SHARE, sex, age] = share
            cells[ADDED, sex, age] = given.domestic[row, year, sex, age] + given.foreign[row, year, sex, age]


@inside
def fetch(
    year: Any, place: Any, sex: Any, age: Any, first: Any, size: Any, is_stored: Any, people: Any, stored: Any
) -> None:
    """Ask for the lanes of the next place, and for stored movers of this year."""
    cell = sex * np.uint64(AGES) + age
    if place + UNIT < np.uint64(len(people)):
        at = ((place + UNIT) * np.uint64(AGES) * PAIR + cell) * size
        for line in range(size // LINE):
            soon(people, at + line * LINE)
    if is_stored:
        at = (year * PAIR * np.uint64(AGES) + cell) * np.uint64(stored.shape[3]) + first
        for line in range(size // LINE):
            soon(stored, at + line * LINE)
