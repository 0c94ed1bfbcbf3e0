"""What Polis finds in a conversation, laid beside our own map: for `samskap map --polis`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from samskap.cli.printing import percent, print_table, printable

if TYPE_CHECKING:
    from rich.console import Console

    from samskap.engines.opinion_map import OpinionMap, PolisReport, Votes
    from samskap.formats.polis_csv import Conversation

NOBODY = "none"


@dataclass(frozen=True, slots=True)
class PolisSide:
    """Polis's computation of a conversation from a cold start, and the groups its files published, if any.

    `document` is what is written: with the published groups where there are some, so that every number can be
    compared with the old report, else with the groups computed.
    """

    report: PolisReport
    published: dict[str, str]
    document: dict[str, Any]

    def print_beside(self, result: OpinionMap, *, texts: dict[str, str], console: Console) -> None:
        """Groups and consensus of Polis next to ours, and how far the groupings agree."""
        console.print()
        console.rule("Polis on the same votes", style="dim")
        _print_groups(self, result, console=console)
        _print_consensus(self.report, result, texts=texts, console=console)
        _print_agreement(self, result, console=console)


def polis_side(votes: Votes, conversation: Conversation, *, meta: frozenset[str]) -> PolisSide:
    """What Polis would find; people stand in the order of their first votes where the times are known."""
    from samskap.engines.opinion_map import polis_report  # noqa: PLC0415 -- slow import
    from samskap.formats.polis_json import report_document  # noqa: PLC0415 -- slow import

    order, out = _order(conversation), conversation.rejected
    published = {person.key: person.polis_group for person in conversation.people if person.polis_group}
    report = polis_report(votes, order=order, moderated_out=out, meta=meta)
    written = report
    if published:
        written = polis_report(votes, order=order, moderated_out=out, meta=meta, groups=published)
    return PolisSide(report=report, published=published, document=report_document(written, votes=votes))


def _order(conversation: Conversation) -> list[str] | None:
    if any(vote.timestamp is None for vote in conversation.votes):
        return None
    first: dict[str, int] = {}
    for vote in conversation.votes:
        first[vote.person] = min(first.get(vote.person, vote.timestamp or 0), vote.timestamp or 0)
    return sorted(first, key=lambda key: first[key])


def _print_groups(found: PolisSide, result: OpinionMap, *, console: Console) -> None:
    ours = {person.key: person.group or NOBODY for person in result.people}
    names = [*(group.key for group in result.groups), NOBODY]
    rows = []
    for group in found.report.groups:
        here = Counter(ours.get(key, NOBODY) for key in group.people)
        rows.append((f"Group {group.key}", str(len(group.people)), *(str(here[name]) for name in names)))
    head = ("Polis", "People", *(f"In {name}" if name == NOBODY else f"In our {name}" for name in names))
    print_table("Groups of Polis, and where our map has their people", head=head, rows=rows, console=console)


def _print_consensus(report: PolisReport, result: OpinionMap, *, texts: dict[str, str], console: Console) -> None:
    ours: dict[tuple[str, str], float] = {
        (ground.statement, ground.side): ground.bound for ground in result.common_ground
    }
    theirs: dict[tuple[str, str], float] = {
        (entry.statement, side): entry.share
        for side, entries in (("agree", report.consensus_agree), ("disagree", report.consensus_disagree))
        for entry in entries
    }
    rows = [
        (
            printable(texts.get(statement, "")) or statement,
            side,
            percent(theirs[statement, side]) if (statement, side) in theirs else "–",
            f"≥ {percent(ours[statement, side])}" if (statement, side) in ours else "–",
        )
        for statement, side in dict.fromkeys([*theirs, *ours])
    ]
    head = ("Statement", "Side", "Polis, of all", "Ours, in every group")
    print_table("Consensus of Polis, and our common ground", head=head, rows=rows, console=console)


def _print_agreement(found: PolisSide, result: OpinionMap, *, console: Console) -> None:
    from samskap.engines.opinion_map import grouping_agreement  # noqa: PLC0415 -- slow import

    ours = {person.key: person.group for person in result.people if person.group}
    computed = {person.key: person.group for person in found.report.people if person.group}
    pairs = [("Polis computed here, and ours", computed, ours)]
    if found.published:
        pairs = [
            ("groups in the files, and ours", found.published, ours),
            ("groups in the files, and Polis computed here", found.published, computed),
            *pairs,
        ]
    console.print()
    console.print("How far the groups agree (adjusted Rand index: 1 the same, 0 as by chance):", markup=False)
    for words, one, other in pairs:
        value = grouping_agreement(one, other)
        told = "there are none to compare" if value is None else f"{value:.2f}"
        console.print(f"  {words}: {told}", markup=False)
