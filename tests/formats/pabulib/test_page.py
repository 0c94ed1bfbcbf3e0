"""The page on Pabulib files tells of every problem as the code has it."""

from __future__ import annotations

import re
from pathlib import Path

from samskap.formats.pabulib.problems import PROBLEMS

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "pabulib.md"


def gapped(sentence: str) -> str:
    return re.sub(r"\{\w+\}", "…", sentence)


def test_the_page_has_every_problem_and_no_other() -> None:
    rows = re.findall(r"^\| `(pabulib_\w+)` \| (.+) \| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert rows == [
        (f"pabulib_{code}", gapped(problem.what), gapped(problem.how) or "–") for code, problem in PROBLEMS.items()
    ]
