"""How fast ballots become winners, beside pabutools on the same files in the same run.

    python benchmarks/fair_budget/speed.py [--peer-all]

Through the door `count`: from ballots in memory to winners, merging of equal ballots included, exact,
after a first call that compiles. The peer counts with its exact fractions (gmpy2) in a process of its own, once, from
ballots as it reads them, or merged first, which is part of its time. Without it, and for Add1 on Veszprem (220 s and
6 GB there; run with `--peer-all`), its recorded time is taken, and said. Others on the machine make wall times long: on
both sides processor time is judged, of ours the least of some repetitions, and the shortest wall time stands beside it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from cases import (
    AMSTERDAM,
    FOLDER,
    KRAKOW,
    LODZ,
    MISSING,
    PEER_WAYS,
    RESULTS,
    VESZPREM,
    Way,
    election,
    example,
    is_here,
    least,
    names,
    recorded,
    ways,
)
from measuring import Claim, Sheet, at_least, at_most, fresh, publish, run, skip
from peer import has_pabutools
from peer import run as peer_run

from samskap.engines.fair_budget.counting import count
from samskap.engines.fair_budget.election import Election

ONE_RUN, ADD1 = 1_000.0, 300.0
"""How many times faster than the peer."""
RACES = (
    (KRAKOW, "mes_cost_none", "as_read", ONE_RUN),
    (AMSTERDAM, "mes_cost_none", "as_read", ONE_RUN),
    (KRAKOW, "mes_cost_none", "merged", None),
    (AMSTERDAM, "mes_cost_none", "merged", None),
    (LODZ, "mes_card_add1", "merged", ADD1),
    (KRAKOW, "mes_card_add1", "merged", ADD1),
)
"""File, rule, how the peer gets its ballots, and how many times faster we must be: in one run than with ballots as it
reads them, in Add1 than with merged ones, which make that faster."""
LONG = ((VESZPREM, "mes_card_add1"), (VESZPREM, "mes_cost_add1"))
LONG_S, BORDA_S, ANY_S, EXAMPLE_MS, ADD1_MB = 1.0, 1.0, 3.0, 50.0, 200.0


def main() -> int:
    """All figures."""
    if not is_here():
        skip("speed", reason=MISSING)
    claims, races = _races()
    slowest = _everything()
    claims.append(
        at_most("Whatever rule on whatever file, the slowest", max(row[-1] for row in slowest), ANY_S, unit="s")
    )
    wall, _ = _least(example(), Way("equal_shares", "cost", "add1u"), times=20)
    claims.append(at_most("The example ballot, 14 projects, 600 voters, wall", 1e3 * wall, EXAMPLE_MS, unit="ms"))
    sheets = [
        Sheet(
            "Beside the peer", ("file", "rule", "ours, ms", "wall, ms", "peer, s", "peer's time", "times faster"), races
        ),
        Sheet("The slowest file of each rule", ("rule", "satisfaction", "completion", "file", "wall, s", "s"), slowest),
    ]
    return publish("speed", claims=claims, tables=sheets, folder=RESULTS)


def _races() -> tuple[list[Claim], list[tuple[Any, ...]]]:
    claims, rows = list[Claim](), list[tuple[Any, ...]]()
    for name, rule, form, times in RACES:
        row = _race(name, rule, form=form, live=True)
        rows.append(row)
        if times:
            claims.append(at_least(f"{_city(name)}, {_told(rule)}: times faster", row[-1], times))
    for name in (LODZ, KRAKOW):
        more = fresh(__file__, "memory", name=name, rule="mes_card_add1").answer
        claims.append(at_most(f"{_city(name)}, Add1: memory beyond the ballots", more, ADD1_MB, unit="MB"))
    for name, rule in LONG:
        row = _race(name, rule, form="merged", live="--peer-all" in sys.argv)
        rows.append(row)
        claims.append(at_most(f"{_city(name)}, {_told(rule)}", row[2] / 1e3, LONG_S, unit="s"))
    for rule in ("greedy_borda", "mes_borda_util", "mes_borda_add1"):
        _, took = _least(election(KRAKOW), PEER_WAYS[rule], times=5)
        claims.append(at_most(f"{_city(KRAKOW)}, {_told(rule)} (over 10 minutes there)", took, BORDA_S, unit="s"))
    return claims, rows


def _race(name: str, rule: str, *, form: str, live: bool) -> tuple[Any, ...]:
    wall, ours = _least(election(name), PEER_WAYS[rule], times=20 if rule.endswith("none") else 5)
    if live and has_pabutools():
        answer = fresh(__file__, "peer", path=str(FOLDER / name), rules=[rule], form=form).answer
        theirs, when = answer[0]["seconds"], f"this run, {form.replace('_', ' ')}"
    else:
        row = recorded()[name, rule]
        theirs, when = row["t_multi"] + row["t_rule"], "recorded, merged"
    return _city(name), _told(rule), 1e3 * ours, 1e3 * wall, theirs, when, theirs / ours


def _everything() -> list[tuple[Any, ...]]:
    """For every way to count, the file on which it takes longest; that is counted thrice, and the shortest holds."""
    slowest: dict[Way, tuple[Any, ...]] = {}
    for name in names():
        one = election(name)
        for way in ways(one):
            took = _least(one, way, times=1)
            if took[1] > slowest.get(way, (0.0,))[-1]:
                took = min(took, _least(one, way, times=2), key=lambda one: one[1])
            if took[1] > slowest.get(way, (0.0,))[-1]:
                slowest[way] = (*way, _city(name), *took)
    return [slowest[way] for way in sorted(slowest)]


def _least(one: Election, way: Way, *, times: int) -> tuple[float, float]:
    return least(lambda: count(one, **way._asdict(), tie_break="lexicographic"), times=times)


def memory(name: str, rule: str) -> float:
    """MB that a count takes at its peak, beyond what the process holds when ballots are read and all is compiled."""
    one = election(name)
    way = PEER_WAYS[rule]
    count(example(), **way._asdict())
    Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")  # the peak is taken anew from here
    before = _resident("VmRSS")
    count(one, **way._asdict())
    return _resident("VmHWM") - before


def _resident(what: str) -> float:
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith(what))


def _city(name: str) -> str:
    return name.partition(".")[0].replace("_", " ")


def _told(rule: str) -> str:
    way = PEER_WAYS[rule]
    return ", ".join((way.rule.replace("_", " "), way.satisfaction, way.completion))


if __name__ == "__main__":
    run(__file__, whole=main, parts={"peer": peer_run, "memory": memory})
