"""Who is in, the hundred base clusters, and the groups built of them with Polis's memory of the number of groups."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.polis.clusters import Clusters, cold_start, k_means, silhouette, warm_start
from samskap.engines.opinion_map.polis.matrix import Matrix
from samskap.engines.opinion_map.polis.model import PolisBaseCluster, PolisChoice, PolisCluster, PolisClustering

VOTES_NEEDED = 7
FEWEST_PEOPLE = 15
BASE_CLUSTERS = 100
BASE_ROUNDS = 100
GROUP_ROUNDS = 20
FEWEST_GROUPS = 2
MOST_GROUPS = 5
CLUSTERS_A_GROUP = 12
UPDATES_NEEDED = 4


def who_is_in(matrix: Matrix, *, before: frozenset[str]) -> NDArray[np.bool_]:
    """Whose places make groups: at least 7 votes (or one on each statement, if there are fewer).

    Raw votes count, also on statements that are out. Who was in before stays in; and if fewer than 15 are in, those
    with the most votes fill up to 15, of equals the earlier one.
    """
    inside = matrix.given >= min(VOTES_NEEDED, len(matrix.statements))
    inside |= np.array([key in before for key in matrix.people], dtype=bool)
    lacking = FEWEST_PEOPLE - int(inside.sum())
    if lacking > 0:
        waiting = np.flatnonzero(~inside)
        inside[waiting[np.argsort(-matrix.given[waiting], kind="stable")][:lacking]] = True
    return inside


def base_clusters(
    keys: tuple[str, ...], *, places: NDArray[np.float64], before: tuple[PolisBaseCluster, ...]
) -> tuple[PolisBaseCluster, ...]:
    """At most 100 clusters of the people who are in, by id; started from the last ones where there are some."""
    if not keys:
        return ()
    last = {key: cluster.id for cluster in before for key in cluster.people}
    weights = np.ones(len(keys))
    ids = np.array([last.get(key, -1) for key in keys], dtype=np.int64)
    start = warm_start(places, weights=weights, last=ids, count=BASE_CLUSTERS)
    found = k_means(places, weights=weights, start=start, rounds=BASE_ROUNDS)
    return tuple(
        PolisBaseCluster(
            id=int(found.ids[cluster]),
            x=float(found.centres[cluster, 0]),
            y=float(found.centres[cluster, 1]),
            people=tuple(keys[person] for person in np.flatnonzero(found.member == cluster).tolist()),
        )
        for cluster in np.argsort(found.ids).tolist()
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Base:
    """Ids, centres and sizes of base clusters."""

    ids: NDArray[np.int64]
    centres: NDArray[np.float64]
    sizes: NDArray[np.float64]


def clusterings(
    base: tuple[PolisBaseCluster, ...], *, before: tuple[PolisClustering, ...]
) -> tuple[PolisClustering, ...]:
    """The attempts with 2 groups to min(5, 2 + base clusters / 12); none without base clusters."""
    if not base:
        return ()
    known = _Base(
        ids=np.array([cluster.id for cluster in base], dtype=np.int64),
        centres=np.array([(cluster.x, cluster.y) for cluster in base]),
        sizes=np.array([len(cluster.people) for cluster in base], dtype=np.float64),
    )
    last = {attempt.wanted: attempt.clusters for attempt in before}
    highest = min(MOST_GROUPS, FEWEST_GROUPS + len(base) // CLUSTERS_A_GROUP)
    return tuple(
        _clustering(known, wanted=wanted, before=last.get(wanted, ())) for wanted in range(FEWEST_GROUPS, highest + 1)
    )


def _clustering(base: _Base, *, wanted: int, before: tuple[PolisCluster, ...]) -> PolisClustering:
    start = cold_start(base.centres, count=wanted)
    if before:
        last = {member: cluster.id for cluster in before for member in cluster.base_clusters}
        ids = np.array([last.get(base_id, -1) for base_id in base.ids.tolist()], dtype=np.int64)
        start = warm_start(base.centres, weights=base.sizes, last=ids, count=wanted)
    found = k_means(base.centres, weights=base.sizes, start=start, rounds=GROUP_ROUNDS)
    return PolisClustering(
        wanted=wanted,
        silhouette=silhouette(base.centres, member=found.member),
        clusters=tuple(_cluster(found, base=base, at=at) for at in np.argsort(found.ids).tolist()),
    )


def _cluster(found: Clusters, *, base: _Base, at: int) -> PolisCluster:
    x, y = found.centres[at].tolist()
    return PolisCluster(id=int(found.ids[at]), x=x, y=y, base_clusters=tuple(base.ids[found.member == at].tolist()))


def best_of(attempts: tuple[PolisClustering, ...]) -> PolisClustering:
    """The attempt with the highest silhouette; of equal ones the one with more groups."""
    return max(attempts, key=lambda attempt: (attempt.silhouette, attempt.wanted))


def choose(attempts: tuple[PolisClustering, ...], *, before: PolisChoice | None) -> PolisChoice:
    """The number of groups to show: a new one only after it was the best on four updates in a row.

    Where the number shown so far is no longer tried, the best one is shown (Polis stops there with an error).
    """
    best = best_of(attempts).wanted
    updates = before.updates + 1 if before and before.best == best else 1
    shown = best
    if before and updates < UPDATES_NEEDED and any(attempt.wanted == before.shown for attempt in attempts):
        shown = before.shown
    return PolisChoice(best=best, updates=updates, shown=shown)


def subgroups(group: PolisCluster, *, base: tuple[PolisBaseCluster, ...]) -> tuple[PolisCluster, ...]:
    """The best clusters inside a group, found in the same way, without memory."""
    inner = tuple(cluster for cluster in base if cluster.id in set(group.base_clusters))
    return best_of(clusterings(inner, before=())).clusters if inner else ()
