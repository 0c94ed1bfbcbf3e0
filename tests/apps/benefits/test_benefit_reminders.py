"""Nothing is silently overdue: letters that escalate, steps at the desk, and the word on the pages."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils.timezone import get_current_timezone
from django_tasks_db.models import DBTaskResult
from tests import factories
from tests.apps.viewers import Town, words_of
from tests.factories.benefits import make_benefit, make_measurement, make_target
from tests.factories.initiatives import make_initiative

from samskap.apps.benefits import actions, queries
from samskap.apps.benefits.models import Benefit
from samskap.apps.benefits.tasks import benefits as tasks
from samskap.kernel import clock
from samskap.web.parts import next_steps, parts_of

END = date(2026, 12, 31)
SITE = "https://samskap.example"


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=get_current_timezone())


def jobs() -> list[dict[str, object]]:
    rows = DBTaskResult.objects.order_by("enqueued_at")
    return [{"job": row.args_kwargs["args"][0], **row.args_kwargs["args"][1]} for row in rows]


def run_reminder(one: Benefit, *, on: date) -> list[tuple[str, int]]:
    """Run the job on a day, and every letter that it orders; who is written to."""
    DBTaskResult.objects.all().delete()
    with clock.showing(at(on)):
        tasks.remind(one.pk, site=SITE)
        letters = [job for job in jobs() if job.pop("job") == "benefits.send_reminder"]
        for letter in letters:
            tasks.send_reminder(**letter)  # type: ignore[arg-type]
    return sorted((str(letter["due"]), int(str(letter["person_id"]))) for letter in letters)


@pytest.fixture
def benefit(town: Town) -> Benefit:
    initiative = make_initiative(municipality=town.municipality, owner=town.facilitator)
    return make_benefit(initiative, owner=town.partner, baseline=100, targets={END: 200}, title="Kortere ventetid")


def test_who_answers_is_asked_before_the_day_and_the_leaders_are_told_after(town: Town, benefit: Benefit) -> None:
    assert run_reminder(benefit, on=END - timedelta(days=15)) == []
    assert run_reminder(benefit, on=END - timedelta(days=14)) == [("2026-12-31", town.partner.pk)]
    assert run_reminder(benefit, on=END) == []
    assert run_reminder(benefit, on=END + timedelta(days=6)) == []
    assert run_reminder(benefit, on=END + timedelta(days=7)) == [("2026-12-31", town.leader.pk)]
    assert run_reminder(benefit, on=END + timedelta(days=90)) == []
    first, last = mail.outbox
    assert (first.to, "Kortere ventetid" in first.subject) == ([town.partner.email], True)
    assert f"{SITE}/work/benefits/{benefit.pk}/" in first.body
    assert last.to == [town.leader.email]


def test_a_measurement_answers_and_the_next_target_is_waited_for(town: Town, benefit: Benefit) -> None:
    later = END + timedelta(days=365)
    make_target(benefit, 300, due_on=later)
    make_measurement(benefit, 200, measured_on=END, state="approved")
    assert run_reminder(benefit, on=END + timedelta(days=30)) == []
    assert run_reminder(benefit, on=later - timedelta(days=14)) == [(later.isoformat(), town.partner.pk)]


def test_a_missing_baseline_is_asked_for_before_the_effects(town: Town) -> None:
    initiative = make_initiative(municipality=town.municipality, owner=town.facilitator)
    one = make_benefit(initiative, effects_from=date(2026, 9, 1))
    assert run_reminder(one, on=date(2026, 8, 18)) == [("2026-09-01", town.facilitator.pk)]
    assert run_reminder(one, on=date(2026, 9, 8)) == [("2026-09-01", town.leader.pk)]


def test_without_anybody_who_may_act_those_in_charge_are_asked(town: Town, benefit: Benefit) -> None:
    town.partner.mandates.all().delete()
    type(benefit.initiative).objects.update(owner=None)
    assert {pk for _due, pk in run_reminder(benefit, on=END)} == {town.leader.pk, town.facilitator.pk}


@pytest.mark.parametrize("what", ["ended", "measured", "deleted", "moved"])
def test_nobody_is_reminded_of_what_is_done(town: Town, benefit: Benefit, what: str) -> None:
    with clock.showing(at(END)):
        if what == "ended":
            actions.end_benefit(benefit, reason="x", by=town.leader)
        elif what == "measured":
            make_measurement(benefit, 200, measured_on=END)
        elif what == "moved":
            day = END + timedelta(days=100)
            actions.change_target(benefit.targets.get(), due_on=day, value=benefit.targets.get().value, by=town.leader)
        else:
            benefit_pk = benefit.pk
            Benefit.objects.all().delete()
            benefit.pk = benefit_pk
    assert run_reminder(benefit, on=END) == []
    with clock.showing(at(END)):
        tasks.send_reminder(benefit.pk, town.partner.pk, END.isoformat(), SITE)
    assert mail.outbox == []


def test_every_change_of_what_is_waited_for_orders_the_next_letter(town: Town) -> None:
    initiative = make_initiative(municipality=town.municipality)
    body = factories.make_organisation(municipality=town.municipality)
    with clock.showing(at(date(2026, 3, 1))):
        one = actions.create_benefit(
            initiative, by=town.leader, site=SITE, title="x", kind="quality", gainer="x", measure="x", unit="x",
            owner_role="x", owner_organisation=body, effects_from=date(2026, 9, 1),
        )  # fmt: skip
    (row,) = DBTaskResult.objects.all()
    assert jobs() == [{"job": "benefits.remind", "benefit_id": one.pk, "site": SITE}]
    assert row.run_after == datetime(2026, 8, 18, 7, 30, tzinfo=get_current_timezone())


# --- On the pages ---


def test_the_desk_says_what_is_overdue_due_and_waiting(town: Town, benefit: Benefit) -> None:
    make_measurement(benefit, 150, state="draft", written_by=town.facilitator)
    make_measurement(benefit, 120, measured_on=date(2026, 3, 31), written_by=town.leader)
    other = make_benefit(benefit.initiative, title="Frigjort tid", baseline=1, effects_from=date(2026, 1, 1))
    make_measurement(other, 2, state="approved")
    bare = make_benefit(benefit.initiative, title="Uten nullpunkt", effects_from=date(2027, 2, 1))
    with clock.showing(at(date(2027, 1, 20))):
        found = [step.title for step in next_steps(town.municipality, town.leader)]
        assert [title for title in found if "“" in title and "next step" not in title] == [
            "“Kortere ventetid” is to be measured",
            "The baseline of “Uten nullpunkt” is missing",
            "Approve what was measured of “Kortere ventetid”",
            "Lock what was measured of “Frigjort tid”",
        ]
        own = [step.title for step in next_steps(town.municipality, town.facilitator)]
        assert "Approve what was measured of “Kortere ventetid”" not in own
        words = words_of(town.client("anonymous").get(reverse("benefits:benefit", args=[benefit.pk])))
        assert "Overdue" in words
        assert bare.title not in [one.title for one in queries.benefits_of(benefit.initiative, None) if one.is_overdue]


def test_who_answers_for_benefits_finds_them_on_the_desk(town: Town, benefit: Benefit) -> None:
    make_benefit(benefit.initiative, owner=town.partner, ended_on=END, ended_reason="x", title="Ferdig")
    (part,) = [part for part in parts_of("desk", town.partner) if part.title == "Benefits that you answer for"]
    assert [card.title for card in part.cards] == ["Kortere ventetid"]
    town.partner.mandates.all().delete()
    assert "Benefits that you answer for" not in [part.title for part in parts_of("desk", town.partner)]


def test_what_is_next_costs_the_same_for_one_benefit_and_three(
    town: Town, benefit: Benefit, django_assert_num_queries: Any
) -> None:
    def more(number: int) -> None:
        made = make_benefit(benefit.initiative, owner=town.partner, baseline=1, title=f"Nummer {number}")
        make_measurement(made, 2, state="approved")
        make_measurement(made, 3, state="draft", measured_on=date(2026, 7, 31))

    more(1)
    for _round in range(2):
        with django_assert_num_queries(5):
            assert queries.benefit_steps(town.municipality, town.leader)
        with django_assert_num_queries(4):
            assert queries.own_benefits(town.partner)[0].cards
        more(2), more(3)
