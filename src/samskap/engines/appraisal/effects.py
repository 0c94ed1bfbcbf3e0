"""One line of the effect list: so much of something, for somebody, in each year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

__all__ = [
    "CERTAINTIES",
    "DISTRIBUTIONS",
    "KINDS",
    "SECTORS",
    "Certainty",
    "Distribution",
    "Effect",
    "Kind",
    "Sector",
    "Shares",
    "Spread",
]

Kind: TypeAlias = Literal["cost", "saved_money", "freed_time", "avoided_cost", "quality", "value_for_others"]
Sector: TypeAlias = Literal["public", "private", "voluntary", "people"]
Certainty: TypeAlias = Literal["sure", "hoped"]
Distribution: TypeAlias = Literal["normal", "triangular", "uniform", "lognormal"]

KINDS: Final[tuple[Kind, ...]] = ("cost", "saved_money", "freed_time", "avoided_cost", "quality", "value_for_others")
SECTORS: Final[tuple[Sector, ...]] = ("public", "private", "voluntary", "people")
CERTAINTIES: Final[tuple[Certainty, ...]] = ("sure", "hoped")
DISTRIBUTIONS: Final[tuple[Distribution, ...]] = ("normal", "triangular", "uniform", "lognormal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """What of an outcome is not the initiative's, each 0 to 1; None is what nobody has looked at.

    `deadweight` would have come anyway, `displacement` moved from somewhere else, `attribution` is due to OTHERS (some
    tools mean the opposite by the word), `drop_off` is lost each year after the first. `source` says who found that.
    """

    deadweight: float | None = None
    displacement: float | None = None
    attribution: float | None = None
    drop_off: float | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How uncertain the quantity is, as a factor of it: the same factor in all years of a draw.

    `normal` and `lognormal` have mean 1 and the standard deviation `sd`; `triangular` has `low`, `mode`, `high`, and
    `uniform` `low` and `high`, which need not have mean 1. `yearly_sd` is a normal deviation more in each year by
    itself, as a share of the year's quantity.
    """

    distribution: Distribution
    sd: float | None = None
    low: float | None = None
    mode: float | None = None
    high: float | None = None
    yearly_sd: float = 0.0

    @classmethod
    def normal(cls, sd: float, *, yearly_sd: float = 0.0) -> Spread:
        return cls(distribution="normal", sd=sd, yearly_sd=yearly_sd)

    @classmethod
    def lognormal(cls, sd: float, *, yearly_sd: float = 0.0) -> Spread:
        return cls(distribution="lognormal", sd=sd, yearly_sd=yearly_sd)

    @classmethod
    def triangular(cls, low: float, mode: float, high: float, *, yearly_sd: float = 0.0) -> Spread:
        return cls(distribution="triangular", low=low, mode=mode, high=high, yearly_sd=yearly_sd)

    @classmethod
    def uniform(cls, low: float, high: float, *, yearly_sd: float = 0.0) -> Spread:
        return cls(distribution="uniform", low=low, high=high, yearly_sd=yearly_sd)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """`quantity` in `unit` in `first_year` and the years after it, never negative: costs and harms count negative.

    `price` is kroner a unit in prices of `price_year`, known from `price_source`, and grows by `growth` a year beyond
    prices in general. An effect without a price stands beside the money with its place on the `scale` from -4 to 4.
    `who` bears or gains it. `public_share` is the share of its kroner that is net public financing; freed time and what
    is given `in_kind` (hours, premises) are never cash, so they have none.
    """

    key: str
    title: str = ""
    kind: Kind
    who: str
    sector: Sector
    unit: str
    first_year: int
    quantity: tuple[float, ...]
    price: float | None = None
    price_year: int | None = None
    price_source: str = ""
    is_harm: bool = False
    certainty: Certainty = "hoped"
    growth: float = 0.0
    public_share: float = 0.0
    in_kind: bool = False
    scale: int | None = None
    shares: Shares | None = None
    spread: Spread | None = None

    @property
    def sign(self) -> int:
        """-1 for costs and harms, 1 for the others."""
        return -1 if self.is_harm or self.kind == "cost" else 1

    @property
    def last_year(self) -> int:
        """The last year with a quantity listed, be it 0."""
        return self.first_year + len(self.quantity) - 1

    @property
    def name(self) -> str:
        """What people call it: the title, or the key where there is none."""
        return self.title or self.key
