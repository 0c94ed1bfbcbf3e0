"""The Method of Equal Shares: all voters have the same share of the budget, and supporters pay for what they want.

Every voter begins with the same share. Round by round the project is bought that asks least of its supporters for a
unit of utility; each pays that price for their utility, or all they have left if it is less. It ends when the
supporters of no project can pay it any more. `shares` runs it, `completions` spends what is left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from samskap.engines.fair_budget.completions.add1 import raised
from samskap.engines.fair_budget.completions.comparison import decided
from samskap.engines.fair_budget.completions.utilitarian import filled
from samskap.engines.fair_budget.constraints import BY_COUNTING, IN_RULE
from samskap.engines.fair_budget.election import KINDS
from samskap.engines.fair_budget.outcome import Rule, Selection
from samskap.engines.fair_budget.profile import SATISFACTIONS
from samskap.engines.fair_budget.rules.shares import Shares

if TYPE_CHECKING:
    from samskap.engines.fair_budget.outcome import Case

__all__ = ["EQUAL_SHARES"]


def _select(case: Case) -> Selection:
    shares = Shares(case)
    if case.completion in ("none", "utilitarian"):
        selection = Selection(shares.turns(0), start=shares.start(0))
    else:
        increments, stopped = raised(case, shares.choice)
        selection = Selection(shares.turns(increments), shares.start(increments), increments, stopped)
    if case.completion in ("utilitarian", "add1u", "comparison"):
        selection = filled(case, selection)
    return decided(case, selection) if case.completion == "comparison" else selection


EQUAL_SHARES = Rule(
    key="equal_shares",
    ballots=frozenset(KINDS),
    satisfactions=SATISFACTIONS,
    completions=("none", "add1", "add1u", "utilitarian", "comparison"),
    guarantees=(("priceable", SATISFACTIONS), ("ejr_plus", SATISFACTIONS), ("ejr", ("cost", "cardinality"))),
    honours=BY_COUNTING | IN_RULE,
    weakens=IN_RULE,
    select=_select,
)
