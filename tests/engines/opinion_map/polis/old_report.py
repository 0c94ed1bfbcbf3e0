"""A conversation of which Polis's own result is public: its maths file, and the votes behind it.

The CSV files were made a little earlier than the maths file: three people are missing and twelve votes of a fourth.
The four were in four different base clusters, and the maths file has the votes of each base cluster on each statement;
so what it has more than the CSV there are their votes, one by one. `restored` fails where it is not so.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samskap.engines.opinion_map import Votes
from samskap.formats.polis_csv import read_conversation


@dataclass(frozen=True)
class OldReport:
    """The maths file, the votes behind it (1 agree), who was in which group, and the order of first votes."""

    math: dict[str, Any]
    votes: Votes
    groups: dict[str, str]
    order: list[str]

    @property
    def out(self) -> frozenset[str]:
        return frozenset(map(str, self.math["mod-out"]))

    @property
    def meta(self) -> frozenset[str]:
        return frozenset(map(str, self.math["meta-tids"]))

    @property
    def statements(self) -> list[str]:
        return [str(key) for key in self.math["tids"]]


def read_old_report(folder: Path) -> OldReport:
    with gzip.open(folder / "math-pca2.json.gz", "rt", encoding="utf-8") as stream:
        math = json.load(stream)
    conversation = read_conversation(folder)
    members = dict(zip(math["base-clusters"]["id"], math["base-clusters"]["members"], strict=True))
    groups = {
        str(person): str(group["id"])
        for group in math["group-clusters"]
        for base in group["members"]
        for person in members[base]
    }
    first = {vote.person: vote.timestamp or 0 for vote in reversed(conversation.votes)}
    for vote in conversation.votes:
        first[vote.person] = min(first[vote.person], vote.timestamp or 0)
    votes = Votes.from_rows([*conversation.rows, *restored(math, conversation.rows)])
    return OldReport(math, votes, groups, sorted(first, key=lambda key: (first[key], int(key))))


def restored(math: dict[str, Any], rows: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    """The votes that the maths file knows and the rows do not."""
    given: dict[str, int] = defaultdict(int)
    for person, _, _ in rows:
        given[person] += 1
    lacking = [person for person, count in math["user-vote-counts"].items() if count != given[person]]
    cluster_of = {str(p): at for at, people in enumerate(math["base-clusters"]["members"]) for p in people}
    behind = {cluster_of[person]: person for person in lacking}
    assert len(behind) == len(lacking)
    known: dict[tuple[int, str], list[int]] = defaultdict(list)
    for person, statement, value in rows:
        if person in cluster_of:
            known[cluster_of[person], statement].append(value)
    found = []
    for statement, counts in math["votes-base"].items():
        for at in range(len(counts["S"])):
            cast = known[at, statement]
            agree, disagree = counts["A"][at] - cast.count(1), counts["D"][at] - cast.count(-1)
            seen = counts["S"][at] - len(cast)
            assert (seen, agree + disagree) in {(0, 0), (1, 0), (1, 1)}
            if seen:
                found.append((behind[at], statement, agree - disagree))
    return found
