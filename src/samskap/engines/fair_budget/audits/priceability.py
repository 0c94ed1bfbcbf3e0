"""Priceability: is there one amount of money for every voter, out of which the voters pay all that was chosen?

Peters and Skowron, *Proportionality and the limits of welfarism* (2020): every voter has the same money and pays only
for projects that he or she chose and that won; the payments for a project that won are its price; and the supporters of
a project that did not win, unless it costs more than the whole budget, have not more than its price left together. The
payments here are those of the count, so a
result of "does not hold" means that these payments are no price system, not that there is none.
"""

from __future__ import annotations

from samskap.engines.fair_budget.audits.evidence import HOLDS, Evidence, Values, Verdict, shown
from samskap.engines.fair_budget.ledger import PAID

__all__ = ["priceable"]


def priceable(evidence: Evidence) -> Verdict:
    """The payments of the count are a price system. Not decided where voters did not pay for all that won."""
    ledger, turns = evidence.ledger, evidence.outcome.selection.turns
    if ledger is None:
        return Verdict(None, "no_money")
    unpaid = [place for place, turn in enumerate(turns) if turn.how not in PAID or turn.how == "overspent"]
    if unpaid:
        return Verdict(None, "not_all_paid", {"project": evidence.key(turns[unpaid[0]].project), "number": len(unpaid)})
    for place, turn in enumerate(turns):
        if ledger.paid(place) != evidence.cost(turn.project):
            return Verdict(False, "paid_differs", {"project": evidence.key(turn.project)})
    for place in evidence.losers:
        if evidence.cost(place) > evidence.outcome.election.budget:
            continue
        left = ledger.money(ledger.left_with(evidence.supporters.of(place)[0]))
        if left > evidence.cost(place):
            values: Values = {"project": evidence.key(place), "left": shown(left), "cost": evidence.cost(place)}
            return Verdict(False, "left_over", values)
    return HOLDS
