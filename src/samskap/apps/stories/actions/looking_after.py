"""What time does to a story: the question before a consent ends, and the erasing after it has.

That a story is hidden when its consent ends is no work of this: every reader asks by the day.
"""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Min
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from samskap.apps.stories.actions.media import clean_up, forget
from samskap.apps.stories.actions.telling import order_letter
from samskap.apps.stories.actions.withdrawal import erase_ended
from samskap.apps.stories.models import Consent, Story
from samskap.apps.stories.queries.private import erased_on
from samskap.apps.stories.queries.stories import this_day
from samskap.apps.stories.rules.consents import ASKED_BEFORE_DAYS
from samskap.kernel import clock

__all__ = ["deliver_letter", "look_after_stories"]

_JUST_ENDED_DAYS = 7


def look_after_stories() -> None:
    """Do everything that is due with any story: a run that was missed is made up for by the next one."""
    _ask_for_renewal()
    _forget_ended()
    for story in Story.objects.exclude(state="withdrawn").order_by("pk"):
        last = erased_on(story)
        if last is not None and last < this_day():
            erase_ended(story)
    clean_up()


@transaction.atomic
def _ask_for_renewal() -> None:
    """Ask every teller whose consents end within thirty days, once: by mail where there is an address."""
    today = this_day()
    due = Consent.objects.select_for_update(of=("self",)).filter(
        story__state__in=["waiting", "accepted"],
        withdrawn_at__isnull=True,
        asked_at__isnull=True,
        until__gte=today,
        until__lte=today + timedelta(days=ASKED_BEFORE_DAYS),
    )
    stories = {one.story_id: one.story for one in due.select_related("story")}
    Consent.objects.filter(story__in=stories, pk__in=[one.pk for one in due]).update(asked_at=clock.now())
    for story in stories.values():
        order_letter(story, "renewal")


@transaction.atomic
def _forget_ended() -> None:
    """Let copies go that were made while a consent was in force that has ended since."""
    today = this_day()
    ended = Consent.objects.filter(until__lt=today, until__gte=today - timedelta(days=_JUST_ENDED_DAYS))
    for story in Story.objects.filter(pk__in=ended.values("story")).exclude(state="withdrawn"):
        forget(story)


def deliver_letter(story_id: int, *, kind: str) -> None:
    """Send the teller the private link with what there is to say; never a word of the story, for a letter stays.

    `kind`: `told`, `news` or `renewal`. Nothing is sent where the address is gone.
    """
    story = Story.objects.filter(pk=story_id).exclude(email="").first()
    if story is None:
        return
    with translation.override(story.language):
        context = {
            "link": story.site + reverse("stories:my_story", args=[story.token]),
            "withdraw": story.site + reverse("stories:withdraw", args=[story.token]),
            "ends_on": story.consents.filter(withdrawn_at=None, until__gte=this_day()).aggregate(on=Min("until"))["on"],
        }
        subject = render_to_string(f"stories/letters/{kind}_subject.txt", context).strip()
        body = render_to_string(f"stories/letters/{kind}.txt", context)
    try:
        send_mail(" ".join(subject.split()), body, settings.DEFAULT_FROM_EMAIL, [story.email])
    except SMTPException as refusal:
        # What a mail server answers names the address, and what a job failed of is kept for a month.
        raise RuntimeError(f"A letter of a story could not be sent: {type(refusal).__name__}.") from None
