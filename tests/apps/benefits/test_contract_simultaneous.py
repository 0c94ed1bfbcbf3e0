"""Many at once: however many take down the same money, no more is paid than was earned."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.apps.simultaneous import at_once
from tests.factories.contracts import make_contract, make_metric, make_payment, make_plan, make_result, party

from samskap.apps.benefits import actions
from samskap.apps.benefits.models import Payment, PaymentPlan
from samskap.kernel.acting import SYSTEM_DEMO

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_four_payments_at_once_only_those_that_are_earned_are_kept() -> None:
    contract = make_contract()
    metric = make_metric(contract)
    make_result(metric, 5)  # earns 200 000 kr
    way = {"kind": "outcome", "metric": metric, "sender": party(contract, "payer"),
           "receiver": party(contract, "provider"), "on": date(2026, 7, 1), "by": SYSTEM_DEMO}  # fmt: skip
    wrong = at_once(*[lambda: actions.record_payment(contract, amount_nok=Decimal(100_000), **way)] * 4)
    assert [getattr(error, "code", error) for error in wrong] == ["contract_overpaid"] * 2
    assert [one.amount_nok for one in Payment.objects.all()] == [100_000, 100_000]


def test_two_new_plans_at_once_are_two_versions() -> None:
    contract = make_contract()
    make_payment(make_metric(contract), 500_000, plan=make_plan(contract))
    assert at_once(*[lambda: actions.make_plan(contract, reason="Nytt.", by=SYSTEM_DEMO)] * 2) == []
    assert list(PaymentPlan.objects.values_list("version", flat=True)) == [1, 2, 3]
