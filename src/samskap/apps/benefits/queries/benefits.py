"""Access to benefits, and the lists of them: of an initiative, of a municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samskap.apps.benefits import permissions
from samskap.apps.benefits.models import Benefit, Measurement, Target
from samskap.apps.benefits.queries.reading import BenefitRead, read_benefit
from samskap.kernel.errors import NotFound

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality
    from samskap.apps.initiatives.models import Initiative

__all__ = [
    "approvable_measurement",
    "benefits_in",
    "benefits_of",
    "editable_benefit",
    "measurable_benefit",
    "measurement_at_work",
    "rows",
    "rows_in",
    "target_at_work",
    "visible_benefit",
]


def benefits_of(initiative: Initiative, viewer: Any) -> tuple[BenefitRead, ...]:
    """The benefits of an initiative in their order; none where the viewer may not see them. At most four queries."""
    if not permissions.can_see_benefits(viewer, initiative):
        return ()
    drafts = permissions.can_edit_benefits(viewer, initiative)
    return tuple(read_benefit(one, drafts=drafts) for one in rows().filter(initiative=initiative))


def benefits_in(municipality: Municipality, *, of: str = "published") -> tuple[BenefitRead, ...]:
    """The benefits of a municipality by initiative, without drafts of measurements. At most four queries."""
    return tuple(map(read_benefit, rows_in(municipality, of=of)))


def rows_in(municipality: Municipality, *, of: str) -> QuerySet[Benefit]:
    """The benefits of a municipality by initiative: `published` (what everybody sees) or `all` (those in charge)."""
    found = rows().filter(initiative__municipality=municipality)
    if of == "published":
        found = found.filter(initiative__published_at__isnull=False)
    return found.order_by("initiative__title", "initiative_id", "order", "pk")


def rows() -> QuerySet[Benefit]:
    """Benefits with all that a read model asks for."""
    return Benefit.objects.select_related(
        "initiative__municipality", "owner", "owner_organisation", "baseline__edition"
    ).prefetch_related("targets", "measurements__edition")


def _find(pk: int) -> Benefit | None:
    return rows().filter(pk=pk).first()


def visible_benefit(pk: int, *, viewer: Any) -> Benefit:
    """The benefit, or `NotFound` where it does not exist or this viewer may not see it."""
    found = _find(pk)
    if found is None or not (
        permissions.can_see_benefits(viewer, found.initiative) or permissions.can_measure(viewer, found)
    ):
        raise NotFound(_("There is no such benefit here."))
    return found


def editable_benefit(pk: int, *, viewer: Any) -> Benefit:
    """The benefit, for those who may change it; `NotFound` for everybody else."""
    found = _find(pk)
    if found is None or not permissions.can_edit_benefits(viewer, found.initiative):
        raise NotFound(_("There is no such benefit here."))
    return found


def measurable_benefit(pk: int, *, viewer: Any) -> Benefit:
    """The benefit, for those who may write what was measured; `NotFound` for everybody else."""
    found = _find(pk)
    if found is None or not permissions.can_measure(viewer, found):
        raise NotFound(_("There is no such benefit here."))
    return found


def target_at_work(benefit: Benefit, pk: int) -> Target:
    """A target of this benefit; else `NotFound`."""
    found = benefit.targets.filter(pk=pk).first()
    if found is None:
        raise NotFound(_("There is no such target here."))
    return found


def measurement_at_work(pk: int, *, viewer: Any) -> Measurement:
    """A measurement, for those who may write measurements of its benefit; `NotFound` for everybody else."""
    found = Measurement.objects.select_related("written_by", "edition").filter(pk=pk).first()
    benefit = _find(found.benefit_id) if found else None
    if found is None or benefit is None or not permissions.can_measure(viewer, benefit):
        raise NotFound(_("There is no such measurement here."))
    found.benefit = benefit
    return found


def approvable_measurement(pk: int, *, viewer: Any) -> Measurement:
    """A measurement, for those who approve and lock; `NotFound` for everybody else."""
    found = measurement_at_work(pk, viewer=viewer)
    if not permissions.can_lock(viewer, found):
        raise NotFound(_("There is no such measurement here."))
    return found
