"""Life tables from central death rates, and the survivorship ratios that a projection needs.

Method: Preston, Heuveline and Guillot, *Demography* (2001), chapters 3 and 6. Age is the last axis everywhere, its
last class is open, and axes before it (places, sexes, draws) are free.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samskap.engines.outlook.ages import AGES
from samskap.engines.outlook.checks import checked
from samskap.engines.outlook.errors import OutlookError

__all__ = [
    "INFANT_SEPARATION",
    "LIFE_TABLE",
    "ONE_MINUS_Q",
    "LifeTable",
    "andreev_kingkade",
    "cohort_survival",
    "extended",
    "life_table",
    "survivorship",
]

Array = NDArray[np.float64]
Rule = Literal["life_table", "one_minus_q"]

LIFE_TABLE: Final[Rule] = "life_table"
ONE_MINUS_Q: Final[Rule] = "one_minus_q"

# Share of a year that those who die in their first year live of it, where mortality is low (HMD, Norway since 1990).
INFANT_SEPARATION: Final = 0.14

# Mean years lived by infants who die, by death rate m: below each bound a straight line, then a constant.
_ANDREEV_KINGKADE: Final = {
    "female": ((0.01724, 0.14903, -2.05527), (0.06891, 0.04667, 3.88089), 0.31411),
    "male": ((0.02300, 0.14929, -1.99545), (0.08307, 0.02832, 3.26021), 0.29915),
}


@dataclass(frozen=True, slots=True, eq=False)
class LifeTable:
    """The columns of a life table, each (..., ages): m, a, q, l, d, L, T and e of the textbooks, in this order.

    `survivors` starts at 1. `separation` are years lived in the class by those who die in it.
    """

    mortality: Array
    separation: Array
    probability: Array
    survivors: Array
    deaths: Array
    years_lived: Array
    years_left: Array
    expectation: Array

    @property
    def at_birth(self) -> Array:
        """(...,) life expectancy at birth."""
        return np.asarray(self.expectation[..., 0], dtype=np.float64)


def andreev_kingkade(infant_mortality: ArrayLike, *, sex: str) -> Array:
    """Years lived by those who die in their first year, from their death rate (Andreev and Kingkade 2015).

    `sex` is "female" or "male". About 0.14 at today's Norwegian rates.
    """
    (low, a, b), (high, c, d), top = _ANDREEV_KINGKADE[sex]
    m = checked(infant_mortality, "infant death rates")
    return np.where(m < low, a + b * m, np.where(m < high, c + d * m, top))


def life_table(mortality: ArrayLike, *, width: float = 1.0, infant: ArrayLike = INFANT_SEPARATION) -> LifeTable:
    """Life table of `mortality` (..., ages), central death rates a year in classes of `width` years, the last open.

    Those who die in a class have lived half of it, in the first class `infant` years; less where the rate is so high
    that nobody could live through the class. Raises OutlookError for a negative or not finite rate, and for an open
    class that nobody dies in.
    """
    m = checked(mortality, "death rates")
    if m.ndim == 0 or m.shape[-1] < 2:
        raise OutlookError("A life table needs two ages or more.", cure="Give one death rate for each age.")
    if (m[..., -1] <= 0).any():
        raise OutlookError("Nobody dies in the open last age class.", cure="Give a last death rate above zero.")
    a = np.full(m.shape, width / 2)
    a[..., 0] = infant
    # With a = 1/m the class empties, and m = d/L still holds.
    a = np.minimum(a, 1 / np.maximum(m, np.finfo(np.float64).tiny))
    a[..., -1] = 1 / m[..., -1]
    q = np.minimum(width * m / (1 + (width - a) * m), 1.0)
    q[..., -1] = 1.0
    survivors = np.ones(m.shape)
    np.cumprod(1 - q[..., :-1], axis=-1, out=survivors[..., 1:])
    deaths = survivors * q
    lived = width * (survivors - deaths) + a * deaths
    lived[..., -1] = survivors[..., -1] / m[..., -1]
    left = np.cumsum(lived[..., ::-1], axis=-1)[..., ::-1]
    return LifeTable(m, a, q, survivors, deaths, lived, left, _ratio(left, survivors))


def survivorship(
    mortality: ArrayLike, *, rule: Rule = LIFE_TABLE, width: float = 1.0, infant: ArrayLike = INFANT_SEPARATION
) -> Array:
    """Share that survives *into* each age class over one step as long as the class: (..., ages) of `mortality`.

    `LIFE_TABLE`: S_0 = L_0 / (n l_0) of those born, S_x = L_x / L_(x-1), and S_open = T_A / T_(A-1) of the last two
    classes together. `ONE_MINUS_Q`: S_x = 1 - q_(x-1), nobody dies in the calendar year of birth (S_0 = 1); the open
    class as before, for in it there is no q.
    """
    table = life_table(mortality, width=width, infant=infant)
    ratios = np.ones(table.mortality.shape)
    if rule == LIFE_TABLE:
        ratios[..., 0] = table.years_lived[..., 0] / width
        ratios[..., 1:] = _ratio(table.years_lived[..., 1:], table.years_lived[..., :-1])
    else:
        ratios[..., 1:] = 1 - table.probability[..., :-1]
    ratios[..., -1] = _ratio(table.years_left[..., -1], table.years_left[..., -2])
    return ratios


def cohort_survival(ratios: Array) -> Array:
    """Survival over a step by age class at its start, from ratios *into* each class (see `survivorship`).

    The last two classes become the open one together, with one ratio. Same shape (..., ages).
    """
    return np.asarray(np.concatenate([ratios[..., 1:], ratios[..., -1:]], axis=-1), dtype=np.float64)


def extended(persons: ArrayLike, mortality: ArrayLike) -> Array:
    """`persons` (..., n) whose last class is open, spread to (..., 121): n is at most 121, for instance 106 for 105+.

    Those of the open class are put at its ages as in a stationary population of `mortality` (..., 121).
    """
    known = checked(persons, "persons")
    first = known.shape[-1] - 1
    if not 0 < first < AGES:
        raise OutlookError(f"There are {first + 1} age classes.", cure=f"Give between 2 and {AGES}.")
    lived = life_table(checked(mortality, "death rates", shape=(AGES,))).years_lived[..., first:]
    share = lived / lived.sum(axis=-1, keepdims=True)
    shape = np.broadcast_shapes(known.shape[:-1], share.shape[:-1])
    spread = np.empty((*shape, AGES))
    spread[..., :first] = known[..., :-1]
    spread[..., first:] = known[..., -1:] * share
    return spread


def _ratio(part: Array, whole: Array) -> Array:
    """part / whole, and 0 where nobody is left."""
    return np.asarray(np.divide(part, whole, out=np.zeros(np.shape(whole)), where=whole > 0), dtype=np.float64)
