"""Latency: the timed votes of two conversations replayed one by one, from the first.

After each vote the live map takes it in and is asked for its axes and the place of the voter (after a warm-up on the
first votes with a map thrown away). Wall time counts, on a busy machine look at the processor time. At checkpoints the
whole map is made anew from the votes so far: axes and the places of all people must be the same to 1e-6.
"""

from __future__ import annotations

import time

import numpy as np
import worlds
from measuring import Claim, Sheet, at_most, publish, run, skip

from samskap.engines.opinion_map import LiveMap, Votes, map_opinions

NAMES = ("brexit-consensus", "san-juan-land-bank")
CHECKPOINTS = (0.02, 0.05, 0.10, 0.25, 0.50, 0.75, 1.0)
VOTE_MS, SAME = 5.0, 1e-6
WARM_UP = 200

Check = tuple[int, float, float, float]
"""Votes so far, largest difference in axes and in places, and ms of the cold rebuild."""


def main() -> int:
    """Both conversations."""
    events = {name: worlds.timed(name) for name in NAMES}
    if not all(events.values()):
        skip("latency", reason="There is no ../shared/data/opinions beside the repository.")
    rows, checks, claims = [], [], []
    for name, votes in events.items():
        _replayed(votes[:WARM_UP], checkpoints=())
        took, busy, found = _replayed(votes, checkpoints=CHECKPOINTS)
        p50, p99, most = (float(np.percentile(took, share)) for share in (50, 99, 100))
        rows.append([name, len(votes), p50, p99, most, float(np.percentile(busy, 99)), sum(took) / 1e3])
        checks += [[name, *check] for check in found]
        claims += _claims(name, p99=p99, farthest=max(max(axes, places) for _, axes, places, _ in found))
    sheets = [
        Sheet("One vote, in ms", ("set", "votes", "p50", "p99", "most", "p99 of processor time", "all, s"), rows),
        Sheet(
            "Against a cold rebuild: largest difference",
            ("set", "votes", "axes", "places", "cold rebuild, ms"),
            checks,
        ),
    ]
    return publish("latency", claims=claims, tables=sheets)


def _claims(name: str, *, p99: float, farthest: float) -> list[Claim]:
    return [
        at_most(f"{name}: one vote more, p99", p99, VOTE_MS, unit="ms"),
        at_most(f"{name}: largest difference from a cold rebuild", farthest, SAME),
    ]


def _replayed(
    events: list[tuple[str, str, int]], *, checkpoints: tuple[float, ...]
) -> tuple[list[float], list[float], list[Check]]:
    """Wall and processor time of each vote in ms, and the checks."""
    live = LiveMap.of(Votes.from_rows([]))
    latest: dict[tuple[str, str], int] = {}
    stops = {round(share * len(events)) for share in checkpoints}
    took, busy, checks = [], [], []
    for number, (person, statement, value) in enumerate(events, start=1):
        start, worked = time.perf_counter(), time.process_time()
        live.vote(person, statement, value)
        live.axes()
        live.place(person)
        took.append(1e3 * (time.perf_counter() - start))
        busy.append(1e3 * (time.process_time() - worked))
        latest[person, statement] = value
        if number in stops:
            checks.append((number, *_difference(live, latest)))
    return took, busy, checks


def _difference(live: LiveMap, latest: dict[tuple[str, str], int]) -> tuple[float, float, float]:
    """Largest difference in loadings and in places from the map made anew, and how long that took in ms."""
    start = time.perf_counter()
    cold = map_opinions(Votes.from_rows([(*pair, value) for pair, value in latest.items()]))
    took = 1e3 * (time.perf_counter() - start)
    told = np.array([(statement.x, statement.y) for statement in cold.statements])
    places = [
        float(np.abs(np.asarray(live.place(person.key).xy) - (person.x, person.y)).max()) for person in cold.people
    ]
    return float(np.abs(live.axes().loadings - told).max()), max(places), took


if __name__ == "__main__":
    run(__file__, whole=main)
