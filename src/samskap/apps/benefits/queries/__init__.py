"""Everything that is read."""

from samskap.apps.benefits.queries.benefits import (
    benefits_in,
    benefits_of,
    editable_benefit,
    measurable_benefit,
    measurement_at_work,
    target_at_work,
    visible_benefit,
)
from samskap.apps.benefits.queries.reading import BenefitRead, MeasurementRead, NumberRead, TargetRead

__all__ = [
    "BenefitRead",
    "MeasurementRead",
    "NumberRead",
    "TargetRead",
    "benefits_in",
    "benefits_of",
    "editable_benefit",
    "measurable_benefit",
    "measurement_at_work",
    "target_at_work",
    "visible_benefit",
]
