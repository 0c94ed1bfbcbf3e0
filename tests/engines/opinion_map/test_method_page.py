"""The numbers on the method page are the ones the engine gives."""

from __future__ import annotations

import re
from pathlib import Path

from samskap.engines.opinion_map import Votes, findings, map_opinions, mapping, structure
from samskap.engines.opinion_map.breakdown import FEWEST

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
    assert findings.weakest(buses, side="agree")[1:] == ("sector", "voluntary")


def test_the_limits_on_the_page_are_the_engine_s() -> None:
    text = " ".join(PAGE.read_text().split())
    for sentence in (
        f"fewer than {mapping.VOTES_NEEDED} votes",
        f"it, {structure.SHUFFLES} times",
        f"than in {structure.SPREADS} worlds",
        f"at least {structure.STABLE} in {structure.DRAWS} draws",
        f"draws of {structure.DRAW_SHARE:.0%} of".replace("%", " %"),
        f"people and {structure.SMALLEST_SHARE:.0%} of all".replace("%", " %"),
        f"at least {findings.DIVIDING_SPREAD * 100:.0f} percentage points",
        f"wider than {findings.UNSURE_WIDTH * 100:.0f} percentage points",
    ):
        assert sentence in text
    assert (FEWEST, structure.SMALLEST_GROUP, structure.MOST_GROUPS, findings.MOST_REPRESENTATIVE) == (5, 5, 5, 5)
