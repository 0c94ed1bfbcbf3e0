"""Writing statements: seeds, statements from participants, changes of words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from samskap.apps.statements import labels, permissions, rules
from samskap.apps.statements.actions.conversations import may_run
from samskap.apps.statements.actions.maps import order_map
from samskap.apps.statements.actions.votes import check_may_act, held_participant, held_window
from samskap.apps.statements.models import Conversation, Statement
from samskap.apps.trail import actions as trail
from samskap.kernel import clock
from samskap.kernel.acting import Acting
from samskap.kernel.errors import RuleError
from samskap.web.acting import lock, require

if TYPE_CHECKING:
    from samskap.apps.processes.models import Activity, Participant

__all__ = ["add_seed", "add_seeds", "edit_statement", "submit_statement", "translate_statement"]


@transaction.atomic
def add_seed(conversation: Conversation, *, by: Acting, text: str, **fields: object) -> Statement:
    """Put in a statement from those who run the conversation; it can be answered at once.

    `fields`: `language`, `translations`, `is_background`.
    """
    conversation = lock(conversation)
    require(may_run(by, conversation))
    text = _checked(text, conversation=conversation)
    _check_new(text, conversation=conversation)
    statement = Statement.objects.create(
        conversation=conversation,
        number=_next_number(conversation),
        text=text,
        is_seed=True,
        state="accepted",
        decided_at=clock.now(),
        **({"language": conversation.language} | fields),
    )
    trail.record("statements.seed_added", statement, by=by, data={"number": statement.number})
    return statement


@transaction.atomic
def add_seeds(conversation: Conversation, *, by: Acting, texts: Sequence[str], **fields: object) -> list[Statement]:
    """Put in many seed statements; all or none."""
    return [add_seed(conversation, by=by, text=text, **fields) for text in texts]


@transaction.atomic
def submit_statement(participant: Participant, *, activity: Activity, conversation: Conversation, text: str,
                     language: str = "nb") -> Statement:  # fmt: skip
    """Hand in a statement: it waits for a moderator, or is shown at once where moderation is open.

    The same text sent twice by the same participant is one statement.
    """
    window = held_window(activity, conversation_id=conversation.pk)
    participant = held_participant(participant)
    check_may_act(participant, window.activity)
    conversation = lock(conversation)
    text = _checked(text, conversation=conversation)
    own = Statement.objects.filter(conversation=conversation, author=participant)
    again = own.filter(text=text).first()
    if again is not None:
        return again
    _check_new(text, conversation=conversation)
    if own.count() >= rules.MOST_OWN_STATEMENTS:
        raise RuleError(
            _("You have written %(n)s statements, and that is the most.") % {"n": rules.MOST_OWN_STATEMENTS},
            code="too_many_statements",
            cure=_("Change one of those that nobody has answered."),
        )
    statement = Statement.objects.create(
        conversation=conversation,
        number=_next_number(conversation),
        text=text,
        author=participant,
        language=language,
        state="accepted" if conversation.moderation == "open" else "waiting",
    )
    trail.record("statements.statement_submitted", statement, by=participant, data={"number": statement.number})
    return statement


@transaction.atomic
def edit_statement(statement: Statement, *, by: Acting, text: str) -> Statement:
    """Change the words, while nobody has answered them. Under strict moderation the author's new words wait again."""
    statement = lock(statement)
    require(may_run(by, statement.conversation) or permissions.can_edit_statement(by, statement))
    _check_editable(statement)
    text = _checked(text, conversation=statement.conversation)
    if text == statement.text:
        return statement
    _check_new(text, conversation=statement.conversation, besides=statement.pk)
    statement.text = text
    statement.translations = {}
    if permissions.is_author(by, statement) and statement.conversation.moderation == "strict":
        statement.state = "waiting"
    statement.save(update_fields=["text", "translations", "state"])
    trail.record("statements.statement_edited", statement, by=by, data={"number": statement.number})
    return statement


@transaction.atomic
def translate_statement(statement: Statement, *, by: Acting, **fields: object) -> Statement:
    """Say in which language it is written, put translations beside it, or mark it as a background question."""
    statement = lock(statement)
    require(may_run(by, statement.conversation))
    if statement.text == rules.ERASED:
        raise RuleError(_("Its author has taken this statement back."), code="statement_erased")
    changes_map = "is_background" in fields and fields["is_background"] != statement.is_background
    for name, value in fields.items():
        setattr(statement, name, value)
    statement.save(update_fields=list(fields))
    if changes_map:
        order_map(statement.conversation_id)
    facts = {"number": statement.number, "fields": sorted(fields)}
    trail.record("statements.statement_described", statement, by=by, data=facts)
    return statement


def _checked(text: str, *, conversation: Conversation) -> str:
    text = rules.cleaned_text(text)
    problem = rules.text_problem(text, limit=conversation.statement_limit)
    if problem:
        raise RuleError(
            labels.text_problem_sentence(problem, length=len(text), limit=conversation.statement_limit),
            code=f"statement_{problem}",
        )
    return text


def _check_new(text: str, *, conversation: Conversation, besides: int = 0) -> None:
    taken = Statement.objects.filter(conversation=conversation, state__in=["accepted", "waiting"]).exclude(pk=besides)
    # Compared here: databases differ in what they call the same letter in capitals.
    if text.casefold() in {other.casefold() for other in taken.values_list("text", flat=True)}:
        raise RuleError(
            _("This statement is in the conversation already."),
            code="statement_repeated",
            cure=_("Answer that one, or write what is different."),
        )


def _check_editable(statement: Statement) -> None:
    if statement.state not in {"waiting", "accepted"}:
        raise RuleError(
            _("A statement that was rejected or merged cannot be changed."),
            code="statement_decided",
            cure=_("Write a new one."),
        )
    if not rules.is_editable(votes=statement.votes.count()):
        raise RuleError(
            _("Somebody has answered this statement, so its words stay as they are."),
            code="statement_answered",
            cure=_("Write a new one."),
        )


def _next_number(conversation: Conversation) -> int:
    highest = Statement.objects.filter(conversation=conversation).aggregate(most=Max("number"))["most"]
    return (highest or 0) + 1
