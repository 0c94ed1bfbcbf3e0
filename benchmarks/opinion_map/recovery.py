"""Recovery: planted groups and sectors; are the groups found, and is the true common ground on top?

Worlds of 2,000 people and 400 statements with three groups (55, 30, 15 %) and three sectors (60, 28, 12 %), at 2 to
50 % of all votes cast, then the same with what goes wrong in life: informative missingness (people rather answer what
they feel strongly about), 5 % who answer at random, 5 % who push the same statements, and a strong trait beside the
groups, which takes an axis of its own. Measured over the honest people who can be in a group (7 votes): adjusted Rand
index with the planted groups, or with groups x sectors, whichever is closer. The ceiling is what the true chances
would give: the most likely group of each person. Common ground: of the first ten statements, how many are truly
agreed on (more than half in EVERY group and sector). red-dwarf ranks by group-informed consensus.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np
import peers
import worlds
from measuring import Claim, Sheet, at_least, publish, run
from numpy.typing import NDArray
from stability import LETTERS
from worlds import Plan, World

from samskap.engines.opinion_map import OpinionMap, map_opinions

AGREED = 0.5
FIRST = 10
OURS = ("groups", "ARI", "p@10", "s", "listed", "of them true")
OF_CEILING = 0.9
"""Part of what is possible that must be reached where the votes carry it."""
PRECISION = 0.9
PEER_DENSITIES = (0.02, 0.05, 0.10, 0.20, 0.50)
BASE = Plan()
TRAIT = "20 %, a trait beside"
CASES = {
    **{f"{share:.0%} of votes": replace(BASE, votes_each=round(share * BASE.statements)) for share in PEER_DENSITIES},
    "10 %, two equal groups": replace(BASE, votes_each=40, groups=(0.5, 0.5)),
    "10 %, five groups": replace(BASE, votes_each=40, groups=(0.3, 0.25, 0.2, 0.15, 0.1), strength=2.2),
    "10 %, one small group": replace(BASE, votes_each=40, groups=(0.65, 0.29, 0.06)),
    "10 %, informative": replace(BASE, votes_each=40, leaning=0.6),
    "10 %, 5 % careless": replace(BASE, votes_each=40, careless=0.05),
    "10 %, 5 % coordinated": replace(BASE, votes_each=40, coordinated=0.05),
    "10 %, all three": replace(BASE, votes_each=40, leaning=0.6, careless=0.05, coordinated=0.05),
    TRAIT: replace(BASE, votes_each=80, own=0.6),
}


@dataclass(frozen=True, slots=True)
class Score:
    """How one method did on one world."""

    groups: int
    rand: float
    precision: float
    seconds: float


def main() -> int:
    """Every world, ours and the peer's."""
    rows: list[list[object]] = []
    ours, theirs, claims = [], [], []
    for name, plan in CASES.items():
        world = worlds.planted(plan)
        ceiling = _rand(_likeliest(world), world)
        start = time.perf_counter()
        found = map_opinions(worlds.votes_of(world), strata=worlds.sectors_of(world))
        mine = _scored(world, _groups(found, world), ranked=_ranked(found), seconds=time.perf_counter() - start)
        listed = [ground.statement for ground in found.common_ground if ground.side == "agree"]
        ours.append(mine)
        rows.append([name, ceiling, *_cells(mine), len(listed), _share_true(world, listed), *_peer(world, theirs)])
        if ceiling >= OF_CEILING and name != TRAIT:
            claims.append(at_least(f"{name}: adjusted Rand index", mine.rand, OF_CEILING * ceiling))
    claims += _claims(ours, theirs)
    columns = ("world", "ceiling", *OURS, *(f"rd {name}" for name in OURS[:4]))
    return publish("recovery", claims=claims, tables=[Sheet("Planted groups and sectors", columns, rows)])


def _claims(ours: list[Score], theirs: list[Score]) -> list[Claim]:
    mean = float(np.mean([score.precision for score in ours]))
    claims = [at_least("Precision at 10 of true common ground, mean over the worlds", mean, PRECISION)]
    if theirs:
        peer = float(np.mean([score.precision for score in theirs]))
        claims.append(at_least("The same, against that of red-dwarf", mean, peer))
        rand = float(np.mean([score.rand for score in theirs]))
        claims.append(
            at_least("Mean adjusted Rand index, against red-dwarf", float(np.mean([one.rand for one in ours])), rand)
        )
    return claims


def _cells(score: Score) -> list[object]:
    return [score.groups, score.rand, score.precision, score.seconds]


def _peer(world: World, scores: list[Score]) -> list[object]:
    if not peers.has_red_dwarf():
        return [None] * 4
    found = peers.red_dwarf(world)
    ranked = [f"s{statement:06d}" for statement in found.ranked]
    scores.append(_scored(world, found.groups, ranked=ranked, seconds=found.seconds))
    return _cells(scores[-1])


def _groups(found: OpinionMap, world: World) -> NDArray[np.int64]:
    letter = {person.key: person.group for person in found.people}
    known = [letter.get(key) for key in worlds.keys("p", world.people)]
    return np.array([LETTERS.index(group) if group else -1 for group in known])


def _ranked(found: OpinionMap) -> list[str]:
    """The engine's list of common ground, then those that every stratum has answered, by their weakest bound."""

    def rank(place: int) -> tuple[int, float, int]:
        statement = found.statements[place]
        weakest = min([statement.lower_agree, *(part.lower_agree for part in statement.by_stratum)])
        return len(statement.too_few), -weakest, place

    listed = [ground.statement for ground in found.common_ground if ground.side == "agree"]
    order = sorted(range(len(found.statements)), key=rank)
    others = [found.statements[place].key for place in order]
    return [*listed, *(key for key in others if key not in set(listed))]


def _scored(world: World, groups: NDArray[np.int64], *, ranked: list[str], seconds: float) -> Score:
    count = max(1, len(set(groups.tolist()) - {-1}))
    return Score(count, _rand(groups, world), _share_true(world, ranked[:FIRST]) or 0.0, seconds)


def _share_true(world: World, listed: list[str]) -> float | None:
    assert world.truth is not None
    if not listed:
        return None
    return float(np.mean([world.truth.least_agree[int(key[1:])] > AGREED for key in listed]))


def _rand(groups: NDArray[np.int64], world: World) -> float:
    """Agreement with the planted groups, or with groups x sectors if that is closer: both are planted."""
    assert world.truth is not None
    able = np.bincount(world.rows, minlength=world.people) >= peers.VOTES_NEEDED
    honest = able & (world.truth.group >= 0)
    cells = world.truth.group * len(worlds.SECTORS) + world.truth.sector
    return max(worlds.adjusted_rand(groups[honest], truth[honest]) for truth in (world.truth.group, cells))


def _likeliest(world: World) -> NDArray[np.int64]:
    """The most likely group of each person given the true chances (their sector is known, passes tell nothing)."""
    assert world.truth is not None
    cast = world.values != 0
    rows, columns = world.rows[cast], world.columns[cast]
    agree = world.values[cast] == 1
    share = world.truth.chances / (1.0 - worlds.PASS)
    told = []
    for group in range(share.shape[0]):
        chance = share[group, world.truth.sector[rows], columns]
        told.append(np.bincount(rows, weights=np.log(np.where(agree, chance, 1.0 - chance)), minlength=world.people))
    sizes = np.bincount(world.truth.group[world.truth.group >= 0], minlength=len(told))
    return np.argmax(np.stack(told) + np.log(np.maximum(sizes, 1))[:, None], axis=0)


if __name__ == "__main__":
    run(__file__, whole=main)
