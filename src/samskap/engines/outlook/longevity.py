"""How many years of remaining life are gained, by draw: what `phi`, healthier ageing, needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from samskap.engines.outlook.inputs import Assumptions
from samskap.engines.outlook.levers import Levers
from samskap.engines.outlook.life_tables import life_table
from samskap.engines.outlook.rates import longer_life

__all__ = ["AGE", "Longevity", "gain_at"]

AGE: Final = 67

# Where remaining life is computed, in ln of the nation's mortality; between them a polynomial runs through all.
_NODES: Final = np.array([-0.6, -0.3, 0.0, 0.3, 0.6])


@dataclass(frozen=True, eq=False)
class Longevity:
    """What remaining life hangs on; what is gained is reckoned when it is asked for, for few outlooks need it."""

    assumptions: Assumptions
    places: tuple[str, ...]
    mortality: NDArray[np.float32]
    levers: Levers

    @cached_property
    def gain(self) -> NDArray[np.float32]:
        """See `gain_at`."""
        return gain_at(self.assumptions, places=self.places, mortality=self.mortality, levers=self.levers)


def gain_at(
    assumptions: Assumptions,
    *,
    places: tuple[str, ...],
    mortality: NDArray[np.float32],
    levers: Levers,
    age: int = AGE,
) -> NDArray[np.float32]:
    """(Y + 1, draws) years of remaining life at `age` gained since the base year: mean of both sexes, of the death
    rates of `places` weighted by their people, with the nation's paths `mortality` (Y, 2, draws)."""
    at = [assumptions.places.index(place) for place in places]
    people = assumptions.population[at].sum(axis=(1, 2))
    base = np.average(assumptions.mortality[at], axis=0, weights=people if people.sum() > 0 else None)
    years, _, draws = mortality.shape
    longer = longer_life(base[None], assumptions.decline, years=years, gain=levers.life, rows=np.ones(1, np.int64))[0]
    ahead = np.arange(1, years + 1)[:, None, None]
    rates = base * np.exp(-assumptions.decline * ahead) * longer ** (ahead / years)
    there = _remaining(rates[:, None, :, age:] * np.exp(_NODES)[:, None, None])
    curves = _curves(there - _remaining(base[:, age:]))
    log, gain = np.log(mortality), np.zeros((years, 2, draws), np.float32)
    for curve in curves[::-1]:
        gain *= log
        gain += curve[..., None]
    return np.concatenate([np.zeros((1, draws), np.float32), gain.mean(axis=1)])


def _remaining(mortality: NDArray[np.float64]) -> NDArray[np.float64]:
    """Years of remaining life at the first of the ages given; those who die in it have lived half of it."""
    return np.asarray(life_table(mortality, infant=0.5).expectation[..., 0])


def _curves(values: NDArray[np.float64]) -> NDArray[np.float32]:
    """(5, Y, 2) coefficients, the constant first, of the polynomials through `values` (Y, 5, 2) at the nodes."""
    inverse = np.linalg.inv(np.vander(_NODES, increasing=True))
    return np.asarray(np.einsum("kn,yns->kys", inverse, values), dtype=np.float32)
