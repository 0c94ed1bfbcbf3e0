"""Prices of other years as prices of one year, and their growth beyond prices in general."""

from __future__ import annotations

from samskap.engines.appraisal.effects import Effect
from samskap.engines.appraisal.errors import AppraisalError
from samskap.engines.appraisal.options import Options, PriceIndex

__all__ = ["converted", "growth_factor", "price_in"]

SMALLEST, LARGEST = 1e-6, 1e12  # of an index; what is beyond is no index, and kroner of it would be no numbers


def converted(amount: float, *, from_year: int, to_year: int, index: PriceIndex | None) -> float:
    """Kroner of one year's prices in another's: times index(to) over index(from).

    AppraisalError where the index misses a year, or where there is none and the years differ.
    """
    if from_year == to_year:
        return amount
    known = dict(index.values) if index else {}
    for year in (from_year, to_year):
        if not SMALLEST <= known.get(year, 0) <= LARGEST:
            raise AppraisalError(
                f"The price index does not know {year}.",
                code="appraisal_price_index",
                cure=f"Give an index with a source that has both {from_year} and {to_year}.",
                gaps={"year": year, "from_year": from_year, "to_year": to_year},
            )
    return amount * known[to_year] / known[from_year]


def growth_factor(growth: float, year: int, *, options: Options) -> float:
    """What a price has grown by until a year, beyond prices in general: a chain, 1 up to the year it is counted from.

    With `growth_fades` the growth is whole up to the first year, and falls evenly to nothing in the second.
    """
    start = options.price_base if options.growth_from is None else options.growth_from
    factor = 1.0
    for each in range(start + 1, year + 1) if growth else ():
        factor *= 1 + growth * _left(each, options.growth_fades)
    return factor


def _left(year: int, fades: tuple[int, int] | None) -> float:
    if fades is None:
        return 1.0
    return min(1.0, max(0.0, (fades[1] - year) / (fades[1] - fades[0])))


def price_in(effect: Effect, year: int, *, options: Options) -> float:
    """Kroner a unit in a year, in prices of the price year. For effects that have a price."""
    assert effect.price is not None
    assert effect.price_year is not None
    base = converted(effect.price, from_year=effect.price_year, to_year=options.price_base, index=options.price_index)
    return base * growth_factor(effect.growth, year, options=options)
