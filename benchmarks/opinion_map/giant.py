"""Giant: the largest conversations known, as a whole map, and one more vote.

33,422 people and 783 statements with 60 votes each (2.0 M votes) in the mix of the published generator (55 % agree,
30 % disagree, 15 % pass, seed 42), which has no pattern at all; and the same shape with three planted groups and
three sectors. Measured: the whole map from arrays (median of five after one warm-up, with all threads and with
one), the first call in a process of its own with its peak memory, and one more vote kept up live. red-dwarf gets the
same votes in the same run. 18,082 people and 9,030 statements must fit in 2 GB.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import peers
import worlds
from measuring import Claim, Sheet, at_least, at_most, fresh, median_seconds, publish, run, seconds

from samskap.engines.opinion_map import LiveMap, map_opinions

COLD_S, COLD_MB, FIRST_S, VOTE_MS, TIMES_FASTER, WIDE_MB = 0.5, 300.0, 3.0, 5.0, 50.0, 2_000.0
ONE_MORE = 300
COLD = "whole map, median of 5 after one, s"
ARRAYS = "votes from arrays, s"
FIRST = "first whole map of a process, s"
PEAK = "peak memory of that process, MB"
MORE = "one more vote, p99, ms"
RATIO = "times faster than red-dwarf (map and arrays)"


def main() -> int:
    """All shapes, each in processes of its own."""
    people, statements, votes_each = worlds.GIANT
    made = {
        "no pattern": worlds.random_votes(people, statements, votes_each=votes_each),
        "planted": worlds.planted(worlds.Plan(people=people, statements=statements, votes_each=votes_each)),
    }
    figures: dict[str, dict[str, float]] = {}
    claims: list[Claim] = []
    with tempfile.TemporaryDirectory() as folder:
        for name, world in made.items():
            path = Path(folder) / "giant.npz"
            worlds.save(world, path)
            figures[name] = _measured(str(path))
            claims += _claims(name, figures[name])
        people, statements, votes_each = worlds.WIDE
        path = Path(folder) / "wide.npz"
        worlds.save(worlds.random_votes(people, statements, votes_each=votes_each), path)
        name = f"{people:,} x {statements:,}"
        figures[name] = _first(str(path))
        claims.append(at_most(f"{name}: peak memory of the process", figures[name][PEAK], WIDE_MB, unit="MB"))
    names = list(dict.fromkeys(figure for told in figures.values() for figure in told))
    rows = [[figure, *(told.get(figure) for told in figures.values())] for figure in names]
    return publish("giant", claims=claims, tables=[Sheet("2.0 M votes", ("figure", *figures), rows)])


def _measured(path: str) -> dict[str, float]:
    cold = fresh(__file__, "cold", path=path).answer
    alone = fresh(__file__, "cold", threads=1, path=path).answer
    more = fresh(__file__, "one_more", threads=1, path=path).answer
    told = {
        "groups found": cold["groups"],
        COLD: cold["map_s"],
        "the same with one BLAS and numba thread, s": alone["map_s"],
        ARRAYS: cold["arrays_s"],
        **_first(path),
        "one more vote, p50, ms": more["p50_ms"],
        MORE: more["p99_ms"],
        "one more vote, p50 of processor time, ms": more["busy_p50_ms"],
    }
    if peers.has_red_dwarf():
        theirs = fresh(__file__, "peer", path=path)
        told["red-dwarf, s"] = theirs.answer["seconds"]
        told["red-dwarf, peak memory, MB"] = theirs.peak_mb
        told["red-dwarf, groups found"] = theirs.answer["groups"]
        told[RATIO] = theirs.answer["seconds"] / (cold["map_s"] + cold["arrays_s"])
    return told


def _first(path: str) -> dict[str, float]:
    first = fresh(__file__, "first", path=path)
    return {FIRST: first.answer["map_s"], "the whole process of the first call, s": first.seconds, PEAK: first.peak_mb}


def _claims(name: str, told: dict[str, float]) -> list[Claim]:
    claims = [
        at_most(f"{name}: cold whole map, median of 5", told[COLD], COLD_S, unit="s"),
        at_most(f"{name}: peak memory of the process", told[PEAK], COLD_MB, unit="MB"),
        at_most(f"{name}: first call in a fresh process", told[FIRST], FIRST_S, unit="s"),
        at_most(f"{name}: one more vote, p99", told[MORE], VOTE_MS, unit="ms"),
    ]
    if RATIO in told:
        claims.append(at_least(f"{name}: times faster than red-dwarf", told[RATIO], TIMES_FASTER))
    return claims


def cold_map(path: str) -> dict[str, Any]:
    """Median of five whole maps after one, in the same process."""
    world, strata = worlds.load(path)
    votes = worlds.votes_of(world)
    groups = max(1, len(map_opinions(votes, strata=strata).groups))
    arrays = median_seconds(lambda: worlds.votes_of(world))
    return {"map_s": median_seconds(lambda: map_opinions(votes, strata=strata)), "arrays_s": arrays, "groups": groups}


def first_call(path: str) -> dict[str, Any]:
    """The first map of a process, compiling or loading what is compiled and all."""
    world, strata = worlds.load(path)
    votes = worlds.votes_of(world)
    return {"map_s": seconds(lambda: map_opinions(votes, strata=strata))}


def one_more_vote(path: str) -> dict[str, float]:
    """The live map after one vote more, many times: the vote is taken in and the axes are asked for."""
    world, _ = worlds.load(path)
    live = LiveMap.of(worlds.votes_of(world))
    random = np.random.default_rng(7)
    took, busy = [], []
    for _ in range(ONE_MORE):
        person, statement = f"p{random.integers(world.people):06d}", f"s{random.integers(world.statements):06d}"
        value = int(random.integers(-1, 2))
        start, worked = time.perf_counter(), time.process_time()
        live.vote(person, statement, value)
        live.axes()
        took.append(1e3 * (time.perf_counter() - start))
        busy.append(1e3 * (time.process_time() - worked))
    p50, p99 = np.percentile(took, (50, 99)).tolist()
    return {"p50_ms": p50, "p99_ms": p99, "busy_p50_ms": float(np.median(busy))}


def peer(path: str) -> dict[str, float]:
    """red-dwarf on the same votes."""
    found = peers.red_dwarf(worlds.load(path)[0])
    return {"seconds": found.seconds, "groups": found.count}


if __name__ == "__main__":
    run(
        __file__,
        whole=main,
        parts={"cold": cold_map, "first": first_call, "one_more": one_more_vote, "peer": peer},
    )
