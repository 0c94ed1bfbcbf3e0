"""Walking through a document of the standard: what is taken is remembered, so that the rest can be told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from samskap.formats.indigo.words import CURRENCY
from samskap.kernel.text import one_line, several_lines

__all__ = ["Node", "Notes", "Problem", "Remark", "leaves"]

MOST_NOK = Decimal(10**11)
MOST_UNITS = Decimal(10**9)
MOST_ROWS = 2000
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class Problem:
    """What cannot be used: a JSON Pointer to it, a key for its sentence, and the values in the sentence."""

    place: str
    code: str
    gaps: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remark:
    """What stands in the file and is not kept; or kept otherwise, as `kept` says."""

    place: str
    value: str
    kept: str = ""


@dataclass(slots=True)
class Notes:
    """What was found on the way: the places that were taken, what is wrong, and what is to be told."""

    taken: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def leaves(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Every text, number and truth value in a document, with its JSON Pointer; what is empty is left out."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, f"{place}/{str(name).replace('~', '~0').replace('/', '~1')}")
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from leaves(inner, f"{place}/{at}")
    elif value is not None and value != "":
        yield place, value


@dataclass(frozen=True, slots=True)
class Node:
    """A place in the document. Reading a field takes it, and puts down what is wrong with it."""

    value: Any
    place: str
    notes: Notes

    def at(self, name: str) -> Node:
        """What stands under a name; a node without a value where nothing does."""
        inner = self.value.get(name) if isinstance(self.value, dict) else None
        return Node(inner, f"{self.place}/{name}", self.notes)

    def down(self, *names: str) -> Node:
        """What stands under names below each other."""
        node = self
        for name in names:
            node = node.at(name)
        return node

    def rows(self, name: str, *, most: int = MOST_ROWS) -> list[Node]:
        """The objects of a list; none of them where there are more than `most`, which is told."""
        inner = self.at(name)
        if inner.value is None:
            return []
        if not isinstance(inner.value, list) or not all(isinstance(one, dict) for one in inner.value):
            inner.wrong("not_a_list")
            return []
        if len(inner.value) > most:
            inner.wrong("too_many", most=most)
            return []
        return [Node(one, f"{inner.place}/{at}", self.notes) for at, one in enumerate(inner.value)]

    def wrong(self, code: str, **gaps: Any) -> None:
        """Put down what is wrong here, once."""
        problem = Problem(self.place, code, gaps)
        if self.notes.problems[-1:] != [problem]:
            self.notes.problems.append(problem)

    def leaf(self) -> Node:
        """The value itself, whether it is wrapped as `{"value": …}` or not."""
        return self.at("value") if isinstance(self.value, dict) and "value" in self.value else self

    @property
    def is_empty(self) -> bool:
        inner = self.leaf().value
        return inner is None or inner in ("", {}, [])

    def take(self) -> Any:
        """The value, taken; None where it is empty."""
        inner = self.leaf()
        if self.is_empty:
            return None
        self.notes.taken.add(inner.place)
        return inner.value

    def text(self, *, most: int, needed: bool = False, lines: bool = False) -> str:
        """A text on one line (or on several), not longer than `most`."""
        given = self.take()
        if given is not None and not isinstance(given, str):
            self.wrong("not_a_text", value=_short(given))
            return ""
        tidy = (several_lines if lines else one_line)(given or "")
        if len(tidy) > most:
            self.wrong("too_long", length=len(tidy), most=most)
        if needed and not tidy:
            self.wrong("missing")
        return tidy

    def number(self, *, decimals: int, most: Decimal, needed: bool = False) -> Decimal | None:
        """A number from 0 to `most` with at most so many decimals, also where it stands as a text."""
        given = self.take()
        if given is None:
            if needed:
                self.wrong("missing")
            return None
        found = _decimal(given)
        if found is None:
            self.wrong("not_a_number", value=_short(given))
        elif found < 0:
            self.wrong("negative", value=_short(given))
        elif found > most:
            self.wrong("too_large", value=_short(given), most=most)
        elif found != round(found, decimals):
            self.wrong("too_fine", value=_short(given), decimals=decimals)
        else:
            return found
        return None

    def kroner(self, amount: str = "amount", *, needed: bool = True) -> Decimal | None:
        """An amount beside its currency, which must be NOK."""
        inner = self.down(*amount.split("/"))
        if inner.is_empty and not needed:
            return None
        currency = self.at("currency").text(most=10)
        if currency != CURRENCY:
            self.at("currency").wrong("currency", value=currency)
        return inner.number(decimals=2, most=MOST_NOK, needed=True)

    def day(self, *, needed: bool = False, last: bool = False) -> date | None:
        """A day. A year or a month alone is its first day, or its last, and that is told."""
        given = self.take()
        if given is None:
            if needed:
                self.wrong("missing")
            return None
        match = _DATE.fullmatch(given) if isinstance(given, str) else None
        try:
            found = _day(match, last=last) if match else None
        except ValueError:
            found = None
        if found is None:
            self.wrong("not_a_date", value=_short(given))
        elif found.isoformat() != given:
            self.notes.remarks.append(Remark(self.leaf().place, given, found.isoformat()))
        return found


def _day(match: re.Match[str], *, last: bool) -> date:
    year, month, day = match[1], match[2], match[3]
    if day:
        return date(int(year), int(month), int(day))
    if not last:
        return date(int(year), int(month or 1), 1)
    after = date(int(year) + (int(month or 12) // 12), int(month or 12) % 12 + 1, 1)
    return after - timedelta(days=1)


def _decimal(given: Any) -> Decimal | None:
    if isinstance(given, bool):
        return None
    if isinstance(given, int | Decimal):
        return Decimal(given)
    if isinstance(given, str) and re.fullmatch(r"-?\d{1,30}(\.\d{1,30})?", given.strip(), re.ASCII):
        return Decimal(given.strip())
    return None


def _short(value: Any) -> str:
    text = one_line(str(value))
    return text if len(text) <= 60 else f"{text[:59]}…"
