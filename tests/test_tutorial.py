"""The tutorial pages of the engines do what they say: their blocks run in order, and print what is printed."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "tutorial"
BLOCK = re.compile(r"```(python|text)\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize(("page", "outputs"), [("map-a-conversation.md", 5), ("outlook.md", 9)])
def test_every_block_prints_what_the_page_shows(page: str, outputs: int) -> None:
    blocks = BLOCK.findall((FOLDER / page).read_text(encoding="utf-8"))
    names: dict[str, object] = {}
    shown, printed = [], []
    for place, (kind, text) in enumerate(blocks):
        if kind == "text":
            shown.append(text)
            continue
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            exec(compile(text, f"block {place}", "exec"), names)
        if said.getvalue():
            printed.append(said.getvalue())
    assert printed == shown
    assert len(shown) == outputs
