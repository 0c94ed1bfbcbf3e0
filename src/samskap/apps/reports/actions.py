"""What this module writes: files of reports in the data folder, and conversations from files of other systems."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from samskap.apps.actors.labels import SECTORS
from samskap.apps.processes import actions as processes
from samskap.apps.statements import actions as statements
from samskap.kernel.errors import RuleError
from samskap.web.files import keep_file

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality
    from samskap.apps.processes.models import Process
    from samskap.apps.statements.models import Conversation
    from samskap.formats.polis_csv import CastVote, ConversationStatement
    from samskap.formats.polis_csv import Conversation as OpenConversation
    from samskap.kernel.acting import Acting

__all__ = ["import_conversation", "import_into_new_process", "keep_file"]

_TITLE_LENGTH = 160
_STATES = {1: "accepted", 0: "accepted", -1: "rejected"}


@transaction.atomic
def import_into_new_process(
    opened: OpenConversation, *, municipality: Municipality, source: str, title: str, language: str, by: Acting
) -> Conversation:
    """A public process of its own for a conversation that was held elsewhere; all or nothing."""
    with translation.override(language):
        summary = _("The conversation was held elsewhere and imported from “%(source)s”.") % {"source": source}
    process = processes.create_process(
        municipality, by=by, title=_title(opened, wished=title, source=source), summary=summary, language=language
    )
    conversation = import_conversation(opened, process=process, source=source, title=title, language=language, by=by)
    processes.publish_process(process, by=by)
    return conversation


@transaction.atomic
def import_conversation(
    opened: OpenConversation, *, process: Process, source: str, title: str, language: str, by: Acting
) -> Conversation:
    """Statements, people and votes as they were, and a closed window whose results are always shown; all or nothing."""
    numbers = _numbers(opened)
    told_title = _title(opened, wished=title, source=source)
    with translation.override(language):
        statements_told = [_statement(s, number=numbers[s.key], language=language) for s in opened.statements]
    conversation = statements.import_conversation(
        process,
        by=by,
        title=told_title,
        intro=opened.description,
        language=language,
        statements=statements_told,
        people=[statements.ImportedPerson(p.key, sector=_sector(p.sector, p.key)) for p in opened.people],
        votes=[_vote(v, number=numbers[v.statement]) for v in opened.votes],
    )
    window = processes.create_activity(
        process, by=by, title=told_title, state="closed", results="always", language=language
    )
    statements.attach_activity(conversation, window, by=by)
    return conversation


def _title(opened: OpenConversation, *, wished: str, source: str) -> str:
    return (wished or " ".join(opened.title.split()) or source)[:_TITLE_LENGTH]


def _numbers(opened: OpenConversation) -> dict[str, int]:
    """The statements keep their numbers where all are numbers; else they are counted."""
    keys = [s.key for s in opened.statements]
    if all(key.isascii() and key.isdigit() and len(key) < 10 for key in keys) and len({int(k) for k in keys}) == len(
        keys
    ):
        return {key: int(key) for key in keys}
    return {key: number for number, key in enumerate(keys, start=1)}


def _statement(statement: ConversationStatement, *, number: int, language: str) -> statements.ImportedStatement:
    state = _STATES[statement.moderated]
    return statements.ImportedStatement(
        number=number,
        text=statement.text,
        state=state,
        reason=_("Rejected where the conversation was held.") if state == "rejected" else "",
        language=language,
        created_at=_moment(statement.timestamp),
    )


def _vote(vote: CastVote, *, number: int) -> statements.ImportedVote:
    return statements.ImportedVote(vote.person, number, vote.value, cast_at=_moment(vote.timestamp))


def _sector(told: str | None, person: str) -> str:
    if told and told not in SECTORS:
        raise RuleError(
            _("participants-votes.csv, participant %(person)s: the sector “%(sector)s” is not known.")
            % {"person": person, "sector": told},
            code="import_unknown_sector",
            cure=_("Use public, private or voluntary, or leave it empty."),
        )
    return told or ""


def _moment(milliseconds: int | None) -> datetime | None:
    """A time that no calendar holds is as if it were not known."""
    if milliseconds is None:
        return None
    try:
        return datetime.fromtimestamp(milliseconds / 1000, tz=UTC)
    except (OverflowError, OSError, ValueError):
        return None
