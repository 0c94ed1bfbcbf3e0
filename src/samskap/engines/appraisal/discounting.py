"""Discount factors: a chain from year to year, never a late rate raised to all years."""

from __future__ import annotations

from collections.abc import Sequence

from samskap.engines.appraisal.parameters import Step

__all__ = ["discount_factors", "rate_in"]


def rate_in(year: int, *, steps: Sequence[Step], anchor_year: int) -> float:
    """The rate that leads into a year: the last step that began before it, and the first one in all earlier years."""
    begun = [step for step in steps if step.after < year - anchor_year]
    return (begun[-1] if begun else steps[0]).rate


def discount_factors(
    first: int, last: int, *, steps: Sequence[Step], comparison_year: int, anchor_year: int
) -> dict[int, float]:
    """The factor of every year from `first` to `last` and of the comparison year, which has 1; earlier years more."""
    found = {comparison_year: 1.0}
    for year in range(comparison_year + 1, last + 1):
        found[year] = found[year - 1] / (1 + rate_in(year, steps=steps, anchor_year=anchor_year))
    for year in range(comparison_year - 1, first - 1, -1):
        found[year] = found[year + 1] * (1 + rate_in(year + 1, steps=steps, anchor_year=anchor_year))
    return found
