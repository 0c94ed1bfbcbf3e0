"""Nation: everybody in a country of 5.6 million answers 40 of 783 statements, 224 million votes, on one machine.

The votes are generated in blocks (that time is kept apart) and held in memory; measured are the counts of every
statement, the three tables of pairs and the two axes, in a process of its own. Two camps are planted along
one direction, and the first axis must point there.
"""

from __future__ import annotations

import os
import time

import numpy as np
from measuring import Sheet, at_least, at_most, fresh, publish, run
from numpy.typing import NDArray

from samskap.engines.opinion_map.crowd import PEOPLE_A_BLOCK, Block
from samskap.engines.opinion_map.nation import axes_of

PEOPLE, STATEMENTS, VOTES_EACH = 5_600_000, 783, 40
NEEDED = 7
SECONDS, PEAK_MB, COSINE = 20.0, 4_000.0, 0.99
PASS = 0.15
COUNTED = "counts, tables and axes, s"


def main() -> int:
    """The whole nation, or as many people as SAMSKAP_BENCH_PEOPLE says (for a try)."""
    people = int(os.environ.get("SAMSKAP_BENCH_PEOPLE", PEOPLE))
    done = fresh(__file__, "counted", people=people)
    told = done.answer
    rows = [[figure, value] for figure, value in told.items()]
    rows.append(["peak memory of the process, MB", done.peak_mb])
    claims = [
        at_most("Counts and axes", told[COUNTED], SECONDS, unit="s"),
        at_most("Peak memory of the process", done.peak_mb, PEAK_MB, unit="MB"),
        at_least("First axis along the planted direction, cosine", told["cosine"], COSINE),
    ]
    return publish("nation", claims=claims, tables=[Sheet(f"{people:,} people", ("figure", "value"), rows)])


def counted(people: int) -> dict[str, float]:
    """Generate, then count."""
    direction = np.random.default_rng(1).normal(0.0, 0.8, STATEMENTS)
    warm = _blocks(3_000, direction=direction)
    axes_of(warm, statements=STATEMENTS, needed=NEEDED)
    start = time.perf_counter()
    blocks = _blocks(people, direction=direction)
    generated = time.perf_counter()
    found = axes_of(blocks, statements=STATEMENTS, needed=NEEDED)
    done = time.perf_counter()
    votes = int(found.counts.sum())
    return {
        "votes": votes,
        "blocks": len(blocks),
        "generating the votes, s (apart)": generated - start,
        COUNTED: done - generated,
        "nanoseconds a vote": 1e9 * (done - generated) / max(1, votes),
        "first axis, share of variation": found.axes.shares[0],
        "cosine": _cosine(found.axes.loadings[:, 0], _pull(direction)),
    }


def _pull(direction: NDArray[np.float64]) -> NDArray[np.float64]:
    """Half the difference in the mean vote that the two camps make."""
    return np.tanh(direction / 2.0)


def _cosine(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    return float(abs(one @ other) / np.sqrt((one @ one) * (other @ other)))


def _blocks(people: int, *, direction: NDArray[np.float64]) -> list[Block]:
    sizes = [min(PEOPLE_A_BLOCK, people - first) for first in range(0, people, PEOPLE_A_BLOCK)]
    return [_block(size, direction=direction, seed=number) for number, size in enumerate(sizes)]


def _block(people: int, *, direction: NDArray[np.float64], seed: int) -> Block:
    """Everybody gets one statement from each of 40 drawers; the drawers are filled anew for each block."""
    random = np.random.default_rng([20171114, seed])
    edges = np.linspace(0, STATEMENTS, VOTES_EACH + 1).astype(int)
    mixed = random.permutation(STATEMENTS).astype(np.int32)
    columns = np.sort(mixed[random.integers(edges[:-1], edges[1:], (people, VOTES_EACH))], axis=1)
    camp = np.where(random.random(people) < 0.5, 1.0, -1.0)
    chance = 1.0 / (1.0 + np.exp(-camp[:, None] * direction[columns]))
    agree = random.random(columns.shape, dtype=np.float32) < chance
    passed = random.random(columns.shape, dtype=np.float32) < PASS
    values = np.where(passed, 0, np.where(agree, 1, -1)).astype(np.int8)
    starts = np.arange(people + 1, dtype=np.int64) * VOTES_EACH
    return Block(starts=starts, columns=columns.ravel(), values=values.ravel())


if __name__ == "__main__":
    run(__file__, whole=main, parts={"counted": counted})
