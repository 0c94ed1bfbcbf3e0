"""The desk of a contract: its sections, what can be chosen in its forms, and how what was typed is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samskap.apps.actors.queries import frame, organisations_of
from samskap.apps.benefits.labels import CONTRACT_ROLES, PAYMENT_KINDS
from samskap.apps.benefits.labels.contracts import SECTION_LEADS, SECTIONS, money, units
from samskap.apps.benefits.models import Measurement, Metric, MetricResult
from samskap.apps.benefits.queries.contract_reading import ContractRead, read_contract
from samskap.apps.benefits.rules.contracts import improvement
from samskap.apps.initiatives.queries import today
from samskap.kernel.errors import NotFound

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality, Organisation
    from samskap.apps.benefits.models import Contract

__all__ = [
    "Choices",
    "Section",
    "Taken",
    "check_section",
    "choices_for",
    "contract_desk",
    "part_initial",
    "part_name",
    "part_of_contract",
    "read_contract_part",
    "takeable_measurements",
]

Choice = tuple[Any, str]


@dataclass(frozen=True)
class Choices:
    """What the forms of a contract offer: ids and words."""

    organisations: tuple[Choice, ...] = ()
    benefits: tuple[Choice, ...] = ()
    metrics: tuple[Choice, ...] = ()
    evaluators: tuple[Choice, ...] = ()
    parties: tuple[Choice, ...] = ()
    whats: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Section:
    """A section of the desk: `state` is "written" or "empty"."""

    key: str
    name: str
    url: str
    state: str
    is_current: bool


@dataclass(frozen=True)
class Taken:
    """A measurement of a benefit that can be taken as a result; `reached` is how much better it is than before."""

    pk: int
    metric_pk: int
    metric: str
    words: str
    on: date
    reached: Decimal
    url: str


def check_section(section: str) -> None:
    """Stop with `NotFound` where there is no such section."""
    if section not in SECTIONS:
        raise NotFound(_("There is no such page of a contract."))


def contract_desk(contract: Contract, *, section: str = "") -> dict[str, Any]:
    """What every page of the desk shows."""
    read = read_contract(contract)
    return {
        **frame(contract.initiative.municipality),
        "contract": read,
        "initiative": contract.initiative,
        "sections": _sections(read, current=section),
        "section": section,
        "section_name": str(SECTIONS.get(section, "")),
        "section_lead": str(SECTION_LEADS.get(section, "")),
        "section_after": _after(section),
    }


def _sections(read: ContractRead, *, current: str) -> list[Section]:
    written = {
        "parties": bool(read.parties),
        "metrics": bool(read.metrics),
        "results": any(one.results for one in read.metrics),
        "plan": bool(read.plans),
        "paid": bool(read.ledger),
    }
    return [
        Section(
            key=key,
            name=str(name),
            url=reverse("benefits:contract_part", args=[read.pk, key]),
            state="written" if written[key] else "empty",
            is_current=key == current,
        )
        for key, name in SECTIONS.items()
    ]


def _after(section: str) -> str:
    """The section after this one; "" after the last."""
    keys = list(SECTIONS)
    place = keys.index(section) + 1 if section in keys else len(keys)
    return keys[place] if place < len(keys) else ""


def choices_for(contract: Contract) -> Choices:
    """What can be chosen for this contract. Partners of the initiative stand first among the organisations."""
    initiative = contract.initiative
    partners = set(initiative.partners.filter(left_at__isnull=True).values_list("organisation_id", flat=True))
    bodies = sorted(organisations_of(initiative.municipality), key=lambda one: one.pk not in partners)
    parties = {one.organisation_id: one.organisation.name for one in contract.parties.all()}
    evaluators = [one for one in contract.parties.all() if one.role == "evaluator"]
    metrics = tuple((one.pk, one.said.title) for one in contract.metrics.all())
    return Choices(
        organisations=tuple((one.pk, one.name) for one in bodies),
        benefits=tuple((one.pk, f"{one.said.title} ({one.unit})") for one in initiative.benefits.all()),
        metrics=metrics,
        evaluators=tuple((one.organisation_id, one.organisation.name) for one in evaluators),
        parties=tuple(parties.items()),
        whats=(
            *((str(pk), title) for pk, title in metrics),
            *((kind, str(PAYMENT_KINDS[kind])) for kind in ("investment", "return")),
        ),
    )


def part_of_contract(contract: Contract, section: str, pk: int) -> Any:
    """A party, a metric, a result or a payment of this contract; else `NotFound`."""
    check_section(section)
    rows: Any = {
        "parties": contract.parties,
        "metrics": contract.metrics,
        "results": MetricResult.objects.filter(metric__contract=contract),
        "plan": contract.payments.filter(plan__isnull=False),
        "paid": contract.payments.filter(plan__isnull=True),
    }[section]
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound(_("There is nothing like that in this contract."))
    return found


def part_name(part: Any, section: str) -> str:
    """What a part is called, for the sentence that says it was deleted."""
    if section == "parties":
        return f"{CONTRACT_ROLES[part.role]}: {part.organisation.name}"
    if section == "metrics":
        return str(part.said.title)
    if section == "results":
        return f"{part.metric.said.title}, {date_format(part.counted_on)}"
    return f"{money(part.amount_nok)}, {date_format(part.on)}"


def part_initial(contract: Contract, section: str, *, wanted: dict[str, str]) -> dict[str, Any]:
    """What a form proposes for one more; `wanted` are the words of the address."""
    if section == "results":
        taken = next((one for one in takeable_measurements(contract) if str(one.pk) == wanted.get("measurement")), None)
        if taken is not None:
            return {
                "metric": taken.metric_pk,
                "counted_on": taken.on,
                "reached": taken.reached,
                "measurement": taken.pk,
            }
        return {"counted_on": today()}
    if section == "plan":
        return _usual_way(contract)
    if section == "paid":
        planned = contract.payments.filter(plan__isnull=False, pk=_number(wanted.get("planned"))).first()
        if planned is not None:
            way = {"sender": planned.sender_id, "receiver": planned.receiver_id}
            return way | {"what": str(planned.metric_id), "amount_nok": planned.amount_nok, "on": today()}
        return _usual_way(contract) | {"on": today()}
    return {}


def _usual_way(contract: Contract) -> dict[str, int]:
    """From the payer to the provider, where there are such."""
    found = {one.role: one.organisation_id for one in list(contract.parties.all())[::-1]}
    ways = {"sender": found.get("payer"), "receiver": found.get("provider")}
    return {name: pk for name, pk in ways.items() if pk is not None}


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0


def read_contract_part(contract: Contract, section: str, cleaned: dict[str, Any]) -> dict[str, Any]:
    """What was typed as the action takes it: ids become rows of this contract and its municipality."""
    fields = dict(cleaned)
    town = contract.initiative.municipality
    for name in ("organisation", "sender", "receiver", "validated_by"):
        if name in fields:
            fields[name] = _organisation(town, fields[name])
    if section == "paid":
        what = fields.pop("what")
        fields["kind"] = what if what in PAYMENT_KINDS else "outcome"
        fields["metric"] = None if what in PAYMENT_KINDS else part_of_contract(contract, "metrics", int(what))
    elif "metric" in fields:
        fields["metric"] = part_of_contract(contract, "metrics", fields["metric"])
    if "benefit" in fields:
        fields["benefit"] = contract.initiative.benefits.filter(pk=fields["benefit"]).first()
    if "measurement" in fields:
        fields["measurement"] = Measurement.objects.filter(
            pk=fields["measurement"], benefit__initiative=contract.initiative
        ).first()
    return fields


def _organisation(town: Municipality, pk: int | None) -> Organisation | None:
    return next((one for one in organisations_of(town) if one.pk == pk), None) if pk else None


def takeable_measurements(contract: Contract) -> list[Taken]:
    """Measurements that count, of the benefits that the contract pays for, and are not taken yet: the newest first."""
    metrics = [one for one in contract.metrics.all() if one.benefit_id is not None]
    days = {(one.pk, each.counted_on) for one in metrics for each in one.results.all()}
    found = []
    for metric in metrics:
        benefit = metric.benefit
        baseline = getattr(benefit, "baseline", None)
        if benefit is None or baseline is None:
            continue
        counts = Q(corrected_by__isnull=True) | Q(corrected_by__state="draft")
        rows = benefit.measurements.exclude(state="draft").filter(counts, measured_on__gte=contract.starts_on)
        for one in rows:
            if (metric.pk, one.measured_on) not in days:
                reached = improvement(benefit.better, baseline=baseline.value, value=one.value)
                found.append(_taken(contract, metric, one, reached))
    return sorted(found, key=lambda one: one.on, reverse=True)


def _taken(contract: Contract, metric: Metric, one: Measurement, reached: Decimal) -> Taken:
    words = _("%(title)s, %(on)s: %(reached)s %(unit)s better than the baseline") % {
        "title": metric.said.title, "on": date_format(one.measured_on), "reached": units(reached),
        "unit": metric.said.unit,
    }  # fmt: skip
    url = reverse("benefits:contract_part", args=[contract.pk, "results"])
    return Taken(one.pk, metric.pk, metric.said.title, words, one.measured_on, reached, f"{url}?measurement={one.pk}")
