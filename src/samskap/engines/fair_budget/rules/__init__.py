"""The rules. Whoever is listed here is counted, explained, audited and tested like all the others."""

from samskap.engines.fair_budget.outcome import Rule
from samskap.engines.fair_budget.rules.bounded_overspending import BOUNDED_OVERSPENDING
from samskap.engines.fair_budget.rules.bounded_overspending_plus import BOUNDED_OVERSPENDING_PLUS
from samskap.engines.fair_budget.rules.equal_shares import EQUAL_SHARES
from samskap.engines.fair_budget.rules.greedy import GREEDY, GREEDY_NO_SKIP, GREEDY_PER_COST
from samskap.engines.fair_budget.rules.maximin_support import MAXIMIN_SUPPORT
from samskap.engines.fair_budget.rules.phragmen import PHRAGMEN

__all__ = ["RULES"]

RULES: dict[str, Rule] = {
    one.key: one
    for one in (
        EQUAL_SHARES,
        BOUNDED_OVERSPENDING,
        BOUNDED_OVERSPENDING_PLUS,
        PHRAGMEN,
        MAXIMIN_SUPPORT,
        GREEDY,
        GREEDY_NO_SKIP,
        GREEDY_PER_COST,
    )
}
