"""Polis mode: what Polis computes from the same votes, so that a map can be compared with an old Polis report.

Reproduced are moderation and meta statements, who is in, the two axes and the places of people and statements, base
clusters, groups and the slow change of their number, representative statements, consensus, group-informed consensus,
priorities and the measures of people. Not reproduced is what is left to chance there: the random start and the
sampled axes of large conversations (`pca`), ties by hash order and cancelled distances (`clusters`). Our own map is
`map_opinions`; where it differs and why is told in `docs/methods/opinion-map.md`.
"""

from samskap.engines.opinion_map.polis.agreement import grouping_agreement
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
    PolisRepresentative,
    PolisStatement,
)
from samskap.engines.opinion_map.polis.report import polis_consensus, polis_report

__all__ = [
    "PolisBaseCluster",
    "PolisChoice",
    "PolisCluster",
    "PolisClustering",
    "PolisConsensus",
    "PolisCount",
    "PolisGroup",
    "PolisPerson",
    "PolisReport",
    "PolisRepresentative",
    "PolisStatement",
    "grouping_agreement",
    "polis_consensus",
    "polis_report",
]
