"""What experiences add to the pages of earlier modules: where an initiative began, and the way to its package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskap.apps.stories import permissions
from samskap.apps.stories.queries.experience_told import date_words
from samskap.web.parts import Card, Part

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality, Person
    from samskap.apps.initiatives.models import Initiative
    from samskap.apps.stories.models import Experience

__all__ = ["dashboard_experiences", "initiative_experiences", "shared_experience"]


def initiative_experiences(initiative: Initiative, viewer: Any) -> list[Part]:
    """On the pages of an initiative: what it began from, with origin and date."""
    may_read = permissions.can_import_experiences(viewer, initiative.municipality)
    cards = tuple(_card(one, may_read=may_read) for one in initiative.experiences.all())
    return [Part(title=_("What it began from"), cards=cards, order=20)]


def shared_experience(initiative: Initiative, viewer: Any) -> list[Part]:
    """On the page of a published initiative: the way to its package."""
    if not initiative.is_published:
        return []
    return [
        Part(
            title=_("For other municipalities"),
            empty=_("What was done here and what came of it, as one file that another municipality can begin from."),
            action_url=reverse("stories:experience_of", args=[initiative.pk]),
            action_label=_("Share the experience"),
            order=90,
        )
    ]


def dashboard_experiences(municipality: Municipality, person: Person) -> list[Part]:
    """On the desk of those in charge: what has come from others, and the way to bring in more."""
    if not permissions.can_import_experiences(person, municipality):
        return []
    number = municipality.experiences.count()
    said = ngettext(
        "%(number)s experience from another municipality is here.",
        "%(number)s experiences from other municipalities are here.",
        number,
    )
    return [
        Part(
            title=_("Experiences from others"),
            empty=said % {"number": number} if number else _("Others may have done what you think of."),
            action_url=reverse("stories:experiences"),
            action_label=_("Go to the experiences"),
            order=70,
        )
    ]


def _card(experience: Experience, *, may_read: bool) -> Card:
    when = experience.made_from or experience.exported_at
    address = experience.content["origin"]["address"]
    return Card(
        title=experience.title,
        url=reverse("stories:experience", args=[experience.pk]) if may_read else address,
        eyebrow=_("An experience from %(place)s") % {"place": experience.origin_name},
        foot=_("As it was on %(date)s. What was measured there counts for nothing here.") % {"date": date_words(when)},
        lang=experience.language,
    )
