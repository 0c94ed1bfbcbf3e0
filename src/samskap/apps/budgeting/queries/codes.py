"""Letters with codes: how many there are, and how many are used. Never which code is whose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from samskap.apps.budgeting.models import Ballot, CodeBatch, VotingCode
from samskap.kernel.errors import NotFound

if TYPE_CHECKING:
    from samskap.apps.processes.models import Participant

__all__ = ["batch_of", "batches_of", "has_letters", "holds_code"]


def batches_of(ballot: Ballot) -> QuerySet[CodeBatch]:
    """The batches, each with `used` (codes that are somebody's), `valid` (not used) and `voided`."""
    unused = Q(codes__used_at__isnull=True)
    return CodeBatch.objects.filter(ballot=ballot).annotate(
        used=Count("codes", filter=Q(codes__used_at__isnull=False)),
        valid=Count("codes", filter=unused & Q(codes__voided_at__isnull=True)),
        voided=Count("codes", filter=Q(codes__voided_at__isnull=False)),
    )


def batch_of(ballot: Ballot, pk: int) -> CodeBatch:
    """One batch of this ballot, or `NotFound`."""
    found = batches_of(ballot).filter(pk=pk).first()
    if found is None:
        raise NotFound(_("There are no such letters for this vote."), cure=_("Load the page again."))
    found.ballot = ballot
    return found


def has_letters(ballot: Ballot) -> bool:
    """Whether one votes with the code from a letter, where only those invited can vote."""
    return CodeBatch.objects.filter(ballot=ballot).exists()


def holds_code(participant: Participant | None, ballot: Ballot) -> bool:
    """Whether this participant came in with a code of this ballot."""
    if participant is None:
        return False
    return VotingCode.objects.filter(participant=participant, batch__ballot=ballot, voided_at__isnull=True).exists()
