"""Everything Polis computes at one update, put together; and its consensus lists alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.polis import counts, grouping
from samskap.engines.opinion_map.polis.counts import Answers
from samskap.engines.opinion_map.polis.matrix import Matrix, by_number, matrix_of
from samskap.engines.opinion_map.polis.model import (
    PolisBaseCluster,
    PolisChoice,
    PolisCluster,
    PolisClustering,
    PolisConsensus,
    PolisCount,
    PolisGroup,
    PolisPerson,
    PolisReport,
    PolisStatement,
)
from samskap.engines.opinion_map.polis.pca import Pca, pca
from samskap.engines.opinion_map.polis.people import measures
from samskap.engines.opinion_map.polis.priorities import priorities
from samskap.engines.opinion_map.polis.selection import consensus, representative
from samskap.engines.opinion_map.votes import Votes, VotesError


def polis_report(
    votes: Votes,
    *,
    order: Sequence[str] | None = None,
    statement_order: Sequence[str] | None = None,
    moderated_out: frozenset[str] = frozenset(),
    meta: frozenset[str] = frozenset(),
    groups: Mapping[str, str] | None = None,
    previous: PolisReport | None = None,
) -> PolisReport:
    """What Polis would report on these votes. Nothing depends on chance.

    `order` and `statement_order` are the orders of first votes, which decide Polis's base clusters and best agreed
    statements; whom they leave out comes after, by number, then by name. `moderated_out` and `meta` statements are 0
    for everyone on the map and in no list, but votes on them are counted. `groups` gives the group of each person, to
    compare with an old report: nothing is clustered then. `previous` is the report of the update before, which is
    continued; without it clustering starts cold, and priorities use the present counts.
    Raises VotesError for people and statements in the orders or the groups that the votes do not know.
    """
    matrix = matrix_of(votes, order=order, statement_order=statement_order, moderated_out=moderated_out, meta=meta)
    inside = grouping.who_is_in(matrix, before=_inside(previous))
    axes = pca(matrix)
    if groups is None:
        found = _clustered(matrix, places=axes.people, inside=inside, previous=previous)
    else:
        _check_known(votes, groups)
        found = _given(matrix, places=axes.people, groups=groups)
    answers = _answers(matrix, member=found.member, groups=len(found.groups))
    everyone = _answers(matrix, member=np.zeros(len(matrix.people), dtype=np.int64), groups=1)
    agreed, rejected = _consensus(everyone, statements=matrix.statements, out=matrix.out)
    return PolisReport(
        people=_people(matrix, places=axes.people, inside=inside, found=found),
        statements=_statements(matrix, axes=axes, answers=answers, everyone=everyone, previous=previous),
        base_clusters=found.base,
        clusterings=found.attempts,
        choice=found.choice,
        groups=_groups(matrix, answers=answers, found=found),
        consensus_agree=agreed,
        consensus_disagree=rejected,
        people_dropped=matrix.people_dropped,
        statements_dropped=matrix.statements_dropped,
    )


def polis_consensus(
    votes: Votes, *, left_out: frozenset[str] = frozenset()
) -> tuple[tuple[PolisConsensus, ...], tuple[PolisConsensus, ...]]:
    """The agree list and the disagree list, best first; `left_out` are moderated and meta statements."""
    everyone = counts.count_answers(
        np.zeros_like(votes.rows),
        votes.columns,
        votes.values.astype(np.float64),
        groups=1,
        statements=len(votes.statements),
    )
    out = np.array([key in left_out for key in votes.statements], dtype=bool)
    return _consensus(everyone, statements=votes.statements, out=out)


def _consensus(
    everyone: Answers, *, statements: tuple[str, ...], out: NDArray[np.bool_]
) -> tuple[tuple[PolisConsensus, ...], tuple[PolisConsensus, ...]]:
    return (
        consensus(everyone.agree[0], everyone.seen[0], statements=statements, out=out),
        consensus(everyone.disagree[0], everyone.seen[0], statements=statements, out=out),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """Groups with their names, and for each row of the matrix its base cluster and its group (-1 for none)."""

    base: tuple[PolisBaseCluster, ...]
    attempts: tuple[PolisClustering, ...]
    choice: PolisChoice | None
    names: tuple[str, ...]
    groups: tuple[PolisCluster, ...]
    base_of: NDArray[np.int64]
    member: NDArray[np.int64]


def _inside(previous: PolisReport | None) -> frozenset[str]:
    return frozenset(person.key for person in previous.people if person.inside) if previous else frozenset()


def _check_known(votes: Votes, groups: Mapping[str, str]) -> None:
    strangers = sorted(groups.keys() - set(votes.people))
    if strangers:
        raise VotesError(
            f"There is a group for the person {strangers[0]!r}, whom the votes do not know.",
            code="polis_unknown",
            cure="Give groups for people in the votes only.",
        )


def _clustered(
    matrix: Matrix, *, places: NDArray[np.float64], inside: NDArray[np.bool_], previous: PolisReport | None
) -> _Found:
    keys = tuple(matrix.people[row] for row in np.flatnonzero(inside).tolist())
    base = grouping.base_clusters(keys, places=places[inside], before=previous.base_clusters if previous else ())
    attempts = grouping.clusterings(base, before=previous.clusterings if previous else ())
    if not attempts:
        return _found(matrix, base=base, attempts=(), choice=None, names=(), groups=())
    choice = grouping.choose(attempts, before=previous.choice if previous else None)
    shown = next(attempt for attempt in attempts if attempt.wanted == choice.shown).clusters
    names = tuple(str(cluster.id) for cluster in shown)
    return _found(matrix, base=base, attempts=attempts, choice=choice, names=names, groups=shown)


def _given(matrix: Matrix, *, places: NDArray[np.float64], groups: Mapping[str, str]) -> _Found:
    rows = [row for row, key in enumerate(matrix.people) if key in groups]
    base = tuple(
        PolisBaseCluster(id=row, x=float(places[row, 0]), y=float(places[row, 1]), people=(matrix.people[row],))
        for row in rows
    )
    names = tuple(by_number({groups[matrix.people[row]] for row in rows}))
    clusters = []
    for number, name in enumerate(names):
        members = [row for row in rows if groups[matrix.people[row]] == name]
        x, y = places[members].mean(axis=0).tolist()
        clusters.append(PolisCluster(id=number, x=x, y=y, base_clusters=tuple(members)))
    return _found(matrix, base=base, attempts=(), choice=None, names=names, groups=tuple(clusters))


def _found(
    matrix: Matrix,
    *,
    base: tuple[PolisBaseCluster, ...],
    attempts: tuple[PolisClustering, ...],
    choice: PolisChoice | None,
    names: tuple[str, ...],
    groups: tuple[PolisCluster, ...],
) -> _Found:
    base_of_key = {key: cluster.id for cluster in base for key in cluster.people}
    group_of_base = {base_id: number for number, group in enumerate(groups) for base_id in group.base_clusters}
    base_of = np.array([base_of_key.get(key, -1) for key in matrix.people], dtype=np.int64)
    member = np.array([group_of_base.get(base_id, -1) for base_id in base_of.tolist()], dtype=np.int64)
    return _Found(base, attempts, choice, names, groups, base_of, member)


def _answers(matrix: Matrix, *, member: NDArray[np.int64], groups: int) -> Answers:
    return counts.count_answers(
        member[matrix.rows], matrix.columns, matrix.values, groups=groups, statements=len(matrix.statements)
    )


def _people(
    matrix: Matrix, *, places: NDArray[np.float64], inside: NDArray[np.bool_], found: _Found
) -> tuple[PolisPerson, ...]:
    told = measures(places, member=found.member, inside=inside)
    columns = (told.centricness.tolist(), told.coreness.tolist(), told.extremeness.tolist())
    people = []
    for row, (key, (x, y)) in enumerate(zip(matrix.people, places.tolist(), strict=True)):
        base, group = int(found.base_of[row]), int(found.member[row])
        centricness, coreness, extremeness = (part[row] if group >= 0 else None for part in columns)
        people.append(
            PolisPerson(
                key=key,
                x=x,
                y=y,
                votes=int(matrix.given[row]),
                inside=bool(inside[row]),
                base_cluster=base if base >= 0 else None,
                group=found.names[group] if group >= 0 else None,
                centricness=centricness,
                coreness=coreness,
                extremeness=extremeness,
            )
        )
    return tuple(people)


def _statements(
    matrix: Matrix, *, axes: Pca, answers: Answers, everyone: Answers, previous: PolisReport | None
) -> tuple[PolisStatement, ...]:
    extremity = axes.extremity
    before = _counts_before(matrix, previous) if previous else answers
    priority = priorities(before, extremity=extremity, meta=matrix.meta)
    agreed = counts.group_consensus(answers)
    return tuple(
        PolisStatement(
            key=key,
            role="meta" if matrix.meta[at] else "out" if matrix.out[at] else "in",
            agree=int(everyone.agree[0, at]),
            disagree=int(everyone.disagree[0, at]),
            seen=int(everyone.seen[0, at]),
            mean=float(axes.means[at]),
            first_axis=float(axes.axes[0, at]),
            second_axis=float(axes.axes[1, at]),
            x=float(axes.statements[at, 0]),
            y=float(axes.statements[at, 1]),
            extremity=float(extremity[at]),
            consensus=float(agreed[at]),
            priority=float(priority[at]),
        )
        for at, key in enumerate(matrix.statements)
    )


def _counts_before(matrix: Matrix, previous: PolisReport) -> Answers:
    """The counts of the groups of the last update on the present statements, 0 on new ones."""
    place = {key: at for at, key in enumerate(matrix.statements)}
    sums = np.zeros((3, 1, len(place)), dtype=np.int64)
    for group in previous.groups:
        for entry in group.counts:
            if entry.statement in place:
                sums[:, 0, place[entry.statement]] += (entry.agree, entry.disagree, entry.seen)
    return Answers(*sums)


def _groups(matrix: Matrix, *, answers: Answers, found: _Found) -> tuple[PolisGroup, ...]:
    chosen = representative(answers, statements=matrix.statements, out=matrix.out)
    groups = []
    for number, cluster in enumerate(found.groups):
        columns = [part[number].tolist() for part in (answers.agree, answers.disagree, answers.seen)]
        groups.append(
            PolisGroup(
                key=found.names[number],
                x=cluster.x,
                y=cluster.y,
                people=tuple(matrix.people[row] for row in np.flatnonzero(found.member == number).tolist()),
                base_clusters=cluster.base_clusters,
                counts=tuple(map(PolisCount, matrix.statements, *columns)),
                representative=chosen[number],
                subgroups=grouping.subgroups(cluster, base=found.base) if found.attempts else (),
            )
        )
    return tuple(groups)
