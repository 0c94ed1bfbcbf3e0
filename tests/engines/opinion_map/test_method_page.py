"""The numbers on the method page are the ones the engine gives."""

from __future__ import annotations

import math
import re
from pathlib import Path

import numpy as np

from samskap.engines.opinion_map import (
    Router,
    StratumName,
    Votes,
    discovery,
    dividing,
    findings,
    guards,
    map_opinions,
    mapping,
    representative,
    structure,
)
from samskap.engines.opinion_map.bounds import lower_bounds
from samskap.engines.opinion_map.breakdown import FEWEST
from samskap.engines.opinion_map.guards import pairs

PAGE = Path(__file__).resolve().parents[3] / "docs" / "methods" / "opinion-map.md"
ROW = re.compile(r"^\| (\w+) \| (\d+) \| (\d+) \| ([\d.]+) % \| ([\d.]+) % \|$", re.MULTILINE)


def test_the_example_is_what_the_engine_finds() -> None:
    told = {name: (int(n), int(agree), share, bound) for name, n, agree, share, bound in ROW.findall(PAGE.read_text())}
    rows, sector = [], {}
    for name, (answers, agree, _, _) in told.items():
        for number in range(answers if name != "everyone" else 0):
            person = f"{name}{number:02}"
            rows.append((person, "buses", 1 if number < agree else 0))
            sector[person] = name
    result = map_opinions(Votes.from_rows(rows), strata={"sector": sector})
    buses = result.statements[0]
    found = {"everyone": (buses.answered, buses.agree, buses.share_agree, buses.lower_agree)}
    found |= {item.name: (item.answered, item.agree, item.share_agree, item.lower_agree) for item in buses.by_stratum}
    printed = {
        name: (n, agree, f"{share:.1%}"[:-1], f"{low:.1%}"[:-1]) for name, (n, agree, share, low) in found.items()
    }
    assert printed == told
    assert result.common_ground == ()
    (waiting,) = result.awaited
    (part,) = waiting.lacking
    assert (waiting.statement, waiting.side, part.name, part.answered) == ("buses", "agree", "voluntary", 8)
    assert f"about {part.needed} in all if it goes on as so far" in " ".join(PAGE.read_text().split())


def test_with_the_answers_asked_for_it_would_be_common_ground() -> None:
    rows, sector = [], {}
    for name, answers, agree in (("public", 24, 22), ("private", 16, 12), ("voluntary", 16, 12)):
        for number in range(answers):
            person = f"{name}{number:02}"
            rows.append((person, "buses", 1 if number < agree else 0))
            sector[person] = name
    (ground,) = map_opinions(Votes.from_rows(rows), strata={"sector": sector}).common_ground
    assert f"12 of 16, the statement would be common ground with the bound {ground.bound * 100:.1f} %" in " ".join(
        PAGE.read_text().split()
    )


def test_the_answers_that_a_list_takes_are_as_told() -> None:
    text = " ".join(PAGE.read_text().split())
    fewest = next(n for n in range(1, 99) if lower_bounds(n, n, level=discovery.RATE / 100) > 0.5)
    assert f"with one entry among 100 it takes {fewest}." in text
    assert lower_bounds(FEWEST, FEWEST, level=discovery.RATE) > 0.5
    assert f"the level {discovery.RATE:.0%} · *R* / *m*".replace("%", " %") in text


def test_the_limits_on_the_page_are_the_engine_s() -> None:
    text = " ".join(PAGE.read_text().split())
    for sentence in (
        f"fewer than {mapping.VOTES_NEEDED} votes",
        f"it, {structure.SHUFFLES} times",
        f"show in {structure.SPREADS} worlds",
        f"at most {structure.LEVEL:.1%} in such worlds".replace("%", " %"),
        f"an agreement of {structure.STABLE_APART} is enough",
        f"their agreement is at least {structure.STABLE}.",
        f"(within {structure.AS_STABLE})",
        f"comes within {structure.ENOUGH:.0%} of it".replace("%", " %"),
        f"In {structure.DRAWS} draws of {structure.DRAW_SHARE:.0%} of".replace("%", " %"),
        f"at most {structure.LARGEST_SAMPLE:,} people",
        f"people and {structure.SMALLEST_SHARE:.0%} of all".replace("%", " %"),
        f"above {dividing.DIVIDING_SPREAD * 100:.0f} percentage points",
        f"both lower bounds above {dividing.LARGE_SIDE:.0%}".replace("%", " %"),
        f"wider than {findings.UNSURE_WIDTH * 100:.0f} percentage points",
    ):
        assert sentence in text
    assert (FEWEST, structure.SMALLEST_GROUP, structure.MOST_GROUPS, representative.MOST_REPRESENTATIVE) == (5, 5, 5, 5)


PAIR_ROW = re.compile(r"^\| (\d+) \| (\d+) \| (0\.\d) \| ([\d.]+) \| (yes|no) \|$", re.MULTILINE)


def test_the_examples_of_copied_answers_are_what_the_guards_find() -> None:
    told = PAIR_ROW.findall(PAGE.read_text(encoding="utf-8"))
    needed = math.log(1000 * 999 / 2 / guards.LEVEL)
    found = []
    for shared, same, chance, _, _ in told:
        item, alike = np.zeros(int(shared), dtype=np.int64), np.arange(int(shared)) < int(same)
        chances = np.full(int(shared), float(chance))
        evidence = float(pairs.copied_against(item, chances, same=alike, length=1)[0])
        found.append((shared, same, chance, f"{evidence:.1f}", "yes" if evidence >= needed else "no"))
    assert len(told) == 6
    assert found == told


ASKED_ROW = re.compile(r"^\| (everyone|\w+ sector) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", re.MULTILINE)


def test_the_example_of_what_comes_next_is_what_the_router_reckons() -> None:
    text = PAGE.read_text(encoding="utf-8")
    rows = ASKED_ROW.findall(text)
    names = [StratumName("everyone", "")] + [StratumName("sector", name.split()[0]) for name, *_ in rows[1:]]
    counts = np.array([[[int(number) for number in row[1:4]]] for row in rows])
    router = Router.of(counts, statements=["buses"], strata=names)
    assert [name for name, *_ in rows] == ["everyone", "public sector", "voluntary sector"]
    # Infinite is what is settled: it owes nothing any more.
    owed = [0 if np.isinf(answers) else round(answers) for answers in router.needed[0, :, 0].tolist()]
    assert owed == [int(row[-1]) for row in rows]
    worth = {
        name: float(router.worth(router.asker(seed="x", chances={"sector": {name: 1.0}}).membership)[0])
        for name in ("voluntary", "public")
    }
    why = router.why("buses", router.asker(seed="x", chances={"sector": {"voluntary": 1.0}}))
    told = " ".join(text.split())
    assert f"lies above one half is {why.chance:.2f}." in told
    assert f"is worth {worth['voluntary']:.3f}, one from the public sector {worth['public']:.3f}:" in told
