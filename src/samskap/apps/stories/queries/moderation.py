"""Stories for those who moderate them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from samskap.apps.actors import queries as actors
from samskap.apps.initiatives import queries as initiatives
from samskap.apps.stories import permissions
from samskap.apps.stories.labels import STORY_STATES
from samskap.apps.stories.labels.stories import HINTS
from samskap.apps.stories.models import Story
from samskap.apps.stories.rules.moderation import personal_hints
from samskap.kernel.errors import NotFound

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from samskap.apps.actors.models import Municipality
    from samskap.apps.initiatives.models import Initiative

__all__ = [
    "benefit_choices",
    "benefit_of",
    "hints_of",
    "moderated_story",
    "stories_by_state",
    "story_counts",
    "story_municipality",
    "tellable_initiative",
    "waiting_count",
    "writable_initiative",
]


def story_municipality(person: Any, number: str = "") -> Municipality:
    """The municipality whose stories this person moderates: the chosen one or the first; `NotFound` for others."""
    return actors.staff_municipality(person, number)


def moderated_story(pk: int, *, viewer: Any) -> Story:
    """The story, for those who moderate it; `NotFound` for everybody else."""
    rows = Story.objects.select_related("municipality", "initiative", "benefit", "change", "written_by", "decided_by")
    found = rows.filter(pk=pk).first()
    if found is None or not permissions.can_moderate_stories(viewer, found.municipality):
        raise NotFound(_("There is no such story here."))
    return found


def stories_by_state(municipality: Municipality, state: str) -> QuerySet[Story]:
    """The stories in one state; those that wait with the oldest first, the others with the newest."""
    found = Story.objects.filter(municipality=municipality, state=state).select_related("initiative", "benefit")
    return found.order_by("created_at", "pk") if state == "waiting" else found


def story_counts(municipality: Municipality) -> dict[str, int]:
    """How many stories are in each state."""
    rows = Story.objects.filter(municipality=municipality).order_by().values("state").annotate(n=Count("pk"))
    return dict.fromkeys(STORY_STATES, 0) | dict(rows.values_list("state", "n"))


def waiting_count(municipality: Municipality) -> int:
    """How many stories wait for a moderator."""
    return Story.objects.filter(municipality=municipality, state="waiting").count()


def hints_of(story: Story) -> list[tuple[StrOrPromise, str]]:
    """What in the words may tell who somebody is: kind in words, and the place."""
    words = "\n".join([story.title, story.text, story.transcript, story.picture_text, story.shown_name])
    return [(HINTS[kind], place) for kind, place in personal_hints(words)]


def tellable_initiative(pk: int, *, viewer: Any) -> Initiative:
    """A public initiative, to tell a story of; `NotFound` for a draft, also for those who may see it."""
    found = initiatives.visible_initiative(pk, viewer=viewer)
    if not permissions.can_tell_story(viewer, found):
        raise NotFound(_("There is no such initiative here."))
    return found


def writable_initiative(pk: int, *, viewer: Any) -> Initiative:
    """A public initiative, for those who may write down what somebody tells of it."""
    found = initiatives.visible_initiative(pk, viewer=viewer)
    if not permissions.can_write_for_teller(viewer, found):
        raise NotFound(_("There is no such initiative here."))
    return found


def benefit_choices(initiative: Initiative) -> list[tuple[str, str]]:
    """The benefits that a story of this initiative can be about."""
    rows: Any = initiative
    return [(str(one.pk), one.said.title) for one in rows.benefits.order_by("order", "pk")]


def benefit_of(initiative: Initiative, pk: str) -> Any:
    """One of them, or None."""
    rows: Any = initiative
    return rows.benefits.filter(pk=int(pk)).first() if pk.isdecimal() else None
