"""The count replayed: did the supporters pay each price out of what they had, and was the right project next?

The rules' own code has no part in it. Amounts are added up as floats for all projects at once; where a sum comes near
what it is compared with, whole numbers decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from samskap.engines.fair_budget.audits.evidence import HOLDS, Evidence, Values, Verdict, shown
from samskap.engines.fair_budget.audits.raising import raised_as_told
from samskap.engines.fair_budget.comparing import satisfaction_by_class
from samskap.engines.fair_budget.ledger import PAID
from samskap.engines.fair_budget.supporters import exact_dot

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from samskap.engines.fair_budget.ledger import Ledger
    from samskap.engines.fair_budget.outcome import Turn

    Amounts = npt.NDArray[Any]

__all__ = ["chosen_in_order", "payments_right"]

SLACK = 1 - 1e-9


def payments_right(evidence: Evidence) -> Verdict:
    """The start is the budget divided by the voters, raised so often; supporters paid each price, at one rate for all
    who did not give everything; nobody gave more than there was."""
    ledger, outcome = evidence.ledger, evidence.outcome
    if ledger is None:
        return HOLDS
    start = outcome.selection.start
    if start is not None:
        election = outcome.election
        fair = Fraction(election.budget, election.ballots.voters) + outcome.selection.increments * election.scale
        if start != fair:
            return Verdict(False, "start_differs", {"start": shown(start), "expected": shown(fair)})
    for place, turn in enumerate(outcome.selection.turns):
        wrong = _payment(evidence, ledger, place, turn)
        if wrong:
            return wrong
    poor = np.flatnonzero(ledger.left < 0)
    return Verdict(False, "below_zero", {"class": int(poor[0])}) if len(poor) else HOLDS


def _payment(evidence: Evidence, ledger: Ledger, place: int, turn: Turn) -> Verdict | None:
    payment, key = ledger.payments[place], evidence.key(turn.project)
    paid, cost = ledger.paid(place), evidence.cost(turn.project)
    strangers = np.setdiff1d(turn.paid_out, payment.classes)
    if len(strangers):
        return Verdict(False, "stranger_paid", {"project": key, "class": int(strangers[0])})
    if turn.how in ("shared", "loaded") and paid != cost:
        return Verdict(False, "paid_differs", {"project": key, "paid": shown(paid), "cost": cost})
    if turn.how == "overspent" and not 0 < paid < cost:
        return Verdict(False, "paid_differs", {"project": key, "paid": shown(paid), "cost": cost})
    if turn.how in ("filled", "voted") and paid:
        return Verdict(False, "paid_differs", {"project": key, "paid": shown(paid), "cost": 0})
    if turn.how == "loaded":
        late = not payment.gave_all.all() or min(payment.given.tolist(), default=0) < 0
        return Verdict(False, "gave_too_much", {"project": key}) if late else None
    # Who gave all had not more than the full price; who paid the full price had it, or is below zero now.
    full = payment.rate * payment.utilities[payment.gave_all].astype(object)
    return Verdict(False, "gave_too_much", {"project": key}) if (payment.given > full).any() else None


def chosen_in_order(evidence: Evidence) -> Verdict:
    """In each round the project that the rule asks for came next, ties went by the order of the count, and the count
    ended where the rule says. Not decided for the rules that are not a sequence of such choices."""
    checks = {
        "equal_shares": _shared_in_order,
        "phragmen": _loaded_in_order,
        "greedy": _voted_in_order,
        "greedy_per_cost": _voted_in_order,
        "greedy_no_skip": _voted_in_order,
    }
    check = checks.get(evidence.outcome.options.rule)
    if check is None:
        return Verdict(None, "no_order")
    wrong = check(evidence) or raised_as_told(evidence) or _filled_in_order(evidence) or _majority_as_told(evidence)
    return wrong or HOLDS


# Equal Shares


def _shared_in_order(evidence: Evidence) -> Verdict | None:
    """Each time the lowest price for a unit of utility among the projects that could be paid; at the end, none can."""
    ledger = evidence.ledger
    if ledger is None:
        return None
    replay = _Replay.begun(evidence, ledger)
    chosen: list[int] = []
    for place, turn in enumerate(evidence.outcome.selection.turns):
        if turn.how != "shared":
            continue
        open_now = evidence.open_after(chosen)
        if turn.project not in open_now:
            return Verdict(False, "not_open", {"project": evidence.key(turn.project)})
        wrong = _cheaper(
            evidence, replay, turn, ledger.payments[place].rate, [p for p in open_now if p != turn.project]
        )
        if wrong:
            return wrong
        replay.pay(place)
        chosen.append(turn.project)
    for other in evidence.open_after(chosen):
        money = ledger.left_with(evidence.supporters.of(other)[0])
        if money >= evidence.cost(other) * ledger.denominator:
            values: Values = {
                "project": evidence.key(other),
                "money": shown(ledger.money(money)),
                "cost": evidence.cost(other),
            }
            return Verdict(False, "could_be_paid", values)
    return None


def _cheaper(evidence: Evidence, replay: _Replay, turn: Turn, rate: int, others: list[int]) -> Verdict | None:
    ranks = evidence.outcome.tie_break.ranks
    level = []
    for other in replay.near(rate, others):
        over, is_level = replay.compared(other, rate)
        if over > 0 or (over == 0 and not is_level):
            values: Values = {"project": evidence.key(turn.project), "other": evidence.key(other)}
            return Verdict(False, "cheaper_left", values)
        if over == 0:
            level.append(other)
    return _ties(evidence, turn, level, first=[other for other in level if ranks[other] < ranks[turn.project]])


def _ties(evidence: Evidence, turn: Turn, level: Iterable[int], *, first: list[int]) -> Verdict | None:
    untold = set(level) ^ set(turn.tied)
    if not first and not untold:
        return None
    values: Values = {"project": evidence.key(turn.project), "other": evidence.key(min(first or untold))}
    return Verdict(False, "tie_order" if first else "tie_untold", values)


@dataclass(frozen=True, eq=False, slots=True)
class _Replay:
    """Balances of all classes at one moment: whole numbers of the ledger, and floats in units of money beside them."""

    evidence: Evidence
    ledger: Ledger
    balances: Amounts
    about: npt.NDArray[np.float64]
    weighed: npt.NDArray[np.float64]
    utilities: npt.NDArray[np.float64]

    @classmethod
    def begun(cls, evidence: Evidence, ledger: Ledger) -> _Replay:
        balances = np.empty(len(ledger.weights), dtype=object)
        balances[:] = ledger.start
        about = np.full(len(balances), ledger.start / ledger.denominator)
        supporters = evidence.supporters
        weighed = ledger.weights[supporters.classes].astype(np.float64)
        return cls(evidence, ledger, balances, about, weighed, supporters.utilities.astype(np.float64))

    def pay(self, place: int) -> None:
        """Take the payments of this turn from the balances."""
        payment = self.ledger.payments[place]
        left = self.balances[payment.classes] - payment.amounts()
        self.balances[payment.classes] = left
        self.about[payment.classes] = [amount / self.ledger.denominator for amount in left]

    def near(self, rate: int, others: list[int]) -> list[int]:
        """Those of the projects whose supporters would, at this price, pay about the cost or more."""
        supporters = self.evidence.supporters
        full = self.utilities * (rate / self.ledger.denominator)
        paid = np.minimum(self.about[supporters.classes], full) * self.weighed
        before = np.concatenate([[0.0], np.cumsum(paid)])
        sums = before[supporters.starts[1:]] - before[supporters.starts[:-1]]
        # Differences of running sums are as rough as the whole of them.
        rough = before[-1] * 1e-12
        return [other for other in others if sums[other] + rough >= self.evidence.cost(other) * SLACK]

    def compared(self, other: int, rate: int) -> tuple[int, bool]:
        """How much more than the cost its supporters would pay at this price, and whether it is their lowest price."""
        classes, utilities = self.evidence.supporters.of(other)
        have, full = self.balances[classes], rate * utilities.astype(object)
        paid = int((np.minimum(have, full) * self.ledger.weights[classes].astype(object)).sum())
        over = paid - self.evidence.cost(other) * self.ledger.denominator
        return over, bool((have >= full).any())


# Phragmén


def _loaded_in_order(evidence: Evidence) -> Verdict | None:
    """Each time the project whose supporters had its price first; at the end, the next one does not fit."""
    supporters, budget = evidence.supporters, evidence.outcome.election.budget
    last: list[Fraction] = [Fraction(0)]
    since = np.zeros(len(supporters.weights), dtype=np.int64)
    chosen: list[int] = []
    for turn in evidence.outcome.selection.turns:
        if turn.how != "loaded":
            break
        times = _times(evidence, _payable(evidence, chosen), last, since)
        first = min(times.values(), default=None)
        if turn.project not in times or times[turn.project] != first or turn.price != first:
            return Verdict(False, "earlier_left", {"project": evidence.key(turn.project)})
        level = [place for place in times if times[place] == first and place != turn.project]
        ranks = evidence.outcome.tie_break.ranks
        wrong = _ties(evidence, turn, level, first=[place for place in level if ranks[place] < ranks[turn.project]])
        if wrong:
            return wrong
        since[supporters.of(turn.project)[0]] = len(last)
        last.append(first)
        chosen.append(turn.project)
    times = _times(evidence, _payable(evidence, chosen), last, since)
    left = budget - sum(evidence.cost(place) for place in chosen)
    first = min(times.values(), default=None)
    nexts = [place for place in times if times[place] == first]
    if nexts and all(evidence.cost(place) <= left for place in nexts):
        return Verdict(False, "ended_early", {"project": evidence.key(nexts[0])})
    return None


def _payable(evidence: Evidence, chosen: list[int]) -> list[int]:
    return [place for place in evidence.open_after(chosen) if evidence.cost(place) <= evidence.outcome.election.budget]


def _times(
    evidence: Evidence, places: list[int], last: list[Fraction], since: npt.NDArray[np.int64]
) -> dict[int, Fraction]:
    """When the supporters have the price, for the projects that may come first."""
    supporters = evidence.supporters
    since_all = np.array([float(time) for time in last])[since]
    before = np.concatenate([[0.0], np.cumsum(since_all[supporters.classes] * supporters.weights[supporters.classes])])
    earned = before[supporters.starts[1:]] - before[supporters.starts[:-1]]
    voters = {place: supporters.votes(place) for place in places}
    # Differences of running sums are as rough as the whole of them.
    rough = {place: before[-1] * 1e-12 / voters[place] for place in places}
    about = {place: (evidence.cost(place) + earned[place]) / voters[place] for place in places}
    latest = min(((about[place] + rough[place]) * (2 - SLACK) for place in places), default=0.0)
    near = [place for place in places if (about[place] - rough[place]) * SLACK <= latest]
    return {place: _time(evidence, place, last, since) for place in near}


def _time(evidence: Evidence, place: int, last: list[Fraction], since: npt.NDArray[np.int64]) -> Fraction:
    classes, _ = evidence.supporters.of(place)
    weights = evidence.supporters.weights[classes]
    voters = np.bincount(since[classes], weights=weights, minlength=len(last)).astype(np.int64).tolist()
    earned = sum((number * time for number, time in zip(voters, last, strict=True) if number), Fraction(0))
    return (evidence.cost(place) + earned) / int(weights.sum())


# Greedy, and what fills up after the others


def _voted_in_order(evidence: Evidence) -> Verdict | None:
    rule = evidence.outcome.options.rule
    turns = [turn for turn in evidence.outcome.selection.turns if turn.how == "voted"]
    return _greedy(evidence, turns, [], is_per_cost=rule == "greedy_per_cost", is_skipping=rule != "greedy_no_skip")


def _filled_in_order(evidence: Evidence) -> Verdict | None:
    """What fills up goes by utility per unit of money; the choice that a majority preferred goes by votes alone."""
    options, turns = evidence.outcome.options, evidence.outcome.selection.turns
    if options.completion not in ("add1u", "utilitarian", "comparison"):
        return None
    chosen = [turn.project for turn in turns if turn.how in PAID]
    rest = [turn for turn in turns if turn.how not in PAID]
    is_per_cost = options.satisfaction == "cost" or all(turn.how == "filled" for turn in rest)
    return _greedy(evidence, rest, chosen, is_per_cost=is_per_cost, is_skipping=True)


def _majority_as_told(evidence: Evidence) -> Verdict | None:
    """With the completion "comparison", more voters do not prefer what was not chosen."""
    selection, profile = evidence.outcome.selection, evidence.outcome.profile
    if evidence.outcome.options.completion != "comparison":
        return None
    if selection.compared is None:
        return Verdict(False, "majority_differs") if evidence.candidates else None
    own, other, neither = selection.compared
    is_own = selection.start is not None
    is_told = own + other + neither == len(profile.class_of) and (other <= own) == is_own
    if is_told and is_own:
        gain = satisfaction_by_class(profile, selection.winners) - satisfaction_by_class(profile, _by_greed(evidence))
        counted = tuple(int(profile.weights[part].sum()) for part in (gain > 0, gain < 0, gain == 0))
        is_told = counted == (own, other, neither)
    return None if is_told else Verdict(False, "majority_differs")


def _by_greed(evidence: Evidence) -> list[int]:
    """What goes by votes alone, or by points or places where these are the satisfaction."""
    is_by_cost = evidence.outcome.options.satisfaction == "cost"  # then utility for the money is votes
    merits = {place: _merit(evidence, place, is_per_cost=is_by_cost) for place in evidence.candidates}
    ranks = evidence.outcome.tie_break.ranks
    chosen: list[int] = []
    while best := _best(evidence, merits, chosen, is_skipping=True):
        chosen.append(min(best, key=lambda place: int(ranks[place])))
    return chosen


def _greedy(
    evidence: Evidence, turns: list[Turn], chosen: list[int], *, is_per_cost: bool, is_skipping: bool
) -> Verdict | None:
    """Each time the most utility, or the most per unit of money, among what fits."""
    merits = {place: _merit(evidence, place, is_per_cost=is_per_cost) for place in evidence.candidates}
    chosen = list(chosen)
    for turn in [*turns, None]:
        best = _best(evidence, merits, chosen, is_skipping=is_skipping)
        if turn is None:
            return Verdict(False, "ended_early", {"project": evidence.key(best[0])}) if best else None
        if turn.project not in best:
            values: Values = {"project": evidence.key(turn.project), "other": evidence.key(best[0]) if best else ""}
            return Verdict(False, "better_left" if best else "not_open", values)
        level, ranks = [place for place in best if place != turn.project], evidence.outcome.tie_break.ranks
        wrong = _ties(evidence, turn, level, first=[place for place in level if ranks[place] < ranks[turn.project]])
        if wrong:
            return wrong
        chosen.append(turn.project)
    return None


def _best(evidence: Evidence, merits: dict[int, Fraction], chosen: list[int], *, is_skipping: bool) -> list[int]:
    left = evidence.outcome.election.budget - sum(evidence.cost(place) for place in chosen)
    free = evidence.open_after(chosen)
    fitting = [place for place in free if evidence.cost(place) <= left]
    among = fitting if is_skipping else free
    most = max((merits[place] for place in among), default=None)
    best = [place for place in among if merits[place] == most]
    return (
        best if is_skipping or all(evidence.cost(place) <= left for place in best) else _no_skip(evidence, best, left)
    )


def _no_skip(evidence: Evidence, best: list[int], left: int) -> list[int]:
    """Of level projects the first in the order of ties decides whether the rule ends here."""
    ranks = evidence.outcome.tie_break.ranks
    first = min(best, key=lambda place: int(ranks[place]))
    return [place for place in best if evidence.cost(place) <= left] if evidence.cost(first) <= left else []


def _merit(evidence: Evidence, place: int, *, is_per_cost: bool) -> Fraction:
    classes, utilities = evidence.supporters.of(place)
    total = exact_dot(evidence.supporters.weights[classes], utilities)
    return Fraction(total, evidence.cost(place) if is_per_cost else 1)
