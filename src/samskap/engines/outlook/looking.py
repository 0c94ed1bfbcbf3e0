"""An outlook of one place: people, need, posts, kroner and room for manoeuvre, with the levers pulled.

The same seed gives the same chance whatever levers are pulled, so two outlooks can be compared draw by draw.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final, TypedDict

import numpy as np
from numpy.typing import NDArray

from samskap.engines.outlook.accounts import Accounts, books_of
from samskap.engines.outlook.ages import REPORTED
from samskap.engines.outlook.blocks import Runner
from samskap.engines.outlook.constraint import ConstraintError, Projection, constrained
from samskap.engines.outlook.costs import Costs, UnitCosts, costs_of, freed_of, phased, unit_costs
from samskap.engines.outlook.equalisation import country_of
from samskap.engines.outlook.errors import OutlookError
from samskap.engines.outlook.explaining import explain
from samskap.engines.outlook.inputs import Assumptions
from samskap.engines.outlook.levers import NO_LEVERS, Levers
from samskap.engines.outlook.money import Place, money_of
from samskap.engines.outlook.need import Ageing, Standard, Sums, need_of, standard_need, sums_of
from samskap.engines.outlook.parameters import PARAMETERS, Parameters
from samskap.engines.outlook.pooling import Pool
from samskap.engines.outlook.portfolio import Portfolio, check_initiatives, pieces_of, portfolio_of
from samskap.engines.outlook.result import Explained, Outlook, OutlookDraws
from samskap.engines.outlook.services import SERVICES
from samskap.engines.outlook.simulating import DRAWS, SEED, YEARS, Simulation, simulate
from samskap.engines.outlook.telling import Reckoned, Told, outlook_of

__all__ = ["ENGINE_VERSION", "look_ahead", "look_at", "national_standard"]

Array = NDArray[np.float64]
Draws = NDArray[np.float32]

ENGINE_VERSION: Final = "outlook 1.0"
EXPLAINING_DRAWS: Final = 200


class _Size(TypedDict):
    years: int
    draws: int
    seed: int
    runner: Runner | None


class _Same(TypedDict):
    place: str
    accounts: Accounts | None
    parameters: Parameters
    official: Projection | None
    ageing: Ageing


def look_ahead(
    assumptions: Assumptions,
    *,
    place: str,
    accounts: Accounts | None = None,
    parameters: Parameters = PARAMETERS,
    years: int = YEARS,
    draws: int = DRAWS,
    seed: int = SEED,
    levers: Levers = NO_LEVERS,
    pool: Pool | None = None,
    official: Projection | None = None,
    ageing: Ageing = Ageing(),  # noqa: B008 -- frozen
    base: OutlookDraws | None = None,
    explaining_draws: int = EXPLAINING_DRAWS,
    runner: Runner | None = None,
) -> tuple[Outlook, OutlookDraws]:
    """The outlook of `place`, and the draws behind it.

    `accounts` may have gaps, which are estimated and named; without any there is no money, and posts and kroner are at
    national cost. `pool` is that of a pass over all places with the same seed; without it the whole system is run.
    `official` lays the middle path on an official projection. `base` are the draws without levers (of this function,
    same place, seed and accounts); with levers pulled they are made where they are not given. `explaining_draws` of 0
    leaves out what explains the band. Raises OutlookError for what cannot be.
    """
    size: _Size = {"years": years, "draws": draws, "seed": seed, "runner": runner}
    same: _Same = {
        "place": place,
        "accounts": accounts,
        "parameters": parameters,
        "official": official,
        "ageing": ageing,
    }
    run = simulate(assumptions, **size, levers=levers, places=(place,), pool=pool, classes=None)
    still = run
    if levers != NO_LEVERS and (base is None or official is not None):
        still = simulate(assumptions, **size, places=(place,), pool=pool, classes=None)
        base = base or look_at(still, assumptions, **same)[1]
    explained = explain(assumptions, run=run, draws=explaining_draws, levers=levers, runner=runner)
    return look_at(run, assumptions, **same, levers=levers, base=base, unlevered=still, explained=explained)


def look_at(
    run: Simulation,
    assumptions: Assumptions,
    *,
    place: str,
    accounts: Accounts | None = None,
    parameters: Parameters = PARAMETERS,
    levers: Levers = NO_LEVERS,
    official: Projection | None = None,
    ageing: Ageing = Ageing(),  # noqa: B008 -- frozen
    base: OutlookDraws | None = None,
    unlevered: Simulation | None = None,
    explained: tuple[Explained, ...] = (),
    standard: Standard | None = None,
) -> tuple[Outlook, OutlookDraws]:
    """The outlook of one of the places of a `run` that was made with `assumptions` and `levers`.

    People may be by single year of age or by groups, such as `ages.FOLDS` of a pass over all places. `unlevered` is the
    same run without levers, which an official projection is laid on; `standard` is that of `national_standard`, made
    once where many places are looked at. See `look_ahead` for the rest.
    """
    _check(base, run, official, levers, place=place)
    which = run.places.index(place)
    persons = _persons(run, place, official=official, unlevered=unlevered)
    standard = standard or national_standard(assumptions, parameters, years=run.years, ageing=ageing)
    reckoned = _reckon(run, which, persons, standard, accounts=accounts, parameters=parameters, levers=levers)
    numbers = {name: item.value for name, item in parameters.values.items()}
    given = (standard.mark, accounts, numbers, levers, official, ageing, run.years, run.draws, run.seed)
    events = {"births": run.births, "deaths": run.deaths, "net_moves": run.moves_in - run.moves_out}
    told = Told(
        place, run.base_year, run.seed, ENGINE_VERSION, _hash(*given),
        events={name: values[which] for name, values in events.items()},
        reckoned=reckoned, parameters=parameters, base=base, explained=explained,
        estimates=tuple(row for row in assumptions.estimates if row.place == place),
        constrained_to=official.edition if official else "",
        unconstrained=run.persons[which].sum(axis=1) if official else None,
    )  # fmt: skip
    return outlook_of(told), _draws_of(reckoned)


def _persons(run: Simulation, place: str, *, official: Projection | None, unlevered: Simulation | None) -> Draws:
    """The people of a place, on the official projection where there is one."""
    persons: Draws = run.persons[run.places.index(place)]
    if official is None:
        return persons
    start = None if unlevered is None else unlevered.persons[unlevered.places.index(place)]
    return constrained(persons, official, base_year=run.base_year, classes=run.classes, unlevered=start)


def national_standard(
    assumptions: Assumptions, parameters: Parameters, *, years: int, ageing: Ageing | None = None
) -> Standard:
    """Need by age at today's standard, from all people and the mean mortality of the system of `assumptions`."""
    cells = assumptions.population.sum(axis=0)
    people = cells.sum(axis=0)
    dying = (assumptions.population * assumptions.mortality).sum(axis=(0, 1))
    falling = (cells * assumptions.decline).sum(axis=0)
    shape = np.maximum(people, 1e-9)
    mean = assumptions.mortality.mean(axis=(0, 1))
    standard = standard_need(
        parameters,
        people=people,
        mortality=np.where(people > 0, dying / shape, mean),
        decline=np.where(people > 0, falling / shape, assumptions.decline.mean(axis=0)),
        years=years,
        ageing=ageing,
    )
    return replace(standard, mark=_hash(assumptions))


def _reckon(
    run: Simulation,
    which: int,
    persons: Draws,
    standard: Standard,
    *,
    accounts: Accounts | None,
    parameters: Parameters,
    levers: Levers,
) -> Reckoned:
    """Need, costs and money of one place, draw by draw."""
    shift = run.life_gain * np.float32(levers.healthy / 100.0) if levers.healthy else None
    parts = pieces_of(levers.initiatives)
    sums = sums_of(persons, standard, parameters, shift=shift, parts=parts, classes=run.classes)
    now = float(sums.people[0, 0])
    if now <= 0:
        raise OutlookError(f"Nobody lives in {run.places[which]}.", cure="Take the figures of another year.")
    whole = need_of(sums.whole, standard, people_now=now, deaths=run.deaths[which])
    actual = whole if shift is None else need_of(sums.actual, standard, people_now=now, deaths=run.deaths[which])
    users = np.stack([sums.users.get(service, need) for service, need in zip(SERVICES, actual, strict=True)])
    start = whole[:, 0, 0].astype(np.float64)
    known = accounts or Accounts(price_year=int(parameters["national.prices"]))
    books = books_of(known, parameters, need=start, users=users[:, 0, 0].astype(np.float64), people=now)
    unit = unit_costs(books, parameters, levers, need=start, years=run.years)
    costs = costs_of(unit, books, whole=whole, actual=actual, users=users)
    portfolio = _portfolio(run, levers, actual, sums, unit)
    if portfolio is not None:
        costs = costs.less(portfolio.saved, posts=portfolio.saved_posts + portfolio.freed_posts, users=portfolio.users)
    costs, saved, freed = _taken_off(costs, levers, years=run.years)
    weights = standard.weights.astype(np.float32)
    there = Place(sums.people, np.einsum("s,syd->yd", weights, whole), sums.taxed)
    national = run.pool.national[: run.years + 1, :, : run.draws]
    money = None
    if accounts is not None:
        money = money_of(
            there, country_of(national, standard, parameters), books, parameters, kroner=costs.kroner, must=costs.must,
            extra_cost=(portfolio.cost if portfolio else np.float32(0.0)) - saved,
            extra_revenue=portfolio.revenue if portfolio else None, growth=levers.income / 100.0,
        )  # fmt: skip
    if portfolio is not None:
        freed = freed + portfolio.freed_posts.sum(axis=0)
    return Reckoned(sums, costs, portfolio, books, money, freed)


def _taken_off(costs: Costs, levers: Levers, *, years: int) -> tuple[Costs, Draws, Draws]:
    """The costs without the posts of time that the levers free; by year what they save (Y + 1, 1), and by draw the
    posts."""
    phase = phased(years, over=levers.phase_in_years).astype(np.float32)[:, None]
    saved = np.float32(1000.0 * levers.saved) * phase
    if not levers.freed:
        return costs, saved, np.zeros_like(costs.posts[0])
    freed = freed_of(costs.posts, wanted=np.float32(levers.freed) * phase)
    return replace(costs, posts=costs.posts - freed), saved, freed.sum(axis=0)


def _portfolio(run: Simulation, levers: Levers, need: Draws, sums: Sums, unit: UnitCosts) -> Portfolio | None:
    if not levers.initiatives:
        return None
    return portfolio_of(
        levers.initiatives, need=need, parts=sums.parts, unit=unit, base_year=run.base_year, seed=run.seed
    )


def _draws_of(reckoned: Reckoned) -> OutlookDraws:
    people = np.stack([reckoned.sums.people, *(reckoned.sums.groups[name] for name in REPORTED)])
    costs = reckoned.costs
    return OutlookDraws(people, costs.posts, costs.kroner, reckoned.money.room if reckoned.money else None)


def _check(
    base: OutlookDraws | None, run: Simulation, official: Projection | None, levers: Levers, *, place: str
) -> None:
    check_initiatives(levers.initiatives)
    if place not in run.places:
        raise OutlookError(f"The place {place} was not simulated.", cure=f"Places: {', '.join(run.places[:5])}.")
    if base is not None and base.posts.shape[1:] != (run.years + 1, run.draws):
        raise OutlookError(
            f"The base has {base.posts.shape[2]} draws of {base.posts.shape[1] - 1} years; {run.draws} draws of "
            f"{run.years} years are compared with it.",
            cure="Make the base with the same years, draws and seed.",
        )
    if official is not None and official.place != place:
        raise ConstraintError(
            f"The projection {official.edition} is of {official.place}, not of {place}.",
            cure="Take the projection of the same place.",
        )


def _hash(*values: Any) -> str:
    """The name of everything that an outlook follows from: SHA-256 of all its values."""
    digest = hashlib.sha256()
    for value in values:
        _feed(digest, value)
    return digest.hexdigest()


def _feed(digest: Any, value: Any) -> None:
    if isinstance(value, np.ndarray):
        digest.update(np.ascontiguousarray(value).data)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            _feed(digest, getattr(value, field.name))
    elif isinstance(value, Mapping):
        for key in sorted(value, key=str):
            digest.update(str(key).encode())
            _feed(digest, value[key])
    elif isinstance(value, frozenset):
        digest.update(repr(sorted(value)).encode())
    else:
        digest.update(repr(value).encode())
