"""What an activity of the programme opens: a conversation, an idea round or a vote. Here the kinds are told apart.

A new kind is one line in `_FINDERS` and one in each of the tables below, its words in `labels.OPENED`, and the parts
`now_<kind>.html`, `hall_<kind>.html` and `host_<kind>.html`.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from samskap.apps.budgeting import queries as budgeting
from samskap.apps.gatherings.labels import OPENED
from samskap.apps.initiatives import queries as initiatives
from samskap.apps.statements import queries as statements

if TYPE_CHECKING:
    from samskap.apps.gatherings.labels import OpenedWords
    from samskap.apps.processes.models import Activity

__all__ = ["Opened", "answered_in", "answered_in_by_sector", "opened_by", "stir_of", "waiting_in"]


@dataclass(frozen=True)
class Opened:
    """What is opened: its kind, and the conversation, idea round or ballot itself."""

    kind: str
    thing: Any

    @property
    def words(self) -> OpenedWords:
        """What host, hall and phones say about this kind."""
        return OPENED[self.kind]

    @property
    def now_template(self) -> str:
        """The part of the phone page that leads to it."""
        return f"gatherings/now_{self.kind}.html"


_FINDERS: dict[str, Callable[[Activity], Any]] = {
    "conversation": statements.conversation_of,
    "ideas": initiatives.idea_round_of,
    "ballot": budgeting.ballot_of,
}


def opened_by(activity: Activity | None) -> Opened | None:
    """What this activity opens, or None where it opens nothing."""
    if activity is None:
        return None
    for kind, find in _FINDERS.items():
        thing = find(activity)
        if thing is not None:
            return Opened(kind, thing)
    return None


def answered_in(opened: Opened | None, activity: Activity | None) -> int | None:
    """How many people have answered, written or supported there; None where there is nothing to answer."""
    if opened is None or activity is None:
        return None
    if opened.kind == "conversation":
        return statements.answered_count(opened.thing, activity.round)
    if opened.kind == "ballot":
        return budgeting.ballot_count(opened.thing)
    return initiatives.ideas_answered_count(opened.thing)


def answered_in_by_sector(opened: Opened | None, activity: Activity | None) -> dict[str, int | None]:
    """The same by sector, before small numbers are hidden where they are told; empty where there is nothing."""
    if opened is None or activity is None:
        return {}
    if opened.kind == "ideas":
        return dict(initiatives.ideas_answered_by_sector(opened.thing))
    if opened.kind == "ballot":
        return budgeting.turnout_of(opened.thing).by_sector
    return statements.turnout_by_sector(opened.thing, activity.round)


def waiting_in(opened: Opened | None) -> int:
    """How much waits for a moderator."""
    if opened is None:
        return 0
    if opened.kind == "conversation":
        return statements.waiting_statements(opened.thing).count()
    if opened.kind == "ballot":
        return budgeting.unfinished_paper(opened.thing)
    return initiatives.waiting_ideas(opened.thing).count()


def stir_of(opened: Opened | None, *, are_results_shown: bool) -> int:
    """A number that changes when what the hall lists changes: ideas that come in, and support where it is shown."""
    if opened is None or opened.kind != "ideas":
        return 0
    kept = list(initiatives.kept_ideas(opened.thing).values_list("pk", flat=True))
    support = sorted(initiatives.supporters_by_idea(opened.thing).items()) if are_results_shown else []
    return zlib.crc32(repr((kept, support)).encode())
