"""What an initiative is to bring, what it brought, what that is worth, and what is paid for it."""

from __future__ import annotations

from samskap.apps.benefits.models.appraisals import Appraisal, Effect, EffectYear
from samskap.apps.benefits.models.benefits import Baseline, Benefit, Measurement, Target
from samskap.apps.benefits.models.chains import ChainArrow, ChainLink
from samskap.apps.benefits.models.contracts import Contract, ContractParty, Metric, MetricResult, Payment, PaymentPlan

__all__ = [
    "Appraisal",
    "Baseline",
    "Benefit",
    "ChainArrow",
    "ChainLink",
    "Contract",
    "ContractParty",
    "Effect",
    "EffectYear",
    "Measurement",
    "Metric",
    "MetricResult",
    "Payment",
    "PaymentPlan",
    "Target",
]
