"""Spreads and correlations that cannot be, said with the effect named."""

from __future__ import annotations

from collections.abc import Sequence

from samskap.engines.appraisal.effects import DISTRIBUTIONS, Effect, Spread
from samskap.engines.appraisal.errors import AppraisalError
from samskap.engines.appraisal.options import Correlation

__all__ = ["check_correlations", "check_spread"]

LARGEST = 1000

NEEDS = {
    "normal": ("sd",),
    "lognormal": ("sd",),
    "triangular": ("low", "mode", "high"),
    "uniform": ("low", "high"),
}


def check_spread(effect: Effect, spread: Spread) -> None:
    """AppraisalError where a spread is not one of the named, misses a number, or has them in no order."""
    if spread.distribution not in DISTRIBUTIONS:
        raise _spread_error(effect, f'cannot be "{spread.distribution}"', f"Known: {', '.join(DISTRIBUTIONS)}.")
    needed = NEEDS[spread.distribution]
    numbers = [getattr(spread, name) for name in needed]
    if any(number is None or not 0 <= number <= LARGEST for number in (*numbers, spread.yearly_sd)):
        what = f"needs {', '.join(needed)}, none of them negative or above {LARGEST}"
        raise _spread_error(effect, what, "They are factors of the quantity.")
    if numbers != sorted(numbers) or (len(numbers) > 1 and numbers[0] == numbers[-1]):
        raise _spread_error(effect, f"needs {', '.join(needed)} in rising order", "0.9, 1 and 1.4, for example.")


def _spread_error(effect: Effect, what: str, cure: str) -> AppraisalError:
    return AppraisalError(
        f'The spread of "{effect.name}" {what}.',
        code="appraisal_spread",
        cure=cure,
        gaps={"effect": effect.name},
    )


def check_correlations(effects: Sequence[Effect], correlations: Sequence[Correlation]) -> None:
    """AppraisalError where one is of an effect without a spread, told twice, or not between -1 and 1."""
    spread = {effect.key for effect in effects if effect.spread is not None}
    told: set[frozenset[str]] = set()
    for each in correlations:
        for key in (each.one, each.other):
            if key not in spread:
                raise AppraisalError(
                    f'A correlation is given for "{key}", which has no spread.',
                    code="appraisal_correlation",
                    cure="Give the effect a spread, or leave the correlation out.",
                    gaps={"key": key},
                )
        pair = frozenset((each.one, each.other))
        if len(pair) == 1 or pair in told or not -1 <= each.value <= 1:
            raise AppraisalError(
                f'The correlation {each.value:g} of "{each.one}" and "{each.other}" is told twice or cannot be.',
                code="appraisal_correlation_value",
                cure="Tell each pair of two effects once, with a number between -1 and 1.",
                gaps={"one": each.one, "other": each.other, "value": each.value},
            )
        told.add(pair)
