"""What cannot be appraised, said before anything is computed, with the effect named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import isfinite
from typing import NoReturn

from samskap.engines.appraisal.check_spreads import check_correlations, check_spread
from samskap.engines.appraisal.effects import CERTAINTIES, KINDS, SECTORS, Effect, Shares
from samskap.engines.appraisal.errors import AppraisalError
from samskap.engines.appraisal.options import DENOMINATORS, TIMINGS, Options
from samskap.engines.appraisal.parameters import Parameters

__all__ = ["SHARES", "check", "check_parameters"]

FIRST_YEAR, LAST_YEAR = 1900, 2300
LONGEST = 300
MOST_GROWTH = 0.2
HIGHEST_SCALE = 4
LARGEST = 1e12
HIGHEST_FACTOR = 10.0
SHARES = ("deadweight", "displacement", "attribution", "drop_off")


def check(effects: Sequence[Effect], options: Options) -> None:
    """AppraisalError for the first thing that is wrong."""
    if not effects:
        raise AppraisalError(
            "There is no effect to appraise.", code="appraisal_no_effects", cure="Add the costs and the benefits."
        )
    for key, times in Counter(effect.key for effect in effects).items():
        if times > 1 or not key:
            raise AppraisalError(
                f'The effect list has the key "{key}" {times} times.',
                code="appraisal_twice",
                cure="Give every effect a key of its own.",
                gaps={"key": key, "times": times},
            )
    for effect in effects:
        _check_words(effect)
        _check_years(effect)
        _check_price(effect)
        _check_cash(effect)
        _check_scale(effect)
        if effect.shares is not None:
            _check_shares(effect, effect.shares)
        if effect.spread is not None:
            check_spread(effect, effect.spread)
    _check_options(options)
    check_correlations(effects, options.correlations)


def _check_words(effect: Effect) -> None:
    for field, value, known in (
        ("kind", effect.kind, KINDS),
        ("sector", effect.sector, SECTORS),
        ("certainty", effect.certainty, CERTAINTIES),
    ):
        if value not in known:
            raise AppraisalError(
                f'The {field} of "{effect.name}" cannot be "{value}".',
                code="appraisal_choice",
                cure=f"Known: {', '.join(known)}.",
                gaps={"effect": effect.name, "field": field, "value": value, "known": ", ".join(known)},
            )
    for field, text, what in (
        ("who", effect.who, "who bears or gains it"),
        ("unit", effect.unit, "in what unit it is counted"),
    ):
        if not text:
            raise AppraisalError(
                f'"{effect.name}" does not say {what}.',
                code="appraisal_blank",
                cure="An effect is so much of something, in a unit, for somebody.",
                gaps={"effect": effect.name, "field": field},
            )


def _check_years(effect: Effect) -> None:
    if not FIRST_YEAR <= effect.first_year <= LAST_YEAR or not 1 <= len(effect.quantity) <= LONGEST:
        raise AppraisalError(
            f'"{effect.name}" has {len(effect.quantity)} years from {effect.first_year} on.',
            code="appraisal_years",
            cure=f"Give at least one year and at most {LONGEST}, between {FIRST_YEAR} and {LAST_YEAR}.",
            gaps={"effect": effect.name, "years": len(effect.quantity), "first": effect.first_year},
        )
    for place, amount in enumerate(effect.quantity):
        if not 0 <= amount <= LARGEST:
            year = effect.first_year + place
            raise AppraisalError(
                f'The quantity of "{effect.name}" in {year} cannot be {amount:g}.',
                code="appraisal_quantity",
                cure=f"Give a number from 0 to {LARGEST:.0f}. What counts against is marked as a cost or a harm.",
                gaps={"effect": effect.name, "year": year, "value": amount},
            )


def _check_price(effect: Effect) -> None:
    if effect.price is None:
        return
    if not 0 <= effect.price <= LARGEST:
        _raise_price(effect)
    if effect.price_year is None:
        raise AppraisalError(
            f'The price of "{effect.name}" does not say in which year\'s prices it is.',
            code="appraisal_price_year",
            cure="Give the price year.",
            gaps={"effect": effect.name},
        )
    if not isfinite(effect.growth) or abs(effect.growth) > MOST_GROWTH:
        raise AppraisalError(
            f'The price of "{effect.name}" cannot grow by {effect.growth:g} a year.',
            code="appraisal_growth",
            cure=f"Growth is a share a year, between {-MOST_GROWTH} and {MOST_GROWTH}: 0.013 is 1.3 %.",
            gaps={"effect": effect.name, "value": effect.growth},
        )


def _raise_price(effect: Effect) -> NoReturn:
    raise AppraisalError(
        f'The price of "{effect.name}" cannot be {effect.price:g}.',
        code="appraisal_price",
        cure=f"Give a number from 0 to {LARGEST:.0f}. What counts against is marked as a cost or a harm.",
        gaps={"effect": effect.name, "value": effect.price},
    )


def _check_cash(effect: Effect) -> None:
    """Freed time and what is given in kind are never cash, and only costs can be given in kind."""
    _check_shares_between(effect, (("public_share", effect.public_share),))
    if effect.public_share and (effect.kind == "freed_time" or effect.in_kind):
        what = "given in kind" if effect.in_kind else "freed time"
        raise AppraisalError(
            f'"{effect.name}" is {what}, which is no public financing.',
            code="appraisal_not_cash",
            cure="Set its public share to 0, or call it a cost or saved money if kroner are really paid.",
            gaps={"effect": effect.name, "what": what},
        )
    if effect.in_kind and effect.kind != "cost":
        raise AppraisalError(
            f'"{effect.name}" is given in kind, but it is no cost.',
            code="appraisal_in_kind",
            cure="Hours and premises that are given are an input: set its kind to cost.",
            gaps={"effect": effect.name},
        )


def _check_scale(effect: Effect) -> None:
    if effect.scale is None:
        return
    if effect.price is not None:
        raise AppraisalError(
            f'"{effect.name}" has both a price and a place on the scale, so it would count twice.',
            code="appraisal_both",
            cure="Leave out one of them.",
            gaps={"effect": effect.name},
        )
    if abs(effect.scale) > HIGHEST_SCALE or effect.scale * effect.sign < 0:
        raise AppraisalError(
            f'The place of "{effect.name}" on the scale cannot be {effect.scale}.',
            code="appraisal_scale",
            cure="The scale goes from -4 to 4: minus for costs and harms, plus for the others.",
            gaps={"effect": effect.name, "value": effect.scale},
        )


def _check_shares(effect: Effect, shares: Shares) -> None:
    _check_shares_between(effect, ((field, getattr(shares, field)) for field in SHARES))


def _check_shares_between(effect: Effect, shares: Iterable[tuple[str, float | None]]) -> None:
    for field, value in shares:
        if value is not None and not 0 <= value <= 1:
            raise AppraisalError(
                f'The share {field} of "{effect.name}" cannot be {value:g}.',
                code="appraisal_share",
                cure="A share lies between 0 and 1: 0.4 is 40 %.",
                gaps={"effect": effect.name, "field": field, "value": value},
            )


def check_parameters(parameters: Parameters) -> None:
    """AppraisalError where an edition that came from elsewhere has no rates, or rates and a tax cost that cannot be."""
    after = [step.after for step in parameters.steps]
    values = (*(step.rate for step in parameters.steps), parameters.tax_cost)
    if not after or after != sorted(set(after)) or not all(0 <= value <= 1 for value in values):
        raise AppraisalError(
            f"The rates or the tax cost of the edition {parameters.key} cannot be right.",
            code="appraisal_parameters",
            cure="Rates are shares a year between 0 and 1, in the order in which they begin.",
            gaps={"edition": parameters.key},
        )


def _check_options(options: Options) -> None:
    _check_period(options)
    for field in ("price_year", "anchor_year", "growth_from"):
        year = getattr(options, field)
        if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
            raise AppraisalError(
                f"The option {field} cannot be {year}.",
                code="appraisal_option",
                cure=f"Give a year between {FIRST_YEAR} and {LAST_YEAR}.",
                gaps={"field": field, "value": year, "known": f"{FIRST_YEAR}-{LAST_YEAR}"},
            )
    for field, value, known in (
        ("nnb_denominator", options.nnb_denominator, DENOMINATORS),
        ("timing", options.timing, TIMINGS),
    ):
        if value not in known:
            raise AppraisalError(
                f'The option {field} cannot be "{value}".',
                code="appraisal_option",
                cure=f"Known: {', '.join(known)}.",
                gaps={"field": field, "value": value, "known": ", ".join(known)},
            )
    low, high = options.factors
    if not 0 <= low < high <= HIGHEST_FACTOR:
        raise AppraisalError(
            f"The factors {low:g} and {high:g} do not say low and high.",
            code="appraisal_factors",
            cure=f"Give a lower and a higher factor up to {HIGHEST_FACTOR:.0f}, such as 0.8 and 1.2.",
            gaps={"low": low, "high": high},
        )


def _check_period(options: Options) -> None:
    is_long = options.lifetime_years is None or options.horizon_years <= options.lifetime_years <= LONGEST
    is_known = FIRST_YEAR <= options.comparison_year <= LAST_YEAR
    if not is_known or not 0 <= options.horizon_years <= LONGEST or not is_long:
        raise AppraisalError(
            f"A period of {options.horizon_years} years from {options.comparison_year}, in a lifetime of "
            f"{options.lifetime_years or options.horizon_years} years, cannot be appraised.",
            code="appraisal_period",
            cure=f"Give at most {LONGEST} years for each, and a lifetime that is at least as long.",
            gaps={"first": options.comparison_year, "years": options.horizon_years, "life": options.lifetime_years},
        )
    first, last = options.growth_fades or (FIRST_YEAR, LAST_YEAR)
    if not FIRST_YEAR <= first < last <= LAST_YEAR:
        raise AppraisalError(
            f"Growth cannot fall from {first} to {last}.",
            code="appraisal_fading",
            cure="Give the year in which it begins to fall, and a later one in which it is nothing.",
            gaps={"first": first, "last": last},
        )
