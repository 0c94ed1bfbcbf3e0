"""Outlook: people of a municipality in the years to come, their need, and the room for manoeuvre, with honest bands.

    history = pooled(read_history(persons, places=places, years=years, mortality=NORWAY.mortality), place="4016")
    outlook, draws = look_ahead(estimate(history, NORWAY), place="4016", accounts=Accounts(price_year=2025))

Besides the outlook: `simulate` runs all places of a country, `look_at` makes the outlook of one of them, `compare`
tells what a lever changes draw by draw, `official_band` how wrong an official projection may be, `demographic_cost`
reckons as the technical committee does, `equalised_tax` and `need_grants` as the state, `gap_to_target` and
`gap_for_ever` as S1 and S2, and `stepped` and `project` are the exact step of the textbooks.

Described in `docs/methods/outlook.md`.
"""

from samskap.engines.outlook.accounts import Accounts, AccountsError
from samskap.engines.outlook.ages import AGES, FOLDS, OLDEST, REPORTED, SEXES, STATE_GROUPS
from samskap.engines.outlook.component import Gross, Net, Rates, Step, project, stepped
from samskap.engines.outlook.constraint import ConstraintError, Projection, constrained, rake
from samskap.engines.outlook.equalisation import equalised_tax, need_grants
from samskap.engines.outlook.errors import OutlookError
from samskap.engines.outlook.estimating import estimate
from samskap.engines.outlook.estimation import Estimation
from samskap.engines.outlook.explaining import explain
from samskap.engines.outlook.fiscal import gap_for_ever, gap_to_target
from samskap.engines.outlook.history import REST, HistoryError, pooled, read_history
from samskap.engines.outlook.inputs import Assumptions, Estimate, History, Noise, Variation, Vital
from samskap.engines.outlook.levers import NO_LEVERS, Effect, Initiative, Levers
from samskap.engines.outlook.life_tables import LifeTable, life_table, survivorship
from samskap.engines.outlook.looking import ENGINE_VERSION, look_ahead, look_at, national_standard
from samskap.engines.outlook.need import Ageing, Standard, demographic_cost
from samskap.engines.outlook.norway import NORWAY
from samskap.engines.outlook.official import PastErrors, Vintage, official_band, past_errors
from samskap.engines.outlook.parameters import PARAMETERS, Parameter, ParameterError, Parameters
from samskap.engines.outlook.pooling import Pool
from samskap.engines.outlook.result import (
    Band,
    Closing,
    Comparison,
    Explained,
    MoneyPath,
    Official,
    Outlook,
    OutlookDraws,
    ServicePath,
    Share,
)
from samskap.engines.outlook.services import SERVICES
from samskap.engines.outlook.simulating import DRAWS, SEED, YEARS, Simulation, simulate
from samskap.engines.outlook.telling import compare

__all__ = [
    "AGES",
    "DRAWS",
    "ENGINE_VERSION",
    "FOLDS",
    "NORWAY",
    "NO_LEVERS",
    "OLDEST",
    "PARAMETERS",
    "REPORTED",
    "REST",
    "SEED",
    "SERVICES",
    "SEXES",
    "STATE_GROUPS",
    "YEARS",
    "Accounts",
    "AccountsError",
    "Ageing",
    "Assumptions",
    "Band",
    "Closing",
    "Comparison",
    "ConstraintError",
    "Effect",
    "Estimate",
    "Estimation",
    "Explained",
    "Gross",
    "History",
    "HistoryError",
    "Initiative",
    "Levers",
    "LifeTable",
    "MoneyPath",
    "Net",
    "Noise",
    "Official",
    "Outlook",
    "OutlookDraws",
    "OutlookError",
    "Parameter",
    "ParameterError",
    "Parameters",
    "PastErrors",
    "Pool",
    "Projection",
    "Rates",
    "ServicePath",
    "Share",
    "Simulation",
    "Standard",
    "Step",
    "Variation",
    "Vintage",
    "Vital",
    "compare",
    "constrained",
    "demographic_cost",
    "equalised_tax",
    "estimate",
    "explain",
    "gap_for_ever",
    "gap_to_target",
    "life_table",
    "look_ahead",
    "look_at",
    "national_standard",
    "need_grants",
    "official_band",
    "past_errors",
    "pooled",
    "project",
    "rake",
    "read_history",
    "simulate",
    "stepped",
    "survivorship",
]
