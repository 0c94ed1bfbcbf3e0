"""A contract from a file of the INDIGO standard: kept until it is looked at, brought in whole or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from samskap.apps.actors import actions as actors
from samskap.apps.benefits.actions.contracts import create_contract, record, refuse
from samskap.apps.benefits.models import Contract, ContractParty, Metric, MetricResult, Payment, PaymentPlan
from samskap.apps.benefits.queries.contract_import import NEW, import_faults, waiting_contract_path
from samskap.apps.benefits.rules.contracts import Fault
from samskap.formats.indigo import renamed
from samskap.kernel.errors import RuleError
from samskap.web.files import keep_file

if TYPE_CHECKING:
    from samskap.apps.actors.models import Organisation
    from samskap.apps.initiatives.models import Initiative
    from samskap.formats import indigo
    from samskap.kernel.acting import Acting

__all__ = ["drop_waiting_contracts", "import_contract", "keep_waiting_contracts"]


def keep_waiting_contracts(content: bytes, *, person_pk: int) -> str:
    """Keep a file until it is imported, in place of the one that this person gave before. Gives the token of it."""
    token = secrets.token_urlsafe(12)
    path = waiting_contract_path(person_pk, token)
    keep_file(path, content=content, in_place_of=f"contracts-{person_pk}-*.json")
    return token


def drop_waiting_contracts(person_pk: int, token: str) -> None:
    """Throw the file away."""
    waiting_contract_path(person_pk, token).unlink(missing_ok=True)


@transaction.atomic
def import_contract(
    initiative: Initiative,
    project: indigo.Project,
    *,
    keys: Mapping[str, str],
    organisations: Mapping[str, Organisation],
    language: str,
    sha256: str,
    by: Acting,
) -> Contract:
    """A contract of an initiative from a project of a file, as a draft.

    `keys` say what each organisation of the file becomes: the id of one of `organisations`, or `new:`, a sector and its
    key, which is then made; `sha256` is the hash of the file. Nothing is stored where something in it cannot be.
    """
    if project.contract is None:
        raise RuleError(_("There is something wrong in the file, so nothing is stored."), code="contract_file")
    for wrong in import_faults(project, keys):
        sentence = _("%(place)s: %(words)s") % {"place": wrong.place, "words": wrong.words}
        raise RuleError(sentence, code="contract_file")
    bodies = _bodies(initiative, project, keys, organisations, by=by)
    said = renamed(project.contract, keys)
    contract = create_contract(
        initiative, by=by, key=said.key, language=language, title=said.title, text=said.text,
        starts_on=said.starts_on, ends_on=said.ends_on,
    )  # fmt: skip
    _fill(contract, said, bodies)
    facts = {"sha256": sha256, "left": len(project.remarks)}
    record("benefits.contract_imported", contract, by=by, data=facts)
    return contract


def _bodies(
    initiative: Initiative,
    project: indigo.Project,
    keys: Mapping[str, str],
    organisations: Mapping[str, Organisation],
    *,
    by: Acting,
) -> dict[str, Organisation]:
    """The organisation of each key: one that is here, or one that is made now."""
    found: dict[str, Organisation] = {}
    for one in project.organisations:
        key = keys.get(one.key, "")
        if key in organisations:
            found[key] = organisations[key]
        elif key.startswith(NEW):
            found[key] = actors.create_organisation(
                initiative.municipality, by=by, name=one.name, sector=key.split(":")[1],
                register_number=one.register_number,
            )  # fmt: skip
        else:
            refuse([Fault("organisation_unchosen", {"organisation": one.name[:80]})])
    return found


def _fill(contract: Contract, said: indigo.Contract, bodies: Mapping[str, Organisation]) -> None:
    """The rows of a contract that was checked as a whole."""
    ContractParty.objects.bulk_create(
        {
            (one.role, one.organisation): ContractParty(
                contract=contract, role=one.role, organisation=bodies[one.organisation], commitment_nok=one.commitment
            )
            for one in said.parties
        }.values()
    )
    metrics = {one.key: _metric(contract, one) for one in said.metrics}
    MetricResult.objects.bulk_create(
        MetricResult(
            metric=metrics[one.metric], counted_on=one.counted_on, engaged=one.engaged, reached=one.reached,
            validated_by=bodies[one.validator] if one.validator else None, note=one.note,
        )
        for one in said.results
    )  # fmt: skip
    Payment.objects.bulk_create(_payment(contract, one, metrics, bodies) for one in said.paid)
    for version, plan in enumerate(said.plans, start=1):
        made = PaymentPlan.objects.create(contract=contract, version=version, made_on=plan.made_on, reason=plan.reason)
        for state, rows in (("paid", plan.repeated), ("planned", plan.planned)):
            Payment.objects.bulk_create(
                _payment(contract, one, metrics, bodies, plan=made, state=state) for one in rows
            )


def _metric(contract: Contract, one: indigo.Metric) -> Metric:
    return Metric.objects.create(
        contract=contract, key=one.key, language=contract.language, title=one.title, unit=one.unit,
        target=one.target, validation=one.validation, source=one.source, price_nok=one.price, cap_nok=one.cap,
    )  # fmt: skip


def _payment(
    contract: Contract,
    one: indigo.Payment,
    metrics: Mapping[str, Metric],
    bodies: Mapping[str, Organisation],
    *,
    plan: PaymentPlan | None = None,
    state: str = "paid",
) -> Payment:
    return Payment(
        contract=contract, plan=plan, state=state, kind=one.kind, metric=metrics.get(one.metric),
        sender=bodies[one.sender], receiver=bodies[one.receiver], amount_nok=one.amount, on=one.on, note=one.note,
    )  # fmt: skip
