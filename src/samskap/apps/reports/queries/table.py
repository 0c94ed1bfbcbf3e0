"""The table of all statements, put in order and searched without script."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from samskap.apps.reports import labels
from samskap.apps.reports.queries.told import StatementTold

__all__ = ["PAGE_SIZE", "Arrangement", "Heading", "arranged", "arrangement", "headings"]

PAGE_SIZE = 50
_VALUES: dict[str, Callable[[StatementTold], int]] = {
    "number": lambda s: s.words.number,
    "agree": lambda s: s.agree_percent,
    "disagree": lambda s: s.disagree_percent,
    "pass": lambda s: s.passed_percent,
    "answered": lambda s: s.answered,
    "spread": lambda s: -1 if s.spread is None else s.spread,
}


@dataclass(frozen=True)
class Arrangement:
    """How the reader wants the table: by which column, from which end, and which words the statements contain."""

    sort: str = "number"
    order: str = "up"
    sought: str = ""


@dataclass(frozen=True)
class Heading:
    """A column that can be sorted: its link turns the order round where it is the present one."""

    key: str
    label: str
    url: str
    aria_sort: str


def arrangement(asked: Mapping[str, str]) -> Arrangement:
    """What the address asks for; anything unknown is as if it had not been said."""
    sort = asked.get("sort", "")
    order = asked.get("order", "")
    return Arrangement(
        sort=sort if sort in _VALUES else "number",
        order=order if order in ("up", "down") else "up",
        sought=" ".join(asked.get("q", "").split())[:100],
    )


def arranged(statements: Sequence[StatementTold], *, by: Arrangement) -> list[StatementTold]:
    """The statements that contain the sought words, in order; equal ones by number."""
    sought = by.sought.casefold()
    found = [s for s in statements if sought in s.words.text.casefold()]
    value = _VALUES[by.sort]
    sign = -1 if by.order == "down" else 1
    return sorted(found, key=lambda s: (sign * value(s), s.words.number))


def headings(by: Arrangement, *, keep: Mapping[str, str]) -> list[Heading]:
    """The columns as links. `keep` are the other parts of the address, such as the round."""
    return [_heading(key, by=by, keep=keep) for key in _VALUES]


def _heading(key: str, *, by: Arrangement, keep: Mapping[str, str]) -> Heading:
    is_current = key == by.sort
    # Numbers are most often wanted from the top; the number of the statement from the bottom.
    first = "up" if key == "number" else "down"
    order = ("down" if by.order == "up" else "up") if is_current else first
    asked = {**keep, "sort": key, "order": order, **({"q": by.sought} if by.sought else {})}
    aria = ("ascending" if by.order == "up" else "descending") if is_current else "none"
    return Heading(key, str(labels.SORTS[key]), f"?{urlencode(asked)}#statements", aria)
