"""Taking back: one consent, or the whole story. What is taken back is erased at once and cannot be undone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from samskap.apps.stories import permissions
from samskap.apps.stories.actions.media import delete_after_commit, forget
from samskap.apps.stories.actions.telling import TELLER, give, order_look, record_of
from samskap.apps.stories.labels.stories import consent_problem_sentence
from samskap.apps.stories.models import Consent, Story, StoryChange
from samskap.apps.stories.queries.private import mark_of
from samskap.apps.stories.queries.stories import this_day
from samskap.apps.stories.rules.consents import KEPT_AFTER_DAYS, consent_problem
from samskap.kernel import clock
from samskap.kernel.acting import SYSTEM_CLOCK, SystemActor
from samskap.kernel.errors import RuleError
from samskap.web.acting import lock, require

if TYPE_CHECKING:
    from samskap.apps.actors.models import Person

__all__ = ["check_not_withdrawn", "check_read", "erase_ended", "give_consent", "withdraw_consent", "withdraw_story"]

_EMPTY = {
    "title": "",
    "text": "",
    "shown_name": "",
    "email": "",
    "site": "",
    "picture": "",
    "picture_text": "",
    "sound": "",
    "transcript": "",
    "reason": "",
    "consent_note": "",
    "guardian_name": "",
    "guardian_at": None,
    "guardian_recorded_by": None,
    "written_by": None,
    "decided_by": None,
    "decided_at": None,
    "is_under_age": False,
    "told_by": "self",
    "form_key": None,
}


@transaction.atomic
def withdraw_story(story: Story, *, by: Person | SystemActor) -> Story:
    """Erase the story everywhere: its words, its files, its consents, and every copy that is kept of them.

    By the holder of a private link (`TELLER`, `GUARDIAN`), or by those in charge when the teller asks them to.
    """
    return _erased(story, by=by, verb="stories.story_withdrawn")


@transaction.atomic
def erase_ended(story: Story) -> Story:
    """The same for a story that nothing is allowed of any more, or that was rejected, when its time is over."""
    return _erased(story, by=SYSTEM_CLOCK, verb="stories.story_erased")


@transaction.atomic
def withdraw_consent(story: Story, *, purpose: str, channel: str) -> Story:
    """The teller takes back one consent: from now on the story is not used so, and copies that were are deleted."""
    story = lock(story)
    given = Consent.objects.filter(story=story, purpose=purpose, channel=channel, withdrawn_at__isnull=True)
    if not given.update(withdrawn_at=clock.now()):
        return story
    record_of(story, "stories.consent_withdrawn", by=TELLER, public=True)
    order_look(this_day() + timedelta(days=KEPT_AFTER_DAYS + 1))
    forget(story)
    return story


@transaction.atomic
def give_consent(story: Story, *, purpose: str, channel: str, months: int) -> Story:
    """The teller gives a consent, or gives it anew before or after its last day.

    What a teller under age allows more than before needs the guardian's yes again, and a moderator's after it.
    """
    story = lock(story)
    check_not_withdrawn(story)
    problem = consent_problem([(purpose, channel)], months=months)
    if problem:
        raise RuleError(consent_problem_sentence(problem), code=f"consent_{problem}")
    give(story, [(purpose, channel)], months=months)
    if story.is_under_age:
        story.guardian_at, story.guardian_name, story.guardian_recorded_by = None, "", None
        story.state = "waiting" if story.state == "accepted" else story.state
        story.save(update_fields=["guardian_at", "guardian_name", "guardian_recorded_by", "state"])
        forget(story)
    record_of(story, "stories.consent_given", by=TELLER, public=True)
    return story


def check_not_withdrawn(story: Story) -> None:
    """Stop where nothing is left of a story."""
    if story.state == "withdrawn":
        raise RuleError(_("This story is withdrawn, and nothing of it is left."), code="story_withdrawn")


def check_read(story: Story, read: str | None) -> None:
    """Stop where it is not what was read (`mark_of`); None where nobody reads, as when an example is made."""
    if read is not None and read != mark_of(story):
        raise RuleError(
            _("This has changed since you read it."), code="story_changed", cure=_("Read it as it is now, then decide.")
        )


def _erased(story: Story, *, by: Person | SystemActor, verb: str) -> Story:
    story = lock(story)
    require(isinstance(by, SystemActor) or permissions.can_moderate_stories(by, story.municipality))
    if story.state == "withdrawn":
        return story
    delete_after_commit(story.picture, story.sound)
    for name, nothing in _EMPTY.items():
        setattr(story, name, nothing)
    story.state, story.withdrawn_at = "withdrawn", clock.now()
    story.save(update_fields=[*_EMPTY, "state", "withdrawn_at"])
    story.consents.all().delete()
    StoryChange.objects.filter(story=story).delete()
    record_of(story, verb, by=by, public=True)
    forget(story)
    return story
