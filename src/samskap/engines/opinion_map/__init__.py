"""Opinion map: where people stand, which groups there are, and what all of them agree on.

    votes = Votes.from_rows(rows)
    result = map_opinions(votes, strata={"sector": {"p1": "voluntary"}}, seed=20171114)

Described in `docs/methods/opinion-map.md`.
"""

from samskap.engines.opinion_map.mapping import ENGINE_VERSION, map_opinions
from samskap.engines.opinion_map.polis import PolisConsensus, polis_consensus
from samskap.engines.opinion_map.result import (
    CommonGround,
    Counts,
    Divisive,
    Group,
    GroupTrial,
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
    "CommonGround",
    "Counts",
    "Divisive",
    "Group",
    "GroupTrial",
    "OpinionMap",
    "PersonPlace",
    "PolisConsensus",
    "Representative",
    "StatementResult",
    "StratumCount",
    "StratumName",
    "StratumTooFew",
    "Structure",
    "Uncertain",
    "Votes",
    "VotesError",
    "map_opinions",
    "polis_consensus",
]
