"""From the data of a report to its PDF, which is made once for each content and kept in the data folder."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings

from samskap.apps.reports import actions

__all__ = ["typeset"]

_TEMPLATE = Path(__file__).parent / "templates/reports/report.typ"


def typeset(document: dict[str, Any], *, name: str) -> bytes:
    """The PDF of this data, tagged as PDF/UA-1. `name` and the language say which earlier file it replaces."""
    data = json.dumps(document, ensure_ascii=False, sort_keys=True)
    content = hashlib.sha256(f"{_maker()}\n{data}".encode()).hexdigest()[:32]
    start = f"{name}-{document['lang']}-"
    kept = Path(settings.SAMSKAP_DATA) / "reports" / f"{start}{content}.pdf"
    if kept.is_file():
        return kept.read_bytes()
    pdf = _compiled(data)
    actions.keep_file(kept, content=pdf, in_place_of=f"{start}*.pdf")
    return pdf


def _compiled(data: str) -> bytes:
    import typst  # noqa: PLC0415 -- slow import

    # The words of people travel as JSON and are never part of the source: Typst cannot take them for its own markup.
    made = typst.compile(
        _TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"report": data},
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        timestamp=0,
    )
    assert isinstance(made, bytes)
    return made


@cache
def _maker() -> str:
    """What besides the data decides how the PDF looks: the template and the version of Typst."""
    return f"{version('typst')} {hashlib.sha256(_TEMPLATE.read_bytes()).hexdigest()}"
