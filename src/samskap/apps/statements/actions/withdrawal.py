"""Taking everything back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from samskap.apps.processes import actions as processes
from samskap.apps.statements import rules
from samskap.apps.statements.actions.maps import order_map
from samskap.apps.statements.actions.votes import held_participant
from samskap.apps.statements.models import Statement, Vote
from samskap.apps.trail import actions as trail
from samskap.kernel import clock

if TYPE_CHECKING:
    from samskap.apps.processes.models import Participant

__all__ = ["withdraw_everything"]


@transaction.atomic
def withdraw_everything(participant: Participant) -> None:
    """Delete the votes and the ticket, erase the texts this participant wrote, and have the maps made anew.

    What others answered about an erased text stays in the database and counts nowhere. It works after closing too.
    Later modules take what is theirs: `WITHDRAWALS` in `project/wiring.py` lists a callable of each.
    """
    participant = held_participant(participant)
    process = participant.process
    written = Statement.objects.select_for_update(of=("self",)).filter(author=participant)
    for statement in written.select_related("conversation"):
        _erase(statement)
    touched = Vote.objects.filter(participant=participant).order_by().values_list("statement__conversation", flat=True)
    conversations = sorted(set(touched.distinct()))
    Vote.objects.filter(participant=participant).delete()
    for conversation_id in conversations:
        order_map(conversation_id)
    for path in settings.SAMSKAP_WITHDRAWALS:
        import_string(path)(participant)
    trail.record("statements.everything_withdrawn", process, by=participant)
    processes.give_up_ticket(participant)


def _erase(statement: Statement) -> None:
    """Leave the number and the votes of others, and no word of the text. A merged one stays merged."""
    with translation.override(statement.conversation.language):
        statement.reason = _("Taken back by its author.")
    statement.text = rules.ERASED
    statement.translations = {}
    statement.author = None
    statement.decided_at = clock.now()
    if statement.state != "merged":
        statement.state = "rejected"
    statement.save(update_fields=["reason", "text", "translations", "author", "decided_at", "state"])
    order_map(statement.conversation_id)
