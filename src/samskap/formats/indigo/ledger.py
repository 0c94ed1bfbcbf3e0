"""What an outcome contract says, as plain values: the same whether it was read from a file or is written to one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

__all__ = ["Contract", "Metric", "Organisation", "Party", "Payment", "Place", "Plan", "Result", "renamed"]


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body by the key it has in the file; the number is that of Enhetsregisteret, the sector may be unknown ("")."""

    key: str
    name: str
    register_number: str = ""
    sector: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation in a role: payer, investor, provider, coordinator or evaluator. Investors bind themselves."""

    role: str
    organisation: str
    commitment: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Metric:
    """What is counted: its target in units, the price of a unit and the most that is paid, in kroner."""

    key: str
    title: str
    unit: str
    target: Decimal
    validation: str
    source: str
    price: Decimal
    cap: Decimal


@dataclass(frozen=True, slots=True)
class Result:
    """What was counted from the beginning of the contract to a day; `validator` is the key of an organisation or ""."""

    metric: str
    counted_on: date
    engaged: int
    reached: Decimal
    validator: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Payment:
    """Kroner from one organisation to another: "outcome" for a metric, "investment" or "return" for an investment."""

    kind: str
    on: date
    sender: str
    receiver: str
    amount: Decimal
    metric: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A version of what is planned for results: what had been paid when it was made, and the rest."""

    key: str
    made_on: date
    reason: str
    repeated: tuple[Payment, ...]
    planned: tuple[Payment, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """The municipality where the service is delivered: four digits and a name."""

    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Contract:
    """One agreement with everything that was counted, planned and paid."""

    key: str
    title: str
    text: str
    starts_on: date
    ends_on: date
    parties: tuple[Party, ...] = ()
    metrics: tuple[Metric, ...] = ()
    results: tuple[Result, ...] = ()
    paid: tuple[Payment, ...] = ()
    plans: tuple[Plan, ...] = ()
    place: Place | None = None


def renamed(contract: Contract, keys: Mapping[str, str]) -> Contract:
    """The same contract with other keys for its organisations; those that are not named keep theirs."""

    def key(old: str) -> str:
        return keys.get(old, old)

    def payments(rows: tuple[Payment, ...]) -> tuple[Payment, ...]:
        return tuple(replace(one, sender=key(one.sender), receiver=key(one.receiver)) for one in rows)

    return replace(
        contract,
        parties=tuple(replace(one, organisation=key(one.organisation)) for one in contract.parties),
        results=tuple(replace(one, validator=key(one.validator)) for one in contract.results),
        paid=payments(contract.paid),
        plans=tuple(
            replace(one, repeated=payments(one.repeated), planned=payments(one.planned)) for one in contract.plans
        ),
    )
