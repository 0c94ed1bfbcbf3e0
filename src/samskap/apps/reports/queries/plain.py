"""Texts and drawings of pages in the plain form that a page of paper is set from."""

from __future__ import annotations

import re
from typing import Any

from samskap.web.templatetags.plain_text import without_marks

__all__ = ["first_svg", "on_paper", "plain"]

_LIST = re.compile(r"\n(?=[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t])")
_MARK = re.compile(r"^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+")


def plain(text: str) -> str:
    """Markdown as plain paragraphs with an empty line between them; a line of a list is a paragraph with a dot."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
    lines = [line for block in blocks for line in _LIST.split(block)]
    told = [_line(line) for line in lines]
    return "\n\n".join(line for line in told if line)


def _line(line: str) -> str:
    words = without_marks(_MARK.sub("", line))
    return f"• {words}" if words and _MARK.match(line) else words


def first_svg(markup: str) -> str:
    """The first drawing in the HTML of a chart, which is the wide one; empty where there is none."""
    begins, ends = markup.find("<svg"), markup.find("</svg>")
    return str(markup[begins : ends + len("</svg>")]) if 0 <= begins < ends else ""


def on_paper(value: Any) -> Any:
    """Plain data for paper: where the page has a `drawing` in HTML, paper has one `svg`."""
    if isinstance(value, dict):
        return {
            "svg" if key == "drawing" else key: first_svg(each) if key == "drawing" else on_paper(each)
            for key, each in value.items()
        }
    return [on_paper(each) for each in value] if isinstance(value, list | tuple) else value
