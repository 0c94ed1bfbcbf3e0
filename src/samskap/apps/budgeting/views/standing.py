"""Where the one who asks stands in a vote: their ticket, the window, their own ballot, and what they lack."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from samskap.apps.budgeting import permissions, queries
from samskap.apps.budgeting.labels import choosing
from samskap.apps.processes import actions as processes
from samskap.apps.processes import queries as process_queries
from samskap.kernel import clock
from samskap.kernel.errors import Closed
from samskap.web import tickets

if TYPE_CHECKING:
    from samskap.apps.budgeting.models import Ballot, VoterBallot
    from samskap.apps.processes.models import Activity, Participant

__all__ = ["Standing", "act_as", "site_of", "standing"]


@dataclass(frozen=True)
class Standing:
    """One request's view of a vote. `lacks` is the access that keeps this ticket out, or empty."""

    ballot: Ballot
    windows: list[Activity]
    window: Activity | None
    key: uuid.UUID
    participant: Participant | None
    own: VoterBallot | None
    lacks: str = ""
    by_letter: bool = False
    is_new: bool = field(default=False)

    @property
    def may_vote(self) -> bool:
        """Whether the form is shown."""
        return self.window is not None and not self.lacks

    @property
    def closed_sentence(self) -> str:
        """Why nobody can vote now; empty where the vote is open."""
        if self.window is not None:
            return ""
        shown = process_queries.shown_window(self.windows)
        return choosing.closed_sentence(
            self.ballot.state,
            closed_at=self.ballot.closed_at,
            window=(shown.state, shown.opens_at, shown.closes_at) if shown else None,
            now=clock.now(),
        )

    @property
    def ticket(self) -> str:
        """What the order of the projects is made from: the same for this voter each time."""
        return (self.participant.key if self.participant else self.key).hex

    def remember(self, response: HttpResponse, participant: Participant | None = None) -> HttpResponse:
        """Give the browser its ticket with this answer. Answers are this person's own: nobody keeps them."""
        key = participant.key if participant else self.key
        if self.is_new or key != self.key:
            tickets.give_ticket(response, self.ballot.process_id, key)
        response["Cache-Control"] = "private, no-store"
        return response


def standing(request: HttpRequest, pk: int) -> Standing:
    """The vote as this browser meets it."""
    ballot = queries.visible_ballot(pk, viewer=request.user)
    known = tickets.ticket_key(request, ballot.process_id)
    participant = process_queries.find_participant(ballot.process, known)
    windows = queries.windows_of(ballot)
    window = queries.window_for(ballot, windows, participant=participant)
    by_letter = window is not None and permissions.needs_letter(window, ballot)
    return Standing(
        ballot=ballot,
        windows=windows,
        window=window,
        key=known or tickets.new_ticket(),
        participant=participant,
        own=queries.own_ballot(participant, ballot),
        lacks=_lacks(request, participant, window, ballot=ballot, by_letter=by_letter),
        by_letter=by_letter,
        is_new=known is None,
    )


def act_as(request: HttpRequest, stand: Standing, *, assurance: str = "open") -> tuple[Participant, Activity]:
    """The participant who votes and the window they vote in; the ticket is stored with the first thing they do.

    Who came in with a letter votes as that letter, also where they are signed in.
    """
    if stand.window is None:
        raise Closed(
            stand.closed_sentence, cure=_("This ballot was not received. One that you handed in before is kept.")
        )
    if stand.by_letter and stand.participant is not None:
        return stand.participant, stand.window
    person: Any = request.user if request.user.is_authenticated and not stand.by_letter else None
    participant = processes.take_ticket(
        stand.ballot.process, key=stand.key, assurance="verified" if person else assurance, person=person
    )
    return participant, stand.window


def _lacks(
    request: HttpRequest, participant: Participant | None, window: Activity | None, *, ballot: Ballot, by_letter: bool
) -> str:
    if window is None or window.access == "open":
        return ""
    if participant is not None and permissions.can_vote(participant, window, ballot):
        return ""
    return "" if request.user.is_authenticated and not by_letter else window.access


def site_of(request: HttpRequest) -> str:
    """The address that people outside reach this server by, without a slash at the end."""
    return settings.SAMSKAP_URL or request.build_absolute_uri("/").rstrip("/")
