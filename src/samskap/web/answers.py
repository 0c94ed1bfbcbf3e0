"""Answers that pages of every module give."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect

__all__ = ["see_other"]


def see_other(address: str) -> HttpResponse:
    """Send the browser on after a form, so that a reload sends nothing twice."""
    return HttpResponseRedirect(address, status=303)
