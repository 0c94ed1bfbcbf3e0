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
from samskap.apps.benefits.queries.chain_parts import (
    initiative_chain,
    initiative_chain_at_work,
)
from samskap.apps.benefits.queries.chains import (
    ChainRead,
    chain_drawing,
    chain_of,
)
from samskap.apps.benefits.queries.portfolio import KindGroup, Line, Portfolio, portfolio_of
from samskap.apps.benefits.queries.reading import BenefitRead, MeasurementRead, NumberRead, TargetRead
from samskap.apps.benefits.queries.room import RoomRead, outlook_parts, room_read

__all__ = [
    "BenefitRead",
    "ChainRead",
    "KindGroup",
    "Line",
    "MeasurementRead",
    "NumberRead",
    "Portfolio",
    "RoomRead",
    "TargetRead",
    "benefits_in",
    "benefits_of",
    "chain_drawing",
    "chain_of",
    "editable_benefit",
    "initiative_chain",
    "initiative_chain_at_work",
    "measurable_benefit",
    "measurement_at_work",
    "outlook_parts",
    "portfolio_of",
    "room_read",
    "target_at_work",
    "visible_benefit",
]
