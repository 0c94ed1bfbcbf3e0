"""From figures to assumptions: levels of mortality, births and moves of each place, pulled towards the nation.

Every level is own figures against what the national schedules would give in the same people and years, weighted by how
much the place has seen (`shrinkage`). What was own, what was standard and with which weight goes along as `Estimate`
rows. Nothing after the last year of the history is looked at.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samskap.engines.outlook.ages import AGES
from samskap.engines.outlook.checks import checked
from samskap.engines.outlook.estimation import Estimation
from samskap.engines.outlook.history import check_history
from samskap.engines.outlook.inputs import Assumptions, Estimate, History, Variation, Vital
from samskap.engines.outlook.life_tables import survivorship
from samskap.engines.outlook.moving import Moves, estimate_moves
from samskap.engines.outlook.residual import cohort_survival
from samskap.engines.outlook.shrinkage import own_weight, prior_by_moments, shrunk_level

__all__ = ["estimate"]

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class _Level:
    """The level of each place (A,) against the standard: own figures, the nation's, their weight, and the one used."""

    own: Array
    standard: float
    weight: Array
    used: Array


def estimate(history: History, vital: Vital, *, options: Estimation | None = None) -> Assumptions:
    """Assumptions for the years after the last of `history`, for places that partition the country.

    Own figures are those of the last `options.window` years; `vital` gives the national schedules and the long-run
    level of immigration. Raises OutlookError for figures that cannot be people and for schedules of other shapes.
    """
    chosen = options or Estimation()
    check_history(history)
    _check_vital(vital)
    known = _latest(history, years=chosen.window + 1)
    mortality = _mortality_level(known, vital, options=chosen)
    national = _national_mortality(vital, years=known.years, level=mortality.standard, ages=chosen.local_mortality)
    fertility = _fertility_level(known, vital, mortality=national, options=chosen)
    tfr = _national_fertility(known, vital, mortality=national, options=chosen)
    by_place = _scaled(_in_year(vital, known.years[-1]), level=mortality.used, ages=chosen.local_mortality)
    moves = estimate_moves(known, vital, mortality=national, local=by_place, options=chosen)
    people = known.persons[:, -1].sum(axis=(1, 2))
    strays = chosen.variation
    return Assumptions(
        places=known.places,
        base_year=known.years[-1],
        population=known.persons[:, -1],
        mortality=by_place,
        decline=vital.decline,
        fertility=vital.fertility * tfr * fertility.used[:, None],
        out_moves=moves.out_moves,
        abroad=moves.abroad,
        share=moves.share,
        immigration=moves.immigration,
        level_sd=_lasting(strays, people=people),
        boys_per_girl=vital.boys_per_girl,
        variation=strays,
        estimates=_rows(known.places, mortality, fertility, moves, children=float(vital.fertility.sum()) * tfr),
    )


def _lasting(strays: Variation, *, people: Array) -> Array:
    """(A,) spread of the lasting net-migration rate: of many parts of a large place, some gain what others lose."""
    some = np.maximum(people, 1.0)
    return np.sqrt(strays.level_sd**2 * np.minimum(strays.level_large / some, 1.0) + strays.level_people / some)


def _check_vital(vital: Vital) -> None:
    """Raise OutlookError unless every schedule has its shape, no rate is negative and no share above 1."""
    for name in ("mortality", "out_moves", "arrivals"):
        checked(getattr(vital, name), name.replace("_", " "), shape=(2, AGES))
    checked(vital.decline, "declines of mortality", shape=(2, AGES), least=-1.0, most=1.0)
    checked(vital.abroad, "shares that leave the country", shape=(2, AGES), most=1.0)
    checked(vital.fertility, "fertility rates", shape=(AGES,))
    checked([vital.immigration, vital.boys_per_girl], "immigration and boys per girl")


def _national_mortality(vital: Vital, *, years: tuple[int, ...], level: float, ages: tuple[int, int]) -> Array:
    """(T - 1, 2, 121) national death rates of each year that begins and ends in `years`, at `level` in old age."""
    return np.stack([_scaled(_in_year(vital, year), level=np.array(level), ages=ages) for year in years[:-1]])


def _in_year(vital: Vital, year: int) -> Array:
    return np.asarray(vital.mortality * np.exp(-vital.decline * (year - vital.year)), dtype=np.float64)


def _ramp(ages: tuple[int, int]) -> Array:
    """(121,) how much of a local level each age feels: none below the first age, all from the second."""
    return np.clip((np.arange(AGES) - ages[0]) / max(ages[1] - ages[0], 1), 0.0, 1.0)


def _scaled(mortality: Array, *, level: Array, ages: tuple[int, int]) -> Array:
    """(..., 2, 121) death rates at `level` (...) times the standard in old age."""
    return np.asarray(mortality * (1 + _ramp(ages) * (level[..., None, None] - 1)), dtype=np.float64)


def _latest(history: History, *, years: int) -> History:
    """The last `years` of a history."""
    first = max(len(history.years) - years, 0)
    events = [None if it is None else it[:, first:] for it in (history.births, history.deaths)]
    return History(history.places, history.years[first:], history.persons[:, first:], *events)


def _mortality_level(history: History, vital: Vital, *, options: Estimation) -> _Level:
    """Of deaths in old age, known or seen as those who are no longer there, against the standard."""
    start, end = history.persons[:, :-1], history.persons[:, 1:]
    standard = np.stack([_in_year(vital, year) for year in history.years[:-1]])
    if history.deaths is None:
        first, last = options.old_ages
        ages = slice(first, last + 1)
        dying = 1 - cohort_survival(survivorship(standard))[..., ages]
        expected = (start[..., ages] * dying).sum(axis=(1, 2, 3))
        gone = (start[..., ages] - end[..., first + 1 : last + 2]).sum(axis=(1, 2, 3))
        # Who moves in can outnumber who dies: a few old people and a new nursing home.
        events = np.maximum(gone, 0.0)
    else:
        by_age = (start + end) / 2 * standard
        expected = (by_age * _ramp(options.local_mortality)).sum(axis=(1, 2, 3))
        younger = (by_age * (1 - _ramp(options.local_mortality))).sum(axis=(1, 2, 3))
        events = np.maximum(history.deaths.sum(axis=1) - younger, 0.0)
    return _level(events, expected=expected, prior=options.mortality_prior)


def _fertility_level(history: History, vital: Vital, *, mortality: Array, options: Estimation) -> _Level:
    """Of births, against those of the nation's women of the same ages in the same years."""
    births = _births(history, mortality, boys_per_girl=vital.boys_per_girl)
    expected = _expected_births(history, vital)
    national = _ratio(births.sum(axis=0), expected.sum(axis=0))
    return _level(births.sum(axis=1), expected=(expected * national).sum(axis=1), prior=options.fertility_prior)


def _national_fertility(history: History, vital: Vital, *, mortality: Array, options: Estimation) -> float:
    """Times the standard: the last year's, and what its recent change is still to bring.

    A change c of ln TFR is followed by c·a, c·a², ... (a the autocorrelation of changes): c·a / (1 - a) in all.
    """
    births = _births(history, mortality, boys_per_girl=vital.boys_per_girl).sum(axis=0)
    level = _ratio(births, _expected_births(history, vital).sum(axis=0))
    if len(level) < 3 or (level[-3:] <= 0).any():
        return float(level[-1]) or 1.0
    memory = options.variation.fertility_memory
    change = float(np.log(level[-1] / level[-3])) / 2
    return float(level[-1] * np.exp(change * memory / (1 - memory)))


def _births(history: History, mortality: Array, *, boys_per_girl: float) -> Array:
    """(A, T - 1) births: those known, or infants on the next 1 January divided by their survival."""
    if history.births is not None:
        return history.births
    survival = survivorship(mortality)[..., 0]
    of_all = (survival[:, 0] + boys_per_girl * survival[:, 1]) / (1 + boys_per_girl)
    return np.asarray(history.persons[:, 1:, :, 0].sum(axis=-1) / of_all, dtype=np.float64)


def _expected_births(history: History, vital: Vital) -> Array:
    women = (history.persons[:, :-1, 0] + history.persons[:, 1:, 0]) / 2
    return np.asarray(women @ vital.fertility, dtype=np.float64)


def _level(events: Array, *, expected: Array, prior: float | None) -> _Level:
    national = float(events.sum() / expected.sum()) if expected.sum() > 0 and events.sum() > 0 else 1.0
    awaited = expected * national
    worth = prior_by_moments(events, expected=awaited) if prior is None else prior
    if not np.isfinite(worth):
        ratio, weight = np.ones(events.shape), np.zeros(events.shape)
    else:
        ratio = shrunk_level(events, expected=awaited, prior=worth)
        weight = own_weight(awaited, prior=worth)
    return _Level(_ratio(events, expected), national, weight, national * ratio)


def _rows(
    places: tuple[str, ...], mortality: _Level, fertility: _Level, moves: Moves, *, children: float
) -> tuple[Estimate, ...]:
    rows = []
    for at, place in enumerate(places):
        rows.append(_row(place, "mortality", mortality, at=at, unit=1.0))
        rows.append(_row(place, "fertility", fertility, at=at, unit=children / fertility.standard))
        own, standard, weight, used = (float(column[at]) for column in moves.level)
        rows.append(Estimate(place, "net_moves", own, standard, weight, used))
    return tuple(rows)


def _row(place: str, parameter: str, level: _Level, *, at: int, unit: float) -> Estimate:
    own, used = float(level.own[at]) * unit, float(level.used[at]) * unit
    return Estimate(place, parameter, own, level.standard * unit, float(level.weight[at]), used)


def _ratio(part: Array, whole: Array) -> Array:
    return np.divide(part, whole, out=np.zeros(np.shape(whole)), where=whole > 0)
