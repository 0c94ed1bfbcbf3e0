"""Elections to count: the real ones of `../shared/data/budgets`, and made-up ones of any size."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

sys.path.append(str(Path(__file__).resolve().parent.parent / "opinion_map"))  # the reporting that benchmarks share

import numpy as np
from measuring import ROOT

from samskap.engines.fair_budget.election import Ballots, Election, Project
from samskap.engines.fair_budget.outcome import Completion
from samskap.engines.fair_budget.profile import Satisfaction
from samskap.engines.fair_budget.rules import RULES
from samskap.formats.pabulib import election_of, pabulib_of, read_pabulib

FOLDER = ROOT.parent / "shared" / "data" / "budgets"
RESULTS = ROOT / "benchmarks" / "results" / "fair_budget"
MISSING = "The folder ../shared/data/budgets with real elections is not beside the repository."
SEED = 20261129

AMSTERDAM = "Netherlands_Amsterdam_252.pb.gz"
KRAKOW = "Poland_Krakow_2021.pb.gz"
LODZ = "Poland_Lodz_2022.pb.gz"
VESZPREM = "Hungary_Veszprem_2025.pb"
WROCLAW = "Poland_Wroclaw_2015_from_500.pb.gz"


class Way(NamedTuple):
    """A rule with its options, by name."""

    rule: str
    satisfaction: Satisfaction
    completion: Completion = "none"


PEER_WAYS: dict[str, Way] = {
    "greedy_cost": Way("greedy_per_cost", "cost"),
    "greedy_card": Way("greedy_per_cost", "cardinality"),
    "greedy_points": Way("greedy_per_cost", "points"),
    "greedy_borda": Way("greedy_per_cost", "borda"),
    "phragmen": Way("phragmen", "cardinality"),
    **{
        f"mes_{short}_{end}": Way("equal_shares", satisfaction, completion)
        for short, satisfaction in (("cost", "cost"), ("card", "cardinality"), ("points", "points"), ("borda", "borda"))
        for end, completion in (("none", "none"), ("add1", "add1"), ("util", "utilitarian"))
    },
}  # type: ignore[dict-item]
"""The peer's rules as `pabutools-winners.json` names them, and ours. Its greedy one takes the most utility per cost."""


def least(action: Callable[[], Any], *, times: int) -> tuple[float, float]:
    """The shortest wall time and the least processor time of some calls, seconds."""
    taken = []
    for _ in range(times):
        wall, busy = time.perf_counter(), time.process_time()
        action()
        taken.append((time.perf_counter() - wall, time.process_time() - busy))
    return min(wall for wall, _ in taken), min(busy for _, busy in taken)


def is_here() -> bool:
    """Whether the real elections are beside the repository."""
    return (FOLDER / "pabutools-winners.json").is_file()


def names() -> list[str]:
    """The files of the folder."""
    return sorted(path.name for path in FOLDER.glob("*.pb*"))


@cache
def election(name: str) -> Election:
    """A real election."""
    return election_of(read_pabulib(FOLDER / name))


def recorded() -> dict[tuple[str, str], dict[str, Any]]:
    """What the peer found and how long it took when the data was made, by file and rule."""
    rows = json.loads((FOLDER / "pabutools-winners.json").read_text(encoding="utf-8"))["rows"]
    return {(row["file"], row["rule"]): row for row in rows}


def beside_peer(name: str, rule: str) -> tuple[Election, Way]:
    """What to count to find the peer's winners of a rule: the election and our name of the rule."""
    return election(name), PEER_WAYS[rule]


def ways(one: Election) -> list[Way]:
    """Everything that can be counted here: each rule with each satisfaction and completion that the ballots bear."""
    points, order = one.ballots.points is not None, one.ballots.kind == "ordinal"
    return [
        Way(rule.key, satisfaction, completion)
        for rule in RULES.values()
        if one.ballots.kind in rule.ballots
        for satisfaction in rule.satisfactions
        if (satisfaction != "points" or points) and (satisfaction != "borda" or order)
        for completion in rule.completions
    ]


def example() -> Election:
    """A ballot as a municipality holds one: 14 projects, 600 voters with up to five choices, whole kroner."""
    chance = np.random.default_rng(SEED)
    costs = (chance.integers(2, 60, 14) * 5_000).tolist()
    keys = [f"p{number}" for number in range(1, 15)]
    liked = chance.dirichlet(np.full(14, 1.5))
    votes = [
        sorted(chance.choice(keys, size=chance.integers(0, 6), replace=False, p=liked).tolist()) for _ in range(600)
    ]
    file = pabulib_of(
        "example.pb",
        kind="approval",
        budget=500_000,
        meta={"description": "Example", "currency": "NOK"},
        projects={"project_id": keys, "cost": costs},
        votes={"voter_id": list(range(1, 601)), "vote": votes},
    )
    return election_of(file)


def made_up(approvals: int, *, projects: int = 100, choices: int = 5) -> Election:
    """An approval election of about so many approvals: popularity falls off as in large cities, budget for a tenth."""
    chance = np.random.default_rng(SEED)
    voters = approvals // choices
    liked = 1 / np.arange(1, projects + 1) ** 0.8
    # The largest of keys with exponential noise: a draw without replacement for all voters at once.
    keys = np.log(liked) + chance.gumbel(size=(voters, projects)).astype(np.float32)
    chosen = np.sort(np.argpartition(-keys, choices, axis=1)[:, :choices].astype(np.int32), axis=1)
    costs = (np.exp(chance.normal(11, 0.9, projects)).astype(int) + 1).tolist()
    ballots = Ballots("approval", np.arange(voters + 1, dtype=np.int64) * choices, chosen.ravel())
    return Election(tuple(Project(f"p{at:03}", cost) for at, cost in enumerate(costs)), sum(costs) // 10, ballots)
