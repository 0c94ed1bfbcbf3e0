"""One voter's own account: what became of the projects on the ballot, and where the voter's money went."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from samskap.engines.fair_budget.constraints import with_a_choice
from samskap.engines.fair_budget.errors import ElectionError
from samskap.engines.fair_budget.ledger import PAID, ledger_of
from samskap.engines.fair_budget.losing import Why, reasons
from samskap.engines.fair_budget.supporters import supporters_of

if TYPE_CHECKING:
    from fractions import Fraction

    from samskap.engines.fair_budget.counting import Outcome

__all__ = ["Lost", "Story", "Won", "voter_story"]


@dataclass(frozen=True, slots=True)
class Won:
    """A project of the voter that won, in which round of the count (from 1), and what the voter paid for it.

    `paid` is None where voters did not pay for it.
    """

    project: str
    round: int
    paid: Fraction | None


@dataclass(frozen=True, slots=True)
class Lost:
    """A project of the voter that did not win, and why: see `losing.Loser`."""

    project: str
    why: Why


@dataclass(frozen=True, slots=True)
class Story:
    """What came of one ballot. `start` is the money the voter began with and `left` what was left at the end.

    Where districts have budgets of their own, `areas` tells each part in which the voter chose something, with its own
    money and rounds; rounds of `won` are numbered through.
    """

    won: tuple[Won, ...]
    lost: tuple[Lost, ...]
    start: Fraction | None = None
    left: Fraction | None = None
    areas: tuple[tuple[str, Story], ...] = ()


def voter_story(outcome: Outcome, voter: int) -> Story:
    """The account of the voter at this place in the ballots. ElectionError where there is none. For that voter only."""
    if not 0 <= voter < outcome.election.ballots.voters:
        raise ElectionError(
            f"There is no ballot number {voter}.", cure=f"There are {outcome.election.ballots.voters}, from 0."
        )
    chosen = _chosen(outcome, voter)
    if outcome.areas:
        return _by_area(outcome, voter, chosen)
    supporters = supporters_of(outcome.profile, projects=len(outcome.election.projects))
    ledger = ledger_of(outcome.selection, supporters)
    own = int(outcome.profile.class_of[voter])
    won = []
    for place, turn in enumerate(outcome.selection.turns):
        if turn.project in chosen:
            paid = ledger.paid_by(own, turn=place) if ledger and turn.how in PAID else None
            won.append(Won(outcome.election.projects[turn.project].key, place + 1, paid))
    why = reasons(outcome, supporters, ledger)
    lost = tuple(Lost(outcome.election.projects[place].key, why[place]) for place in chosen if place in why)
    left = None if ledger is None else ledger.money(ledger.left[own])
    return Story(tuple(won), lost, outcome.selection.start, left)


def _by_area(outcome: Outcome, voter: int, chosen: list[int]) -> Story:
    stories, won, before = [], [], 0
    for name, part in outcome.areas:
        there = np.array([outcome.election.places[one.key] for one in part.election.projects], dtype=np.int64)
        takes_part = with_a_choice(outcome.election.ballots, there)
        if takes_part[voter]:
            story = voter_story(part, int(np.count_nonzero(takes_part[:voter])))
            stories.append((name, story))
            won += [replace(one, round=one.round + before) for one in story.won]
        before += len(part.selection.turns)
    lost = tuple(one for _, story in stories for one in story.lost)
    told = {one.project for one in won} | {one.project for one in lost}
    supporters = supporters_of(outcome.profile, projects=len(outcome.election.projects))
    why = reasons(outcome, supporters, None)
    projects = outcome.election.projects
    others = [Lost(projects[place].key, why[place]) for place in chosen if projects[place].key not in told]
    return Story(tuple(won), (*lost, *others), areas=tuple(stories))


def _chosen(outcome: Outcome, voter: int) -> list[int]:
    """Places of the projects on a ballot, in its order; a choice with no point is no choice."""
    ballots = outcome.election.ballots
    part = slice(ballots.starts[voter], ballots.starts[voter + 1])
    chosen = ballots.chosen[part]
    kept = chosen if ballots.points is None else chosen[ballots.points[part] > 0]
    return [int(place) for place in kept]
