"""The example that is shown to residents: nine voters, three projects, 90,000 kroner. It can be redone by hand.

Each voter has 10,000. Project 1 has six supporters, who pay 7,000 each. Project 3 has four: one of them has 3,000 left
and gives all of it, the three others pay 9,000. The five supporters of project 2 have 3,000 each left, and it costs
45,000. By votes alone 1 and 2 would have won, and three voters would have got nothing.
"""

from __future__ import annotations

from tests.engines.fair_budget.elections import ballots_of

from samskap.engines.fair_budget import Ballots, Election, Outcome, Project, count

__all__ = ["CHOICES", "PABULIB", "PROJECTS", "village", "village_ballots", "village_count"]

PROJECTS = (
    Project(key="1", cost=42_000, name="Playground"),
    Project(key="2", cost=45_000, name="Ball court"),
    Project(key="3", cost=30_000, name="Rehearsal room"),
)
CHOICES = [[0, 1]] * 5 + [[0, 2]] + [[2]] * 3

PABULIB = """META
key;value
description;The village
country;Norway
unit;Drangedal
instance;2026
num_projects;3
num_votes;9
budget;90000
currency;NOK
vote_type;approval
rule;equalshares
samskap_rule;equal_shares
samskap_satisfaction;cost
samskap_completion;none
samskap_tie_break;lexicographic
PROJECTS
project_id;cost;votes;name;selected
1;42000;6;Playground;1
2;45000;5;Ball court;0
3;30000;4;Rehearsal room;1
VOTES
voter_id;vote
1;1,2
2;1,2
3;1,2
4;1,2
5;1,2
6;1,3
7;3
8;3
9;3
"""


def village_ballots() -> Ballots:
    return ballots_of(CHOICES)


def village() -> Election:
    return Election(PROJECTS, 90_000, village_ballots())


def village_count(**options: str) -> Outcome:
    """By Equal Shares with cost as satisfaction and nothing filled up, unless it is said otherwise."""
    return count(village(), **{"rule": "equal_shares", **options})
