"""Pages of paper: plain data and a Typst template in, a tagged PDF (PDF/UA-1) out."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

__all__ = ["MOST_ATTEMPTS", "typeset"]

MOST_ATTEMPTS = 4


def typeset(template: bytes, document: dict[str, Any], *, name: str = "document") -> bytes:
    """The PDF. The template reads the data as `sys.inputs.<name>`, a JSON text: words of people are never its source.

    PDF/UA allows no sign without a glyph: what the fonts lack (an emoji, say) becomes an empty square.
    """
    import typst  # noqa: PLC0415 -- slow import

    for _attempt in range(MOST_ATTEMPTS):
        try:
            return _compiled(template, document, name)
        except typst.TypstError as error:
            missing = _signs_without_glyph(error.diagnostic)
            if not missing:
                raise
            document = _replaced(document, signs=missing)
    return _compiled(template, document, name)


def _compiled(template: bytes, document: dict[str, Any], name: str) -> bytes:
    import typst  # noqa: PLC0415 -- slow import

    made = typst.compile(
        template,
        format="pdf",
        sys_inputs={name: json.dumps(document, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        timestamp=0,
    )
    assert isinstance(made, bytes)
    return made


def _signs_without_glyph(diagnostic: str) -> frozenset[str]:
    """The signs that Typst names in its complaint, plain or as `\\u{200d}`."""
    named = re.findall(r'the text `"(.+?)"` could not be displayed', diagnostic)
    return frozenset(
        sign for text in named for sign in re.sub(r"\\u\{([0-9a-f]+)\}", lambda m: chr(int(m[1], 16)), text)
    )


def _replaced(value: Any, *, signs: frozenset[str]) -> Any:
    if isinstance(value, str):
        return "".join(_stand_in(sign) if sign in signs else sign for sign in value)
    if isinstance(value, dict):
        return {key: _replaced(each, signs=signs) for key, each in value.items()}
    return [_replaced(each, signs=signs) for each in value] if isinstance(value, list | tuple) else value


def _stand_in(sign: str) -> str:
    """An empty square for what is seen, nothing for what is not (joiners, control characters)."""
    return "" if unicodedata.category(sign) in ("Cc", "Cf", "Mn") else "□"
