"""Changing a story: the teller does, and says yes or no to what others propose. Nobody else changes a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from samskap.apps.stories import permissions
from samskap.apps.stories.actions.media import delete_after_commit, forget, kept_media
from samskap.apps.stories.actions.telling import GUARDIAN, TELLER, checked_words, order_letter, record_of
from samskap.apps.stories.actions.withdrawal import check_not_withdrawn, check_read
from samskap.apps.stories.models import Story, StoryChange
from samskap.apps.stories.queries.private import words_of
from samskap.kernel import clock
from samskap.kernel.errors import RuleError
from samskap.kernel.text import one_line
from samskap.web.acting import lock, require

if TYPE_CHECKING:
    from samskap.apps.actors.models import Person
    from samskap.apps.stories.rules.stories import Words
    from samskap.formats.pictures import CleanPicture
    from samskap.formats.sounds import CleanSound

__all__ = ["accept_change", "change_story", "guardian_agrees", "propose_change", "refuse_change"]

_WORDS = ("title", "text", "shown_name", "picture_text", "transcript")


@transaction.atomic
def change_story(
    story: Story,
    *,
    words: Words,
    email: str,
    picture: CleanPicture | None = None,
    sound: CleanSound | None = None,
    drops: frozenset[str] = frozenset(),
) -> Story:
    """The teller changes the story; what it says now, a moderator reads again before others do.

    A new picture or sound takes the place of the old one; `drops` names those (`picture`, `sound`) that go away. Only
    a new address changes nothing that is shown.
    """
    story = lock(story)
    check_not_withdrawn(story)
    stays = {name: bool(getattr(story, name)) and name not in drops for name in ("picture", "sound")}
    has_picture, has_sound = picture is not None or stays["picture"], sound is not None or stays["sound"]
    said = checked_words(words, has_picture=has_picture, has_sound=has_sound)
    story.email = email.strip().lower()
    is_same = said == words_of(story) and picture is None and sound is None
    if is_same:
        story.save(update_fields=["email"])
        return story
    with kept_media() as keep:
        for name, media in (("picture", picture), ("sound", sound)):
            if media is not None or not stays[name]:
                delete_after_commit(getattr(story, name))
                setattr(story, name, keep(media))
        _say(story, said)
        _wait_again(story)
        story.save()
    StoryChange.objects.filter(story=story).delete()
    record_of(story, "stories.story_changed", by=TELLER, public=True)
    forget(story)
    return story


@transaction.atomic
def propose_change(story: Story, *, words: Words, reason: str, by: Person) -> StoryChange:
    """Propose other words; nothing changes until the teller says yes. A later proposal takes the place of it."""
    story = lock(story)
    require(permissions.can_moderate_stories(by, story.municipality))
    check_not_withdrawn(story)
    said = checked_words(words, has_picture=bool(story.picture), has_sound=bool(story.sound))
    reason = one_line(reason)[:300]
    if not reason:
        raise RuleError(_("Say why, so that the teller can decide."), code="reason_missing")
    if _of_change(said) == _of_change(words_of(story)):
        raise RuleError(_("This is what the story says already."), code="change_empty")
    fields = _of_change(said) | {"reason": reason, "proposed_by": by, "proposed_at": clock.now()}
    change, _created = StoryChange.objects.update_or_create(story=story, defaults=fields)
    record_of(story, "stories.change_proposed", by=by)
    order_letter(story, "news")
    return change


@transaction.atomic
def accept_change(story: Story, *, read: str | None = None) -> Story:
    """The teller says yes: the story has the new words, and stands as it stood.

    Under age, the guardian is asked again. `read` is the mark of what was read.
    """
    story = lock(story)
    check_not_withdrawn(story)
    change = StoryChange.objects.filter(story=story).first()
    if change is None:
        return story
    check_read(story, read)
    for name in ("title", "text", "transcript", "picture_text"):
        setattr(story, name, getattr(change, name))
    if story.is_under_age:
        _wait_again(story)
    story.save()
    change.delete()
    record_of(story, "stories.change_accepted", by=TELLER, public=True)
    forget(story)
    return story


@transaction.atomic
def refuse_change(story: Story) -> Story:
    """The teller says no: the story stays as it is, and the proposal is deleted."""
    story = lock(story)
    deleted, _rows = StoryChange.objects.filter(story=story).delete()
    if deleted:
        record_of(story, "stories.change_refused", by=TELLER)
    return story


@transaction.atomic
def guardian_agrees(story: Story, *, name: str, read: str | None = None) -> Story:
    """Whoever holds the guardian's link says yes, with a name that nobody but those who moderate sees.

    `read` is the mark of what was read.
    """
    story = lock(story)
    check_not_withdrawn(story)
    check_read(story, read)
    name = one_line(name)[:120]
    if not name or not story.is_under_age:
        raise RuleError(_("Write the name of the guardian."), code="guardian_missing")
    story.guardian_name, story.guardian_at, story.guardian_recorded_by = name, clock.now(), None
    story.save(update_fields=["guardian_name", "guardian_at", "guardian_recorded_by"])
    record_of(story, "stories.guardian_agreed", by=GUARDIAN)
    return story


def _say(story: Story, said: Words) -> None:
    for name in _WORDS:
        setattr(story, name, getattr(said, name))


def _wait_again(story: Story) -> None:
    """Back to the moderator; and to the guardian, whose yes was to other words."""
    story.state, story.reason, story.decided_by, story.decided_at = "waiting", "", None, None
    story.guardian_at, story.guardian_name, story.guardian_recorded_by = None, "", None


def _of_change(words: Words) -> dict[str, str]:
    return {name: getattr(words, name) for name in ("title", "text", "transcript", "picture_text")}
