"""Stories as open data: texts that their tellers allow to be given out so, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from samskap.apps.stories.queries.stories import StoryRead, stories_for

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality

__all__ = ["stories_document"]

_FORMAT = "samskap-stories/1"


def stories_document(municipality: Municipality, *, site: str) -> dict[str, Any]:
    """The stories of a municipality whose tellers allow open data. `until` is the last day that each may be used."""
    return {
        "format": _FORMAT,
        "municipality": {"number": municipality.number, "name": municipality.name},
        "is_illustrative": municipality.is_illustrative,
        "terms": "Delete a story when its last day is over, or when it is not here any more: its teller withdrew it.",
        "stories": [_line(one, site=site) for one in stories_for(municipality, channel="open_data")],
    }


def _line(story: StoryRead, *, site: str) -> dict[str, Any]:
    return {
        "id": story.pk,
        "language": story.language,
        "title": story.title,
        "text": story.text,
        "transcript": story.transcript,
        "teller": story.shown_name,
        "month": f"{story.told_on:%Y-%m}",
        "written_for_teller": story.is_told_for,
        "initiative": f"{site}{reverse('initiatives:initiative', args=[story.initiative.pk])}"
        if story.initiative
        else None,
        "benefit": story.benefit.said_in(story.language).title if story.benefit else None,
        "until": story.until.isoformat(),
    }
