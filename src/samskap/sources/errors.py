"""The error of figures that could not be had, or are not what they must be."""

from __future__ import annotations

from samskap.kernel.errors import SamskapError

__all__ = ["SourceError"]


class SourceError(SamskapError):
    """A publisher did not give the figures, or they are not in the form they must have: the message names the table."""

    code = "source"
