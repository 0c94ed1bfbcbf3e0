"""No structure, no groups: votes shuffled within each statement must give "no groups"; real votes keep theirs.

Shuffling leaves each statement its answers and each person the statements they saw, and takes every pattern away. The
demand: in at least 95 % of such draws the engine says that there are no groups. red-dwarf and Polis start at two
groups and cannot say so; red-dwarf runs on the first draws as a check of that.
"""

from __future__ import annotations

import time

import peers
import worlds
from measuring import Claim, Sheet, at_least, publish, run, skip

from samskap.engines.opinion_map import map_opinions

DRAWS = {"brexit-consensus": 100, "san-juan-land-bank": 100, "austria-energie": 30}
DEMANDED = 0.95
PEER_DRAWS = 3


def main() -> int:
    """Every set: the real votes, then shuffled ones."""
    names = worlds.real_names()
    if not names:
        skip("no_structure", reason="There is no ../shared/data/opinions beside the repository.")
    rows, claims = [], []
    for name in names:
        row, claim = _one_set(name)
        rows.append(row)
        claims.append(claim)
    columns = (
        "set",
        "real: groups",
        "real: reason",
        "real: stability",
        "draws",
        "no groups",
        "reasons",
        "red-dwarf",
        "s",
    )
    return publish("no_structure", claims=claims, tables=[Sheet("Shuffled votes", columns, rows)])


def _one_set(name: str) -> tuple[list[object], Claim]:
    start = time.perf_counter()
    world = worlds.real(name)
    known = map_opinions(worlds.votes_of(world)).structure
    reasons: dict[str, int] = {}
    without = 0
    for draw in range(DRAWS[name]):
        found = map_opinions(worlds.votes_of(worlds.shuffled(world, seed=draw)), seed=draw + 1).structure
        reasons[found.reason] = reasons.get(found.reason, 0) + 1
        without += not found.has_groups
    share = without / DRAWS[name]
    told = ", ".join(f"{reason} {count}" for reason, count in sorted(reasons.items()))
    row = [name, known.groups, known.reason, known.stability, DRAWS[name], share, told, _peer(world)]
    return [*row, time.perf_counter() - start], at_least(f"{name}: shuffled sets without groups", share, DEMANDED)


def _peer(world: worlds.World) -> str | None:
    if not peers.has_red_dwarf():
        return None
    counts = [peers.red_dwarf(worlds.shuffled(world, seed=draw)).count for draw in range(PEER_DRAWS)]
    return " ".join(str(count) for count in counts) + " groups"


if __name__ == "__main__":
    run(__file__, whole=main)
