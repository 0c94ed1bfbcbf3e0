"""What a project lacked: how many more supporters, or how much lower a price, would have made it win.

Asked of the run that was kept, with its start, all else as it was. A further supporter comes with the money that every
voter began with, chooses nothing else, and values the project as highly as its keenest supporter does. A project wins
in such a run where, at some turn, its supporters could have paid it at a price below the one that was paid in that
turn (or at the same price, and it comes first in the order of ties), or where they could still pay it at the end.
Before that turn nothing changes, so the answers are exact: with one supporter fewer, or one unit of money more, it
loses.

These are measures of Boehmer, Faliszewski, Janeczko, Peters, Pierczyński, Schierreich, Skowron and Szufa, *Evaluation
of project performance in participatory budgeting* (2023); here those who are added bring their money with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from samskap.engines.fair_budget.ledger import Ledger, Payment
    from samskap.engines.fair_budget.supporters import Supporters

    Amounts = npt.NDArray[Any]  # Python's whole numbers

__all__ = ["Lack", "Tried", "lacks_of"]

SLACK = 1 - 1e-9  # a sum of floats below this share of what is needed is certainly too small


@dataclass(frozen=True, slots=True)
class Tried:
    """A project that is asked about: its place, its price, its rank in ties, and whether its price is its utility."""

    project: int
    cost: int
    rank: int
    is_worth_its_cost: bool


@dataclass(frozen=True, slots=True)
class Lack:
    """The fewest further supporters, and the highest price in units of money (0 for none), with which it wins."""

    more_supporters: int
    highest_cost: int


def lacks_of(
    ledger: Ledger, supporters: Supporters, tried: Sequence[Tried], *, ranks: Sequence[int | None]
) -> tuple[Lack, ...]:
    """What each of these projects lacked; each has at least one supporter, and none was chosen.

    `ranks`: for each payment of the ledger the rank in ties of the project that was paid, None where nobody paid.
    """
    if not tried:
        return ()
    trials = [_Trial.at_the_end(one, ledger, supporters) for one in tried]
    screen = _Screen.of(trials, ledger)
    balances = np.empty(len(ledger.weights), dtype=object)
    balances[:] = ledger.start
    for payment, rank in zip(ledger.payments, ranks, strict=True):
        if rank is None:
            continue
        for place in screen.fewer_might_do(payment.rate, trials):
            trials[place].try_supporters(balances, payment.rate, rank)
        for place in screen.more_might_be_paid(payment.rate, trials):
            trials[place].try_costs(balances, payment.rate, rank)
        _pay(payment, balances, screen)
    return tuple(Lack(trial.more, trial.highest) for trial in trials)


def _pay(payment: Payment, balances: Amounts, screen: _Screen) -> None:
    left = balances[payment.classes] - payment.amounts()
    balances[payment.classes] = left
    screen.balances[payment.classes] = [amount / screen.denominator for amount in left]


@dataclass(slots=True)
class _Trial:
    """One project, and the best answers so far."""

    tried: Tried
    classes: npt.NDArray[np.int32]
    utilities: Amounts
    weights: Amounts
    denominator: int
    start: int
    more: int
    highest: int

    @classmethod
    def at_the_end(cls, tried: Tried, ledger: Ledger, supporters: Supporters) -> _Trial:
        """The answers as to the end of the run, when nobody else takes the money of the supporters any more."""
        classes, utilities = supporters.of(tried.project)
        left, cost = ledger.left_with(classes), tried.cost * ledger.denominator
        return cls(
            tried,
            classes,
            utilities.astype(object),
            ledger.weights[classes].astype(object),
            ledger.denominator,
            ledger.start,
            more=-((left - cost) // ledger.start),
            highest=left // ledger.denominator,
        )

    def try_supporters(self, balances: Amounts, rate: int, rank: int) -> None:
        """Look whether fewer would have done in the turn with these balances, at this price."""
        have, full = balances[self.classes], rate * self.utilities
        missing = self.tried.cost * self.denominator - self._sum(have, full)
        keenest = rate * int(self.utilities.max())
        more, over = divmod(missing, min(self.start, keenest))
        is_level = over == 0 and (self.tried.rank < rank or (self.start < keenest and bool((have < full).all())))
        self.more = min(self.more, more if is_level else more + 1)

    def try_costs(self, balances: Amounts, rate: int, rank: int) -> None:
        """Look whether a higher price would have done in the turn with these balances, at this price of utility."""
        have, cost = balances[self.classes], self.tried.cost
        while True:
            after = self._below(cost, have, rate)
            if not self.highest < after < cost:
                return
            # Where it is level there, and the tie is lost, one less may still be paid at a lower price.
            for one in (after, after - 1):
                if one > self.highest and self._wins_at(one, have, rate, rank):
                    self.highest = one
                    return
            cost = after

    def _below(self, cost: int, have: Amounts, rate: int) -> int:
        """A price that is not below the highest with which it wins, and nearer to it than this one, which is too high.

        What supporters pay at a cost, less the cost, is concave in it and nothing at nothing: Newton's step from the
        right does not pass its other root.
        """
        if not self.tried.is_worth_its_cost:
            return min(self._sum(have, rate * self.utilities) // self.denominator, cost - 1)
        is_out = have < rate * cost
        given, payers = (have * self.weights)[is_out].sum(), self.weights[~is_out].sum()
        slope = self.denominator - rate * int(payers)
        return int(given) // slope if slope > 0 else 0

    def _wins_at(self, cost: int, have: Amounts, rate: int, rank: int) -> bool:
        worth = cost if self.tried.is_worth_its_cost else self.utilities
        full = np.broadcast_to(np.asarray(rate * worth, dtype=object), have.shape)
        over = self._sum(have, full) - cost * self.denominator
        # Level with the project that was paid: the order of ties decides, unless nobody could pay even that price.
        return over > 0 or (over == 0 and (self.tried.rank < rank or bool((have < full).all())))

    def _sum(self, have: Amounts, full: Amounts) -> int:
        return int((np.minimum(have, full) * self.weights).sum())


@dataclass(frozen=True, slots=True)
class _Screen:
    """The same sums in floats for all trials at once: which could be bettered in a turn, with some slack."""

    denominator: int
    start: float
    balances: npt.NDArray[np.float64]
    classes: npt.NDArray[np.int32]
    utilities: npt.NDArray[np.float64]
    weights: npt.NDArray[np.float64]
    first: npt.NDArray[np.int64]
    sizes: npt.NDArray[np.int64]
    keenest: npt.NDArray[np.float64]
    costs: npt.NDArray[np.float64]
    is_worth_its_cost: bool

    @classmethod
    def of(cls, trials: Sequence[_Trial], ledger: Ledger) -> _Screen:
        sizes = np.array([len(trial.classes) for trial in trials], dtype=np.int64)
        start = ledger.start / ledger.denominator
        return cls(
            ledger.denominator,
            start,
            np.full(len(ledger.weights), start),
            np.concatenate([trial.classes for trial in trials]),
            np.concatenate([trial.utilities for trial in trials]).astype(np.float64),
            np.concatenate([trial.weights for trial in trials]).astype(np.float64),
            np.concatenate([[0], np.cumsum(sizes[:-1])]),
            sizes,
            np.array([float(trial.utilities.max()) for trial in trials]),
            np.array([float(trial.tried.cost) for trial in trials]),
            trials[0].tried.is_worth_its_cost,
        )

    def fewer_might_do(self, rate: int, trials: Sequence[_Trial]) -> list[int]:
        """Places of the trials for which one supporter fewer than so far might do."""
        price = rate / self.denominator
        fewer = np.array([trial.more - 1 for trial in trials], dtype=np.float64)
        brought = fewer * np.minimum(self.start, price * self.keenest)
        enough = self._sums(price * self.utilities) + brought >= self.costs * SLACK
        return np.flatnonzero(enough & (fewer > 0)).tolist()

    def more_might_be_paid(self, rate: int, trials: Sequence[_Trial]) -> list[int]:
        """Places of the trials for which one unit of money more than so far might be paid."""
        price = rate / self.denominator
        cost = np.array([trial.highest + 1 for trial in trials], dtype=np.float64)
        worth = np.repeat(cost, self.sizes) if self.is_worth_its_cost else self.utilities
        return np.flatnonzero((self._sums(price * worth) >= cost * SLACK) & (cost < self.costs)).tolist()

    def _sums(self, full: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        paid = np.minimum(self.balances[self.classes], full) * self.weights
        return np.add.reduceat(paid, self.first)
