"""Who is in, base clusters, groups, and the slow change of their number."""

from __future__ import annotations

import dataclasses
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.opinion_map.polis import twin
from tests.engines.opinion_map.worlds import planted

from samskap.engines.opinion_map import (
    PolisChoice,
    PolisClustering,
    PolisReport,
    Votes,
    grouping_agreement,
    polis_report,
)
from samskap.engines.opinion_map.polis import pca
from samskap.engines.opinion_map.polis.clusters import cold_start, k_means, silhouette, warm_start
from samskap.engines.opinion_map.polis.grouping import choose
from samskap.engines.opinion_map.polis.matrix import matrix_of

SOME = settings(max_examples=80, deadline=None)
# Quarters: sums and squares are exact, so that ties are ties in both.
POINTS = st.lists(st.tuples(*[st.integers(-12, 12).map(lambda n: n / 4)] * 2), min_size=1, max_size=25)


@SOME
@given(POINTS, st.integers(1, 6), st.data())
def test_k_means_is_that_of_the_plain_twin(points: list, count: int, data: st.DataObject) -> None:
    weights = data.draw(st.lists(st.sampled_from([1.0, 2.0, 4.0]), min_size=len(points), max_size=len(points)))
    start = cold_start(np.array(points), count=count)
    assert start.centres.tolist() == [list(point) for point in dict.fromkeys(points)][:count]
    # One round: after it centres are rounded, and a tie need not be one any more.
    found = k_means(np.array(points), weights=np.array(weights), start=start, rounds=1)
    centres, member = twin.k_means(points, weights, start.centres.tolist(), 1)
    assert found.member.tolist() == member
    assert found.centres == pytest.approx(np.array(centres))


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("count", [2, 5, 30])
def test_k_means_ends_where_the_plain_twin_ends(seed: int, count: int) -> None:
    random = np.random.default_rng(seed)
    points, weights = random.normal(size=(60, 2)), random.integers(1, 9, 60).astype(float)
    start = cold_start(points, count=count)
    found = k_means(points, weights=weights, start=start, rounds=20)
    centres, member = twin.k_means(points.tolist(), weights.tolist(), start.centres.tolist(), 20)
    assert found.member.tolist() == member
    assert found.centres == pytest.approx(np.array(centres))


@SOME
@given(POINTS, st.data())
def test_the_silhouette_is_that_of_the_plain_twin(points: list, data: st.DataObject) -> None:
    drawn = data.draw(st.lists(st.integers(0, 3), min_size=len(points), max_size=len(points)))
    member = np.unique(drawn, return_inverse=True)[1]
    assert silhouette(np.array(points), member=member) == pytest.approx(
        twin.silhouette(points, member.tolist()), abs=1e-9
    )


def test_a_warm_start_keeps_ids_merges_equal_centres_and_splits_off_the_farthest_point() -> None:
    points = np.array([[0.0, 0.0], [2.0, 0.0], [1.0, 0.0], [1.0, 0.0], [9.0, 0.0], [5.0, 5.0]])
    # 4 is centred on (1, 0), and so is 7: one of the two remains. 5 has nobody left. Two people are new.
    last = np.array([4, 4, 7, 7, -1, -1])
    start = warm_start(points, weights=np.ones(6), last=last, count=3)
    assert start.ids.tolist() == [4, 5, 6]
    assert start.centres.tolist() == [[1.0, 0.0], [9.0, 0.0], [5.0, 5.0]]
    alike = warm_start(points[2:4], weights=np.ones(2), last=np.array([7, 7]), count=3)
    assert (alike.ids.tolist(), alike.centres.tolist()) == ([7], [[1.0, 0.0]])


def attempts(*wanted: int, best: int) -> tuple[PolisClustering, ...]:
    return tuple(PolisClustering(number, 0.5 if number == best else 0.4, ()) for number in wanted)


def test_a_new_number_of_groups_is_shown_on_the_fourth_update_in_a_row() -> None:
    choice, shown = None, []
    for best in (2, 3, 3, 2, 3, 3, 3, 3, 3, 2):
        choice = choose(attempts(2, 3, 4, best=best), before=choice)
        shown.append(choice.shown)
    assert shown == [2, 2, 2, 2, 2, 2, 2, 3, 3, 3]
    assert choice == PolisChoice(best=2, updates=1, shown=3)


def test_of_equal_attempts_the_one_with_more_groups_wins_and_a_number_no_longer_tried_is_left() -> None:
    equal = tuple(PolisClustering(number, 0.4, ()) for number in (2, 3))
    assert choose(equal, before=None) == PolisChoice(best=3, updates=1, shown=3)
    gone = PolisChoice(best=5, updates=4, shown=5)
    assert choose(attempts(2, 3, best=2), before=gone) == PolisChoice(best=2, updates=1, shown=2)


def test_seven_votes_are_needed_and_the_busiest_fill_up_to_fifteen() -> None:
    rows = [(f"{person}", f"{s}", 1) for person in range(30) for s in range(person % 10 + 1)]
    report = polis_report(Votes.from_rows(rows))
    votes = {person.key: person.votes for person in report.people}
    inside = [person.key for person in report.people if person.inside]
    # Twelve have seven votes or more; of the three with six, all are taken.
    assert sorted(votes[key] for key in inside) == [6] * 3 + [7] * 3 + [8] * 3 + [9] * 3 + [10] * 3
    few = polis_report(Votes.from_rows([row for row in rows if int(row[0]) < 12]))
    assert all(person.inside for person in few.people)
    # Of those with equally many votes the earlier one is taken.
    tied = [(f"{person}", f"{s}", 1) for person in range(20) for s in range(8 if person == 19 else 3)]
    first = [person.key for person in polis_report(Votes.from_rows(tied)).people if person.inside]
    assert first == [*map(str, range(14)), "19"]


def test_who_is_in_stays_in() -> None:
    rows = [(f"{person}", f"{s}", (-1) ** (person * s)) for person in range(20) for s in range(9)]
    late = [*rows, ("late", "0", 1)]
    before = polis_report(Votes.from_rows([*rows, *[("late", f"{s}", 1) for s in range(9)]]))
    votes = Votes.from_rows(late)
    assert [person.key for person in polis_report(votes).people if not person.inside] == ["late"]
    assert [person.key for person in polis_report(votes, previous=before).people if not person.inside] == []


def test_moderation_counts_as_a_vote_of_everyone_in_the_scale_but_not_in_who_is_in() -> None:
    rows = [(f"{person}", f"{s}", (-1) ** (person // 2 * s)) for person in range(20) for s in range(6)]
    rows += [("0", "out", 1)]
    shown = {person.key: person for person in polis_report(Votes.from_rows(rows)).people}
    hidden = polis_report(Votes.from_rows(rows), moderated_out=frozenset({"out"}))
    for person in hidden.people:
        # Seven columns and seven entries in each row: the scale is 1, while 7 / 6 before for those who never saw it.
        if person.key != "0":
            assert (shown[person.key].x, person.votes) == (pytest.approx(person.x * (7 / 6) ** 0.5, rel=0.05), 6)
    assert [person.key for person in hidden.people if person.votes == 7] == ["0"]


@pytest.mark.parametrize("groups", [2, 3])
def test_planted_groups_are_found(groups: int) -> None:
    rows, member = planted(groups, people=300, statements=40, density=0.8)
    report = polis_report(Votes.from_rows(rows))
    assert len(report.base_clusters) <= 100
    assert sorted(key for cluster in report.base_clusters for key in cluster.people) == sorted(member)
    assert [len(attempt.clusters) for attempt in report.clusterings] == [2, 3, 4, 5]
    found = {person.key: person.group for person in report.people if person.group}
    assert grouping_agreement(found, {key: str(number) for key, number in member.items()}) > 0.85
    inner = [set(cluster.base_clusters) for group in report.groups for cluster in group.subgroups]
    assert sorted(number for part in inner for number in part) == [cluster.id for cluster in report.base_clusters]


def groups_of(report: PolisReport) -> dict[str, str]:
    return {person.key: person.group for person in report.people if person.group}


def test_another_update_with_the_same_votes_keeps_ids_and_priorities_lag_one_update_behind() -> None:
    rows, _ = planted(3, people=250, statements=30)
    votes = Votes.from_rows(rows)
    first = polis_report(votes)
    again = polis_report(votes, previous=first)
    assert groups_of(again) == groups_of(first)
    ids = {cluster.id for cluster in first.base_clusters}
    assert len(ids & {cluster.id for cluster in again.base_clusters}) > 90
    half = polis_report(Votes.from_rows(rows[::2]))
    late = polis_report(votes, previous=half)
    table, parts = twin.table_of(rows[::2]), [list(group.people) for group in half.groups]
    for statement in late.statements:
        assert statement.priority == pytest.approx(
            twin.priority(table, parts, statement.key, statement.extremity), rel=1e-9
        )


def test_axes_of_many_statements_are_the_same_by_lanczos(monkeypatch: pytest.MonkeyPatch) -> None:
    votes = Votes.from_rows(planted(3, people=150, statements=60, density=0.3)[0])
    exact = polis_report(votes)
    monkeypatch.setattr(pca, "MOST_DENSE", 0)
    passes = polis_report(votes)
    for one, other in zip(exact.statements, passes.statements, strict=True):
        assert (one.first_axis, one.second_axis) == pytest.approx((other.first_axis, other.second_axis), abs=1e-9)


@pytest.mark.parametrize("rows", [[("a", "1", 1), ("b", "1", -1), ("a", "2", 1), ("b", "2", -1)], [("a", "1", 0)]])
def test_lanczos_stops_where_there_is_no_more_variation(rows: list, monkeypatch: pytest.MonkeyPatch) -> None:
    exact = polis_report(Votes.from_rows(rows))
    monkeypatch.setattr(pca, "MOST_DENSE", 0)
    passes = polis_report(Votes.from_rows(rows))
    for one, other in zip(exact.statements, passes.statements, strict=True):
        assert (one.first_axis, one.second_axis) == pytest.approx((other.first_axis, other.second_axis), abs=1e-12)


def test_who_comes_after_the_limits_is_told_and_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    from samskap.engines.opinion_map.polis import matrix

    monkeypatch.setattr(matrix, "MOST_PEOPLE", 2)
    monkeypatch.setattr(matrix, "MOST_STATEMENTS", 1)
    votes = Votes.from_rows([(person, statement, 1) for person in "abc" for statement in "12"])
    small = matrix_of(votes, order=["c"], statement_order=["2"], moderated_out=frozenset(), meta=frozenset())
    assert (small.people, small.statements) == (("c", "a"), ("2",))
    assert (small.people_dropped, small.statements_dropped, small.given.tolist()) == (1, 1, [1, 1])


@SOME
@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")), min_size=2, max_size=14))
def test_agreement_of_groupings_is_counted_pair_by_pair(labels: list[tuple[str, str]]) -> None:
    one = {str(n): pair[0] for n, pair in enumerate(labels)} | {"only here": "a"}
    other = {str(n): pair[1] for n, pair in enumerate(labels)}
    pairs = list(combinations(labels, 2))
    left, right = (sum(p[side] == q[side] for p, q in pairs) for side in (0, 1))
    both = sum(p == q for p, q in pairs)
    expected, highest = left * right / len(pairs), (left + right) / 2
    wanted = 1.0 if highest == expected else (both - expected) / (highest - expected)
    assert grouping_agreement(one, other) == pytest.approx(wanted)


def test_agreement_of_one_person_is_unknown() -> None:
    assert grouping_agreement({"a": "1", "b": "1"}, {"b": "1", "c": "1"}) is None


def test_a_report_can_be_continued_after_people_and_base_clusters_went() -> None:
    rows, member = planted(2, people=140, statements=20)
    first = polis_report(Votes.from_rows(rows))
    left = set(list(member)[:60])
    later = polis_report(Votes.from_rows([row for row in rows if row[0] in left]), previous=first)
    assert {key for cluster in later.base_clusters for key in cluster.people} == left
    assert dataclasses.asdict(later)["choice"]["updates"] in {1, 2}
