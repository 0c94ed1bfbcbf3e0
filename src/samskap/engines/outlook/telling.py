"""From draws to an Outlook: every band in one sorting, and the few numbers that are not bands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from samskap.engines.outlook.accounts import Books
from samskap.engines.outlook.ages import REPORTED
from samskap.engines.outlook.costs import Costs
from samskap.engines.outlook.inputs import Estimate
from samskap.engines.outlook.money import MoneyDraws
from samskap.engines.outlook.need import Sums
from samskap.engines.outlook.parameters import Parameters
from samskap.engines.outlook.portfolio import Portfolio
from samskap.engines.outlook.result import (
    Band,
    Closing,
    Comparison,
    Explained,
    MoneyPath,
    Outlook,
    OutlookDraws,
    ServicePath,
    Share,
)
from samskap.engines.outlook.services import SERVICES
from samskap.engines.outlook.summary import bands_of

__all__ = ["Reckoned", "Told", "compare", "outlook_of"]

Array = NDArray[np.float64]
Draws = NDArray[np.float32]

ROUNDING: Final = np.float32(1e-6)
UNITS: Final = {"kindergarten": "children", "school": "pupils", "care": "recipients"}


@dataclass(frozen=True, slots=True, eq=False)
class Reckoned:
    """What was reckoned of one place, draw by draw. `money` and `portfolio` are None where there are none; `freed`
    (Y + 1, draws) are the posts of time freed by initiatives and levers."""

    sums: Sums
    costs: Costs
    portfolio: Portfolio | None
    books: Books
    money: MoneyDraws | None
    freed: Draws


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """Everything an Outlook is told from. `events` are births, deaths and net moves (Y, draws); `unconstrained` our own
    total where people were laid on a projection."""

    place: str
    base_year: int
    seed: int
    engine_version: str
    input_hash: str
    events: dict[str, Draws]
    reckoned: Reckoned
    parameters: Parameters
    base: OutlookDraws | None
    explained: tuple[Explained, ...]
    estimates: tuple[Estimate, ...]
    constrained_to: str
    unconstrained: Draws | None


def outlook_of(told: Told) -> Outlook:
    """The outlook: all bands of all draws."""
    length, draws = told.reckoned.sums.people.shape
    quantities = _people(told) | _services(told) | _money(told) | _closing(told)
    counts = {"people", *(f"group.{name}" for name in REPORTED), *(f"users.{service}" for service in SERVICES)}
    bands = bands_of(quantities, counts=counts)
    events = bands_of(told.events, counts={"births", "deaths"})
    return Outlook(
        place=told.place,
        base_year=told.base_year,
        years=tuple(range(told.base_year, told.base_year + length)),
        draws=draws,
        seed=told.seed,
        engine_version=told.engine_version,
        input_hash=told.input_hash,
        population=bands["people"],
        groups={name: bands[f"group.{name}"] for name in REPORTED},
        births=events["births"],
        deaths=events["deaths"],
        net_moves=events["net_moves"],
        support_ratio=bands["support_ratio"],
        services=tuple(_service_path(service, bands, told) for service in SERVICES),
        posts=bands["posts"],
        posts_share=bands["posts_share"],
        workforce=bands["group.16-66"],
        money=None if told.reckoned.money is None else _money_path(told, told.reckoned.money, bands),
        closing=None if "closing.cash" not in bands else _closing_path(told, bands),
        explained=told.explained,
        estimates=told.estimates,
        constrained_to=told.constrained_to,
        unconstrained=bands.get("unconstrained"),
        estimated=tuple(sorted(told.reckoned.books.estimated)),
    )


def _people(told: Told) -> dict[str, Draws]:
    groups = told.reckoned.sums.groups
    posts = told.reckoned.costs.posts.sum(axis=0)
    workforce = np.maximum(groups["16-66"], np.float32(1.0))
    found = {"people": told.reckoned.sums.people, **{f"group.{name}": values for name, values in groups.items()}}
    found["support_ratio"] = np.asarray(groups["16-66"] / np.maximum(groups["80+"], np.float32(1.0)))
    found |= {"posts": posts, "posts_share": np.asarray(np.float32(100.0) * posts / workforce)}
    if told.unconstrained is not None:
        found["unconstrained"] = told.unconstrained
    return found


def _services(told: Told) -> dict[str, Draws]:
    return {
        f"{what}.{service}": getattr(told.reckoned.costs, what)[number]
        for what in ("users", "posts", "kroner", "must", "chosen")
        for number, service in enumerate(SERVICES)
    }


def _service_path(service: str, bands: dict[str, Band], told: Told) -> ServicePath:
    counted = f"users.{service}" not in told.reckoned.books.estimated
    unit = UNITS.get(service, "recipients" if counted else "need")
    return ServicePath(
        service, unit, *(bands[f"{what}.{service}"] for what in ("users", "posts", "kroner", "must", "chosen"))
    )


_MONEY: Final = (
    "revenue", "cost", "must", "chosen", "net_result", "room", "debt", "free_funds", "accumulated",
)  # fmt: skip


_PER: Final = ("net_result_share", "room_share", "room_posts", "room_a_head")


def _money(told: Told) -> dict[str, Draws]:
    money = told.reckoned.money
    if money is None:
        return {}
    found = {f"money.{name}": getattr(money, name) for name in _MONEY}
    return found | {
        "money.index": money.index,
        "money.net_result_share": 100.0 * money.net_result / money.revenue,
        "money.room_share": 100.0 * money.room / money.revenue,
        "money.room_posts": money.room / np.float32(told.parameters["cost_of_post"]),
        "money.room_a_head": money.room / told.reckoned.sums.people,
    }


def _money_path(told: Told, money: MoneyDraws, bands: dict[str, Band]) -> MoneyPath:
    # Single precision: room that is nothing but rounding of revenue is none.
    chance = (money.room < -ROUNDING * money.revenue).mean(axis=1)
    years = np.arange(told.base_year, told.base_year + len(chance))
    used_up = np.median(money.free_funds, axis=1) <= 0
    return MoneyPath(
        price_year=told.reckoned.books.price_year,
        grant_need_index=bands["money.index"],
        **{name: bands[f"money.{name}"] for name in (*_MONEY, *_PER)},
        chance_negative=tuple(chance.tolist()),
        first_likely_negative=_first(years, chance > 0.5),
        funds_last=_first(years, used_up),
        gap_to_target=_mean_and_ends(100.0 * money.gap_to_target),
        gap_for_ever=_mean_and_ends(100.0 * money.gap_for_ever),
    )


def _first(years: NDArray[np.int64], holds: NDArray[np.bool_]) -> int | None:
    return int(years[np.argmax(holds)]) if holds.any() else None


def _mean_and_ends(values: NDArray[np.floating]) -> tuple[float, float, float]:
    low, high = np.quantile(values, (0.1, 0.9))
    return (float(values.mean(dtype=np.float64)), float(low), float(high))


def _closing(told: Told) -> dict[str, Draws]:
    if told.base is None or told.base.room is None or told.reckoned.money is None:
        return {}
    before, after = np.maximum(-told.base.room, 0.0), np.maximum(-told.reckoned.money.room, 0.0)
    share = np.where(after > 0, np.float32(0.0), np.float32(100.0))
    np.divide(100.0 * (before - after), before, out=share, where=before > 0)
    cash = told.reckoned.money.room - told.base.room
    return {"closing.cash": cash, "closing.posts": told.reckoned.freed, "closing.share": share}


def _closing_path(told: Told, bands: dict[str, Band]) -> Closing:
    shares = () if told.reckoned.portfolio is None else _shares(told, told.reckoned.portfolio)
    return Closing(bands["closing.cash"], bands["closing.posts"], bands["closing.share"], shares)


def _shares(told: Told, portfolio: Portfolio) -> tuple[Share, ...]:
    cash, time = portfolio.cash_shares(norm=told.parameters["norm"]), portfolio.time_shares()
    found = []
    for key, kroner, posts in zip(portfolio.keys, cash, time, strict=True):
        money, hands = _mean_and_ends(kroner[1:].mean(axis=0)), _mean_and_ends(posts[1:].mean(axis=0))
        found.append(Share(key, *money, "shapley", _break_even(kroner, base_year=told.base_year), *hands))
    return tuple(found)


def _break_even(kroner: Draws, *, base_year: int) -> int | None:
    """The first year in which all so far is not negative, from the first year in which there is anything."""
    yearly = kroner.mean(axis=1, dtype=np.float64)
    begun = np.cumsum(yearly != 0.0) > 0
    return _first(np.arange(base_year, base_year + len(yearly)), begun & (np.cumsum(yearly) >= 0.0))


def compare(base: OutlookDraws, other: OutlookDraws, *, base_year: int) -> Comparison:
    """What `other` has more than `base`, draw by draw, of the same place, seed and draws."""
    people, posts, kroner = (getattr(other, what) - getattr(base, what) for what in ("persons", "posts", "kroner"))
    found = {"people": people[0], **{f"group.{name}": people[1 + n] for n, name in enumerate(REPORTED)}}
    found |= {f"posts.{service}": posts[n] for n, service in enumerate(SERVICES)}
    found |= {f"kroner.{service}": kroner[n] for n, service in enumerate(SERVICES)}
    found |= {"posts": posts.sum(axis=0), "kroner": kroner.sum(axis=0)}
    room = None if base.room is None or other.room is None else other.room - base.room
    bands = bands_of(found if room is None else found | {"room": room})
    return Comparison(
        years=tuple(range(base_year, base_year + people.shape[1])),
        population=bands["people"],
        groups={name: bands[f"group.{name}"] for name in REPORTED},
        posts={service: bands[f"posts.{service}"] for service in SERVICES},
        kroner={service: bands[f"kroner.{service}"] for service in SERVICES},
        all_posts=bands["posts"],
        all_kroner=bands["kroner"],
        room=bands.get("room"),
        room_better=() if room is None else tuple((room > 0).mean(axis=1).tolist()),
    )
