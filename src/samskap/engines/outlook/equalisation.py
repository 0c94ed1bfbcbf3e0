"""What the state's equalisation pays: need relative to the country, and taxes evened out. Both add up to nothing.

A municipality that ages as the country does keeps its index; so its money depends on all others, and the sums of the
country come with the pool of each draw.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samskap.engines.outlook.ages import AGES, in_group
from samskap.engines.outlook.errors import OutlookError
from samskap.engines.outlook.need import OLD, Standard, folded
from samskap.engines.outlook.parameters import Parameters

__all__ = ["Country", "country_of", "equalised_tax", "need_grants", "need_index"]

Array = NDArray[np.float64]
Draws = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Country:
    """The country by draw, each (Y + 1, draws): `people`, `need` in units (as many as people in the base year), `taxed`
    people weighted as taxpayers; `people_now` in the base year."""

    people: Draws
    need: Draws
    taxed: Draws
    people_now: float


def country_of(national: Draws, standard: Standard, parameters: Parameters) -> Country:
    """From `national` (Y + 1, 13 folds, draws), the people of the country in every draw."""
    people = standard.people
    near = standard.dying[:, None, :] * standard.a_death[:, None]
    by_age = np.einsum("s,ysa->ya", standard.weights, standard.by_year + near)
    weights = folded(by_age, people=people).astype(np.float32)
    payers = folded(in_group((16, 66)) + parameters["tax.weight_67+"] * in_group((OLD, AGES - 1)), people=people)
    fixed = float(standard.weights @ standard.fixed) * people.sum()
    return Country(
        people=national.sum(axis=1, dtype=np.float64).astype(np.float32),
        need=np.einsum("yf,yfd->yd", weights, national) + np.float32(fixed),
        taxed=np.einsum("f,yfd->yd", payers.astype(np.float32), national),
        people_now=float(people.sum()),
    )


def need_index(need: Draws, *, people: Draws, country: Country) -> Draws:
    """Need a head relative to the country's, by year and draw: 1 is the average."""
    return np.asarray((need / people) / (country.need / country.people))


def need_grants(need: Array, *, people: Array, need_a_head: float) -> Array:
    """Kroner that each of A places that make up a country gets (pays) for its need: (index - 1) · need a head · people.

    `need` (A,) in any unit, `people` (A,). The grants add up to nothing.
    """
    _check_people(people)
    index = (need / people) / (need.sum() / people.sum())
    return np.asarray((index - 1.0) * need_a_head * people)


def equalised_tax(tax: Array, *, people: Array, parameters: Parameters) -> Array:
    """Kroner that each of A places that make up a country gets (pays) to even out its `tax` (A,).

    A share of the distance to the country's tax a head, a supplement for those below a threshold, and what the
    supplement costs, the same a head for all. The grants add up to nothing.
    """
    _check_people(people)
    mean = tax.sum() / people.sum()
    grant = tax_grant_a_head(tax / people, mean=mean, parameters=parameters)
    return np.asarray((grant - (grant @ people) / people.sum()) * people)


def tax_grant_a_head(tax_a_head: Array, *, mean: float, parameters: Parameters) -> Array:
    """The grant before its finance: s (T - tau) + s2 max(0, 0.9 T - tau)."""
    below = np.maximum(parameters["tax.threshold"] * mean - tax_a_head, 0.0)
    return np.asarray(parameters["tax.symmetric"] * (mean - tax_a_head) + parameters["tax.supplement"] * below)


def _check_people(people: Array) -> None:
    if not (people > 0).all():
        raise OutlookError(
            f"Place number {int(np.argmin(people > 0))} has no people.",
            cure="Equalisation needs people in every place.",
        )
