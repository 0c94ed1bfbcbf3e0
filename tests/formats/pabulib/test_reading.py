"""A `.pb` file is read whole, in whichever dress it comes."""

from __future__ import annotations

import gzip
import os
import threading
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from tests.formats.pabulib.files import POINTS, WHOLE, changed

from samskap.engines.fair_budget.election import Ballots, Constraints, Election, Project
from samskap.engines.fair_budget.errors import ElectionError
from samskap.formats.errors import FormatError
from samskap.formats.pabulib import Layout, PabulibFile, election_of, read_pabulib


def ballots_in(found: Ballots) -> tuple[object, ...]:
    """All of it as plain values."""
    points = None if found.points is None else found.points.tolist()
    return found.kind, found.starts.tolist(), found.chosen.tolist(), points, found.points_scale


def election_in(found: Election) -> tuple[object, ...]:
    whole = found.projects, found.budget, found.scale, found.currency, found.constraints
    return *whole, ballots_in(found.ballots)


def test_a_file_is_read_whole() -> None:
    found = read_pabulib(WHOLE.encode(), name="town.pb")
    assert (found.name, found.keys, found.costs, found.full_costs) == (
        "town.pb",
        ("p1", "p2", "p/3.b"),
        (400, 700, 500),
        (None, None, None),
    )
    assert (found.budget, found.scale, found.constraints, found.repairs) == (1000, 1, Constraints(), ())
    assert list(found.meta)[:3] == ["description", "country", "unit"]
    assert found.meta["date_end"] == "31.03.2026"
    assert found.projects.column("name") == ("Skate park", "Bridge; with lights", "Choir")
    assert found.votes.header == ("voter_id", "vote", "age", "sex", "voting_method")
    assert found.votes.column("district", "sex") == ("F", "M", "F", "O")
    assert found.votes.column("education") is None
    assert ballots_in(found.ballots) == ("approval", [0, 2, 3, 3, 5], [0, 1, 0, 2, 0], None, 1)
    assert (found.layout, found.sha256) == (Layout(), sha256(WHOLE.encode()).hexdigest())


def test_the_election_has_names_districts_categories_and_whole_prices() -> None:
    text = WHOLE.replace("category;selected\n", "category;neighborhood;full_cost\n")
    text = text.replace("youth;1", "youth;North;450").replace(";;0", ";;;").replace("culture;1", "culture;South;500")
    assert election_in(election_of(read_pabulib(text.encode()))) == (
        (
            Project("p1", 400, "Skate park", "North", ("sport", "youth"), 450),
            Project("p2", 700, "Bridge; with lights"),
            Project("p/3.b", 500, "Choir", "South", ("culture",), 500),
        ),
        1000,
        1,
        "NOK",
        Constraints(),
        ("approval", [0, 2, 3, 3, 5], [0, 1, 0, 2, 0], None, 1),
    )


DRESSES = {
    "byte order mark": (b"\xef\xbb\xbf" + WHOLE.encode(), Layout(mark=True)),
    "line ends of Windows": (WHOLE.replace("\n", "\r\n").encode(), Layout(line_end="\r\n")),
    "no last line end": (WHOLE.removesuffix("\n").encode(), Layout(last_end=False)),
    "gzip": (gzip.compress(WHOLE.encode()), Layout()),
    "two gzip members": (gzip.compress(WHOLE[:100].encode()) + gzip.compress(WHOLE[100:].encode()), Layout()),
    "spaces around cells": (WHOLE.replace("Bridge;", "Bridge,").replace(";", " ; ").encode(), Layout()),
    "spaces in the ballot": (changed("p1,p2;30", "p1, p2 ;30"), Layout()),
    "quotation marks all over": (
        "\n".join(
            ";".join(f'"{cell}"' for cell in line.split(";")) if ";" in line and '"' not in line else line
            for line in WHOLE.split("\n")
        ).encode(),
        Layout(),
    ),
    "a line end in quotation marks": (changed("Choir", '"Choir\nof the town"'), Layout()),
}


@pytest.mark.parametrize("dress", DRESSES)
def test_the_same_election_in_every_dress(dress: str) -> None:
    content, layout = DRESSES[dress]
    found, plain = read_pabulib(content), read_pabulib(WHOLE.encode())
    assert (found.keys, found.costs, found.budget) == (plain.keys, plain.costs, plain.budget)
    assert ballots_in(found.ballots) == ballots_in(plain.ballots)
    assert (found.layout, found.repairs) == (layout, ())


def test_the_fingerprint_is_that_of_the_unpacked_bytes() -> None:
    assert read_pabulib(gzip.compress(WHOLE.encode())).sha256 == read_pabulib(WHOLE.encode()).sha256


def test_a_path_gives_its_name(tmp_path: Path) -> None:
    (tmp_path / "town.pb").write_bytes(WHOLE.encode())
    assert read_pabulib(tmp_path / "town.pb").name == "town.pb"
    assert read_pabulib(tmp_path / "town.pb", name="other.pb").name == "other.pb"


def test_a_pipe_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(gzip.compress(WHOLE.encode()),))
    writer.start()
    assert read_pabulib(pipe).sha256 == sha256(WHOLE.encode()).hexdigest()
    writer.join()


KINDS = {
    "choose-1": (
        WHOLE.replace("approval", "choose-1")
        .replace("max_length;2\n", "")
        .replace("p1,p2", "p2")
        .replace("p/3.b,p1", "p/3.b")
        .replace("400;3", "400;1"),
        ("choose-1", [0, 1, 2, 2, 3], [1, 0, 2], None, 1),
    ),
    "ordinal": (
        WHOLE.replace("approval", "ordinal"),
        ("ordinal", [0, 2, 3, 3, 5], [0, 1, 0, 2, 0], None, 1),
    ),
    "knapsack": (
        WHOLE.replace("max_length;2", "max_sum_cost;1100.00"),
        ("knapsack", [0, 2, 3, 3, 5], [0, 1, 0, 2, 0], None, 1),
    ),
    "cumulative": (POINTS, ("cumulative", [0, 2, 4, 4], [0, 1, 1, 0], [3, 2, 2, 2], 1)),
    "cumulative with parts of points": (
        POINTS.replace("3,2", "2.75,1.5").replace("400;2;5", "400;2;4.75").replace("700;2;4", "700;2;3.50"),
        ("cumulative", [0, 2, 4, 4], [0, 1, 1, 0], [275, 150, 200, 200], 100),
    ),
    "scoring": (
        POINTS.replace("cumulative", "scoring").replace("3,2", "3,-2").replace("2;4", "2;0"),
        ("scoring", [0, 2, 4, 4], [0, 1, 1, 0], [3, -2, 2, 2], 1),
    ),
    "scoring with a default": (
        POINTS.replace("cumulative", "scoring").replace("max_sum_points;5", "default_score;0.5"),
        ("scoring", [0, 3, 6, 9], [0, 1, 2] * 3, [30, 20, 5, 20, 20, 5, 5, 5, 5], 10),
    ),
    "scoring with a default of nothing": (
        POINTS.replace("cumulative", "scoring").replace("max_sum_points;5", "default_score;0"),
        ("scoring", [0, 2, 4, 4], [0, 1, 1, 0], [3, 2, 2, 2], 1),
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_ballot(kind: str) -> None:
    text, ballots = KINDS[kind]
    assert ballots_in(read_pabulib(text.encode()).ballots) == ballots


MONEY = {
    "kroner": ("1000", "400", (1000, 400, 1)),
    "kroner with a needless decimal": ("1000.00", "400.0", (1000, 400, 1)),
    "øre": ("1000.50", "399.99", (100050, 39999, 100)),
    "a tenth": ("1000.50", "400", (10005, 4000, 10)),
    "a million million": ("1000000000000", "400.01", (100_000_000_000_000, 40001, 100)),
}


@pytest.mark.parametrize("case", MONEY)
def test_money_is_exact(case: str) -> None:
    budget, cost, expected = MONEY[case]
    text = WHOLE.replace("budget;1000", f"budget;{budget}").replace("p1;400", f"p1;{cost}")
    found = read_pabulib(text.encode())
    assert (found.budget, found.costs[0], found.scale) == expected


def test_the_threshold_is_a_minimum_support() -> None:
    found = read_pabulib(changed("max_length;2", "min_project_score_threshold;3"))
    assert found.constraints == Constraints(minimum_support=3)


@pytest.mark.parametrize(("threshold", "support"), [("1", 1), ("4", 1), ("4.5", None), ("6", 3), ("-2", 0)])
def test_a_threshold_of_points_is_told_in_voters_where_the_same_projects_fall(
    threshold: str, support: int | None
) -> None:
    content = changed("max_sum_points;5", f"min_project_score_threshold;{threshold}", text=POINTS)
    if support is None:
        with pytest.raises(FormatError, match="cannot be told in voters"):
            read_pabulib(content)
    else:
        assert read_pabulib(content).constraints == Constraints(minimum_support=support)


@pytest.mark.parametrize(("threshold", "support"), [("8", 2), ("30", 4), ("1", 0)])
def test_a_threshold_of_a_ranking_is_one_of_its_score(threshold: str, support: int) -> None:
    text = WHOLE.replace("approval", "ordinal").replace("max_length;2", f"min_project_score_threshold;{threshold}")
    text = text.replace("category", "score").replace("sport,youth", "20").replace(";;0", ";7;0").replace("culture", "7")
    assert read_pabulib(text.encode()).constraints == Constraints(minimum_support=support)


def test_own_constraints_are_read() -> None:
    own = (
        '{"minimum_support": 2, "district_budgets": {"North": "500.50"}, "exclusive": [["p1", "p2"]],'
        ' "requires": [["p/3.b", "p1"]]}'
    )
    cell = own.replace('"', '""')
    found = read_pabulib(changed("max_length;2", f'samskap_constraints;"{cell}"'))
    assert (found.scale, found.constraints) == (
        10,
        Constraints(
            minimum_support=2,
            district_budgets=(("North", 5005),),
            exclusive=(("p1", "p2"),),
            requires=(("p/3.b", "p1"),),
        ),
    )


def test_a_file_without_ballots_is_read_but_not_counted() -> None:
    head = WHOLE[: WHOLE.index("1;p1,p2")].replace("num_votes;4", "num_votes;0")
    found = read_pabulib(head.replace("400;3", "400;0").replace("700;1", "700;0").replace("500;1", "500;").encode())
    assert (found.ballots.voters, len(found.votes)) == (0, 0)
    with pytest.raises(ElectionError, match="no ballot"):
        election_of(found)


def test_a_cell_that_occurs_again_is_the_same_text_in_memory() -> None:
    rows = "".join(f"{number};p1;30;F;internet\n" for number in range(5, 20_000))
    text = WHOLE.replace("num_votes;4", "num_votes;19999").replace("400;3", "400;19998") + rows
    found = read_pabulib(text.encode())
    assert len({id(cell) for cell in found.votes.columns[1]}) == 4
    assert np.array_equal(np.diff(found.ballots.starts)[4:], np.ones(19_995))


def test_a_file_equals_itself_and_no_other() -> None:
    one, same, other = (read_pabulib(content) for content in (WHOLE.encode(), WHOLE.encode(), changed("30;F", "31;F")))
    assert isinstance(one, PabulibFile)
    assert (one == same, one == other) == (True, False)
