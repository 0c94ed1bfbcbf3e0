"""The history page of each thing."""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samskap.apps.actors.queries import frame, municipality_by_number
from samskap.apps.trail import queries
from samskap.kernel.errors import NotFound

__all__ = ["history"]

_LINES_A_PAGE = 100


@require_safe
def history(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """What has happened with one thing, for those who may see the thing itself."""
    finder = settings.SAMSKAP_HISTORY.get(kind)
    if finder is None:
        raise NotFound(_("There is no such history here."))
    story: queries.Story = import_string(finder)(pk, viewer=request.user)
    page = Paginator(queries.public_history(*story.subjects), _LINES_A_PAGE).get_page(request.GET.get("page"))
    lines = queries.told(story, list(page))
    context = {
        **frame(municipality_by_number(story.municipality_number)),
        "story": story,
        "page": page,
        "lines": lines,
        "is_whole": all(line.fits for line in lines),
        "broken": [line.number for line in lines if not line.fits],
    }
    return render(request, "trail/history.html", context)
