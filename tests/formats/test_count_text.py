"""A count in words: the whole text, in three languages, and what an audit says."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from tests.engines.fair_budget.village import PROJECTS, village_count

from samskap import __version__
from samskap.engines.fair_budget import ENGINE_VERSION, RULES, TIE_BREAKS, Constraints, Election, Project, count
from samskap.engines.fair_budget.auditing import AUDITS
from samskap.formats import count_findings, count_words
from samskap.formats.count_recount import Difference, Recount
from samskap.formats.count_text import count_text, recount_lines
from samskap.formats.count_told import BallotFile, CountTold, FindingTold, told
from samskap.formats.languages import LANGUAGES, Language

NAMES = {one.key: one.name for one in PROJECTS}


def village_told(**options: str) -> CountTold:
    return told(village_count(**options), ballot_file=BallotFile("village.pb", "5ha"))


def text_of(count: CountTold, *, language: Language = "en", published: tuple[str, ...] = ()) -> str:
    return count_text(count, title="Village", names=NAMES, language=language, sha256="abc", published=published)


def test_the_whole_text_of_the_village() -> None:
    assert text_of(village_told(), published=("1", "3")) == (
        "Count: Village\n"
        "==============\n"
        "\n"
        "2 of 3 projects won. They cost 72,000 of 90,000 NOK. 9 ballots were counted.\n"
        "Rule: Equal Shares. Satisfaction: price of what one gets. Money left over: is left. Ties: by id.\n"
        "Every voter began with 10,000 NOK.\n"
        "\n"
        "What won, in order\n"
        "Project               Price  Votes  Effective votes  Each paid  Gave all                 How\n"
        "--------------------------------------------------------------------------------------------\n"
        "1. 1 Playground      42,000      6              6.0      7,000         0  paid by supporters\n"
        "2. 3 Rehearsal room  30,000      4              3.3      7,500         1  paid by supporters\n"
        "Effective votes: how many supporters who pay in full it takes to pay the price. Gave all: supporters\n"
        "who had no more money than they gave.\n"
        "\n"
        "What did not win\n"
        "Project        Price  Votes  Missing  More votes needed  Or a price of                             Why\n"
        "------------------------------------------------------------------------------------------------------\n"
        "2 Ball court  45,000      5   30,000                  2         15,000  supporters had too little left\n"
        "Missing: what its supporters lacked of the price at the end. With so many more votes, or at that\n"
        "price or less, it would have won, all else as it was.\n"
        "\n"
        "100% of the voters got at least one project that they chose, 11% at least two, 0% at least three. On\n"
        "average a voter got 72% of the projects on the ballot.\n"
        "By votes alone 2 would have won too, and 3 not. 4 voters get more from this choice, 5 less, 0 the\n"
        "same.\n"
        "The file names the same winners.\n"
        "\n"
        "Checked\n"
        "Check                                         Finding\n"
        "-----------------------------------------------------\n"
        "Every ballot is counted as cast                 holds\n"
        "Budget and constraints are kept                 holds\n"
        "Supporters paid what it cost                    holds\n"
        "The right project came next                     holds\n"
        "Nothing more fits                               holds\n"
        "The payments are a price system                 holds\n"
        "Groups have their part (EJR+)                   holds\n"
        "Like-minded groups have their part\n"
        "(EJR)                                           holds\n"
        "No group could do better alone (core)   does not hold\n"
        "No group could do better alone (core): 5 voters would rather have 2, and their part of the money\n"
        "pays for it.\n"
        "The first four must hold for every count. The others hold where the rule promises them; a rule that\n"
        "does not promise one may miss it.\n"
        "\n"
        f"Samskap {__version__}, engine {ENGINE_VERSION}. Ballots: 5ha. Result: abc.\n"
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_told_in_every_language(rule: str, language: Language) -> None:
    for completion in RULES[rule].completions:
        text = text_of(village_told(rule=rule, completion=completion), language=language)
        assert "Playground" in text
        assert "{" not in text
        assert max(map(len, text.splitlines())) < 190


@pytest.mark.parametrize("words", [count_words.WORDS, count_findings.WORDS])
def test_every_word_is_there_in_three_languages_with_the_same_gaps(words: dict[str, tuple[str, ...]]) -> None:
    for key, forms in words.items():
        assert len(forms) == len(LANGUAGES)
        assert len({frozenset(re.findall(r"\{(\w+)\}", form)) for form in forms}) == 1, key
        assert all(form == form.strip() for form in forms)


def test_every_name_has_its_words() -> None:
    named = {f"rule_{key}" for key in RULES} | {f"tie_{key}" for key in TIE_BREAKS} | {f"key_{key}" for key in AUDITS}
    assert named <= count_words.WORDS.keys()


def test_every_witness_has_its_sentence() -> None:
    from pathlib import Path

    from samskap.engines import fair_budget

    code = "".join(file.read_text() for file in (Path(fair_budget.__path__[0]) / "audits").glob("*.py"))
    whys = set(re.findall(r"Verdict\((?:False|None|holds=False),\s*\"(\w+)\"", code))
    assert len(whys) > 20
    assert whys <= count_findings.WORDS.keys()


def test_districts_seed_raises_and_reasons_are_told() -> None:
    projects = (
        Project("a", 3000, district="N"), Project("b", 700, district="S"), Project("c", 900, district="S"),
        Project("d", 100, district="S"),
    )  # fmt: skip
    ballots = village_count().election.ballots
    ballots = replace(ballots, chosen=ballots.chosen.clip(0, 2))
    bounds = Constraints(district_budgets=(("N", 4000), ("S", 1600)), exclusive=(("b", "c"),))
    election = Election(projects, 6000, ballots, scale=100, currency="kr", constraints=bounds)
    outcome = count(election, completion="add1u", tie_break="lottery", seed="2026")
    text = " ".join(text_of(told(outcome, ballot_file=BallotFile("x", "y"))).split())
    for part in ("Seed of the lottery: 2026.", "N: 30 of 40 kr.", "S: 7 of 16 kr.", "b won", "no votes"):
        assert part in text


def test_hidden_signs_do_not_reach_the_terminal() -> None:
    text = count_text(village_told(), title="A\x1b[2J\nB", names={"1": "x\x07y"}, language="en", sha256="")
    assert not set(text) & {"\x1b", "\x07"}


def test_other_winners_in_the_file_are_named() -> None:
    assert "The file names other winners: also 2, and not 3." in text_of(village_told(), published=("1", "2"))
    many = tuple("abcdefgh")
    text = " ".join(text_of(village_told(), published=many).split())
    assert "also a, b, c, d, e and 3 more, and not 1, 3." in text


def test_what_an_audit_says() -> None:
    found = Recount(village_told(), (), None)
    assert recount_lines(found, is_untouched=True, language="en") == [
        "The same. The ballots give this result: 2 of 3 projects, and every other number of it."
    ]
    broken = replace(village_told(), audit=(FindingTold("order", False, True, "ended_early", {"project": "1"}),))
    differences = (
        Difference("file", ("a",), ("b",)),
        Difference("winners", ("2",), ()),
        Difference("rounds", ("2",), ()),
    )
    lines = recount_lines(Recount(broken, differences, "0.0.9, engine 1"), is_untouched=False, language="en")
    assert lines == [
        "Different.",
        "The result was changed after it was written: its sha256 is not that of what it says.",
        "Ballots: the file is another one, but all that is counted in it is the same.",
        "Winners: only in the result 2; only in the recount none.",
        "Rounds: the first that differs is number 2.",
        f"It was counted with Samskap 0.0.9, engine 1. This is Samskap {__version__}, engine {ENGINE_VERSION}.",
        "A check that must hold does not: order.",
    ]
    other = Recount(village_told(), (Difference("file", ("a",), ("b",)), Difference("election", ("c",), ("d",))), None)
    assert recount_lines(other, is_untouched=True, language="en")[1:] == [
        "Ballots: the result is of the file a, this is the file b.",
        "What is counted: projects, prices, budget, constraints or ballots are not those of the result.",
    ]
