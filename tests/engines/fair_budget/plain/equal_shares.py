"""Equal Shares by its definition: a purse of fractions for every voter, every project looked at in every round."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tests.engines.fair_budget.plain.utilities import may_win, utilities_of

from samskap.engines.fair_budget import Completion, Election, Satisfaction


@dataclass(frozen=True)
class Round:
    """What is bought and at what price, the projects level with it, what each voter paid, and who gave all."""

    project: int
    price: Fraction
    tied: tuple[int, ...]
    paid: dict[int, Fraction]
    paid_out: frozenset[int]


@dataclass(frozen=True)
class Told:
    """All that a count says, without the money."""

    rounds: list[Round]
    winners: list[int]
    increments: int
    stopped: str
    compared: tuple[int, int, int] | None


def equal_shares(
    election: Election,
    satisfaction: Satisfaction,
    completion: Completion,
    ranks: Sequence[int],
    *,
    out: Collection[int] = (),
) -> Told:
    """A count with its completion; projects that are `out` cannot win."""
    voters = [
        {place: worth for place, worth in one.items() if place not in out}
        for one in utilities_of(election, satisfaction)
    ]
    costs = [one.cost for one in election.projects]
    share = Fraction(election.budget, len(voters))
    increments, stopped = 0, "plain"
    if completion in ("add1", "add1u", "comparison"):
        increments, stopped = raised(election, voters, ranks, share)
    rounds = shared(election, voters, ranks, share + increments * election.scale)
    winners = [one.project for one in rounds]
    if completion in ("add1u", "utilitarian", "comparison"):
        winners += greedy(election, voters, ranks, winners, costs)
    if completion != "comparison":
        return Told(rounds, winners, increments, stopped, None)
    # With satisfaction cost these are votes; with the others, votes or points as they are.
    divisors = costs if satisfaction == "cost" else [1 for _ in costs]
    other = greedy(election, voters, ranks, [], divisors)
    compared = votes(voters, winners, other)
    if compared[1] > compared[0]:
        return Told([], other, 0, "plain", compared)
    return Told(rounds, winners, increments, stopped, compared)


def shared(election: Election, voters: list[dict[int, int]], ranks: Sequence[int], start: Fraction) -> list[Round]:
    """All rounds from a start."""
    purses = [start for _ in voters]
    rounds: list[Round] = []
    while True:
        winners = [one.project for one in rounds]
        prices = {}
        for place, project in enumerate(election.projects):
            if place in winners or not may_win(election, place, winners):
                continue
            found = price(
                project.cost, [(purses[voter], one[place]) for voter, one in enumerate(voters) if place in one]
            )
            if found is not None:
                prices[place] = found
        if not prices:
            return rounds
        best = min(prices, key=lambda place: (prices[place], ranks[place]))
        due = {voter: prices[best] * one[best] for voter, one in enumerate(voters) if best in one}
        paid_out = frozenset(voter for voter in due if 0 < purses[voter] <= due[voter])
        paid = {voter: min(purses[voter], amount) for voter, amount in due.items()}
        for voter, amount in paid.items():
            purses[voter] -= amount
        tied = tuple(place for place in prices if place != best and prices[place] == prices[best])
        rounds.append(Round(best, prices[best], tied, paid, paid_out))


def price(cost: int, supporters: list[tuple[Fraction, int]]) -> Fraction | None:
    """The smallest price of a unit of utility at which supporters, given as purse and utility, pay the cost."""
    if not supporters or sum(money for money, _ in supporters) < cost:
        return None
    by_limit = sorted(supporters, key=lambda one: one[0] / one[1])
    for poor in range(len(by_limit)):
        given = sum((money for money, _ in by_limit[:poor]), Fraction(0))
        found = (cost - given) / sum(worth for _, worth in by_limit[poor:])
        if all(money >= found * worth for money, worth in by_limit[poor:]):
            return Fraction(found)
    raise AssertionError("Supporters have enough, and no price is found.")


def raised(election: Election, voters: list[dict[int, int]], ranks: Sequence[int], share: Fraction) -> tuple[int, str]:
    """Add1, every increment run."""
    supported = {place for one in voters for place in one}
    increments = 0
    while True:
        winners = [one.project for one in shared(election, voters, ranks, share + increments * election.scale)]
        left = election.budget - sum(election.projects[place].cost for place in winners)
        if left < 0:
            return increments - 1, "infeasible"
        others = [place for place in supported - {*winners} if may_win(election, place, winners)]
        if not others:
            return increments, "all_funded"
        if all(election.projects[place].cost > left for place in others):
            return increments, "exhaustive"
        increments += 1


def greedy(
    election: Election, voters: list[dict[int, int]], ranks: Sequence[int], before: list[int], divisors: list[int]
) -> list[int]:
    """What the most utility, divided so, adds to the winners before."""
    added: list[int] = []
    while True:
        winners = before + added
        left = election.budget - sum(election.projects[place].cost for place in winners)
        merits = {
            place: Fraction(sum(one.get(place, 0) for one in voters), divisors[place])
            for place, project in enumerate(election.projects)
            if place not in winners and project.cost <= left and may_win(election, place, winners)
        }
        merits = {place: merit for place, merit in merits.items() if merit > 0}
        if not merits:
            return added
        added.append(min(merits, key=lambda place: (-merits[place], ranks[place])))


def votes(voters: list[dict[int, int]], winners: list[int], others: list[int]) -> tuple[int, int, int]:
    """Voters who get more from the winners, from the others, and the same from both."""
    gains = [sum(one.get(place, 0) for place in winners) - sum(one.get(place, 0) for place in others) for one in voters]
    return sum(gain > 0 for gain in gains), sum(gain < 0 for gain in gains), sum(gain == 0 for gain in gains)
