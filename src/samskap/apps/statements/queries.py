"""Reading conversations: what to answer next, what was answered, and the counts. Never how one person voted,
except to that person."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from samskap.apps.actors.labels import SECTORS
from samskap.apps.processes import permissions as processes
from samskap.apps.processes import queries as process_queries
from samskap.apps.statements import permissions, rules
from samskap.apps.statements.models import Conversation, OpinionMap, Statement, Vote
from samskap.kernel.errors import NotFound

if TYPE_CHECKING:
    from samskap.apps.processes.models import Activity, Participant, Process

__all__ = [
    "StatementCount",
    "VoteRow",
    "answered_count",
    "conversation_of",
    "conversations_of",
    "latest_map",
    "next_statement",
    "next_statements",
    "open_window",
    "own_statement",
    "own_statements",
    "own_votes",
    "progress",
    "pseudonym",
    "rounds_with_votes",
    "runnable_conversation",
    "sectors",
    "shown_window",
    "similar_statements",
    "statement_counts",
    "statement_in",
    "statements_by_state",
    "statements_of",
    "turnout_by_sector",
    "visible_conversation",
    "visible_round",
    "votes_rows",
    "waiting_statements",
    "window_for",
    "windows_of",
]

COUNTS_KEPT_S = 2


@dataclass(frozen=True, slots=True)
class VoteRow:
    """One vote that counts. `participant` is a pseudonym of this conversation, never the ticket."""

    participant: str
    statement: int
    choice: int
    matters: bool
    cast_at: datetime


@dataclass(frozen=True, slots=True)
class StatementCount:
    """How an accepted statement was answered in one round. Results: show them only where they are visible."""

    statement: Statement
    agree: int
    passed: int
    disagree: int
    matters: int

    @property
    def answered(self) -> int:
        """Answers in all, pass included."""
        return self.agree + self.passed + self.disagree


# Conversations and their windows


def visible_conversation(pk: int, *, viewer: Any) -> Conversation:
    """The conversation, or `NotFound` where it does not exist or this viewer may not see it."""
    found = Conversation.objects.select_related("process__municipality").filter(pk=pk).first()
    if found is None or not permissions.can_see_conversation(viewer, found):
        raise NotFound(_("There is no such conversation here."), cure=_("Check the address, or ask the host for it."))
    return found


def runnable_conversation(pk: int, *, viewer: Any) -> Conversation:
    """The conversation, for someone who runs it; `NotFound` for everybody else."""
    found = Conversation.objects.select_related("process__municipality").filter(pk=pk).first()
    if found is None or not permissions.can_run_conversation(viewer, found):
        raise NotFound(_("There is no such conversation here."), cure=_("Sign in with an account that runs it."))
    return found


def conversations_of(process: Process) -> QuerySet[Conversation]:
    """The conversations of a process, in their order."""
    return Conversation.objects.filter(process=process)


def conversation_of(activity: Activity) -> Conversation | None:
    """The conversation that this activity opens, or None where it opens something else."""
    return Conversation.objects.select_related("process__municipality").filter(windows__activity_id=activity.pk).first()


def windows_of(conversation: Conversation) -> list[Activity]:
    """The activities that open this conversation, in their order."""
    return [window.activity for window in conversation.windows.select_related("activity")]


def open_window(conversation: Conversation) -> Activity | None:
    """The first activity that is open now, or None."""
    return next((w for w in windows_of(conversation) if process_queries.activity_is_open(w)), None)


def window_for(windows: Sequence[Activity], *, participant: Participant | None) -> Activity | None:
    """Of these windows, the open one that this participant may act in; else the first open one; else None."""
    open_ones = [window for window in windows if process_queries.activity_is_open(window)]
    if participant is None:
        return next((w for w in open_ones if w.access == "open"), next(iter(open_ones), None))
    return next((w for w in open_ones if processes.can_take_part(participant, w)), next(iter(open_ones), None))


def shown_window(windows: Sequence[Activity]) -> Activity | None:
    """What to tell about where none is open: the next one that is planned, else the last one that was open."""
    planned = [window for window in windows if window.state != "closed"]
    return planned[0] if planned else windows[-1] if windows else None


def visible_round(
    conversation: Conversation, *, participant: Participant | None = None, windows: Sequence[Activity] | None = None
) -> int | None:
    """The latest round whose results this participant (or the public) sees now, or None: hidden means hidden."""
    windows = windows_of(conversation) if windows is None else windows
    for number in sorted({window.round for window in windows}, reverse=True):
        of_round = [window for window in windows if window.round == number]
        voted = any(w.results == "after_voting" for w in of_round) and _has_answered_all(
            conversation, participant, round=number
        )
        states = [
            rules.WindowState(
                state=window.state,
                is_open=process_queries.activity_is_open(window),
                are_results_visible=process_queries.results_are_visible(window, voted=voted),
            )
            for window in of_round
        ]
        if rules.are_round_results_visible(states):
            return number
    return None


def _has_answered_all(conversation: Conversation, participant: Participant | None, round: int) -> bool:
    answered, total = progress(conversation, participant, round=round)
    return 0 < total <= answered


# Statements


def statements_of(conversation: Conversation) -> QuerySet[Statement]:
    """The accepted statements, by number."""
    return Statement.objects.filter(conversation=conversation, state="accepted")


def statements_by_state(conversation: Conversation, *, state: str = "") -> QuerySet[Statement]:
    """For those who run it: statements in one state (or all), each with `answers` over all rounds."""
    found = Statement.objects.filter(conversation=conversation).select_related("merged_into")
    return (found.filter(state=state) if state else found).annotate(answers=Count("votes"))


def waiting_statements(conversation: Conversation) -> QuerySet[Statement]:
    """The moderation queue, oldest first."""
    return Statement.objects.filter(conversation=conversation, state="waiting")


def statement_in(conversation: Conversation, pk: int) -> Statement:
    """One statement of this conversation in whatever state, or `NotFound`."""
    found = Statement.objects.select_related("conversation", "merged_into").filter(conversation=conversation, pk=pk)
    statement = found.first()
    if statement is None:
        raise NotFound(_("There is no such statement in this conversation."), cure=_("Load the page again."))
    return statement


def similar_statements(conversation: Conversation, text: str, *, besides: int = 0) -> list[Statement]:
    """Accepted and waiting statements that look like this text, most alike first, in any of their languages."""
    rows = Statement.objects.filter(conversation=conversation, state__in=["accepted", "waiting"]).exclude(pk=besides)
    found = {statement.pk: statement for statement in rows}
    texts = {pk: statement.text for pk, statement in found.items()}
    return [found[like.pk] for like in rules.similar_texts(text, texts)]


def own_statements(participant: Participant, conversation: Conversation) -> QuerySet[Statement]:
    """What this participant has written here, each with `answers` over all rounds."""
    return Statement.objects.filter(conversation=conversation, author=participant).annotate(answers=Count("votes"))


def own_statement(participant: Participant, conversation: Conversation, pk: int) -> Statement:
    """One that this participant wrote, or `NotFound`."""
    found = own_statements(participant, conversation).select_related("conversation").filter(pk=pk).first()
    if found is None:
        raise NotFound(_("There is no such statement in this conversation."), cure=_("Load the page again."))
    return found


# What to answer, and what was answered


def next_statement(
    conversation: Conversation,
    participant: Participant | None,
    round: int,
    *,
    skipped: Sequence[int] = (),
    seed: str = "",
) -> Statement | None:
    """What to ask this person now, or None where they have answered everything."""
    found = next_statements(conversation, participant, round=round, skipped=skipped, seed=seed, most=1)
    return found[0] if found else None


def next_statements(
    conversation: Conversation,
    participant: Participant | None,
    round: int,
    *,
    skipped: Sequence[int] = (),
    seed: str = "",
    most: int = 8,
) -> list[Statement]:
    """The next statements for this person, best first. `seed` orders for a ticket that has done nothing yet."""
    answers = _answers_by_statement(conversation, round=round)
    votes = _counting_votes(conversation, round)
    mine = set(votes.filter(participant=participant).values_list("statement", flat=True)) if participant else set()
    candidates = [
        rules.Candidate(pk=pk, is_background=background, answers=answers.get(pk, 0))
        for pk, background in statements_of(conversation).values_list("pk", "is_background")
        if pk not in mine
    ]
    order = rules.route(
        candidates,
        answered=len(mine),
        seed=participant.key.hex if participant else seed,
        skipped=skipped,
        most=most,
    )
    found = Statement.objects.in_bulk(order)
    return [found[pk] for pk in order]


def progress(conversation: Conversation, participant: Participant | None, round: int) -> tuple[int, int]:
    """How many of the accepted statements this person has answered in the round, and how many there are."""
    total = statements_of(conversation).count()
    if participant is None:
        return 0, total
    return _counting_votes(conversation, round).filter(participant=participant).count(), total


def own_votes(participant: Participant, conversation: Conversation, round: int) -> QuerySet[Vote]:
    """What this participant answered in the round, newest first; for their own eyes."""
    return (
        _counting_votes(conversation, round)
        .filter(participant=participant)
        .select_related("statement")
        .order_by("-cast_at", "-pk")
    )


def _counting_votes(conversation: Conversation, round: int) -> QuerySet[Vote]:
    """Votes that count: those on accepted statements."""
    return Vote.objects.filter(statement__conversation=conversation, statement__state="accepted", round=round)


def _answers_by_statement(conversation: Conversation, round: int) -> dict[int, int]:
    """Answers a statement, kept for two seconds: it orders what is asked, and is shown to nobody."""
    key = f"statements.answers.{conversation.pk}.{round}"
    kept: dict[int, int] | None = cache.get(key)
    if kept is None:
        counted = _counting_votes(conversation, round).order_by().values("statement").annotate(n=Count("pk"))
        kept = dict(counted.values_list("statement", "n"))
        cache.set(key, kept, COUNTS_KEPT_S)
    return kept


# Counts


def answered_count(conversation: Conversation, round: int) -> int:
    """Participants with at least one vote that counts."""
    return _counting_votes(conversation, round).order_by().values("participant").distinct().count()


def turnout_by_sector(conversation: Conversation, round: int) -> dict[str, int | None]:
    """Participants who answered, by sector ("" for those who did not say); None where so few that it is not told."""
    counted = (
        _counting_votes(conversation, round)
        .order_by()
        .values("participant__sector")
        .annotate(n=Count("participant", distinct=True))
        .values_list("participant__sector", "n")
    )
    return rules.suppressed(dict.fromkeys([*SECTORS, ""], 0) | dict(counted))


def statement_counts(conversation: Conversation, round: int) -> list[StatementCount]:
    """Every accepted statement with its counts in the round, by number."""
    here = Q(votes__round=round)
    counted = statements_of(conversation).annotate(
        agree_n=Count("votes", filter=here & Q(votes__choice=1)),
        pass_n=Count("votes", filter=here & Q(votes__choice=0)),
        disagree_n=Count("votes", filter=here & Q(votes__choice=-1)),
        matters_n=Count("votes", filter=here & Q(votes__matters=True)),
    )
    return [
        StatementCount(statement, statement.agree_n, statement.pass_n, statement.disagree_n, statement.matters_n)
        for statement in counted
    ]


def rounds_with_votes(conversation: Conversation) -> list[int]:
    """The rounds in which at least one vote counts."""
    counting = Vote.objects.filter(statement__conversation=conversation, statement__state="accepted")
    return sorted(set(counting.order_by().values_list("round", flat=True).distinct()))


# The opinion map


def latest_map(conversation: Conversation, round: int) -> OpinionMap | None:
    """The newest stored map of the round, or None where none has been made. Results: show only where visible."""
    return OpinionMap.objects.filter(conversation=conversation, round=round).first()


def votes_rows(conversation: Conversation, round: int) -> Iterator[VoteRow]:
    """The votes that count, with pseudonyms, in no order that tells anything; read in chunks."""
    rows = (
        _counting_votes(conversation, round)
        .annotate(number=F("statement__number"))
        .order_by("statement__number", "participant__key")
        .values_list("participant__key", "number", "choice", "matters", "cast_at")
    )
    names: dict[Any, str] = {}
    for key, number, choice, matters, cast_at in rows.iterator(chunk_size=5000):
        if key not in names:
            names[key] = pseudonym(conversation, key.hex)
        yield VoteRow(names[key], number, choice, matters, cast_at)


def sectors(conversation: Conversation, round: int) -> dict[str, str]:
    """The sector of each pseudonym that has said one and has a vote that counts in the round."""
    said = (
        _counting_votes(conversation, round)
        .exclude(participant__sector="")
        .order_by()
        .values_list("participant__key", "participant__sector")
        .distinct()
    )
    return {pseudonym(conversation, key.hex): sector for key, sector in said}


def pseudonym(conversation: Conversation, ticket: str) -> str:
    """What a ticket (its key as 32 hexadecimal digits) is called in the map and the files of one conversation.

    Keyed with the server's secret: neither the ticket nor the trail can be found from it, and two conversations
    cannot be joined by it.
    """
    message = f"opinion:{conversation.pk}:{ticket}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).hexdigest()[:16]
