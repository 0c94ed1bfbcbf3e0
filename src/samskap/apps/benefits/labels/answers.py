"""Sentences and numbers of an answer, for people who have not made it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from samskap.apps.benefits.labels.appraisals import DENOMINATORS
from samskap.apps.initiatives.labels.initiatives import numbers
from samskap.web.money import kroner

if TYPE_CHECKING:
    from collections.abc import Sequence

    from samskap.engines.appraisal import Answer, BreakEven, BudgetKrone, CertaintyLine, SocialReturn

__all__ = [
    "break_even_sentence",
    "certainty_sentences",
    "driver_name",
    "headline",
    "krone_sentence",
    "nok",
    "per_krone",
    "percent",
    "social_sentences",
    "times",
]


def nok(amount: float) -> str:
    """An amount in whole kroner, with a true minus."""
    whole = round(amount)
    return kroner(whole).replace("-", numbers().minus)


def percent(share: float) -> str:
    """A share as whole per cent; what is neither nothing nor all is not told as if it were."""
    whole = share * 100
    if 0 < whole < 1:
        return _("less than 1 per cent")
    if 99 < whole < 100:
        return _("more than 99 per cent")
    return f"{numbers().write(whole, 0 if math.isclose(whole, round(whole), abs_tol=0.05) else 1)}\N{NO-BREAK SPACE}%"


def per_krone(value: float | None) -> str:
    """Kroner for each budget krone; a dash where the budget is not charged."""
    return "–" if value is None else numbers().write(value, 2)


def times(factor: float) -> str:
    """A factor with as many decimals as it needs to tell."""
    return numbers().write(factor, 2 if factor < 10 else 0)


def driver_name(driver: str) -> str:
    """What is changed in a tornado beside the effects."""
    return {"rates": _("The discount rate"), "tax_cost": _("The cost of taxes")}.get(driver, driver)


def headline(answer: Answer) -> str:
    """The answer in one sentence."""
    net = answer.appraisal.net_present_value
    if round(net) == 0:
        return _("What has a price is worth what it costs: the net present value is 0.")
    gaps = {"net": nok(abs(net)), "year": answer.appraisal.price_year}
    if net > 0:
        return _("What has a price is worth %(net)s more than it costs, in kroner of %(year)s.") % gaps
    return _("It costs %(net)s more than what has a price is worth, in kroner of %(year)s.") % gaps


def krone_sentence(krone: BudgetKrone) -> str:
    """What society gains or loses for each krone of a public budget, with what it is divided by."""
    name, meaning = DENOMINATORS[krone.denominator]
    gaps = {"value": per_krone(krone.value), "name": str(name).lower(), "meaning": meaning, "budget": nok(krone.budget)}
    if krone.value is None:
        return (
            _(
                "Public budgets are not charged, so there is no net benefit per budget krone. "
                "It would be divided by %(name)s. %(meaning)s"
            )
            % gaps
        )
    return (
        _(
            "For each budget krone the net benefit is %(value)s kroner. "
            "It is divided by %(name)s, %(budget)s. %(meaning)s"
        )
        % gaps
    )


def certainty_sentences(lines: Sequence[CertaintyLine]) -> list[str]:
    """Sure and hoped benefits, and what the answer would be if only the sure ones came."""
    by_key = {line.certainty: line for line in lines}
    sure, hoped = by_key["sure"], by_key["hoped"]
    told = [
        _("Of the benefits with a price %(sure)s are sure and %(hoped)s are hoped for.")
        % {"sure": nok(sure.benefits), "hoped": nok(hoped.benefits)}
    ]
    if hoped.benefits:
        gaps = {"net": nok(sure.net_present_value)}
        told.append(_("If only the sure ones came, the net present value would be %(net)s.") % gaps)
    return told


def break_even_sentence(found: BreakEven, *, title: str) -> str:
    """How much of an effect is enough, in one sentence."""
    gaps = {"effect": title, "times": times(found.factor or 0.0), "price": nok(found.price or 0.0)}
    if found.why == "found":
        return (
            _(
                "“%(effect)s”: the net present value is 0 at %(times)s times the quantity, "
                "or at a price of %(price)s a unit."
            )
            % gaps
        )
    if found.why == "always_positive":
        return _("“%(effect)s”: the net present value is above 0 however much there is of it.") % gaps
    if found.why == "always_negative":
        return _("“%(effect)s”: the net present value is below 0 however much there is of it.") % gaps
    return _("“%(effect)s” has no value in money.") % gaps


def social_sentences(social: SocialReturn) -> list[str]:
    """The ratio, and at once what is there in cash."""
    return [
        _("For each krone that is put in, %(ratio)s kroner of value come back.")
        % {"ratio": numbers().write(social.ratio, 2)},
        _("In cash: %(back)s of saved money against %(cash)s put in, which is %(net)s.")
        % {"back": nok(social.cash_back), "cash": nok(social.cash_inputs), "net": nok(social.net_cash)},
    ]
