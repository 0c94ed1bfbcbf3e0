"""What an outlook says: frozen, in the units people read, with its band. Shapes: Y + 1 years from the base year on;
events during a year (births, deaths, moves) have one number fewer, for none is known of the last year.

Kroner are of the accounts' price year. A band is made of draws of the sum itself, never a sum of bands.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samskap.engines.outlook.inputs import Estimate

__all__ = [
    "Band",
    "Closing",
    "Comparison",
    "Explained",
    "MoneyPath",
    "Official",
    "Outlook",
    "OutlookDraws",
    "ServicePath",
    "Share",
]


@dataclass(frozen=True, slots=True)
class Band:
    """A value a year with its spread over draws: each field holds one number a year."""

    mean: tuple[float, ...]
    p2_5: tuple[float, ...]
    p10: tuple[float, ...]
    p25: tuple[float, ...]
    p50: tuple[float, ...]
    p75: tuple[float, ...]
    p90: tuple[float, ...]
    p97_5: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ServicePath:
    """One service: users (or places), posts and kroner a year.

    `users` are persons in kindergarten, school and care, and units of need (national average person = 1) elsewhere
    (persons there too, where the accounts tell how many use it);
    `unit` says which: "children", "pupils", "recipients" or "need". `posts` are full-time posts. `kroner` is net
    operating expenditure; its change against the base year splits in `must` (people and ages at today's standard) and
    `chosen` (levers).
    """

    key: str
    unit: str
    users: Band
    posts: Band
    kroner: Band
    must: Band
    chosen: Band


@dataclass(frozen=True, slots=True)
class MoneyPath:
    """Revenue, result and room for manoeuvre H = net operating result - 1.75 % of revenue. NOK of `price_year`.

    `room_share` is H in % of revenue, `room_posts` H divided by the cost of a post, `room_a_head` H over people.
    `chance_negative` is the probability that H < 0, by year; `first_likely_negative` the first year where that is
    above one half, or None. `must` and `chosen` split the change of cost since the base year. `gap_to_target` (S1-like)
    and `gap_for_ever` (S2-like) are constant yearly adjustments in % of revenue, negative where there is room: (mean,
    10 %, 90 %). `funds_last` is the year in which free funds are used up in half of the draws, or None.
    """

    price_year: int
    revenue: Band
    grant_need_index: Band
    cost: Band
    must: Band
    chosen: Band
    net_result: Band
    net_result_share: Band
    room: Band
    room_share: Band
    room_posts: Band
    debt: Band
    free_funds: Band
    accumulated: Band
    chance_negative: tuple[float, ...]
    first_likely_negative: int | None
    funds_last: int | None
    gap_to_target: tuple[float, float, float]
    gap_for_ever: tuple[float, float, float]
    room_a_head: Band | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """One initiative's part of what a portfolio closes, by Shapley: kroner a year, the mean over the years ahead.

    `break_even` is the first year in which what it has brought so far pays what it has cost, in the mean of the draws.
    `posts` is the time it frees, in posts, for one that frees time instead of money.
    """

    key: str
    mean: float
    p10: float
    p90: float
    method: str
    break_even: int | None
    posts: float = 0.0
    posts_p10: float = 0.0
    posts_p90: float = 0.0


@dataclass(frozen=True, slots=True)
class Closing:
    """How much of the gap levers and initiatives close, draw by draw with the same chance: NOK a year, and in %.

    `cash` leaves the budget, `freed_posts` is time; they are never added. `share_of_gap` is how much of what was
    lacking is not any more (100 where nothing was lacking, and still is not).
    """

    cash: Band
    freed_posts: Band
    share_of_gap: Band
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What one outlook has more than another in the same draws. `groups` are persons by reported group, `posts` and
    `kroner` by service and in all; `room_better` is the probability, by year, that the room for manoeuvre is larger."""

    years: tuple[int, ...]
    population: Band
    groups: dict[str, Band]
    posts: dict[str, Band]
    kroner: dict[str, Band]
    all_posts: Band
    all_kroner: Band
    room: Band | None
    room_better: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """How much of the spread of the total in the last year one layer explains (0 to 1), the largest first."""

    layer: str
    share: float


@dataclass(frozen=True, slots=True)
class Official:
    """Beside ours: an official projection, and the band that its own past errors suggest. One number a year.

    `low` and `high` hold 80 % of past errors at the same distance; NaN where no past error is known.
    """

    edition: str
    years: tuple[int, ...]
    group: str
    persons: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """The whole of it for one place.

    `groups` are persons by reported age group (`ages.REPORTED`), `support_ratio` people 16 to 66 per person 80 and
    over. `workforce` is people 16 to 66, `posts_share` municipal posts in % of them. `money` is None where accounts
    are not known. `closing` is None where no lever is pulled. `constrained_to` names the official projection that the
    middle path was raked to, "" where it was not; `unconstrained` is then our own total. `estimated` names the lines
    of the accounts that were not known (`accounts.Accounts`, such as "posts.care" or "debt").
    """

    place: str
    base_year: int
    years: tuple[int, ...]
    draws: int
    seed: int
    engine_version: str
    input_hash: str
    population: Band
    groups: dict[str, Band]
    births: Band
    deaths: Band
    net_moves: Band
    support_ratio: Band
    services: tuple[ServicePath, ...]
    posts: Band
    posts_share: Band
    workforce: Band
    money: MoneyPath | None
    closing: Closing | None
    explained: tuple[Explained, ...]
    estimates: tuple[Estimate, ...]
    constrained_to: str = ""
    unconstrained: Band | None = None
    estimated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class OutlookDraws:
    """The draws behind an outlook, for comparing two draw by draw: float32 arrays (..., Y + 1, draws).

    `persons` is all people and then the groups of `ages.REPORTED`, `posts` and `kroner` the services of `SERVICES`.
    """

    persons: NDArray[np.float32]
    posts: NDArray[np.float32]
    kroner: NDArray[np.float32]
    room: NDArray[np.float32] | None
