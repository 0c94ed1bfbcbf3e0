"""What people tell in the example municipality: stories, one withdrawn, one that waits for the moderator."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from PIL import Image, ImageDraw

from samskap.cli.demo_texts import Content, content
from samskap.formats.pictures import CleanPicture, clean_picture
from samskap.kernel import clock
from samskap.kernel.acting import SYSTEM_DEMO

__all__ = ["tell_stories"]

MONTHS = 24
SKY, HILL, GRASS, WHITE, RED, BLUE = "#cfe5f2", "#5d8a76", "#a9c78f", "#ffffff", "#b3433b", "#2f5d8a"


def tell_stories(*, initiatives: Mapping[str, Any], benefits: Sequence[Any], starts_at: datetime) -> None:
    """Each is told, looked at by a moderator, and shown where its teller said yes to it; one is taken back."""
    from samskap.apps.stories import actions as stories  # noqa: PLC0415 -- needs settings

    for told in content("stories")["stories"]:
        with clock.showing(starts_at + timedelta(days=told["day"])):
            story = _tell(told, initiatives[told["of"]], benefits=benefits)
            if not told.get("waits"):
                story = stories.accept_story(story, by=SYSTEM_DEMO)
        if "withdrawn" in told:
            with clock.showing(starts_at + timedelta(days=told["withdrawn"])):
                stories.withdraw_story(story, by=stories.TELLER)


def _tell(told: Content, initiative: Any, *, benefits: Sequence[Any]) -> Any:
    from samskap.apps.stories import actions as stories  # noqa: PLC0415 -- needs settings
    from samskap.apps.stories.rules.stories import Words  # noqa: PLC0415 -- beside the others

    words = Words(told["title"], told["text"], told["shown_name"], told.get("picture_text", ""))
    written: dict[str, Any] = {}
    if told.get("told_by") == "on_behalf" or told.get("is_under_age"):
        written = {"by": SYSTEM_DEMO, "consent_note": "Fortalt i en samtale, lest opp igjen og sagt ja til."}
    return stories.tell_story(
        initiative, words=words, language=told["language"], months=MONTHS,
        consents=[tuple(pair) for pair in told["consents"]],
        picture=_picture() if "picture" in told else None,
        benefit=benefits[told["benefit"] - 1] if "benefit" in told else None,
        is_under_age=told.get("is_under_age", False), guardian_name="Mor" if told.get("is_under_age") else "",
        **written,
    )  # fmt: skip


def _picture() -> CleanPicture:
    """Three cups on a table beside a van, with hills behind: drawn here."""
    image = Image.new("RGB", (1200, 800), SKY)
    draw = ImageDraw.Draw(image)
    draw.ellipse((-200, 330, 760, 1100), fill=HILL)
    draw.ellipse((500, 380, 1500, 1200), fill="#6f9a80")
    draw.rectangle((0, 600, 1200, 800), fill=GRASS)
    draw.rounded_rectangle((560, 300, 1120, 640), radius=40, fill=RED)
    draw.rounded_rectangle((620, 350, 840, 470), radius=16, fill=SKY)
    draw.rounded_rectangle((880, 350, 1060, 470), radius=16, fill=SKY)
    for middle in (690, 990):
        draw.ellipse((middle - 62, 580, middle + 62, 704), fill="#333333")
        draw.ellipse((middle - 26, 616, middle + 26, 668), fill="#bbbbbb")
    draw.rectangle((120, 560, 480, 584), fill="#8a6a4a")
    for leg in (150, 430):
        draw.rectangle((leg, 584, leg + 18, 730), fill="#8a6a4a")
    for left, colour in ((160, WHITE), (265, BLUE), (370, WHITE)):
        draw.rectangle((left, 500, left + 62, 560), fill=colour)
        draw.arc((left + 44, 512, left + 88, 548), start=-90, end=90, fill=colour, width=8)
    stored = io.BytesIO()
    image.save(stored, "PNG")
    return clean_picture(stored.getvalue())
