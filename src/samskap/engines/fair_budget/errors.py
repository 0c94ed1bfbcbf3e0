"""The error of this engine."""

from __future__ import annotations

from samskap.kernel.errors import SamskapError

__all__ = ["ElectionError"]


class ElectionError(SamskapError):
    """An election that cannot be counted as asked: the message names the value and says what to do."""

    code = "election"
