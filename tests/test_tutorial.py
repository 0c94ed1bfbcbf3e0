"""The tutorial page of the engine does what it says: its blocks run, one after the other, and print what is printed."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "docs" / "tutorial" / "map-a-conversation.md"
BLOCK = re.compile(r"```(python|text)\n(.*?)```", re.DOTALL)


def test_every_block_prints_what_the_page_shows() -> None:
    blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
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
    assert len(shown) == 5
