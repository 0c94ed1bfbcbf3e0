"""The rules of what a ballot may hold, against a plain reading of them; and the order on the screen."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from samskap.apps.budgeting.rules import Chosen, Limits, Offered, closed_up, order_for, problems

OFFERED = {str(n): Offered(f"Prosjekt {n}", cost_nok=100 * n, is_out=n == 5) for n in range(1, 6)}
CHOSEN = st.lists(
    st.builds(
        Chosen,
        key=st.sampled_from("1234569"),
        rank=st.one_of(st.none(), st.integers(-1, 4)),
        points=st.one_of(st.none(), st.integers(-1, 7)),
    ),
    min_size=1,
    max_size=5,
)
LIMITS = st.builds(
    Limits,
    kind=st.sampled_from(["approval", "ranking", "points", "knapsack"]),
    budget_nok=st.integers(100, 1200),
    least=st.integers(0, 3),
    most=st.one_of(st.none(), st.integers(3, 4)),
    points=st.integers(1, 10),
    points_a_project=st.one_of(st.none(), st.integers(1, 6)),
)


def is_allowed(chosen: list[Chosen], limits: Limits) -> bool:
    """The rules once more, one after the other, with nothing clever."""
    if any(one.key not in OFFERED or OFFERED[one.key].is_out for one in chosen):
        return False
    if len({one.key for one in chosen}) < len(chosen) or len(chosen) < limits.least:
        return False
    if limits.most is not None and len(chosen) > limits.most:
        return False
    if limits.kind == "ranking":
        return sorted(one.rank or 0 for one in chosen) == list(range(1, len(chosen) + 1))
    if limits.kind == "points":
        given_points = [one.points or 0 for one in chosen]
        most = limits.points if limits.points_a_project is None else limits.points_a_project
        return min(given_points) >= 1 and max(given_points) <= most and sum(given_points) <= limits.points
    if limits.kind == "knapsack":
        return sum(OFFERED[one.key].cost_nok for one in chosen) <= limits.budget_nok
    return True


@given(CHOSEN, LIMITS)
def test_a_ballot_has_a_problem_exactly_where_the_plain_reading_forbids_it(
    chosen: list[Chosen], limits: Limits
) -> None:
    assert (problems(chosen, offered=OFFERED, limits=limits) == []) == is_allowed(chosen, limits)


@given(st.lists(st.integers(1, 30), unique=True, max_size=8))
def test_places_that_are_closed_up_run_from_one_in_the_same_order(ranks: list[int]) -> None:
    after = closed_up([Chosen(str(rank), rank=rank) for rank in ranks])
    assert sorted(one.rank or 0 for one in after) == list(range(1, len(ranks) + 1))
    assert [one.key for one in sorted(after, key=lambda one: one.rank or 0)] == [str(rank) for rank in sorted(ranks)]


def test_equal_places_stay_equal_when_gaps_are_closed() -> None:
    after = closed_up([Chosen("a", rank=4), Chosen("b", rank=4), Chosen("c", rank=9)])
    assert [one.rank for one in after] == [1, 1, 2]


def test_no_place_on_the_screen_favours_a_project() -> None:
    keys = [str(n) for n in range(1, 7)]
    first = Counter(order_for(keys, seed="5eed", ticket=f"{voter:032x}")[0] for voter in range(3000))
    # 500 each are expected; one in some millions of fair draws is further off than 110.
    assert all(390 < first[key] < 610 for key in keys)


def test_the_order_is_documented_by_example() -> None:
    assert order_for(["1", "2", "3", "4"], seed="5eed", ticket="0" * 32) == ["2", "3", "1", "4"]
