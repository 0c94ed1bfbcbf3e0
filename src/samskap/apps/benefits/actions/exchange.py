"""Benefits from a file of IATI results: all of an activity, or nothing."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from samskap.apps.benefits import permissions
from samskap.apps.benefits.actions.benefits import create_benefit
from samskap.apps.benefits.actions.measuring import add_target, set_baseline, write_measurement
from samskap.apps.benefits.queries.exchange import organisation_for, upload_path
from samskap.apps.trail import actions as trail
from samskap.kernel.acting import Acting, SystemActor
from samskap.kernel.errors import RuleError
from samskap.web.acting import lock, require
from samskap.web.files import keep_file

if TYPE_CHECKING:
    from samskap.apps.actors.models import Organisation
    from samskap.apps.benefits.models import Benefit
    from samskap.apps.benefits.rules.exchange import PlannedBenefit
    from samskap.apps.initiatives.models import Initiative

__all__ = ["MOST_RESULTS", "drop_upload", "import_results", "keep_upload", "refused_of"]

MOST_RESULTS = 100


def keep_upload(content: bytes, *, person_pk: int) -> str:
    """Keep a file until it is imported, in place of the one that this person gave before. Gives the token of it."""
    token = secrets.token_urlsafe(12)
    keep_file(upload_path(person_pk, token), content=content, in_place_of=f"{person_pk}-*.iati.xml")
    return token


def drop_upload(person_pk: int, token: str) -> None:
    """Throw the file away."""
    upload_path(person_pk, token).unlink(missing_ok=True)


def refused_of(
    initiative: Initiative, planned: Sequence[PlannedBenefit], *, organisation: Organisation, by: Acting,
    is_made_up: bool = False,
) -> tuple[str, ...]:  # fmt: skip
    """Why an import would be refused, a sentence for each benefit. It is tried as it would be done, and taken back."""
    with transaction.atomic():
        _made, refused = _written(initiative, planned, organisation=organisation, by=by, is_made_up=is_made_up)
        transaction.set_rollback(True)
    return refused


@transaction.atomic
def import_results(
    initiative: Initiative, planned: Sequence[PlannedBenefit], *, organisation: Organisation, by: Acting,
    source: str, site: str = "", is_made_up: bool = False,
) -> list[Benefit]:  # fmt: skip
    """Write every benefit with its baseline and targets, and what was measured as drafts; or none, and say why.

    `organisation` answers for a benefit whose file names none that is here. `source` is where the file is from.
    Figures that the file says are made up for a demonstration stay out of a municipality that is real.
    """
    made, refused = _written(initiative, planned, organisation=organisation, by=by, site=site, is_made_up=is_made_up)
    if refused:
        raise RuleError(" ".join(refused), code="import_refused")
    facts = {"benefits": len(made), "source": source}
    trail.record("benefits.results_imported", initiative, by=by, public=initiative.is_published, data=facts)
    return made


def _written(
    initiative: Initiative, planned: Sequence[PlannedBenefit], *, organisation: Organisation, by: Acting,
    is_made_up: bool, site: str = "",
) -> tuple[list[Benefit], tuple[str, ...]]:  # fmt: skip
    """What was made, and why what was not made was refused."""
    initiative = lock(initiative)
    require(isinstance(by, SystemActor) or permissions.can_edit_benefits(by, initiative))
    if is_made_up and not initiative.municipality.is_illustrative:
        return [], (_("The figures of this file are made up for a demonstration, so they are not imported here."),)
    if not planned:
        return [], (_("There is no result in the file that can be followed as a benefit."),)
    if len(planned) > MOST_RESULTS:
        return [], (_("At most %(most)s results are imported at a time.") % {"most": MOST_RESULTS},)
    made, refused = [], []
    for one in planned:
        try:
            with transaction.atomic():
                made.append(_benefit(initiative, one, organisation=organisation, by=by, site=site))
        except RuleError as error:
            refused.append(f"“{one.fields['title']}”: {error}")
    return made, tuple(refused)


def _benefit(
    initiative: Initiative, planned: PlannedBenefit, *, organisation: Organisation, by: Acting, site: str
) -> Benefit:
    if initiative.benefits.filter(title=planned.fields["title"]).exists():
        raise RuleError(_("The initiative has a benefit of this name already."), code="benefit_there")
    answers = organisation_for(initiative, planned.organisation, organisation)
    benefit = create_benefit(initiative, by=by, site=site, owner_organisation=answers, **planned.fields)
    if planned.baseline is not None:
        base = planned.baseline
        set_baseline(benefit, measured_on=base.on, value=base.value, source=base.source, by=by, site=site)
    for due_on, value in planned.targets:
        add_target(benefit, due_on=due_on, value=value, by=by, site=site)
    for one in planned.measurements:
        write_measurement(benefit, measured_on=one.on, value=one.value, source=one.source, cause=one.cause, by=by)
    return benefit
