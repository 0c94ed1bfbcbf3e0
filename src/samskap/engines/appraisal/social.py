"""Social return on investment: what outcomes are worth over what was put in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from samskap.engines.appraisal.effects import Effect
from samskap.engines.appraisal.options import Options
from samskap.engines.appraisal.parameters import Parameters
from samskap.engines.appraisal.result import SocialReturn

__all__ = ["social_return"]


def social_return(
    effects: Sequence[Effect], options: Options, *, editions: Mapping[str, Parameters] | None = None
) -> SocialReturn:
    """The ratio with all that is needed to judge it. AppraisalError names each outcome that misses a share."""
    raise NotImplementedError
