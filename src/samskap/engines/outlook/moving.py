"""Who moves: net migration of each place from its figures, and the gross flows that give it.

Only stocks are known, so net migration is a residual (`residual`). The nation's, by sex and age, is brought to the
level that the coming years may expect. A place departs from it in two ways: a level, spread over ages as people move,
of which only a part lasts; and a pattern over ages, smoothed, which lasts but which small places know little of.
Gross: people leave at the national schedule, more where a net loss is larger than that; whoever leaves for another
place arrives in one, and immigrants come beside them. Then domestic moves sum to zero by construction.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samskap.engines.outlook.ages import AGES
from samskap.engines.outlook.estimation import Estimation
from samskap.engines.outlook.inputs import History, Vital
from samskap.engines.outlook.life_tables import survivorship
from samskap.engines.outlook.residual import cohort_survival, moving_sum, net_moves
from samskap.engines.outlook.shrinkage import own_weight

__all__ = ["Moves", "estimate_moves"]

Array = NDArray[np.float64]

# Of those who leave beyond the national schedule, what must be left to arrive: a loss is never all of the leavers.
_LEAVERS_A_LOSS = 1.25
_MOST_LEAVE = 0.95


@dataclass(frozen=True, slots=True, eq=False)
class Moves:
    """Gross flows as `Assumptions` has them, and what they rest on.

    `net` (A, 2, 121) net moves a year per person; `level` own net rate, that of the nation in the same people, weight
    of the own one, and the one used, each (A,).
    """

    out_moves: Array
    abroad: Array
    share: Array
    immigration: Array
    net: Array
    level: tuple[Array, Array, Array, Array]


def estimate_moves(history: History, vital: Vital, *, mortality: Array, local: Array, options: Estimation) -> Moves:
    """Moves of the places of `history`, all of whose years are used.

    `mortality` (T - 1, 2, 121) national death rates of those years, `local` (A, 2, 121) those of each place now.
    """
    survival = cohort_survival(survivorship(mortality))
    net = net_moves(history.persons, survival=survival)
    exposed = history.persons[:, :-1]
    movable = np.arange(AGES) < options.settled
    fresh = options.fading ** np.arange(net.shape[1])[::-1, None, None] * movable
    recent = _recent(net * movable, exposed * movable, years=options.recent_years)
    net, exposed = net * fresh, exposed * fresh
    shape = _shape(vital, exposed.sum(axis=(0, 1)))
    national = _national(
        net, exposed, vital=vital, now=history.persons[:, -1], recent=recent, shape=shape, options=options
    )
    people_now = history.persons[:, -1].sum(axis=(1, 2))
    own, standard, weight, nation, used = _level(
        net.sum(axis=1), exposed.sum(axis=1), people=people_now, options=options
    )
    pattern = _pattern(net.sum(axis=1), exposed.sum(axis=1), options=options)
    departs = _departures(pattern, exposed.sum(axis=1), level=used - nation, shape=shape)
    departs = _capped(departs, options=options)
    people = _typical(history.persons[:, -1])
    rate = _closed(departs, people) + national
    return _gross(
        rate,
        people,
        vital=vital,
        hazard=-np.log(cohort_survival(survivorship(local))),
        level=(own, standard, weight, used),
    )


def _shape(vital: Vital, people: Array) -> Array:
    """(2, 121) how much each age moves against the mean of `people` (2, 121)."""
    mean = _ratio((vital.out_moves * people).sum(), people.sum())
    return np.asarray(vital.out_moves / mean if mean > 0 else np.ones(people.shape), dtype=np.float64)


def _recent(net: Array, exposed: Array, *, years: int) -> float:
    """Net rate of the whole country in its last years."""
    return float(_ratio(net[:, -years:].sum(), exposed[:, -years:].sum()))


def _national(
    net: Array, exposed: Array, *, vital: Vital, now: Array, recent: float, shape: Array, options: Estimation
) -> Array:
    """(2, 121) net rate of the nation to expect: the window's by age, at a level between the recent and the usual."""
    by_age = _ratio(net.sum(axis=(0, 1)), exposed.sum(axis=(0, 1)))
    people = now.sum(axis=0) * (exposed.sum(axis=(0, 1)) > 0)
    all_of_them = max(float(people.sum()), 1e-9)
    usual = (vital.immigration - float((now.sum(axis=0) * vital.out_moves * vital.abroad).sum())) / all_of_them
    memory = options.variation.immigration_memory
    kept = float(np.mean(memory ** np.arange(1, options.horizon + 1)))
    awaited = kept * recent + (1 - kept) * usual
    movers = float((shape * people).sum()) / all_of_them
    lifted = (awaited - float((by_age * people).sum()) / all_of_them) / movers if movers > 0 else 0.0
    return np.asarray(by_age + lifted * shape * (people > 0), dtype=np.float64)


def _level(net: Array, exposed: Array, *, people: Array, options: Estimation) -> tuple[Array, ...]:
    """(A,) own net rate, the standard, weight of the own one, the nation's in the same people, and the rate used."""
    lived = exposed.sum(axis=(1, 2))
    own = _ratio(net.sum(axis=(1, 2)), lived)
    by_age = _ratio(net.sum(axis=0), exposed.sum(axis=0))
    nation = _ratio((by_age * exposed).sum(axis=(1, 2)), lived)
    standard = nation + _by_size(own - nation, lived, people=people, options=options)
    weight = options.persistence * own_weight(lived, prior=options.level_prior)
    return own, standard, weight, nation, standard + weight * (own - standard)


def _by_size(departs: Array, lived: Array, *, people: Array, options: Estimation) -> Array:
    """(A,) net rate beyond the nation's that places of such a size have: c + s·ln(people / large), at most c.

    c and s are `options.level_by_size`, or fitted to the places. A place that is most of the country is the country:
    it departs by nothing.
    """
    size = np.minimum(np.log(np.maximum(people, 1.0) / options.large), 0.0)
    given = np.stack([np.ones(size.shape), size], axis=1) * (1 - people / people.sum())[:, None]
    root = np.sqrt(lived)
    fitted = options.level_by_size or np.linalg.lstsq(given * root[:, None], departs * root)[0]
    return np.asarray(given @ np.asarray(fitted), dtype=np.float64)


def _pattern(net: Array, exposed: Array, *, options: Estimation) -> Array:
    """(A, 2, 121) how each place's smoothed net rates by age depart from the nation's, shrunk by exposure."""
    width = options.smoothed_ages
    lived = moving_sum(exposed, width=width)
    rates = _ratio(moving_sum(net, width=width), lived)
    whole = _ratio(moving_sum(net.sum(axis=0), width=width), lived.sum(axis=0))
    return np.asarray((rates - whole) * own_weight(lived, prior=options.move_prior), dtype=np.float64)


def _departures(pattern: Array, exposed: Array, *, level: Array, shape: Array) -> Array:
    """The pattern without its own level, and with `level` (A,) put on it as people move."""
    lived = exposed.sum(axis=(1, 2))
    found = _ratio((pattern * exposed).sum(axis=(1, 2)), lived)
    movers = _ratio((shape * exposed).sum(axis=(1, 2)), lived)
    movable = exposed.sum(axis=0) > 0
    lift = _ratio(level - found, movers)
    return np.asarray((pattern + lift[:, None, None] * shape) * movable, dtype=np.float64)


def _capped(departs: Array, *, options: Estimation) -> Array:
    first, last = options.students
    capped = departs.copy()
    young = slice(first, last + 1)
    capped[..., young] = np.clip(departs[..., young], -options.student_cap, options.student_cap)
    return capped


def _closed(departs: Array, people: Array) -> Array:
    """Departures from the nation made to sum to nobody at each age."""
    return np.asarray(departs - _ratio((departs * people).sum(axis=0), people.sum(axis=0)), dtype=np.float64)


def _typical(persons: Array, *, width: int = 5) -> Array:
    """(A, 2, 121) people with the holes of small places filled: the nation's, by each place's share of five ages.

    An age that happens to be empty today would otherwise receive nobody in all years to come.
    """
    nation = persons.sum(axis=0)
    share = _ratio(moving_sum(persons, width=width), moving_sum(nation, width=width))
    return np.asarray(share * nation, dtype=np.float64)


def _gross(
    rate: Array, people: Array, *, vital: Vital, hazard: Array, level: tuple[Array, Array, Array, Array]
) -> Moves:
    """Out-moves, and arrivals I that close the year: people (e^-h + rate) = people e^-(h + o) + I e^(-h/2)."""
    loss = np.minimum(np.maximum(-rate, 0.0) * np.exp(hazard) * _LEAVERS_A_LOSS, _MOST_LEAVE)
    out = np.maximum(vital.out_moves, -np.log1p(-loss))
    staying = np.exp(-hazard - out)
    arrivals = np.maximum(people * (np.exp(-hazard) + rate - staying) * np.exp(hazard / 2), 0.0)
    leavers = (people * (1 - staying) * _ratio(out, hazard + out)).sum(axis=0)
    come = arrivals.sum(axis=0)
    # Where fewer arrive than leave for other places, the difference leaves the country.
    abroad = np.clip(np.maximum(vital.abroad, 1 - _ratio(come, leavers)), 0.0, 1.0) * (leavers > 0)
    share = np.where(come > 0, _ratio(arrivals, come), _ratio(people, people.sum(axis=0)))
    immigration = share * np.maximum(come - leavers * (1 - abroad), 0.0)
    return Moves(out, abroad, share, immigration, rate, level)


def _ratio(part: Array, whole: Array) -> Array:
    part, whole = np.broadcast_arrays(part, whole)
    return np.divide(part, whole, out=np.zeros(whole.shape), where=whole > 0)
