"""National schedules for Norway, used where a municipality has no figures of its own, and as what it is shrunk towards.

Smooth curves with few parameters, fitted by us to published figures. No table is copied.

- Mortality: deaths and person-years 2015-2019 by sex and single year of age (Human Mortality Database, CC BY 4.0), by
  Poisson likelihood; the rates are of the middle of 2017. Life expectancy at birth is within 0.05 year of the observed
  and at 67 within 0.1; rates at 55-95 within 12 %, at 40-100 within 20 % (where few die, chance is as large).
- Decline: average yearly fall of the same rates 1990-2019 by age band. Below 80 men's is set to 2.5 % where 2.4 to 2.9
  was seen, for what is left of their distance to women is shorter.
- Fertility: age pattern 2015-2020 (United Nations, World Population Prospects 2022, CC BY 3.0 IGO), within half a
  percentage point of the total by five-year group; moved 0.8 year up for the years to 2024, about the pace of
  2015-2021, and scaled to a total of 1.44 children a woman (Statistics Norway, 2024).
- Moves between municipalities: rates a thousand by sex and five-year age group (Statistics Norway, "Flyttingar", NLOD;
  ages under 45 of 2011, older ones of 2004, raised by 8 % as the younger had risen). 2 to 3 % of the moves are put in a
  wrong age group; ages 40-69 are within 25 %, and those over 70, who move seldom, are over a third too high. In all
  about 4.4 % of all people a year.
- Moves abroad and immigration: counts by age of 2006 (Statistics Norway, NLOD), same curve for both sexes; immigrants
  by five-year group within one percentage point, and 7 % of the moves abroad put in a wrong group. The curve of moves
  abroad gives about 25,000 a year with the people of 2022. The level of immigration, 45,000 a year, and men's share of
  52 %, are rounded long-term figures: the years since 2000 had between 34,000 (2001) and about 90,000 (2022).
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from samskap.engines.outlook.ages import AGES
from samskap.engines.outlook.inputs import Vital
from samskap.engines.outlook.schedules import FERTILE, peristera_kostaki, rescaled, rogers_castro

__all__ = ["NORWAY"]

Array = NDArray[np.float64]

_AGE: Final = np.arange(AGES, dtype=np.float64)
_MEN_AMONG_IMMIGRANTS: Final = 0.52


def _death_rate(
    *, childhood: tuple[float, float, float], youth: tuple[float, float, float], adult: tuple[float, ...]
) -> Array:
    """m_x: a fall from birth, a bell round the twenties, and a rise whose log-odds is a cubic in (x - 75) / 25."""
    first, speed, bend = childhood
    height, middle, spread = youth
    odds = np.exp(np.polynomial.polynomial.polyval((_AGE - 75) / 25, adult))
    falling = np.exp(first - speed * _AGE**bend)
    bell = np.exp(height - ((_AGE - middle) / spread) ** 2)
    return np.asarray(falling + bell + odds / (1 + odds), dtype=np.float64)


def _yearly_fall(top: float, *, half_age: float) -> Array:
    """Share by which mortality falls each year: `top` among the young, half of it at `half_age`, later none."""
    return np.asarray(top / (1 + np.exp((_AGE - half_age) / 3.7)), dtype=np.float64)


def _fertility(total: float) -> Array:
    rates = np.zeros(AGES)
    ages = np.arange(FERTILE[0], FERTILE[1] + 1)
    rates[ages] = peristera_kostaki(ages, mode=30.54 + 0.8, before=6.89, after=7.60, total=total)
    return rates


_MORTALITY = np.stack(
    [
        _death_rate(
            childhood=(-6.212, 2.507, 0.3056),
            youth=(-8.830, 22.31, 10.05),
            adult=(-3.890, 2.995, 0.6063, 0.2116),
        ),
        _death_rate(
            childhood=(-6.040, 2.485, 0.2831),
            youth=(-7.627, 25.89, 9.860),
            adult=(-3.483, 2.948, 0.5504, 0.2000),
        ),
    ]
)

_DOMESTIC = np.stack(
    [
        rogers_castro(_AGE, childhood=(0.0716, 0.441), working=(0.2993, 0.1325, 19.35, 0.392), old=(0.0272, -0.0153)),
        rogers_castro(_AGE, childhood=(0.0685, 0.365), working=(0.2382, 0.1006, 20.02, 0.345), old=(0.0253, -0.0164)),
    ]
)

_TO_OTHER_COUNTRIES = rogers_castro(
    _AGE, childhood=(0.00440, 0.0802), working=(0.0213, 0.0867, 19.49, 0.554), level=0.00104
)

_FROM_OTHER_COUNTRIES = rescaled(
    rogers_castro(_AGE, childhood=(805.0, 0.0655), working=(3555.0, 0.0956, 21.91, 0.2347)), total=1.0
)

NORWAY: Final = Vital(
    year=2017,
    mortality=_MORTALITY,
    decline=np.stack([_yearly_fall(0.019, half_age=93.0), _yearly_fall(0.025, half_age=90.0)]),
    fertility=_fertility(1.44),
    out_moves=_DOMESTIC + _TO_OTHER_COUNTRIES,
    abroad=_TO_OTHER_COUNTRIES / (_DOMESTIC + _TO_OTHER_COUNTRIES),
    arrivals=np.stack(
        [(1 - _MEN_AMONG_IMMIGRANTS) * _FROM_OTHER_COUNTRIES, _MEN_AMONG_IMMIGRANTS * _FROM_OTHER_COUNTRIES]
    ),
    immigration=45_000.0,
    boys_per_girl=1.06,
    source=(
        "Our fits to figures of the Human Mortality Database (2015-2019), United Nations, World Population Prospects "
        "2022, and Statistics Norway (moves 2004-2011, fertility 2024)."
    ),
)
