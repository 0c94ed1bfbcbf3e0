"""A result explained: every round, every project that did not win, and what the voters got. Data, no prose.

All amounts are exact fractions of units of money. `docs/methods/fair-budget.md` says what the numbers mean.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from samskap.engines.fair_budget.comparing import Comparison, compared, greedy_outcome
from samskap.engines.fair_budget.covering import Coverage, coverage_of
from samskap.engines.fair_budget.ledger import PAID, flows_of, ledger_of
from samskap.engines.fair_budget.losing import losers_of
from samskap.engines.fair_budget.supporters import supporters_of

if TYPE_CHECKING:
    from samskap.engines.fair_budget.counting import Outcome
    from samskap.engines.fair_budget.ledger import Flows, Ledger, Payment
    from samskap.engines.fair_budget.losing import Loser
    from samskap.engines.fair_budget.outcome import How
    from samskap.engines.fair_budget.supporters import Supporters

__all__ = ["Explanation", "Round", "Shares", "explain"]


@dataclass(frozen=True, slots=True)
class Shares:
    """What one supporter paid: on average, least and most."""

    average: Fraction
    least: Fraction
    most: Fraction


@dataclass(frozen=True, slots=True)
class Round:
    """One project that was chosen, and at what terms; `tied` are the projects that were level with it.

    `supporters` voters chose it; `paid_out` of them gave all that they had, among these who had nothing left. `price`:
    what a supporter paid for a unit of utility (the time of the purchase with loads). `effective_votes`: how many
    supporters who pay in full its price would take; units of utility where these are points or places. `left`: what
    its supporters have together afterwards. `overspent`: what nobody paid. Without money in the rule all these are
    None.
    """

    project: str
    how: How
    cost: int
    supporters: int
    tied: tuple[str, ...]
    price: Fraction | None = None
    effective_votes: Fraction | None = None
    paid: Shares | None = None
    paid_out: int | None = None
    left: Fraction | None = None
    overspent: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """All of it. `start` is what each voter began with and `left` what all voters have together at the end.

    `greedy` is the choice of the common rule beside this one. With budgets of districts `areas` explains each part,
    `rounds` and `losers` are those of all parts one after the other, rounds numbered through, and `start` and `left`
    are None.
    """

    rounds: tuple[Round, ...]
    losers: tuple[Loser, ...]
    coverage: Coverage
    greedy: Comparison
    start: Fraction | None = None
    left: Fraction | None = None
    areas: tuple[tuple[str, Explanation], ...] = ()

    @property
    def cost(self) -> int:
        return sum(one.cost for one in self.rounds)


def explain(outcome: Outcome) -> Explanation:
    """Everything that can be said about an outcome from its election and its turns."""
    greedy, coverage = compared(outcome, greedy_outcome(outcome).winners), coverage_of(outcome)
    if outcome.areas:
        return _by_area(outcome, greedy, coverage)
    supporters = supporters_of(outcome.profile, projects=len(outcome.election.projects))
    ledger = ledger_of(outcome.selection, supporters)
    flows = flows_of(ledger, supporters) if ledger else None
    turns = range(len(outcome.selection.turns))
    rounds = tuple(_round(outcome, place, ledger, flows, supporters) for place in turns)
    losers = losers_of(outcome, supporters, ledger, flows)
    if ledger is None:
        return Explanation(rounds, losers, coverage, greedy)
    everyone = ledger.money(int((ledger.left * ledger.weights.astype(object)).sum()))
    return Explanation(rounds, losers, coverage, greedy, outcome.selection.start, everyone)


def _by_area(outcome: Outcome, greedy: Comparison, coverage: Coverage) -> Explanation:
    parts = tuple((name, explain(part)) for name, part in outcome.areas)
    rounds = tuple(one for _, part in parts for one in part.rounds)
    before = [sum(len(part.rounds) for _, part in parts[:place]) for place in range(len(parts))]
    losers = tuple(
        _counted_on(one, first) for (_, part), first in zip(parts, before, strict=True) for one in part.losers
    )
    told = {one.project for one in rounds} | {one.project for one in losers}
    supporters = supporters_of(outcome.profile, projects=len(outcome.election.projects))
    # Projects that were dropped, or lie in an area where nothing could be counted.
    others = tuple(one for one in losers_of(outcome, supporters) if one.project not in told)
    return Explanation(rounds, (*losers, *others), coverage, greedy, areas=parts)


def _counted_on(loser: Loser, first: int) -> Loser:
    """The same, with rounds numbered on after those of the areas before."""
    spent_on = tuple(replace(spent, round=spent.round + first) for spent in loser.spent_on)
    out_of_reach = loser.out_of_reach + first if loser.out_of_reach else loser.out_of_reach
    return replace(loser, spent_on=spent_on, out_of_reach=out_of_reach)


def _round(outcome: Outcome, place: int, ledger: Ledger | None, flows: Flows | None, supporters: Supporters) -> Round:
    turn, projects = outcome.selection.turns[place], outcome.election.projects
    one = projects[turn.project]
    votes, tied = supporters.votes(turn.project), tuple(projects[other].key for other in turn.tied)
    if ledger is None or flows is None or turn.price is None or turn.how not in PAID:
        return Round(one.key, turn.how, one.cost, votes, tied)
    payment, paid = ledger.payments[place], ledger.paid(place)
    unit = one.cost if outcome.options.satisfaction == "cost" else 1
    return Round(
        one.key,
        turn.how,
        one.cost,
        votes,
        tied,
        price=turn.price,
        effective_votes=None if turn.how == "loaded" else paid / (turn.price * unit),
        paid=_shares(ledger, payment, average=paid / votes),
        paid_out=int(ledger.weights[payment.classes[payment.gave_all]].sum()),
        left=ledger.money(_left_after(flows, place, turn.project)),
        overspent=one.cost - paid,
    )


def _shares(ledger: Ledger, payment: Payment, *, average: Fraction) -> Shares:
    given, utilities = payment.given.tolist(), payment.utilities[~payment.gave_all]
    ends = [payment.rate * int(end) for end in (utilities.min(), utilities.max())] if len(utilities) else []
    return Shares(average, ledger.money(min(given + ends)), ledger.money(max(given + ends)))


def _left_after(flows: Flows, place: int, project: int) -> int:
    """What the supporters of a turn have together after it: what they have at the end and paid in between."""
    return int(flows.left[project] + flows.spent[place + 1 :, project].sum())
