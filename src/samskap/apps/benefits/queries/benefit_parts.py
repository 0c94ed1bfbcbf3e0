"""What benefits add to the pages of initiatives, to the desk of who answers for them, and to what is to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskap.apps.actors.queries import mandates_of
from samskap.apps.benefits.labels import CERTAINTIES
from samskap.apps.benefits.models import Benefit, Measurement
from samskap.apps.benefits.queries.benefit_pages import benefit_sentence
from samskap.apps.benefits.queries.benefits import benefits_in, benefits_of, rows
from samskap.apps.benefits.queries.reading import BenefitRead, read_benefit
from samskap.web.parts import Card, Part, Step

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality, Person
    from samskap.apps.initiatives.models import Initiative

__all__ = [
    "benefit_steps",
    "initiative_benefits",
    "initiative_benefits_at_work",
    "own_benefits",
    "own_benefits_here",
]

_MOST_ON_PAGE = 6
_MOST_STEPS = 3


def initiative_benefits(initiative: Initiative, viewer: Any) -> list[Part]:
    """The benefits of an initiative, for its public page."""
    found = benefits_of(initiative, None if initiative.is_published else viewer)
    if not found:
        return []
    return [
        Part(
            title=_("Benefits"),
            cards=tuple(_card(one, reverse("benefits:benefit", args=[one.pk])) for one in found[:_MOST_ON_PAGE]),
            action_url=reverse("benefits:benefits", args=[initiative.pk]),
            action_label=_("Show all benefits"),
            order=20,
        )
    ]


def initiative_benefits_at_work(initiative: Initiative, viewer: Any) -> list[Part]:
    """The benefits of an initiative, for its desk: those where something is waited for first."""
    found = sorted(benefits_of(initiative, viewer), key=lambda one: (not one.is_overdue, not one.is_due))
    url, words = reverse("benefits:work_benefits", args=[initiative.pk]), _("All benefits")
    if not found:
        url, words = reverse("benefits:new_benefit", args=[initiative.pk]), _("New benefit")
    return [
        Part(
            title=_("Benefits"),
            cards=tuple(_card(one, reverse("benefits:work_benefit", args=[one.pk])) for one in found[:_MOST_ON_PAGE]),
            empty=_("What is to change, for whom, and how will it be measured? The baseline comes before the start."),
            action_url=url,
            action_label=words,
            order=20,
        )
    ]


def own_benefits(person: Person) -> list[Part]:
    """The benefits that somebody answers for and may follow up, those that wait first."""
    towns = [mandate.municipality_id for mandate in mandates_of(person)]
    found = rows().filter(owner=person, initiative__municipality__in=towns, ended_on__isnull=True)
    read = sorted(map(read_benefit, found), key=lambda one: (one.due is None, one.due.on if one.due else one.today))
    cards = tuple(_card(one, reverse("benefits:work_benefit", args=[one.pk])) for one in read)
    return [Part(title=_("Benefits that you answer for"), cards=cards, order=26)]


def own_benefits_here(municipality: Municipality, person: Person) -> list[Part]:
    """The same, on the desk of those in charge."""
    return own_benefits(person)


def _card(one: BenefitRead, url: str) -> Card:
    due = _("Due %(date)s") % {"date": date_format(one.due.on)} if one.due and one.is_due else ""
    return Card(
        title=one.title,
        url=url,
        text=benefit_sentence(one),
        eyebrow=f"{one.kind_words} · {CERTAINTIES[one.certainty]}",
        tag=_("Overdue") if one.is_overdue else one.standing_words,
        colour="danger" if one.is_overdue else one.colour,
        foot=due,
        is_illustrative=one.is_illustrative,
    )


def benefit_steps(municipality: Municipality, person: Person) -> list[Step]:
    """What is to be done about benefits: measured, where it is overdue or due soon; approved; locked."""
    waiting = [one for one in benefits_in(municipality, of="all") if one.is_due]
    waiting.sort(key=lambda one: one.due.on if one.due else one.today)
    steps = [_due_step(one) for one in waiting[:_MOST_STEPS]]
    if len(waiting) > _MOST_STEPS:
        more = len(waiting) - _MOST_STEPS
        steps.append(
            Step(
                title=ngettext(
                    "%(number)s more benefit is to be measured", "%(number)s more benefits are to be measured", more
                )
                % {"number": more},
                text=_("They are marked in the overview of benefits."),
                url=reverse("benefits:portfolio_at_work"),
                label=_("Go to the benefits"),
                order=17,
            )
        )
    return steps + _measured_steps(municipality, person)


def _due_step(one: BenefitRead) -> Step:
    assert one.due is not None
    is_baseline = one.due.kind == "baseline"
    title = _("The baseline of “%(benefit)s” is missing") if is_baseline else _("“%(benefit)s” is to be measured")
    late = _("It is overdue since %(date)s.") if one.is_overdue else _("It is due %(date)s.")
    where = "benefits:set_baseline" if is_baseline else "benefits:work_benefit"
    return Step(
        title=title % {"benefit": one.title},
        text=f"{late % {'date': date_format(one.due.on)}} {one.owner_role}, {one.organisation}.",
        url=reverse(where, args=[one.pk]),
        label=_("Write the baseline") if is_baseline else _("Write what was measured"),
        order=14 if one.is_overdue else 30,
    )


def _measured_steps(municipality: Municipality, person: Person) -> list[Step]:
    """Benefits with a draft that another wrote, and with something approved that is not locked."""
    here = Benefit.objects.filter(initiative__municipality=municipality)
    by_others = Measurement.objects.filter(state="draft").exclude(written_by=person)
    drafts = here.filter(measurements__in=by_others)
    approved = here.filter(measurements__state="approved")
    kinds = (
        (drafts, _("Approve what was measured of “%(benefit)s”"), _("Approve"), 31),
        (approved, _("Lock what was measured of “%(benefit)s”"), _("Lock for good"), 60),
    )
    return [
        Step(
            title=title % {"benefit": one.said.title},
            text=ngettext("%(n)s number waits.", "%(n)s numbers wait.", one.waiting) % {"n": one.waiting},
            url=f"{reverse('benefits:work_benefit', args=[one.pk])}#measurements",
            label=label,
            order=order,
        )
        for found, title, label, order in kinds
        for one in found.annotate(waiting=Count("measurements")).order_by("pk")[:_MOST_STEPS]
    ]
