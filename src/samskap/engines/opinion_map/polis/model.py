"""What Polis mode hands back: frozen values under our own names.

Sign: everywhere here 1 is agree and -1 disagree, as in Polis's CSV files. Polis's database and its maths file have
it the other way round; each value that is turned there says so. Points (people, statements, clusters) are the same
in both: the mean and the axis change sign together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PolisSide = Literal["agree", "disagree"]
PolisRole = Literal["in", "out", "meta"]


@dataclass(frozen=True, slots=True)
class PolisConsensus:
    """One entry of a consensus list: hits among trials, the smoothed share p and the test value z."""

    statement: str
    hits: int
    trials: int
    share: float
    test: float


@dataclass(frozen=True, slots=True)
class PolisCount:
    """Raw votes of a group on a statement; `seen` are all answers, pass included. 0 of 0 where nobody answered."""

    statement: str
    agree: int
    disagree: int
    seen: int


@dataclass(frozen=True, slots=True)
class PolisRepresentative:
    """A statement that stands for a group, on the side on which the group differs more from the others.

    `hits` of `trials` are on that side, `share` is p and `test` is z of one proportion, `ratio` is R and `ratio_test`
    is w of two. The entry chosen as best agreed has its number of agrees in `best_agreed`, the others None.
    """

    statement: str
    side: PolisSide
    hits: int
    trials: int
    share: float
    test: float
    ratio: float
    ratio_test: float
    best_agreed: int | None


@dataclass(frozen=True, slots=True)
class PolisPerson:
    """One person with at least one vote. `votes` counts all, also on statements that moderation took out.

    `base_cluster` and `group` are None for people who are not in. The three measures (None without a group) are
    1 - distance from the middle of all who are in, 1 - distance from the middle of the group, and how far the person
    lies beyond the middle of the group on the line from the middle of all. Same sign in Polis's file.
    """

    key: str
    x: float
    y: float
    votes: int
    inside: bool
    base_cluster: int | None
    group: str | None
    centricness: float | None
    coreness: float | None
    extremeness: float | None


@dataclass(frozen=True, slots=True)
class PolisStatement:
    """One statement with at least one vote.

    `mean` is the mean vote (0 where moderated out) and `first_axis`, `second_axis` its loadings: Polis's file has all
    three with the other sign. `x`, `y` is where a person would stand who agreed with this statement and nothing else,
    `extremity` the distance from there to the origin; same sign in both. `consensus` is the group-informed consensus,
    `priority` the weight with which it is drawn next. `role` is "out" where moderation took the statement out.
    """

    key: str
    role: PolisRole
    agree: int
    disagree: int
    seen: int
    mean: float
    first_axis: float
    second_axis: float
    x: float
    y: float
    extremity: float
    consensus: float
    priority: float


@dataclass(frozen=True, slots=True)
class PolisBaseCluster:
    """One of at most a hundred small clusters of people; ids stay from update to update and may have gaps."""

    id: int
    x: float
    y: float
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PolisCluster:
    """A cluster of base clusters, by their ids."""

    id: int
    x: float
    y: float
    base_clusters: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PolisClustering:
    """The attempt with `wanted` groups. Fewer come out where clusters ran empty or places coincide."""

    wanted: int
    silhouette: float
    clusters: tuple[PolisCluster, ...]


@dataclass(frozen=True, slots=True)
class PolisChoice:
    """The number of groups: the best now, on how many updates in a row it was, and the one that is shown."""

    best: int
    updates: int
    shown: int


@dataclass(frozen=True, slots=True)
class PolisGroup:
    """A group with its middle, its raw votes on every statement and the statements that stand for it.

    `subgroups` are the same method inside the group; Polis stores them and shows them nowhere.
    """

    key: str
    x: float
    y: float
    people: tuple[str, ...]
    base_clusters: tuple[int, ...]
    counts: tuple[PolisCount, ...]
    representative: tuple[PolisRepresentative, ...]
    subgroups: tuple[PolisCluster, ...]


@dataclass(frozen=True, slots=True)
class PolisReport:
    """What Polis computes from these votes at one update.

    `people` and `statements` stand in Polis's order of rows and columns and hold only those with votes;
    `people_dropped` and `statements_dropped` came after Polis's limits and are counted nowhere. With groups given,
    `base_clusters` hold one person each, `clusterings` is empty and `choice` is None.
    """

    people: tuple[PolisPerson, ...]
    statements: tuple[PolisStatement, ...]
    base_clusters: tuple[PolisBaseCluster, ...]
    clusterings: tuple[PolisClustering, ...]
    choice: PolisChoice | None
    groups: tuple[PolisGroup, ...]
    consensus_agree: tuple[PolisConsensus, ...]
    consensus_disagree: tuple[PolisConsensus, ...]
    people_dropped: int
    statements_dropped: int
