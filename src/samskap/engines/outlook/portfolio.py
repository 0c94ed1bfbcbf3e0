"""Initiatives: what they change by draw, and each one's share of it.

Effects multiply inside a service, so a hundred good ideas never save more than there is. What leaves the budget and
what frees time are two games, and never added. Each game is a sum of products, so the Shapley value of every initiative
is exact whatever their number: the mean of its marginal over the random coalitions in which each of the others is a
member with chance x, over x from 0 to 1 (Owen 1972), is a polynomial in x, and Gauss-Legendre points integrate it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from samskap.engines.outlook.ages import OLDEST, Group
from samskap.engines.outlook.costs import UnitCosts
from samskap.engines.outlook.errors import OutlookError
from samskap.engines.outlook.levers import Effect, Initiative
from samskap.engines.outlook.services import SERVICES

__all__ = ["Piece", "Portfolio", "check_initiatives", "pieces_of", "portfolio_of", "shapley"]

Array = NDArray[np.float64]
Draws = NDArray[np.float32]

EVERYBODY: Final[Group] = (0, OLDEST)


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Need that the same initiatives act on: an `amount` (Y + 1, draws) and the `factors` (n, Y + 1, draws) that the
    members leave of it; `members` (n,) are numbers of initiatives."""

    amount: Draws
    factors: Draws
    members: tuple[int, ...]

    @property
    def closed(self) -> Draws:
        """(Y + 1, draws) what all members together take off."""
        return np.asarray(self.amount * (np.float32(1.0) - self.factors.prod(axis=0)))


@dataclass(frozen=True, slots=True, eq=False)
class Portfolio:
    """What all initiatives change, by draw. `saved` kroner, `saved_posts` (cash) and `freed_posts` (time) (7, Y + 1,
    draws) of the services; `users` (7, Y + 1, draws) the share of users left; `own` (2, n, Y + 1, draws) revenue and
    cost of the initiatives themselves. `cash` and `time` are the games that the shares are of."""

    keys: tuple[str, ...]
    saved: Draws
    saved_posts: Draws
    freed_posts: Draws
    users: Draws
    own: Draws
    cash: tuple[Piece, ...]
    time: tuple[Piece, ...]

    @property
    def revenue(self) -> Draws:
        """(Y + 1, draws) revenue of all initiatives."""
        return np.asarray(self.own[0].sum(axis=0))

    @property
    def cost(self) -> Draws:
        """(Y + 1, draws) what all initiatives cost."""
        return np.asarray(self.own[1].sum(axis=0))

    def cash_shares(self, *, norm: float) -> Draws:
        """(n, Y + 1, draws) kroner of room that each initiative brings: its share of what is saved, and its own money.

        Revenue counts less the `norm` that must be kept of it.
        """
        shares = shapley(self.cash, count=len(self.keys), like=self.own[0, 0])
        return np.asarray(shares + self.own[0] * np.float32(1.0 - norm) - self.own[1])

    def time_shares(self) -> Draws:
        """(n, Y + 1, draws) posts that each initiative frees."""
        return shapley(self.time, count=len(self.keys), like=self.own[0, 0])


def check_initiatives(initiatives: Sequence[Initiative]) -> None:
    """Raise OutlookError for two of one key, a service that is not known, ages or shares that cannot be."""
    keys = [item.key for item in initiatives]
    for key in keys:
        if keys.count(key) > 1:
            raise OutlookError(f'Two initiatives have the key "{key}".', cure="Give each its own key.")
    for item in initiatives:
        if not 0.0 <= item.chance <= 1.0:
            raise OutlookError(
                f'The initiative "{item.key}" succeeds with the chance {item.chance:g}.', cure="A chance is 0 to 1."
            )
        for effect in item.effects:
            _check_effect(item.key, effect)


def _check_effect(key: str, effect: Effect) -> None:
    if effect.service not in SERVICES:
        raise OutlookError(
            f'The initiative "{key}" changes the service "{effect.service}", which is not known.',
            cure=f"Services: {', '.join(SERVICES)}.",
        )
    if not 0 <= effect.first_age <= effect.last_age <= OLDEST:
        raise OutlookError(
            f'The initiative "{key}" acts on ages {effect.first_age} to {effect.last_age}.',
            cure=f"Ages go from 0 to {OLDEST}, the younger first.",
        )


def pieces_of(initiatives: Sequence[Initiative]) -> dict[str, tuple[Group, ...]]:
    """For each service on some of whose ages an initiative acts: the groups of ages on which the same ones do."""
    found: dict[str, tuple[Group, ...]] = {}
    for service in SERVICES:
        ages = {(e.first_age, e.last_age) for item in initiatives for e in item.effects if e.service == service}
        if ages - {EVERYBODY}:
            cuts = sorted({0, OLDEST + 1} | {first for first, _ in ages} | {last + 1 for _, last in ages})
            found[service] = tuple((first, later - 1) for first, later in pairwise(cuts))
    return found


def portfolio_of(
    initiatives: Sequence[Initiative],
    *,
    need: Draws,
    parts: Mapping[tuple[str, Group], Draws],
    unit: UnitCosts,
    base_year: int,
    seed: int,
) -> Portfolio:
    """What `initiatives` change, by draw, of services whose `need` (7, Y + 1, draws) is known as a whole and by `parts`
    (those of `pieces_of`). An initiative draws the same chance whichever others there are."""
    _, length, draws = need.shape
    drawn = [_Drawn(item, base_year=base_year, years=length - 1, draws=draws, seed=seed) for item in initiatives]
    ledger = _Ledger(need.shape)
    for number, service in enumerate(SERVICES):
        for group, amount in _amounts(service, need[number], parts):
            acting = [k for k, item in enumerate(drawn) if item.acts_on(service, group)]
            if acting:
                mine = _Mine([drawn[k] for k in acting], acting, service, group)
                ledger.enter(number, mine, amount, share=amount / need[number], unit=unit)
    own = np.stack([np.stack([item.revenue for item in drawn]), np.stack([item.cost for item in drawn])])
    return Portfolio(
        keys=tuple(item.key for item in initiatives),
        saved=ledger.saved,
        saved_posts=ledger.saved_posts,
        freed_posts=ledger.freed_posts,
        users=ledger.users,
        own=own,
        cash=tuple(ledger.cash),
        time=tuple(ledger.time),
    )


class _Ledger:
    """What is closed, summed over pieces, and the pieces of both games."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.saved, self.saved_posts, self.freed_posts = (np.zeros(shape, dtype=np.float32) for _ in range(3))
        self.users = np.ones(shape, dtype=np.float32)
        self.cash: list[Piece] = []
        self.time: list[Piece] = []

    def enter(self, service: int, mine: _Mine, amount: Draws, *, share: Draws, unit: UnitCosts) -> None:
        """One piece of need of one service: its pay, other kroner, posts, and its `share` of the users."""
        pay, rest, hands = (
            values[service].astype(np.float32)[:, None] * amount for values in (unit.pay, unit.rest, unit.posts)
        )
        budget = [mine.of("pay", pay, is_cash=True), mine.of("rest", rest, is_cash=True)]
        by_cash = mine.of("posts", hands, is_cash=True)
        freed = mine.of("posts", hands * by_cash.factors.prod(axis=0), is_cash=False)
        self.saved[service] += budget[0].closed + budget[1].closed
        self.saved_posts[service] += by_cash.closed
        self.freed_posts[service] += freed.closed
        self.users[service] -= mine.of("users", share).closed
        self.cash += [piece for piece in budget if piece.members]
        self.time += [freed] if freed.members else []


def _amounts(service: str, need: Draws, parts: Mapping[tuple[str, Group], Draws]) -> list[tuple[Group | None, Draws]]:
    """The need of a service in pieces; what belongs to no age (None) is acted on by what acts on everybody."""
    mine: list[tuple[Group | None, Draws]] = [(group, part) for (key, group), part in parts.items() if key == service]
    if not mine:
        return [(None, need)]
    return [*mine, (None, need - np.sum([part for _, part in mine], axis=0))]


class _Drawn:
    """One initiative with its chance drawn: how much of it is at work (Y + 1, draws), and its own money."""

    def __init__(self, item: Initiative, *, base_year: int, years: int, draws: int, seed: int) -> None:
        self.is_cash = item.is_cash
        self.effects = item.effects
        year = base_year + np.arange(years + 1)
        end = item.start + item.lifetime_years if item.lifetime_years else np.inf
        runs = ((year >= item.start) & (year < end)).astype(np.float64)
        ramp = np.clip((year - item.start + 1) / max(item.ramp_years, 1), 0.0, 1.0) * runs
        chance = np.random.default_rng(_key(seed, item.key))
        works = (chance.random(draws) < item.chance).astype(np.float64)
        self.at_work = (ramp[:, None] * works).astype(np.float32)
        # What is tried costs its money, whether it works or not.
        spent = item.setup_nok * (year == item.start) + item.yearly_nok * runs
        self.cost = np.broadcast_to(spent.astype(np.float32)[:, None], self.at_work.shape)
        self.revenue = np.float32(item.revenue_nok) * self.at_work
        self.sizes = [
            {
                what: np.clip(mean + sd * chance.standard_normal(draws), 0.0, 1.0).astype(np.float32)
                for what, (mean, sd) in (("users", e.users), ("posts", e.posts), ("unit_cost", e.unit_cost))
            }
            for e in item.effects
        ]

    def acts_on(self, service: str, group: Group | None) -> bool:
        return any(_covers(effect, service, group) for effect in self.effects)

    def left(self, service: str, group: Group | None, *, of: str) -> Draws:
        """(Y + 1, draws) the share of pay, of other kroner, of posts or of users that is left."""
        kept = np.ones_like(self.at_work)
        for effect, size in zip(self.effects, self.sizes, strict=True):
            if _covers(effect, service, group):
                for what in _TOUCHES[of]:
                    kept = kept * (np.float32(1.0) - self.at_work * size[what])
        return kept


_TOUCHES: Final = {
    "pay": ("users", "posts", "unit_cost"),
    "rest": ("users", "unit_cost"),
    "posts": ("users", "posts"),
    "users": ("users",),
}


def _covers(effect: Effect, service: str, group: Group | None) -> bool:
    if effect.service != service:
        return False
    if group is None:
        return (effect.first_age, effect.last_age) == EVERYBODY
    return effect.first_age <= group[0] and group[1] <= effect.last_age


@dataclass(frozen=True, slots=True)
class _Mine:
    """The initiatives that act on one piece."""

    drawn: list[_Drawn]
    numbers: list[int]
    service: str
    group: Group | None

    def of(self, what: str, amount: Draws, *, is_cash: bool | None = None) -> Piece:
        """The piece of `what`, with those that are cash, those that free time, or all of them (None) as members."""
        chosen = [
            (k, item) for k, item in zip(self.numbers, self.drawn, strict=True) if is_cash in (None, item.is_cash)
        ]
        factors = [item.left(self.service, self.group, of=what) for _, item in chosen]
        stacked = np.stack(factors) if factors else np.ones((0, *amount.shape), dtype=np.float32)
        return Piece(amount, stacked, tuple(k for k, _ in chosen))


def _key(seed: int, key: str) -> np.random.SeedSequence:
    digest = hashlib.blake2b(key.encode(), digest_size=16).digest()
    return np.random.SeedSequence([seed, *np.frombuffer(digest, dtype=np.uint32).tolist()])


def shapley(pieces: Sequence[Piece], *, count: int, like: Draws) -> Draws:
    """(count, Y + 1, draws) each initiative's share of what the `pieces` close together; the shares add up to it.

    A piece with m members closes amount · (1 - product of their factors). The marginal of one member over coalitions
    of the others is amount · (1 - q) · product of (1 - x (1 - q of each other)), of degree m - 1 in x, which
    ceil(m / 2) points integrate exactly. `like` (Y + 1, draws) gives the shape.
    """
    total = np.zeros((count, *like.shape), dtype=np.float32)
    for piece in pieces:
        lost = np.float32(1.0) - piece.factors
        points, weights = np.polynomial.legendre.leggauss((len(piece.members) + 1) // 2)
        for x, weight in zip((points + 1.0) / 2.0, weights / 2.0, strict=True):
            without = _products_of_others(np.float32(1.0) - np.float32(x) * lost)
            share = np.float32(weight) * piece.amount * lost * without
            for place, member in enumerate(piece.members):
                total[member] += share[place]
    return total


def _products_of_others(factors: Draws) -> Draws:
    """(m, ...) for each the product of all others, without division."""
    before, behind = np.ones_like(factors), np.ones_like(factors)
    for place in range(1, len(factors)):
        before[place] = before[place - 1] * factors[place - 1]
        behind[-place - 1] = behind[-place] * factors[-place]
    return np.asarray(before * behind)
