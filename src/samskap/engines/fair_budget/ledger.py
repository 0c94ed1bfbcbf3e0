"""Who paid what: the money of every class of voters through the turns of a selection, to the last fraction.

All amounts of one ledger are whole numbers of the same small part of a unit of money, `1 / denominator`: the prices of
all turns are known, so one denominator fits them all, and balances are plain subtractions of whole numbers. They are
Python's, without a bound, for the denominator grows by some digits with every turn.

Nothing here calls a rule: a ledger is the terms of the turns, carried out.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Any

import numpy as np

from samskap.engines.fair_budget.supporters import SAFE, exact_dot

if TYPE_CHECKING:
    import numpy.typing as npt

    from samskap.engines.fair_budget.outcome import Selection, Turn
    from samskap.engines.fair_budget.supporters import Supporters

    Amounts = npt.NDArray[Any]  # Python's whole numbers, in a NumPy array of objects

__all__ = ["PAID", "Flows", "Ledger", "Payment", "flows_of", "ledger_of"]

PAID = ("shared", "overspent", "loaded")  # the hows in which supporters pay


@dataclass(frozen=True, eq=False, slots=True)
class Payment:
    """What the supporters of one project paid; empty where nobody pays.

    classes: int32[supporters], ascending; utilities: int64[supporters]. `gave_all`: bool[supporters], those who gave
    everything they had, also where that was nothing any more; `given`: what that was, a voter. The others pay `rate`
    for a unit of utility.
    """

    classes: npt.NDArray[np.int32]
    utilities: npt.NDArray[np.int64]
    rate: int
    gave_all: npt.NDArray[np.bool_]
    given: Amounts

    def amounts(self) -> Amounts:
        """What a voter of each class in `classes` paid."""
        paid = np.zeros(len(self.classes), dtype=object)
        paid[self.gave_all] = self.given
        paid[~self.gave_all] = _times(self.rate, self.utilities[~self.gave_all])
        return paid

    def total(self, weights: npt.NDArray[np.int64]) -> int:
        """What all supporters paid together; `weights` are those of all classes."""
        shared = self.rate * exact_dot(weights[self.classes[~self.gave_all]], self.utilities[~self.gave_all])
        return shared + int((weights[self.classes[self.gave_all]].astype(object) * self.given).sum())


@dataclass(frozen=True, eq=False, slots=True)
class Ledger:
    """One payment for each turn, and what is left to a voter of each class at the end (`left`, by class).

    `start` is what every voter began with. With loads nobody begins with anything and all earn alike; `left` is then
    what they have earned since they last paid, up to the last purchase.
    """

    denominator: int
    start: int
    payments: tuple[Payment, ...]
    left: Amounts
    weights: npt.NDArray[np.int64]

    def money(self, amount: int) -> Fraction:
        """An amount of this ledger in units of money."""
        return Fraction(int(amount), self.denominator)

    def paid(self, turn: int) -> Fraction:
        """What the supporters of the project of this turn paid together."""
        return self.money(self.payments[turn].total(self.weights))

    def paid_by(self, one: int, *, turn: int) -> Fraction:
        """What a voter of a class paid for the project of this turn; nothing where the class did not choose it."""
        payment = self.payments[turn]
        at = int(np.searchsorted(payment.classes, one))
        if at == len(payment.classes) or payment.classes[at] != one:
            return Fraction(0)
        if payment.gave_all[at]:
            return self.money(payment.given[np.count_nonzero(payment.gave_all[:at])])
        return self.money(payment.rate * int(payment.utilities[at]))

    def left_with(self, classes: npt.NDArray[np.int32]) -> int:
        """What the voters of these classes have together at the end."""
        return int((self.weights[classes].astype(object) * self.left[classes]).sum()) if len(classes) else 0


@dataclass(frozen=True, eq=False, slots=True)
class Flows:
    """Where the money of the supporters of each project went, in amounts of the ledger.

    spent: object[turns, projects], what they paid together in each turn; left: object[projects], what they have at the
    end.
    """

    spent: Amounts
    left: Amounts


def flows_of(ledger: Ledger, supporters: Supporters) -> Flows:
    """The flows of all projects at once."""
    weights = supporters.weights
    spent = np.zeros((len(ledger.payments), supporters.projects), dtype=object)
    for turn, payment in enumerate(ledger.payments):
        payers = ~payment.gave_all
        units = _products(weights[payment.classes[payers]], payment.utilities[payers])
        spent[turn] = _sums(units, payment.classes[payers], supporters) * payment.rate
        given = payment.given * weights[payment.classes[payment.gave_all]].astype(object)
        spent[turn] += _sums(given, payment.classes[payment.gave_all], supporters)
    left = ledger.left * weights.astype(object)
    return Flows(spent, _sums(left, np.arange(len(left)), supporters))


def _sums(amounts: Amounts, classes: npt.NDArray[Any], supporters: Supporters) -> Amounts:
    """What these classes have together, for each project: of those among them who chose it."""
    sums = np.zeros(supporters.projects, dtype=object)
    place = np.full(len(supporters.weights), -1, dtype=np.int64)
    place[classes] = np.arange(len(classes))
    among = place[supporters.classes]
    entries = np.flatnonzero(among >= 0)
    if not len(entries):
        return sums
    first = np.searchsorted(entries, supporters.starts[:-1])
    # Two equal bounds would give the entry between them instead of nothing.
    filled = np.flatnonzero(np.diff(np.append(first, len(entries))))
    sums[filled] = np.add.reduceat(amounts[among[entries]], first[filled])
    return sums


def _products(weights: npt.NDArray[np.int64], utilities: npt.NDArray[np.int64]) -> npt.NDArray[Any]:
    """Weight times utility; as Python's whole numbers where sums of them may be more than 64 bits hold."""
    if len(weights) and int(utilities.max()) * int(weights.sum()) >= SAFE:
        return np.asarray(weights.astype(object) * utilities.astype(object))
    return np.asarray(weights * utilities)


def ledger_of(selection: Selection, supporters: Supporters) -> Ledger | None:
    """The ledger of a selection, or None where no voter paid for anything."""
    if not any(turn.how in PAID for turn in selection.turns) and selection.start is None:
        return None
    prices = [turn.price for turn in selection.turns if turn.price is not None and turn.how in PAID]
    start = selection.start or Fraction(0)
    denominator = lcm(start.denominator, *(price.denominator for price in prices))
    if any(turn.how == "loaded" for turn in selection.turns):
        return _loads(selection, supporters, denominator)
    return _balances(selection, supporters, int(start * denominator), denominator)


def _balances(selection: Selection, supporters: Supporters, start: int, denominator: int) -> Ledger:
    """All begin with the same and pay for what they chose."""
    left = np.empty(len(supporters.weights), dtype=object)
    left[:] = start
    is_broke = np.zeros(len(left), dtype=bool)
    payments = []
    for turn in selection.turns:
        payment = _payment(turn, supporters, left, is_broke, denominator)
        payments.append(payment)
        left[payment.classes] -= payment.amounts()
        is_broke[payment.classes] = left[payment.classes] == 0
    return Ledger(denominator, start, tuple(payments), left, supporters.weights)


def _payment(
    turn: Turn, supporters: Supporters, left: Amounts, is_broke: npt.NDArray[np.bool_], denominator: int
) -> Payment:
    if turn.how not in PAID or turn.price is None:
        return _nothing()
    classes, utilities = supporters.of(turn.project)
    is_out = np.zeros(len(left), dtype=bool)
    is_out[turn.paid_out] = True
    gave_all = (is_out | is_broke)[classes]
    return Payment(classes, utilities, int(turn.price * denominator), gave_all, left[classes[gave_all]])


def _loads(selection: Selection, supporters: Supporters, denominator: int) -> Ledger:
    """All earn a unit of money in a unit of time, and supporters pay all that they have earned since they last paid."""
    times = [0]
    last = np.zeros(len(supporters.weights), dtype=np.int64)
    payments = []
    for turn in selection.turns:
        if turn.how != "loaded" or turn.price is None:
            payments.append(_nothing())
            continue
        times.append(int(turn.price * denominator))
        classes, utilities = supporters.of(turn.project)
        given = times[-1] - np.array(times, dtype=object)[last[classes]]
        payments.append(Payment(classes, utilities, 0, np.ones(len(classes), dtype=bool), given))
        last[classes] = len(times) - 1
    left = times[-1] - np.array(times, dtype=object)[last]
    return Ledger(denominator, 0, tuple(payments), left, supporters.weights)


def _nothing() -> Payment:
    none = np.zeros(0, dtype=np.int32)
    return Payment(none, none.astype(np.int64), 0, none.astype(bool), none.astype(object))


def _times(rate: int, utilities: npt.NDArray[np.int64]) -> Amounts:
    """Rate times each utility; equal ones are worked out once, for there are few and the numbers are long."""
    values, places = np.unique(utilities, return_inverse=True)
    products = np.empty(len(values), dtype=object)
    products[:] = [rate * int(value) for value in values]
    return products[places]
