"""The appraisal that an initiative shows, in the few numbers that a package tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samskap.apps.initiatives.models import Initiative
    from samskap.formats.experience_values import AppraisalTold

__all__ = ["appraisal_told"]


def appraisal_told(initiative: Initiative) -> AppraisalTold | None:
    """What was shown; None where nothing is."""
    return None
