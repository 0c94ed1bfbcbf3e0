"""Codes in letters: made when the letters are printed, shown in them alone, and each one vote."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from samskap.apps.budgeting import rules
from samskap.apps.budgeting.actions.ballots import held_ballot
from samskap.apps.budgeting.labels.codes import CODE_PROBLEMS
from samskap.apps.budgeting.models import Ballot, CodeBatch, VotingCode
from samskap.apps.processes import actions as processes
from samskap.apps.trail import actions as trail
from samskap.kernel import clock
from samskap.kernel.errors import Closed, RuleError
from samskap.web.acting import lock

if TYPE_CHECKING:
    from samskap.apps.processes.models import Participant
    from samskap.kernel.acting import Acting

__all__ = ["MOST_LETTERS", "delete_batch", "make_batch", "print_letters", "use_code", "void_batch"]

# A larger run is several batches: one file is made while somebody waits for it, and of a size that a printer takes.
MOST_LETTERS = 500


@transaction.atomic
def make_batch(ballot: Ballot, *, by: Acting, title: str, size: int) -> CodeBatch:
    """Plan so many letters; they get their codes when they are printed."""
    ballot = held_ballot(ballot, by=by)
    _check_not_closed(ballot)
    if not 1 <= size <= MOST_LETTERS:
        raise RuleError(
            _("A batch has 1 to %(most)s letters.") % {"most": MOST_LETTERS},
            code="batch_size",
            cure=_("Make several batches."),
        )
    batch = CodeBatch.objects.create(ballot=ballot, title=title, size=size)
    trail.record("budgeting.batch_made", ballot, by=by, data={"letters": size})
    return batch


@transaction.atomic
def delete_batch(batch: CodeBatch, *, by: Acting) -> None:
    """Delete letters that were never printed."""
    ballot = held_ballot(batch.ballot, by=by)
    batch = lock(batch)
    if batch.printed_at is not None:
        raise RuleError(
            _("These letters have been printed."), code="batch_printed", cure=_("Withdraw their unused codes instead.")
        )
    trail.record("budgeting.batch_deleted", ballot, by=by)
    batch.delete()


@transaction.atomic
def print_letters(batch: CodeBatch, *, by: Acting, printed_before: datetime | None) -> list[str]:
    """New codes for the letters of a batch: the only time that they are seen. As many as are not used.

    Printing again makes the unused codes of the earlier letters invalid; those that are used stay so. `printed_before`
    is when the one who prints believes that they were printed last: a second press of the same button is refused,
    since it would make the letters of the first invalid.
    """
    ballot = held_ballot(batch.ballot, by=by)
    _check_not_closed(ballot)
    batch = lock(batch)
    if batch.printed_at != printed_before:
        raise RuleError(
            _("These letters have just been printed."),
            code="batch_just_printed",
            cure=_("Look for the file among your downloads. If it is lost, load the page and print again."),
        )
    codes = VotingCode.objects.filter(batch=batch)
    codes.filter(used_at__isnull=True, voided_at__isnull=True).update(voided_at=clock.now())
    used, last = codes.filter(used_at__isnull=False).count(), codes.aggregate(most=Max("number"))["most"] or 0
    made = [rules.new_code() for _letter in range(batch.size - used)]
    VotingCode.objects.bulk_create(
        VotingCode(batch=batch, number=number, digest=digest_of(code, ballot=ballot))
        for number, code in enumerate(made, start=last + 1)
    )
    batch.printed_at, batch.voided_at = clock.now(), None
    batch.save(update_fields=["printed_at", "voided_at"])
    trail.record("budgeting.letters_printed", ballot, by=by, data={"letters": len(made)})
    return made


@transaction.atomic
def void_batch(batch: CodeBatch, *, by: Acting) -> int:
    """Make the unused codes of a batch invalid, as when letters are lost; how many they were."""
    ballot = held_ballot(batch.ballot, by=by)
    batch = lock(batch)
    unused = VotingCode.objects.filter(batch=batch, used_at__isnull=True, voided_at__isnull=True)
    voided = unused.update(voided_at=clock.now())
    batch.voided_at = clock.now()
    batch.save(update_fields=["voided_at"])
    trail.record("budgeting.codes_voided", ballot, by=by, data={"letters": voided})
    return voided


@transaction.atomic
def use_code(ballot: Ballot, *, typed: str, key: uuid.UUID) -> Participant:
    """The participant that a code stands for: on the first device the ticket `key`, and then the same everywhere.

    So a code is one vote, whoever types it and where, and its holder can change the ballot on another device.
    A browser whose ticket came in with another code of the ballot (two people share a phone) gets a new ticket.
    """
    code = rules.normal_code(typed)
    problem = rules.code_problem(code)
    if problem:
        raise RuleError(str(CODE_PROBLEMS[problem]), code=f"code_{problem}")
    # In the order of all that concerns a vote: the browser's ticket, which grows stronger, then the ballot. Held before
    # the code, as printing and withdrawing do; and two codes from one browser at once wait for each other.
    processes.hold_ticket(ballot.process, key=key)
    ballot = lock(ballot)
    if ballot.state != "open":
        raise Closed(_("The vote is not open, so the code cannot be used now."))
    # The participant is read after the lock is held: joined in this question, one who was stored while it waited
    # would look absent on PostgreSQL.
    found = (
        VotingCode.objects.select_for_update(of=("self",))
        .filter(batch__ballot=ballot, digest=digest_of(code, ballot=ballot))
        .first()
    )
    if found is None:
        raise RuleError(str(CODE_PROBLEMS["unknown"]), code="code_unknown")
    if found.voided_at is not None:
        raise RuleError(str(CODE_PROBLEMS["voided"]), code="code_voided")
    if found.participant is not None:
        return found.participant
    participant = processes.take_ticket(ballot.process, key=_free_key(ballot, key), assurance="invited")
    found.participant, found.used_at = participant, clock.now()
    found.save(update_fields=["participant", "used_at"])
    trail.record("budgeting.code_used", ballot, by=participant)
    return participant


def digest_of(code: str, *, ballot: Ballot) -> str:
    """What is kept of a code: keyed with the server's secret, so that the database alone gives no code away."""
    message = f"voting-code:{ballot.pk}:{code}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).hexdigest()


def _free_key(ballot: Ballot, key: uuid.UUID) -> uuid.UUID:
    taken = VotingCode.objects.filter(batch__ballot=ballot, participant__key=key).exists()
    return uuid.uuid4() if taken else key


def _check_not_closed(ballot: Ballot) -> None:
    if ballot.state in {"closed", "counted"}:
        raise Closed(_("The vote is closed, so no letters are needed any more."))
