"""Figures that are reckoned from those of a table: shares and what is left of a sum."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from samskap.sources.values import Figure

__all__ = ["less_free_income", "quotient"]


def quotient(indicator: str, above: str, below: str, *, scale: float) -> Callable[[Sequence[Figure]], list[Figure]]:
    """Adds an indicator that is one figure over another of the same place and period."""

    def derive(figures: Sequence[Figure]) -> list[Figure]:
        whole = {(figure.place, figure.period): figure for figure in figures if figure.indicator == below}
        made = [
            _combined(indicator, figure, whole[figure.place, figure.period], lambda a, b: scale * a / b if b else None)
            for figure in figures
            if figure.indicator == above
        ]
        return [figure for figure in figures if figure.indicator != above] + made

    return derive


def less_free_income(figures: Sequence[Figure]) -> list[Figure]:
    """Other income is what is left of all operating income when free income is taken off."""
    free = {(figure.place, figure.period): figure for figure in figures if figure.indicator == "accounts_free_income"}
    return [
        _combined(figure.indicator, figure, free[figure.place, figure.period], lambda a, b: a - b)
        if figure.indicator == "accounts_other_income"
        else figure
        for figure in figures
    ]


def _combined(indicator: str, one: Figure, other: Figure, reckon: Callable[[float, float], float | None]) -> Figure:
    if one.value is None or other.value is None:
        return Figure(indicator, one.place, one.period, None, one.missing or other.missing)
    value = reckon(one.value, other.value)
    return Figure(indicator, one.place, one.period, value, "" if value is not None else "not_available")
