"""A profile is the ballots, no more and no less: equal ones are one class, and every choice has its worth."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.fair_budget.elections import ballots_of, election_of, elections
from tests.engines.fair_budget.plain.utilities import utilities_of
from tests.engines.fair_budget.test_equal_shares import satisfactions

from samskap.engines.fair_budget import Ballots, Election, ElectionError, Project, profile_of


@given(data=st.data(), election=elections(most_projects=8))
@settings(max_examples=500, deadline=None)
def test_each_voter_is_in_the_class_of_their_ballot(data: st.DataObject, election: Election) -> None:
    satisfaction = data.draw(satisfactions(election))
    profile = profile_of(election, satisfaction)
    ballots = [
        dict(
            zip(
                profile.projects[profile.starts[one] : profile.starts[one + 1]].tolist(),
                profile.utilities[profile.starts[one] : profile.starts[one + 1]].tolist(),
                strict=True,
            )
        )
        for one in range(len(profile.weights))
    ]
    plain = utilities_of(election, satisfaction)
    assert [ballots[one] for one in profile.class_of] == plain
    assert [list(one) for one in ballots] == [sorted(one) for one in ballots]
    assert len({tuple(one.items()) for one in ballots}) == len(ballots)
    assert profile.weights.tolist() == np.bincount(profile.class_of).tolist()
    first = [profile.class_of.tolist().index(one) for one in range(len(ballots))]
    assert first == sorted(first)


def test_a_profile_is_laid_out_as_it_says() -> None:
    profile = profile_of(election_of({"a": 3, "b": 5}, [(2, "ba"), (1, ""), (1, "a"), (1, "ab")], budget=9), "cost")
    laid_out = {name: getattr(profile, name) for name in profile.__slots__}
    assert {name: (array.tolist(), array.dtype.name) for name, array in laid_out.items()} == {
        "starts": ([0, 2, 2, 3], "int64"),
        "projects": ([0, 1, 0], "int32"),
        "utilities": ([3, 5, 3], "int64"),
        "weights": ([3, 1, 1], "int64"),
        "class_of": ([0, 0, 1, 2, 0], "int32"),
    }


def test_many_different_ballots_stay_apart() -> None:
    rows = [[place for place in range(14) if pattern >> place & 1] for pattern in range(2**14)]
    projects = tuple(Project(f"p{place}", 1) for place in range(14))
    profile = profile_of(Election(projects, 5, ballots_of(rows + rows)), "cardinality")
    assert (len(profile.weights), set(profile.weights.tolist())) == (2**14, {2})


def test_points_and_places_are_asked_of_ballots_that_have_them() -> None:
    election = election_of({"a": 3}, [(1, "a")], budget=9)
    for satisfaction, sentence in (("points", "approval have no points"), ("borda", "approval have no order")):
        with pytest.raises(ElectionError, match=sentence):
            profile_of(election, satisfaction)  # type: ignore[arg-type]


def test_more_points_than_can_be_added_up_are_refused() -> None:
    points = ballots_of([[0], [0]], kind="scoring", points=[[2**52], [1]])
    with pytest.raises(ElectionError, match=f"A ballot gives {2**52} units of points, too many"):
        profile_of(Election((Project("a", 3),), 9, points), "points")
    fewer = Ballots("scoring", points.starts, points.chosen, np.array([2**52 - 1, 1]))
    assert profile_of(Election((Project("a", 3),), 9, fewer), "points").utilities.tolist() == [2**52 - 1, 1]
