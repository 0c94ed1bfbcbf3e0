"""The one door by which words of a story leave: only what is accepted, allowed by a consent, and not ended.

Consents are looked at by their day whenever somebody asks, so that one that has ended hides its story at once,
whether or not a job has run.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from samskap.apps.stories.models import Consent, Story
from samskap.kernel import clock
from samskap.kernel.errors import NotFound

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality

__all__ = [
    "StoryRead",
    "allowed_stories",
    "is_gone",
    "media_path",
    "shown_story",
    "stories_for",
    "stories_page",
    "story_count",
    "this_day",
]


@dataclass(frozen=True)
class StoryRead:
    """A story as it may be used now. Texts are plain and in `language`; `until` is the last day of the consent.

    `picture` and `sound` are files in the data folder, None where there is none or the channel takes no files along.
    """

    pk: int
    language: str
    title: str
    text: str
    shown_name: str
    transcript: str
    picture_text: str
    picture: Path | None
    sound: Path | None
    told_on: date
    is_told_for: bool
    municipality: Municipality
    initiative: Any
    benefit: Any
    until: date

    @property
    def words(self) -> str:
        """All that is told in words: the text, and what is said in the sound file."""
        return "\n\n".join(filter(None, (self.text, self.transcript)))

    @property
    def excerpt(self) -> str:
        """What stands where no files are shown: the words, or what the picture shows."""
        return self.words or self.picture_text


def stories_for(
    subject: Any, *, channel: str = "web", purpose: str = "show", today: date | None = None
) -> tuple[StoryRead, ...]:
    """The stories of an initiative, a benefit or a municipality that may be used so today, newest first."""
    rows = allowed_stories(subject, channel=channel, purpose=purpose, today=today)
    return tuple(_read(one, channel=channel) for one in rows)


def allowed_stories(
    subject: Any, *, channel: str = "web", purpose: str = "show", today: date | None = None
) -> QuerySet[Story]:
    """The same as rows, for counting and paging."""
    found = _shown(channel=channel, purpose=purpose, today=today)
    return found.filter(**{str(subject._meta.model_name): subject})


def stories_page(rows: Any) -> list[StoryRead]:
    """Rows of `allowed_stories` for these pages, as what may be shown."""
    return [_read(one, channel="web") for one in rows]


def story_count(subject: Any) -> int:
    """How many stories of it can be read on these pages."""
    return allowed_stories(subject).count()


def shown_story(pk: int, *, viewer: Any = None) -> StoryRead:
    """One story that everybody may read on these pages; `NotFound` for any other."""
    found = _shown(channel="web", purpose="show").filter(pk=pk).first()
    if found is None:
        raise NotFound(_("There is no such story here."))
    return _read(found, channel="web")


def is_gone(pk: int) -> bool:
    """Whether there was a story here that its teller has withdrawn, or whose consent has ended."""
    gone = Q(state="withdrawn") | Q(state="accepted")
    return Story.objects.filter(gone, pk=pk).exclude(pk__in=_shown(channel="web", purpose="show")).exists()


def media_path(name: str) -> Path:
    """Where a picture or a sound of this name lies. Names are our own: 32 hexadecimal digits and what it is."""
    return Path(settings.SAMSKAP_DATA) / "stories" / name


def this_day() -> date:
    """The date here and now."""
    return timezone.localdate(clock.now())


def _shown(*, channel: str, purpose: str, today: date | None = None) -> QuerySet[Story]:
    day = today or this_day()
    allows = Consent.objects.filter(purpose=purpose, channel=channel, withdrawn_at__isnull=True, until__gte=day)
    found = Story.objects.filter(
        state="accepted", initiative__published_at__isnull=False, pk__in=allows.values("story")
    )
    return found.select_related("municipality", "initiative", "benefit").prefetch_related(
        Prefetch("consents", queryset=allows, to_attr="allowing")
    )


def _read(story: Story, *, channel: str) -> StoryRead:
    takes_files = channel != "open_data"
    consent: Consent = story.allowing[0]  # type: ignore[attr-defined]
    return StoryRead(
        pk=story.pk,
        language=story.language,
        title=story.title,
        text=story.text,
        shown_name=story.shown_name,
        transcript=story.transcript,
        picture_text=story.picture_text if takes_files else "",
        picture=media_path(story.picture) if story.picture and takes_files else None,
        sound=media_path(story.sound) if story.sound and takes_files else None,
        told_on=timezone.localdate(story.created_at),
        is_told_for=story.told_by == "on_behalf",
        municipality=story.municipality,
        initiative=story.initiative,
        benefit=story.benefit,
        until=consent.until,
    )
