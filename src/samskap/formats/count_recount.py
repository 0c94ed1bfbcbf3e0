"""A published count against one's own: same or different, in what, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Literal

from samskap.engines.fair_budget import Options, count
from samskap.formats.count_options import options_of
from samskap.formats.count_told import BallotFile, CountTold, told
from samskap.formats.pabulib import election_of

if TYPE_CHECKING:
    from samskap.formats.pabulib import PabulibFile

__all__ = ["Difference", "Recount", "recount"]

MOST_SIGNS = 40  # of a fraction that is told

Field = Literal["file", "election", "options", "winners", "order", "rounds", "start", "losers", "told", "audit"]


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs, as it was published and as it was found."""

    field: Field
    published: tuple[str, ...]
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recount:
    """One's own count and what differs from the published one; nothing where they are the same.

    `other_version` is what the published one was made with, where that is not this version.
    """

    count: CountTold
    differences: tuple[Difference, ...]
    other_version: str | None

    @property
    def is_same(self) -> bool:
        return not self.differences

    @property
    def broken(self) -> tuple[str, ...]:
        """Checks of one's own count that must hold and do not."""
        return tuple(one.key for one in self.count.audit if one.is_broken)


def recount(published: CountTold, file: PabulibFile) -> Recount:
    """Count the ballots of a file again, as the published count says. ElectionError where they cannot be counted so."""
    options, election = published.options, election_of(file)
    outcome = count(
        election,
        rule=options.rule,
        satisfaction=options.satisfaction,
        completion=options.completion,
        tie_break=options.tie_break,
        seed=options.seed,
    )
    found = told(outcome, ballot_file=BallotFile(file.name, file.sha256))
    differences = (*_given(published, found, outcome.options, file), *_result(published, found))
    versions = published.versions
    other = None if versions == found.versions else f"{versions.samskap}, engine {versions.engine}"
    return Recount(found, differences, other)


def _given(published: CountTold, found: CountTold, options: Options, file: PabulibFile) -> Iterator[Difference]:
    """What was counted, and how."""
    one, other = published.ballot_file.sha256, found.ballot_file.sha256
    if one != other:
        yield Difference("file", (one,), (other,))
    if (published.election, published.options.constraints) != (found.election, found.options.constraints):
        yield Difference("election", (published.election.sha256,), (found.election.sha256,))
    decided = options_of(file.meta, kind=published.election.kind)
    if "samskap_rule" in file.meta and decided != options:
        yield Difference("options", _said(options), _said(decided))


def _result(published: CountTold, found: CountTold) -> Iterator[Difference]:
    """What came of it."""
    one, other = published.winners, found.winners
    if set(one) != set(other):
        yield Difference("winners", _only(one, other), _only(other, one))
    elif one != other:
        yield Difference("order", one, other)
    rounds = zip_longest(published.rounds, found.rounds)
    for place, (told_one, found_one) in enumerate(rounds, start=1):
        if told_one != found_one:
            yield Difference("rounds", (str(place),), ())
            break
    yield from _rest(published, found)


def _rest(published: CountTold, found: CountTold) -> Iterator[Difference]:
    starts = [(count.start, count.increments, count.stopped, count.areas) for count in (published, found)]
    if starts[0] != starts[1]:
        yield Difference("start", _started(published), _started(found))
    losers = [one.project for one in {*published.losers} ^ {*found.losers}]
    if losers or published.losers != found.losers:
        yield Difference("losers", tuple(dict.fromkeys(sorted(losers))), ())
    if published.audit != found.audit:
        yield Difference("audit", (), ())
    others = ("cost", "compared", "comparison", "coverage")
    differing = tuple(name for name in others if getattr(published, name) != getattr(found, name))
    if differing:
        yield Difference("told", differing, ())


def _started(count: CountTold) -> tuple[str, ...]:
    starts = [count.start, *(area.start for area in count.areas)]
    return tuple(start[:MOST_SIGNS] for start in starts if start)


def _only(these: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(key for key in these if key not in others)


def _said(options: Options) -> tuple[str, ...]:
    parts = (options.rule, options.satisfaction, options.completion, options.tie_break, options.seed)
    return tuple(part for part in parts if part)
