"""Polis's numbers as a JSON document in the form of Polis's own maths file.

The keys, their meaning and their signs are those of the file that Polis's maths interface answers (`math/pca2`), so
that an old report and a new computation can be laid side by side:

    n, n-cmts, tids           people with votes, statements with votes, the statements in order of columns
    user-vote-counts          votes of each person, also on statements that moderation took out
    in-conv                   the people who are in
    pca                       center and comps with agree as -1; comment-projection, comment-extremity
    base-clusters             id, members, x, y, count, each a list over the clusters
    group-clusters            id, center and members (ids of base clusters) of each group
    group-votes               n-members of each group, and A agrees, D disagrees, S answers on each statement
    votes-base                A, D, S on each statement as lists over the base clusters; not where groups were given
    repness, consensus        the statements that stand for each group, and those of everybody
    group-aware-consensus     group-informed consensus of each statement
    comment-priorities        weight of each statement when the next one is drawn
    mod-out, meta-tids        statements that are out, and those of them that are meta

Counts say agree and disagree in words, so that they have no sign. People and statements whose keys are whole numbers
are written as numbers, others as texts. Not in it are `mod-in` (a computation knows no more than what is out), times
and ticks of updates, and subgroups. Where groups were given, each base cluster is one person, and `votes-base`,
which would be the votes of every person, is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from samskap.engines.opinion_map import PolisConsensus, PolisReport, PolisRepresentative, Votes

__all__ = ["report_document"]


def report_document(report: PolisReport, *, votes: Votes) -> dict[str, Any]:
    """The document of a report, ready for `json.dumps`; `votes` are those it was computed from."""
    statements = report.statements
    document = {
        "n": len(report.people),
        "n-cmts": len(statements),
        "tids": [_id(statement.key) for statement in statements],
        "user-vote-counts": {person.key: person.votes for person in report.people},
        "in-conv": [_id(person.key) for person in report.people if person.inside],
        "pca": _pca(report),
        "base-clusters": _base_clusters(report),
        "group-clusters": [
            {"id": _id(group.key), "center": [group.x, group.y], "members": list(group.base_clusters)}
            for group in report.groups
        ],
        "group-votes": _group_votes(report),
        "repness": {group.key: [_representative(entry) for entry in group.representative] for group in report.groups},
        "consensus": {
            "agree": [_consensus(entry) for entry in report.consensus_agree],
            "disagree": [_consensus(entry) for entry in report.consensus_disagree],
        },
        "group-aware-consensus": {statement.key: statement.consensus for statement in statements},
        "comment-priorities": {statement.key: statement.priority for statement in statements},
        "mod-out": [_id(statement.key) for statement in statements if statement.role != "in"],
        "meta-tids": [_id(statement.key) for statement in statements if statement.role == "meta"],
    }
    return document | ({"votes-base": _base_votes(report, votes=votes)} if report.choice else {})


def _id(key: str) -> int | str:
    # Only keys that come back the same: "007" and "٧" stay texts.
    return int(key) if key.isascii() and key.isdecimal() and str(int(key)) == key else key


def _pca(report: PolisReport) -> dict[str, Any]:
    statements = report.statements
    # 0.0 - x and not -x, so that no -0.0 is written.
    return {
        "center": [0.0 - statement.mean for statement in statements],
        "comps": [
            [0.0 - statement.first_axis for statement in statements],
            [0.0 - statement.second_axis for statement in statements],
        ],
        "comment-projection": [[statement.x for statement in statements], [statement.y for statement in statements]],
        "comment-extremity": [statement.extremity for statement in statements],
    }


def _base_clusters(report: PolisReport) -> dict[str, Any]:
    clusters = report.base_clusters
    return {
        "id": [cluster.id for cluster in clusters],
        "members": [[_id(key) for key in cluster.people] for cluster in clusters],
        "x": [cluster.x for cluster in clusters],
        "y": [cluster.y for cluster in clusters],
        "count": [len(cluster.people) for cluster in clusters],
    }


def _group_votes(report: PolisReport) -> dict[str, Any]:
    return {
        group.key: {
            "id": _id(group.key),
            "n-members": len(group.people),
            "votes": {
                entry.statement: {"A": entry.agree, "D": entry.disagree, "S": entry.seen} for entry in group.counts
            },
        }
        for group in report.groups
    }


def _base_votes(report: PolisReport, *, votes: Votes) -> dict[str, dict[str, list[int]]]:
    size = len(report.base_clusters)
    at: Mapping[str, int] = {key: n for n, cluster in enumerate(report.base_clusters) for key in cluster.people}
    counts = {statement.key: {side: [0] * size for side in "ADS"} for statement in report.statements}
    rows = zip(votes.rows.tolist(), votes.columns.tolist(), votes.values.tolist(), strict=True)
    for row, column, value in rows:
        cluster, count = at.get(votes.people[row]), counts.get(votes.statements[column])
        if cluster is None or count is None:
            continue
        count["S"][cluster] += 1
        if value:
            count["A" if value > 0 else "D"][cluster] += 1
    return counts


def _representative(entry: PolisRepresentative) -> dict[str, Any]:
    document = {
        "tid": _id(entry.statement),
        "n-success": entry.hits,
        "n-trials": entry.trials,
        "p-success": entry.share,
        "p-test": entry.test,
        "repness": entry.ratio,
        "repness-test": entry.ratio_test,
        "repful-for": entry.side,
    }
    if entry.best_agreed is not None:
        document |= {"n-agree": entry.best_agreed, "best-agree": True}
    return document


def _consensus(entry: PolisConsensus) -> dict[str, Any]:
    return {
        "tid": _id(entry.statement),
        "n-success": entry.hits,
        "n-trials": entry.trials,
        "p-success": entry.share,
        "p-test": entry.test,
    }
