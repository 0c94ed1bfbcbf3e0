"""The table of all statements, put in order and searched without script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from samskap.apps.reports import labels
from samskap.apps.reports.queries.told import StatementTold

__all__ = ["PAGE_SIZE", "Arrangement", "Heading", "arranged", "arrangement", "headings", "verdicts"]

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
    """How the reader wants the table: by which column, from which end, which words, and which verdict ("" for all)."""

    sort: str = "number"
    order: str = "up"
    sought: str = ""
    verdict: str = ""

    @property
    def is_filtered(self) -> bool:
        """Whether some statements may be left out."""
        return bool(self.sought or self.verdict)

    @property
    def asked(self) -> dict[str, str]:
        """The filter as it stands in an address."""
        return {name: value for name, value in (("q", self.sought), ("verdict", self.verdict)) if value}


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
        verdict=asked.get("verdict", "") if asked.get("verdict") in labels.VERDICTS else "",
    )


def arranged(statements: Sequence[StatementTold], *, by: Arrangement) -> list[StatementTold]:
    """The statements that contain the sought words and have the verdict, in order; equal ones by number."""
    sought = by.sought.casefold()
    found = [s for s in statements if sought in s.words.text.casefold() and by.verdict in ("", s.verdict)]
    value = _VALUES[by.sort]
    sign = -1 if by.order == "down" else 1
    return sorted(found, key=lambda s: (sign * value(s), s.words.number))


def verdicts(statements: Sequence[StatementTold]) -> list[tuple[str, str, int]]:
    """The verdicts that there are, in their order, with their words and how many statements have each."""
    counted = Counter(s.verdict for s in statements)
    return [(key, str(label), counted[key]) for key, label in labels.VERDICTS.items() if counted[key]]


def headings(by: Arrangement, *, keep: Mapping[str, str]) -> list[Heading]:
    """The columns as links. `keep` are the other parts of the address, such as the round."""
    return [_heading(key, by=by, keep=keep) for key in _VALUES]


def _heading(key: str, *, by: Arrangement, keep: Mapping[str, str]) -> Heading:
    is_current = key == by.sort
    # Numbers are most often wanted from the top; the number of the statement from the bottom.
    first = "up" if key == "number" else "down"
    order = ("down" if by.order == "up" else "up") if is_current else first
    asked = {**keep, "sort": key, "order": order, **by.asked}
    aria = ("ascending" if by.order == "up" else "descending") if is_current else "none"
    return Heading(key, str(labels.SORTS[key]), f"?{urlencode(asked)}#statements", aria)
