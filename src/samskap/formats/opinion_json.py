"""An opinion map as a JSON document, and back.

The document holds everything the engine found, under the names of `samskap.engines.opinion_map`:

    format            "samskap-opinion-map"      format_version   2
    engine_version, seed, input_hash             which engine, which chance, which votes (SHA-256)
    counts            people, people_in_map, statements, votes, background, left_out, silent, votes_needed
    structure         are there groups, how sure, and the trial of each number of groups
    people            key, x, y, group (a letter or null), votes, var_x, cov_xy, var_y (how sure the place is)
    groups            key, size, x, y, var_x, cov_xy, var_y (how its members spread),
                      representative [statement, side, share, share_elsewhere, effect, lower]
    statements        key, text (if known), place, counts, shares and one-sided 95 % bounds, by_stratum [kind "group"
                      or "sector", name, size, counts, shares, bounds, pooled shares], too_few, spread, verdict
    common_ground     statement, side, bound, weakest_kind, weakest_stratum, unheard
    awaited           statement, side, lacking [kind, name, answered (or null), needed (in all, or null)]
    divisive          statement, spread, lower, kind, high, low, side
    divided_within    statement, kind, name, share_agree, share_disagree, bound
    uncertain         statement, answered, lower_agree, upper_agree
    too_few           kind, name, answered (0, or null for one to four), needed
    claims            list, tested, chosen, rate, level: how sure each list is

No group or sector with fewer than five answers is ever in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from samskap.engines.opinion_map import OpinionMap
from samskap.formats import frozen
from samskap.formats.errors import FormatError

__all__ = ["FORMAT", "FORMAT_VERSION", "from_document", "to_document"]

FORMAT = "samskap-opinion-map"
FORMAT_VERSION = 2


def to_document(result: OpinionMap, *, texts: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The document of a map, ready for `json.dumps`; `texts` adds the words of each statement."""
    document: dict[str, Any] = {"format": FORMAT, "format_version": FORMAT_VERSION, **frozen.plain(result)}
    for statement in document["statements"]:
        if texts and statement["key"] in texts:
            statement["text"] = texts[statement["key"]]
    return document


def from_document(document: object) -> OpinionMap:
    """The map in a document. Raises FormatError that names the field."""
    fields = document if isinstance(document, dict) else {}
    if (fields.get("format"), fields.get("format_version")) != (FORMAT, FORMAT_VERSION):
        raise FormatError(
            f"The document is not an opinion map of version {FORMAT_VERSION}.",
            code="format_opinion_map",
            cure="Give a file written by `samskap map --json`.",
        )
    return frozen.read(OpinionMap, fields, wrong=_wrong)


def _wrong(at: str, expected: str) -> FormatError:
    return FormatError(
        f"The opinion map is damaged: {at} must be {expected}.",
        code="format_opinion_map",
        cure="Write the file again with `samskap map --json`.",
    )
