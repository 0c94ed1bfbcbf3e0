"""Conversations and answers that were given elsewhere: files of other systems, paper, the demonstration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from samskap.apps.processes import actions as processes
from samskap.apps.processes import permissions as process_permissions
from samskap.apps.statements import rules
from samskap.apps.statements.actions.conversations import may_run
from samskap.apps.statements.actions.maps import order_map
from samskap.apps.statements.models import Conversation, Statement, Vote
from samskap.apps.trail import actions as trail
from samskap.kernel import clock
from samskap.kernel.acting import Acting, SystemActor
from samskap.kernel.errors import RuleError
from samskap.web.acting import lock, require

if TYPE_CHECKING:
    from samskap.apps.processes.models import Activity, Participant, Process

__all__ = ["ImportedPerson", "ImportedStatement", "ImportedVote", "import_answers", "import_conversation"]

CHUNK = 2000


@dataclass(frozen=True, slots=True)
class ImportedStatement:
    """A statement of a file; `state` is accepted, waiting or rejected (then with a reason)."""

    number: int
    text: str
    state: str = "accepted"
    reason: str = ""
    is_seed: bool = False
    is_background: bool = False
    language: str = "nb"
    translations: dict[str, dict[str, str]] = field(default_factory=dict)
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ImportedPerson:
    """Someone who answered; `name` joins them to their votes and is not kept."""

    name: str
    sector: str = ""
    channel: str = "web"


@dataclass(frozen=True, slots=True)
class ImportedVote:
    """One answer: by whom (the person's name in the file), on which number, which choice."""

    person: str
    statement: int
    choice: int
    matters: bool = False
    cast_at: datetime | None = None


@transaction.atomic
def import_conversation(
    process: Process,
    *,
    by: Acting,
    statements: Sequence[ImportedStatement],
    people: Sequence[ImportedPerson] = (),
    votes: Sequence[ImportedVote] = (),
    **fields: object,
) -> Conversation:
    """A whole conversation with its answers, in round 1; all or nothing. `fields` are those of the conversation.

    Texts are cleaned as any other; one that is longer than the limit of the conversation is kept, since people
    have answered it as it is.
    """
    require(isinstance(by, SystemActor) or process_permissions.can_run_process(by, process))
    conversation = Conversation.objects.create(process=process, **fields)
    Statement.objects.bulk_create([_row(conversation, said) for said in statements], batch_size=CHUNK)
    facts = {"statements": len(statements), "people": len(people), "votes": len(votes)}
    trail.record("statements.conversation_imported", conversation, by=by, data=facts)
    if votes:
        import_answers(conversation, by=by, people=people, votes=votes)
    return conversation


@transaction.atomic
def import_answers(
    conversation: Conversation,
    *,
    by: Acting,
    people: Sequence[ImportedPerson],
    votes: Sequence[ImportedVote],
    round: int = 1,
    activity: Activity | None = None,
    known: Mapping[str, Participant] | None = None,
) -> list[Participant]:
    """Answers from elsewhere, each person with a ticket of their own; all or nothing. In the order of `people`.

    `known` are participants of the process, by name, who hold a ticket from before.
    """
    require(may_run(by, conversation))
    conversation = lock(conversation)
    known = known or {}
    _check_votes(votes, people={person.name for person in people} | set(known))
    tickets: list[dict[str, object]] = [
        {"sector": person.sector, "sector_asked_at": clock.now() if person.sector else None, "channel": person.channel}
        for person in people
    ]
    made = processes.import_tickets(conversation.process, tickets=tickets, by=by)
    by_name = {**known, **{person.name: participant for person, participant in zip(people, made, strict=True)}}
    rows = _vote_rows(conversation, votes=votes, by_name=by_name, round=round, activity=activity)
    Vote.objects.bulk_create(rows, batch_size=CHUNK)
    facts = {"people": len(people), "votes": len(votes), "round": round}
    trail.record("statements.answers_imported", conversation, by=by, data=facts)
    order_map(conversation.pk)
    return made


def _row(conversation: Conversation, said: ImportedStatement) -> Statement:
    return Statement(
        conversation=conversation,
        number=said.number,
        text=rules.cleaned_text(said.text) or rules.ERASED,
        state=said.state,
        reason=said.reason,
        is_seed=said.is_seed,
        is_background=said.is_background,
        language=said.language,
        translations=said.translations,
        created_at=said.created_at or clock.now(),
        decided_at=None if said.state == "waiting" else clock.now(),
    )


def _vote_rows(
    conversation: Conversation,
    *,
    votes: Sequence[ImportedVote],
    by_name: dict[str, Participant],
    round: int,
    activity: Activity | None,
) -> list[Vote]:
    by_number = {statement.number: statement for statement in Statement.objects.filter(conversation=conversation)}
    missing = sorted({vote.statement for vote in votes} - set(by_number))
    if missing:
        raise RuleError(
            _("There is a vote on statement %(number)s, which is not in the conversation.") % {"number": missing[0]},
            code="import_unknown_statement",
            cure=_("Add the statement, or leave the vote out."),
        )
    return [
        Vote(
            participant=by_name[vote.person],
            statement=by_number[vote.statement],
            round=round,
            choice=vote.choice,
            matters=vote.matters,
            activity=activity,
            channel=by_name[vote.person].channel,
            cast_at=vote.cast_at or clock.now(),
        )
        for vote in votes
    ]


def _check_votes(votes: Sequence[ImportedVote], *, people: set[str]) -> None:
    seen: set[tuple[str, int]] = set()
    for vote in votes:
        where = {"person": vote.person, "number": vote.statement, "choice": vote.choice}
        if vote.person not in people:
            raise RuleError(_("There is a vote by “%(person)s”, who is not in the list of people.") % where)
        if not rules.is_choice(vote.choice):
            raise RuleError(
                _("The vote of “%(person)s” on statement %(number)s is “%(choice)s”.") % where,
                code="unknown_choice",
                cure=_("Use 1 for agree, 0 for pass and -1 for disagree."),
            )
        if (vote.person, vote.statement) in seen:
            raise RuleError(
                _("“%(person)s” has more than one vote on statement %(number)s.") % where,
                code="import_repeated_vote",
                cure=_("Keep the latest vote of each person on each statement."),
            )
        seen.add((vote.person, vote.statement))
