"""Every result is checked: the rules are trusted with nothing, the findings come from the ballots and the turns alone.

`AUDITS` has what is checked, by key:

- "ballots": every ballot is counted as it was cast.
- "feasible": no project twice, the budget and every constraint kept.
- "payments": supporters, and nobody else, paid what each project cost, out of what they had, all at the same price.
- "order": in each round the project that the rule asks for was chosen, and the count did not end too early.
- "exhaustive": no project that somebody chose would still fit.
- "priceable": the payments are a price system.
- "ejr_plus": extended justified representation, the stronger form that can be checked for any number of voters.
- "ejr": extended justified representation up to one project.
- "core": no group could have served itself better with its part of the budget.

The first four are promised by every rule; the others by some (`Rule.guarantees`), and told of all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from samskap.engines.fair_budget.audits.evidence import HOLDS, Evidence, Values, Verdict, evidence_of
from samskap.engines.fair_budget.audits.feasibility import ballots_counted, exhaustive, feasible
from samskap.engines.fair_budget.audits.invariants import chosen_in_order, payments_right
from samskap.engines.fair_budget.audits.priceability import priceable
from samskap.engines.fair_budget.audits.representation import core, ejr, ejr_plus
from samskap.engines.fair_budget.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Callable

    from samskap.engines.fair_budget.counting import Outcome

__all__ = ["AUDITS", "Finding", "audit"]

AUDITS: dict[str, Callable[[Evidence], Verdict]] = {
    "ballots": ballots_counted,
    "feasible": feasible,
    "payments": payments_right,
    "order": chosen_in_order,
    "exhaustive": exhaustive,
    "priceable": priceable,
    "ejr_plus": ejr_plus,
    "ejr": ejr,
    "core": core,
}
ALWAYS = ("ballots", "feasible", "payments", "order")
FILLING = ("add1u", "utilitarian", "comparison")  # completions that leave no room for more


@dataclass(frozen=True, slots=True)
class Finding:
    """What one audit found: whether it holds (None: not decided), and whether the rule promises it.

    `why` is the key of a sentence and `values` its gaps: the witness, where it does not hold.
    """

    key: str
    holds: bool | None
    is_promised: bool
    why: str
    values: Values

    @property
    def is_broken(self) -> bool:
        """Something promised does not hold: the count is wrong."""
        return self.is_promised and self.holds is False


def audit(outcome: Outcome) -> tuple[Finding, ...]:
    """All findings, in the order of `AUDITS`. Where districts have budgets of their own, each part is audited.

    A finding on parts is the worst of theirs, with the district as a value; "feasible" also of the whole.
    """
    whole = evidence_of(outcome)
    parts = [(name, evidence_of(part)) for name, part in outcome.areas] or [("", whole)]
    promised = _promised(outcome)
    findings = []
    for key, check in AUDITS.items():
        verdict = _worst([_placed(check(evidence), name) for name, evidence in parts])
        if outcome.areas and key == "feasible":
            verdict = _worst([check(whole), verdict])
        findings.append(Finding(key, verdict.holds, key in promised, verdict.why, verdict.values))
    return tuple(findings)


def _promised(outcome: Outcome) -> frozenset[str]:
    """What the rule and its completion promise for this satisfaction and these constraints."""
    options = outcome.options
    promised = frozenset(ALWAYS)
    if outcome.weakened:
        return promised
    if options.completion in FILLING:
        promised |= {"exhaustive"}
    # The majority may have chosen what the rule would not.
    if options.completion == "comparison":
        return promised
    guarantees = RULES[options.rule].guarantees
    return promised | {key for key, satisfactions in guarantees if options.satisfaction in satisfactions}


def _placed(verdict: Verdict, district: str) -> Verdict:
    if not district or verdict.holds:
        return verdict
    return replace(verdict, values={**verdict.values, "district": district})


def _worst(verdicts: list[Verdict]) -> Verdict:
    order = {False: 0, None: 1, True: 2}
    return min(verdicts, key=lambda verdict: order[verdict.holds], default=HOLDS)
