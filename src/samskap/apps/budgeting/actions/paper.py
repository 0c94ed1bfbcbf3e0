"""Ballots on paper and at the desk: numbered, typed by two people, settled where they differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from samskap.apps.budgeting import queries
from samskap.apps.budgeting.actions.ballots import held_ballot
from samskap.apps.budgeting.actions.voting import checked_choices, store_choices
from samskap.apps.budgeting.models import Ballot, PaperBallot, PaperEntry, VoterBallot
from samskap.apps.budgeting.rules import Chosen
from samskap.apps.trail import actions as trail
from samskap.kernel import clock
from samskap.kernel.errors import Closed, RuleError
from samskap.web.acting import lock

if TYPE_CHECKING:
    from samskap.apps.actors.models import Person
    from samskap.kernel.acting import Acting

__all__ = [
    "MOST_FORMS",
    "ReadForm",
    "print_forms",
    "register_desk_ballot",
    "reopen_paper",
    "settle_paper",
    "type_paper",
]

MOST_FORMS = 500


@transaction.atomic
def print_forms(ballot: Ballot, *, by: Acting, size: int) -> list[PaperBallot]:
    """Put so many forms in the register, with the next numbers."""
    ballot = _held_open(ballot, by=by)
    if not 1 <= size <= MOST_FORMS:
        raise RuleError(_("Print 1 to %(most)s forms at a time.") % {"most": MOST_FORMS}, code="forms_size")
    first = queries.last_paper_number(ballot) + 1
    made = PaperBallot.objects.bulk_create(PaperBallot(ballot=ballot, number=first + n) for n in range(size))
    trail.record("budgeting.forms_printed", ballot, by=by, data={"first": first, "forms": size})
    return made


@transaction.atomic
def register_desk_ballot(ballot: Ballot, *, by: Acting) -> PaperBallot:
    """Give a ballot that is said at the desk the next number; it is typed by two people like one on paper."""
    ballot = _held_open(ballot, by=by)
    paper = PaperBallot.objects.create(ballot=ballot, number=queries.last_paper_number(ballot) + 1, channel="desk")
    trail.record("budgeting.desk_ballot_registered", ballot, by=by, data={"number": paper.number})
    return paper


@dataclass(frozen=True, slots=True)
class ReadForm:
    """What somebody read on a form: choices, or why it cannot be counted; and where the voter comes from."""

    chosen: tuple[Chosen, ...] = ()
    is_blank: bool = False
    spoilt: str = ""
    sector: str = ""
    district: str = ""

    @property
    def stored(self) -> list[list[object]]:
        """The choices as an entry keeps them, in an order of their own so that two readings can be compared."""
        if self.spoilt:
            return []
        return sorted([one.key, one.points if one.rank is None else one.rank] for one in self.chosen)


@transaction.atomic
def type_paper(paper: PaperBallot, *, by: Person, read: ReadForm) -> PaperBallot:
    """Keep what one person read. When a second one reads the same, the ballot counts; else it waits to be settled.

    Typing again replaces one's own reading, while the ballot is not settled.
    """
    ballot, paper = _held_paper(paper, by=by)
    if paper.settled_at is not None:
        raise RuleError(
            _("Ballot %(number)s is settled.") % {"number": paper.number},
            code="paper_settled",
            cure=_("Take it up again first, if something is wrong with it."),
        )
    entries = PaperEntry.objects.filter(paper=paper)
    if entries.exclude(person=by).count() > 1:
        raise RuleError(
            _("Two others have typed ballot %(number)s, and they differ.") % {"number": paper.number},
            code="paper_typed_twice",
            cure=_("Settle it instead."),
        )
    _check_read(ballot, read)
    said = {
        "choices": read.stored, "spoilt_reason": read.spoilt, "sector": read.sector, "district": read.district,
        "at": clock.now(),
    }  # fmt: skip
    PaperEntry.objects.update_or_create(paper=paper, person=by, defaults=said)
    trail.record("budgeting.paper_typed", ballot, by=by, data={"number": paper.number})
    first, second = entries.first(), entries.last()
    if first is not None and second is not None and first.pk != second.pk and _agree(first, second):
        _settle(paper, read=read, by=None)
    return paper


@transaction.atomic
def settle_paper(paper: PaperBallot, *, by: Person, read: ReadForm) -> PaperBallot:
    """Decide what stands on a ballot that two people have read differently, after a third look at the paper."""
    ballot, paper = _held_paper(paper, by=by)
    if paper.settled_at is not None or PaperEntry.objects.filter(paper=paper).count() < 2:
        raise RuleError(
            _("Ballot %(number)s has nothing to settle.") % {"number": paper.number},
            code="paper_nothing_to_settle",
            cure=_("It is settled when two people have read it differently."),
        )
    _check_read(ballot, read)
    _settle(paper, read=read, by=by)
    trail.record("budgeting.paper_settled", ballot, by=by, data={"number": paper.number})
    return paper


@transaction.atomic
def reopen_paper(paper: PaperBallot, *, by: Acting) -> PaperBallot:
    """Take up a paper ballot again before closing: it counts nowhere until two people have typed it anew."""
    ballot, paper = _held_paper(paper, by=by)
    VoterBallot.objects.filter(paper=paper).delete()
    PaperEntry.objects.filter(paper=paper).delete()
    paper.voter_ballot, paper.spoilt_reason, paper.settled_at, paper.settled_by = None, "", None, None
    paper.save(update_fields=["voter_ballot", "spoilt_reason", "settled_at", "settled_by"])
    trail.record("budgeting.paper_reopened", ballot, by=by, data={"number": paper.number})
    return paper


def _held_open(ballot: Ballot, *, by: Acting) -> Ballot:
    """The ballot, held; paper can be typed after the last window has closed, until the ballot itself is closed."""
    ballot = held_ballot(ballot, by=by)
    if ballot.state == "draft":
        raise RuleError(_("The ballot is not open yet."), code="ballot_draft", cure=_("Open it first."))
    if ballot.state != "open":
        raise Closed(_("The ballot is closed, and nothing in it changes any more."))
    return ballot


def _held_paper(paper: PaperBallot, *, by: Acting) -> tuple[Ballot, PaperBallot]:
    ballot = _held_open(paper.ballot, by=by)
    paper = lock(paper)
    paper.ballot = ballot
    return ballot, paper


def _check_read(ballot: Ballot, read: ReadForm) -> None:
    if not read.spoilt:
        checked_choices(ballot, read.chosen, is_blank=read.is_blank)


def _agree(one: PaperEntry, other: PaperEntry) -> bool:
    """The same choices and the same answers; of two who find it spoilt the reasons may differ."""
    if one.spoilt_reason or other.spoilt_reason:
        return bool(one.spoilt_reason and other.spoilt_reason)
    return (one.choices, one.sector, one.district) == (other.choices, other.sector, other.district)


def _settle(paper: PaperBallot, *, read: ReadForm, by: Person | None) -> None:
    if not read.spoilt:
        paper.voter_ballot = VoterBallot.objects.create(
            ballot=paper.ballot, channel=paper.channel, sector=read.sector, district=read.district,
            changed_at=clock.now(),
        )  # fmt: skip
        store_choices(paper.voter_ballot, read.chosen)
    paper.spoilt_reason, paper.settled_at, paper.settled_by = read.spoilt, clock.now(), by
    paper.save(update_fields=["voter_ballot", "spoilt_reason", "settled_at", "settled_by"])
