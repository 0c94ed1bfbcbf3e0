"""Decisions about ballots, codes and what may be told, on plain values."""

from samskap.apps.budgeting.rules.choosing import Chosen, Limits, Offered, Problem, closed_up, order_for, problems
from samskap.apps.budgeting.rules.codes import code_problem, grouped, new_code, normal_code
from samskap.apps.budgeting.rules.opening import Finding, cycle_of
from samskap.apps.budgeting.rules.telling import FEWEST_TOLD, suppressed

__all__ = [
    "FEWEST_TOLD",
    "Chosen",
    "Finding",
    "Limits",
    "Offered",
    "Problem",
    "closed_up",
    "code_problem",
    "cycle_of",
    "grouped",
    "new_code",
    "normal_code",
    "order_for",
    "problems",
    "suppressed",
]
