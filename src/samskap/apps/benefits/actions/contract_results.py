"""What a contract counts and pays for, and what was counted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction

from samskap.apps.benefits.actions.contracts import held_contract, record, refuse
from samskap.apps.benefits.models import Contract, Metric, MetricResult, Payment
from samskap.apps.benefits.queries.contract_values import counts_of, pairs_of, sums_of, terms_of
from samskap.apps.benefits.rules import contracts as rules
from samskap.apps.benefits.rules.contracts import Fault
from samskap.apps.initiatives.queries import today

if TYPE_CHECKING:
    from samskap.apps.actors.models import Organisation
    from samskap.apps.benefits.models import Benefit, Measurement
    from samskap.kernel.acting import Acting

__all__ = [
    "add_metric",
    "add_result",
    "change_metric",
    "change_result",
    "check_metric",
    "check_plan",
    "remove_metric",
    "remove_result",
]


def check_metric(metric: Metric) -> None:
    """Stop where what stands in the rows of a metric cannot be: its terms, its results, and what was paid for it."""
    # Rows are asked for anew: who calls may hold a contract whose rows were read before the change.
    counts = counts_of(MetricResult.objects.filter(metric=metric))
    paid = sums_of(Payment.objects.filter(metric=metric, plan__isnull=True))
    refuse(rules.terms_faults(terms_of(metric)))
    refuse(rules.order_faults(counts))
    if Contract.objects.filter(pk=metric.contract_id, is_shown=True).exists():
        refuse(rules.few_faults(counts))
    refuse(rules.overpaid(terms_of(metric), counts, paid))
    _check_benefit(metric)


def check_plan(metric: Metric) -> None:
    """Stop where the plan in force, with what it says was paid, pays more for a metric than the most."""
    newest = metric.contract.plans.last()
    rows = Payment.objects.filter(plan=newest, metric=metric) if newest else ()
    planned = sum((one.amount_nok for one in rows), Decimal(0))
    if planned > metric.cap_nok:
        gaps = {"planned": planned, "metric": metric.said.title, "cap": metric.cap_nok}
        refuse([Fault("planned_beyond_cap", gaps)])


def _check_benefit(metric: Metric) -> None:
    benefit = metric.benefit
    if benefit is None:
        return
    if benefit.initiative_id != metric.contract.initiative_id:
        refuse([Fault("benefit_foreign")])
    if benefit.unit.casefold() != metric.unit.casefold():
        refuse([Fault("measurement_unit", {"theirs": benefit.unit, "ours": metric.unit})])


@transaction.atomic
def add_metric(contract: Contract, *, by: Acting, key: str = "", **fields: Any) -> Metric:
    """Say what is counted, how it is validated, what a unit is worth, and the most that is paid."""
    contract = held_contract(contract, by=by)
    keys = list(contract.metrics.values_list("key", flat=True))
    if len(keys) >= rules.MOST_METRICS:
        refuse([Fault("too_many", {"most": rules.MOST_METRICS})])
    free = next(name for at in range(1, rules.MOST_METRICS + 2) if (name := f"metric-{at}") not in keys)
    metric = Metric(contract=contract, key=key or free, **fields)
    refuse(rules.terms_faults(terms_of(metric)))
    _check_benefit(metric)
    metric.save()
    record("benefits.metric_added", contract, by=by, data={"metric": metric.title})
    return metric


@transaction.atomic
def change_metric(metric: Metric, *, by: Acting, **fields: Any) -> Metric:
    """Change it, as far as what was paid stays earned, and what is planned stays below the most."""
    contract = held_contract(metric.contract, by=by)
    before = metric.cap_nok
    for name, value in fields.items():
        setattr(metric, name, value)
    check_metric(metric)
    if metric.cap_nok < before:
        check_plan(metric)
    metric.save(update_fields=list(fields))
    record("benefits.metric_changed", contract, by=by, data={"metric": metric.title})
    return metric


@transaction.atomic
def remove_metric(metric: Metric, *, by: Acting) -> None:
    """Take it away; not while something is counted, paid or planned for it."""
    contract = held_contract(metric.contract, by=by)
    if metric.payments.exists():
        refuse([Fault("metric_paid", {"metric": metric.said.title})])
    if metric.results.exists():
        refuse([Fault("metric_counted", {"metric": metric.said.title})])
    metric.delete()
    record("benefits.metric_removed", contract, by=by, data={"metric": metric.title})


@transaction.atomic
def add_result(metric: Metric, *, by: Acting, **fields: Any) -> MetricResult:
    """Write down what was counted by a day, from the beginning of the contract to it."""
    contract = held_contract(metric.contract, by=by)
    if metric.results.count() >= rules.MOST_RESULTS:
        refuse([Fault("too_many", {"most": rules.MOST_RESULTS})])
    if metric.results.filter(counted_on=fields["counted_on"]).exists():
        refuse([Fault("count_twice", {"on": fields["counted_on"]})])
    result = MetricResult(metric=metric, **fields)
    _check_result(contract, result)
    result.save()
    check_metric(metric)
    _record("benefits.result_added", contract, result, by=by)
    return result


@transaction.atomic
def change_result(result: MetricResult, *, by: Acting, **fields: Any) -> MetricResult:
    """Correct what was counted, or say who has validated it, as far as what was paid stays earned."""
    contract = held_contract(result.metric.contract, by=by)
    others = result.metric.results.exclude(pk=result.pk)
    if others.filter(counted_on=fields.get("counted_on", result.counted_on)).exists():
        refuse([Fault("count_twice", {"on": fields["counted_on"]})])
    for name, value in fields.items():
        setattr(result, name, value)
    _check_result(contract, result)
    result.save(update_fields=list(fields))
    check_metric(result.metric)
    _record("benefits.result_changed", contract, result, by=by)
    return result


@transaction.atomic
def remove_result(result: MetricResult, *, by: Acting) -> None:
    """Take a result away, as far as what was paid stays earned."""
    contract = held_contract(result.metric.contract, by=by)
    metric = result.metric
    counted_on, reached = result.counted_on, result.reached
    result.delete()
    check_metric(metric)
    facts = {"metric": metric.title, "on": counted_on.isoformat(), "reached": f"{reached.normalize():f}"}
    record("benefits.result_removed", contract, by=by, data=facts)


def _record(verb: str, contract: Contract, result: MetricResult, *, by: Acting) -> None:
    reached = f"{Decimal(result.reached).normalize():f}"
    facts = {"metric": result.metric.title, "on": result.counted_on.isoformat(), "reached": reached}
    record(verb, contract, by=by, data=facts)


def _check_result(contract: Contract, result: MetricResult) -> None:
    _check_day(contract, result.counted_on)
    refuse(rules.order_faults(counts_of([result])))
    if result.validated_by is not None:
        _check_validator(contract, result.validated_by)
    if result.measurement is not None:
        _check_measurement(result, result.measurement)


def _check_day(contract: Contract, counted_on: date) -> None:
    if counted_on > today():
        refuse([Fault("count_in_future", {"on": counted_on})])
    refuse(rules.start_faults(contract.starts_on, [counted_on]))


def _check_validator(contract: Contract, organisation: Organisation) -> None:
    if ("evaluator", organisation.pk) not in pairs_of(contract):
        refuse([Fault("validator_no_evaluator", {"organisation": organisation.name})])


def _check_measurement(result: MetricResult, measurement: Measurement) -> None:
    """A measurement counts where it is approved or locked, and gives what it is better than the baseline."""
    benefit: Benefit = measurement.benefit
    baseline = getattr(benefit, "baseline", None)
    if measurement.state == "draft" or benefit.pk != result.metric.benefit_id or baseline is None:
        refuse([Fault("measurement_foreign")])
        return
    reached = rules.improvement(benefit.better, baseline=baseline.value, value=measurement.value)
    if (result.counted_on, result.reached) != (measurement.measured_on, reached):
        refuse([Fault("measurement_differs", {"on": measurement.measured_on, "reached": reached})])
