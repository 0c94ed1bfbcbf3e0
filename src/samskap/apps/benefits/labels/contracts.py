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
    "PROGRESS_COLOURS",
    "ROLE_MEANINGS",
    "SECTIONS",
    "SECTION_LEADS",
    "WARNINGS",
    "metric_sentences",
    "money",
    "said_fault",
    "units",
]

ROLE_MEANINGS = {
    "payer": _("pays for what is reached"),
    "investor": _("pays for the service until results are paid for"),
    "provider": _("delivers the service"),
    "coordinator": _("leads the work between the parties"),
    "evaluator": _("counts and validates, and has nothing to gain from it"),
}

# The sections of the work page, in the order in which a contract is written.
SECTIONS = {
    "parties": _("Parties"),
    "metrics": _("What is counted and paid for"),
    "results": _("Results"),
    "plan": _("Plan of payments"),
    "paid": _("What is paid"),
}

# What each section is about, in a sentence or two.
SECTION_LEADS = {
    "parties": _(
        "A contract has a payer and a provider. An investor, a coordinator and an independent evaluator may be in it."
    ),
    "metrics": _(
        "Each thing that is counted has a target, a way to validate it, a price for a unit, and the most that is paid."
    ),
    "results": _(
        "Write how many have taken part and how much is reached from the beginning of the contract to a day. It earns"
        " when an evaluator has validated it."
    ),
    "plan": _(
        "What is to be paid for results, and when. When things turn out otherwise, make the plan anew: the new version"
        " repeats what is paid and plans the rest, and the old one stays."
    ),
    "paid": _(
        "Every payment from one party to another: for results, as an investment, or back to the investor. For results"
        " nothing can be paid that is not earned."
    ),
}

PROGRESS = {
    "paid": _("Paid"),
    "partly": _("Partly paid"),
    "late": _("The date has passed"),
    "to_come": _("To come"),
    "repeated": _("Paid before this plan"),
}

PROGRESS_COLOURS = {"paid": "success", "partly": "info", "late": "warning", "to_come": "neutral", "repeated": "success"}

FAULTS: dict[str, StrOrPromise] = {
    "amount_large": _("%(amount)s is more than a contract here can hold. Check the noughts."),
    "amount_negative": _(
        "%(amount)s is below nothing. Amounts are positive: who sends and who receives says the direction."
    ),
    "amount_not_above_nothing": _(
        "%(amount)s is not above nothing. Amounts are positive: who sends and who receives says the direction."
    ),
    "before_start": _("%(on)s is before the contract starts, on %(starts)s."),
    "benefit_foreign": _("That benefit belongs to another initiative."),
    "beyond_commitment": _(
        "%(organisation)s has bound itself to invest %(most)s, and would have invested %(paid)s with this."
    ),
    "cap_below_price": _(
        "At most %(cap)s is paid, and one unit alone costs %(price)s. Raise the most, or lower the price."
    ),
    "contract_shown": _("Everybody can read this contract. Make it a draft first, if it was made by mistake."),
    "count_falls": _(
        "%(was)s had been counted by %(before)s, and %(now)s by %(on)s. Results count from the beginning of the"
        " contract, so a later one cannot be lower. Correct the one that is wrong."
    ),
    "count_few": _(
        "Fewer than five had taken part by %(on)s. On a page that everybody can read they could be recognised: wait"
        " with the result until there are five, or let the contract be a draft so long."
    ),
    "count_in_future": _("%(on)s is still to come. Write down what was counted when it is counted."),
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
    "key_known": _("The contract “%(key)s” is here already, so it is not brought in twice."),
    "lacks_metric": _("Nothing is counted and paid for in this contract yet. Add that first."),
    "lacks_payer": _("Nobody pays in this contract yet. Add a payer to the parties first."),
    "lacks_provider": _("Nobody delivers in this contract yet. Add a provider to the parties first."),
    "measurement_differs": _(
        "The measurement of %(on)s gives %(reached)s, and something else was written. Take it as it is, or write a"
        " result without it."
    ),
    "measurement_foreign": _("That measurement is not of the benefit that is paid for, or nobody has approved it."),
    "measurement_unit": _(
        "The benefit is counted in “%(theirs)s” and is paid for by “%(ours)s”. The units must be the same."
    ),
    "metric_counted": _("Something is counted for “%(metric)s”, so it stays. Delete those results first."),
    "metric_foreign": _("That is not counted in this contract."),
    "metric_paid": _("Something is paid or planned for “%(metric)s”, so it stays. Delete those payments first."),
    "organisation_name": _("“%(organisation)s” has more than 160 signs. Choose an organisation that is here."),
    "organisation_unchosen": _("Say which organisation “%(organisation)s” is."),
    "organisation_foreign": _(
        "%(organisation)s belongs to another municipality. Add it to the organisations here first."
    ),
    "outcome_receiver": _(
        "%(receiver)s is neither provider, coordinator nor investor in this contract, and cannot be paid for results."
    ),
    "outcome_sender": _("%(sender)s is no payer in this contract. Add it to the parties first."),
    "overpaid": _(
        "By %(on)s %(paid)s would be paid, and %(earned)s was earned: %(over)s too much. Only what is reached and"
        " validated by that day is paid for, up to the most."
    ),
    "paid_in_future": _("%(on)s is still to come. Write down what is paid when it is paid, and plan it so long."),
    "party_twice": _("%(organisation)s has that role already."),
    "party_used": _("%(organisation)s pays, is paid or has validated results in that role. Change those first."),
    "plan_frozen": _("This version of the plan has been replaced, or says what was paid. Change the newest one."),
    "plan_missing": _("There is no plan to follow on."),
    "plan_reason_missing": _("Say in a sentence why the plan is made anew."),
    "planned_beyond_cap": _("%(planned)s would be planned for “%(metric)s”, and at most %(cap)s is paid for it."),
    "price_nothing": _("A unit must have a price above nothing."),
    "return_receiver": _("%(receiver)s is no investor in this contract, so there is nothing to repay."),
    "return_sender": _("%(sender)s is neither payer, provider nor coordinator in this contract."),
    "same_party": _("%(sender)s cannot pay itself. Choose another sender or receiver."),
    "target_wrong": _("The target is %(target)s. It must be above 0, and at most 1 000 000 000."),
    "too_many": _("A contract has at most %(most)s of these."),
    "validator_no_evaluator": _(
        "%(organisation)s is no evaluator in this contract. Add it to the parties as one first."
    ),
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


_AMOUNTS = {"amount", "most", "paid", "cap", "price", "earned", "over", "planned"}
_ORGANISATIONS = {"organisation", "sender", "receiver"}


def _gap(name: str, value: Any) -> str:
    if isinstance(value, date):
        return date_format(value)
    if isinstance(value, Decimal):
        return money(value) if name in _AMOUNTS else units(value)
    return str(value)


def said_fault(fault: Fault, *, names: Mapping[Any, str] | None = None) -> str:
    """A fault as a sentence; `names` are those of the organisations that the rule knew by a key."""
    gaps = {
        name: (names or {}).get(value, str(value)) if name in _ORGANISATIONS else _gap(name, value)
        for name, value in fault.gaps.items()
    }
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
