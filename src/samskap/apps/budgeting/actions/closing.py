"""Closing a ballot for good: the anonymised file is sealed, every tie to a person is cut, and the count is ordered."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from samskap.apps.budgeting import queries, rules
from samskap.apps.budgeting.actions.ballots import check_countable, held_ballot
from samskap.apps.budgeting.actions.counting import ordered_count
from samskap.apps.budgeting.labels.closing import CLOSING_CURE, closing_sentence
from samskap.apps.budgeting.models import Ballot, Choice, PaperBallot, Seal, VoterBallot, VotingCode
from samskap.apps.initiatives import actions as initiatives
from samskap.apps.trail import actions as trail
from samskap.formats.pabulib import write_pabulib
from samskap.kernel import clock
from samskap.kernel.errors import RuleError

if TYPE_CHECKING:
    from samskap.formats.pabulib import PabulibFile
    from samskap.kernel.acting import Acting

__all__ = ["close_ballot", "kept_seal"]

BATCH = 1000


@transaction.atomic
def close_ballot(ballot: Ballot, *, by: Acting, counted: int) -> Ballot:
    """Close voting for good, seal the ballots, cut their ties to people, and order the count.

    `counted` is the number of ballots that whoever closes has seen: another number than there are closes nothing.
    """
    ballot = held_ballot(ballot, by=by)
    standing = queries.closing_standing(ballot)
    _check_may_close(standing, counted=counted)
    now = clock.now()
    file = queries.file_to_seal(ballot, closed_at=now)
    check_countable(file)
    _check_whole(ballot, file)
    seal = kept_seal(ballot, file=file)
    _cut_ties(ballot, closed_at=now)
    ballot.state = "closed"
    ballot.closed_at = now
    ballot.save(update_fields=["state", "closed_at"])
    facts = {"sha256": seal.sha256, "voters": seal.voters}
    trail.record("budgeting.ballot_closed", ballot, by=by, data=facts, public=True)
    path = reverse("budgeting:result", args=[ballot.pk])
    told = {"ballot": ballot.title, "voters": seal.voters}
    initiatives.tell("ballot_closed", by=by, process=ballot.process, path=path, data=told)
    ordered_count(ballot, by=by)
    return ballot


def kept_seal(ballot: Ballot, *, file: PabulibFile) -> Seal:
    """Keep the file of a ballot byte for byte, with its hash. There is one seal a ballot, and it never changes."""
    content = write_pabulib(file)
    digest = hashlib.sha256(content).hexdigest()
    return Seal.objects.create(ballot=ballot, content=content, sha256=digest, voters=file.ballots.voters)


def _check_may_close(standing: rules.Standing, *, counted: int) -> None:
    found = rules.closing_problems(standing)
    if found:
        raise RuleError(
            " ".join(closing_sentence(one) for one in found),
            code=f"ballot_{found[0].key}",
            cure=str(CLOSING_CURE[found[0].key]),
        )
    if counted != standing.voters:
        raise RuleError(
            _("There are %(voters)s ballots, and you wrote %(written)s.")
            % {"voters": standing.voters, "written": counted},
            code="ballot_number_differs",
            cure=_("Look at the number again. The ballot is still open."),
        )


def _check_whole(ballot: Ballot, file: PabulibFile) -> None:
    """What is read back from the file is all that was cast: the choices are erased next."""
    voters = VoterBallot.objects.filter(ballot=ballot).count()
    choices = Choice.objects.filter(voter_ballot__ballot=ballot, project__key__in=file.keys).count()
    if (file.ballots.voters, len(file.ballots.chosen)) != (voters, choices):
        raise RuleError(
            _("The published file does not hold every ballot, so nothing was closed."),
            code="seal_differs",
            cure=_("Tell the operator. Every ballot is kept as it is."),
        )


def _cut_ties(ballot: Ballot, *, closed_at: datetime) -> None:
    """Leave nothing that leads from a voter to a ballot.

    The trail knows in which order tickets voted, and rows are numbered and timed in that order: so the rows are
    made anew in the order of their receipts, which are random. What was chosen stands in the sealed file alone.
    """
    papers = list(PaperBallot.objects.filter(ballot=ballot, voter_ballot__isnull=False).select_related("voter_ballot"))
    receipts = {paper.pk: paper.voter_ballot.receipt for paper in papers if paper.voter_ballot}
    fields = ("receipt", "channel", "sector", "district")
    kept = sorted(VoterBallot.objects.filter(ballot=ballot).values_list(*fields))
    VoterBallot.objects.filter(ballot=ballot).delete()
    made = VoterBallot.objects.bulk_create(
        [VoterBallot(ballot=ballot, changed_at=closed_at, **dict(zip(fields, row, strict=True))) for row in kept],
        batch_size=BATCH,
    )
    by_receipt = {one.receipt: one for one in made}
    for paper in papers:
        paper.voter_ballot = by_receipt[receipts[paper.pk]]
    PaperBallot.objects.bulk_update(papers, ["voter_ballot"], batch_size=BATCH)
    codes = VotingCode.objects.filter(batch__ballot=ballot)
    codes.filter(used_at__isnull=False).update(used_at=closed_at)
    codes.update(participant=None)
