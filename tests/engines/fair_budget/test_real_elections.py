"""Real elections: every rule chooses what pabutools chose on the same file, and what the cities published.

pabutools 1.2.3, its documented rules and lexicographic ties; its winners are beside the data
(`../shared/data/budgets/pabutools-winners.json`).
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from samskap.engines.fair_budget.counting import count
from samskap.engines.fair_budget.election import NO_CONSTRAINTS, Election
from samskap.formats.pabulib import PabulibFile, election_of, read_pabulib

if TYPE_CHECKING:
    from samskap.engines.fair_budget.outcome import Completion
    from samskap.engines.fair_budget.profile import Satisfaction

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "data" / "budgets"
PEER = FOLDER / "pabutools-winners.json"
ROWS: list[dict[str, Any]] = json.loads(PEER.read_text(encoding="utf-8"))["rows"] if PEER.is_file() else []

SATISFACTIONS: dict[str, Satisfaction] = {
    "cost": "cost",
    "card": "cardinality",
    "points": "points",
    "borda": "borda",
}
COMPLETIONS: dict[str, Completion] = {"none": "none", "add1": "add1", "util": "utilitarian"}
SORTED = frozenset({"phragmen"})
"""Rules whose winners pabutools gives in the order of their names, not in that of choice: the sets are compared."""
GAVE_UP = {("Poland_Krakow_2021.pb.gz", "greedy_borda"), ("Poland_Krakow_2021.pb.gz", "mes_borda_util")}
"""Where the peer was stopped after ten minutes: there is nothing to compare with."""


def winners(election: Election, peer_rule: str, *, completion: Completion | None = None) -> list[str]:
    """Our winners by the rule that pabutools calls so. Its greedy rule takes the most utility per cost."""
    family, *rest = peer_rule.split("_")
    rule = {"mes": "equal_shares", "greedy": "greedy_per_cost", "phragmen": "phragmen"}[family]
    satisfaction = SATISFACTIONS[rest[0]] if rest else "cardinality"
    chosen = completion or (COMPLETIONS[rest[1]] if family == "mes" else "none")
    return [
        *count(election, rule=rule, satisfaction=satisfaction, completion=chosen, tie_break="lexicographic").winners
    ]


@cache
def file(name: str) -> PabulibFile:
    return read_pabulib(FOLDER / name)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['file'].split('.')[0]}-{row['rule']}")
def test_winners_and_their_order_are_those_of_pabutools(row: dict[str, Any]) -> None:
    if row["status"] != "ok":
        assert (row["file"], row["rule"]) in GAVE_UP
        return
    election = election_of(file(row["file"]))
    plain = replace(election, constraints=NO_CONSTRAINTS)
    told = {"winners": None} | ({"add1u_winners": "add1u"} if "add1u_winners" in row else {})
    for name, completion in told.items():
        # pabutools knows no threshold: where META has one, it must not change what is chosen here.
        for case in {id(plain): plain, id(election): election}.values():
            found = winners(case, row["rule"], completion=completion)
            assert (sorted(found) if row["rule"] in SORTED else found) == row[name]


@dataclass(frozen=True)
class Published:
    """The rule that META names, as one of ours, and why what was published differs from what it gives."""

    rule: str
    satisfaction: Satisfaction
    completion: Completion = "none"
    as_type: str = ""
    ours_only: frozenset[str] = frozenset()
    theirs_only: frozenset[str] = frozenset()
    why: str = ""


PUBLISHED = {
    "Poland_Katowice_2023.pb.gz": Published("greedy", "points"),
    "Poland_Lodz_2022.pb.gz": Published("greedy", "cardinality"),
    "Poland_Wroclaw_2015_from_500.pb.gz": Published("greedy_no_skip", "cardinality"),
    "Poland_Wieliczka_2023_Green_Budget.pb": Published(
        "equal_shares",
        "cost",
        "comparison",
        ours_only=frozenset({"66", "67"}),
        theirs_only=frozenset({"46"}),
        why="The city went on raising the start when the choice left money for nothing more, until it cost too much.",
    ),
    # The city gives 3, 2 and 1 points to the three places: the file holds them in a column of its own.
    "Poland_Krakow_2021.pb.gz": Published("greedy", "points", as_type="scoring"),
    "Hungary_Veszprem_2025.pb": Published(
        "greedy",
        "cardinality",
        ours_only=frozenset({"44"}),
        why="META says that the rule is unknown, and that the prices stand for ranges and were exceeded.",
    ),
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_winners_are_those_the_city_published(name: str, shared_data: Path) -> None:
    case, found = PUBLISHED[name], file(name)
    if case.as_type:
        content = gzip.decompress((shared_data / "budgets" / name).read_bytes())
        found = read_pabulib(content.replace(b"vote_type;ordinal", f"vote_type;{case.as_type}".encode()))
    choices = {"satisfaction": case.satisfaction, "completion": case.completion, "tie_break": "lexicographic"}
    ours = set(count(election_of(found), rule=case.rule, **choices).winners)  # type: ignore[arg-type]
    selected = found.projects.column("selected") or ()
    theirs = {key for key, mark in zip(found.keys, selected, strict=True) if mark == "1"}
    assert (ours - theirs, theirs - ours) == (case.ours_only, case.theirs_only)
    assert bool(case.why) == (ours != theirs)


def test_every_published_choice_is_looked_at(shared_data: Path) -> None:
    names = {path.name for path in (shared_data / "budgets").glob("*.pb*")}
    assert {name for name in names if file(name).projects.column("selected")} == set(PUBLISHED)


def test_wieliczka_is_met_where_the_raise_goes_on(shared_data: Path) -> None:
    """We stop at the first choice that leaves money for nothing more, as pabutools does; the city a few złoty later.

    A start raised by one złoty is a budget raised by one złoty for each voter, shared without a completion.
    """
    found = file("Poland_Wieliczka_2023_Green_Budget.pb")
    election = election_of(found)
    options: dict[str, Any] = {"rule": "equal_shares", "satisfaction": "cost", "tie_break": "lexicographic"}
    stopped = count(election, completion="add1", **options).selection
    assert (stopped.increments, stopped.stopped) == (150, "exhaustive")
    published = {
        key for key, mark in zip(found.keys, found.projects.column("selected") or (), strict=True) if mark == "1"
    }
    seen = []
    for increments in (150, 153, 154, 164, 165):
        raised = replace(election, budget=election.budget + increments * election.ballots.voters)
        outcome = count(raised, completion="none", **options)
        seen.append((increments, set(outcome.winners) == published, outcome.cost > election.budget))
    assert seen == [
        (150, False, False),
        (153, False, False),
        (154, True, False),
        (164, True, False),
        (165, False, True),
    ]
