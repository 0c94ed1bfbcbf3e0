"""All answers from one effect list, as they are stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from samskap.engines.appraisal.appraising import appraise
from samskap.engines.appraisal.effects import Effect
from samskap.engines.appraisal.errors import AppraisalError
from samskap.engines.appraisal.options import Options
from samskap.engines.appraisal.parameters import Parameters
from samskap.engines.appraisal.result import Answer, Missing, Refusal, SocialReturn
from samskap.engines.appraisal.sensitivity import break_evens, tornado
from samskap.engines.appraisal.simulating import simulate
from samskap.engines.appraisal.social import social_return

__all__ = ["ENGINE_VERSION", "answer"]

ENGINE_VERSION: Final = "1"
"""Changes with every change that gives other numbers from the same effects, options, edition and seed."""

REFUSALS: Final = ("appraisal_missing", "appraisal_no_inputs")


def answer(effects: Sequence[Effect], options: Options, *, editions: Mapping[str, Parameters] | None = None) -> Answer:
    """Everything that can be said. AppraisalError where not even a net present value can."""
    appraisal = appraise(effects, options, editions=editions)
    social, refusal = _social(effects, options, editions)
    counted = {line.key for line in appraisal.effects if line.is_counted}
    is_drawn = options.seed is not None and any(effect.spread and effect.key in counted for effect in effects)
    return Answer(
        engine_version=ENGINE_VERSION,
        appraisal=appraisal,
        social_return=social,
        refusal=refusal,
        tornado=tornado(effects, options, editions=editions),
        break_evens=break_evens(effects, options, editions=editions),
        simulation=simulate(effects, options, editions=editions) if is_drawn else None,
    )


def _social(
    effects: Sequence[Effect], options: Options, editions: Mapping[str, Parameters] | None
) -> tuple[SocialReturn | None, Refusal | None]:
    try:
        return social_return(effects, options, editions=editions), None
    except AppraisalError as error:
        if error.code not in REFUSALS:
            raise
        told: Sequence[tuple[str, tuple[str, ...]]] = error.gaps.get("missing", ())  # type: ignore[assignment]
        return None, Refusal(error.code, str(error), tuple(Missing(*each) for each in told))
