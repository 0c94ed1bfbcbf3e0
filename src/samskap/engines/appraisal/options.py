"""How effects are appraised: by which edition, from which year, in which prices, and by which conventions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

__all__ = [
    "DENOMINATORS",
    "DRAWS",
    "FACTORS",
    "TIMINGS",
    "Correlation",
    "Denominator",
    "Options",
    "PriceIndex",
    "Timing",
]

Denominator: TypeAlias = Literal["budget_without_tax_cost", "outlays_without_tax_cost", "budget_with_tax_cost"]
Timing: TypeAlias = Literal["first_year_undiscounted", "first_year_discounted"]

DENOMINATORS: Final[tuple[Denominator, ...]] = (
    "budget_without_tax_cost",
    "outlays_without_tax_cost",
    "budget_with_tax_cost",
)
"""What a net present value is divided by. The first is what public budgets pay less what they save or earn; the second
is what they pay alone; the third is the first with the tax cost, which old answers may have used."""

TIMINGS: Final[tuple[Timing, ...]] = ("first_year_undiscounted", "first_year_discounted")
"""Whether a social return counts what comes in the comparison year as it is, or as of the end of that year."""

DRAWS: Final = 100_000
FACTORS: Final = (0.8, 1.2)


@dataclass(frozen=True, slots=True)
class PriceIndex:
    """`values` are (year, index) in the order of years; `source` names publisher and table."""

    values: tuple[tuple[int, float], ...]
    source: str

    @classmethod
    def of(cls, values: Mapping[int, float], *, source: str) -> PriceIndex:
        return cls(tuple(sorted(values.items())), source)


@dataclass(frozen=True, slots=True)
class Correlation:
    """Of the normal numbers behind the spreads of two effects, by their keys: a Gaussian copula. -1 to 1."""

    one: str
    other: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """`comparison_year` is the year that everything is discounted to; `anchor_year` is year 0 of the steps of the rate
    (None: the comparison year). A rate "after 40" holds from year 41 after it.

    The period ends `horizon_years` after the comparison year; years up to `lifetime_years` after it are the residual
    value. Kroner are of `price_year` (None: the comparison year), converted by `price_index`. Real growth of prices is
    counted from `growth_from` (None: the price year), and from the first year of `growth_fades` on falls evenly to
    nothing in the second. A simulation needs a `seed`, which is stored with the answer.
    """

    comparison_year: int
    edition: str = "no-r109-2021"
    anchor_year: int | None = None
    horizon_years: int = 40
    lifetime_years: int | None = None
    price_year: int | None = None
    price_index: PriceIndex | None = None
    growth_from: int | None = None
    growth_fades: tuple[int, int] | None = None
    count_freed_time: bool = True
    nnb_denominator: Denominator = "budget_without_tax_cost"
    timing: Timing = "first_year_undiscounted"
    factors: tuple[float, float] = FACTORS
    correlations: tuple[Correlation, ...] = ()
    draws: int = DRAWS
    seed: int | None = None

    @property
    def price_base(self) -> int:
        """The year whose prices all kroner of the answer are in."""
        return self.comparison_year if self.price_year is None else self.price_year

    @property
    def rate_base(self) -> int:
        """The year that the steps of the rate are counted from."""
        return self.comparison_year if self.anchor_year is None else self.anchor_year

    @property
    def last_year(self) -> int:
        """The last year of the period."""
        return self.comparison_year + self.horizon_years

    @property
    def end_of_life(self) -> int:
        """The last year that counts at all: of the residual value, or of the period where there is none."""
        return self.comparison_year + max(self.horizon_years, self.lifetime_years or 0)
