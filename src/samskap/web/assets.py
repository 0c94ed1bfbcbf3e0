"""Addresses of static files that change when their content does, so that browsers may keep them for a year.

The files are served from the package itself by WhiteNoise, in the packed forms that the build laid beside them:
nothing has to be collected or written when the server starts.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage

__all__ = ["FingerprintedStorage"]


class FingerprintedStorage(StaticFilesStorage):
    """`{% static %}` with the fingerprint of the content as `?v=`; a file that is not there gets its plain address."""

    def url(self, name: str | None) -> str:
        address = super().url(name)
        fingerprint = (_fingerprint if settings.DEBUG else _kept_fingerprint)(name or "")
        return f"{address}?v={fingerprint}" if fingerprint else address


def _fingerprint(name: str) -> str:
    found = finders.find(name)
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:12] if isinstance(found, str) else ""


_kept_fingerprint = lru_cache(maxsize=None)(_fingerprint)
