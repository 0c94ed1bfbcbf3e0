"""What those in charge decide about a story. They never change a word of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from samskap.apps.stories import permissions
from samskap.apps.stories.actions.media import forget
from samskap.apps.stories.actions.telling import order_letter, order_look, record_of
from samskap.apps.stories.actions.withdrawal import check_not_withdrawn, check_read
from samskap.apps.stories.models import Story
from samskap.apps.stories.models.stories import new_token
from samskap.apps.stories.queries.stories import this_day
from samskap.apps.stories.rules.consents import KEPT_AFTER_DAYS
from samskap.kernel import clock
from samskap.kernel.acting import SystemActor
from samskap.kernel.errors import RuleError
from samskap.kernel.text import one_line
from samskap.web.acting import lock, require

if TYPE_CHECKING:
    from samskap.apps.actors.models import Person

__all__ = ["accept_story", "new_link", "reject_story"]


@transaction.atomic
def accept_story(story: Story, *, by: Person | SystemActor, read: str | None = None) -> Story:
    """Let it be shown where its consents allow. One by a teller under age first needs a guardian's yes.

    `read` is the mark of what was read.
    """
    story = _held(story, by=by)
    if story.state == "accepted":
        return story
    check_read(story, read)
    if story.is_under_age and story.guardian_at is None:
        raise RuleError(
            _("The teller is under age, and no guardian has said yes yet."),
            code="guardian_missing",
            cure=_("The teller has a link for the guardian; or write down a yes on paper."),
        )
    _decide(story, state="accepted", by=by)
    record_of(story, "stories.story_accepted", by=by, public=True)
    order_letter(story, "news")
    return story


@transaction.atomic
def reject_story(story: Story, *, by: Person | SystemActor, reason: str) -> Story:
    """Do not show it, with a reason that its teller reads on the private page. It is erased after thirty days."""
    story = _held(story, by=by)
    reason = one_line(reason)[:300]
    if not reason:
        raise RuleError(
            _("A story that is not shown needs a reason that its teller can read."), code="reason_missing",
            cure=_("Write it in a sentence."),
        )  # fmt: skip
    _decide(story, state="rejected", by=by, reason=reason)
    record_of(story, "stories.story_rejected", by=by, public=True)
    order_look(this_day() + timedelta(days=KEPT_AFTER_DAYS + 1))
    forget(story)
    order_letter(story, "news")
    return story


@transaction.atomic
def new_link(story: Story, *, by: Person) -> Story:
    """Give the teller who lost the private link a new one; the old one leads nowhere. It is recorded who did it."""
    story = _held(story, by=by)
    story.token = new_token()
    story.save(update_fields=["token"])
    record_of(story, "stories.link_renewed", by=by, public=True)
    return story


def _held(story: Story, *, by: Person | SystemActor) -> Story:
    story = lock(story)
    require(isinstance(by, SystemActor) or permissions.can_moderate_stories(by, story.municipality))
    check_not_withdrawn(story)
    return story


def _decide(story: Story, *, state: str, by: Person | SystemActor, reason: str = "") -> None:
    story.state, story.reason, story.decided_at = state, reason, clock.now()
    story.decided_by = None if isinstance(by, SystemActor) else by
    story.save(update_fields=["state", "reason", "decided_at", "decided_by"])
