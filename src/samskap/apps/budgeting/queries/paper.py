"""Ballots on paper: which are typed once, twice, differently; and what two people read on one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext as _

from samskap.apps.budgeting.labels import choosing
from samskap.apps.budgeting.models import Ballot, PaperBallot, PaperEntry, Project
from samskap.apps.budgeting.queries.ballots import projects_of
from samskap.apps.budgeting.rules.choosing import Chosen
from samskap.kernel.errors import NotFound

__all__ = [
    "PaperCounts",
    "ReadLine",
    "Reading",
    "WaitingPaper",
    "has_differing_readings",
    "last_paper_number",
    "own_entry",
    "paper_by_number",
    "paper_counts",
    "papers_of",
    "read_of",
    "readings",
    "spoilt_papers",
    "unfinished_paper",
    "waiting_papers",
]


@dataclass(frozen=True, slots=True)
class PaperCounts:
    """Forms by where they are: `counted` ones are in the total, `once` and `differing` wait, `spoilt` count apart."""

    printed: int
    untouched: int
    once: int
    differing: int
    counted: int
    spoilt: int

    @property
    def unfinished(self) -> int:
        """Those that must be settled before the ballot can be closed."""
        return self.once + self.differing


@dataclass(frozen=True, slots=True)
class WaitingPaper:
    """A form that counts nowhere yet. `is_own`: the one who looks has typed it, so another must."""

    paper: PaperBallot
    differs: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One project and what each reader saw there, in words; `is_same` where both saw the same."""

    project: Project
    seen: tuple[str, ...]
    is_same: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A form that was read twice: the entries in the order they were typed, and the projects that either chose."""

    entries: tuple[PaperEntry, ...]
    lines: tuple[ReadLine, ...]


def papers_of(ballot: Ballot) -> QuerySet[PaperBallot]:
    """The forms by number, each with `typed` (how many people have typed it)."""
    return PaperBallot.objects.filter(ballot=ballot).annotate(typed=Count("entries"))


def paper_by_number(ballot: Ballot, number: int) -> PaperBallot:
    """The form with this number, or `NotFound`."""
    found = papers_of(ballot).filter(number=number).first()
    if found is None:
        raise NotFound(
            _("No form with number %(number)s was printed.") % {"number": number},
            cure=_("Look at the number again. The highest is %(most)s.") % {"most": last_paper_number(ballot)},
        )
    found.ballot = ballot
    return found


def last_paper_number(ballot: Ballot) -> int:
    """The highest number in the register, 0 where there is none."""
    highest: int | None = PaperBallot.objects.filter(ballot=ballot).aggregate(most=Max("number"))["most"]
    return highest or 0


def own_entry(paper: PaperBallot, person: Any) -> PaperEntry | None:
    """What this person typed for the form, or None."""
    return PaperEntry.objects.filter(paper=paper, person=person).first()


def paper_counts(ballot: Ballot) -> PaperCounts:
    """How many forms are where."""
    open_ones = Q(settled_at__isnull=True)
    counted = papers_of(ballot).aggregate(
        printed=Count("pk"),
        untouched=Count("pk", filter=open_ones & Q(typed=0)),
        once=Count("pk", filter=open_ones & Q(typed=1)),
        differing=Count("pk", filter=open_ones & Q(typed__gt=1)),
        counted=Count("pk", filter=Q(voter_ballot__isnull=False)),
        spoilt=Count("pk", filter=~Q(spoilt_reason="")),
    )
    return PaperCounts(**counted)


def unfinished_paper(ballot: Ballot) -> int:
    """Forms that are typed once only, or twice with a difference: they count nowhere, and closing waits for them."""
    waiting = PaperBallot.objects.filter(ballot=ballot, settled_at__isnull=True, entries__isnull=False)
    return waiting.distinct().count()


def waiting_papers(ballot: Ballot, *, viewer: Any) -> list[WaitingPaper]:
    """The forms that must be typed by another person or settled, by number."""
    found = PaperBallot.objects.filter(ballot=ballot, settled_at__isnull=True, entries__isnull=False).distinct()
    return [
        WaitingPaper(paper, differs=len(entries) > 1, is_own=any(one.person_id == viewer.pk for one in entries))
        for paper in found.prefetch_related("entries")
        if (entries := list(paper.entries.all()))
    ]


def spoilt_papers(ballot: Ballot) -> QuerySet[PaperBallot]:
    """The forms that cannot be counted, by number."""
    return PaperBallot.objects.filter(ballot=ballot).exclude(spoilt_reason="")


def has_differing_readings(paper: PaperBallot) -> bool:
    """Whether two people have typed it and it is not settled."""
    return paper.settled_at is None and PaperEntry.objects.filter(paper=paper).count() > 1


def read_of(entry: PaperEntry) -> dict[str, Any]:
    """One reading as what an action takes: the fields of `actions.ReadForm`."""
    is_ranking = entry.paper.ballot.kind == "ranking"
    chosen = tuple(
        Chosen(key, rank=value if is_ranking else None, points=None if is_ranking else value)
        for key, value in entry.choices
    )
    return {
        "chosen": chosen,
        "is_blank": not chosen and not entry.spoilt_reason,
        "spoilt": entry.spoilt_reason,
        "sector": entry.sector,
        "district": entry.district,
    }


def readings(paper: PaperBallot) -> Reading:
    """What each reader saw, side by side. Only projects that at least one of them saw chosen."""
    entries = tuple(paper.entries.select_related("person"))
    lines = []
    for project in projects_of(paper.ballot):
        seen = tuple(_seen(entry, project.key) for entry in entries)
        if any(seen):
            lines.append(ReadLine(project, tuple(words or "–" for words in seen), is_same=len(set(seen)) == 1))
    return Reading(entries, tuple(lines))


def _seen(entry: PaperEntry, key: str) -> str:
    """What stands at one project in one reading; empty where it is not chosen."""
    values: Mapping[str, int | None] = dict(entry.choices)
    return choosing.choice_words(entry.paper.ballot.kind, values[key]) if key in values else ""
