"""What the holder of a private link sees: the teller, or a guardian."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from samskap.apps.stories.labels.stories import CONSENT_COLOURS, CONSENT_STATES, CONSENTS
from samskap.apps.stories.models import Consent, Story, StoryChange
from samskap.apps.stories.queries.stories import this_day
from samskap.apps.stories.rules import consents as rules
from samskap.apps.stories.rules.stories import Words
from samskap.kernel.errors import NotFound

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = [
    "ConsentLine",
    "consent_lines",
    "erased_on",
    "given_of",
    "guarded_story",
    "is_shown_anywhere",
    "mark_of",
    "own_story",
    "story_of_link",
    "words_of",
]


@dataclass(frozen=True)
class ConsentLine:
    """One consent as its teller sees it: what it means, how it stands, and what can be done about it."""

    key: str
    title: StrOrPromise
    meaning: StrOrPromise
    state: str
    state_name: StrOrPromise
    colour: str
    until: date | None

    @property
    def is_yes(self) -> bool:
        return self.state in {"in_force", "ends_soon"}

    @property
    def may_be_given(self) -> bool:
        return self.state != "in_force"


def own_story(token: str) -> Story:
    """The story that this private link belongs to, for its teller; `NotFound` for any other link."""
    return _by(token=token)


def guarded_story(token: str) -> Story:
    """The story that this guardian's link belongs to."""
    found = _by(guardian_token=token)
    if not found.is_under_age and found.state != "withdrawn":
        raise _no_link()
    return found


def story_of_link(token: str) -> Story:
    """The story that a link belongs to, the teller's or the guardian's: for its picture and its sound."""
    found = Story.objects.filter(token=token).first()
    return found or guarded_story(token)


def consent_lines(story: Story) -> list[ConsentLine]:
    """Every consent that can be asked for, given or not, in the order they are asked."""
    given = {(one.purpose, one.channel): _given(one) for one in story.consents.all()}
    today = this_day()
    return [_line(pair, given.get(pair), today=today) for pair in rules.OFFERED]


def given_of(story: Story) -> list[rules.Given]:
    """The consents of a story as plain values."""
    return [_given(one) for one in story.consents.all()]


def is_shown_anywhere(story: Story) -> bool:
    """Whether anybody but those who moderate can meet it somewhere now."""
    today = this_day()
    return story.state == "accepted" and any(rules.is_in_force(one, today=today) for one in given_of(story))


def erased_on(story: Story) -> date | None:
    """The last day it is kept if nothing is done, where nothing is allowed any more or it was rejected."""
    rejected_on = timezone.localdate(story.decided_at) if story.state == "rejected" and story.decided_at else None
    given = given_of(story)
    if rejected_on is None and any(rules.is_in_force(one, today=this_day()) for one in given):
        return None
    return rules.erased_after(given, rejected_on=rejected_on)


def words_of(story: Any) -> Words:
    """What a story, or a proposed change of one, says."""
    owner = getattr(story, "story", story)
    return Words(
        title=story.title,
        text=story.text,
        shown_name=owner.shown_name,
        picture_text=story.picture_text,
        transcript=story.transcript,
        has_picture=bool(owner.picture),
        has_sound=bool(owner.sound),
    )


def mark_of(story: Story) -> str:
    """Stands for what one says yes to: words, files, consents, and a change that is proposed.

    A form carries it along, so that nobody says yes to other words than those that were read.
    """
    change = StoryChange.objects.filter(story=story).first()
    consents = [str(line) for line in story.consents.values_list("purpose", "channel", "until", "withdrawn_at")]
    read = [asdict(words_of(story)), story.picture, story.sound, consents, change and asdict(words_of(change))]
    return hashlib.sha256(json.dumps(read).encode()).hexdigest()[:32]


def _by(**link: str) -> Story:
    rows = Story.objects.select_related("municipality", "initiative", "benefit", "change", "written_by")
    found = rows.filter(**link).first()
    if found is None:
        raise _no_link()
    return found


def _no_link() -> NotFound:
    return NotFound(
        _("This private link does not lead to a story."),
        cure=_("Look whether the whole address came along. If it is lost, ask the municipality for a new one."),
    )


def _given(consent: Consent) -> rules.Given:
    withdrawn_on = timezone.localdate(consent.withdrawn_at) if consent.withdrawn_at else None
    return rules.Given(consent.purpose, consent.channel, consent.until, withdrawn_on)


def _line(pair: tuple[str, str], given: rules.Given | None, *, today: date) -> ConsentLine:
    title, meaning = CONSENTS[pair]
    state = rules.state_of(given, today=today)
    return ConsentLine(
        key=".".join(pair),
        title=title,
        meaning=meaning,
        state=state,
        state_name=CONSENT_STATES[state],
        colour=CONSENT_COLOURS[state],
        until=given.until if given else None,
    )
