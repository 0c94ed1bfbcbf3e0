"""Bad files: the strict reader names file, line, value and cure; the lenient one repairs and tells, or refuses too."""

from __future__ import annotations

import gzip
from dataclasses import dataclass

import pytest
from tests.formats.pabulib.files import POINTS, WHOLE, changed

from samskap.formats.errors import FormatError
from samskap.formats.pabulib import election_of, read_pabulib, write_pabulib
from samskap.formats.pabulib.problems import PROBLEMS


@dataclass(frozen=True)
class Bad:
    """A bad file, the problem and the line that the strict reader names (0: the whole file) with words of it.

    `repaired`: the problems that the lenient reader tells; None where it must refuse. `ballots`: the ids on each
    ballot after that, where they are not those of the whole file.
    """

    content: bytes
    code: str
    line: int
    words: str
    repaired: tuple[str, ...] | None = None
    ballots: tuple[str, ...] = ("p1,p2", "p1", "", "p/3.b,p1")


def own(value: str) -> bytes:
    cell = value.replace('"', '""')
    return changed("max_length;2", f'samskap_constraints;"{cell}"')


FATAL = {
    "nothing": Bad(b"", "empty", 0, "nothing in it"),
    "a table": Bad(b"voter_id;vote\n1;p1\n", "beginning", 1, "begins with voter_id"),
    "no projects section": Bad(changed(WHOLE[WHOLE.index("PROJECTS") :], ""), "section_missing", 0, "PROJECTS"),
    "no votes section": Bad(changed(WHOLE[WHOLE.index("VOTES") :], ""), "section_missing", 0, "VOTES"),
    "votes without a header": Bad(changed(WHOLE[WHOLE.index("voter_id") :], ""), "section_missing", 0, "VOTES"),
    "projects twice": Bad(changed("VOTES\n", "PROJECTS\n"), "title", 21, "PROJECTS"),
    "votes before projects": Bad(
        (WHOLE[: WHOLE.index("PROJECTS")] + WHOLE[WHOLE.index("VOTES") :]).encode(), "title", 16, "VOTES"
    ),
    "not UTF-8": Bad(WHOLE.encode().replace(b"Choir", b"K\xf8r"), "encoding", 20, "0xF8"),
    "not UTF-8 beside quotation marks": Bad(WHOLE.encode().replace(b"with", b"w\xedth"), "encoding", 19, "0xED"),
    "half a file": Bad(WHOLE[: WHOLE.index("\n4;p/3.b")].encode(), "cut_off", 0, "META says 4 votes, and 3"),
    "half a row": Bad(WHOLE[: WHOLE.index("4;p/3.b") + 5].encode(), "row_cut", 26, "in the middle of this row"),
    "half a row of projects": Bad(WHOLE[: WHOLE.index("Skate")].encode(), "row_cut", 18, "in the middle of this row"),
    "half of a gzip": Bad(gzip.compress(WHOLE.encode())[:150], "broken", 0, "cannot be unpacked"),
    "a gzip with a wrong sum": Bad(gzip.compress(WHOLE.encode())[:-8] + bytes(8), "broken", 0, "unpacked"),
    "a gzip with broken content": Bad(
        gzip.compress(WHOLE.encode())[:40] + bytes(30) + gzip.compress(WHOLE.encode())[70:], "broken", 0, "unpacked"
    ),
    "a column twice": Bad(changed("name;category", "name;name"), "column_twice", 17, "two columns name"),
    "no cost": Bad(changed("project_id;cost;", "project_id;price;"), "column_missing", 17, "no column cost"),
    "no vote": Bad(changed("voter_id;vote;", "voter_id;choice;"), "column_missing", 22, "no column vote"),
    "no points": Bad(changed("vote;points", "vote;scores", text=POINTS), "column_missing", 14, "no column points"),
    "no budget": Bad(changed("budget;1000\n", ""), "key_missing", 1, "does not say budget"),
    "an empty budget": Bad(changed("budget;1000", "budget; "), "key_missing", 9, "does not say budget"),
    "no vote_type": Bad(changed("vote_type;approval\n", ""), "key_missing", 1, "vote_type"),
    "an unknown vote_type": Bad(changed("approval", "jury"), "vote_type", 10, "jury"),
    "a budget of nothing": Bad(changed("budget;1000", "budget;0"), "budget", 9, "The budget is 0"),
    "a negative budget": Bad(changed("budget;1000", "budget;-1000"), "budget", 9, "-1000"),
    "a budget below the cheapest": Bad(changed("budget;1000", "budget;399.5"), "budget_small", 9, "399.5"),
    "a budget in words": Bad(changed("budget;1000", "budget;much"), "number", 9, "much"),
    "one comma that may mean both": Bad(changed("budget;1000", "budget;1,000"), "number", 9, "1,000"),
    "no number": Bad(changed("budget;1000", "budget;nan"), "number", 9, "nan"),
    "digits of another script": Bad(changed("budget;1000", "budget;١٠٠٠"), "number", 9, "١٠٠٠"),
    "a huge exponent": Bad(changed("budget;1000", "budget;1e999999999"), "number", 9, "1e999999999"),
    "too many digits": Bad(changed("budget;1000", f"budget;{'9' * 16}"), "number_large", 9, "9" * 16),
    "too fine together": Bad(
        WHOLE.replace("budget;1000", "budget;900000000").replace("p1;400", "p1;400.0000001").encode(),
        "number_large",
        9,
        "largest amount",
    ),
    "a cost of nothing": Bad(changed("p1;400", "p1;0.00"), "cost", 18, "p1 costs 0"),
    "a negative cost": Bad(changed("p1;400", "p1;-400"), "cost", 18, "-400"),
    "an absent cost": Bad(changed("p1;400", "p1;"), "number", 18, "cost"),
    "a whole price below the cost": Bad(
        WHOLE.replace("category", "full_cost").replace("sport,youth", "399").replace("culture", "").encode(),
        "full_cost",
        18,
        "399",
    ),
    "a torn project": Bad(changed("Skate park", "Skate;park"), "row_torn", 18, "7 cells"),
    "a project without an id": Bad(changed("p2;700", " ;700"), "project_id", 19, "“”"),
    "a project with a comma": Bad(changed("p2;700", "p2,x;700"), "project_id", 19, "p2,x"),
    "two projects of one id": Bad(changed("p2;700", "p1;700"), "project_twice", 19, "p1"),
    "no project at all": Bad(
        (WHOLE[: WHOLE.index("p1;400")] + WHOLE[WHOLE.index("VOTES") :])
        .replace("num_projects;3", "num_projects;0")
        .encode(),
        "no_projects",
        17,
        "no project",
    ),
    "a threshold of points": Bad(
        changed("max_sum_points;5", "min_project_score_threshold;5", text=POINTS), "threshold", 7, "5 points"
    ),
    "constraints that are no JSON": Bad(own("{"), "json", 14, "samskap_constraints"),
    "constraints in a list": Bad(own("[]"), "json", 14, "object"),
    "an unknown constraint": Bad(own('{"maximum": 3}'), "json", 14, "minimum_support"),
    "a constraint on a stranger": Bad(own('{"exclusive": [["p1", "p9"]]}'), "json", 14, "p9"),
    "a need of three": Bad(own('{"requires": [["p1", "p2", "p1"]]}'), "json", 14, "pair"),
    "a support in words": Bad(own('{"minimum_support": "few"}'), "json", 14, "whole number"),
    "a district budget as a float": Bad(own('{"district_budgets": {"N": 0.1}}'), "json", 14, "quotation marks"),
    "district budgets in a list": Bad(own('{"district_budgets": ["1"]}'), "json", 14, "quotation marks"),
    "constraints too deep": Bad(own("[" * 100_000), "json", 14, "samskap_constraints"),
}
CURABLE = {
    "an empty line": Bad(changed("PROJECTS\n", "\nPROJECTS\n"), "blank", 16, "empty", ("blank",)),
    "an empty line at the end": Bad((WHOLE + "\n").encode(), "blank", 27, "empty", ("blank",)),
    "a line of semicolons": Bad((WHOLE + ";;;;\n").encode(), "blank", 27, "empty", ("blank",)),
    "a title in small letters": Bad(changed("VOTES\n", "votes\n"), "title_form", 21, "VOTES", ("title_form",)),
    "a title from a spreadsheet": Bad(
        changed("VOTES\n", "VOTES;;;;\n"), "title_form", 21, "VOTES;;;;", ("title_form",)
    ),
    "another header of META": Bad(changed("key;value", "Key;Value"), "meta_header", 2, "Key;Value", ("meta_header",)),
    "a quotation mark that closes early": Bad(changed("Choir", '"The" Choir'), "quotes", 20, "quotation", ("quotes",)),
    "empty cells too many": Bad(
        changed("41;F;internet", "41;F;internet;;"), "cells_over", 25, "7 cells", ("cells_over",)
    ),
    "cells too few": Bad(changed("41;F;internet", "41"), "cells_under", 25, "3 cells", ("cells_under",)),
    "no header of META": Bad(changed("key;value\n", ""), "meta_headless", 2, "description", ("meta_headless",)),
    "a comment with semicolons": Bad(
        changed("A ballot for", "A; ballot; for"), "value_torn", 3, "description", ("value_torn",)
    ),
    "a torn ballot": Bad(
        changed("2;p1;;M;paper", "2;p1;;M;paper;home"),
        "ballot_torn",
        24,
        "6 cells",
        ("count", "tally", "ballot_torn"),
        ("p1,p2", "", "p/3.b,p1"),
    ),
    "a key twice": Bad(changed("unit;Town", "unit;Town\nunit;City"), "key_twice", 6, "unit", ("key_twice",)),
    "no num_votes": Bad(changed("num_votes;4\n", ""), "count_missing", 1, "num_votes", ("count_missing",)),
    "too few votes": Bad(changed("num_votes;4", "num_votes;5"), "count", 8, "num_votes is 5, and 4", ("count",)),
    "too many projects": Bad(changed("num_projects;3", "num_projects;2"), "count", 7, "2, and 3", ("count",)),
    "a count in words": Bad(changed("num_votes;4", "num_votes;four"), "count", 8, "four", ("count",)),
    "a vote_type in capitals": Bad(
        changed("approval", "Approval"), "vote_type_form", 10, "Approval", ("vote_type_form",)
    ),
    "a budget with spaces": Bad(changed("budget;1000", "budget;1 000"), "number_form", 9, "1 000", ("number_form",)),
    "a budget with a comma": Bad(
        changed("budget;1000", "budget;1000,50"), "number_form", 9, "1000,50", ("number_form",)
    ),
    "a budget with commas": Bad(
        changed("budget;1000", "budget;1,000,000"), "number_form", 9, "1,000,000", ("number_form",)
    ),
    "a budget of a computer": Bad(
        changed("budget;1000", "budget;1.5E+3"), "number_form", 9, "1.5E+3", ("number_form",)
    ),
    "a cost with a plus": Bad(changed("p1;400", "p1;+400."), "number_form", 18, "+400.", ("number_form",)),
    "a limit in words": Bad(changed("max_length;2", "max_length;some"), "limit", 14, "some", ("limit",)),
    "a limit with a comma": Bad(
        changed("max_length;2", "max_sum_cost;1100,0"), "number_form", 14, "1100,0", ("number_form",)
    ),
    "a threshold in words": Bad(
        changed("max_length;2", "min_project_score_threshold;few"), "limit", 14, "few", ("limit",)
    ),
    "a project twice, word for word": Bad(
        changed("p/3.b;500;1;Choir;culture;1\n", "p/3.b;500;1;Choir;culture;1\n" * 2).replace(
            b"projects;3", b"projects;4"
        ),
        "project_again",
        21,
        "p/3.b",
        ("count", "project_again"),
    ),
    "a wrong number of votes for a project": Bad(changed("400;3", "400;4"), "tally", 18, "p1 has 4", ("tally",)),
    "no id of a voter": Bad(changed("2;p1;;", ";p1;;"), "voter_missing", 24, "empty", ("voter_missing",)),
    "a voter twice": Bad(changed("2;p1;;", "1;p1;;"), "voter_twice", 24, "called 1", ("voter_twice",)),
    "a comma too many": Bad(changed("p1,p2", "p1,,p2,"), "choice_empty", 23, "empty place", ("choice_empty",) * 2),
    "an unknown project": Bad(changed("p/3.b,p1", "p9,p/3.b,p1"), "choice_unknown", 26, "p9", ("choice_unknown",)),
    "a project twice on a ballot": Bad(changed("p1,p2", "p1,p2,p1"), "choice_twice", 23, "p1", ("choice_twice",)),
    "equal ranks": Bad(
        changed("p1,p2", "p1=p2").replace(b"approval", b"ordinal"),
        "choice_unknown",
        23,
        "no two can share a place",
        ("tally", "tally", "choice_unknown"),
        ("", "p1", "", "p/3.b,p1"),
    ),
    "too many choices": Bad(
        changed("p1,p2", "p1,p2,p/3.b").replace(b"500;1", b"500;2"),
        "over",
        23,
        "3 projects, and max_length is 2",
        ("widened", "over"),
        ("p1,p2,p/3.b", "p1", "", "p/3.b,p1"),
    ),
    "too few choices": Bad(
        changed("max_length;2", "min_length;2"), "under", 24, "1 projects, and min_length is 2", ("widened", "under")
    ),
    "too dear a ballot": Bad(
        changed("max_length;2", "max_sum_cost;1099.99"), "over", 23, "projects for 1100", ("widened", "over")
    ),
    "several projects where one is allowed": Bad(
        changed("approval", "choose-1").replace(b"max_length;2\n", b""),
        "over",
        22,
        "2 projects, and max_length is 1",
        ("widened", "several", "over", "over"),
    ),
}
CURABLE["several projects though META allows it"] = Bad(
    changed("approval", "choose-1"),
    "over",
    23,
    "2 projects, and max_length is 1",
    ("several", "widened", "over", "over"),
)

POINTED = {
    "points over the sum": Bad(
        changed("max_sum_points;5", "max_sum_points;4", text=POINTS),
        "over",
        15,
        "5 points in all, and max_sum_points is 4",
        ("widened", "over"),
        ("a,b 3,2", "b,a 2,2", " "),
    ),
    "too many points for a project": Bad(
        changed("max_sum_points;5", "max_points;2.5", text=POINTS),
        "over",
        15,
        "3 points for a project",
        ("widened", "over"),
        ("a,b 3,2", "b,a 2,2", " "),
    ),
    "too few points": Bad(
        changed("max_sum_points;5", "min_sum_points;5", text=POINTS),
        "under",
        16,
        "4 points in all",
        ("widened", "under"),
        ("a,b 3,2", "b,a 2,2", " "),
    ),
    "negative points": Bad(
        changed("3,2", "3,-1", text=POINTS).replace(b"2;4", b"2;1"),
        "under",
        15,
        "-1 points for a project, and min_points is 0",
        ("widened", "under"),
        ("a,b 3,-1", "b,a 2,2", " "),
    ),
    "points of another length": Bad(
        changed("3,2", "3,2,1", text=POINTS),
        "points_length",
        15,
        "2 projects and gives 3",
        ("tally", "tally", "tally", "tally", "points_length"),
        (" ", "b,a 2,2", " "),
    ),
    "points without projects": Bad(
        changed("3;;", "3;;1", text=POINTS),
        "points_length",
        17,
        "0 projects and gives 1",
        ("points_length",),
        ("a,b 3,2", "b,a 2,2", " "),
    ),
    "points in words": Bad(
        changed("3,2", "3,two", text=POINTS),
        "points_number",
        15,
        "two",
        ("tally", "tally", "tally", "tally", "points_number"),
        (" ", "b,a 2,2", " "),
    ),
    "points in another form": Bad(
        changed("3,2", "+3,2.", text=POINTS),
        "number_form",
        15,
        "+3",
        ("number_form", "number_form"),
        ("a,b 3,2", "b,a 2,2", " "),
    ),
    "an unknown project with points": Bad(
        changed("a,b;3,2", "a,x,b;3,9,2", text=POINTS),
        "choice_unknown",
        15,
        "x",
        ("choice_unknown",),
        ("a,b 3,2", "b,a 2,2", " "),
    ),
    "a comma too many, points right": Bad(
        changed("a,b;3,2", "a,b,;3,2", text=POINTS),
        "choice_empty",
        15,
        "empty place",
        ("choice_empty",),
        ("a,b 3,2", "b,a 2,2", " "),
    ),
}
BAD = FATAL | CURABLE | POINTED


@pytest.mark.parametrize("name", BAD)
def test_the_strict_reader_names_file_line_value_and_cure(name: str) -> None:
    bad = BAD[name]
    with pytest.raises(FormatError) as caught:
        read_pabulib(bad.content, name="town.pb")
    place = f"town.pb, line {bad.line}: " if bad.line else "town.pb: "
    assert caught.value.message.startswith(place)
    assert bad.words in str(caught.value)
    assert (caught.value.code, bool(caught.value.cure)) == (f"pabulib_{bad.code}", True)


@pytest.mark.parametrize("name", FATAL)
def test_what_nobody_can_know_is_refused_leniently_too(name: str) -> None:
    bad = FATAL[name]
    with pytest.raises(FormatError) as caught:
        read_pabulib(bad.content, name="town.pb", mode="lenient")
    assert (caught.value.code, bad.words in str(caught.value)) == (f"pabulib_{bad.code}", True)


@pytest.mark.parametrize("name", CURABLE | POINTED)
def test_the_lenient_reader_repairs_and_tells(name: str) -> None:
    bad = BAD[name]
    found = read_pabulib(bad.content, mode="lenient")
    assert tuple(one.code for one in found.repairs) == bad.repaired
    assert all(one.what and one.how and one.line for one in found.repairs)
    told = [one for one in found.repairs if one.code == bad.code]
    assert told[0].line == bad.line
    votes, points = found.votes.column("vote"), found.votes.column("points")
    cast = [f"{vote} {point}" for vote, point in zip(votes, points, strict=True)] if points else list(votes or ())
    assert tuple(cast) == bad.ballots


@pytest.mark.parametrize("name", CURABLE | POINTED)
def test_what_was_repaired_is_a_file_for_the_strict_reader(name: str) -> None:
    found = read_pabulib(BAD[name].content, name="a", mode="lenient")
    again = read_pabulib(write_pabulib(found), name="a")
    assert again == found
    assert again.ballots.chosen.tolist() == found.ballots.chosen.tolist()
    assert election_of(again).constraints == election_of(found).constraints


def test_every_problem_is_met_in_these_tests() -> None:
    met = {bad.code for bad in BAD.values()} | {code for bad in BAD.values() for code in bad.repaired or ()}
    assert met | {"too_large"} == set(PROBLEMS)


def test_a_quotation_mark_that_is_never_closed_swallows_nothing_in_silence() -> None:
    content = changed("internet\n4;", '"internet\n4;')
    with pytest.raises(FormatError, match="line 25: The quotation marks"):
        read_pabulib(content)
    found = read_pabulib(content, mode="lenient")
    assert [(one.line, one.code) for one in found.repairs] == [(25, "quotes")]
    assert found.ballots.voters == 4


def test_a_quotation_mark_in_the_middle_of_a_cell_is_text() -> None:
    assert read_pabulib(changed("Choir", 'The "Choir"')).projects.column("name")[2] == 'The "Choir"'  # type: ignore[index]


def test_a_repair_tells_what_and_how() -> None:
    (repair,) = read_pabulib(changed("p1,p2", "p1,p2,p9"), mode="lenient").repairs
    assert (repair.line, repair.what, repair.how, repair.gaps) == (
        23,
        "The ballot names the project p9, which is not in PROJECTS.",
        "The name is left out.",
        {"project": "p9"},
    )


def test_every_voter_with_the_same_bad_ballot_is_told_of() -> None:
    rows = "".join(f"{number};p1,p9;;;\n" for number in range(5, 105))
    text = WHOLE.replace("votes;4", "votes;104").replace("400;3", "400;103") + rows
    found = read_pabulib(text.encode(), mode="lenient")
    assert [one.line for one in found.repairs] == list(range(27, 127))


def test_a_missing_header_of_meta_costs_no_value() -> None:
    found = read_pabulib(changed("key;value\n", ""), mode="lenient")
    assert found.meta["description"] == "A ballot for the tests"


def test_a_long_value_is_cut_in_the_sentence() -> None:
    with pytest.raises(FormatError) as caught:
        read_pabulib(changed("p1,p2", "x" * 5000))
    assert len(str(caught.value)) < 300
