"""What is written is what was read: real files byte for byte, made-up ones with every awkward cell."""

from __future__ import annotations

import gzip
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.pabulib.files import POINTS, WHOLE

from samskap.engines.fair_budget.election import KINDS, Constraints
from samskap.formats.errors import FormatError
from samskap.formats.pabulib import PabulibFile, pabulib_of, read_pabulib, write_pabulib

LINE_ENDS = {
    "Poland_Wieliczka_2023_Green_Budget.pb": "One line of META ends with a line feed alone, all others with two signs."
}
"""Real files that come back equal in value, not in bytes, and why."""


def test_real_files_come_back_byte_for_byte(shared_data: Path) -> None:
    differing = set()
    for path in sorted((shared_data / "budgets").glob("*.pb*")):
        content = path.read_bytes()
        plain = gzip.decompress(content) if path.suffix == ".gz" else content
        found = read_pabulib(path)
        written = write_pabulib(found)
        assert read_pabulib(path, mode="lenient") == found
        assert read_pabulib(written, name=path.name) == found
        if written != plain:
            differing.add(path.name)
            assert written.replace(b"\r", b"") == plain.replace(b"\r", b"")
    assert differing == set(LINE_ENDS)


def test_spaces_around_cells_come_back() -> None:
    spaced = WHOLE.replace("Bridge;", "Bridge,").replace('"', "").replace(";", " ; ").encode()
    assert write_pabulib(read_pabulib(spaced)) == spaced


text = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
words = st.sampled_from(
    ["", "a;b", 'the "park"', '"', ";", "line\nline", "line\r\nline", " spaced ", "META", "ÆØÅ", ",", "\r"]
)
cells = text | words
keys = st.text(st.characters(categories=("L", "N", "P"), exclude_characters=","), min_size=1, max_size=6)


@st.composite
def files(draw: Any) -> dict[str, Any]:
    """Plain values of an election, for `pabulib_of`."""
    kind = draw(st.sampled_from(KINDS))
    ids = draw(st.lists(keys, min_size=1, max_size=5, unique=True))
    costs = draw(st.lists(st.integers(1, 10**12), min_size=len(ids), max_size=len(ids)))
    largest = {"choose-1": 1}.get(kind, len(ids))
    ballots = draw(st.lists(st.lists(st.sampled_from(ids), unique=True, max_size=largest), max_size=6))
    voters = draw(st.lists(keys, min_size=len(ballots), max_size=len(ballots), unique=True))
    votes: dict[str, Any] = {"voter_id": voters, "vote": ballots}
    if kind in ("cumulative", "scoring"):
        votes["points"] = [draw(st.lists(st.integers(0, 99), min_size=len(one), max_size=len(one))) for one in ballots]
    votes["note"] = draw(st.lists(cells, min_size=len(ballots), max_size=len(ballots)))
    budget = max(draw(st.integers(min(costs), 10**12)), sum(costs) if kind == "knapsack" else 0)
    return {
        "kind": kind,
        "budget": budget,
        "scale": draw(st.sampled_from([1, 10, 100])),
        "meta": {"description": draw(cells), "an odd; key": draw(cells)},
        "projects": {
            "project_id": ids,
            "cost": costs,
            "name": draw(st.lists(cells, min_size=len(ids), max_size=len(ids))),
        },
        "votes": votes,
    }


@given(values=files(), mark=st.booleans(), line_end=st.sampled_from(["\n", "\r\n"]), packed=st.booleans())
@settings(max_examples=100)
def test_made_up_files_come_back_whole(values: dict[str, Any], mark: bool, line_end: str, packed: bool) -> None:
    built = pabulib_of("made.pb", **values)
    dressed = PabulibFile(**{**vars_of(built), "layout": type(built.layout)(mark=mark, line_end=line_end)})
    written = write_pabulib(dressed)
    again = read_pabulib(gzip.compress(written) if packed else written, name="made.pb")
    assert again == dressed
    assert write_pabulib(again) == written
    assert [values["projects"][name] == [*found] for name, found in raw(again, "name")] == [True]
    assert [values["votes"][name] == [*found] for name, found in raw(again, "note", votes=True)] == [True]
    assert again.costs == tuple(cost * again.scale // values["scale"] for cost in values["projects"]["cost"])
    assert again.ballots.starts.tolist() == [0, *accumulate(map(len, values["votes"]["vote"]))]
    chosen = [again.keys.index(key.strip()) for ballot in values["votes"]["vote"] for key in ballot]
    assert again.ballots.chosen.tolist() == chosen


def vars_of(file: PabulibFile) -> dict[str, Any]:
    return {name: getattr(file, name) for name in file.__dataclass_fields__}


def raw(file: PabulibFile, name: str, *, votes: bool = False) -> list[tuple[str, tuple[str, ...]]]:
    section = file.votes if votes else file.projects
    return [(name, section.columns[section.header.index(name)])]


@given(
    text=st.sampled_from([WHOLE, POINTS]),
    cuts=st.lists(
        st.tuples(
            st.integers(0, 480), st.integers(0, 6), st.sampled_from(["", ";", '"', "\n", ",", "p1", "-", "9", "é"])
        ),
        min_size=1,
        max_size=4,
    ),
)
@settings(max_examples=250)
def test_a_damaged_file_is_refused_or_repaired_and_never_misread(text: str, cuts: list[tuple[int, int, str]]) -> None:
    damaged = text
    for at, length, instead in cuts:
        damaged = damaged[:at] + instead + damaged[at + length :]
    content = damaged.encode()
    strict = outcome_of(content, mode="strict")
    lenient = outcome_of(content, mode="lenient")
    if isinstance(strict, PabulibFile):
        assert isinstance(lenient, PabulibFile)
        assert (lenient, lenient.repairs) == (strict, ())
    if isinstance(lenient, PabulibFile):
        assert bool(lenient.repairs) == isinstance(strict, FormatError)
        again = read_pabulib(write_pabulib(lenient), name=lenient.name)
        assert again == lenient
        assert again.ballots.chosen.tolist() == lenient.ballots.chosen.tolist()


def outcome_of(content: bytes, *, mode: Any) -> PabulibFile | FormatError:
    try:
        return read_pabulib(content, mode=mode)
    except FormatError as error:
        return error


SMALL: dict[str, Any] = {
    "budget": 100_050,
    "scale": 100,
    "meta": {"rule": "equalshares/add1", "description": "A ballot", "samskap_seed": "lake", "unit": "Town"},
    "projects": {
        "project_id": ["p1", "p2"],
        "cost": [50_000, 7_025],
        "district": ["North", ""],
        "full_cost": [60_000, ""],
    },
    "votes": {
        "voter_id": [1, 2, 3],
        "vote": [["p1", "p2"], [], "p2"],
        "points": [[1, 2], [], 3],
        "voting_method": ["internet", "paper", "paper"],
    },
}

WRITTEN = """META
key;value
description;A ballot
unit;Town
num_projects;2
num_votes;3
budget;1000.5
vote_type;cumulative
rule;equalshares/add1
samskap_seed;lake
samskap_constraints;"{""minimum_support"": 2, ""district_budgets"": {""North"": ""500""}}"
PROJECTS
project_id;cost;district;full_cost;votes;score
p1;500;North;600;1;1
p2;70.25;;;2;5
VOTES
voter_id;vote;points;voting_method
1;p1,p2;1,2;internet
2;;;paper
3;p2;3;paper
"""


def test_a_file_is_built_from_plain_values() -> None:
    constraints = Constraints(minimum_support=2, district_budgets=(("North", 50_000),))
    built = pabulib_of("town.pb", kind="cumulative", constraints=constraints, **SMALL)
    assert write_pabulib(built).decode() == WRITTEN
    assert (built.costs, built.full_costs, built.budget, built.scale) == ((50_000, 7_025), (60_000, None), 100_050, 100)
    assert built.constraints == constraints


def test_a_knapsack_is_an_approval_under_a_limit_of_cost() -> None:
    votes = {"voter_id": ["1"], "vote": [["p1", "p2"]]}
    built = pabulib_of("town.pb", kind="knapsack", **{**SMALL, "votes": votes})
    assert (built.meta["vote_type"], built.meta["max_sum_cost"], built.ballots.kind) == (
        "approval",
        "1000.5",
        "knapsack",
    )


@pytest.mark.parametrize(
    ("part", "column", "value", "words"),
    [
        ("votes", "vote", [["p1", "p9"], [], "p2"], "p9"),
        ("votes", "voter_id", [1, 1, 3], "called 1"),
        ("votes", "points", [[1], [], 3], "2 projects and gives 1"),
        ("projects", "cost", [0, 7_025], "p1 costs 0"),
        ("projects", "full_cost", [40_000, ""], "400"),
    ],
)
def test_values_that_do_not_agree_are_refused(part: str, column: str, value: list[Any], words: str) -> None:
    with pytest.raises(FormatError, match=words):
        pabulib_of("town.pb", kind="cumulative", **{**SMALL, part: {**SMALL[part], column: value}})
