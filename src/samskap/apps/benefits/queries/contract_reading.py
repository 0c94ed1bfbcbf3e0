"""The read model of a contract: who, what is counted and what it has earned, the ledger, and the plans."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.urls import reverse

from samskap.apps.benefits.labels import CONTRACT_ROLES, PAYMENT_KINDS, SECTORS
from samskap.apps.benefits.labels.contracts import (
    PROGRESS,
    PROGRESS_COLOURS,
    metric_sentences,
    money,
    said_fault,
    units,
)
from samskap.apps.benefits.queries.contract_values import (
    counts_of,
    ledger_of,
    names_of,
    paid_for,
    pairs_of,
    planned_of,
    sums_of,
    terms_of,
)
from samskap.apps.benefits.rules import contracts as rules
from samskap.apps.benefits.rules import payment_plans
from samskap.apps.initiatives.queries import today

if TYPE_CHECKING:
    from samskap.apps.benefits.models import (
        Contract,
        ContractParty,
        Measurement,
        Metric,
        MetricResult,
        Payment,
        PaymentPlan,
    )

__all__ = [
    "ContractRead",
    "MetricRead",
    "PartyRead",
    "PaymentRead",
    "PlanLine",
    "PlanRead",
    "ResultRead",
    "Sums",
    "read_contract",
]

_ROLES = list(CONTRACT_ROLES)


@dataclass(frozen=True)
class PartyRead:
    """An organisation in a role; an investor may have bound itself to a sum."""

    pk: int
    role: str
    role_words: str
    name: str
    sector_words: str
    commitment: Decimal | None

    @property
    def commitment_words(self) -> str:
        return "" if self.commitment is None else money(self.commitment)


@dataclass(frozen=True)
class ResultRead:
    """What was counted by a day, and what it had earned by then; `earned` is None where nobody has validated it."""

    pk: int
    on: date
    engaged: int
    reached: Decimal
    validator: str
    earned: Decimal | None
    note: str
    is_corrected: bool

    @property
    def reached_words(self) -> str:
        return units(self.reached)

    @property
    def earned_words(self) -> str:
        return "–" if self.earned is None else money(self.earned)


@dataclass(frozen=True)
class PaymentRead:
    """Money from one organisation to another; `what` is the metric, or the kind of payment."""

    pk: int
    on: date
    sender: str
    receiver: str
    what: str
    kind: str
    amount: Decimal
    note: str

    @property
    def amount_words(self) -> str:
        return money(self.amount)


@dataclass(frozen=True)
class MetricRead:
    """What is counted, with its sentences. `benefit_title` is empty where it belongs to no benefit."""

    pk: int
    title: str
    unit: str
    lang: str
    validation: str
    source: str
    terms: rules.Terms
    standing: rules.Standing
    sentences: tuple[str, ...]
    results: tuple[ResultRead, ...]
    benefit_pk: int | None
    benefit_title: str


@dataclass(frozen=True)
class PlanLine:
    """One payment of a plan. `state` is a key of `PROGRESS`; "repeated" is what had been paid when it was made."""

    payment: PaymentRead
    state: str
    state_words: str
    colour: str


@dataclass(frozen=True)
class PlanRead:
    """A version of the plan, with everything it says."""

    pk: int
    version: int
    made_on: date
    reason: str
    lines: tuple[PlanLine, ...]

    @property
    def total(self) -> Decimal:
        return sum((one.payment.amount for one in self.lines), Decimal(0))

    @property
    def total_words(self) -> str:
        return money(self.total)


@dataclass(frozen=True)
class Sums:
    """Kroner of a whole contract: the most, earned, paid, due and left for results; and of the investment.

    `returned` is all that came to investors: repayments, and payments for results that go straight to them.
    """

    most: Decimal
    earned: Decimal
    paid: Decimal
    due: Decimal
    left: Decimal
    committed: Decimal
    invested: Decimal
    returned: Decimal


@dataclass(frozen=True)
class ContractRead:
    """A contract with all that is known of it."""

    pk: int
    key: str
    title: str
    text: str
    lang: str
    initiative_pk: int
    initiative_title: str
    starts_on: date
    ends_on: date
    is_shown: bool
    parties: tuple[PartyRead, ...]
    metrics: tuple[MetricRead, ...]
    ledger: tuple[PaymentRead, ...]
    plans: tuple[PlanRead, ...]
    sums: Sums
    warnings: tuple[str, ...]

    @property
    def url(self) -> str:
        return reverse("benefits:contract", args=[self.pk])

    @property
    def plan(self) -> PlanRead | None:
        """The plan in force: the newest."""
        return self.plans[-1] if self.plans else None


def read_contract(contract: Contract, *, now: date | None = None) -> ContractRead:
    """The contract as it stands on a day (today unless said)."""
    ledger = ledger_of(contract)
    metrics = tuple(_metric(one, ledger) for one in contract.metrics.all())
    said, names = contract.said, names_of(contract)
    warnings = rules.party_warnings(pairs_of(contract))
    return ContractRead(
        pk=contract.pk,
        key=contract.key,
        title=said.title,
        text=said.text,
        lang=said.lang,
        initiative_pk=contract.initiative_id,
        initiative_title=contract.initiative.said.title,
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        is_shown=contract.is_shown,
        parties=tuple(_party(one) for one in sorted(contract.parties.all(), key=lambda one: _ROLES.index(one.role))),
        metrics=metrics,
        ledger=tuple(_payment(one) for one in ledger),
        plans=_plans(contract, ledger, now=now or today()),
        sums=_sums(contract, metrics, ledger),
        warnings=tuple(said_fault(one, names=names) for one in warnings),
    )


def _party(one: ContractParty) -> PartyRead:
    return PartyRead(
        pk=one.pk,
        role=one.role,
        role_words=str(CONTRACT_ROLES[one.role]),
        name=one.organisation.name,
        sector_words=str(SECTORS[one.organisation.sector]),
        commitment=one.commitment_nok,
    )


def _metric(metric: Metric, ledger: Sequence[Payment]) -> MetricRead:
    results = list(metric.results.all())
    terms = terms_of(metric)
    standing = rules.standing_of(terms, counts_of(results), sums_of(paid_for(metric, ledger)))
    said = metric.said
    return MetricRead(
        pk=metric.pk,
        title=said.title,
        unit=said.unit,
        lang=said.lang,
        validation=said.validation,
        source=said.source,
        terms=terms,
        standing=standing,
        sentences=tuple(metric_sentences(said.unit, terms, standing)),
        results=tuple(_result(one, terms) for one in results),
        benefit_pk=metric.benefit_id,
        benefit_title=metric.benefit.said.title if metric.benefit else "",
    )


def _result(one: MetricResult, terms: rules.Terms) -> ResultRead:
    return ResultRead(
        pk=one.pk,
        on=one.counted_on,
        engaged=one.engaged,
        reached=one.reached,
        validator=one.validated_by.name if one.validated_by else "",
        earned=rules.earned(terms, one.reached) if one.validated_by else None,
        note=one.note,
        is_corrected=one.measurement is not None and _is_corrected(one.measurement),
    )


def _is_corrected(measurement: Measurement) -> bool:
    """Whether another stands in its place: a correction counts when it is approved."""
    correction = getattr(measurement, "corrected_by", None)
    return correction is not None and correction.state != "draft"


def _payment(one: Payment) -> PaymentRead:
    return PaymentRead(
        pk=one.pk,
        on=one.on,
        sender=one.sender.name,
        receiver=one.receiver.name,
        what=one.metric.said.title if one.metric else str(PAYMENT_KINDS[one.kind]),
        kind=one.kind,
        amount=one.amount_nok,
        note=one.note,
    )


def _plans(contract: Contract, ledger: Sequence[Payment], *, now: date) -> tuple[PlanRead, ...]:
    plans = list(contract.plans.all())
    rows: dict[int, list[Payment]] = {plan.pk: [] for plan in plans}
    for one in contract.payments.all():
        if one.plan_id is not None:
            rows[one.plan_id].append(one)
    return tuple(_plan(plan, rows[plan.pk], ledger, now=now) for plan in plans)


def _plan(plan: PaymentPlan, rows: Iterable[Payment], ledger: Sequence[Payment], *, now: date) -> PlanRead:
    """A plan by day. What it repeats stands first, and covers nothing that it plans."""
    inorder = sorted(rows, key=lambda one: (one.state != "paid", one.on, one.pk))
    planned = [one for one in inorder if one.state == "planned"]
    since = payment_plans.paid_since(planned_of(ledger), planned_of(one for one in inorder if one.state == "paid"))
    progress = payment_plans.progress_of(planned_of(planned), since, today=now)
    states = {one.pk: way.state for one, way in zip(planned, progress, strict=True)}
    return PlanRead(
        pk=plan.pk,
        version=plan.version,
        made_on=plan.made_on,
        reason=plan.reason,
        lines=tuple(_line(one, states.get(one.pk, "repeated")) for one in inorder),
    )


def _line(one: Payment, state: str) -> PlanLine:
    return PlanLine(_payment(one), state, str(PROGRESS[state]), PROGRESS_COLOURS[state])


def _sums(contract: Contract, metrics: Sequence[MetricRead], ledger: Sequence[Payment]) -> Sums:
    def total(amounts: Iterable[Decimal | None]) -> Decimal:
        return sum((one for one in amounts if one is not None), Decimal(0))

    investors = {one.organisation_id for one in contract.parties.all() if one.role == "investor"}
    return Sums(
        most=total(one.terms.cap for one in metrics),
        earned=total(one.standing.earned for one in metrics),
        paid=total(one.standing.paid for one in metrics),
        due=total(one.standing.due for one in metrics),
        left=total(one.standing.left for one in metrics),
        committed=total(one.commitment_nok for one in contract.parties.all()),
        invested=total(one.amount_nok for one in ledger if one.kind == "investment"),
        returned=total(one.amount_nok for one in ledger if one.receiver_id in investors),
    )
