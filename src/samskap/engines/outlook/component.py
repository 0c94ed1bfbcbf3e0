"""The cohort-component method, one exact step at a time: slow, plain, and with every flow in sight.

Method: Preston, Heuveline and Guillot, *Demography* (2001), chapter 6. Any number of age classes of any width; a step
is as long as a class, so that everybody is one class older at its end. People are (..., 2, ages) with women first; axes
before that (places, draws) are free. Flows are by cohort, (..., 2, ages + 1): first those born during the step, then
those of each age class at its start.

This is the reference that worked examples are held against, and the twin of the fast engine.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samskap.engines.outlook.checks import checked
from samskap.engines.outlook.errors import OutlookError
from samskap.engines.outlook.life_tables import cohort_survival

__all__ = ["Gross", "Net", "Rates", "Step", "drawn_step", "project", "stepped"]

Array = NDArray[np.float64]

_BALANCE: Final = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Net:
    """Migration as a net count: `persons` (..., 2, ages) during the step, below zero where more leave than come.

    `timing` "even": half of them live through the step, counted in their age at its start, and half come at its end,
    counted in their age then. "end": all come at the end, after deaths and births.
    """

    persons: Array
    timing: Literal["even", "end"] = "even"


@dataclass(frozen=True, slots=True, eq=False)
class Gross:
    """Migration as rates out and counts in, both (..., 2, ages) by age at the start of the step.

    `order` "together": `out` is a hazard a year that competes with death, arrivals live half of the step here, and
    births come of the women of the start and the end. "in_turn" (municipal practice, R package befproj): deaths first,
    `out` is the share of survivors that leaves, arrivals and `net` come at the end, and births come of the women of the
    end in the age they had at the start. `net` is a further count, that may be below zero.
    """

    out: Array | float
    arrivals: Array | float
    net: Array | float = 0.0
    order: Literal["together", "in_turn"] = "together"


@dataclass(frozen=True, slots=True, eq=False)
class Rates:
    """What happens in one step: `survivorship` (..., 2, ages) into each class, of births into the first and of the last
    two together into the open one (see `life_tables.survivorship`); `fertility` (..., ages) births a woman-year;
    `boys_per_girl`; `migration`, None where nobody moves; `width` of an age class in years."""

    survivorship: Array
    fertility: Array
    migration: Net | Gross | None = None
    boys_per_girl: float = 1.06
    width: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One step. `start` and `end` are (..., 2, ages), `born_of` (..., ages) births by age class of the mother, `births`
    (..., 2) girls and boys; `deaths`, `moves_out`, `moves_in` and `net` (what came as a net count) are by cohort.

    For every sex and cohort: at the end = at the start + births - deaths - moves out + moves in + net.
    """

    start: Array
    end: Array
    born_of: Array
    births: Array
    deaths: Array
    moves_out: Array
    moves_in: Array
    net: Array

    @property
    def began(self) -> Array:
        """(..., 2, ages + 1) those who were here at the start or are born, by cohort."""
        return np.concatenate([self.births[..., None], self.start], axis=-1)

    @property
    def by_cohort(self) -> Array:
        """(..., 2, ages + 1) those who are here at the end, by cohort."""
        return np.asarray(self.began - self.deaths - self.moves_out + self.moves_in + self.net, dtype=np.float64)


class _Flows(NamedTuple):
    """Of those who were born before the step, by age class at its start; `end` lacks the infants."""

    start: Array
    end: Array
    born_of: Array
    dead: Array
    out: Array
    arrivals: Array
    net: Array


def stepped(persons: ArrayLike, rates: Rates) -> Step:
    """The people one step later, and every flow on the way, in expectation.

    Raises OutlookError for people or rates that cannot be: wrong shape, not finite, below zero, survival above 1, and
    where more people are to leave than there are.
    """
    start, rates = _checked(persons, rates)
    migration = rates.migration
    if not isinstance(migration, Gross):
        return _balanced(_net_step(start, rates, migration=migration))
    ordered = _together_step if migration.order == "together" else _in_turn_step
    return _balanced(ordered(start, rates, migration=migration))


def project(persons: ArrayLike, steps: Iterable[Rates]) -> tuple[Step, ...]:
    """One `Step` for each of `steps`, each starting where the one before ended."""
    made: list[Step] = []
    for rates in steps:
        made.append(stepped(made[-1].end if made else persons, rates))
    return tuple(made)


def drawn_step(persons: ArrayLike, rates: Rates, *, random: np.random.Generator) -> Step:
    """One step of whole people: deaths, moves and sexes are binomial, births and arrivals Poisson. Balance is exact.

    `persons` (..., 2, ages) must be whole numbers; give axes for draws in front. Only `Gross` migration "together"
    without `net`, or None: a net count is no event that happens to somebody. Raises OutlookError otherwise.
    """
    start, rates = _checked(persons, rates)
    if (start != np.round(start)).any():
        raise OutlookError("Draws need whole people.", cure="Give a whole number in every cell.")
    migration = rates.migration or Gross(out=0.0, arrivals=0.0)
    if isinstance(migration, Net) or migration.order != "together" or np.any(migration.net):
        raise OutlookError("Draws need migration as rates out and counts in.", cure='Give Gross with order "together".')
    return _balanced(_drawn(start, rates, migration=migration, random=random), within=0.0)


def _net_step(start: Array, rates: Rates, *, migration: Net | None) -> Step:
    moved = np.zeros_like(start) if migration is None else _wide(migration.persons, start)
    early = moved / 2 if migration is not None and migration.timing == "even" else np.zeros_like(start)
    late = moved - early
    exposed = _enough(start + early)
    dead = exposed * (1 - cohort_survival(rates.survivorship))
    survivors = _aged(exposed - dead)
    # Those who come half-way count as mothers at both ends; those who come at the end do not.
    born_of = _born_of(exposed[..., 0, :], survivors[..., 0, :] + early[..., 0, :], rates)
    none = np.zeros_like(start)
    step = _with_births(rates, _Flows(start, survivors + late, born_of, dead, none, none, early))
    _enough(step.end)
    # Those who come at the end are counted in their age then, where the youngest were born during the step.
    step.net[..., :-2] += late[..., :-1]
    step.net[..., -1] += late[..., -1]
    return step


def _together_step(start: Array, rates: Rates, *, migration: Gross) -> Step:
    hazard, out_rate = _hazards(rates, migration)
    both = hazard + out_rate
    gone = start * -np.expm1(-both)
    dead = gone * _share_of_death(hazard, both)
    arrivals, net = _wide(migration.arrivals, start), _wide(migration.net, start)
    lost = arrivals * -np.expm1(-hazard / 2)
    end = _aged(_enough(start - gone + arrivals - lost + net))
    born_of = _born_of(start[..., 0, :], end[..., 0, :], rates)
    return _with_births(rates, _Flows(start, end, born_of, dead + lost, gone - dead, arrivals, net))


def _in_turn_step(start: Array, rates: Rates, *, migration: Gross) -> Step:
    dead = start * (1 - cohort_survival(rates.survivorship))
    out = (start - dead) * migration.out
    arrivals, net = _wide(migration.arrivals, start), _wide(migration.net, start)
    stayed = _enough(start - dead - out + arrivals + net)
    born_of = np.asarray(rates.fertility * stayed[..., 0, :] * rates.width, dtype=np.float64)
    return _with_births(rates, _Flows(start, _aged(stayed), born_of, dead, out, arrivals, net))


def _with_births(rates: Rates, flows: _Flows) -> Step:
    """The step with its infants: born to `born_of`, and surviving into the youngest class."""
    survival = rates.survivorship[..., 0]
    births = _by_sex(flows.born_of, rates)
    end = flows.end.copy()
    end[..., 0] += births * survival
    deaths = np.concatenate([(births * (1 - survival))[..., None], flows.dead], axis=-1)
    moves = (_after_births(flow) for flow in (flows.out, flows.arrivals, flows.net))
    return Step(flows.start, end, flows.born_of, births, deaths, *moves)


def _drawn(start: Array, rates: Rates, *, migration: Gross, random: np.random.Generator) -> Step:
    hazard, out_rate = _hazards(rates, migration)
    both = hazard + out_rate
    gone = random.binomial(start.astype(np.int64), np.broadcast_to(-np.expm1(-both), start.shape))
    dead = random.binomial(gone, _share_of_death(hazard, both))
    arrivals = random.poisson(np.broadcast_to(migration.arrivals, start.shape))
    lost = random.binomial(arrivals, np.broadcast_to(-np.expm1(-hazard / 2), start.shape))
    end = _aged((start - gone + arrivals - lost).astype(np.float64))
    born_of = random.poisson(_born_of(start[..., 0, :], end[..., 0, :], rates))
    total = born_of.sum(axis=-1)
    girls = random.binomial(total, 1 / (1 + rates.boys_per_girl))
    births = np.stack([girls, total - girls], axis=-1)
    first = np.broadcast_to(rates.survivorship[..., 0], births.shape)
    infants = random.binomial(births, 1 - first)
    end[..., 0] += births - infants
    died = np.concatenate([infants[..., None], dead + lost], axis=-1).astype(np.float64)
    return Step(
        start,
        end,
        born_of.astype(np.float64),
        births.astype(np.float64),
        died,
        _after_births((gone - dead).astype(np.float64)),
        _after_births(arrivals.astype(np.float64)),
        np.zeros_like(died),
    )


def _hazards(rates: Rates, migration: Gross) -> tuple[Array, Array]:
    """Of death over the step, and of moving out, for each age class at the start. Infinite where nobody survives."""
    with np.errstate(divide="ignore"):
        hazard = -np.log(cohort_survival(rates.survivorship))
    return hazard, np.broadcast_to(migration.out * rates.width, hazard.shape)


def _share_of_death(hazard: Array, both: Array) -> Array:
    """Of those who are gone, the share that died: all where nobody can survive, none where nobody is gone."""
    usual = (both > 0) & np.isfinite(both)
    return np.divide(hazard, both, out=np.where(np.isinf(both), 1.0, 0.0), where=usual)


def _aged(persons: Array) -> Array:
    """Everybody one class older, the open one with those who reach it; the youngest class is empty."""
    older = np.zeros_like(persons)
    older[..., 1:] = persons[..., :-1]
    older[..., -1] += persons[..., -1]
    return older


def _born_of(before: Array, after: Array, rates: Rates) -> Array:
    return np.asarray(rates.fertility * (before + after) / 2 * rates.width, dtype=np.float64)


def _by_sex(born_of: Array, rates: Rates) -> Array:
    girls = born_of.sum(axis=-1) / (1 + rates.boys_per_girl)
    return np.stack([girls, girls * rates.boys_per_girl], axis=-1)


def _wide(flow: Array | float, like: Array) -> Array:
    return np.broadcast_to(np.asarray(flow, dtype=np.float64), like.shape)


def _after_births(flow: Array) -> Array:
    """By cohort: nobody among those born during the step."""
    return np.concatenate([np.zeros_like(flow[..., :1]), flow], axis=-1)


def _checked(persons: ArrayLike, rates: Rates) -> tuple[Array, Rates]:
    start = checked(persons, "persons")
    if start.ndim < 2 or start.shape[-2] != 2 or start.shape[-1] < 2:
        raise OutlookError(f"The persons have the shape {start.shape}.", cure="Give two sexes by two ages or more.")
    shape = start.shape[-2:]
    if not rates.boys_per_girl > 0 or not rates.width > 0:
        raise OutlookError(
            f"There are {rates.boys_per_girl} boys a girl and classes of {rates.width} years.",
            cure="Give numbers above zero.",
        )
    given = Rates(
        survivorship=checked(rates.survivorship, "survival ratios", shape=shape, most=1.0),
        fertility=checked(rates.fertility, "fertility rates", shape=shape[-1:]),
        migration=_checked_migration(rates.migration, shape),
        boys_per_girl=rates.boys_per_girl,
        width=rates.width,
    )
    return np.broadcast_to(start, (*_free_axes(start, given), *shape)), given


def _free_axes(start: Array, rates: Rates) -> tuple[int, ...]:
    """Places, draws and the like that people and rates have in front, together."""
    free = [start.shape[:-2], rates.survivorship.shape[:-2], rates.fertility.shape[:-1]]
    migration = rates.migration
    if isinstance(migration, Net):
        free.append(migration.persons.shape[:-2])
    elif migration is not None:
        free += [np.shape(part)[:-2] for part in (migration.out, migration.arrivals, migration.net)]
    try:
        return np.broadcast_shapes(*free)
    except ValueError as error:
        raise OutlookError(
            f"The axes in front of sexes and ages do not fit each other: {', '.join(map(str, free))}.",
            cure="Give the same places and draws for people and rates.",
        ) from error


def _checked_migration(migration: Net | Gross | None, shape: tuple[int, ...]) -> Net | Gross | None:
    if migration is None:
        return None
    if isinstance(migration, Net):
        return Net(checked(migration.persons, "net moves", shape=shape, least=None), migration.timing)
    most = 1.0 if migration.order == "in_turn" else None
    return Gross(
        out=checked(migration.out, "rates of moving out", shape=_full(migration.out, shape), most=most),
        arrivals=checked(migration.arrivals, "arrivals", shape=_full(migration.arrivals, shape)),
        net=checked(migration.net, "net moves", shape=_full(migration.net, shape), least=None),
        order=migration.order,
    )


def _full(values: Array | float, shape: tuple[int, ...]) -> tuple[int, ...] | None:
    """A single number stands for every cell."""
    return shape if np.ndim(values) else None


def _enough(persons: Array) -> Array:
    """The people themselves. Raises OutlookError where somebody is to leave who is not there."""
    if persons.min(initial=0.0) < 0:
        place = tuple(int(i) for i in np.argwhere(persons < 0)[0])
        raise OutlookError(
            f"More people leave than there are: {persons[place]:g} at position {place}.",
            cure="Give fewer net moves out, or moves out as rates.",
        )
    return persons


def _balanced(step: Step, *, within: float = _BALANCE) -> Step:
    """The step itself; an error of this module where its flows do not add up."""
    size = 1.0 + _folded(step.began + step.moves_in + np.abs(step.net))
    if (np.abs(_folded(step.by_cohort) - step.end) > within * size).any():
        raise AssertionError("The flows of a step do not add up to its people.")
    return step


def _folded(cohorts: Array) -> Array:
    """Cohorts as the age classes of the end, where the last two are one."""
    folded = cohorts[..., :-1].copy()
    folded[..., -1] += cohorts[..., -1]
    return folded
