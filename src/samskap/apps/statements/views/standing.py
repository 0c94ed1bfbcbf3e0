"""Where the one who asks stands in a conversation: their ticket, the window, and what they lack."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from samskap.apps.processes import actions as processes
from samskap.apps.processes import queries as process_queries
from samskap.apps.statements import labels, queries
from samskap.kernel import clock
from samskap.kernel.errors import Closed, NotAllowed, NotFound, RuleError, SamskapError
from samskap.web import tickets

if TYPE_CHECKING:
    from samskap.apps.processes.models import Activity, Participant
    from samskap.apps.statements.models import Conversation

__all__ = ["Standing", "act_as", "bad_form", "json_errors", "standing", "wants_json"]


@dataclass(frozen=True)
class Standing:
    """One request's view of a conversation. `lacks` is the access that keeps this ticket out, or empty."""

    conversation: Conversation
    windows: list[Activity]
    window: Activity | None
    key: uuid.UUID
    participant: Participant | None
    lacks: str = ""
    is_new: bool = field(default=False)

    @property
    def round(self) -> int:
        """The round that is open, else the last one."""
        if self.window is not None:
            return self.window.round
        return max((window.round for window in self.windows), default=1)

    @property
    def closed_sentence(self) -> str:
        """Why nobody can act now; empty where the conversation is open."""
        if self.window is not None:
            return ""
        shown = process_queries.shown_window(self.windows)
        if shown is None:
            return _("The conversation is not open yet.")
        return labels.window_sentence(shown.state, opens_at=shown.opens_at, closes_at=shown.closes_at, now=clock.now())

    def remember(self, response: HttpResponse) -> HttpResponse:
        """Give a browser without a ticket one with this answer. Answers are this person's own: nobody keeps them."""
        if self.is_new:
            tickets.give_ticket(response, self.conversation.process_id, self.key)
        response["Cache-Control"] = "private, no-store"
        return response


def standing(request: HttpRequest, pk: int, *, round: int | None = None) -> Standing:
    """The conversation as this browser meets it. With `round`, only a window of that round counts as open."""
    conversation = queries.visible_conversation(pk, viewer=request.user)
    known = tickets.ticket_key(request, conversation.process_id)
    participant = process_queries.find_participant(conversation.process, known)
    windows = queries.windows_of(conversation)
    asked = [window for window in windows if round in (None, window.round)]
    window = process_queries.window_for(asked, participant=participant)
    return Standing(
        conversation=conversation,
        windows=windows,
        window=window,
        key=known or tickets.new_ticket(),
        participant=participant,
        lacks=process_queries.access_lacking(window, participant=participant, viewer=request.user),
        is_new=known is None,
    )


def act_as(request: HttpRequest, stand: Standing, *, assurance: str = "open") -> tuple[Participant, Activity]:
    """The participant who acts and the window they act in; the ticket is stored with the first thing they do."""
    if stand.window is None:
        raise Closed(
            stand.closed_sentence, cure=_("What you had answered before is kept. Your last answer was not received.")
        )
    person: Any = request.user if request.user.is_authenticated else None
    participant = processes.take_ticket(
        stand.conversation.process, key=stand.key, assurance="verified" if person else assurance, person=person
    )
    return participant, stand.window


def wants_json(request: HttpRequest) -> bool:
    """The script asks for JSON; a form asks for a page."""
    return request.headers.get("Accept", "").startswith("application/json")


def json_errors(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Errors of our family as `{"error": …, "cure": …, "code": …}` for a script; pages get theirs as ever."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except SamskapError as error:
            if not wants_json(request):
                raise
            status = 404 if isinstance(error, NotFound) else 403 if isinstance(error, NotAllowed) else 409
            said = {"error": error.message, "cure": error.cure, "code": error.code}
            return JsonResponse(said, status=status, headers={"Cache-Control": "private, no-store"})

    return answer


def bad_form() -> RuleError:
    """What to answer where a form did not come from our page."""
    return RuleError(
        _("The answer could not be read, so it was not received."),
        code="bad_form",
        cure=_("Load the page again and answer once more."),
    )
