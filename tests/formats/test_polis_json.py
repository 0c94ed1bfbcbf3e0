"""Polis's numbers in the form of its own maths file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.engines.opinion_map.polis.old_report import OldReport, read_old_report
from tests.engines.opinion_map.worlds import planted

from samskap.engines.opinion_map import Votes, polis_report
from samskap.formats.polis_json import report_document

ROWS = [("10", "1", 1), ("10", "2", -1), ("9", "1", 1), ("9", "x", 0), ("b", "1", -1), ("b", "2", 1), ("b", "x", 1)]
ALWAYS = {
    "base-clusters",
    "comment-priorities",
    "consensus",
    "group-aware-consensus",
    "group-clusters",
    "group-votes",
    "in-conv",
    "meta-tids",
    "mod-out",
    "n",
    "n-cmts",
    "pca",
    "repness",
    "tids",
    "user-vote-counts",
}


def test_keys_that_are_numbers_are_written_as_numbers_and_counts_belong_to_their_clusters() -> None:
    votes = Votes.from_rows(ROWS)
    document = report_document(polis_report(votes, moderated_out=frozenset({"x"})), votes=votes)
    assert set(document) == ALWAYS | {"votes-base"}
    assert (document["n"], document["n-cmts"], document["tids"]) == (3, 3, [1, 2, "x"])
    assert (document["in-conv"], document["user-vote-counts"]) == ([9, 10, "b"], {"9": 2, "10": 2, "b": 3})
    assert (document["mod-out"], document["meta-tids"]) == (["x"], [])
    assert document["base-clusters"]["members"] == [[9], [10], ["b"]]
    assert document["votes-base"] == {
        "1": {"A": [1, 1, 0], "D": [0, 0, 1], "S": [1, 1, 1]},
        "2": {"A": [0, 0, 1], "D": [0, 1, 0], "S": [0, 1, 1]},
        "x": {"A": [0, 0, 1], "D": [0, 0, 0], "S": [1, 0, 1]},
    }


def test_only_mean_and_axes_change_their_sign() -> None:
    votes = Votes.from_rows(ROWS)
    report = polis_report(votes)
    pca = report_document(report, votes=votes)["pca"]
    assert pca["center"] == pytest.approx([-1 / 3, 0.0, -1 / 2])
    assert pca["comps"][0] == [-statement.first_axis for statement in report.statements]
    # In the sign of the file: sqrt(statements) (-1 - centre) axis.
    again = [3**0.5 * (-1 - mean) * axis for mean, axis in zip(pca["center"], pca["comps"][0], strict=True)]
    assert pca["comment-projection"][0] == pytest.approx(again)


def test_votes_of_single_people_are_not_written_where_groups_were_given() -> None:
    votes = Votes.from_rows(ROWS)
    groups = {"9": "B", "b": "A"}
    document = report_document(polis_report(votes, groups=groups), votes=votes)
    assert set(document) == ALWAYS
    assert [(group["id"], group["members"]) for group in document["group-clusters"]] == [("A", [2]), ("B", [0])]
    assert document["base-clusters"]["members"] == [[9], ["b"]]


def test_every_field_has_the_type_of_polis_s_own_file_and_the_numbers_agree(shared_data: Path) -> None:
    old: OldReport = read_old_report(shared_data / "opinions" / "san-juan-land-bank")
    report = polis_report(old.votes, moderated_out=old.out, meta=old.meta)
    ours = json.loads(json.dumps(report_document(report, votes=old.votes), allow_nan=False))
    assert old.math.keys() - ours.keys() == {"mod-in", "lastModTimestamp", "lastVoteTimestamp", "math_tick"}
    for key, value in ours.items():
        assert shape(value) == shape(old.math[key]), key
    for key in ("n", "n-cmts", "tids", "user-vote-counts"):
        assert ours[key] == old.math[key], key
    for key in ("mod-out", "meta-tids"):
        assert set(ours[key]) == set(old.math[key]) & set(old.math["tids"]), key
    assert ours["pca"]["center"] == pytest.approx(old.math["pca"]["center"], abs=1e-12)


def shape(value: object) -> object:
    """The fields and types of a document, lists and tables by number standing for their first entry."""
    if isinstance(value, dict):
        if all(key.isdecimal() for key in value):
            return {"number": shape(next(iter(value.values())))}
        return {key: shape(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return type(value).__name__


def test_planted_groups_are_in_the_document() -> None:
    rows, member = planted(2, people=120, statements=20, density=0.9)
    votes = Votes.from_rows(rows)
    document = report_document(polis_report(votes), votes=votes)
    sizes = sorted(group["n-members"] for group in document["group-votes"].values())
    expected = sorted([sum(member.values()), len(member) - sum(member.values())])
    assert [abs(one - other) <= 12 for one, other in zip(sizes, expected, strict=True)] == [True, True]
