"""A file of figures in any of the forms that are read: CSV in our form, or JSON-stat 2.0."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from samskap.formats.figures_csv import STANDINGS, Parsed, read_figures
from samskap.formats.figures_jsonstat import read_figures_jsonstat

__all__ = ["read_file"]


def read_file(
    data: bytes,
    *,
    file: str,
    now: datetime,
    indicator: str = "",
    publisher: str = "",
    table: str = "",
    standing: str = "",
) -> Parsed:
    """What is in the file; what is said here stands before what the file says of itself.

    FormatError or SourceError where it is neither form.
    """
    is_json = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"<"}
    found = (
        read_figures_jsonstat(data, file=file, now=now, indicator=indicator)
        if is_json
        else read_figures(data, file=file, now=now)
    )
    said = found.fetched
    fetched = replace(
        said,
        publisher=publisher or said.publisher,
        table=(table or said.table)[:60],
        standing=standing if standing in STANDINGS else said.standing,
    )
    return replace(found, fetched=fetched)
