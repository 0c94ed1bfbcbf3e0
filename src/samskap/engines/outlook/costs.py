"""From need to users, posts and kroner of each service, and what of it must be and what is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from samskap.engines.outlook.accounts import Books
from samskap.engines.outlook.errors import OutlookError
from samskap.engines.outlook.levers import Levers
from samskap.engines.outlook.parameters import Parameters
from samskap.engines.outlook.services import SERVICES

__all__ = ["Costs", "UnitCosts", "costs_of", "freed_of", "phased", "unit_costs"]

Array = NDArray[np.float64]
Draws = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class UnitCosts:
    """What a unit of need takes with the levers, each (7, Y + 1): full-time `posts`, kroner of `pay`, kroner of the
    `rest`; `coverage` times as many users."""

    posts: Array
    pay: Array
    rest: Array
    coverage: Array

    @property
    def kroner(self) -> Array:
        """Pay and the rest together."""
        return np.asarray(self.pay + self.rest)


@dataclass(frozen=True, slots=True, eq=False)
class Costs:
    """Services by draw, each (7, Y + 1, draws). `must` + `chosen` is the change of `kroner` since the base year."""

    users: Draws
    posts: Draws
    kroner: Draws
    must: Draws
    chosen: Draws

    def less(self, saved: Draws, *, posts: Draws, users: Draws) -> Costs:
        """These costs with `saved` kroner and `posts` taken off (chosen, not must), and the share `users` left."""
        return Costs(self.users * users, self.posts - posts, self.kroner - saved, self.must, self.chosen - saved)


def phased(years: int, *, over: int) -> Array:
    """(Y + 1,) 0 in the base year, rising evenly to 1 after `over` years (at once where `over` is 0)."""
    return np.minimum(np.arange(years + 1) / max(over, 1), 1.0)


def unit_costs(books: Books, parameters: Parameters, levers: Levers, *, need: Array, years: int) -> UnitCosts:
    """What a unit takes: the accounts over the base year's `need` (7,), changed by the levers on cost.

    Less work for the same service (`productivity`) saves posts and pay; `unit_cost` changes all kroner. Raises
    OutlookError for a coverage of a service that is not known, and for percentages that cannot be.
    """
    _check(levers)
    time, phase = np.arange(years + 1), phased(years, over=levers.phase_in_years)
    coverage = np.array([1.0 + levers.coverage.get(service, 0.0) / 100.0 * phase for service in SERVICES])
    more = np.ones((len(SERVICES), years + 1))
    more[SERVICES.index("care")] = (1.0 + parameters["more_work"]) ** time
    work = coverage * more * (1.0 - levers.productivity / 100.0) ** time
    price = 1.0 + levers.unit_cost / 100.0 * phase
    a_unit = np.divide(books.expenditure, need, out=np.zeros(len(SERVICES)), where=need > 0)[:, None]
    posts = np.divide(books.posts, need, out=np.zeros(len(SERVICES)), where=need > 0)[:, None]
    share = parameters["wage_share"]
    return UnitCosts(posts * work, a_unit * share * work * price, a_unit * (1.0 - share) * coverage * price, coverage)


# Percentages of levers on cost, and what they can be.
_RANGES: Final = {"healthy": (0.0, 100.0), "productivity": (-10.0, 10.0), "unit_cost": (-90.0, 200.0)}
_COVERAGE: Final = (-100.0, 500.0)


def _check(levers: Levers) -> None:
    for name, limits in _RANGES.items():
        _check_percent(f"lever {name.replace('_', ' ')}", getattr(levers, name), limits=limits)
    for service, percent in levers.coverage.items():
        if service not in SERVICES:
            raise OutlookError(
                f'The coverage of a service "{service}" is changed, which is not known.',
                cure=f"Services: {', '.join(SERVICES)}.",
            )
        _check_percent(f"coverage of {service}", percent, limits=_COVERAGE)


def _check_percent(what: str, percent: float, *, limits: tuple[float, float]) -> None:
    if not limits[0] <= percent <= limits[1]:
        raise OutlookError(
            f"The {what} is changed by {percent:g} %.", cure=f"It can be from {limits[0]:g} to {limits[1]:g} %."
        )


def costs_of(unit: UnitCosts, books: Books, *, whole: Draws, actual: Draws, users: Draws) -> Costs:
    """Services by draw. `whole` and `actual` (7, Y + 1, draws) are need at today's standard and with the health of the
    old; `users` (7, Y + 1, draws) people (or need) that use the service at today's coverage."""
    kroner = unit.kroner.astype(np.float32)[:, :, None] * actual
    now = books.expenditure.astype(np.float32)[:, None, None]
    must = now * (_relative(whole) - np.float32(1.0))
    reached = (books.users[:, None] * unit.coverage).astype(np.float32)[:, :, None]
    return Costs(
        users=reached * _relative(users),
        posts=unit.posts.astype(np.float32)[:, :, None] * actual,
        kroner=kroner,
        must=must,
        chosen=kroner - now - must,
    )


def freed_of(posts: Draws, *, wanted: Draws) -> Draws:
    """(7, Y + 1, draws) posts of time freed, `wanted` (Y + 1, 1) in all: of each service as many as it has of the
    `posts`, for nobody says where, and never more than there are."""
    there = posts.sum(axis=0)
    share = np.divide(np.minimum(wanted, there), there, out=np.zeros_like(there), where=there > 0)
    return np.asarray(posts * share)


def _relative(values: Draws) -> Draws:
    """Against the base year; where nobody needs anything then, it stays at 0 like the accounts."""
    start = values[:, :1]
    return np.asarray(np.divide(values, start, out=np.ones_like(values), where=start > 0))
