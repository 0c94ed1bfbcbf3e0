"""The appraisal that an initiative shows, in the few numbers that a package tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samskap.apps.benefits.queries.answers import stored
from samskap.apps.benefits.queries.appraisals import latest_shown
from samskap.formats.experience_values import AppraisalTold, FigureTold
from samskap.kernel.errors import RuleError

if TYPE_CHECKING:
    from samskap.apps.initiatives.models import Initiative

__all__ = ["appraisal_told"]

_TOTALS = ("net_present_value", "benefits", "costs", "tax_cost")


def appraisal_told(initiative: Initiative) -> AppraisalTold | None:
    """The newest answer that everybody may read; None where there is none, or an old version kept it."""
    found = latest_shown(initiative)
    if found is None:
        return None
    try:
        read = stored(found)
    except RuleError:
        return None
    totals, krone = read.answer.appraisal.totals, read.answer.appraisal.per_budget_krone
    figures = [FigureTold(name, str(round(getattr(totals, name))), "NOK") for name in _TOTALS]
    if krone.value is not None:
        figures.append(FigureTold("net_benefit_per_budget_krone", f"{krone.value:.4f}", krone.denominator))
    return AppraisalTold(
        edition=found.edition,
        comparison_year=read.options.comparison_year,
        price_year=read.answer.appraisal.price_year,
        computed_on=found.created_at.date().isoformat(),
        figures=tuple(figures),
    )
