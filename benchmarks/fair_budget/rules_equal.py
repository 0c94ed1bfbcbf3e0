"""The winners of every rule beside pabutools' on the same files, in the same run, with the same breaking of ties.

    python benchmarks/fair_budget/rules_equal.py [--peer-all]

The peer counts with exact fractions (gmpy2), each file in a process of its own. Runs that took it more than 10 s when
its winners were recorded are compared with the record, and so are all where it is not installed; with `--peer-all`
everything is run (half an hour, 6 GB).
"""

from __future__ import annotations

import sys
import time
from typing import Any

from cases import FOLDER, MISSING, RESULTS, beside_peer, is_here, names, recorded
from measuring import Claim, Sheet, fresh, publish, run, skip
from peer import has_pabutools
from peer import run as peer_run

from samskap.engines.fair_budget.counting import count
from samskap.engines.fair_budget.outcome import Completion

LONGEST_S = 10.0
SORTED = ("phragmen",)
"""Rules whose winners the peer gives in the order of their names: the sets are compared."""


def main() -> int:
    """All files, all rules."""
    if not is_here():
        skip("rules_equal", reason=MISSING)
    rows: list[tuple[Any, ...]] = []
    for name in names():
        asked = [row for (file, _), row in recorded().items() if file == name and row["status"] == "ok"]
        found = _live(name, asked)
        for row in asked:
            theirs = found.get(row["rule"], row)
            for key, completion in (("winners", None), ("add1u_winners", "add1u")):
                if key in theirs:
                    rows.append(_compared(name, row["rule"], theirs=theirs, key=key, completion=completion))
    equal, lived = (sum(row[at] == word for row in rows) for at, word in ((-1, "yes"), (2, "live")))
    claims = [Claim("Counts with equal winners in equal order", f"all {len(rows)}", equal, "", equal == len(rows))]
    sheets = [Sheet("Winners", ("file", "rule", "peer", "peer, s", "ours, ms", "winners", "equal"), rows)]
    notes = [f"{lived} of {len(rows)} were counted by the peer in this run, the others when its winners were recorded."]
    return publish("rules_equal", claims=claims, tables=sheets, notes=notes, folder=RESULTS)


def _live(name: str, asked: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """What the peer finds now, by rule."""
    everything = "--peer-all" in sys.argv
    rules = [row["rule"] for row in asked if everything or row["t_rule"] + row["t_multi"] <= LONGEST_S]
    if not rules or not has_pabutools():
        return {}
    return {one["rule"]: one for one in fresh(__file__, "peer", path=str(FOLDER / name), rules=rules).answer}


def _compared(
    name: str, rule: str, *, theirs: dict[str, Any], key: str, completion: Completion | None
) -> tuple[Any, ...]:
    (one, way), live = beside_peer(name, rule), "seconds" in theirs
    way = way._replace(completion=completion or way.completion)
    start = time.process_time()
    outcome = count(one, **way._asdict(), tie_break="lexicographic")
    took = time.process_time() - start
    ours = sorted(outcome.winners) if rule in SORTED else list(outcome.winners)
    seconds = theirs["seconds"] if live else theirs["t_rule"] + theirs["t_multi"]
    told = f"{rule}u" if completion else rule
    equal = "yes" if ours == theirs[key] else "NO"
    return name.partition(".")[0], told, "live" if live else "recorded", seconds, 1e3 * took, len(ours), equal


if __name__ == "__main__":
    run(__file__, whole=main, parts={"peer": peer_run})
