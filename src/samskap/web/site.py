"""The address that people outside reach this server by."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

__all__ = ["site_of"]


def site_of(request: HttpRequest) -> str:
    """The public address, without a slash at the end: that of the settings, else that of the request."""
    return settings.SAMSKAP_URL or request.build_absolute_uri("/").rstrip("/")
