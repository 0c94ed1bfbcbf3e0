"""Loads are what the largest part of a choice needs, however large the choice."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import linprog
from tests.engines.fair_budget.elections import large_election
from tests.engines.fair_budget.plain.maximin_support import load_of, maximin_support
from tests.engines.fair_budget.plain.utilities import utilities_of

from samskap.engines.fair_budget import Case, Election, count, profile_of, tie_break_of
from samskap.engines.fair_budget.rules.maximin_support import Loads
from samskap.formats.pabulib import election_of, read_pabulib


def loads_of(election: Election) -> Loads:
    profile = profile_of(election, "cardinality")
    return Loads(Case(election, profile, "cardinality", "none", tie_break_of(election, "lexicographic")))


@pytest.mark.parametrize("seed", range(4))
def test_winners_and_loads_are_those_of_every_part_looked_at(seed: int) -> None:
    election = large_election(seed, projects=8, voters=40)
    winners = list(count(election, rule="maximin_support").selection.winners)
    assert winners == maximin_support(election, list(range(8)))
    loads, voters = loads_of(election), utilities_of(election, "cardinality")
    for turn, place in enumerate(winners):
        load = loads.with_also(place, least=Fraction(0), most=None)
        assert load == load_of(election, winners[: turn + 1], voters)
        assert loads.at_least([place])[place] <= load
        loads.add(place, load)
        assert loads.load == load


@pytest.mark.parametrize("seed", range(3))
def test_what_is_laid_adds_up(seed: int) -> None:
    election = large_election(seed, projects=14, voters=120)
    loads = loads_of(election)
    for place in range(8):
        loads.add(place, loads.with_also(place, least=Fraction(0), most=None))
        laid = np.bincount(loads.net.project_of, weights=loads.flow, minlength=14)
        parts = loads.load.denominator
        assert laid.tolist() == [
            one.cost * parts if other <= place else 0 for other, one in enumerate(election.projects)
        ]
        taken = np.bincount(loads.net.class_of, weights=loads.flow, minlength=len(loads.weights))
        assert (taken + loads.room == loads.weights * loads.load.numerator).all()
        assert loads.flow.min() >= 0 <= loads.room.min()


def test_a_load_above_what_matters_is_not_worked_out() -> None:
    loads = loads_of(large_election(1, projects=6, voters=30))
    exact = loads.with_also(0, least=Fraction(0), most=None)
    assert Fraction(1) < loads.with_also(0, least=Fraction(2), most=Fraction(1)) <= exact


def test_the_load_of_a_real_choice_is_that_of_a_linear_programme(shared_data: Path) -> None:
    election = election_of(read_pabulib(shared_data / "budgets" / "France_Toulouse_2019.pb"))
    loads = loads_of(election)
    for place in count(election, rule="maximin_support").selection.winners:
        loads.add(place, loads.with_also(place, least=Fraction(0), most=None))
    assert float(loads.load) == pytest.approx(_by_linear_programme(election, loads.chosen), rel=1e-9)


def _by_linear_programme(election: Election, chosen: list[int]) -> float:
    """The smallest load: parts laid on classes, and the load as the last variable."""
    profile = profile_of(election, "cardinality")
    classes = np.repeat(np.arange(len(profile.weights)), np.diff(profile.starts))
    edges = [edge for edge in range(len(classes)) if profile.projects[edge] in chosen]
    laid = np.zeros((len(chosen), len(edges) + 1))
    borne = np.zeros((len(profile.weights), len(edges) + 1))
    for column, edge in enumerate(edges):
        laid[chosen.index(int(profile.projects[edge])), column] = 1
        borne[classes[edge], column] = 1
    borne[:, -1] = -profile.weights
    goal = np.append(np.zeros(len(edges)), 1)
    costs = [election.projects[place].cost for place in chosen]
    found = linprog(goal, A_ub=borne, b_ub=np.zeros(len(borne)), A_eq=laid, b_eq=costs)
    return float(found.fun)
