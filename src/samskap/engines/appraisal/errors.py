"""The error of the appraisal engine."""

from __future__ import annotations

from samskap.kernel.errors import SamskapError

__all__ = ["AppraisalError"]


class AppraisalError(SamskapError):
    """Effects or options that cannot be appraised as asked: the message names the effect and says what to do."""

    code = "appraisal"
