"""A small `.pb` file as text, whole or changed at one place."""

from __future__ import annotations

WHOLE = """META
key;value
description;A ballot for the tests
country;Norway
unit;Town
instance;2026
num_projects;3
num_votes;4
budget;1000
vote_type;approval
rule;greedy
date_begin;01.03.2026
date_end;31.03.2026
max_length;2
currency;NOK
PROJECTS
project_id;cost;votes;name;category;selected
p1;400;3;Skate park;sport,youth;1
p2;700;1;"Bridge; with lights";;0
p/3.b;500;1;Choir;culture;1
VOTES
voter_id;vote;age;sex;voting_method
1;p1,p2;30;F;internet
2;p1;;M;paper
3;;41;F;internet
4;p/3.b,p1;18;O;internet
"""

POINTS = """META
key;value
num_projects;3
num_votes;3
budget;1000
vote_type;cumulative
max_sum_points;5
PROJECTS
project_id;cost;votes;score
a;400;2;5
b;700;2;4
c;500;0;0
VOTES
voter_id;vote;points
1;a,b;3,2
2;b,a;2,2
3;;
"""


def changed(old: str, new: str, *, text: str = WHOLE) -> bytes:
    """The file with one place changed; the place must be there, once."""
    assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
    return text.replace(old, new).encode()
