"""The moderator's decisions."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from samskap.apps.statements import rules
from samskap.apps.statements.actions.conversations import may_run
from samskap.apps.statements.actions.maps import order_map
from samskap.apps.statements.models import Statement, Vote
from samskap.apps.trail import actions as trail
from samskap.kernel import clock
from samskap.kernel.acting import Acting
from samskap.kernel.errors import RuleError
from samskap.web.acting import lock, require

__all__ = ["accept_statement", "merge_statement", "reject_statement"]

REASON_LIMIT = 300


@transaction.atomic
def accept_statement(statement: Statement, *, by: Acting) -> Statement:
    """Let people answer it; a rejected one comes back with the votes it had."""
    statement = lock(statement)
    require(may_run(by, statement.conversation))
    if statement.state == "accepted":
        return statement
    _check_not_final(statement)
    _decide(statement, state="accepted", reason="")
    trail.record("statements.statement_accepted", statement, by=by, public=True, data={"number": statement.number})
    return statement


@transaction.atomic
def reject_statement(statement: Statement, *, by: Acting, reason: str) -> Statement:
    """Take it out of the conversation with a reason that its author can read. Its votes count no more."""
    statement = lock(statement)
    require(may_run(by, statement.conversation))
    _check_not_final(statement)
    reason = rules.cleaned_text(reason)[:REASON_LIMIT]
    if not reason:
        raise RuleError(
            _("A rejected statement needs a reason that its author can read."), code="reason_missing",
            cure=_("Write it in a sentence."),
        )  # fmt: skip
    _decide(statement, state="rejected", reason=reason)
    trail.record("statements.statement_rejected", statement, by=by, public=True, data={"number": statement.number})
    return statement


@transaction.atomic
def merge_statement(statement: Statement, *, into: Statement, by: Acting) -> Statement:
    """Let `into` stand for this one too. Gives back the kept statement.

    A vote moves to the kept one where the participant has none there in that round; other votes stay behind and
    count no more. The trail says how many of each.
    """
    statement, kept = _locked_pair(statement, into)
    require(may_run(by, statement.conversation))
    _check_not_final(statement)
    if kept.pk == statement.pk or kept.conversation_id != statement.conversation_id or kept.state != "accepted":
        raise RuleError(
            _("A statement can only be merged into another accepted one of the same conversation."),
            code="merge_impossible",
            cure=_("Choose another statement, or accept that one first."),
        )
    there = Vote.objects.filter(statement=kept, participant=OuterRef("participant"), round=OuterRef("round"))
    moved = Vote.objects.filter(~Exists(there), statement=statement).update(statement=kept)
    Statement.objects.filter(merged_into=statement).update(merged_into=kept)
    statement.merged_into = kept
    _decide(statement, state="merged", reason="")
    facts = {"number": statement.number, "into": kept.number, "moved": moved, "left": statement.votes.count()}
    trail.record("statements.statement_merged", statement, by=by, public=True, data=facts)
    return kept


def _locked_pair(statement: Statement, into: Statement) -> tuple[Statement, Statement]:
    """Both rows, locked in the order of their keys, so that two merges the other way round do not block."""
    rows = {row.pk: lock(row) for row in sorted([statement, into], key=lambda row: row.pk)}
    return rows[statement.pk], rows[into.pk]


def _check_not_final(statement: Statement) -> None:
    if statement.state == "merged":
        raise RuleError(
            _("This statement was merged into another one, and that stays so."),
            code="statement_merged",
            cure=_("Add its words again as a new statement if that was a mistake."),
        )
    if statement.text == rules.ERASED:
        raise RuleError(_("Its author has taken this statement back."), code="statement_erased")


def _decide(statement: Statement, *, state: str, reason: str) -> None:
    statement.state = state
    statement.reason = reason
    statement.decided_at = clock.now()
    statement.save(update_fields=["state", "reason", "decided_at", "merged_into"])
    order_map(statement.conversation_id)
