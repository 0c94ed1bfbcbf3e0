"""Where the one who asks stands in an idea round: their ticket, the window, and what they lack."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from samskap.apps.actors import queries as actors
from samskap.apps.initiatives import queries
from samskap.apps.initiatives.labels.ideas import idea_window_sentence
from samskap.apps.processes import actions as processes
from samskap.apps.processes import queries as process_queries
from samskap.kernel import clock
from samskap.kernel.errors import Closed
from samskap.web import tickets

if TYPE_CHECKING:
    from samskap.apps.initiatives.models import IdeaRound
    from samskap.apps.processes.models import Activity, Participant

__all__ = ["IdeaStanding", "act_as", "idea_standing"]


@dataclass(frozen=True)
class IdeaStanding:
    """One request's view of an idea round. `lacks` is the access that keeps this ticket out, or empty."""

    idea_round: IdeaRound
    windows: list[Activity]
    window: Activity | None
    key: uuid.UUID
    participant: Participant | None
    lacks: str = ""
    is_new: bool = field(default=False)

    @property
    def may_act(self) -> bool:
        """Whether this ticket can write and support now."""
        return self.window is not None and not self.lacks

    @property
    def closed_sentence(self) -> str:
        """Why nobody can act now; empty where the idea round is open."""
        if self.window is not None:
            return ""
        shown = process_queries.shown_window(self.windows)
        if shown is None:
            return _("The idea round is not open yet.")
        return idea_window_sentence(shown.state, opens_at=shown.opens_at, closes_at=shown.closes_at, now=clock.now())

    @property
    def context(self) -> dict[str, Any]:
        """What every page of an idea round shows."""
        frame = actors.frame(self.idea_round.process.municipality)
        return {**frame, "stand": self, "idea_round": self.idea_round}

    def remember(self, response: HttpResponse, *, participant: Participant | None = None) -> HttpResponse:
        """Give a browser without a ticket one with this answer; one who is signed in may hold another than it had."""
        held = participant.key if participant else self.key
        if self.is_new or held != self.key:
            tickets.give_ticket(response, self.idea_round.process_id, held)
        response["Cache-Control"] = "private, no-store"
        return response


def idea_standing(request: HttpRequest, pk: int) -> IdeaStanding:
    """The idea round as this browser meets it."""
    idea_round = queries.visible_idea_round(pk, viewer=request.user)
    known = tickets.ticket_key(request, idea_round.process_id)
    participant = process_queries.find_participant(idea_round.process, known)
    windows = queries.idea_windows(idea_round)
    window = process_queries.window_for(windows, participant=participant)
    return IdeaStanding(
        idea_round=idea_round,
        windows=windows,
        window=window,
        key=known or tickets.new_ticket(),
        participant=participant,
        lacks=process_queries.access_lacking(window, participant=participant, viewer=request.user),
        is_new=known is None,
    )


def act_as(request: HttpRequest, stand: IdeaStanding, *, assurance: str = "open") -> tuple[Participant, Activity]:
    """The participant who acts and the window they act in; the ticket is stored with the first thing they do."""
    if stand.window is None:
        cure = _("What you had sent before is kept. What you sent now was not received.")
        raise Closed(stand.closed_sentence, cure=cure)
    person: Any = request.user if request.user.is_authenticated else None
    participant = processes.take_ticket(
        stand.idea_round.process, key=stand.key, assurance="verified" if person else assurance, person=person
    )
    return participant, stand.window
