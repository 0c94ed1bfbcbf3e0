"""Rows of benefits for tests, past every rule."""

from __future__ import annotations

import itertools
from datetime import date
from decimal import Decimal
from typing import Any

from tests import factories
from tests.factories.initiatives import make_initiative

from samskap.apps.benefits.models import Baseline, Benefit, Measurement, Target
from samskap.apps.initiatives.models import Initiative
from samskap.kernel import clock

__all__ = ["make_baseline", "make_benefit", "make_measurement", "make_target"]

Number = int | float | str | Decimal

_count = itertools.count(1)


def make_benefit(
    initiative: Initiative | None = None,
    *,
    baseline: Number | None = None,
    targets: dict[date, Number] | None = None,
    measured: dict[date, Number] | None = None,
    **fields: Any,
) -> Benefit:
    """A benefit of quality that has effect from 1 January 2026; with `baseline` one of 1 October 2025.

    `targets` and `measured` are values by day; what was measured is locked.
    """
    initiative = initiative or make_initiative()
    number = next(_count)
    fields.setdefault("title", f"Gevinst {number}")
    fields.setdefault("kind", "quality")
    fields.setdefault("gainer", "Innbyggerne")
    fields.setdefault("measure", f"Det som telles {number}")
    fields.setdefault("unit", "personer")
    fields.setdefault("owner_role", "Enhetsleder")
    fields.setdefault("effects_from", date(2026, 1, 1))
    if "owner_organisation" not in fields:
        fields["owner_organisation"] = factories.make_organisation(municipality=initiative.municipality)
    benefit = Benefit.objects.create(initiative=initiative, **fields)
    if baseline is not None:
        make_baseline(benefit, baseline)
    for day, value in (targets or {}).items():
        make_target(benefit, value, due_on=day)
    for day, value in (measured or {}).items():
        make_measurement(benefit, value, measured_on=day)
    return benefit


def make_baseline(benefit: Benefit, value: Number = 100, **fields: Any) -> Baseline:
    """Of 1 October 2025."""
    fields.setdefault("measured_on", date(2025, 10, 1))
    fields.setdefault("source", "Telling i enheten")
    return Baseline.objects.create(benefit=benefit, value=Decimal(str(value)), **fields)


def make_target(benefit: Benefit, value: Number = 120, *, due_on: date = date(2026, 12, 31)) -> Target:
    return Target.objects.create(benefit=benefit, value=Decimal(str(value)), due_on=due_on)


def make_measurement(
    benefit: Benefit,
    value: Number = 110,
    *,
    measured_on: date = date(2026, 6, 30),
    state: str = "locked",
    **fields: Any,
) -> Measurement:
    """A locked measurement, unless `state` says otherwise."""
    fields.setdefault("source", "Telling i enheten")
    if state != "draft":
        fields.setdefault("approved_at", clock.now())
    if state == "locked":
        fields.setdefault("locked_at", clock.now())
    if fields.get("corrects") is not None:
        fields.setdefault("correction", "En dag var telt to ganger.")
    return Measurement.objects.create(
        benefit=benefit, value=Decimal(str(value)), measured_on=measured_on, state=state, **fields
    )
