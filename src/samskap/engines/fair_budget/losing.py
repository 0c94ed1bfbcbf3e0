"""Why a project did not win: what its supporters lacked, where their money had gone, what would have been enough."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from samskap.engines.fair_budget.constraints import bonds_of
from samskap.engines.fair_budget.needing import Lack, Tried, lacks_of
from samskap.engines.fair_budget.tie_breaking import votes_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from fractions import Fraction

    from samskap.engines.fair_budget.counting import Outcome
    from samskap.engines.fair_budget.ledger import Flows, Ledger
    from samskap.engines.fair_budget.supporters import Supporters

__all__ = ["Loser", "Spent", "Why", "losers_of", "reasons"]

Why = Literal["no_votes", "minimum_support", "exclusive", "requires", "too_little_support", "budget"]


@dataclass(frozen=True, slots=True)
class Spent:
    """What the supporters of a project that lost had paid, in which round (from 1), for a project that won."""

    round: int
    project: str
    amount: Fraction


@dataclass(frozen=True, slots=True)
class Loser:
    """A project that did not win, with its votes and its price.

    `why`: "no_votes"; "minimum_support" (fewer votes than asked for); "exclusive" (a rival won: `because`); "requires"
    (what it needs did not win: `because`); "too_little_support" (its supporters could not pay it); "budget" (it did
    not fit). `over_budget`: how much more than the budget it would have cost with all that won, 0 where it would fit.

    Where voters pay: `money` its supporters have together at the end, `missing` of the price (0 where they could pay),
    `spent_on` where their money went, and `out_of_reach` the round after which they could not pay it any more, 0 where
    they never could. `lack`: how many more supporters or how low a price would have been enough.
    """

    project: str
    cost: int
    votes: int
    why: Why
    over_budget: int
    because: tuple[str, ...] = ()
    money: Fraction | None = None
    missing: Fraction | None = None
    spent_on: tuple[Spent, ...] = ()
    out_of_reach: int | None = None
    lack: Lack | None = None


def losers_of(
    outcome: Outcome, supporters: Supporters, ledger: Ledger | None = None, flows: Flows | None = None
) -> tuple[Loser, ...]:
    """All projects that did not win, in the order of the election; without a ledger nothing is said of money."""
    why = reasons(outcome, supporters, ledger)
    lacks = _lacks(outcome, supporters, ledger, [place for place, key in why.items() if key == "too_little_support"])
    votes = votes_of(outcome.election.ballots, projects=len(outcome.election.projects))
    bonds, winners = bonds_of(outcome.election), set(outcome.selection.winners)
    tied = {"exclusive": lambda at: bonds.rivals[at] & winners, "requires": lambda at: bonds.needs[at] - winners}
    losers = []
    for place, key in why.items():
        one = outcome.election.projects[place]
        loser = Loser(
            one.key,
            one.cost,
            int(votes[place]),
            key,
            over_budget=max(outcome.cost + one.cost - outcome.election.budget, 0),
            because=_keys(outcome, tied[key](place)) if key in tied else (),
        )
        if ledger is not None and flows is not None and supporters.votes(place):
            loser = _with_money(loser, outcome, place, ledger, flows, lacks.get(place))
        losers.append(loser)
    return tuple(losers)


def reasons(outcome: Outcome, supporters: Supporters, ledger: Ledger | None) -> dict[int, Why]:
    """Why each project that did not win did not, by place, in the order of the election."""
    winners, dropped = set(outcome.selection.winners), dict(outcome.selection.dropped)
    bonds = bonds_of(outcome.election)
    votes = votes_of(outcome.election.ballots, projects=len(outcome.election.projects))
    why: dict[int, Why] = {}
    for place in range(len(outcome.election.projects)):
        if place in winners:
            continue
        if place in dropped:
            why[place] = "requires" if dropped[place] == "requires" else "minimum_support"
        elif not votes[place]:
            why[place] = "no_votes"
        elif bonds.rivals.get(place, frozenset()) & winners:
            why[place] = "exclusive"
        elif bonds.needs.get(place, frozenset()) - winners:
            why[place] = "requires"
        else:
            why[place] = _by_money(outcome, place, supporters, ledger)
    return why


def _by_money(outcome: Outcome, place: int, supporters: Supporters, ledger: Ledger | None) -> Why:
    # Where no project at all could be paid, none was counted.
    if ledger is None or not supporters.votes(place):
        return "budget"
    cost = outcome.election.projects[place].cost
    if outcome.options.rule != "equal_shares":
        # The other rules with money buy whatever fits, be it with little of it or after long waiting.
        return "budget" if outcome.cost + cost > outcome.election.budget else "too_little_support"
    left = ledger.left_with(supporters.of(place)[0])
    return "too_little_support" if left < cost * ledger.denominator else "budget"


def _keys(outcome: Outcome, places: Collection[int]) -> tuple[str, ...]:
    return tuple(outcome.election.projects[place].key for place in sorted(places))


def _with_money(loser: Loser, outcome: Outcome, place: int, ledger: Ledger, flows: Flows, lack: Lack | None) -> Loser:
    cost, spent, left = loser.cost * ledger.denominator, flows.spent[:, place].tolist(), int(flows.left[place])
    winners = [outcome.election.projects[turn.project].key for turn in outcome.selection.turns]
    return replace(
        loser,
        money=ledger.money(left),
        missing=ledger.money(max(cost - left, 0)),
        spent_on=tuple(
            Spent(turn + 1, winners[turn], ledger.money(amount)) for turn, amount in enumerate(spent) if amount
        ),
        out_of_reach=_out_of_reach(cost, ledger.start * loser.votes, spent) if ledger.start else None,
        lack=lack,
    )


def _out_of_reach(cost: int, money: int, spent: list[int]) -> int | None:
    """The round after which the supporters had less than the price, 0 for from the start, None for never."""
    for turn, amount in enumerate([0, *spent]):
        money -= amount
        if money < cost:
            return turn
    return None


def _lacks(outcome: Outcome, supporters: Supporters, ledger: Ledger | None, places: Collection[int]) -> dict[int, Lack]:
    turns = outcome.selection.turns
    if ledger is None or not ledger.start or any(turn.how in ("overspent", "loaded") for turn in turns):
        return {}
    ranks = outcome.tie_break.ranks
    tried = [
        Tried(place, one.cost, int(ranks[place]), outcome.options.satisfaction == "cost")
        for place in places
        for one in [outcome.election.projects[place]]
    ]
    paid = [int(ranks[turn.project]) if turn.how == "shared" else None for turn in turns]
    return dict(zip(places, lacks_of(ledger, supporters, tried, ranks=paid), strict=True))
