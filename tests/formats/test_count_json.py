"""The document of a count: equal counts are equal bytes, it reads back, and a recount finds what was changed."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from tests.engines.fair_budget.elections import elections, shuffled
from tests.engines.fair_budget.village import PABULIB, village_count

from samskap import __version__
from samskap.engines.fair_budget import ENGINE_VERSION, Election, Options, count
from samskap.formats import count_json
from samskap.formats.count_options import meta_of, options_of
from samskap.formats.count_recount import Difference, recount
from samskap.formats.count_told import BallotFile, CountTold, _digits, told
from samskap.formats.errors import FormatError
from samskap.formats.pabulib import PabulibFile, read_pabulib


def village_file(content: str = PABULIB) -> PabulibFile:
    return read_pabulib(content.encode(), name="village.pb")


def village_told() -> CountTold:
    file = village_file()
    return told(village_count(), ballot_file=BallotFile(file.name, file.sha256))


def test_the_whole_document_of_the_village() -> None:
    document = count_json.to_document(village_told())
    fingerprint, ballots, sha256 = document["election"]["sha256"], document["ballot_file"]["sha256"], document["sha256"]
    assert len({fingerprint, ballots, sha256}) == 3
    assert document == {
        "format": "samskap-count",
        "version": 1,
        "ballot_file": {"name": "village.pb", "sha256": ballots},
        "election": {
            "projects": 3, "voters": 9, "budget": 90_000, "kind": "approval", "currency": "NOK", "scale": 1,
            "sha256": fingerprint,
        },
        "options": {
            "rule": "equal_shares", "satisfaction": "cost", "completion": "none", "tie_break": "lexicographic",
            "seed": None,
            "constraints": {"minimum_support": 0, "district_budgets": [], "exclusive": [], "requires": []},
        },
        "winners": ["1", "3"],
        "cost": 72_000,
        "rounds": [
            {
                "project": "1", "how": "shared", "cost": 42_000, "supporters": 6, "tied": [], "price": "1/6",
                "effective_votes": "6", "paid": {"average": 7_000.0, "least": 7_000.0, "most": 7_000.0},
                "paid_out": 0, "left": 18_000.0, "overspent": 0.0,
            },
            {
                "project": "3", "how": "shared", "cost": 30_000, "supporters": 4, "tied": [], "price": "3/10",
                "effective_votes": "10/3", "paid": {"average": 7_500.0, "least": 3_000.0, "most": 9_000.0},
                "paid_out": 1, "left": 3_000.0, "overspent": 0.0,
            },
        ],
        "start": "10000",
        "increments": 0,
        "stopped": "plain",
        "compared": None,
        "areas": [],
        "losers": [
            {
                "project": "2", "cost": 45_000, "votes": 5, "why": "too_little_support", "because": [],
                "over_budget": 27_000, "money": 15_000.0, "missing": 30_000.0,
                "spent_on": [{"round": 1, "project": "1", "amount": 35_000.0}], "out_of_reach": 1,
                "more_supporters": 2, "highest_cost": 15_000,
            },
        ],
        "comparison": {
            "rule": "greedy", "winners": ["1", "2"], "cost": 87_000, "only_this": ["3"], "only_other": ["2"],
            "better": 4, "worse": 5, "same": 0,
        },
        "coverage": {
            "voters": 9, "with_choice": 9, "at_least": {"1": 1.0, "2": 0.111111, "3": 0.0},
            "share_of_choices": 0.722222,
        },
        "audit": [
            *(
                {"key": key, "holds": True, "promised": promised, "why": "", "values": {}}
                for key, promised in (
                    ("ballots", True), ("feasible", True), ("payments", True), ("order", True), ("exhaustive", False),
                    ("priceable", True), ("ejr_plus", True), ("ejr", True),
                )
            ),
            {
                "key": "core", "holds": False, "promised": False, "why": "group_better_off",
                "values": {"projects": "2", "voters": "5"},
            },
        ],
        "versions": {"samskap": __version__, "engine": ENGINE_VERSION},
        "sha256": sha256,
    }  # fmt: skip


def test_it_reads_back_as_it_was_told() -> None:
    written = count_json.written_count(village_told())
    document = count_json.read_document(written, file="village.json")
    assert count_json.from_document(document) == village_told()
    assert count_json.is_untouched(document)


@given(election=elections(with_constraints=True))
@settings(max_examples=30, deadline=None)
def test_the_same_count_is_the_same_bytes_and_reads_back(election: Election) -> None:
    first, second = (told(count(election), ballot_file=BallotFile("a.pb", "1")) for _ in range(2))
    assert count_json.written_count(first) == count_json.written_count(second)
    assert count_json.from_document(json.loads(count_json.written_count(first))) == first


def test_other_ballots_in_another_order_tell_the_same_but_for_what_the_file_is() -> None:
    outcome = village_count()
    other = count(shuffled(outcome.election, [8, 0, 7, 1, 6, 2, 5, 3, 4]))
    one, two = (told(each, ballot_file=BallotFile("x", "")) for each in (outcome, other))
    assert replace(two, election=one.election) == one


def test_the_hash_is_of_all_but_the_name_of_the_file() -> None:
    one = village_told()
    other_name = replace(one, ballot_file=replace(one.ballot_file, name="other.pb"))
    other_file = replace(one, ballot_file=replace(one.ballot_file, sha256="0"))
    other_rule = replace(one, options=replace(one.options, rule="phragmen"))
    digests = [count_json.to_document(each)["sha256"] for each in (one, other_name, other_file, other_rule)]
    assert digests[0] == digests[1]
    assert len(set(digests)) == 3


def test_numbers_that_python_does_not_write_in_one_go_are_written() -> None:
    number = 7 * 10**9_000 + 3
    assert _digits(number) == "7" + "0" * 8_999 + "3"
    assert _digits(12) == "12"


@pytest.mark.parametrize("document", [None, [], {}, {"format": "samskap-count", "version": 2}])
def test_what_is_no_count_is_refused(document: object) -> None:
    with pytest.raises(FormatError, match=r"not a count of version 1\."):
        count_json.from_document(document)


def test_a_damaged_field_is_named() -> None:
    document: dict[str, Any] = json.loads(count_json.written_count(village_told()))
    document["rounds"][1]["paid"]["least"] = "much"
    with pytest.raises(FormatError, match=r"count\.rounds\[1\]\.paid\.least must be a number\."):
        count_json.from_document(document)
    del document["winners"]
    with pytest.raises(FormatError, match=r"count\.winners must be present\."):
        count_json.from_document({**document, "rounds": []})


@pytest.mark.parametrize("data", [b"META", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_json_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError, match=r"result\.json is not JSON"):
        count_json.read_document(data, file="result.json")


# What META says of the count


@pytest.mark.parametrize(
    ("meta", "given", "options"),
    [
        ({}, {}, Options("equal_shares", "cost", "add1u", "lexicographic")),
        ({"rule": "unknown"}, {}, Options("equal_shares", "cost", "add1u", "lexicographic")),
        ({"rule": "greedy"}, {}, Options("greedy", "cardinality", "none", "lexicographic")),
        ({"rule": "equalshares/add1"}, {}, Options("equal_shares", "cost", "add1u", "lexicographic")),
        ({"rule": "equalshares/add1-comparison"}, {}, Options("equal_shares", "cost", "comparison", "lexicographic")),
        ({"rule": "greedy"}, {"rule": "equal_shares"}, Options("equal_shares", "cost", "add1u", "lexicographic")),
        ({}, {"seed": "s"}, Options("equal_shares", "cost", "add1u", "lottery", "s")),
        (
            {"samskap_rule": "phragmen", "samskap_tie_break": "lottery", "samskap_seed": "s"},
            {},
            Options("phragmen", "cost", "none", "lottery", "s"),
        ),
        (
            {"samskap_rule": "equal_shares", "samskap_satisfaction": "cardinality", "samskap_completion": "add1"},
            {"completion": "none"},
            Options("equal_shares", "cardinality", "none", "lexicographic"),
        ),
        (
            {"samskap_rule": "equal_shares", "samskap_satisfaction": "cardinality", "samskap_completion": "add1"},
            {"rule": "phragmen", "tie_break": "as_listed"},
            Options("phragmen", "cost", "none", "as_listed"),
        ),
    ],
)
def test_options_are_the_callers_else_those_of_the_file_else_what_suits_the_rule(
    meta: dict[str, str], given: dict[str, str], options: Options
) -> None:
    assert options_of(meta, kind="approval", **given) == options


@pytest.mark.parametrize(
    "options",
    [
        Options("equal_shares", "cost", "add1u", "lottery", "4f2a"),
        Options("equal_shares", "cardinality", "add1", "lexicographic"),
        Options("greedy", "points", "none", "lowest_cost"),
        Options("bounded_overspending", "cost", "utilitarian", "most_votes"),
    ],
)
def test_options_that_are_written_are_read_back(options: Options) -> None:
    assert options_of(meta_of(options), kind="approval") == options


def test_points_and_rankings_are_added_up_where_the_common_rule_counts_them() -> None:
    assert options_of({"rule": "greedy"}, kind="cumulative").satisfaction == "points"
    assert options_of({"rule": "greedy"}, kind="ordinal").satisfaction == "borda"


# Counting again


def differences(published: CountTold, content: str = PABULIB) -> dict[str, Difference]:
    return {one.field: one for one in recount(published, village_file(content)).differences}


def test_an_honest_result_is_the_same() -> None:
    found = recount(village_told(), village_file())
    assert (found.is_same, found.differences, found.other_version, found.broken) == (True, (), None, ())


def test_a_changed_winner_is_found() -> None:
    honest = village_told()
    found = differences(replace(honest, winners=("1", "2")))
    assert found == {"winners": Difference("winners", ("2",), ("3",))}
    turned = differences(replace(honest, winners=("3", "1")))
    assert turned == {"order": Difference("order", ("3", "1"), ("1", "3"))}


def test_changed_terms_are_found() -> None:
    honest = village_told()
    first, second = honest.rounds
    rounds = (first, replace(second, price="1/4"))
    assert differences(replace(honest, rounds=rounds)) == {"rounds": Difference("rounds", ("2",), ())}
    (loser,) = honest.losers
    losers = (replace(loser, votes=4),)
    assert differences(replace(honest, losers=losers)) == {"losers": Difference("losers", ("2",), ())}
    assert differences(replace(honest, start="9")) == {"start": Difference("start", ("9",), ("10000",))}
    assert differences(replace(honest, cost=1)) == {"told": Difference("told", ("cost",), ())}
    kinder = (*honest.audit[:-1], replace(honest.audit[-1], holds=True))
    assert differences(replace(honest, audit=kinder)) == {"audit": Difference("audit", (), ())}


def test_a_changed_option_is_found_by_what_the_file_of_ballots_says_and_by_what_comes_of_it() -> None:
    honest = village_told()
    found = differences(replace(honest, options=replace(honest.options, rule="greedy", satisfaction="cardinality")))
    assert found["options"] == Difference(
        "options",
        ("greedy", "cardinality", "none", "lexicographic"),
        ("equal_shares", "cost", "none", "lexicographic"),
    )
    assert found["winners"] == Difference("winners", ("3",), ("2",))


def test_changed_ballots_are_found() -> None:
    found = differences(village_told(), PABULIB.replace("6;1,3", "6;1,2").replace("2;45000;5", "2;45000;6").replace(
        "3;30000;4", "3;30000;3"
    ))  # fmt: skip
    assert {"file", "election", "rounds", "losers"} <= found.keys()


def test_a_file_that_says_the_same_in_other_words_is_another_file_and_the_same_election() -> None:
    found = differences(village_told(), PABULIB.replace("Ball court", "Court for ball games"))
    assert found.keys() == {"file"}


def test_another_version_is_told_and_is_no_difference() -> None:
    honest = village_told()
    older = replace(honest, versions=replace(honest.versions, samskap="0.0.9"))
    found = recount(older, village_file())
    assert (found.is_same, found.other_version) == (True, "0.0.9, engine 1")


def test_amounts_are_rounded_to_the_sixth_decimal() -> None:
    from samskap.formats.count_told import _amount

    assert [_amount(Fraction(1, 3)), _amount(Fraction(10**12))] == [0.333333, 1e12]
