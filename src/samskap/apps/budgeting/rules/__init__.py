"""Decisions about ballots, codes and what may be told, on plain values."""

from samskap.apps.budgeting.rules.choosing import Chosen, Limits, Offered, Problem, closed_up, order_for, problems
from samskap.apps.budgeting.rules.closing import (
    METHODS,
    PABULIB_KINDS,
    Standing,
    are_results_shown,
    closing_problems,
    is_count_under_way,
    may_tell,
)
from samskap.apps.budgeting.rules.codes import code_problem, grouped, new_code, normal_code
from samskap.apps.budgeting.rules.fitting import fitting_problems
from samskap.apps.budgeting.rules.opening import Finding, cycle_of
from samskap.apps.budgeting.rules.paying import Purse, Terms, exact, paid_by_voter, worth
from samskap.apps.budgeting.rules.telling import FEWEST_TOLD, suppressed

__all__ = [
    "FEWEST_TOLD",
    "METHODS",
    "PABULIB_KINDS",
    "Chosen",
    "Finding",
    "Limits",
    "Offered",
    "Problem",
    "Purse",
    "Standing",
    "Terms",
    "are_results_shown",
    "closed_up",
    "closing_problems",
    "code_problem",
    "cycle_of",
    "exact",
    "fitting_problems",
    "grouped",
    "is_count_under_way",
    "may_tell",
    "new_code",
    "normal_code",
    "order_for",
    "paid_by_voter",
    "problems",
    "suppressed",
    "worth",
]
