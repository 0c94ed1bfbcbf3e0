"""The error of files that are not in the form they must have."""

from __future__ import annotations

from samskap.kernel.errors import SamskapError

__all__ = ["FormatError"]


class FormatError(SamskapError):
    """A file or a field is not in the form it must have: the message names file, row and value."""

    code = "format"
