"""From votes to a finished map."""

from __future__ import annotations

from collections.abc import Mapping

from samskap.engines.opinion_map.result import OpinionMap
from samskap.engines.opinion_map.votes import Votes

ENGINE_VERSION = "opinion_map 1.0"


def map_opinions(
    votes: Votes,
    *,
    strata: Mapping[str, Mapping[str, str]] | None = None,
    background: frozenset[str] = frozenset(),
    left_out: frozenset[str] = frozenset(),
    seed: int = 20171114,
) -> OpinionMap:
    """The map of these votes.

    `strata` are known divisions of the people, {"sector": {person key: "voluntary"}}. `background` statements are
    counted but shape neither map nor lists; `left_out` statements (rejected ones) are not counted at all.
    """
    raise NotImplementedError
