"""The rules. Whoever is listed here is counted, explained, audited and tested like all the others."""

from samskap.engines.fair_budget.outcome import Rule
from samskap.engines.fair_budget.rules.greedy import GREEDY, GREEDY_NO_SKIP, GREEDY_PER_COST
from samskap.engines.fair_budget.rules.phragmen import PHRAGMEN

__all__ = ["RULES"]

RULES: dict[str, Rule] = {one.key: one for one in (GREEDY, GREEDY_NO_SKIP, GREEDY_PER_COST, PHRAGMEN)}
