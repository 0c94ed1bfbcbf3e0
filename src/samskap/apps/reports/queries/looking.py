"""Which round a reader gets to see, and why none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from samskap.apps.reports import permissions
from samskap.apps.reports.queries.direction import hidden_words, rounds_with_windows, visible_rounds
from samskap.apps.statements import queries as statements
from samskap.kernel.errors import NotAllowed

if TYPE_CHECKING:
    from samskap.apps.processes.models import Participant
    from samskap.apps.statements.models import Conversation

__all__ = ["Look", "Wish", "look", "open_round", "wish"]


@dataclass(frozen=True)
class Wish:
    """What the address asks for: a round (None: the latest) and, for those who may, a look at what is hidden."""

    round: int | None = None
    preview: bool = False


@dataclass(frozen=True)
class Look:
    """What this reader gets: the round (None: nothing is shown), all rounds to choose from, and why nothing is shown.

    `is_preview`: the round is hidden from others. `may_preview`: the reader runs the process and may look anyway.
    """

    round: int | None
    rounds: tuple[int, ...]
    is_preview: bool
    may_preview: bool
    reason: str


def wish(asked: Mapping[str, str]) -> Wish:
    """The wish in an address; what makes no sense is as if it had not been said."""
    number = asked.get("round", "")
    return Wish(
        round=int(number) if number.isascii() and number.isdigit() and len(number) < 4 else None,
        preview=asked.get("preview") == "1",
    )


def look(conversation: Conversation, *, participant: Participant | None, viewer: Any, wish: Wish) -> Look:
    """Which round this reader sees. Hidden results are shown only to those who run it and ask for them."""
    windows = statements.windows_of(conversation)
    visible = visible_rounds(conversation, participant=participant, windows=windows)
    begun = rounds_with_windows(windows)
    may_preview = len(visible) < len(begun) and permissions.can_preview_results(viewer, conversation.process)
    rounds = begun if wish.preview and may_preview else visible
    chosen = wish.round if wish.round in rounds else (rounds[-1] if rounds and wish.round is None else None)
    of_round = [window for window in windows if wish.round is None or window.round == wish.round]
    return Look(
        round=chosen,
        rounds=tuple(rounds),
        is_preview=chosen is not None and chosen not in visible,
        may_preview=may_preview,
        reason="" if chosen is not None else hidden_words(of_round),
    )


def open_round(conversation: Conversation, *, participant: Participant | None, wish: Wish) -> int:
    """The round whose files this reader may have; `NotAllowed` where they are hidden, for everybody alike."""
    windows = statements.windows_of(conversation)
    visible = visible_rounds(conversation, participant=participant, windows=windows)
    number = wish.round or (visible[-1] if visible else None)
    if number is None or number not in visible:
        of_round = [window for window in windows if wish.round is None or window.round == wish.round]
        raise NotAllowed(
            hidden_words(of_round),
            code="results_hidden",
            cure=_("The files can be had when the results are shown."),
        )
    return number
