"""Files that are made once and kept in the data folder."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

__all__ = ["keep_file"]


def keep_file(target: Path, *, content: bytes, in_place_of: str = "") -> None:
    """Put a file in its place whole or not at all, and clear away the ones it replaces (a pattern in its folder)."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(beside).replace(target)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    for old in target.parent.glob(in_place_of) if in_place_of else ():
        if old != target:
            old.unlink(missing_ok=True)
