"""Answers that pages of every module give."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect

__all__ = ["never_kept", "see_other"]


def never_kept(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """For a page with something that can be taken back at any moment, or behind a private link.

    No cache on the way keeps it, the browser does not either, and no search engine lists it. That a link which leads
    away does not tell where one came from is the policy of every page here (`SECURE_REFERRER_POLICY`).
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return answer


def see_other(address: str) -> HttpResponse:
    """Send the browser on after a form, so that a reload sends nothing twice."""
    return HttpResponseRedirect(address, status=303)
