"""Frozen values as plain JSON values, and back, with the field named where something is wrong."""

from __future__ import annotations

import dataclasses
import functools
import math
import sys
import types
import typing
from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeVar

from samskap.formats.errors import FormatError

__all__ = ["plain", "read"]

T = TypeVar("T")
Wrong = Callable[[str, str], FormatError]


def plain(value: Any) -> Any:
    """Dataclasses and named tuples as objects, tuples as lists; a float that is no number is null."""
    if dataclasses.is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return plain(value._asdict()) if hasattr(value, "_asdict") else [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return None if isinstance(value, float) and not math.isfinite(value) else value


def read(kind: type[T], value: object, *, wrong: Wrong, at: str = "document", null: float | None = None) -> T:
    """The value of this type in plain values; what `plain` made comes back equal.

    `wrong(at, expected)` makes the error where a field is not what it must be. `null` is what a null stands for where a
    number is expected; without it such a null is wrong.
    """
    found: T = _Reading(wrong, null).value(kind, value, at=at)
    return found


@functools.cache
def _hints(kind: Any) -> dict[str, Any]:
    """The types of the fields, evaluated once a class: a document has thousands of lines of a few kinds."""
    return typing.get_type_hints(kind)


@dataclasses.dataclass(frozen=True, slots=True)
class _Reading:
    wrong: Wrong
    null: float | None

    def value(self, kind: Any, value: object, *, at: str) -> Any:
        if dataclasses.is_dataclass(kind) or hasattr(kind, "_fields"):
            return self._fields(kind, self._object(value, at=at), at=at)
        origin, inner = typing.get_origin(kind), typing.get_args(kind)
        if origin is None:
            return self._single(kind, value, at=at)
        if origin is types.UnionType:
            return None if value is None else self.value(inner[0], value, at=at)
        if origin is Literal:
            if value not in inner:
                raise self.wrong(at, f"one of {', '.join(map(str, inner))}")
            return value
        if origin is tuple:
            return self._tuple(inner, value, at=at)
        assert issubclass(origin, Mapping), kind
        return {key: self.value(inner[1], item, at=f"{at}.{key}") for key, item in self._object(value, at=at).items()}

    def _single(self, kind: Any, value: object, *, at: str) -> Any:
        if kind is float:
            if value is None and self.null is not None:
                return self.null
            if type(value) is int and abs(value) <= sys.float_info.max:
                return float(value)
        if type(value) is not kind:
            raise self.wrong(at, {str: "text", bool: "true or false", int: "a whole number"}.get(kind, "a number"))
        return value

    def _tuple(self, inner: tuple[Any, ...], value: object, *, at: str) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise self.wrong(at, "a list")
        kinds = [inner[0]] * len(value) if inner[-1] is Ellipsis else list(inner)
        if len(kinds) != len(value):
            raise self.wrong(at, f"a list of {len(kinds)}")
        pairs = zip(kinds, value, strict=True)
        return tuple(self.value(kind, item, at=f"{at}[{place}]") for place, (kind, item) in enumerate(pairs))

    def _fields(self, kind: Any, fields: Mapping[str, object], *, at: str) -> Any:
        values = {}
        for name, hint in _hints(kind).items():
            if name not in fields:
                raise self.wrong(f"{at}.{name}", "present")
            values[name] = self.value(hint, fields[name], at=f"{at}.{name}")
        return kind(**values)

    def _object(self, value: object, *, at: str) -> dict[str, object]:
        if not isinstance(value, dict):
            raise self.wrong(at, "an object")
        return value
