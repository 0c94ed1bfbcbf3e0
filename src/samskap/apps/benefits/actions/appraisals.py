"""Answers: stored as they were found, shown or hidden, and deleted. Nothing of an answer is ever changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from samskap.apps.benefits.models import Appraisal
from samskap.apps.benefits.permissions.appraisals import can_appraise
from samskap.apps.benefits.rules.appraisals import MOST_APPRAISALS
from samskap.apps.trail import actions as trail
from samskap.kernel.acting import Acting, SystemActor
from samskap.kernel.errors import RuleError
from samskap.web.acting import lock, require

if TYPE_CHECKING:
    from samskap.apps.initiatives.models import Initiative

__all__ = ["delete_appraisal", "set_appraisal_shown", "store_appraisal"]


@transaction.atomic
def store_appraisal(initiative: Initiative, *, by: Acting, **fields: Any) -> Appraisal:
    """Keep an answer with all that it was made of. It is not shown to everybody before somebody says so."""
    initiative = _held(initiative, by=by)
    if initiative.appraisals.count() >= MOST_APPRAISALS:
        raise RuleError(
            _("An initiative has at most %(number)s appraisals.") % {"number": MOST_APPRAISALS},
            code="too_many_appraisals",
            cure=_("Delete those that nobody needs."),
        )
    author: Any = None if isinstance(by, SystemActor) else by
    appraisal = Appraisal.objects.create(initiative=initiative, created_by=author, **fields)
    _record("appraisal_made", appraisal, by=by)
    return appraisal


@transaction.atomic
def set_appraisal_shown(appraisal: Appraisal, *, is_shown: bool, by: Acting) -> Appraisal:
    """Show an answer to everybody, or take it away from the public pages."""
    _held(appraisal.initiative, by=by)
    appraisal = lock(appraisal)
    if appraisal.is_shown != is_shown:
        appraisal.is_shown = is_shown
        appraisal.save(update_fields=["is_shown"])
        _record("appraisal_shown" if is_shown else "appraisal_hidden", appraisal, by=by)
    return appraisal


@transaction.atomic
def delete_appraisal(appraisal: Appraisal, *, by: Acting) -> None:
    """Delete an answer; not while everybody can read it."""
    _held(appraisal.initiative, by=by)
    appraisal = lock(appraisal)
    if appraisal.is_shown:
        raise RuleError(
            _("The appraisal is shown to everybody."), code="appraisal_shown", cure=_("Hide it before you delete it.")
        )
    _record("appraisal_deleted", appraisal, by=by)
    appraisal.delete()


def _held(initiative: Initiative, *, by: Acting) -> Initiative:
    initiative = lock(initiative)
    require(isinstance(by, SystemActor) or can_appraise(by, initiative))
    return initiative


def _record(what: str, appraisal: Appraisal, *, by: Acting) -> None:
    """What happened with an answer, in the story of its initiative; public from when it was shown."""
    initiative = appraisal.initiative
    facts = {"name": appraisal.name, "sha256": appraisal.input_hash}
    is_public = initiative.is_published and what in {"appraisal_shown", "appraisal_hidden"}
    trail.record(f"benefits.{what}", initiative, by=by, public=is_public, data=facts)
