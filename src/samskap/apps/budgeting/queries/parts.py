"""What this module puts on the pages of earlier ones: cards on a process, next steps at work, its history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskap.apps.budgeting.labels import STATES
from samskap.apps.budgeting.models import Ballot, BallotWindow, PaperBallot, Project
from samskap.apps.budgeting.queries.ballots import visible_ballot, windows_of
from samskap.apps.processes import queries as process_queries
from samskap.apps.trail.queries import Story
from samskap.web.money import kroner
from samskap.web.parts import Card, Part, Step

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality, Person
    from samskap.apps.initiatives.models import Initiative
    from samskap.apps.processes.models import Process

__all__ = ["ballot_story", "initiative_parts", "process_parts", "process_work_parts", "work_steps"]

_UNDECIDED = Q(state__in=["open", "closed"]) | Q(state="counted", shown_at__isnull=True)


def process_parts(process: Process, viewer: Any) -> list[Part]:
    """The ballots of a process that have been opened, for everybody; one whose result is shown stands with that."""
    found = _with_windows(Ballot.objects.filter(_UNDECIDED, process=process))
    cards = tuple(_card(one, view="budgeting:ballot") for one in found)
    return [Part(title=_("Votes on the budget"), cards=cards, order=15)]


def process_work_parts(process: Process, viewer: Any) -> list[Part]:
    """The ballots of a process, for those who run it."""
    cards = tuple(_card(one, view="budgeting:work_ballot") for one in _listed(process))
    return [
        Part(
            title=_("Votes on the budget"),
            cards=cards,
            empty=_("No vote yet: a budget, and projects that people choose between."),
            action_url=reverse("budgeting:new_ballot", args=[process.pk]),
            action_label=_("New vote on the budget"),
            order=25,
        )
    ]


def initiative_parts(initiative: Initiative, viewer: Any) -> list[Part]:
    """The votes that an initiative is in, for everybody; one whose result is shown stands with that."""
    found = _with_windows(Ballot.objects.filter(_UNDECIDED, projects__initiative=initiative))
    cards = tuple(_card(one, view="budgeting:ballot") for one in found)
    return [Part(title=_("Votes on the budget"), cards=cards, order=40)]


def work_steps(municipality: Municipality, person: Person) -> list[Step]:
    """Ballots to prepare, paper that waits for another reader, and results that nobody else sees yet."""
    own = Ballot.objects.filter(process__municipality=municipality)
    open_ones = own.filter(Q(state__in=["draft", "open"]) | Q(state="counted", shown_at__isnull=True))
    paper = Prefetch("paper_ballots", to_attr="waiting", queryset=_unfinished())
    found = open_ones.annotate(n_projects=Count("projects")).prefetch_related(paper).order_by("pk")
    return [step for one in found for step in _steps(one)]


def _unfinished() -> QuerySet[PaperBallot]:
    return PaperBallot.objects.filter(settled_at__isnull=True, entries__isnull=False).distinct()


def _steps(ballot: Any) -> list[Step]:
    title = ballot.said.title
    if ballot.state == "draft":
        return [
            Step(
                title=_("Make “%(title)s” ready") % {"title": title},
                text=ngettext(
                    "%(n)s project is on the ballot. Nobody sees it until it is opened.",
                    "%(n)s projects are on the ballot. Nobody sees it until it is opened.",
                    ballot.n_projects,
                )
                % {"n": ballot.n_projects},
                url=reverse("budgeting:work_ballot", args=[ballot.pk]),
                label=_("Go to the vote"),
                order=25,
            )
        ]
    if ballot.state == "counted":
        return [
            Step(
                title=_("A result waits to be shown"),
                text=_("“%(title)s” is counted. Look at the result, and show it to everybody.") % {"title": title},
                url=reverse("budgeting:counting", args=[ballot.pk]),
                label=_("Go to the count"),
                order=16,
            )
        ]
    if not ballot.waiting:
        return []
    return [
        Step(
            title=_("Ballots on paper wait"),
            text=ngettext(
                "%(n)s form of “%(title)s” must be typed by another person or settled.",
                "%(n)s forms of “%(title)s” must be typed by another person or settled.",
                len(ballot.waiting),
            )
            % {"n": len(ballot.waiting), "title": title},
            url=reverse("budgeting:paper", args=[ballot.pk]),
            label=_("Go to the paper ballots"),
            order=15,
        )
    ]


def ballot_story(pk: int, *, viewer: Any) -> Story:
    """The history of a ballot and its windows, for those who may see it."""
    ballot = visible_ballot(pk, viewer=viewer)
    said = ballot.said
    things = (ballot, *windows_of(ballot))
    return Story(said.title, said.lang, reverse("budgeting:ballot", args=[pk]), things)


def _listed(process: Process) -> list[Any]:
    return _with_windows(Ballot.objects.filter(process=process))


def _with_windows(ballots: QuerySet[Ballot]) -> list[Any]:
    windows = Prefetch("windows", queryset=BallotWindow.objects.select_related("activity"))
    # Counted apart: a filter by a project has joined that one only.
    counted = Project.objects.filter(ballot=OuterRef("pk")).order_by().values("ballot").annotate(n=Count("pk"))
    found = ballots.annotate(n_projects=Coalesce(Subquery(counted.values("n")), 0))
    return list(found.prefetch_related(windows).order_by("order", "pk"))


def _card(ballot: Any, *, view: str) -> Card:
    is_open = ballot.state == "open" and any(
        process_queries.activity_is_open(window.activity) for window in ballot.windows.all()
    )
    tag = _("You can vote now") if is_open else _("Not open now") if ballot.state == "open" else STATES[ballot.state]
    return Card(
        title=ballot.said.title,
        url=reverse(view, args=[ballot.pk]),
        text=ballot.said.intro,
        lang=ballot.said.lang,
        tag=str(tag),
        colour="success" if is_open else "neutral",
        foot=ngettext("%(n)s project, %(budget)s", "%(n)s projects, %(budget)s", ballot.n_projects)
        % {"n": ballot.n_projects, "budget": kroner(ballot.budget_nok)},
    )
