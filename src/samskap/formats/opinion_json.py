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

import dataclasses
import types
import typing
from collections.abc import Mapping
from typing import Any, Literal

from samskap.engines.opinion_map import OpinionMap, PersonPlace
from samskap.formats.errors import FormatError

__all__ = ["FORMAT", "FORMAT_VERSION", "from_document", "to_document"]

FORMAT = "samskap-opinion-map"
FORMAT_VERSION = 2


def to_document(result: OpinionMap, *, texts: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The document of a map, ready for `json.dumps`; `texts` adds the words of each statement."""
    document: dict[str, Any] = {"format": FORMAT, "format_version": FORMAT_VERSION, **_plain(result)}
    for statement in document["statements"]:
        if texts and statement["key"] in texts:
            statement["text"] = texts[statement["key"]]
    return document


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, PersonPlace):
        return value._asdict()
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def from_document(document: object) -> OpinionMap:
    """The map in a document. Raises FormatError that names the field."""
    fields = _object(document, at="document")
    if (fields.get("format"), fields.get("format_version")) != (FORMAT, FORMAT_VERSION):
        raise FormatError(
            f"The document is not an opinion map of version {FORMAT_VERSION}.",
            code="format_opinion_map",
            cure="Give a file written by `samskap map --json`.",
        )
    result = _read(OpinionMap, fields, at="document")
    assert isinstance(result, OpinionMap)
    return result


def _read(kind: Any, value: object, *, at: str) -> Any:
    if dataclasses.is_dataclass(kind) or kind is PersonPlace:
        return _read_fields(kind, _object(value, at=at), at=at)
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple:
        if not isinstance(value, list):
            raise _wrong(at, "a list")
        return tuple(_read(inner[0], item, at=f"{at}[{place}]") for place, item in enumerate(value))
    if origin is Literal:
        if value not in inner:
            raise _wrong(at, f"one of {', '.join(map(str, inner))}")
        return value
    if origin is types.UnionType:
        return None if value is None else _read(inner[0], value, at=at)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not kind:
        raise _wrong(at, {str: "text", bool: "true or false", int: "a whole number"}.get(kind, "a number"))
    return value


def _read_fields(kind: Any, fields: dict[str, object], *, at: str) -> Any:
    hints = typing.get_type_hints(kind)
    values = {}
    for name, hint in hints.items():
        if name not in fields:
            raise _wrong(f"{at}.{name}", "present")
        values[name] = _read(hint, fields[name], at=f"{at}.{name}")
    return kind(**values)


def _object(value: object, *, at: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise _wrong(at, "an object")
    return value


def _wrong(at: str, expected: str) -> FormatError:
    return FormatError(
        f"The opinion map is damaged: {at} must be {expected}.",
        code="format_opinion_map",
        cure="Write the file again with `samskap map --json`.",
    )
