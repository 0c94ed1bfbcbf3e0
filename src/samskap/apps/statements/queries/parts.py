"""What this module puts on the pages of earlier ones: cards on a process, next steps at work, its history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskap.apps.processes import queries as process_queries
from samskap.apps.statements.models import Conversation, ConversationWindow
from samskap.apps.statements.queries.conversations import visible_conversation, windows_of
from samskap.apps.trail.queries import Story
from samskap.web.parts import Card, Part, Step

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality, Person
    from samskap.apps.processes.models import Process

__all__ = ["conversation_story", "process_parts", "process_work_parts", "work_steps"]


def process_parts(process: Process, viewer: Any) -> list[Part]:
    """The conversations of a process, for everybody."""
    cards = tuple(_card(one, view="statements:conversation") for one in _listed(process))
    return [Part(title=_("Conversations"), cards=cards, order=20)]


def process_work_parts(process: Process, viewer: Any) -> list[Part]:
    """The conversations of a process, for those who run it."""
    cards = tuple(_card(one, view="statements:overview") for one in _listed(process))
    return [
        Part(
            title=_("Conversations"),
            cards=cards,
            empty=_("No conversation yet: one question, and statements that people agree or disagree with."),
            action_url=reverse("statements:new_conversation", args=[process.pk]),
            action_label=_("New conversation"),
            order=20,
        )
    ]


def work_steps(municipality: Municipality, person: Person) -> list[Step]:
    """Statements that wait for a moderator, one step a conversation."""
    waiting = Count("statements", filter=Q(statements__state="waiting"))
    found = Conversation.objects.filter(process__municipality=municipality).annotate(waiting=waiting)
    return [
        Step(
            title=_("Read the statements that wait"),
            text=ngettext("%(n)s statement waits in “%(title)s”.", "%(n)s statements wait in “%(title)s”.", one.waiting)
            % {"n": one.waiting, "title": one.said.title},
            url=reverse("statements:moderation", args=[one.pk]),
            label=_("Go to moderation"),
            order=10,
        )
        for one in found.filter(waiting__gt=0).order_by("pk")
    ]


def conversation_story(pk: int, *, viewer: Any) -> Story:
    """The history of a conversation, its windows and its statements, for those who may see it."""
    conversation = visible_conversation(pk, viewer=viewer)
    said = conversation.said
    things = (conversation, *windows_of(conversation), *conversation.statements.exclude(state="waiting"))
    return Story(said.title, said.lang, reverse("statements:conversation", args=[pk]), things)


def _listed(process: Process) -> list[Conversation]:
    windows = Prefetch("windows", queryset=ConversationWindow.objects.select_related("activity"))
    accepted = Count("statements", filter=Q(statements__state="accepted"))
    found = Conversation.objects.filter(process=process).annotate(accepted=accepted).prefetch_related(windows)
    return list(found.order_by("order", "pk"))


def _card(conversation: Conversation, *, view: str) -> Card:
    is_open = any(process_queries.activity_is_open(window.activity) for window in conversation.windows.all())
    accepted = getattr(conversation, "accepted", 0)
    return Card(
        title=conversation.said.title,
        url=reverse(view, args=[conversation.pk]),
        text=conversation.said.intro,
        lang=conversation.said.lang,
        tag=_("Open now") if is_open else _("Not open now"),
        colour="success" if is_open else "neutral",
        foot=ngettext("%(n)s statement", "%(n)s statements", accepted) % {"n": accepted},
    )
