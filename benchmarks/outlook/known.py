"""National schedules as somebody could have made them on 1 January of a base year: nothing later is looked at.

Mortality from the deaths of the five years before, its decline from the twenty before, fertility of the year before,
and the mean net migration of the twenty-five before as the level that immigration returns to. The shapes of moves by
age are those of `norway.NORWAY`, which rest on moves of 2004 to 2011.
"""

from __future__ import annotations

import numpy as np
from data import Array, National, Population

from samskap.engines.outlook.ages import AGES
from samskap.engines.outlook.history import read_history
from samskap.engines.outlook.inputs import History, Vital
from samskap.engines.outlook.life_tables import extended
from samskap.engines.outlook.mortality_trend import decline_from_deaths
from samskap.engines.outlook.norway import NORWAY

LEVEL_YEARS, TREND_YEARS, USUAL_YEARS = 5, 20, 25
CLOSING = (80, 100)
"""Ages whose rates the logistic curve of the oldest is fitted to; it takes over from four years before the last."""


def history_at(population: Population, *, base: int, vital: Vital) -> History:
    """What was known of all places on 1 January of `base`."""
    until = population.years.index(base) + 1
    return read_history(
        population.persons[:, :until],
        places=population.places,
        years=population.years[:until],
        mortality=vital.mortality,
    )


def vital_at(national: National, population: Population, *, base: int) -> Vital:
    """Schedules known on 1 January of `base`."""
    at = base - national.first
    level, trend = slice(at - LEVEL_YEARS, at), slice(at - TREND_YEARS, at)
    mortality = smoothed_rates(national.deaths[level].sum(axis=0), national.exposed[level].sum(axis=0))
    people = extended(population.persons[:, population.years.index(base)].sum(axis=0), mortality)
    leave = float((people * NORWAY.out_moves * NORWAY.abroad).sum())
    return Vital(
        year=base - 1 - LEVEL_YEARS // 2,
        mortality=mortality,
        decline=decline_from_deaths(national.deaths[trend], exposed=national.exposed[trend]),
        fertility=national.fertility[at - 1],
        out_moves=NORWAY.out_moves,
        abroad=NORWAY.abroad,
        arrivals=NORWAY.arrivals,
        immigration=leave + float(national.net[at - USUAL_YEARS : at].mean()),
        source=f"HMD, HFD and UN, as known on 1 January {base}",
    )


def smoothed_rates(deaths: Array, exposed: Array) -> Array:
    """(2, 121) death rates of counts (2, 111): neighbours together where few die, a logistic curve for the oldest."""
    rates = np.zeros((2, AGES))
    for sex in range(2):
        for age in range(deaths.shape[1]):
            reach = 0 if age < 2 else 3 if age < 40 else 1 if age < 60 else 0
            near = slice(max(age - reach, min(age, 1)), age + reach + 1)
            rates[sex, age] = deaths[sex, near].sum() / max(exposed[sex, near].sum(), 1.0)
        ages = np.arange(CLOSING[0], CLOSING[1] + 1)
        old = np.minimum(rates[sex, ages], 0.99)
        slope, start = np.polyfit(ages, np.log(old / (1 - old)), 1, w=np.sqrt(deaths[sex, ages]))
        oldest = np.arange(CLOSING[1] - 4, AGES)
        rates[sex, oldest] = 1 / (1 + np.exp(-(start + slope * oldest)))
    return rates
