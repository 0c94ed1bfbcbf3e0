"""An outlook as a JSON document, and back.

    format            "samskap-outlook"     format_version   1
    basis             name of the place, standing of the figures, sources, levers, parameters
                      [key, value, edition, source, verified]
    outlook           everything the engine found, under the names of `samskap.engines.outlook.Outlook`, among it
                      engine_version, seed, input_hash: which engine, which chance, which figures (SHA-256)

A band has mean, p2_5, p10, p25, p50, p75, p90, p97_5: a list each, one number a year. A number that does not exist, as
a ratio to nobody, is null. Kroner are of the price year that stands beside them.
"""

from __future__ import annotations

import math
from typing import Any

from samskap.engines.outlook import ENGINE_VERSION, Outlook
from samskap.formats import frozen
from samskap.formats.errors import FormatError
from samskap.formats.outlook_basis import Basis

__all__ = ["ENGINE_VERSION", "FORMAT", "FORMAT_VERSION", "from_document", "to_document"]

FORMAT = "samskap-outlook"
FORMAT_VERSION = 1

_LATER_LEVERS = ("saved", "freed")


def to_document(outlook: Outlook, *, basis: Basis) -> dict[str, Any]:
    """The document, ready for `json.dumps`."""
    head = {"format": FORMAT, "format_version": FORMAT_VERSION}
    return {**head, "basis": frozen.plain(basis), "outlook": frozen.plain(outlook)}


def from_document(document: object) -> tuple[Outlook, Basis]:
    """The outlook in a document, and what it was made from. Raises FormatError that names the field."""
    fields = document if isinstance(document, dict) else {}
    if (fields.get("format"), fields.get("format_version")) != (FORMAT, FORMAT_VERSION):
        raise FormatError(
            f"The document is not an outlook of version {FORMAT_VERSION}.",
            code="format_outlook",
            cure="Give a file written by `samskap outlook --json`.",
        )
    outlook = frozen.read(Outlook, fields.get("outlook"), wrong=_wrong, at="outlook", null=math.nan)
    return outlook, frozen.read(Basis, _with_later_levers(fields.get("basis")), wrong=_wrong, at="basis")


def _with_later_levers(basis: object) -> object:
    """What a document was made from, with the levers that there were not when it was written at rest."""
    levers = basis.get("levers") if isinstance(basis, dict) else None
    if not isinstance(basis, dict) or not isinstance(levers, dict):
        return basis
    return {**basis, "levers": {**dict.fromkeys(_LATER_LEVERS, 0.0), **levers}}


def _wrong(at: str, expected: str) -> FormatError:
    return FormatError(
        f"The outlook is damaged: {at} must be {expected}.",
        code="format_outlook",
        cure="Write the file again with `samskap outlook --json`.",
    )
