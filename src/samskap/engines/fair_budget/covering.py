"""How many were served: voters by how much they got, and the same by groups that are never told below five people."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from samskap.engines.fair_budget.errors import ElectionError
from samskap.engines.fair_budget.profile import profile_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import numpy.typing as npt

    from samskap.engines.fair_budget.counting import Outcome
    from samskap.engines.fair_budget.profile import Profile

__all__ = [
    "FEWEST",
    "Coverage",
    "GroupCoverage",
    "cast_profile",
    "coverage_by_group",
    "coverage_of",
    "hidden_groups",
    "won_by_class",
]

FEWEST = 5
STEPS = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many voters there are, how many got at least 1, 2, 3 of the projects they chose, and what share of them.

    `with_choice` voters chose something. `share_of_choices`: the share of their own choices that a voter got, on
    average over those; None where nobody chose anything.
    """

    voters: int
    with_choice: int
    at_least: tuple[int, int, int]
    share_of_choices: Fraction | None


@dataclass(frozen=True, slots=True)
class GroupCoverage:
    """The coverage of one group of voters, or None in its place where the group must not be told about."""

    label: str
    coverage: Coverage | None


def coverage_of(outcome: Outcome) -> Coverage:
    """What all voters got."""
    profile = cast_profile(outcome)
    return _coverage(profile, profile.weights, outcome.selection.winners)


def coverage_by_group(outcome: Outcome, labels: Sequence[str]) -> tuple[GroupCoverage, ...]:
    """The same for voters with the same label, one a voter, in the order of the ballots; groups in order of label.

    A group below five is None, and so are the next smallest ones as long as it could be found by subtracting the told
    groups from all. ElectionError where there is not one label a voter.
    """
    profile = cast_profile(outcome)
    if len(labels) != len(profile.class_of):
        raise ElectionError(
            f"There are {len(labels)} labels and {len(profile.class_of)} voters.", cure="Give one label a voter."
        )
    names, numbers = np.unique(np.array(labels, dtype=np.str_), return_inverse=True)
    sizes = Counter({str(name): int(size) for name, size in zip(names, np.bincount(numbers), strict=True)})
    hidden = hidden_groups(sizes)
    found = []
    for number, name in enumerate(names.tolist()):
        weights = np.bincount(profile.class_of[numbers == number], minlength=len(profile.weights))
        told = None if name in hidden else _coverage(profile, weights.astype(np.int64), outcome.selection.winners)
        found.append(GroupCoverage(name, told))
    return tuple(found)


def hidden_groups(sizes: Mapping[str, int]) -> frozenset[str]:
    """Which groups may not be told about: those below five, and more until those hidden are five together."""
    order = sorted((size, name) for name, size in sizes.items() if size)
    hidden = [(size, name) for size, name in order if size < FEWEST]
    rest = order[len(hidden) :]
    # What is left when all that is told is taken from the whole is the sum of the hidden ones.
    while hidden and rest and (len(hidden) == 1 or sum(size for size, _ in hidden) < FEWEST):
        hidden.append(rest.pop(0))
    return frozenset(name for _, name in hidden)


def cast_profile(outcome: Outcome) -> Profile:
    """The ballots as they were cast: the profile that was counted lacks projects that the constraints took out."""
    if not outcome.selection.dropped:
        return outcome.profile
    return profile_of(outcome.election, outcome.options.satisfaction)


def won_by_class(profile: Profile, winners: Collection[int]) -> npt.NDArray[np.int64]:
    """How many of the projects that a voter of each class chose were chosen."""
    is_winner = np.isin(profile.projects, np.fromiter(winners, dtype=np.int64, count=len(winners)))
    before = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(is_winner, dtype=np.int64)])
    won: npt.NDArray[np.int64] = before[profile.starts[1:]] - before[profile.starts[:-1]]
    return won


def _coverage(profile: Profile, weights: npt.NDArray[np.int64], winners: Collection[int]) -> Coverage:
    won, chosen = won_by_class(profile, winners), np.diff(profile.starts)
    with_choice = int(weights[chosen > 0].sum())
    one, two, three = (int(weights[won >= step].sum()) for step in STEPS)
    # One fraction for each length of a ballot.
    shares = sum(
        (
            Fraction(int((weights * won)[chosen == length].sum()), length)
            for length in np.unique(chosen).tolist()
            if length
        ),
        Fraction(0),
    )
    return Coverage(int(weights.sum()), with_choice, (one, two, three), shares / with_choice if with_choice else None)
