"""The effect list as plain values: how quantities are typed, what is wrong with a line, and what can be built up.

A problem is a key and the values in its sentence; the words are in `labels/effects.py`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import groupby, pairwise

from samskap.apps.benefits.rules.forecasts import Course, expected_gain, forecast_points

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "MOST_EFFECTS",
    "EffectProblem",
    "TypedEffect",
    "changes_by_year",
    "effect_problems",
    "growing",
    "is_steady",
    "known_price_years",
    "read_number",
    "read_years",
    "written_years",
]

FIRST_YEAR, LAST_YEAR = 2000, 2150
MOST_EFFECTS = 200

_PLACES = Decimal("0.0001")
LARGEST = Decimal(10) ** 12  # what the engine takes
_LINE = re.compile(r"(\d{4})(?:\s*[-\u2013]\s*(\d{4}))?\s*[:;=\t]\s*(.+)")


class EffectProblem(ValueError):
    """Something is wrong: the field, the key of the sentence, and the values in it."""

    def __init__(self, key: str, at: str = "", **gaps: object) -> None:
        super().__init__(key)
        self.key = key
        self.at = at
        self.gaps = gaps


@dataclass(frozen=True, slots=True)
class TypedEffect:
    """What decides whether a line of the list can be used; shares and factors as parts of one."""

    kind: str
    quantities: Mapping[int, Decimal]
    is_harm: bool = False
    in_kind: bool = False
    public_share: Decimal = Decimal(0)
    price_nok: Decimal | None = None
    price_year: int | None = None
    scale: int | None = None
    shares: Sequence[Decimal | None] = ()
    shares_source: str = ""
    spread: str = ""
    spread_sd: Decimal | None = None
    low: Decimal | None = None
    mode: Decimal | None = None
    high: Decimal | None = None
    price_years: Sequence[int] = field(default=())


def read_number(text: str) -> Decimal:
    """A number with spaces between thousands and a decimal comma or point; ValueError where it is none."""
    bare = re.sub(r"[\s\u00a0\u202f]", "", text).replace("\u2212", "-").replace(",", ".")
    if not re.fullmatch(r"-?\d{1,18}(\.\d{1,12})?", bare, re.ASCII):
        raise ValueError(text)
    try:
        found = Decimal(bare).quantize(_PLACES)
    except InvalidOperation:
        raise ValueError(text) from None
    if abs(found) > LARGEST:
        raise ValueError(text)
    return found


def growing(*, first: int, last: int, amount: Decimal, growth: Decimal = Decimal(0)) -> dict[int, Decimal]:
    """So much in the first year, and `growth` (a part of one) more each year until the last."""
    if last < first:
        raise EffectProblem("years_backwards", "last_year")
    _check_year(first, at="first_year")
    _check_year(last, at="last_year")
    found = {}
    for year in range(first, last + 1):
        if abs(amount) > LARGEST:
            raise EffectProblem("quantity_too_large", "quantities", year=year)
        found[year] = amount.quantize(_PLACES)
        amount *= 1 + growth
    return found


def read_years(text: str) -> dict[int, Decimal]:
    """Quantities by year from lines such as `2028: 12,5` and `2029-2036: 14`, in the order of the years."""
    found: dict[int, Decimal] = {}
    for line in filter(None, (line.strip() for line in text.splitlines())):
        match = _LINE.fullmatch(line)
        if match is None:
            raise EffectProblem("line_unclear", "quantities", line=line[:60])
        try:
            amount = read_number(match[3])
        except ValueError:
            raise EffectProblem("line_unclear", "quantities", line=line[:60]) from None
        first, last = int(match[1]), int(match[2] or match[1])
        _check_year(first, at="quantities")
        _check_year(last, at="quantities")
        if last < first:
            raise EffectProblem("years_backwards", "quantities")
        for year in range(first, last + 1):
            if year in found:
                raise EffectProblem("year_twice", "quantities", year=year)
            found[year] = amount
    return dict(sorted(found.items()))


def _check_year(year: int, *, at: str) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _unknown_year(year, at=at)


def _unknown_year(year: int, *, at: str) -> EffectProblem:
    return EffectProblem("year_unknown", at, year=year, first=FIRST_YEAR, last=LAST_YEAR)


def written_years(quantities: Mapping[int, Decimal], *, decimal: str = ",") -> str:
    """Quantities as they are typed: years with the same amount that follow each other on one line."""
    lines = []
    for amount, years in _runs(quantities):
        span = f"{years[0]}-{years[-1]}" if len(years) > 1 else f"{years[0]}"
        lines.append(f"{span}: {_short(amount).replace('.', decimal)}")
    return "\n".join(lines)


def is_steady(quantities: Mapping[int, Decimal]) -> bool:
    """Whether it is the same amount in every year from the first to the last."""
    return len(_runs(quantities)) == 1


def _runs(quantities: Mapping[int, Decimal]) -> list[tuple[Decimal, list[int]]]:
    """Amounts with the years that they hold, one after the other without a gap."""
    years = sorted(quantities)
    breaks = {later for before, later in pairwise(years) if later != before + 1}
    turn = 0
    keys = {}
    for year in years:
        turn += year in breaks
        keys[year] = (turn, quantities[year])
    return [(key[1], list(group)) for key, group in groupby(years, key=lambda year: keys[year])]


def _short(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


def known_price_years(index_years: Sequence[int], *, this_year: int) -> tuple[int, ...]:
    """The years whose prices can be used: those of the index and those since; without an index every year till now.

    Prices of a year that the index does not hold yet are converted where the appraisal is made, or refused there.
    """
    first = min(index_years, default=FIRST_YEAR)
    return tuple(range(first, max([this_year, *index_years]) + 1))


def effect_problems(effect: TypedEffect) -> list[EffectProblem]:
    """All that is wrong with a line, in the order of the form."""
    return [*_quantity(effect), *_kind(effect), *_price(effect), *_shares(effect), *_spread(effect)]


def _quantity(effect: TypedEffect) -> list[EffectProblem]:
    for year, amount in effect.quantities.items():
        if not FIRST_YEAR <= year <= LAST_YEAR:
            return [_unknown_year(year, at="quantities")]
        if amount < 0:
            return [EffectProblem("negative_quantity", "quantities", year=year, value=_short(amount))]
    return [] if any(effect.quantities.values()) else [EffectProblem("no_quantity", "quantities")]


def _kind(effect: TypedEffect) -> list[EffectProblem]:
    found = []
    if effect.kind == "cost" and effect.is_harm:
        found.append(EffectProblem("cost_is_harm", "is_harm"))
    if effect.in_kind and effect.kind != "cost":
        found.append(EffectProblem("in_kind_is_cost", "in_kind"))
    if effect.public_share and (effect.in_kind or effect.kind == "freed_time"):
        found.append(EffectProblem("public_share_without_cash", "public_share"))
    return found


def _price(effect: TypedEffect) -> list[EffectProblem]:
    price, year = effect.price_nok, effect.price_year
    found = []
    if price is not None and year is None:
        found.append(EffectProblem("price_without_year", "price_year"))
    if price is None and year is not None:
        found.append(EffectProblem("year_without_price", "price_nok"))
    if year is not None and effect.price_years and year not in effect.price_years:
        years = f"{effect.price_years[0]}\u2013{effect.price_years[-1]}"
        found.append(EffectProblem("price_year_unknown", "price_year", year=year, years=years))
    if price is not None and effect.scale is not None:
        found.append(EffectProblem("scale_beside_price", "scale"))
    if effect.scale is not None and effect.scale * (-1 if effect.is_harm else 1) < 0:
        found.append(EffectProblem("scale_against_kind", "scale"))
    if price is None and effect.kind == "cost":
        found.append(EffectProblem("scale_of_cost", "price_nok"))
    return found


def _shares(effect: TypedEffect) -> list[EffectProblem]:
    is_told = any(share is not None for share in effect.shares)
    return [EffectProblem("shares_without_source", "shares_source")] if is_told and not effect.shares_source else []


def _spread(effect: TypedEffect) -> list[EffectProblem]:
    if effect.spread in {"normal", "lognormal"}:
        is_given = effect.spread_sd is not None and effect.spread_sd > 0
        return [] if is_given else [EffectProblem("spread_sd_missing", "spread_sd")]
    if effect.spread in {"triangular", "uniform"}:
        low, mode, high = effect.low, effect.mode, effect.high
        if low is None or high is None or not 0 <= low < high:
            return [EffectProblem("spread_ends_missing", "low")]
        if effect.spread == "triangular" and (mode is None or not low <= mode <= high):
            return [EffectProblem("spread_mode_missing", "mode")]
    return []


def changes_by_year(course: Course, *, last_year: int, is_harm: bool) -> dict[int, Decimal]:
    """How far a measure is to have moved from its baseline at the end of each year, never below 0.

    It follows the forecast; what was reached last stays. What counts is what gets better, and of a harm what gets
    worse.
    """
    if not forecast_points(course):
        return {}
    sign = -1 if is_harm else 1
    years = range(course.effects_from.year, max(last_year, course.effects_from.year) + 1)
    return {year: max(Decimal(0), sign * (expected_gain(course, date(year, 12, 31)) or Decimal(0))) for year in years}
