"""One thing changed at a time: the tornado, and where the net present value is nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from samskap.engines.appraisal.effects import Effect
from samskap.engines.appraisal.options import Options
from samskap.engines.appraisal.parameters import Parameters
from samskap.engines.appraisal.result import BreakEven, Tornado

__all__ = ["break_even", "tornado"]


def tornado(
    effects: Sequence[Effect],
    options: Options,
    *,
    factors: tuple[float, float] | None = None,
    editions: Mapping[str, Parameters] | None = None,
) -> Tornado:
    """Each effect, the rates and the tax cost times a low and a high factor (None: those of the options)."""
    raise NotImplementedError


def break_even(
    effects: Sequence[Effect], options: Options, *, of: str, editions: Mapping[str, Parameters] | None = None
) -> BreakEven:
    """How much of one effect is enough: the exact factor at which the net present value is nothing."""
    raise NotImplementedError
