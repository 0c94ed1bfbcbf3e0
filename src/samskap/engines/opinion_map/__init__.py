"""Opinion map: where people stand, which groups there are, and what all of them agree on.

    votes = Votes.from_rows(rows)
    result = map_opinions(votes, strata={"sector": {"p1": "voluntary"}}, seed=20171114)

Besides the map: `LiveMap` takes one more vote, `fit_votes` predicts votes that were not cast, `Router` says what to ask
next, `find_guards` flags odd votes, `compare` tells what changed between two maps, `polis_report` counts as Polis does.

Described in `docs/methods/opinion-map.md`.
"""

from samskap.engines.opinion_map.changes import Changes, GroundChange, GroupChange, StatementChange, compare
from samskap.engines.opinion_map.factorisation import Factorisation, Prediction, fit_votes
from samskap.engines.opinion_map.guards import Guards, find_guards, ground_changes, without
from samskap.engines.opinion_map.live import LiveMap, LivePlace
from samskap.engines.opinion_map.mapping import ENGINE_VERSION, map_opinions
from samskap.engines.opinion_map.polis import (
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
    grouping_agreement,
    polis_consensus,
    polis_report,
)
from samskap.engines.opinion_map.result import (
    Awaited,
    Claim,
    CommonGround,
    Counts,
    DividedWithin,
    Divisive,
    Group,
    GroupTrial,
    Lacking,
    OpinionMap,
    PersonPlace,
    Representative,
    StatementResult,
    StratumCount,
    StratumName,
    StratumTooFew,
    Structure,
    Uncertain,
)
from samskap.engines.opinion_map.routing import Router
from samskap.engines.opinion_map.votes import Votes, VotesError

__all__ = [
    "ENGINE_VERSION",
    "Awaited",
    "Changes",
    "Claim",
    "CommonGround",
    "Counts",
    "DividedWithin",
    "Divisive",
    "Factorisation",
    "GroundChange",
    "Group",
    "GroupChange",
    "GroupTrial",
    "Guards",
    "Lacking",
    "LiveMap",
    "LivePlace",
    "OpinionMap",
    "PersonPlace",
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
    "Prediction",
    "Representative",
    "Router",
    "StatementChange",
    "StatementResult",
    "StratumCount",
    "StratumName",
    "StratumTooFew",
    "Structure",
    "Uncertain",
    "Votes",
    "VotesError",
    "compare",
    "find_guards",
    "fit_votes",
    "ground_changes",
    "grouping_agreement",
    "map_opinions",
    "polis_consensus",
    "polis_report",
    "without",
]
