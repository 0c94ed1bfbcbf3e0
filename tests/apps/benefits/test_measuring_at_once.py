"""Two people at once: one day has one measurement, one approval and one lock, and nobody blocks anybody for good."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.apps.simultaneous import at_once
from tests.factories.benefits import make_benefit

from samskap.apps.benefits import actions
from samskap.apps.benefits.models import Measurement
from samskap.apps.trail.models import Entry
from samskap.kernel.acting import SYSTEM_DEMO
from samskap.kernel.errors import RuleError

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_who_measure_approve_lock_and_correct_at_once_do_each_once() -> None:
    benefit = make_benefit(baseline=100, targets={date(2026, 12, 31): 200})

    def write() -> None:
        actions.write_measurement(benefit, measured_on=date(2026, 2, 1), value=Decimal(120), source="x", by=SYSTEM_DEMO)

    wrong = at_once(write, write, write)
    made = Measurement.objects.get()
    assert [(type(error), getattr(error, "code", "")) for error in wrong] == [(RuleError, "measured_twice")] * 2
    assert at_once(*[lambda: actions.approve_measurement(made, by=SYSTEM_DEMO)] * 3) == []
    assert at_once(*[lambda: actions.lock_measurement(made, by=SYSTEM_DEMO)] * 3) == []

    def correct() -> None:
        actions.correct_measurement(made, value=Decimal(121), source="x", correction="x", by=SYSTEM_DEMO)

    assert [getattr(error, "code", "") for error in at_once(correct, correct)] == ["corrected_already"]
    verbs = Entry.objects.filter(verb__startswith="benefits.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == [f"benefits.measurement_{what}" for what in ("written", "approved", "locked", "corrected")]
