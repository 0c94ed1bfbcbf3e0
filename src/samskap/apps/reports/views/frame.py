"""What the pages of reports have in common: how long they are kept, in which language they answer, and downloads."""

from __future__ import annotations

from functools import wraps
from typing import Any, Protocol

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.views.decorators.cache import cache_control

__all__ = ["View", "download", "fresh", "in_asked_language"]

# What is seen depends on the ticket and may be hidden again at any moment: nothing of it is kept on the way.
fresh = cache_control(private=True, no_cache=True)


class View(Protocol):
    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase: ...


def in_asked_language(view: View) -> View:
    """Answer in the language that `?lang=` asks for, so that a link can name one."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = request.GET.get("lang", "")
        if asked not in dict(settings.LANGUAGES):
            return view(request, *args, **kwargs)
        with translation.override(asked):
            response = view(request, *args, **kwargs)
        response.headers["Content-Language"] = asked
        return response

    return answer


def download(content: bytes, *, kind: str, name: str, how: str = "attachment") -> HttpResponse:
    """A file, to be kept or, with `how` "inline", to be looked at."""
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'{how}; filename="{name}"'})
