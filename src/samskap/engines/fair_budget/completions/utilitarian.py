"""Utilitarian completion: what the rule leaves of the budget goes to the most utility per krone that still fits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from samskap.engines.fair_budget.rules.greedy import greedy_turns

if TYPE_CHECKING:
    from samskap.engines.fair_budget.outcome import Case, Selection

__all__ = ["filled"]


def filled(case: Case, selection: Selection) -> Selection:
    """The selection and after it what still fits, as pabutools completes by `greedy_utilitarian_welfare` with the same
    satisfaction."""
    spent = sum(case.election.projects[place].cost for place in selection.winners)
    more = greedy_turns(case, chosen=selection.winners, spent=spent, how="filled")
    return replace(selection, turns=(*selection.turns, *more))
