"""What stories add to the pages of earlier modules: how many there are and where, and never their words.

The words come from addresses of their own, that no cache keeps and no search engine lists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskap.apps.stories import permissions
from samskap.apps.stories.labels.stories import tellers_sentence
from samskap.apps.stories.queries.moderation import waiting_count
from samskap.apps.stories.queries.stories import story_count
from samskap.apps.stories.rules.stories import TELLING_STAGES
from samskap.web.parts import Part, Step

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality, Person
    from samskap.apps.initiatives.models import Initiative

__all__ = ["benefit_stories", "initiative_stories", "municipality_stories", "stories_at_work", "story_steps"]


def initiative_stories(initiative: Initiative, viewer: Any) -> list[Part]:
    """What people tell of an initiative, and the way to tell one's own."""
    found = story_count(initiative)
    asks = initiative.stage in TELLING_STAGES and permissions.can_tell_story(viewer, initiative)
    if not (found or asks):
        return []
    return [
        Part(
            title=_("What people tell"),
            empty=tellers_sentence(found) if found else _("Has it changed something for you? You can be the first."),
            action_url=reverse("stories:tell", args=[initiative.pk]) if asks else "",
            action_label=_("Tell your story"),
            fill_url=reverse("stories:part_of_initiative", args=[initiative.pk]) if found else "",
            more_url=reverse("stories:initiative_stories", args=[initiative.pk]) if found else "",
            more_label=_("Read what people tell"),
            order=34,
        )
    ]


def benefit_stories(benefit: Any, viewer: Any) -> list[Part]:
    """What people tell of a benefit."""
    found = story_count(benefit)
    if not found:
        return []
    return [
        Part(
            title=_("What people tell"),
            empty=tellers_sentence(found),
            fill_url=reverse("stories:part_of_benefit", args=[benefit.pk]),
            more_url=reverse("stories:initiative_stories", args=[benefit.initiative_id]),
            more_label=_("Read what people tell"),
            order=34,
        )
    ]


def municipality_stories(municipality: Municipality, viewer: Any) -> list[Part]:
    """How many stories there are, and the way to them, for the municipality's page."""
    found = story_count(municipality)
    if not found:
        return []
    return [
        Part(
            title=_("What people tell"),
            empty=tellers_sentence(found),
            action_url=reverse("stories:stories", args=[municipality.number]),
            action_label=_("Read what people tell"),
            order=47,
        )
    ]


def stories_at_work(initiative: Initiative, viewer: Any) -> list[Part]:
    """The way to the stories from the desk of an initiative."""
    if not permissions.can_write_for_teller(viewer, initiative):
        return []
    return [
        Part(
            title=_("What people tell"),
            empty=tellers_sentence(story_count(initiative)),
            action_url=reverse("stories:write_for_teller", args=[initiative.pk]),
            action_label=_("Write down what somebody tells"),
            order=40,
        )
    ]


def story_steps(municipality: Municipality, person: Person) -> list[Step]:
    """Stories that wait for a moderator."""
    waiting = waiting_count(municipality) if permissions.can_moderate_stories(person, municipality) else 0
    if not waiting:
        return []
    said = ngettext("%(n)s story waits.", "%(n)s stories wait.", waiting)
    return [
        Step(
            title=_("Read the stories that wait"),
            text=said % {"n": waiting},
            url=f"{reverse('stories:stories_at_work')}?municipality={municipality.number}",
            label=_("Go to the stories"),
            order=12,
        )
    ]
