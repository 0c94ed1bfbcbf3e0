"""Rows of initiatives for tests, past every rule."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

from django.utils.timezone import localtime
from tests import factories

from samskap.apps.actors.models import Municipality, Organisation
from samskap.apps.initiatives.models import Commitment, CostLine, Gate, Initiative, Partner
from samskap.kernel import clock

__all__ = ["make_cost", "make_gate", "make_initiative", "make_organisation_partner"]

_count = itertools.count(1)


def make_initiative(
    *,
    municipality: Municipality | None = None,
    published: bool = True,
    costs: dict[int, int] | None = None,
    in_days: int = 30,
    **fields: Any,
) -> Initiative:
    """An initiative whose next step is due in so many days; `costs` is what the municipality pays, by year."""
    number = next(_count)
    fields.setdefault("title", f"Tiltak {number}")
    fields.setdefault("next_step", f"Steg {number}")
    fields.setdefault("next_date", localtime(clock.now()).date() + timedelta(days=in_days))
    fields.setdefault("published_at", clock.now() if published else None)
    if fields.get("stage") == "stopped":
        fields.setdefault("stopped_reason", "Det ble for dyrt.")
        fields.setdefault("learned", "Spør før du bygger.")
    challenges = fields.pop("challenges", ())
    made = Initiative.objects.create(municipality=municipality or factories.make_municipality(), **fields)
    made.challenges.set(challenges)
    for year, amount_nok in (costs or {}).items():
        make_cost(made, year=year, amount_nok=amount_nok)
    return made


def make_cost(
    initiative: Initiative, *, year: int = 2027, amount_nok: int = 100_000, payer: Organisation | None = None
) -> CostLine:
    return CostLine.objects.create(
        initiative=initiative, year=year, amount_nok=amount_nok, payer=payer, text=f"Utgift {next(_count)}"
    )


def make_organisation_partner(
    initiative: Initiative, *, organisation: Organisation | None = None, sector: str = "voluntary", **promised: int
) -> Partner:
    """An organisation that has joined; `money=…` and `hours=…` are confirmed."""
    organisation = organisation or factories.make_organisation(municipality=initiative.municipality, sector=sector)
    partner = Partner.objects.create(initiative=initiative, organisation=organisation, confirmed_at=clock.now())
    for kind, amount in promised.items():
        Commitment.objects.create(partner=partner, kind=kind, amount=amount, state="confirmed")
    return partner


def make_gate(initiative: Initiative, *, from_stage: str = "idea", to_stage: str = "explored", **fields: Any) -> Gate:
    """A decision of today."""
    fields.setdefault("reason", "Vi vil vite mer.")
    fields.setdefault("decided_by", "Kommunestyret")
    fields.setdefault("decided_on", localtime(clock.now()).date())
    return Gate.objects.create(initiative=initiative, from_stage=from_stage, to_stage=to_stage, **fields)
