"""Everything that is read."""

from samskap.apps.benefits.queries.appraisals import (
    Asked,
    ground_of,
    initiative_appraisals,
    initiative_appraisals_at_work,
    latest_shown,
)
from samskap.apps.benefits.queries.benefit_pages import benefit_story
from samskap.apps.benefits.queries.benefit_parts import (
    benefit_steps,
    initiative_benefits,
    initiative_benefits_at_work,
    own_benefits,
    own_benefits_here,
)
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
from samskap.apps.benefits.queries.contract_files import (
    contract_document,
    contracts_document,
)
from samskap.apps.benefits.queries.contract_reading import ContractRead, MetricRead
from samskap.apps.benefits.queries.contracts import (
    contract_parts,
    contract_steps,
    contract_story,
    contract_work_parts,
    contracts_of,
)
from samskap.apps.benefits.queries.portfolio import KindGroup, Line, Portfolio, portfolio_of
from samskap.apps.benefits.queries.portfolio_parts import dashboard_benefits, municipality_benefits, process_benefits
from samskap.apps.benefits.queries.reading import BenefitRead, MeasurementRead, NumberRead, TargetRead
from samskap.apps.benefits.queries.room import RoomRead, outlook_parts, room_read

__all__ = [
    "Asked",
    "BenefitRead",
    "ChainRead",
    "ContractRead",
    "KindGroup",
    "Line",
    "MeasurementRead",
    "MetricRead",
    "NumberRead",
    "Portfolio",
    "RoomRead",
    "TargetRead",
    "benefit_steps",
    "benefit_story",
    "benefits_in",
    "benefits_of",
    "chain_drawing",
    "chain_of",
    "contract_document",
    "contract_parts",
    "contract_steps",
    "contract_story",
    "contract_work_parts",
    "contracts_document",
    "contracts_of",
    "dashboard_benefits",
    "editable_benefit",
    "ground_of",
    "initiative_appraisals",
    "initiative_appraisals_at_work",
    "initiative_benefits",
    "initiative_benefits_at_work",
    "initiative_chain",
    "initiative_chain_at_work",
    "latest_shown",
    "measurable_benefit",
    "measurement_at_work",
    "municipality_benefits",
    "outlook_parts",
    "own_benefits",
    "own_benefits_here",
    "portfolio_of",
    "process_benefits",
    "room_read",
    "target_at_work",
    "visible_benefit",
]
