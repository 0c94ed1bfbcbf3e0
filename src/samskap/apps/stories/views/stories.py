"""The public pages of stories. An answer with words of a story is kept by no cache and listed by no search engine."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samskap.apps.actors import queries as actors
from samskap.apps.benefits import queries as benefits
from samskap.apps.initiatives import queries as initiatives
from samskap.apps.stories import permissions, queries
from samskap.kernel.errors import NotFound
from samskap.web.answers import never_kept
from samskap.web.errors import errors_as_json
from samskap.web.site import site_of

__all__ = [
    "initiative_stories",
    "part_of_benefit",
    "part_of_initiative",
    "stories",
    "stories_json",
    "story",
]

PAGE = 12
_MOST_IN_PART = 4


@never_kept
@require_safe
def stories(request: HttpRequest, number: str) -> HttpResponse:
    """What people tell in a municipality, newest first."""
    town = actors.municipality_by_number(number)
    return render(request, "stories/stories.html", {**actors.frame(town), **_page(request, town)})


@never_kept
@require_safe
def initiative_stories(request: HttpRequest, pk: int) -> HttpResponse:
    """What people tell of one initiative."""
    initiative = initiatives.visible_initiative(pk, viewer=request.user)
    context = {
        **actors.frame(initiative.municipality),
        **_page(request, initiative),
        "initiative": initiative,
        "may_tell": permissions.can_tell_story(request.user, initiative),
    }
    return render(request, "stories/stories.html", context)


@never_kept
@require_safe
def part_of_initiative(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest stories of an initiative, for the page of the initiative to fetch."""
    return _part(request, initiatives.visible_initiative(pk, viewer=request.user))


@never_kept
@require_safe
def part_of_benefit(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest stories of a benefit, for its page to fetch."""
    return _part(request, benefits.visible_benefit(pk, viewer=request.user))


@never_kept
@require_safe
def story(request: HttpRequest, pk: int) -> HttpResponse:
    """One story; where there was one that may not be shown any more, a sentence says so (410)."""
    try:
        found = queries.shown_story(pk)
    except NotFound:
        if not queries.is_gone(pk):
            raise
        return render(request, "stories/gone.html", status=410)
    town = found.municipality
    return render(request, "stories/story.html", {**actors.frame(town), "story": found})


@never_kept
@require_safe
@errors_as_json
def stories_json(request: HttpRequest, number: str) -> HttpResponse:
    """The stories whose tellers allow open data."""
    document = queries.stories_document(actors.municipality_by_number(number), site=site_of(request))
    return JsonResponse(document, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _page(request: HttpRequest, subject: Any) -> dict[str, Any]:
    page = Paginator(queries.allowed_stories(subject), PAGE).get_page(request.GET.get("page"))
    return {"page": page, "stories": queries.stories_page(page), "total": page.paginator.count}


def _part(request: HttpRequest, subject: Any) -> HttpResponse:
    rows = queries.allowed_stories(subject)[: _MOST_IN_PART + 1]
    shown = queries.stories_page(rows)
    initiative = getattr(subject, "initiative", subject)
    context = {"stories": shown[:_MOST_IN_PART], "is_more": len(shown) > _MOST_IN_PART, "initiative": initiative}
    return render(request, "stories/part.html", context)
