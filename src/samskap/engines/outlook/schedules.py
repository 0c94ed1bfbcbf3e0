"""Shapes by age with few parameters: moves, births, survivors, and local death rates beside a standard.

Sources of the formulas: Rogers and Castro (1981), model migration schedules; Hoem et al. (1981) for the gamma and
Hadwiger curves; Peristera and Kostaki (2007); Brass (1971); de Beer (2012) and Gonzaga and Schmertmann (2016), TOPALS.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samskap.engines.outlook.checks import checked
from samskap.engines.outlook.errors import OutlookError

__all__ = [
    "FERTILE",
    "KNOTS",
    "TopalsFit",
    "brass",
    "gamma",
    "hadwiger",
    "linear_splines",
    "peristera_kostaki",
    "rescaled",
    "rogers_castro",
    "topals",
]

Array = NDArray[np.float64]
Hump = tuple[float, float, float, float]

FERTILE: Final = (15, 49)
KNOTS: Final = (0.0, 1.0, 10.0, 20.0, 40.0, 70.0, 100.0)
_ROUNDS: Final = 100
_SMALLEST_PART: Final = 1e-8
_STILL: Final = 1e-14


def rogers_castro(
    ages: ArrayLike,
    *,
    childhood: tuple[float, float],
    working: Hump,
    level: float = 0.0,
    retirement: Hump | None = None,
    old: tuple[float, float] | None = None,
) -> Array:
    """Rate of moving at each of `ages`: 7 to 13 parameters.

    `childhood` (a1, alpha1) falls from birth; `working` and `retirement` are humps (a, alpha, mu, lambda) that rise by
    lambda round age mu and fall by alpha; `old` (a4, lambda4) is a4 exp(lambda4 x); `level` is the constant c.
    """
    x = np.asarray(ages, dtype=np.float64)
    rate = level + childhood[0] * np.exp(-childhood[1] * x) + _hump(x, working)
    if retirement is not None:
        rate = rate + _hump(x, retirement)
    if old is not None:
        rate = rate + old[0] * np.exp(old[1] * x)
    return np.asarray(rate, dtype=np.float64)


def gamma(ages: ArrayLike, *, shape: float, scale: float, start: float = 14.0, total: float | None = None) -> Array:
    """Births a woman at each of `ages` (completed years; taken half a year later): gamma curve from `start` on.

    f ~ (a - start)^(shape - 1) exp(-(a - start) / scale), scaled so that it sums to `total` (TFR) where given.
    """
    past = np.maximum(np.asarray(ages, dtype=np.float64) + 0.5 - start, 0.0)
    return rescaled(past ** (shape - 1) * np.exp(-past / scale), total=total)


def hadwiger(ages: ArrayLike, *, b: float, c: float, total: float | None = None) -> Array:
    """Births a woman at each of `ages` (taken half a year later): f ~ b/c (c/a)^1.5 exp(-b² (c/a + a/c - 2))."""
    a = np.asarray(ages, dtype=np.float64) + 0.5
    return rescaled(b / c * (c / a) ** 1.5 * np.exp(-(b**2) * (c / a + a / c - 2)), total=total)


def peristera_kostaki(
    ages: ArrayLike, *, mode: float, before: float, after: float, total: float | None = None
) -> Array:
    """Births a woman at each of `ages` (taken half a year later): a bell round `mode` that is `before` years wide on
    the young side and `after` on the old: f ~ exp(-((a - mode) / width)²)."""
    a = np.asarray(ages, dtype=np.float64) + 0.5
    return rescaled(np.exp(-(((a - mode) / np.where(a < mode, before, after)) ** 2)), total=total)


def rescaled(rates: ArrayLike, *, total: float | None, width: float = 1.0) -> Array:
    """`rates` (..., ages) times what makes them sum to `total` over ages of `width` years; as they are where None."""
    found = checked(rates, "rates")
    if total is None:
        return found
    sums = found.sum(axis=-1, keepdims=True) * width
    if (sums <= 0).any():
        raise OutlookError("A schedule of zeros cannot be scaled.", cure="Give at least one rate above zero.")
    return np.asarray(found * (total / sums), dtype=np.float64)


def brass(survivors: ArrayLike, *, alpha: float, beta: float) -> Array:
    """Survivors l(x), as a share of those born, after Brass's change of their logits: alpha + beta logit l.

    logit l = ln((1 - l) / l) / 2, so a higher `alpha` means higher mortality. 1 stays 1, 0 stays 0.
    """
    standard = checked(survivors, "survivors", most=1.0)
    inside = (standard > 0) & (standard < 1)
    odds = np.where(inside, (1 - standard) / np.where(inside, standard, 1.0), 1.0)
    return np.where(inside, 1 / (1 + np.exp(2 * alpha) * odds**beta), standard)


def linear_splines(ages: ArrayLike, *, knots: ArrayLike = KNOTS) -> Array:
    """(ages, knots) tents of height 1 at each knot, falling straight to 0 at the next; level outside the outermost."""
    x, places = np.asarray(ages, dtype=np.float64), np.asarray(knots, dtype=np.float64)
    return np.stack([np.interp(x, places, height) for height in np.eye(len(places))], axis=1)


@dataclass(frozen=True, slots=True, eq=False)
class TopalsFit:
    """`offsets` (knots,) of ln mortality from the standard, and the `mortality` (ages,) they give."""

    knots: tuple[float, ...]
    offsets: Array
    mortality: Array


def topals(
    deaths: ArrayLike,
    exposure: ArrayLike,
    standard: ArrayLike,
    *,
    knots: tuple[float, ...] = KNOTS,
    smooth: float = 1.0,
    anchor: float = 0.0,
) -> TopalsFit:
    """Local death rates as a standard plus a broken line in ln m, by penalised Poisson likelihood.

    Maximises sum(D ln mu - mu) - smooth sum((theta_(j+1) - theta_j)²) - anchor sum(theta_j²) with
    mu = E m* exp(B theta). All of `deaths`, `exposure` (person-years) and `standard` (m*, above 0) are (ages,). A
    positive `anchor` pulls towards the standard, and is needed where nobody died. Raises OutlookError without deaths
    and anchor: the likelihood then has no maximum.
    """
    d, e = checked(deaths, "deaths"), checked(exposure, "person-years")
    m = checked(standard, "standard death rates", least=np.finfo(np.float64).tiny)
    if not d.shape == e.shape == m.shape or d.ndim != 1:
        raise OutlookError(f"Deaths, person-years and standard have the shapes {d.shape}, {e.shape} and {m.shape}.")
    if ((d > 0) & (e == 0)).any():
        raise OutlookError("There are deaths at an age where nobody lives.", cure="Give person-years for every age.")
    if d.sum() == 0 and anchor <= 0:
        raise OutlookError("Nobody died, so there is nothing to fit.", cure="Give an anchor above zero.")
    basis = linear_splines(np.arange(len(d)), knots=knots)
    steps = np.diff(np.eye(len(knots)), axis=0)
    penalty = 2 * (smooth * steps.T @ steps + anchor * np.eye(len(knots)))
    offsets = _most_likely(d, e * m, basis=basis, penalty=penalty)
    return TopalsFit(tuple(knots), offsets, m * np.exp(basis @ offsets))


def _most_likely(deaths: Array, expected: Array, *, basis: Array, penalty: Array) -> Array:
    """Newton's method with halved steps: the penalised likelihood is concave, so its top is the only one."""

    def height(theta: Array) -> float:
        line = basis @ theta
        with np.errstate(over="ignore", invalid="ignore"):
            return float(deaths @ line - expected @ np.exp(line) - theta @ penalty @ theta / 2)

    theta = np.zeros(basis.shape[1])
    for _ in range(_ROUNDS):
        mu = expected * np.exp(basis @ theta)
        slope = basis.T @ (deaths - mu) - penalty @ theta
        step = np.linalg.solve(basis.T @ (mu[:, None] * basis) + penalty, slope)
        here = height(theta)
        if slope @ step < _STILL * (1 + abs(here)):
            return np.asarray(theta + step, dtype=np.float64)
        part = 1.0
        # Not `<`: a step too far gives NaN.
        while not height(theta + part * step) >= here and part > _SMALLEST_PART:
            part /= 2
        theta = theta + part * step
    raise OutlookError("The local death rates did not settle.", cure="Give an anchor above zero, or fewer knots.")


def _hump(x: Array, parameters: Hump) -> Array:
    height, fall, place, rise = parameters
    # Far below its place the inner exponential overflows to what is, in truth, zero.
    return np.asarray(
        height * np.exp(-fall * (x - place) - np.exp(np.minimum(-rise * (x - place), 700.0))), dtype=np.float64
    )
