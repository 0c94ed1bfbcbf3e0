"""What initiatives add to the pages of earlier modules, and to the list of what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samskap.apps.actors.queries import mandates_of
from samskap.apps.initiatives import rules
from samskap.apps.initiatives.models import Initiative
from samskap.apps.initiatives.queries.initiatives import today
from samskap.apps.initiatives.queries.listing import initiative_cards, published_initiatives
from samskap.web.parts import Card, Part, Step

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality, Person
    from samskap.apps.challenges.models import Challenge
    from samskap.apps.processes.models import Process

__all__ = [
    "challenge_initiatives",
    "dashboard_initiatives",
    "initiative_steps",
    "municipality_initiatives",
    "own_initiatives",
    "process_initiatives",
]

_MOST_ON_FRONT = 6
_MOST_STEPS = 3


def municipality_initiatives(municipality: Municipality, viewer: Any) -> list[Part]:
    """The first public initiatives, and the way to all of them, for the municipality's page."""
    found = published_initiatives(municipality, {}).exclude(stage=rules.STOPPED)
    first = list(found[: _MOST_ON_FRONT + 1])
    if not first:
        return []
    is_more = len(first) > _MOST_ON_FRONT
    return [
        Part(
            title=_("Initiatives"),
            cards=initiative_cards(first[:_MOST_ON_FRONT]),
            action_url=f"{reverse('initiatives:initiatives')}?municipality={municipality.number}" if is_more else "",
            action_label=_("Show all initiatives"),
            order=45,
        )
    ]


def challenge_initiatives(challenge: Challenge, viewer: Any) -> list[Part]:
    """The public initiatives that answer a challenge."""
    found = published_initiatives(challenge.municipality, {"challenge": str(challenge.pk)})
    return [Part(title=_("Initiatives that answer it"), cards=initiative_cards(list(found)), order=40)]


def process_initiatives(process: Process, viewer: Any) -> list[Part]:
    """The public initiatives that came out of a process."""
    found = published_initiatives(process.municipality, {}).filter(opportunity__process=process)
    return [Part(title=_("Initiatives that came of it"), cards=initiative_cards(list(found)), order=45)]


def dashboard_initiatives(municipality: Municipality, person: Person) -> list[Part]:
    """The initiatives that a person in charge owns, for the desk."""
    return own_initiatives(person, municipality=municipality)


def own_initiatives(person: Person, *, municipality: Municipality | None = None) -> list[Part]:
    """The initiatives that somebody owns and may change, the one whose date comes first in front.

    The same as `permissions.can_edit_initiative` says of an owner, asked once for all of them.
    """
    towns = [mandate.municipality_id for mandate in mandates_of(person)]
    found = Initiative.objects.filter(owner=person, municipality__in=towns).exclude(stage=rules.STOPPED)
    if municipality is not None:
        found = found.filter(municipality=municipality)
    now = today()
    cards = tuple(
        _own_card(one, is_overdue=rules.is_overdue(one.next_date, stage=one.stage, today=now))
        for one in found.order_by("next_date", "title")
    )
    return [Part(title=_("Initiatives that you own"), cards=cards, order=25)]


def _own_card(initiative: Initiative, *, is_overdue: bool) -> Card:
    said = initiative.said
    return Card(
        title=said.title,
        url=reverse("initiatives:work_initiative", args=[initiative.pk]),
        text=said.next_step,
        lang=said.lang,
        tag=_("The date has passed") if is_overdue else "",
        colour="danger",
        foot=date_format(initiative.next_date),
    )


def initiative_steps(municipality: Municipality, person: Person) -> list[Step]:
    """What is to be done about initiatives: those whose date has passed or is today, the longest first."""
    now = today()
    due = Initiative.objects.filter(municipality=municipality, next_date__lte=now).exclude(stage=rules.STOPPED)
    found = list(due.order_by("next_date", "title"))
    steps = [
        Step(
            title=_("“%(initiative)s” needs a next step") % {"initiative": one.said.title},
            text=_("%(step)s Date: %(date)s.")
            % {"step": _ended(one.said.next_step), "date": date_format(one.next_date)},
            url=reverse("initiatives:edit_section", args=[one.pk, "next"]),
            label=_("Set the next step"),
            order=15,
        )
        for one in found[:_MOST_STEPS]
    ]
    if len(found) > _MOST_STEPS:
        steps.append(
            Step(
                title=_("More initiatives whose date has passed: %(number)s") % {"number": len(found) - _MOST_STEPS},
                text=_("They are marked in the portfolio."),
                url=reverse("initiatives:portfolio"),
                label=_("Go to the portfolio"),
                order=16,
            )
        )
    return steps


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."
