"""What the levers that move people add and change, by year and age."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from samskap.engines.outlook.ages import AGES
from samskap.engines.outlook.levers import Levers

__all__ = ["ONWARD", "PERSONS_A_HOME", "PERSONS_A_JOB", "Additions", "additions", "age_factor", "phased"]

Array = NDArray[np.float64]
Single = NDArray[np.float32]

PERSONS_A_HOME: Final = 2.1
"""Persons in a new home: the mean private household in Norway (Statistics Norway, table 06070, about 2.1)."""
PERSONS_A_JOB: Final = 1.6
"""Persons who come with a job filled from outside: the worker, some partners and children. An assumption."""
ONWARD: Final = 0.05
"""Share of settled refugees who move on to another municipality in each of the first five years, beyond the moves of
everybody. An assumption near what Statistics Norway finds for refugees' secondary moves."""
ONWARD_YEARS: Final = 5

# Share of settled refugees in each age band, first and last age: mostly young adults and children. An assumption.
_REFUGEES: Final = (
    ((0, 5), 0.12), ((6, 15), 0.20), ((16, 19), 0.08), ((20, 29), 0.22), ((30, 39), 0.19), ((40, 49), 0.10),
    ((50, 66), 0.07), ((67, 79), 0.02),
)  # fmt: skip
_WORKERS: Final = ((0, 15), (20, 54))


@dataclass(frozen=True, slots=True, eq=False)
class Additions:
    """Persons a year (R, Y, 2, 121) by place with levers; row 0 is nobody. `domestic` come from elsewhere in the
    country, `abroad` from outside, `leaving` move on within it."""

    domestic: Single
    abroad: Single
    leaving: Single


def phased(levers: Levers, *, years: int) -> Array:
    """(Y,) how much of a lever is reached in each year."""
    return np.minimum(np.arange(1, years + 1) / max(levers.phase_in_years, 1), 1.0)


def age_factor(percent: float, phase: Array, *, ages: tuple[int, int]) -> Single:
    """(2, Y, 121) factors: 1 where no lever is pulled, then with `percent` more at the ages, as far as reached."""
    factors = np.ones((2, len(phase), AGES))
    factors[1, :, ages[0] : ages[1] + 1] += percent / 100 * phase[:, None]
    return np.maximum(factors, 0.0).astype(np.float32)


def additions(levers: Levers, phase: Array, *, coming: Array) -> Additions:
    """People who come and move on because of homes, jobs and refugees.

    `coming` (R - 1, 2, 121) are the movers from within the country whom the places have anyway: their ages are those
    of the people in new homes; in jobs, without those of 16 to 19 and of 55 and over.
    """
    domestic, abroad, leaving = (np.zeros((len(coming) + 1, len(phase), 2, AGES), np.float32) for _ in range(3))
    workers = np.zeros(AGES)
    for first, last in _WORKERS:
        workers[first : last + 1] = 1.0
    by_year = phase[:, None, None]
    for row, movers in enumerate(coming, start=1):
        homes = levers.homes * PERSONS_A_HOME * _shape(movers)
        jobs = levers.jobs * PERSONS_A_JOB * _shape(movers * workers)
        domestic[row] = by_year * (homes + jobs)
    settled = by_year * levers.refugees * refugee_ages()
    abroad[1:], leaving[1:] = settled, _moving_on(settled)
    return Additions(domestic, abroad, leaving)


def refugee_ages() -> Array:
    """(2, 121) sexes and ages of settled refugees; sums to 1."""
    ages = np.zeros(AGES)
    for (first, last), share in _REFUGEES:
        ages[first : last + 1] = share / (last + 1 - first)
    return np.stack([ages, ages]) / 2


def _moving_on(settled: Array) -> Array:
    """(Y, 2, 121) who move on in the years after they came."""
    leaving = np.zeros_like(settled)
    if not settled.any():
        return leaving
    for came, people in enumerate(settled):
        here = people
        for year in range(came + 1, min(came + 1 + ONWARD_YEARS, len(settled))):
            here = np.concatenate([np.zeros((2, 1)), here[:, :-1]], axis=1)
            leaving[year] += ONWARD * here
            here = here * (1 - ONWARD)
    return leaving


def _shape(movers: Array) -> Array:
    return np.asarray(movers / max(movers.sum(), 1e-12))
