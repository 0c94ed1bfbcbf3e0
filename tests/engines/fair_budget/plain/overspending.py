"""Bounded overspending by its definition, a purse of fractions for every voter, every level tried."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tests.engines.fair_budget.plain.utilities import may_win, utilities_of

from samskap.engines.fair_budget import Election, Satisfaction

Offer = tuple[Fraction, Fraction, Fraction]  # measure, share, price


def bounded_overspending(
    election: Election, satisfaction: Satisfaction, ranks: Sequence[int], *, plus: bool = False
) -> list[tuple[int, Fraction, bool]]:
    """What is bought, the price of a unit of utility, and whether its supporters paid all of it."""
    voters = utilities_of(election, satisfaction)
    purses = [Fraction(election.budget, len(voters)) for _ in voters]
    bought: list[tuple[int, Fraction, bool]] = []
    left = election.budget
    while True:
        winners = [winner for winner, _, _ in bought]
        fitting = [
            place
            for place, one in enumerate(election.projects)
            if one.cost <= left and place not in winners and may_win(election, place, winners)
        ]
        offers = {place: offer for place in fitting if (offer := best_offer(election, place, voters, purses))}
        if not offers:
            return bought
        best = min(offers, key=lambda place: (offers[place][0], ranks[place]))
        price = offers[best][2]
        if plus and offers[best][1] < 1:
            raised = [money + smallest_raise(election, best, voters, purses, price) for money in purses]
            prices = {
                place: found
                for place in fitting
                if any(purses[voter] for voter, worth in enumerate(voters) if place in worth)
                and (found := full_price(election, place, voters, raised))
            }
            best = min(prices, key=lambda place: (prices[place], ranks[place]))
            price = prices[best]
        paid = {voter: min(purses[voter], price * worth[best]) for voter, worth in enumerate(voters) if best in worth}
        for voter, amount in paid.items():
            purses[voter] -= amount
        cost = election.projects[best].cost
        bought.append((best, price, sum(paid.values()) == cost))
        left -= cost


def collected(level: Fraction, place: int, voters: list[dict[int, int]], purses: list[Fraction]) -> Fraction:
    """What supporters put together when nobody gives more than the level for a unit of utility."""
    gifts = [min(purses[voter], level * worth[place]) for voter, worth in enumerate(voters) if place in worth]
    return sum(gifts, Fraction(0))


def full_price(election: Election, place: int, voters: list[dict[int, int]], purses: list[Fraction]) -> Fraction | None:
    """The smallest level at which supporters put together all of the price."""
    cost = election.projects[place].cost
    levels = sorted({purses[voter] / worth[place] for voter, worth in enumerate(voters) if place in worth})
    below = Fraction(0)
    for level in levels:
        if collected(level, place, voters, purses) >= cost:
            low, high = collected(below, place, voters, purses), collected(level, place, voters, purses)
            return below + (level - below) * (cost - low) / (high - low)
        below = level
    return None


def best_offer(election: Election, place: int, voters: list[dict[int, int]], purses: list[Fraction]) -> Offer | None:
    cost = election.projects[place].cost
    levels = {purses[voter] / worth[place] for voter, worth in enumerate(voters) if place in worth}
    full = full_price(election, place, voters, purses)
    offers = [(full, Fraction(1), full)] if full is not None else []
    for level in levels:
        share = collected(level, place, voters, purses) / cost
        if 0 < share < 1:
            offers.append((level / share / share, share, level / share))
    return min(offers, key=lambda offer: (offer[0], -offer[1]), default=None)


def smallest_raise(
    election: Election, place: int, voters: list[dict[int, int]], purses: list[Fraction], price: Fraction
) -> Fraction:
    """The least that everybody must be given so that supporters pay all at this price of a unit."""
    cost = election.projects[place].cost
    below = Fraction(0)
    for step in sorted({price * worth[place] - purses[voter] for voter, worth in enumerate(voters) if place in worth}):
        if step <= 0:
            continue
        high = collected(price, place, voters, [money + step for money in purses])
        if high >= cost:
            low = collected(price, place, voters, [money + below for money in purses])
            return below + (step - below) * (cost - low) / (high - low)
        below = step
    raise AssertionError("No raise is enough.")
