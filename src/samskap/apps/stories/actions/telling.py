"""A story is told: by the teller, or written down for somebody who tells it."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samskap.apps.initiatives.actions import may_write_to
from samskap.apps.stories import permissions
from samskap.apps.stories.actions.media import kept_media
from samskap.apps.stories.labels.stories import consent_problem_sentence, word_problem_sentence
from samskap.apps.stories.models import Consent, Story
from samskap.apps.stories.queries.moderation import waiting_count
from samskap.apps.stories.queries.stories import this_day
from samskap.apps.stories.rules import consents as consent_rules
from samskap.apps.stories.rules.stories import MOST_WAITING, Words, tidied, word_problems
from samskap.apps.trail import actions as trail
from samskap.kernel import clock
from samskap.kernel.acting import Acting, SystemActor
from samskap.kernel.errors import RuleError
from samskap.kernel.text import one_line
from samskap.web.acting import lock, require
from samskap.web.jobs import enqueue

if TYPE_CHECKING:
    from datetime import date

    from samskap.apps.actors.models import Person
    from samskap.apps.initiatives.models import Initiative
    from samskap.formats.pictures import CleanPicture
    from samskap.formats.sounds import CleanSound

__all__ = [
    "GUARDIAN",
    "TELLER",
    "checked_words",
    "give",
    "order_letter",
    "order_look",
    "record_of",
    "tell_story",
    "write_down_guardian",
]

# Whoever holds the private link of a story is its teller, and nobody knows more of them.
TELLER = SystemActor("teller")
GUARDIAN = SystemActor("guardian")


@transaction.atomic
def tell_story(
    initiative: Initiative,
    *,
    words: Words,
    consents: Collection[tuple[str, str]],
    months: int,
    language: str = "nb",
    picture: CleanPicture | None = None,
    sound: CleanSound | None = None,
    benefit: Any = None,
    email: str = "",
    is_under_age: bool = False,
    by: Person | SystemActor = TELLER,
    consent_note: str = "",
    guardian_name: str = "",
    site: str = "",
    form_key: uuid.UUID | None = None,
) -> Story:
    """Receive a story: it waits for a moderator, and is shown only where `consents` (purpose, channel) allow it.

    The same form sent twice is one story. `consent_note` says how one said yes whose story somebody else writes down.
    """
    initiative = lock(initiative)  # the same form sent twice comes here one after the other
    require(_may_tell(by, initiative))
    if form_key and (found := Story.objects.filter(form_key=form_key).first()):
        return found
    said = checked_words(words, has_picture=picture is not None, has_sound=sound is not None)
    note = _checked_note(consent_note, by=by)
    _check_received(initiative, consents, months=months)
    with kept_media() as keep:
        story = Story.objects.create(
            municipality=initiative.municipality, initiative=initiative, benefit=benefit, language=language[:2],
            title=said.title, text=said.text, shown_name=said.shown_name, picture=keep(picture), sound=keep(sound),
            picture_text=said.picture_text, transcript=said.transcript, email=email.strip().lower(), site=site,
            is_under_age=is_under_age, told_by="on_behalf" if note else "self", consent_note=note, form_key=form_key,
            written_by=None if isinstance(by, SystemActor) else by, created_at=clock.now(),
        )  # fmt: skip
        give(story, consents, months=months)
        _told(story, by=by, guardian_name=guardian_name)
    return story


def _told(story: Story, *, by: Person | SystemActor, guardian_name: str) -> None:
    verb = "stories.story_told" if story.told_by == "self" else "stories.story_written_down"
    record_of(story, verb, by=by, public=True)
    if story.is_under_age and guardian_name and story.told_by == "on_behalf":
        write_down_guardian(story, name=guardian_name, by=by)
    order_letter(story, "told")


def _may_tell(by: Person | SystemActor, initiative: Initiative) -> bool:
    if isinstance(by, SystemActor):
        return permissions.can_tell_story(None, initiative)
    return permissions.can_write_for_teller(by, initiative)


def _checked_note(consent_note: str, *, by: Person | SystemActor) -> str:
    note = one_line(consent_note)[:300]
    if not note and not isinstance(by, SystemActor):
        raise RuleError(_("Say how the person said yes."), code="consent_note_missing")
    return note


def checked_words(words: Words, *, has_picture: bool, has_sound: bool) -> Words:
    """The words made tidy, or a `RuleError` that says what is wrong with them."""
    said = tidied(
        Words(words.title, words.text, words.shown_name, words.picture_text, words.transcript, has_picture, has_sound)
    )
    for field, problem in word_problems(said).items():
        sentence = word_problem_sentence(field, problem, length=len(getattr(said, field)))
        raise RuleError(sentence, code=f"story_{problem}")
    return said


def give(story: Story, consents: Collection[tuple[str, str]], *, months: int) -> None:
    """Store these consents, from now for so many months; one that was there is given anew."""
    until = consent_rules.until_after(this_day(), months=months)
    for purpose, channel in consents:
        Consent.objects.update_or_create(
            story=story,
            purpose=purpose,
            channel=channel,
            defaults={"given_at": clock.now(), "until": until, "withdrawn_at": None, "asked_at": None},
        )
    order_look(until - timedelta(days=consent_rules.ASKED_BEFORE_DAYS))  # the question
    order_look(until + timedelta(days=1))  # copies go
    order_look(until + timedelta(days=consent_rules.KEPT_AFTER_DAYS + 1))  # the words go


def order_look(day: date) -> None:
    """Order a look at all stories on the morning of a day: what is due then is done then."""
    at = datetime.combine(day, time(6), tzinfo=timezone.get_current_timezone())
    wait = max(timedelta(minutes=1), at - clock.now())
    enqueue("stories.look_after", delay_s=wait.total_seconds())


def order_letter(story: Story, kind: str) -> None:
    """Order a letter to the teller who left an address; one of a kind an hour at most to the same one.

    The question before a consent ends is asked of each story: it is asked only once.
    """
    about = story.pk if kind == "renewal" else story.initiative_id
    if story.email and may_write_to(story.email, about=f"story:{kind}:{about}"):
        enqueue("stories.send_letter", story_id=story.pk, kind=kind)


def record_of(story: Story, verb: str, *, by: Acting, public: bool = False) -> None:
    """Record it with the initiative that the story is about; never a word of it, and no name."""
    trail.record(verb, story.initiative or story, by=by, public=public, data={"story": story.pk})


@transaction.atomic
def write_down_guardian(story: Story, *, name: str, by: Person | SystemActor) -> Story:
    """Write down that a guardian said yes, on paper or in the room; those who may write for a teller."""
    story = lock(story)
    writes = isinstance(by, SystemActor) or story.written_by_id == by.pk
    require(writes or permissions.can_moderate_stories(by, story.municipality))
    name = one_line(name)[:120]
    if not name or not story.is_under_age:
        raise RuleError(_("Write the name of the guardian."), code="guardian_missing")
    story.guardian_name, story.guardian_at = name, clock.now()
    story.guardian_recorded_by = None if isinstance(by, SystemActor) else by
    story.save(update_fields=["guardian_name", "guardian_at", "guardian_recorded_by"])
    record_of(story, "stories.guardian_written_down", by=by)
    return story


def _check_received(initiative: Initiative, consents: Collection[tuple[str, str]], *, months: int) -> None:
    problem = consent_rules.consent_problem(consents, months=months)
    if problem:
        raise RuleError(consent_problem_sentence(problem), code=f"consent_{problem}")
    if waiting_count(initiative.municipality) >= MOST_WAITING:
        raise RuleError(
            _("Many stories wait to be read just now, and we cannot receive more."),
            code="too_many_stories",
            cure=_("Keep your text, and send it in some days."),
        )
