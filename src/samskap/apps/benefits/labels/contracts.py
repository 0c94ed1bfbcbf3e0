"""Words of outcome contracts: what is wrong, amounts with øre, and what a metric has come to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samskap.web.money import kroner

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from samskap.apps.benefits.rules.contracts import Fault, Standing, Terms

__all__ = [
    "FAULTS",
    "PROGRESS",
    "SECTIONS",
    "WARNINGS",
    "metric_sentences",
    "money",
    "said_fault",
    "units",
]

# The sections of the work page, in the order in which a contract is written.
SECTIONS = {
    "parties": _("Parties"),
    "metrics": _("What is counted and paid for"),
    "results": _("Results"),
    "plan": _("Plan of payments"),
    "paid": _("What is paid"),
}

PROGRESS = {
    "paid": _("Paid"),
    "partly": _("Partly paid"),
    "late": _("The date has passed"),
    "to_come": _("To come"),
}

FAULTS: dict[str, StrOrPromise] = {
    "amount_large": _("%(amount)s is more than a contract here can hold. Check the noughts."),
    "amount_negative": _(
        "%(amount)s is below nothing. Amounts are positive: who sends and who receives says the direction."
    ),
    "amount_not_above_nothing": _(
        "%(amount)s is not above nothing. Amounts are positive: who sends and who receives says the direction."
    ),
    "beyond_commitment": _(
        "%(organisation)s has bound itself to invest %(most)s, and would have invested %(paid)s with this."
    ),
    "cap_below_price": _(
        "At most %(cap)s is paid, and one unit alone costs %(price)s. Raise the most, or lower the price."
    ),
    "count_falls": _(
        "%(was)s had been counted by %(before)s, and %(now)s by %(on)s. Results count from the beginning of the"
        " contract, so a later one cannot be lower. Correct the one that is wrong."
    ),
    "count_few": _(
        "Fewer than five had taken part by %(on)s. On a page that everybody can read they could be recognised: wait"
        " with the result until there are five, or let the contract be a draft so long."
    ),
    "count_twice": _("There is a result of %(on)s already. Change that one."),
    "count_wrong": _("The result of %(on)s says %(reached)s reached and %(engaged)s taking part. Neither can be so."),
    "ends_before_start": _("The contract ends on %(ends)s, and starts on %(starts)s. It must end after it starts."),
    "evaluator_provides": _(
        "%(organisation)s delivers the service, and cannot also judge what came of it. Choose another evaluator."
    ),
    "investment_receiver": _(
        "%(receiver)s is neither provider nor coordinator in this contract, and cannot receive an investment."
    ),
    "investment_sender": _("%(sender)s is no investor in this contract. Add it to the parties first."),
    "outcome_receiver": _(
        "%(receiver)s is neither provider, coordinator nor investor in this contract, and cannot be paid for results."
    ),
    "outcome_sender": _("%(sender)s is no payer in this contract. Add it to the parties first."),
    "overpaid": _(
        "By %(on)s %(paid)s would be paid, and %(earned)s was earned: %(over)s too much. Only what is reached and"
        " validated by that day is paid for, up to the most."
    ),
    "price_nothing": _("A unit must have a price above nothing."),
    "return_receiver": _("%(receiver)s is no investor in this contract, so there is nothing to repay."),
    "return_sender": _("%(sender)s is neither payer, provider nor coordinator in this contract."),
    "same_party": _("%(sender)s cannot pay itself. Choose another sender or receiver."),
    "target_wrong": _("The target is %(target)s. It must be above 0, and at most 1 000 000 000."),
}

WARNINGS: dict[str, StrOrPromise] = {
    "evaluator_invests": _(
        "%(organisation)s is the evaluator and an investor: it gains when much is counted. Choose another evaluator, or"
        " say in the text how the count is checked."
    ),
    "evaluator_pays": _(
        "%(organisation)s is the evaluator and the payer: it saves when little is counted. Choose another evaluator, or"
        " say in the text how the count is checked."
    ),
    "evaluator_coordinates": _(
        "%(organisation)s is the evaluator and the coordinator. Say in the text how the count is checked."
    ),
}


def money(amount: Decimal) -> str:
    """Kroner as people read them, with øre where there are some."""
    if amount == int(amount):
        return kroner(int(amount))
    figures = number_format(amount, decimal_pos=2, force_grouping=True)
    return (gettext("NOK %(figures)s") % {"figures": figures}).replace(" ", "\N{NO-BREAK SPACE}")


def units(number: Decimal | int) -> str:
    """A number of units, with as many decimals as it has."""
    tidy = Decimal(number).normalize()
    decimals = max(0, -int(tidy.as_tuple().exponent))
    return number_format(tidy, decimal_pos=decimals, force_grouping=True)


_AMOUNTS = {"amount", "most", "paid", "cap", "price", "earned", "over"}


def _gap(name: str, value: Any) -> str:
    if isinstance(value, date):
        return date_format(value)
    if isinstance(value, Decimal):
        return money(value) if name in _AMOUNTS else units(value)
    return str(value)


def said_fault(fault: Fault, *, names: Mapping[Any, str] | None = None) -> str:
    """A fault as a sentence; `names` are those of the organisations that the rule knew by a key."""
    gaps = {name: _gap(name, (names or {}).get(value, value)) for name, value in fault.gaps.items()}
    return str({**FAULTS, **WARNINGS}[fault.code]) % gaps


def metric_sentences(unit: str, terms: Terms, standing: Standing) -> list[str]:
    """What a unit is worth, what was reached, and what is paid, due and left: a sentence or two for each."""
    worth = gettext("A unit (%(unit)s) is worth %(price)s, and at most %(cap)s is paid. The target is %(target)s.") % {
        "unit": unit, "price": money(terms.price), "cap": money(terms.cap), "target": units(terms.target),
    }  # fmt: skip
    return [worth, *_reached(standing), _paid(standing)]


def _reached(standing: Standing) -> list[str]:
    found = [gettext("Nothing is reached and validated yet, so nothing is earned.")]
    if standing.counted_on is not None:
        gaps = {
            "on": date_format(standing.counted_on), "reached": units(standing.reached),
            "engaged": units(standing.engaged), "earned": money(standing.earned),
        }  # fmt: skip
        capped = gettext(
            "By %(on)s %(reached)s were reached and validated, and %(engaged)s had taken part. That earns the most"
            " there is, %(earned)s."
        )
        plain = gettext(
            "By %(on)s %(reached)s were reached and validated, and %(engaged)s had taken part. That earns %(earned)s."
        )
        found = [(capped if standing.is_capped else plain) % gaps]
    if standing.waiting is not None:
        waiting = gettext("By %(on)s %(reached)s were counted. Nobody has validated that yet, so it earns nothing yet.")
        found.append(waiting % {"on": date_format(standing.waiting.on), "reached": units(standing.waiting.reached)})
    return found


def _paid(standing: Standing) -> str:
    gaps = {"paid": money(standing.paid), "due": money(standing.due), "left": money(standing.left)}
    if standing.due:
        return gettext("%(paid)s is paid, %(due)s is due now, and %(left)s is left up to the most.") % gaps
    return gettext("%(paid)s is paid, nothing is due now, and %(left)s is left up to the most.") % gaps
