"""What a municipality or a country could do, as changes of parameters, never of results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from samskap.engines.outlook.services import SERVICES

__all__ = ["NO_LEVERS", "Effect", "Initiative", "Levers"]


@dataclass(frozen=True, slots=True)
class Effect:
    """What an initiative changes in one service: shares of users, of posts a user, of kroner a unit, removed (0 to 1).

    Each is a mean and a standard deviation; a draw outside 0 to 1 is set to the nearer end.
    """

    service: str
    users: tuple[float, float] = (0.0, 0.0)
    posts: tuple[float, float] = (0.0, 0.0)
    unit_cost: tuple[float, float] = (0.0, 0.0)
    first_age: int = 0
    last_age: int = 120


@dataclass(frozen=True, slots=True)
class Initiative:
    """A measure: `start` year, `ramp_years` to full effect, `lifetime_years` (0 for ever), what it costs, its effects.

    `setup_nok` in the start year, `yearly_nok` while it runs, `revenue_nok` a year at full effect. `is_cash` says
    whether what it frees is money that leaves the budget or time that is freed; the two are never added. Effects of
    initiatives with the same `overlap` multiply inside a service, never add above the need.
    """

    key: str
    start: int
    effects: tuple[Effect, ...]
    ramp_years: int = 3
    lifetime_years: int = 0
    setup_nok: float = 0.0
    yearly_nok: float = 0.0
    revenue_nok: float = 0.0
    is_cash: bool = True
    chance: float = 1.0


@dataclass(frozen=True, slots=True)
class Levers:
    """All at 0 is the base. Percentages are changes against the base, reached evenly over `phase_in_years`.

    `births` % more children a woman; `life` years more of life expectancy at birth at the end of the horizon;
    `stay` % fewer moves out at ages 18 to 34; `come` % more domestic moves in at ages 20 to 44; `homes` new homes a
    year above today's building; `jobs` new jobs a year that bring people; `refugees` persons settled a year above
    today's; `healthy` % of the gained years of life after 67 that are free of need (0 to 100); `productivity` % less
    work for the same service, a year; `unit_cost` % change of the cost of a unit; `income` % real growth of free
    income a year beyond demography; `coverage` % change of the share of people who use a service, by service; `saved`
    1,000 kroner a year less to pay, whatever for (below 0 more); `freed` posts of time freed a year, which is no money.
    """

    births: float = 0.0
    life: float = 0.0
    stay: float = 0.0
    come: float = 0.0
    homes: float = 0.0
    jobs: float = 0.0
    refugees: float = 0.0
    healthy: float = 0.0
    productivity: float = 0.0
    unit_cost: float = 0.0
    income: float = 0.0
    saved: float = 0.0
    freed: float = 0.0
    coverage: Mapping[str, float] = field(default_factory=lambda: MappingProxyType(dict.fromkeys(SERVICES, 0.0)))
    initiatives: tuple[Initiative, ...] = ()
    phase_in_years: int = 5


NO_LEVERS = Levers()
