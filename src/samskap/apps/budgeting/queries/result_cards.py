"""Results on the pages of earlier modules: on the process, and on each initiative that was voted on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskap.apps.budgeting.labels import results as said
from samskap.apps.budgeting.models import Ballot, Project
from samskap.apps.budgeting.permissions import can_see_ballot
from samskap.apps.budgeting.queries.results import Result, result_of
from samskap.web.parts import Card, Part

if TYPE_CHECKING:
    from samskap.apps.initiatives.models import Initiative
    from samskap.apps.processes.models import Process

__all__ = ["initiative_results", "process_results", "shown_results"]


def shown_results(process: Process) -> list[Result]:
    """The results of a process that everybody may see, in the order of its ballots."""
    found = Ballot.objects.filter(process=process, state="counted", shown_at__isnull=False)
    results = (result_of(one) for one in found.select_related("process__municipality"))
    return [one for one in results if one is not None]


def process_results(process: Process, viewer: Any) -> list[Part]:
    """“The result is here”, for each vote of the process whose result is shown."""
    cards = tuple(
        Card(
            title=one.ballot.said.title,
            url=reverse("budgeting:result", args=[one.ballot.pk]),
            text=f"{one.headline} {one.lead}",
            eyebrow=_("The result is here"),
            tag=_("Counted"),
            colour="success",
            is_illustrative=process.is_illustrative,
        )
        for one in shown_results(process)
    )
    return [Part(title=_("Results of votes"), cards=cards, order=8)]


def initiative_results(initiative: Initiative, viewer: Any) -> list[Part]:
    """What each vote decided about the initiative, with the reason where it did not win; only where it is shown."""
    found = Project.objects.filter(
        initiative=initiative, ballot__state="counted", ballot__shown_at__isnull=False
    ).select_related("ballot__process__municipality")
    cards = [_card(one) for one in found if can_see_ballot(viewer, one.ballot)]
    return [Part(title=_("What the vote decided"), cards=tuple(card for card in cards if card), order=39)]


def _card(project: Project) -> Card | None:
    result = result_of(project.ballot)
    if result is None:
        return None
    won = project.key in result.told.winners
    loser = next((one for one in result.told.losers if one.project == project.key), None)
    if project.fell_out_at is not None:
        tag, colour, text = _("Fallen out"), "warning", project.fell_out_reason
    elif won:
        votes = next(one.supporters for one in result.told.rounds if one.project == project.key)
        chosen = ngettext("%(n)s voter chose it.", "%(n)s voters chose it.", votes)
        tag, colour, text = _("Chosen"), "success", chosen % {"n": said.number(votes)}
    else:
        tag, colour = _("Not chosen"), "neutral"
        text = said.loser_sentence(loser, names=result.names, currency=result.currency) if loser else ""
    return Card(
        title=project.ballot.said.title,
        url=reverse("budgeting:result", args=[project.ballot_id]),
        text=text,
        tag=tag,
        colour=colour,
    )
