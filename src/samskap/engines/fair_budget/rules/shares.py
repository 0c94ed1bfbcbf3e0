"""Equal Shares run by run: the same ballots under one start after another.

A run is scouted with floats; where these cannot decide, and for the run that is kept, it is shared exactly, round by
round. Source of the method: Peters, Pierczynski, Skowron (2021), Proportional Participatory Budgeting with Additive
Utilities.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from samskap.engines.fair_budget.constraints import bonds_of
from samskap.engines.fair_budget.outcome import Turn
from samskap.engines.fair_budget.rules.shares_exact import Line, Offer, Prices
from samskap.engines.fair_budget.rules.shares_state import Ground, Run

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from samskap.engines.fair_budget.outcome import Case

__all__ = ["Choice", "Shares"]

# More steps than any start is raised by, and still whole as a float.
ENDLESS = 2**52


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen at a start, in order, and for how many further increments at least it stays so."""

    winners: tuple[int, ...]
    room: int


class Shares:
    """A case made ready: runs of Equal Shares at any start."""

    def __init__(self, case: Case) -> None:
        from samskap.engines.fair_budget.rules import shares_kernels as kernels  # noqa: PLC0415 -- slow import

        self.case, self.kernels = case, kernels
        self.costs = [one.cost for one in case.election.projects]
        self.unit: list[int] = []
        self.ground = self._ground()
        projects, classes = len(self.costs), len(case.profile.weights)
        self.run = Run(
            purses=np.stack([np.empty(classes), np.empty(classes), case.profile.weights], axis=1),
            drifts=np.empty((classes, 2)),
            quotes=np.empty((projects, 4)),
            states=np.empty(projects, dtype=np.int8),
            having=np.empty(projects, dtype=np.int64),
            seen=np.empty(projects, dtype=np.int32),
            turn_of=np.empty(projects, dtype=np.int32),
            given=np.empty(classes, dtype=np.int32),
        )
        self.arrays = tuple(self.ground), tuple(self.run)  # as the kernels take them
        self.contenders = np.empty(projects, dtype=np.int64)
        self.unsure = np.empty(classes, dtype=np.int64)
        self.settled = np.empty(projects, dtype=np.bool_)

    def _ground(self) -> Ground:
        from samskap.engines.fair_budget.profile_kernels import by_project  # noqa: PLC0415 -- slow import

        profile, projects = self.case.profile, len(self.costs)
        starts, classes, units, ballot_units, unit, totals = by_project(
            profile.starts, profile.projects, profile.utilities, profile.weights, projects
        )
        self.unit = unit.tolist()
        worths = [total * one for total, one in zip(totals.tolist(), self.unit, strict=True)]
        bond_starts, bonds = self._bonds()
        return Ground(
            starts=starts,
            classes=classes,
            units=units,
            ballot_starts=profile.starts,
            ballot_projects=profile.projects,
            ballot_units=ballot_units,
            costs=np.array(self.costs, dtype=np.float64),
            unit=unit.astype(np.float64),
            merits=np.array([cost / worth if worth else inf for cost, worth in zip(self.costs, worths, strict=True)]),
            order=_order(self.costs, worths, self.case.tie_break.ranks),
            bond_starts=bond_starts,
            bonds=bonds,
        )

    def _bonds(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """What each project needs and then its rivals, one project after the other; see `shares_kernels.Ground`."""
        bonds = bonds_of(self.case.election)
        lists = [
            sorted(side.get(place, ())) for place in range(len(self.costs)) for side in (bonds.needs, bonds.rivals)
        ]
        starts = np.cumsum([0, *map(len, lists)], dtype=np.int64)
        return starts, np.array([place for one in lists for place in one], dtype=np.int64)

    def start(self, increments: int) -> Fraction:
        """What each voter begins with, in units of money, raised so many times by one unit of the currency."""
        election = self.case.election
        return Fraction(election.budget, election.ballots.voters) + increments * election.scale

    def choice(self, increments: int) -> Choice:
        """What is chosen at this start."""
        self._begin(increments)
        rounds, room = self.kernels.scouted(*self.arrays, self.contenders, self.unsure, self.settled)
        if rounds < 0:
            return self.exact_choice(increments)
        order = np.argsort(self.run.turn_of, kind="stable")
        return Choice(tuple(order[len(order) - rounds :].tolist()), _whole(room))

    def exact_choice(self, increments: int) -> Choice:
        """The same, settled in whole numbers all the way."""
        exact = Sharing(self, increments, steps=inf)
        return Choice(tuple(turn.project for turn in exact.turns()), exact.room())

    def turns(self, increments: int) -> tuple[Turn, ...]:
        """The rounds at this start."""
        return tuple(Sharing(self, increments, steps=0.0).turns())

    def _begin(self, increments: int) -> None:
        self.kernels.began(*self.arrays, float(self.start(increments)), float(self.case.election.scale))


class Sharing:
    """One exact run: each round is settled in whole numbers before anybody pays."""

    def __init__(self, shares: Shares, increments: int, *, steps: float) -> None:
        self.shares, self.kernels, self.arrays = shares, shares.kernels, shares.arrays
        self.ground, self.run = shares.ground, shares.run
        # Without room to look for, no change is kept.
        self.prices = Prices(shares.start(increments), shares.case.election.scale if steps else 0)
        self.steps = steps
        shares._begin(increments)

    def room(self) -> int:
        """For how many further increments at least all comparisons so far stay as they are."""
        return _whole(self.steps)

    def turns(self) -> Iterator[Turn]:
        """Round after round, until nothing more can be paid."""
        while offers := self._offers():
            ranks = self.shares.case.tie_break.ranks
            winner = offers[0]
            for one in offers[1:]:
                if one.is_below(winner) or (one.is_level(winner) and ranks[one.project] < ranks[winner.project]):
                    winner = one
            yield self._buy(winner, [one for one in offers if one is not winner])

    def _offers(self) -> list[Offer]:
        """The projects that may have the lowest price in this round, at their exact prices; none at the end."""
        while True:
            count, self.steps, _ = self.kernels.contested(
                *self.arrays, self.prices.rounds, self.steps, self.shares.contenders
            )
            if not count:
                return []
            offers = [self._offer(project) for project in self.shares.contenders[:count].tolist()]
            if any(offers):
                return [one for one in offers if one]

    def _offer(self, project: int) -> Offer | None:
        """Newton's steps in whole numbers, from the lower bound; None if the supporters have too little."""
        unit, cost = self.shares.unit[project], self.shares.costs[project]
        quote, error = self.run.quotes[project, :2].tolist()
        low, high = (quote - error) * unit, (quote + 2.0 * error) * unit
        before, asked = -1, None
        while True:
            given, units, poor, doubtful = self._given(project, low, high, asked)
            if not units:
                self.run.states[project] = self.kernels.SHORT
                self.steps = 0.0
                return None
            missing = self.prices.missing(cost, given)
            price = missing.amount / (self.prices.denominator * units)
            # Nobody stands between what all have who share it and what the others lack, and the price does.
            if poor == before or (not doubtful and price <= high):
                return Offer(project, missing, units, units * unit)
            low = high = price
            before, asked = poor, (missing, units)

    def _given(
        self, project: int, low: float, high: float, asked: tuple[Line, int] | None
    ) -> tuple[Line, int, int, int]:
        """What the supporters have together who have less than `low` a unit, the units of all others, how many voters
        the former are, and how many classes may be on either side of a price up to `high`. These are settled by the
        exact price, if it is `asked` (as missing, and the units to share it), and else count among the others."""
        sums = np.empty(self.prices.rounds + 1, dtype=np.int64)
        unsure = self.shares.unsure
        doubtful, units = self.kernels.weighed(*self.arrays, project, low, high, sums, unsure)
        *bought, poor = sums.tolist()
        given = self.prices.money(poor, bought)
        for place in unsure[:doubtful].tolist() if asked else ():
            one, own = int(self.ground.classes[place]), int(self.ground.units[place])
            purse = self._purse(one)
            if asked and purse.amount * asked[1] < asked[0].amount * own:
                voters = int(self.run.purses[one, self.kernels.VOTERS])
                given = Line(given.amount + voters * purse.amount, given.change + voters * purse.change)
                units, poor = units - voters * own, poor + voters
        return given, units, poor, doubtful

    def _purse(self, one: int) -> Line:
        """What a voter of a class that did not give all has left before this round."""
        part = slice(*self.ground.ballot_starts[one : one + 2].tolist())
        turns, units = self.run.turn_of[self.ground.ballot_projects[part]], self.ground.ballot_units[part]
        bought = [0] * self.prices.rounds
        for turn, own in zip(turns.tolist(), units.tolist(), strict=True):
            if 0 <= turn < len(bought):
                bought[turn] = own
        return self.prices.money(1, bought)

    def _buy(self, offer: Offer, others: list[Offer]) -> Turn:
        whole = self.prices.denominator * offer.worth
        amount, change = offer.missing.amount / whole, offer.missing.change / whole
        self.run.quotes[offer.project] = amount, self.kernels.EPS * amount, change, self.kernels.EPS * abs(change)
        if self.steps >= 1:
            settled = self.shares.settled
            settled[:] = False
            settled[[one.project for one in others]] = True
            lead = self.kernels.lead(*self.arrays, offer.project, settled)
            self.steps = float(min(self.steps, lead, *(offer.room(one) for one in others)))
        given, doubtful, self.steps = self.kernels.bought(
            *self.arrays, offer.project, self.prices.rounds, self.steps, self.shares.unsure
        )
        also = np.fromiter(self._settled_purses(offer, doubtful), dtype=np.int32)
        turn = Turn(
            project=offer.project,
            how="shared",
            price=self.prices.fraction(offer.missing, offer.worth),
            paid_out=np.sort(np.concatenate([self.run.given[:given], also])),
            tied=tuple(one.project for one in others if one.is_level(offer)),
        )
        self.prices.shared(offer.missing, offer.units)
        return turn

    def _settled_purses(self, offer: Offer, doubtful: int) -> Iterator[int]:
        """Put right what those have left whom floats could not tell from those who gave all; yields who did."""
        for place in self.shares.unsure[:doubtful].tolist():
            one, own = int(self.ground.classes[place]), int(self.ground.units[place])
            purse = self._purse(one)
            left = purse.amount * offer.units - offer.missing.amount * own
            amount = change = 0.0
            if left > 0:
                whole = self.prices.denominator * offer.units
                amount, change = left / whole, (purse.change * offer.units - offer.missing.change * own) / whole
            else:
                yield one
            self.run.purses[one, : self.kernels.VOTERS] = amount, self.kernels.EPS * amount
            self.run.drifts[one] = change, self.kernels.EPS * abs(change)


def _order(costs: list[int], worths: list[int], ranks: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
    """Place of each project by cost / worth and then by rank; what is worth nothing comes last."""
    # Fractions with denominators of so many bits differ by more than two units in the last place kept.
    shift = 2 * max(worths).bit_length() + 1
    merits = [(cost << shift) // worth if worth else inf for cost, worth in zip(costs, worths, strict=True)]
    places = np.empty(len(costs), dtype=np.int64)
    places[sorted(range(len(costs)), key=lambda place: (merits[place], ranks[place]))] = np.arange(len(costs))
    return places


def _whole(steps: float) -> int:
    return int(min(steps, ENDLESS))
