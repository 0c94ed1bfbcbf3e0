"""How fast a file of 150,000 ballots is read, checked and merged, beside pabutools and what the machine can do at best.

    python benchmarks/fair_budget/reading.py

A made-up file with age, sex and channel of each voter, and the largest real one. From bytes on the disk to merged
ballots ready for a rule. Beside it, the same bytes copied in memory, hashed, and torn into cells by the csv module
alone. The peer parses to objects, once, in a process of its own. Least processor time of some repetitions: what others
do on the machine makes wall times longer.
"""

from __future__ import annotations

import csv
import hashlib
import io
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from cases import FOLDER, RESULTS, SEED, WROCLAW, is_here, least, made_up
from measuring import Sheet, at_most, fresh, publish, run
from peer import content, has_pabutools, parse

from samskap.engines.fair_budget.profile import profile_of
from samskap.formats.pabulib import election_of, pabulib_of, read_pabulib, write_pabulib

BALLOTS, LIMIT_S, TIMES = 150_000, 1.0, 7


def main() -> int:
    """The made-up file and the real one."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made_up.pb"
        path.write_bytes(_written())
        paths = [path, *([FOLDER / WROCLAW] if is_here() else [])]
        rows = [_measured(one) for one in paths]
    claims = [at_most(f"{BALLOTS:,} ballots read, checked and merged, least of {TIMES}", rows[0][4], LIMIT_S, unit="s")]
    times = ("read", "read and merged", "written", "csv alone", "hashed", "copied", "peer")
    columns = ("file", "ballots", "MB", *(f"{one}, s" for one in times))
    return publish("reading", claims=claims, tables=[Sheet("Reading", columns, rows)], folder=RESULTS)


def _measured(path: Path) -> tuple[Any, ...]:
    text = content(str(path))
    data = text.encode()
    file = read_pabulib(path)

    def merged() -> None:
        profile_of(election_of(read_pabulib(path)), "cost")

    def torn() -> None:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=";"):
            pass

    merged()
    times = [
        least(action, times=TIMES)[1]
        for action in (
            lambda: read_pabulib(path),
            merged,
            lambda: write_pabulib(file),
            torn,
            lambda: hashlib.sha256(data).digest(),
            lambda: bytearray(data),
        )
    ]
    peer = fresh(__file__, "parse", path=str(path)).answer if has_pabutools() else None
    return path.name.partition(".")[0], file.ballots.voters, len(data) / 1e6, *times, peer


def _written() -> bytes:
    """A file of so many ballots with up to five choices and what Pabulib files tell of voters."""
    chance, one = np.random.default_rng(SEED), made_up(5 * BALLOTS)
    keys = [project.key for project in one.projects]
    sizes = chance.integers(0, 6, BALLOTS).tolist()
    starts, chosen = one.ballots.starts[:-1].tolist(), one.ballots.chosen.tolist()
    votes = {
        "voter_id": (1_400_000_000 + np.cumsum(chance.integers(1, 9, BALLOTS))).tolist(),
        "vote": [[keys[at] for at in chosen[start : start + size]] for start, size in zip(starts, sizes, strict=True)],
        "age": chance.integers(16, 95, BALLOTS).tolist(),
        "sex": chance.choice(["F", "M", ""], BALLOTS).tolist(),
        "voting_method": chance.choice(["internet", "paper"], BALLOTS, p=[0.9, 0.1]).tolist(),
    }
    projects = {"project_id": keys, "cost": [project.cost for project in one.projects]}
    meta = {"description": "A made-up ballot", "max_length": "5"}
    return write_pabulib(
        pabulib_of("made_up.pb", kind="approval", budget=one.budget, meta=meta, projects=projects, votes=votes)
    )


if __name__ == "__main__":
    run(__file__, whole=main, parts={"parse": parse})
