"""Every quantity in a maths file that Polis published, computed again from the votes."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from tests.engines.opinion_map.polis.old_report import OldReport

from samskap.engines.opinion_map import (
    PolisBaseCluster,
    PolisChoice,
    PolisCluster,
    PolisClustering,
    PolisPerson,
    PolisReport,
    grouping_agreement,
    polis_consensus,
    polis_report,
)

EXACT = {"rel": 1e-11, "abs": 1e-12}
# Polis's file has this one as a 32-bit number.
SHORT = {"rel": 1e-6, "abs": 1e-7}


def test_the_votes_are_complete(old: OldReport) -> None:
    given = np.bincount(old.votes.rows)
    assert dict(zip(old.votes.people, given.tolist(), strict=True)) == old.math["user-vote-counts"]
    assert (len(old.votes.people), old.votes.count) == (407, 33_858)


def test_rows_and_columns_are_polis_s(old: OldReport, again: PolisReport) -> None:
    assert [statement.key for statement in again.statements] == old.statements
    assert {person.key: person.votes for person in again.people} == old.math["user-vote-counts"]
    assert (again.people_dropped, again.statements_dropped) == (0, 0)


def test_who_is_in_is_who_was_in(old: OldReport, again: PolisReport) -> None:
    inside = {person.key for person in again.people if person.inside}
    # One person with a single vote was let in while there were fewer than fifteen, and stayed.
    assert set(map(str, old.math["in-conv"])) - inside == {"4"}
    assert inside - set(map(str, old.math["in-conv"])) == set()
    early = dataclasses.replace(
        again, people=(PolisPerson("4", 0, 0, 1, True, None, None, None, None, None),), groups=()
    )
    later = polis_report(old.votes, moderated_out=old.out, groups=old.groups, previous=early)
    assert {person.key for person in later.people if person.inside} == set(map(str, old.math["in-conv"]))


def signs(old: OldReport, again: PolisReport) -> np.ndarray:
    """Polis's signs are arbitrary: which of our axes (in Polis's sign of votes) are turned round."""
    ours = -np.array([(s.first_axis, s.second_axis) for s in again.statements]).T
    return np.sign(np.sum(ours * np.array(old.math["pca"]["comps"]), axis=1))[:, None]


def test_centre_axes_and_places_of_statements_are_polis_s(old: OldReport, again: PolisReport) -> None:
    pca, turned = old.math["pca"], signs(old, again)
    assert [-statement.mean for statement in again.statements] == pytest.approx(pca["center"], **EXACT)
    axes = -np.array([(s.first_axis, s.second_axis) for s in again.statements]).T
    assert turned * axes == pytest.approx(np.array(pca["comps"]), **EXACT)
    places = np.array([(s.x, s.y) for s in again.statements]).T
    assert turned * places == pytest.approx(np.array(pca["comment-projection"]), **EXACT)
    assert [s.extremity for s in again.statements] == pytest.approx(pca["comment-extremity"], **EXACT)


def test_places_of_people_are_polis_s(old: OldReport, again: PolisReport) -> None:
    """The file has no places of people, but the middles of base clusters: twenty of them hold one person."""
    base = old.math["base-clusters"]
    place = {person.key: (person.x, person.y) for person in again.people}
    middles = np.array([np.mean([place[str(key)] for key in members], axis=0) for members in base["members"]])
    assert sum(len(members) == 1 for members in base["members"]) >= 20
    assert signs(old, again) * middles.T == pytest.approx(np.array([base["x"], base["y"]]), **EXACT)


def test_votes_of_groups_and_group_informed_consensus_are_polis_s(old: OldReport, again: PolisReport) -> None:
    assert {group.key for group in again.groups} == set(old.math["group-votes"])
    for group in again.groups:
        theirs = old.math["group-votes"][group.key]
        assert len(group.people) == theirs["n-members"]
        ours = {entry.statement: {"A": entry.agree, "D": entry.disagree, "S": entry.seen} for entry in group.counts}
        assert ours == theirs["votes"]
    ours = {statement.key: statement.consensus for statement in again.statements}
    assert ours == pytest.approx(old.math["group-aware-consensus"], **EXACT)


def test_priorities_are_polis_s(old: OldReport, again: PolisReport) -> None:
    ours = {statement.key: statement.priority for statement in again.statements}
    assert ours == pytest.approx(old.math["comment-priorities"], **EXACT)
    assert {key for key, priority in ours.items() if priority == 49.0} == old.meta


def test_representative_statements_are_polis_s(old: OldReport, again: PolisReport) -> None:
    for group in again.groups:
        theirs = old.math["repness"][group.key]
        assert [(str(entry["tid"]), entry["repful-for"], entry.get("n-agree")) for entry in theirs] == [
            (entry.statement, entry.side, entry.best_agreed) for entry in group.representative
        ]
        for ours, entry in zip(group.representative, theirs, strict=True):
            assert (ours.hits, ours.trials) == (entry["n-success"], entry["n-trials"])
            assert (ours.share, ours.test, ours.ratio) == pytest.approx(
                (entry["p-success"], entry["p-test"], entry["repness"]), **EXACT
            )
            assert ours.ratio_test == pytest.approx(entry["repness-test"], **SHORT)


def test_consensus_is_polis_s(old: OldReport, again: PolisReport) -> None:
    for ours, side in ((again.consensus_agree, "agree"), (again.consensus_disagree, "disagree")):
        theirs = old.math["consensus"][side]
        assert [(str(entry["tid"]), entry["n-success"], entry["n-trials"]) for entry in theirs] == [
            (entry.statement, entry.hits, entry.trials) for entry in ours
        ]
        found = [(entry["p-success"], entry["p-test"]) for entry in theirs]
        assert np.array([(entry.share, entry.test) for entry in ours]) == pytest.approx(np.array(found), **EXACT)
    both = (again.consensus_agree, again.consensus_disagree)
    assert polis_consensus(old.votes, left_out=old.out | old.meta) == both


def last_update(old: OldReport, again: PolisReport) -> PolisReport:
    """The maths file as the report of the update before."""
    base, turned = old.math["base-clusters"], signs(old, again)[:, 0]
    clusters = tuple(
        PolisBaseCluster(number, x * turned[0], y * turned[1], tuple(map(str, members)))
        for number, x, y, members in zip(base["id"], base["x"], base["y"], base["members"], strict=True)
    )
    groups = tuple(PolisCluster(g["id"], 0.0, 0.0, tuple(g["members"])) for g in old.math["group-clusters"])
    inside = set(map(str, old.math["in-conv"]))
    return dataclasses.replace(
        again,
        people=tuple(dataclasses.replace(person, inside=person.key in inside) for person in again.people),
        base_clusters=clusters,
        clusterings=(PolisClustering(2, 0.0, groups),),
        choice=PolisChoice(best=2, updates=9, shown=2),
    )


def test_one_more_update_leaves_base_clusters_and_groups_of_polis_where_they_are(
    old: OldReport, again: PolisReport
) -> None:
    before = last_update(old, again)
    after = polis_report(old.votes, moderated_out=old.out, meta=old.meta, previous=before)
    assert {cluster.id: set(cluster.people) for cluster in after.base_clusters} == {
        cluster.id: set(cluster.people) for cluster in before.base_clusters
    }
    assert {person.key: person.group for person in after.people if person.group} == old.groups
    middles = {group["id"]: group["center"] for group in old.math["group-clusters"]}
    turned = signs(old, again)[:, 0]
    for group in after.groups:
        assert (group.x, group.y) == pytest.approx(tuple(turned * middles[int(group.key)]), **EXACT)
    assert after.choice == PolisChoice(best=2, updates=10, shown=2)


def test_from_a_cold_start_the_groups_are_nearly_those_of_polis(old: OldReport) -> None:
    cold = polis_report(old.votes, order=old.order, moderated_out=old.out, meta=old.meta)
    found = {person.key: person.group for person in cold.people if person.group}
    assert [len(group.people) for group in cold.groups] == [260, 97]
    assert grouping_agreement(found, old.groups) == pytest.approx(0.94, abs=0.01)


def test_places_and_consensus_do_not_depend_on_the_order_of_people(old: OldReport) -> None:
    """Base clusters do; what comes before them does not."""
    one = polis_report(old.votes, moderated_out=old.out, meta=old.meta)
    other = polis_report(old.votes, order=old.order[::-1], moderated_out=old.out, meta=old.meta)
    places = {person.key: (person.x, person.y) for person in one.people}
    for person in other.people:
        assert (person.x, person.y) == pytest.approx(places[person.key], rel=1e-9, abs=1e-9)
    assert (one.consensus_agree, one.consensus_disagree) == (other.consensus_agree, other.consensus_disagree)
