"""Peers that run beside the engine: red-dwarf as published, and the Polis map as its authors define it.

red-dwarf is imported only where it runs (`pip install red-dwarf`, or `make bench`).
"""

from __future__ import annotations

import time
import warnings
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray
from worlds import World

SEED = 20171114
VOTES_NEEDED = 7


def has_red_dwarf() -> bool:
    """Whether the peer is installed."""
    return find_spec("reddwarf") is not None


@dataclass(frozen=True, slots=True, eq=False)
class Peer:
    """What red-dwarf found: group of each person (-1 none), statements by group-informed consensus (best first), the
    two consensus lists as sets, and the seconds it took."""

    groups: NDArray[np.int64]
    ranked: list[int]
    agreed: frozenset[int]
    rejected: frozenset[int]
    seconds: float

    @property
    def count(self) -> int:
        """How many groups there are."""
        return len(set(self.groups.tolist()) - {-1})


def red_dwarf(world: World, *, out: frozenset[int] = frozenset()) -> Peer:
    """The standard pipeline of red-dwarf 0.4, its own defaults, with a fixed seed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from reddwarf.implementations.polis import run_pipeline  # noqa: PLC0415 -- a peer that may be absent

    rows = [
        {"participant_id": person, "statement_id": statement, "vote": value}
        for person, statement, value in zip(
            world.rows.tolist(), world.columns.tolist(), world.values.tolist(), strict=True
        )
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        start = time.perf_counter()
        found = run_pipeline(votes=rows, random_state=SEED, mod_out_statement_ids=sorted(out))
        took = time.perf_counter() - start
    groups = np.full(world.people, -1)
    for person, group in found.participants_df["cluster_id"].dropna().items():
        groups[person] = int(group)
    scores = found.group_aware_consensus["agree"]
    return Peer(
        groups=groups,
        ranked=sorted(scores, key=lambda statement: (-scores[statement], statement)),
        agreed=frozenset(int(item["tid"]) for item in found.consensus["agree"]),
        rejected=frozenset(int(item["tid"]) for item in found.consensus["disagree"]),
        seconds=took,
    )


@dataclass(frozen=True, slots=True, eq=False)
class PolisMap:
    """Centre (statements), two axes (statements, 2), places (people, 2) and votes a person, by the Polis formulas."""

    centre: NDArray[np.float64]
    axes: NDArray[np.float64]
    places: NDArray[np.float64]
    given: NDArray[np.int64]


def polis_map(world: World) -> PolisMap:
    """The Polis map by full decomposition: exact, where Polis itself stops its power iteration early."""
    cast = np.bincount(world.columns, minlength=world.statements)
    centre = np.bincount(world.columns, weights=world.values, minlength=world.statements) / np.maximum(cast, 1)
    dense = np.zeros((world.people, world.statements))
    dense[world.rows, world.columns] = world.values - centre[world.columns]
    axes = np.linalg.eigh(dense.T @ dense)[1][:, ::-1][:, :2]
    given = np.bincount(world.rows, minlength=world.people)
    places = (dense @ axes) * np.sqrt(world.statements / np.maximum(given, 1))[:, None]
    return PolisMap(centre=centre, axes=axes, places=places, given=given)


def polis_groups(found: PolisMap, *, seed: int = SEED) -> NDArray[np.int64]:
    """Groups on the Polis map: k-means for 2 to 5 groups and the best silhouette (scikit-learn); -1 under 7 votes."""
    from sklearn.cluster import KMeans  # noqa: PLC0415 -- comes with red-dwarf
    from sklearn.metrics import silhouette_score  # noqa: PLC0415

    inside = np.flatnonzero(found.given >= VOTES_NEEDED)
    points = found.places[inside]
    tried = [KMeans(groups, n_init=4, random_state=seed).fit_predict(points) for groups in range(2, 6)]
    groups = np.full(len(found.given), -1)
    groups[inside] = max(tried, key=lambda labels: float(silhouette_score(points, labels)))
    return groups
