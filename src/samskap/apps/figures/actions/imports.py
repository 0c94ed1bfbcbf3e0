"""Files that are looked at before anything of them is stored."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from samskap.apps.figures import permissions
from samskap.kernel.acting import Acting, SystemActor
from samskap.web.acting import require
from samskap.web.files import keep_file

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality

__all__ = ["drop_file", "hold_file"]

_LONGEST_S = 24 * 3600


def hold_file(content: bytes, *, municipality: Municipality, by: Acting) -> str:
    """Keep a file for a day, so that it can be looked at; its fingerprint, by which it is found again."""
    require(isinstance(by, SystemActor) or permissions.can_import_figures(by, municipality))
    fingerprint = hashlib.sha256(content).hexdigest()
    folder = _folder(municipality)
    for old in folder.glob("*") if folder.is_dir() else ():
        if time.time() - old.stat().st_mtime > _LONGEST_S:
            old.unlink(missing_ok=True)
    keep_file(folder / fingerprint, content=content)
    return fingerprint


def drop_file(fingerprint: str, *, municipality: Municipality, by: Acting) -> None:
    """Forget a file that was stored, or that nobody wants."""
    require(isinstance(by, SystemActor) or permissions.can_import_figures(by, municipality))
    (_folder(municipality) / Path(fingerprint).name).unlink(missing_ok=True)


def _folder(municipality: Municipality) -> Path:
    return Path(settings.SAMSKAP_DATA) / "figures" / "waiting" / municipality.number
