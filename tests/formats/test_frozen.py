"""Frozen values as plain ones and back: equal, and the field named where something is wrong."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, NamedTuple

import pytest

from samskap.formats.errors import FormatError
from samskap.formats.frozen import plain, read


class Point(NamedTuple):
    x: float
    y: float


@dataclass(frozen=True)
class Inner:
    name: str
    side: Literal["left", "right"] = "left"


@dataclass(frozen=True)
class Outer:
    count: int
    point: Point
    inner: Inner | None
    pair: tuple[float, str]
    many: tuple[Inner, ...]
    by_name: Mapping[str, tuple[float, ...]]
    is_so: bool = True


ONE = Outer(
    3, Point(0.1, 2.0), Inner("a", "right"), (1 / 3, "b"), (Inner("c"), Inner("d")), MappingProxyType({"e": (1.0, 2.5)})
)


def wrong(at: str, expected: str) -> FormatError:
    return FormatError(f"{at} must be {expected}")


def test_values_come_back_equal() -> None:
    assert read(Outer, json.loads(json.dumps(plain(ONE))), wrong=wrong) == ONE
    none = Outer(0, Point(0.0, 0.0), None, (0.0, ""), (), {})
    assert read(Outer, json.loads(json.dumps(plain(none))), wrong=wrong) == none


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("count", 1.5, "document.count must be a whole number"),
        ("count", True, "document.count must be a whole number"),
        ("is_so", 1, "document.is_so must be true or false"),
        ("point", {"x": 1}, "document.point.y must be present"),
        ("point", {"x": 1, "y": "far"}, "document.point.y must be a number"),
        ("point", {"x": 1, "y": 10**309}, "document.point.y must be a number"),
        ("inner", {"name": 4, "side": "left"}, "document.inner.name must be text"),
        ("inner", {"name": "a", "side": "up"}, "document.inner.side must be one of left, right"),
        ("pair", [1.0], "document.pair must be a list of 2"),
        ("many", {}, "document.many must be a list"),
        ("many", [None], r"document.many\[0\] must be an object"),
        ("by_name", {"e": [1.0, None]}, r"document.by_name.e\[1\] must be a number"),
    ],
)
def test_the_field_that_is_wrong_is_named(field: str, value: object, said: str) -> None:
    with pytest.raises(FormatError, match=f"^{said}$"):
        read(Outer, plain(ONE) | {field: value}, wrong=wrong)


def test_what_is_no_number_is_null_and_comes_back_where_that_is_allowed() -> None:
    document = plain(Point(math.nan, math.inf))
    assert document == {"x": None, "y": None}
    assert all(math.isnan(value) for value in read(Point, document, wrong=wrong, null=math.nan))
    with pytest.raises(FormatError, match=r"^document.x must be a number$"):
        read(Point, document, wrong=wrong)
