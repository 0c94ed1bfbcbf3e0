"""The error of the outlook engine."""

from __future__ import annotations

from samskap.kernel.errors import SamskapError

__all__ = ["OutlookError"]


class OutlookError(SamskapError):
    """What the engine was given cannot be people, rates or money. The message says which value."""

    code = "outlook"
