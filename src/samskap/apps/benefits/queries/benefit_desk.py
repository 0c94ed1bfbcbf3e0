"""The desk of benefits: what is to be done about each, what can be taken from published figures, who did what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from samskap.apps.actors.queries import frame, organisations_of, people_with_role
from samskap.apps.benefits import permissions
from samskap.apps.benefits.labels.benefits import STANDING_MEANINGS, amount_with_unit
from samskap.apps.benefits.models import Measurement
from samskap.apps.benefits.queries.benefit_pages import benefit_chart, benefit_sentence
from samskap.apps.benefits.queries.benefits import benefits_of
from samskap.apps.benefits.queries.official import (
    indicator_choices,
    offered_baselines,
    offered_measurements,
    official_values,
    revised_values,
)
from samskap.apps.benefits.queries.reading import BenefitRead, MeasurementRead, read_benefit
from samskap.apps.initiatives import permissions as initiatives

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality, Organisation, Person
    from samskap.apps.benefits.models import Benefit
    from samskap.apps.initiatives.models import Initiative

__all__ = [
    "MeasurementLine",
    "benefit_choices",
    "benefit_frame",
    "new_benefit_initial",
    "read_owner",
    "work_benefit_page",
    "work_benefits_page",
]

_MOST_OFFERED = 8


@dataclass(frozen=True)
class MeasurementLine:
    """A measurement with who did what to it, and what the viewer may do now."""

    read: MeasurementRead
    row: Measurement
    value: str
    expected: str
    may_change: bool
    may_approve: bool
    waits_for_another: bool
    may_lock: bool
    may_correct: bool

    @property
    def needs_cause(self) -> bool:
        return self.read.is_behind and not self.read.cause


def _initiative_frame(initiative: Initiative, *, viewer: Any) -> dict[str, Any]:
    in_charge = initiatives.can_decide_gate(viewer, initiative)
    return {
        **frame(initiative.municipality),
        "initiative": initiative,
        "in_charge": in_charge,
        "may_edit": permissions.can_edit_benefits(viewer, initiative),
        "base": "actors/base_work.html" if in_charge else "web/base.html",
    }


def work_benefits_page(initiative: Initiative, *, viewer: Any) -> dict[str, Any]:
    """The benefits of an initiative, for those who may change it."""
    found = benefits_of(initiative, viewer)
    return _initiative_frame(initiative, viewer=viewer) | {
        "said": initiative.said,
        "rows": [(one, benefit_sentence(one)) for one in found],
    }


def benefit_frame(benefit: Benefit, *, viewer: Any) -> dict[str, Any]:
    """What every page of the desk of one benefit shows."""
    return _initiative_frame(benefit.initiative, viewer=viewer) | {"benefit": read_benefit(benefit, drafts=True)}


def work_benefit_page(benefit: Benefit, *, viewer: Any) -> dict[str, Any]:
    """The desk of one benefit: what is waited for, its numbers, and the published values that can be taken."""
    context = benefit_frame(benefit, viewer=viewer)
    read, values = context["benefit"], official_values(benefit)
    is_locked = any(one.state == "locked" for one in read.measurements)
    offered = () if is_locked or benefit.ended_on else offered_baselines(benefit, values)
    lines = _lines(benefit, read, viewer=viewer, in_charge=context["in_charge"])
    return context | {
        "sentence": benefit_sentence(read),
        "meaning": STANDING_MEANINGS[read.standing],
        "drawing": benefit_chart(read),
        "owner": benefit.owner,
        "lines": lines,
        "baseline_words": amount_with_unit(read.baseline.value, read.unit) if read.baseline else "",
        "targets": [(one, amount_with_unit(one.value, read.unit)) for one in read.targets],
        "is_locked": is_locked,
        "may_delete": not read.counting,
        "baselines": [one for one in offered if read.baseline is None or one.on != read.baseline.on][:_MOST_OFFERED],
        "values": offered_measurements(benefit, values)[:_MOST_OFFERED],
        "revised": revised_values(benefit, values),
        "has_series": bool(benefit.indicator),
        "newest": values[0] if values else None,
    }


def _lines(benefit: Benefit, read: BenefitRead, *, viewer: Any, in_charge: bool) -> list[MeasurementLine]:
    people = Measurement.objects.filter(benefit=benefit).select_related("written_by", "approved_by", "locked_by")
    rows = {one.pk: one for one in people}
    corrected = {one.corrects_id for one in rows.values()}
    is_open = benefit.ended_on is None
    return [
        MeasurementLine(
            read=one,
            row=(row := rows[one.pk]),
            value=amount_with_unit(one.value, read.unit),
            expected=read.expected_words(one.expected),
            may_change=one.state == "draft" and is_open,
            may_approve=one.state == "draft" and in_charge and row.written_by_id != viewer.pk,
            waits_for_another=one.state == "draft" and in_charge and row.written_by_id == viewer.pk,
            may_lock=one.state == "approved" and in_charge,
            may_correct=one.state == "locked" and one.pk not in corrected and is_open,
        )
        for one in read.measurements
    ]


def benefit_choices(municipality: Municipality) -> dict[str, Any]:
    """Who can answer for a benefit, and what can be its measure."""
    return {
        "owners": [(one.pk, str(one)) for one in people_with_role(municipality)],
        "organisations": [(one.pk, one.name) for one in organisations_of(municipality)],
        "indicators": indicator_choices(municipality),
    }


def new_benefit_initial(initiative: Initiative) -> dict[str, Any]:
    """What stands in the form of a new benefit."""
    return {
        "owner_organisation": initiative.owner_organisation_id,
        "effects_from": initiative.starts_on or "",
        "certainty": "hoped",
        "gainer_sector": "people",
    }


def read_owner(municipality: Municipality, cleaned: dict[str, Any]) -> dict[str, Person | Organisation | None]:
    """Owner and organisation as the action takes them; what is not the municipality's is nobody."""
    people, bodies = people_with_role(municipality), organisations_of(municipality)
    return {
        "owner": next((one for one in people if one.pk == cleaned["owner"]), None),
        "owner_organisation": next((one for one in bodies if one.pk == cleaned["owner_organisation"]), None),
    }
