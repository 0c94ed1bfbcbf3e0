"""How fast death rates fall, by sex and age: a rule, or Lee and Carter's model fitted to national deaths.

Lee and Carter: ln m(x, t) = a_x + b_x k_t, with sum b = 1, sum k = 0, and k a random walk with drift. Fitted to death
counts as Poisson (Brouhns, Denuit and Vermunt 2002), with the b of neighbouring ages held together, because single
ages have few deaths.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from samskap.engines.outlook.ages import AGES
from samskap.engines.outlook.checks import checked
from samskap.engines.outlook.errors import OutlookError

__all__ = ["LeeCarter", "decline_from_deaths", "fit_lee_carter", "usual_decline"]

Array = NDArray[np.float64]

# Yearly fall in Norway 1990 to 2019 at ages 60-74, 75-84 and 85-94 (Human Mortality Database), women and men.
_USUAL: Final = {"female": (0.0175, 0.0184, 0.0131), "male": (0.0297, 0.0247, 0.0133)}
_YOUNGER: Final = 0.02
# Age at which the fall is that of the band, and from where nothing falls: nobody has seen it beyond.
_MIDDLES: Final = (30.0, 67.0, 79.5, 89.5)
_NONE_FROM: Final = 105.0
_SETTLED: Final = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class LeeCarter:
    """Fitted model of one sex: `level` a and `response` b (ages,), `index` k (years,), `drift` of k a year."""

    level: Array
    response: Array
    index: Array
    drift: float

    @property
    def rates(self) -> Array:
        """(years, ages) fitted death rates."""
        return np.asarray(np.exp(self.level + np.outer(self.index, self.response)), dtype=np.float64)

    @property
    def decline(self) -> Array:
        """(ages,) share by which rates fall each year: -b times the drift."""
        return -self.response * self.drift


def usual_decline() -> Array:
    """(2, 121) the rule: 2 % a year for the young, what Norway saw from 1990 to 2019 from 60 to 94, none from 105."""
    ages = np.arange(AGES, dtype=np.float64)
    bands = [(_YOUNGER, *fall) for fall in _USUAL.values()]
    return np.stack([np.interp(ages, (*_MIDDLES, _NONE_FROM), (*band, 0.0)) for band in bands])


def fit_lee_carter(deaths: Array, *, exposed: Array, smoothing: float = 1000.0, rounds: int = 200) -> LeeCarter:
    """Fit to `deaths` and `exposed` person-years (years, ages), by Newton steps in a, k and b in turn.

    `smoothing` is the weight of the squared second differences of b, in units of the mean information per age.
    Raises OutlookError for fewer than 3 years, negative counts, and deaths where nobody lived.
    """
    counts, lived = checked(deaths, "deaths"), checked(exposed, "person-years")
    if len(counts) < 3:
        raise OutlookError(f"There are {len(counts)} years of deaths.", cure="Give 3 or more to see a trend.")
    if (counts[lived == 0] > 0).any():
        raise OutlookError("There are deaths at an age where nobody lived.", cure="Give the person-years of that age.")
    level, response, index = _start(counts, lived)
    for _ in range(rounds):
        before = np.outer(index, response)
        level, response, index = _round(counts, lived, level, response, index, smoothing=smoothing)
        if np.abs(np.outer(index, response) - before).max() < _SETTLED:
            break
    return LeeCarter(level, response, index, float((index[-1] - index[0]) / (len(index) - 1)))


def _start(counts: Array, lived: Array) -> tuple[Array, Array, Array]:
    years, ages = counts.shape
    level = np.log((counts.sum(axis=0) + 0.5) / (lived.sum(axis=0) + 0.5))
    return level, np.full(ages, 1.0 / ages), np.linspace(1.0, -1.0, years)


def _round(
    counts: Array, lived: Array, a: Array, b: Array, k: Array, *, smoothing: float
) -> tuple[Array, Array, Array]:
    """One Newton step in each of a, k and b, with sum k = 0 and sum b = 1 kept."""
    expected = lived * np.exp(a + np.outer(k, b))
    a = a + _ratio((counts - expected).sum(axis=0), expected.sum(axis=0))
    expected = lived * np.exp(a + np.outer(k, b))
    k = k + _ratio((counts - expected) @ b, expected @ b**2)
    a, k = a + b * k.mean(), k - k.mean()
    expected = lived * np.exp(a + np.outer(k, b))
    information = k**2 @ expected
    bend = np.diff(np.eye(len(b)), n=2, axis=0)
    stiff = smoothing * information.mean() * bend.T @ bend
    slope = k @ (counts - expected) - stiff @ b
    b = b + np.linalg.solve(np.diag(information + 1e-9) + stiff, slope)
    return a, b / b.sum(), k * b.sum()


def decline_from_deaths(
    deaths: Array, *, exposed: Array, smoothing: float = 1000.0, last_age: int = 100, none_from: float = _NONE_FROM
) -> Array:
    """(2, 121) yearly fall from national `deaths` and `exposed` (years, 2, ages): Lee and Carter, sex by sex.

    Above `last_age`, where counts are few, the fall goes evenly to none at `none_from`. A rise counts as no change.
    """
    ages = min(last_age + 1, deaths.shape[-1])
    known = np.arange(ages)
    falls = []
    for sex in range(2):
        fitted = fit_lee_carter(deaths[:, sex, :ages], exposed=exposed[:, sex, :ages], smoothing=smoothing)
        fall = np.maximum(fitted.decline, 0.0)
        falls.append(np.interp(np.arange(AGES), [*known, max(none_from, ages)], [*fall, 0.0]))
    return np.stack(falls)


def _ratio(part: Array, whole: Array) -> Array:
    """part / whole, 0 where there is nothing to divide by, and never a step above 1."""
    return np.clip(np.divide(part, whole, out=np.zeros(np.shape(whole)), where=whole > 0), -1.0, 1.0)
