"""The effect list of an initiative: written line by line, or built up from what is there already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from samskap.apps.benefits.labels.effects import SHARES, problem_words
from samskap.apps.benefits.models import Effect, EffectYear
from samskap.apps.benefits.permissions.appraisals import can_edit_effects
from samskap.apps.benefits.rules.effects import MOST_EFFECTS, TypedEffect, effect_problems
from samskap.apps.trail import actions as trail
from samskap.kernel.acting import Acting, SystemActor
from samskap.kernel.errors import RuleError
from samskap.web.acting import lock, require

if TYPE_CHECKING:
    from samskap.apps.benefits.queries.building import Proposal
    from samskap.apps.initiatives.models import Initiative

__all__ = ["Built", "add_effect", "build_effects", "change_effect", "remove_effect", "undo_build"]


@dataclass(frozen=True)
class Built:
    """What one press did: the ids of lines that are new, and the quantities by year that others had before."""

    added: tuple[int, ...] = ()
    before: Mapping[int, Mapping[int, Decimal]] = field(default_factory=dict)


@transaction.atomic
def add_effect(initiative: Initiative, *, by: Acting, quantities: Mapping[int, Decimal], **fields: Any) -> Effect:
    """Put one more line on the effect list."""
    initiative = _held(initiative, by=by)
    _check_room(initiative, more=1)
    effect = _created(initiative, quantities, fields)
    _record("effects_added", initiative, by=by)
    return effect


@transaction.atomic
def change_effect(effect: Effect, *, by: Acting, quantities: Mapping[int, Decimal], **fields: Any) -> Effect:
    """Change a line. Appraisals that were made of it before keep it as it was."""
    initiative = _held(effect.initiative, by=by)
    effect = _still_there(effect)
    for name, value in fields.items():
        setattr(effect, name, value)
    _check(effect, quantities)
    effect.save(update_fields=list(fields))
    _set_years(effect, quantities)
    _record("effects_changed", initiative, by=by)
    return effect


@transaction.atomic
def remove_effect(effect: Effect, *, by: Acting) -> None:
    """Take a line off the list."""
    initiative = _held(effect.initiative, by=by)
    effect.delete()
    _record("effects_removed", initiative, by=by)


@transaction.atomic
def build_effects(initiative: Initiative, proposals: Sequence[Proposal], *, by: Acting) -> Built:
    """Put the proposed lines on the list; of one that was built before only the quantities are brought up to date."""
    initiative = _held(initiative, by=by)
    there = {one.origin: one for one in initiative.effect_list.exclude(origin="").prefetch_related("years")}
    _check_room(initiative, more=sum(one.origin not in there for one in proposals))
    added, before = [], {}
    for one in proposals:
        effect = there.get(one.origin)
        if effect is None:
            added.append(_created(initiative, one.quantities, {**one.fields, "origin": one.origin}).pk)
        elif (old := {row.year: row.quantity for row in effect.years.all()}) != dict(one.quantities):
            _check(effect, one.quantities)
            before[effect.pk] = old
            _set_years(effect, one.quantities)
    _record("effects_built", initiative, by=by)
    return Built(tuple(added), before)


@transaction.atomic
def undo_build(initiative: Initiative, built: Built, *, by: Acting) -> None:
    """Take back what one press did: new lines go, others have the quantities that they had."""
    initiative = _held(initiative, by=by)
    initiative.effect_list.filter(pk__in=built.added).delete()
    for effect in initiative.effect_list.filter(pk__in=list(built.before)):
        _set_years(effect, built.before[effect.pk])
    _record("effects_built_undone", initiative, by=by)


def _held(initiative: Initiative, *, by: Acting) -> Initiative:
    initiative = lock(initiative)
    require(isinstance(by, SystemActor) or can_edit_effects(by, initiative))
    return initiative


def _still_there(effect: Effect) -> Effect:
    """The line, read again now that nobody else changes the list."""
    found = Effect.objects.select_related("initiative").filter(pk=effect.pk).first()
    if found is None:
        raise RuleError(_("Somebody has deleted this in the meantime."), code="effect_gone")
    return found


def _check_room(initiative: Initiative, *, more: int) -> None:
    if initiative.effect_list.count() + more > MOST_EFFECTS:
        raise RuleError(
            _("An effect list has at most %(number)s lines.") % {"number": MOST_EFFECTS},
            code="too_many_effects",
            cure=_("Put some of them together."),
        )


def _created(initiative: Initiative, quantities: Mapping[int, Decimal], fields: Mapping[str, Any]) -> Effect:
    last = initiative.effect_list.order_by("-order").values_list("order", flat=True).first()
    effect = Effect(initiative=initiative, order=(last or 0) + 1, **fields)
    if effect.origin and initiative.effect_list.filter(origin=effect.origin).exists():
        raise RuleError(_("Everything stood there already."), code="effect_there")
    _check(effect, quantities)
    effect.save()
    _set_years(effect, quantities)
    return effect


def _check(effect: Effect, quantities: Mapping[int, Decimal]) -> None:
    """Refuse what cannot be appraised, and what belongs to another municipality or initiative."""
    organisation, benefit = effect.organisation, effect.benefit
    if organisation is not None and organisation.municipality_id != effect.initiative.municipality_id:
        raise RuleError(_("This organisation belongs to another municipality."), code="organisation_foreign")
    if benefit is not None and benefit.initiative_id != effect.initiative_id:
        raise RuleError(_("This benefit belongs to another initiative."), code="benefit_foreign")
    for problem in effect_problems(_typed(effect, quantities)):
        raise RuleError(problem_words(problem), code=f"effect_{problem.key}")


def _typed(effect: Effect, quantities: Mapping[int, Decimal]) -> TypedEffect:
    names = (
        "kind", "is_harm", "in_kind", "public_share", "price_nok", "price_year", "scale", "shares_source", "spread",
        "spread_sd", "low", "mode", "high",
    )  # fmt: skip
    shares = tuple(getattr(effect, name) for name in SHARES)
    return TypedEffect(quantities=quantities, shares=shares, **{name: getattr(effect, name) for name in names})


def _set_years(effect: Effect, quantities: Mapping[int, Decimal]) -> None:
    effect.years.all().delete()
    EffectYear.objects.bulk_create(
        EffectYear(effect=effect, year=year, quantity=amount) for year, amount in sorted(quantities.items())
    )


def _record(what: str, initiative: Initiative, *, by: Acting) -> None:
    trail.record(f"benefits.{what}", initiative, by=by, public=initiative.is_published)
