"""Opinion map: where people stand, which groups there are, and what all of them agree on.

    votes = Votes.from_rows(rows)
    result = map_opinions(votes, strata={"sector": {"p1": "voluntary"}}, seed=20171114)

Described in `docs/methods/opinion-map.md`.
"""

from samskap.engines.opinion_map.changes import Changes, GroundChange, GroupChange, StatementChange, compare
from samskap.engines.opinion_map.factorisation import Factorisation, Prediction, fit_votes
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
    "fit_votes",
    "grouping_agreement",
    "map_opinions",
    "polis_consensus",
    "polis_report",
]
