"""Rows of stories for tests, past every rule, and files to tell with."""

from __future__ import annotations

import io
import itertools
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests.factories.initiatives import make_initiative

from samskap.apps.initiatives.models import Initiative
from samskap.apps.stories.models import Consent, Story
from samskap.apps.stories.queries.stories import this_day
from samskap.apps.stories.rules.consents import OFFERED
from samskap.kernel import clock

__all__ = ["make_consent", "make_story", "picture_bytes", "told_fields", "uploaded"]

_count = itertools.count(1)


def make_story(
    initiative: Initiative | None = None,
    *,
    state: str = "accepted",
    consents: tuple[tuple[str, str], ...] = OFFERED,
    in_days: int = 200,
    **fields: Any,
) -> Story:
    """A story that may be used everywhere for so many days yet."""
    initiative = initiative or make_initiative()
    number = next(_count)
    fields.setdefault("title", f"Historie {number}")
    fields.setdefault("text", f"Det hendte noe {number}.")
    if state == "rejected":
        fields.setdefault("reason", "Den handler om en annen.")
    if state in {"accepted", "rejected"}:
        fields.setdefault("decided_at", clock.now())
    if fields.get("is_under_age") and state == "accepted":
        fields.setdefault("guardian_at", clock.now())
        fields.setdefault("guardian_name", "Foresatt")
    story = Story.objects.create(initiative=initiative, municipality=initiative.municipality, state=state, **fields)
    for pair in consents:
        make_consent(story, *pair, in_days=in_days)
    return story


def make_consent(story: Story, purpose: str, channel: str, *, in_days: int = 200, **fields: Any) -> Consent:
    """A yes whose last day is in so many days (one that has passed where below nought)."""
    until = this_day() + timedelta(days=in_days)
    return Consent.objects.create(story=story, purpose=purpose, channel=channel, until=until, **fields)


def told_fields(**fields: Any) -> dict[str, Any]:
    """What somebody types who tells a story and allows these pages to show it for a year."""
    return {
        "title": "Bussen kom", "text": "Nå kommer jeg til byen.", "language": "nb", "age": "adult", "months": "12",
        "allow_show_web": "on",
    } | fields  # fmt: skip


def picture_bytes(
    kind: str = "JPEG", *, size: tuple[int, int] = (60, 40), colour: Any = (200, 30, 40), mode: str = "RGB", **save: Any
) -> bytes:
    """A picture of one colour as a file."""
    written = io.BytesIO()
    Image.new(mode, size, colour).save(written, kind, **save)
    return written.getvalue()


def uploaded(data: bytes, name: str = "fil.jpg") -> SimpleUploadedFile:
    """A file as a form hands it in."""
    return SimpleUploadedFile(name, data)
