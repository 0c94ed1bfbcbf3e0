"""All uncertain things changed at once, many times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from samskap.engines.appraisal.effects import Effect
from samskap.engines.appraisal.options import Options
from samskap.engines.appraisal.parameters import Parameters
from samskap.engines.appraisal.result import Simulation

__all__ = ["simulate"]


def simulate(
    effects: Sequence[Effect],
    options: Options,
    *,
    draws: int | None = None,
    editions: Mapping[str, Parameters] | None = None,
) -> Simulation:
    """So many draws (None: those of the options) by the seed of the options. AppraisalError without a seed."""
    raise NotImplementedError
