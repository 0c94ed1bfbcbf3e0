"""What an initiative has several of: cost lines, risks, those affected and milestones."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samskap.apps.initiatives.actions.initiatives import check_organisation, held, public_path
from samskap.apps.initiatives.actions.news import tell
from samskap.apps.initiatives.models import Affected, CostLine, Initiative, Milestone, Risk
from samskap.apps.initiatives.queries.initiatives import PARTS
from samskap.apps.trail import actions as trail
from samskap.kernel.acting import Acting
from samskap.kernel.errors import RuleError

__all__ = ["MOST_PARTS", "add_part", "change_part", "remove_part", "set_done"]

Part = CostLine | Risk | Affected | Milestone

MOST_PARTS = 200


@transaction.atomic
def add_part(initiative: Initiative, kind: str, *, by: Acting, **fields: Any) -> Part:
    """Add one of a kind of `PARTS` to an initiative."""
    initiative = held(initiative, by=by)
    model = PARTS[kind]
    check_organisation(initiative.municipality, fields.get("payer"))
    if model._default_manager.filter(initiative=initiative).count() >= MOST_PARTS:
        raise RuleError(
            _("An initiative has at most %(number)s of these.") % {"number": MOST_PARTS},
            code="too_many_parts",
            cure=_("Put some of them together."),
        )
    part: Part = model._default_manager.create(initiative=initiative, **fields)
    _record("added", initiative, kind, by=by)
    return part


@transaction.atomic
def change_part(part: Part, *, by: Acting, **fields: Any) -> Part:
    """Change a cost line, a risk, a group of those affected or a milestone."""
    initiative = held(part.initiative, by=by)
    check_organisation(initiative.municipality, fields.get("payer"))
    for name, value in fields.items():
        setattr(part, name, value)
    part.save(update_fields=list(fields))
    _record("changed", initiative, _kind(part), by=by)
    return part


@transaction.atomic
def set_done(milestone: Milestone, *, done_on: date | None, by: Acting) -> Milestone:
    """Say when a milestone was reached, or with None that it is not."""
    initiative = held(milestone.initiative, by=by)
    milestone.done_on = done_on
    milestone.save(update_fields=["done_on"])
    verb = "initiatives.milestone_reached" if done_on else "initiatives.milestone_reopened"
    facts = {"milestone": milestone.text}
    trail.record(verb, initiative, by=by, public=initiative.is_published, data=facts)
    if done_on and initiative.is_published:
        tell("milestone_reached", by=by, initiative=initiative, path=public_path(initiative), data=facts)
    return milestone


@transaction.atomic
def remove_part(part: Part, *, by: Acting) -> None:
    """Take a cost line, a risk, a group of those affected or a milestone away."""
    initiative = held(part.initiative, by=by)
    kind = _kind(part)
    part.delete()
    _record("removed", initiative, kind, by=by)


def _kind(part: Part) -> str:
    return next(kind for kind, model in PARTS.items() if isinstance(part, model))


def _record(what: str, initiative: Initiative, kind: str, *, by: Acting) -> None:
    trail.record(f"initiatives.{kind}_{what}", initiative, by=by, public=initiative.is_published)
