"""Net present value, net benefit per budget krone, who pays and who gains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from samskap.engines.appraisal.effects import Effect
from samskap.engines.appraisal.options import Options
from samskap.engines.appraisal.parameters import Parameters
from samskap.engines.appraisal.result import Appraisal

__all__ = ["appraise"]


def appraise(
    effects: Sequence[Effect], options: Options, *, editions: Mapping[str, Parameters] | None = None
) -> Appraisal:
    """What the effects are worth against going on as today. AppraisalError where they cannot be appraised."""
    raise NotImplementedError
