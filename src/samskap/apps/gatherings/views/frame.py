"""A page of a gathering in the frame of its municipality: the name under the logo and the colour."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samskap.apps.actors import queries as actors

__all__ = ["framed"]


def framed(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Render a template about `gathering`, or about the `process` it is planned in."""
    process = context["process"] if "process" in context else context["gathering"].process
    return render(request, template, {**actors.frame(process.municipality), **context})
