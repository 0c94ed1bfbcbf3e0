"""What a contract pays: the price times what is reached, up to a cap, and never more than was earned.

Results count from the beginning of the contract, so the last validated one earns for the whole of it. Amounts are
kroner with two decimals; what a fraction of a unit earns is rounded down to the øre.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_DOWN, Decimal
from itertools import pairwise
from typing import Any

__all__ = [
    "MOST_METRICS",
    "MOST_NOK",
    "MOST_PARTIES",
    "MOST_PAYMENTS",
    "MOST_PLANS",
    "MOST_RESULTS",
    "MOST_UNITS",
    "Count",
    "Fault",
    "Standing",
    "Sum",
    "Terms",
    "commitment_faults",
    "date_faults",
    "earned",
    "few_faults",
    "improvement",
    "order_faults",
    "overpaid",
    "party_faults",
    "party_warnings",
    "standing_of",
    "start_faults",
    "terms_faults",
    "transfer_faults",
]

MOST_NOK = Decimal(10**11)
MOST_UNITS = Decimal(10**9)
MOST_PARTIES, MOST_METRICS, MOST_RESULTS, MOST_PAYMENTS = 50, 40, 400, 1000  # results of one metric
MOST_PLANS = 200
FEWEST = 5  # below this people could be recognised

_ORE = Decimal("0.01")
_NOTHING = Decimal(0)

# Who sends and who receives each kind of payment.
_SENDERS = {"outcome": {"payer"}, "investment": {"investor"}, "return": {"payer", "provider", "coordinator"}}
_RECEIVERS = {
    "outcome": {"provider", "coordinator", "investor"},
    "investment": {"provider", "coordinator"},
    "return": {"investor"},
}


@dataclass(frozen=True)
class Terms:
    """What a metric pays: kroner for a unit, the most in kroner, and how many units are aimed at."""

    price: Decimal
    cap: Decimal
    target: Decimal = _NOTHING


@dataclass(frozen=True)
class Count:
    """How many took part and how many reached it, from the beginning of the contract to a day."""

    on: date
    engaged: int
    reached: Decimal
    is_validated: bool


@dataclass(frozen=True)
class Sum:
    """Kroner that were paid for a metric on a day."""

    on: date
    amount: Decimal


@dataclass(frozen=True)
class Fault:
    """Something that cannot be: a key of `labels.contracts.FAULTS`, and the values in its sentence."""

    code: str
    gaps: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Standing:
    """Where a metric stands: what is reached and validated, and the kroner earned, paid, due now and left.

    `waiting` is the last result if nobody has validated it; `counted_on` is the day of the last validated one.
    """

    reached: Decimal
    engaged: int
    counted_on: date | None
    waiting: Count | None
    earned: Decimal
    paid: Decimal
    due: Decimal
    left: Decimal
    is_capped: bool


def earned(terms: Terms, reached: Decimal) -> Decimal:
    """Kroner for so many units: the price times the units, at most the cap."""
    return min(terms.price * reached, terms.cap).quantize(_ORE, rounding=ROUND_DOWN)


def standing_of(terms: Terms, counts: Sequence[Count], paid: Iterable[Sum]) -> Standing:
    """Where a metric stands after all its results and payments."""
    inorder = sorted(counts, key=lambda one: one.on)
    last = _last_validated(inorder)
    worth = earned(terms, last.reached) if last else Decimal("0.00")
    total = sum((one.amount for one in paid), _NOTHING)
    return Standing(
        reached=last.reached if last else _NOTHING,
        engaged=last.engaged if last else 0,
        counted_on=last.on if last else None,
        waiting=inorder[-1] if inorder and inorder[-1] != last else None,
        earned=worth,
        paid=total,
        due=max(_NOTHING, worth - total),
        left=max(_NOTHING, terms.cap - total),
        is_capped=last is not None and terms.price * last.reached > terms.cap,
    )


def _last_validated(counts: Iterable[Count]) -> Count | None:
    return next((one for one in sorted(counts, key=lambda one: one.on, reverse=True) if one.is_validated), None)


def overpaid(terms: Terms, counts: Sequence[Count], paid: Iterable[Sum]) -> list[Fault]:
    """The first day on which more had been paid than was earned by then; nothing where no day was."""
    total = _NOTHING
    inorder = sorted(paid, key=lambda one: one.on)
    for at, one in enumerate(inorder):
        total += one.amount
        if at + 1 < len(inorder) and inorder[at + 1].on == one.on:
            continue
        last = _last_validated(each for each in counts if each.on <= one.on)
        worth = earned(terms, last.reached) if last else _NOTHING
        if total > worth:
            return [Fault("overpaid", {"on": one.on, "paid": total, "earned": worth, "over": total - worth})]
    return []


def improvement(better: str, *, baseline: Decimal, value: Decimal) -> Decimal:
    """How many units a measurement is better than the baseline, at least none; `better` is "higher" or "lower"."""
    return max(_NOTHING, value - baseline if better == "higher" else baseline - value)


def terms_faults(terms: Terms) -> list[Fault]:
    """What is wrong with a price, a cap and a target."""
    found = [Fault("amount_negative", {"amount": amount}) for amount in (terms.price, terms.cap) if amount < 0] + [
        Fault("amount_large", {"amount": amount}) for amount in (terms.price, terms.cap) if amount > MOST_NOK
    ]
    if terms.price == 0:
        found.append(Fault("price_nothing"))
    if not 0 < terms.target <= MOST_UNITS:
        found.append(Fault("target_wrong", {"target": terms.target}))
    if not found and terms.cap < terms.price:
        found.append(Fault("cap_below_price", {"cap": terms.cap, "price": terms.price}))
    return found


def order_faults(counts: Iterable[Count]) -> list[Fault]:
    """Results that cannot follow each other: two on one day, or fewer later than before. Negative ones too."""
    inorder = sorted(counts, key=lambda one: one.on)
    found = [
        Fault("count_wrong", {"on": one.on, "reached": one.reached, "engaged": Decimal(one.engaged)})
        for one in inorder
        if not 0 <= one.reached <= MOST_UNITS or not 0 <= one.engaged <= MOST_UNITS
    ]
    for before, after in pairwise(inorder):
        if before.on == after.on:
            found.append(Fault("count_twice", {"on": after.on}))
            continue
        for was, now in ((before.reached, after.reached), (Decimal(before.engaged), Decimal(after.engaged))):
            if now < was:
                found.append(Fault("count_falls", {"before": before.on, "was": was, "on": after.on, "now": now}))
    return found


def date_faults(starts_on: date, ends_on: date) -> list[Fault]:
    """A contract ends after it starts."""
    return [] if starts_on < ends_on else [Fault("ends_before_start", {"starts": starts_on, "ends": ends_on})]


def start_faults(starts_on: date, days: Iterable[date]) -> list[Fault]:
    """The first of these days that lies before the contract starts: nothing is counted or paid for results then."""
    early = [day for day in days if day < starts_on]
    return [Fault("before_start", {"on": min(early), "starts": starts_on})] if early else []


def few_faults(counts: Iterable[Count]) -> list[Fault]:
    """The first result in which so few took part that it cannot be public; nothing where there is none."""
    few = [one for one in sorted(counts, key=lambda one: one.on) if 0 < one.engaged < FEWEST]
    return [Fault("count_few", {"on": one.on}) for one in few[:1]]


def party_faults(parties: Iterable[tuple[str, Any]]) -> list[Fault]:
    """Who cannot be independent: an evaluator that provides the service too. Parties are role and organisation."""
    return _evaluators_who(parties, {"provider": "evaluator_provides"})


def party_warnings(parties: Iterable[tuple[str, Any]]) -> list[Fault]:
    """Who may not be independent: an evaluator with another stake in what is counted."""
    codes = {"investor": "evaluator_invests", "payer": "evaluator_pays", "coordinator": "evaluator_coordinates"}
    return _evaluators_who(parties, codes)


def _evaluators_who(parties: Iterable[tuple[str, Any]], codes: dict[str, str]) -> list[Fault]:
    pairs = list(dict.fromkeys(parties))
    evaluators = [organisation for role, organisation in pairs if role == "evaluator"]
    return [
        Fault(codes[role], {"organisation": organisation})
        for role, organisation in pairs
        if role in codes and organisation in evaluators
    ]


def commitment_faults(organisation: Any, *, most: Decimal | None, paid: Iterable[Decimal]) -> list[Fault]:
    """An investor that would invest more than it has bound itself to; `most` is None where it has said nothing."""
    total = sum(paid, _NOTHING)
    if most is None or total <= most:
        return []
    return [Fault("beyond_commitment", {"organisation": organisation, "most": most, "paid": total})]


def transfer_faults(
    kind: str, *, sender: Any, receiver: Any, amount: Decimal, parties: Iterable[tuple[str, Any]]
) -> list[Fault]:
    """What is wrong with money of this kind from one organisation to another."""
    pairs = set(parties)
    gaps = {"sender": sender, "receiver": receiver, "amount": amount}
    if sender == receiver:
        return [Fault("same_party", gaps)]
    if amount <= 0:
        return [Fault("amount_not_above_nothing", gaps)]
    if amount > MOST_NOK:
        return [Fault("amount_large", gaps)]
    if not any((role, sender) in pairs for role in _SENDERS[kind]):
        return [Fault(f"{kind}_sender", gaps)]
    if not any((role, receiver) in pairs for role in _RECEIVERS[kind]):
        return [Fault(f"{kind}_receiver", gaps)]
    return []
