"""The hall screen: how to join is always there; what is on; results only when they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from samskap.apps.gatherings import queries
from samskap.apps.gatherings.views.frame import framed
from samskap.web.site import site_of

if TYPE_CHECKING:
    from samskap.apps.gatherings.queries import Stage

__all__ = ["hall", "hall_now"]


@never_cache
@require_safe
def hall(request: HttpRequest, code: str) -> HttpResponse:
    """The page that stands on the screen all day."""
    gathering = queries.visible_gathering(code, viewer=request.user)
    site = urlsplit(site_of(request))
    address = site.netloc + site.path + reverse("gatherings:find_gathering").rstrip("/")
    context = {"address": address, **_shown(queries.stage(gathering))}
    return framed(request, "gatherings/hall.html", context)


@never_cache
@require_safe
def hall_now(request: HttpRequest, code: str) -> HttpResponse:
    """The part of the screen that changes, fetched when the live state has a new version."""
    gathering = queries.visible_gathering(code, viewer=request.user)
    return framed(request, "gatherings/hall_now.html", _shown(queries.stage(gathering)))


def _shown(stage: Stage) -> dict[str, Any]:
    gathering = stage.gathering
    results = queries.hall_results(stage) if gathering.hall_view == "results" else None
    return {
        "gathering": gathering,
        "stage": stage,
        "counts": queries.turnout_of(stage),
        "slots": queries.programme(gathering),
        "questions": gathering.questions.all(),
        "results": results,
        "ideas": queries.hall_ideas(stage) if gathering.hall_view in {"slot", "results"} else None,
        "told": queries.hall_chart(gathering),
        "drawing": mark_safe(results.drawing) if results else "",  # noqa: S308 -- our own drawing, made from numbers
    }
