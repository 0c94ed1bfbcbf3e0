"""Whether an effect chain hangs together: loops, links that hang alone, leaps, and arrows that nobody can check.

A chain is a graph: links of five kinds in their order, and arrows between them. Only a loop is refused; everything
else is a finding that people may have a reason to leave. Findings name links by key, and stand in the order of what
to mend first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

__all__ = ["FINDINGS", "KINDS", "Arrow", "Finding", "Link", "findings", "path", "skipped"]

KINDS = ("input", "activity", "output", "outcome", "impact")

# What can be found, in the order of what to mend first.
FINDINGS = (
    "loop", "no_change", "alone", "from_nowhere", "to_nowhere", "backwards", "leap", "unexplained", "loose",
)  # fmt: skip

ENDS = frozenset({"outcome", "impact"})  # a chain may end here: something has changed for somebody
_PLACE = {kind: place for place, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class Link:
    """A link: its key and one of `KINDS`."""

    key: int
    kind: str


@dataclass(frozen=True, slots=True)
class Arrow:
    """One link leads to another; whether it is said by what mechanism and on what assumption."""

    source: int
    target: int
    has_mechanism: bool = True
    has_assumption: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: its kind, and the keys it is about.

    `links` are those of a loop in their order, the one link that hangs alone, or the two ends of an arrow. `benefits`
    are the keys of benefits that hang on no outcome. Empty for a chain where nothing changes.
    """

    kind: str
    links: tuple[int, ...] = ()
    benefits: tuple[int, ...] = ()


def path(arrows: Iterable[tuple[int, int]], start: int, end: int) -> tuple[int, ...]:
    """The shortest way along the arrows, both ends included; empty where there is none. From a link to itself: it."""
    ways = _ways(arrows)
    before: dict[int, int | None] = {start: None}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        if here == end:
            return _back(before, end)
        for after in ways.get(here, ()):
            if after not in before:
                before[after] = here
                waiting.append(after)
    return ()


def _ways(arrows: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    ways: dict[int, list[int]] = {}
    for source, target in arrows:
        ways.setdefault(source, []).append(target)
    return ways


def _back(before: Mapping[int, int | None], end: int) -> tuple[int, ...]:
    steps = [end]
    while (last := before[steps[-1]]) is not None:
        steps.append(last)
    return tuple(reversed(steps))


def skipped(source: str, target: str) -> tuple[str, ...]:
    """The kinds that an arrow between these two jumps over."""
    return KINDS[_PLACE[source] + 1 : _PLACE[target]]


def findings(links: Sequence[Link], arrows: Sequence[Arrow], *, loose: Sequence[int] = ()) -> tuple[Finding, ...]:
    """Everything to look at. `loose` are the keys of benefits that hang on no outcome. An empty chain has none."""
    if not links:
        return ()
    found = [*_loops(arrows), *_changes_nothing(links), *_orphans(links, arrows), *_odd_arrows(links, arrows)]
    if loose:
        found.append(Finding("loose", benefits=tuple(loose)))
    return tuple(sorted(found, key=lambda one: FINDINGS.index(one.kind)))


def _loops(arrows: Sequence[Arrow]) -> list[Finding]:
    """One loop for each set of links that can all be reached from each other: the shortest through its first arrow."""
    pairs = [(arrow.source, arrow.target) for arrow in arrows]
    found: list[Finding] = []
    told: set[int] = set()
    for source, target in pairs:
        way = () if source in told else path(pairs, target, source)
        if way:
            found.append(Finding("loop", (source, *way[:-1])))
            told |= {key for pair in pairs for key in pair if path(pairs, source, key) and path(pairs, key, source)}
    return found


def _changes_nothing(links: Sequence[Link]) -> list[Finding]:
    return [] if any(link.kind in ENDS for link in links) else [Finding("no_change")]


def _orphans(links: Sequence[Link], arrows: Sequence[Arrow]) -> list[Finding]:
    """Links that nothing leads to, that lead nowhere, or both."""
    reached, leading = {arrow.target for arrow in arrows}, {arrow.source for arrow in arrows}
    found = []
    for link in links:
        lacks_in = link.kind != "input" and link.key not in reached
        lacks_out = link.kind not in ENDS and link.key not in leading
        if link.key not in reached and link.key not in leading:
            found.append(Finding("alone", (link.key,)))
        elif lacks_in:
            found.append(Finding("from_nowhere", (link.key,)))
        elif lacks_out:
            found.append(Finding("to_nowhere", (link.key,)))
    return found


def _odd_arrows(links: Sequence[Link], arrows: Sequence[Arrow]) -> list[Finding]:
    """Arrows that go back, leap over kinds, or are not explained."""
    kinds = {link.key: link.kind for link in links}
    found = []
    for arrow in arrows:
        ends, step = (arrow.source, arrow.target), _PLACE[kinds[arrow.target]] - _PLACE[kinds[arrow.source]]
        if step < 0:
            found.append(Finding("backwards", ends))
        elif step > 1:
            found.append(Finding("leap", ends))
        if not (arrow.has_mechanism and arrow.has_assumption):
            found.append(Finding("unexplained", ends))
    return found
