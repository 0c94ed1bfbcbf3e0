"""Baselines, targets and measurements: written, taken, approved by another, locked for good, corrected, in order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from tests import factories
from tests.apps.viewers import Town, words_of
from tests.factories.benefits import make_benefit, make_measurement
from tests.factories.initiatives import make_initiative

from samskap.apps.benefits import actions, queries
from samskap.apps.benefits.models import Baseline, Benefit, Measurement, Target
from samskap.apps.figures.models import Edition
from samskap.apps.trail.models import Entry
from samskap.kernel import clock
from samskap.kernel.acting import SYSTEM_DEMO
from samskap.kernel.errors import NotAllowed, NotFound, RuleError
from samskap.sources.values import Figure

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
BEFORE, JUNE, END = date(2025, 12, 31), date(2026, 6, 30), date(2026, 12, 31)


@pytest.fixture(autouse=True)
def _in_july() -> Iterator[None]:
    with clock.showing(NOW):
        yield


@pytest.fixture
def benefit(town: Town) -> Benefit:
    """A benefit with baseline 100 and target 200; the partner answers for it."""
    initiative = make_initiative(municipality=town.municipality)
    return make_benefit(initiative, owner=town.partner, baseline=100, targets={END: 200})


def written(benefit: Benefit, value: int = 150, *, by: Any = SYSTEM_DEMO, on: date = JUNE, **more: Any) -> Measurement:
    said = {"measured_on": on, "value": Decimal(value), "source": "Telling"}
    return actions.write_measurement(benefit, by=by, **said, **more)


def code_of(act: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(RuleError) as refused:
        act(*args, **kwargs)
    return refused.value.code


# --- Who ---


def test_who_answers_for_it_measures_and_others_do_not(town: Town, benefit: Benefit) -> None:
    for kind in ("stranger", "elsewhere"):
        with pytest.raises(NotAllowed):
            written(benefit, by=town.people[kind])
    made = written(benefit, by=town.partner)
    for act in (actions.approve_measurement, actions.lock_measurement, actions.send_back_measurement):
        with pytest.raises(NotAllowed):
            act(made, by=town.partner)
    with pytest.raises(NotAllowed):
        actions.add_target(benefit, due_on=date(2027, 12, 31), value=Decimal(300), by=town.partner)


# --- The baseline ---


def test_the_baseline_is_written_changed_and_told(town: Town, benefit: Benefit) -> None:
    actions.set_baseline(benefit, measured_on=BEFORE, value=Decimal("97.5"), source="Ny telling", by=town.partner)
    found = Baseline.objects.get()
    assert (found.measured_on, found.value, found.source, found.standing) == (
        BEFORE,
        Decimal("97.5"),
        "Ny telling",
        "ours",
    )
    told = Entry.objects.get(verb="benefits.baseline_changed")
    assert (told.is_public, told.data) == (True, {"value": "97.5", "day": "2025-12-31"})


def test_a_baseline_after_the_start_is_refused_in_the_rule_and_told_in_the_form(town: Town, benefit: Benefit) -> None:
    said = {"measured_on": date(2026, 1, 1), "value": Decimal(1), "source": "x"}
    assert code_of(actions.set_baseline, benefit, by=SYSTEM_DEMO, **said) == "baseline_after_start"
    page = words_of(
        town.client("leader").post(
            reverse("benefits:set_baseline", args=[benefit.pk]),
            {"measured_on": "2026-01-01", "value": "12,5", "source": "En lang kilde"},
        )
    )
    assert "The baseline of 1 January 2026 is not from before the start" in page
    assert 'value="12,5"' in page
    assert "En lang kilde" in page
    assert Baseline.objects.get().value == 100


def test_a_baseline_that_a_target_is_worse_than_is_refused(town: Town, benefit: Benefit) -> None:
    said = {"measured_on": BEFORE, "source": "x", "by": town.leader}
    assert code_of(actions.set_baseline, benefit, value=Decimal(201), **said) == "target_worse_higher"
    first = make_benefit(benefit.initiative, better="lower", targets={JUNE: 10, END: 5})
    assert code_of(actions.set_baseline, first, value=Decimal(9), **said) == "target_worse_lower"
    assert [one.value for one in Baseline.objects.all()] == [100]
    actions.set_baseline(benefit, value=Decimal(200), **said)
    actions.set_baseline(first, value=Decimal(10), **said)
    harm = make_benefit(benefit.initiative, is_harm=True, better="lower", targets={END: 5})
    actions.set_baseline(harm, value=Decimal(0), **said)


def test_the_baseline_stands_once_something_is_locked(town: Town, benefit: Benefit) -> None:
    made = make_measurement(benefit, state="approved")
    said = {"measured_on": BEFORE, "value": Decimal(90), "source": "x", "by": town.leader}
    actions.set_baseline(benefit, **said)
    actions.lock_measurement(made, by=town.leader)
    assert code_of(actions.set_baseline, benefit, **said) == "baseline_fixed"


# --- Targets ---


def test_targets_are_set_moved_and_taken_away_until_something_is_measured(town: Town, benefit: Benefit) -> None:
    later = actions.add_target(benefit, due_on=date(2027, 12, 31), value=Decimal(300), by=town.leader)
    actions.change_target(later, due_on=date(2028, 6, 30), value=Decimal(250), by=town.leader)
    moved = Entry.objects.get(verb="benefits.target_changed").data
    assert moved == {"was_value": "300", "was_day": "2027-12-31", "value": "250", "day": "2028-06-30"}
    same_day = {"due_on": END, "value": Decimal(1), "by": town.leader}
    assert code_of(actions.add_target, benefit, **same_day) == "target_twice"
    assert code_of(actions.change_target, later, **same_day) == "target_twice"
    assert code_of(actions.add_target, benefit, **same_day | {"due_on": BEFORE}) == "target_before_start"
    assert (
        code_of(actions.add_target, benefit, **same_day | {"due_on": JUNE, "value": Decimal(99)})
        == "target_worse_higher"
    )
    first = Target.objects.get(due_on=END)
    with clock.showing(datetime(2027, 1, 2, 12, tzinfo=UTC)):
        actions.approve_measurement(written(benefit, 200, on=END), by=town.leader)
    assert code_of(actions.change_target, first, **same_day) == "target_measured"
    assert code_of(actions.remove_target, first, by=town.leader) == "target_measured"
    actions.remove_target(later, by=town.leader)
    assert list(Target.objects.all()) == [first]


def test_a_deleted_target_is_put_back_with_one_press(town: Town, benefit: Benefit) -> None:
    client, target = town.client("leader"), benefit.targets.get()
    page = client.post(reverse("benefits:remove_target", args=[benefit.pk, target.pk]), follow=True)
    assert "The target is deleted." in words_of(page)
    assert not benefit.targets.exists()
    client.post(reverse("benefits:restore_target", args=[benefit.pk]))
    assert list(benefit.targets.values_list("due_on", "value")) == [(END, Decimal(200))]
    assert client.post(reverse("benefits:restore_target", args=[benefit.pk])).status_code == 404


def test_a_target_is_set_and_moved_in_a_browser(town: Town, benefit: Benefit) -> None:
    client = town.client("leader")
    page = client.post(reverse("benefits:new_target", args=[benefit.pk]), {"due_on": "2026-12-31", "value": "1"})
    assert "There is a target for 31 December 2026 already." in words_of(page)
    client.post(reverse("benefits:new_target", args=[benefit.pk]), {"due_on": "2027-12-31", "value": "1 200,5"})
    target = benefit.targets.get(due_on=date(2027, 12, 31))
    assert target.value == Decimal("1200.5")
    client.post(
        reverse("benefits:change_target", args=[benefit.pk, target.pk]), {"due_on": "2027-06-30", "value": "7e"}
    )
    client.post(
        reverse("benefits:change_target", args=[benefit.pk, target.pk]), {"due_on": "2027-06-30", "value": "700"}
    )
    target.refresh_from_db()
    assert (target.due_on, target.value) == (date(2027, 6, 30), 700)


# --- Measurements, from draft to locked ---


def test_a_measurement_is_approved_by_another_and_locked_for_good(town: Town, benefit: Benefit) -> None:
    made = written(benefit, by=town.facilitator)
    assert queries.benefits_of(benefit.initiative, None)[0].latest is None
    assert code_of(actions.approve_measurement, made, by=town.facilitator) == "approved_by_writer"
    actions.approve_measurement(made, by=town.leader)
    assert code_of(
        actions.change_measurement, made, by=town.leader, measured_on=JUNE, value=Decimal(1), source="x"
    ) == ("not_a_draft")
    actions.lock_measurement(made, by=town.facilitator)
    made.refresh_from_db()
    who = (made.state, made.written_by, made.approved_by, made.locked_by, made.approved_at, made.locked_at)
    assert who == ("locked", town.facilitator, town.leader, town.facilitator, NOW, NOW)
    assert code_of(actions.send_back_measurement, made, by=town.leader) == "is_locked"
    assert code_of(actions.delete_measurement, made, by=town.leader) == "not_a_draft"
    verbs = list(Entry.objects.filter(verb__startswith="benefits.").order_by("pk").values_list("verb", "is_public"))
    assert verbs == [
        ("benefits.measurement_written", True), ("benefits.measurement_approved", True),
        ("benefits.measurement_locked", True),
    ]  # fmt: skip


def test_who_changes_a_draft_has_written_it(town: Town, benefit: Benefit) -> None:
    made = written(benefit, by=town.facilitator)
    changed = actions.change_measurement(made, by=town.leader, measured_on=JUNE, value=Decimal(151), source="Telling")
    assert changed.written_by == town.leader
    assert code_of(actions.approve_measurement, made, by=town.leader) == "approved_by_writer"
    actions.approve_measurement(made, by=town.facilitator)
    actions.send_back_measurement(made, by=town.leader)
    made.refresh_from_db()
    assert (made.state, made.approved_by, made.approved_at) == ("draft", None, None)
    actions.delete_measurement(made, by=town.partner)
    assert not Measurement.objects.exists()


@pytest.mark.parametrize(
    ("on", "value", "code"),
    [
        (date(2025, 10, 1), 1, "measured_before_baseline"),
        (date(2026, 7, 2), 1, "day_to_come"),
        (date(2026, 3, 31), 1, "measured_twice"),
        (date(2026, 3, 30), 1, "measured_out_of_order"),
        (JUNE, -1, "negative"),
    ],
)
def test_measurements_out_of_order_are_refused(benefit: Benefit, on: date, value: int, code: str) -> None:
    make_measurement(benefit, 130, measured_on=date(2026, 3, 31))
    assert code_of(written, benefit, value, on=on) == code
    assert Measurement.objects.count() == 1


def test_without_a_baseline_nothing_is_measured(town: Town) -> None:
    bare = make_benefit(make_initiative(municipality=town.municipality))
    assert code_of(written, bare) == "no_baseline"


def test_below_zero_only_where_that_can_be(benefit: Benefit) -> None:
    Benefit.objects.update(allows_negative=True)
    benefit.refresh_from_db()
    assert written(benefit, -5).value == -5


def test_approving_and_locking_go_in_the_order_of_the_days(town: Town, benefit: Benefit) -> None:
    early, late = written(benefit, 130, on=date(2026, 3, 31)), written(benefit, 150)
    assert code_of(actions.approve_measurement, late, by=town.leader) == "earlier_draft"
    actions.approve_measurement(early, by=town.leader)
    actions.approve_measurement(late, by=town.leader)
    assert code_of(actions.lock_measurement, late, by=town.leader) == "earlier_unlocked"
    actions.lock_measurement(early, by=town.leader)
    actions.lock_measurement(late, by=town.leader)
    assert set(Measurement.objects.values_list("state", flat=True)) == {"locked"}


def test_what_is_far_behind_says_why_before_it_is_approved(town: Town, benefit: Benefit) -> None:
    made = written(benefit, 110, by=town.partner)
    assert code_of(actions.approve_measurement, made, by=town.leader) == "cause_missing"
    page = town.client("leader").post(reverse("benefits:approve_measurement", args=[made.pk]), {"cause": ""})
    assert "This is more than a tenth of the way behind the forecast. Say why." in words_of(page)
    data = {"cause": "To stillinger sto tomme."}
    town.client("leader").post(reverse("benefits:approve_measurement", args=[made.pk]), data)
    made.refresh_from_db()
    assert (made.state, made.cause) == ("approved", "To stillinger sto tomme.")


def test_an_ended_benefit_is_not_measured(town: Town, benefit: Benefit) -> None:
    actions.end_benefit(benefit, reason="x", by=town.leader)
    assert code_of(written, benefit) == "benefit_ended"
    assert (
        code_of(actions.add_target, benefit, due_on=date(2028, 1, 1), value=Decimal(1), by=town.leader)
        == "benefit_ended"
    )


def test_the_database_holds_what_the_rules_say(town: Town, benefit: Benefit) -> None:
    said = {"benefit": benefit, "measured_on": JUNE, "value": 1, "source": "x"}
    Measurement.objects.create(**said)
    for wrong in (
        said,
        said | {"measured_on": END, "state": "approved"},
        said | {"measured_on": END, "state": "locked", "approved_at": NOW},
        said | {"measured_on": END, "written_by": town.leader, "approved_by": town.leader},
        said | {"corrects": Measurement.objects.get()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Measurement.objects.create(**wrong)


# --- Corrections ---


def test_a_correction_stands_in_the_place_of_a_locked_number_when_it_is_approved(town: Town, benefit: Benefit) -> None:
    wrong = make_measurement(benefit, 190)
    fixed = actions.correct_measurement(
        wrong, value=Decimal(150), source="Telling", correction="Et siffer var galt.", by=town.partner
    )
    (read,) = queries.benefits_of(benefit.initiative, None)
    assert read.latest is not None
    assert read.latest.value == 190
    actions.approve_measurement(fixed, by=town.leader)
    (read,) = queries.benefits_of(benefit.initiative, None)
    assert [(one.value, one.counts, one.correction) for one in read.measurements] == [
        (190, False, ""), (150, True, "Et siffer var galt."),
    ]  # fmt: skip
    again = {"value": Decimal(1), "source": "x", "correction": "x", "by": town.leader}
    assert code_of(actions.correct_measurement, wrong, **again) == "corrected_already"
    assert code_of(actions.correct_measurement, fixed, **again) == "not_locked"
    actions.lock_measurement(fixed, by=town.leader)
    actions.correct_measurement(fixed, **again)
    assert Measurement.objects.count() == 3


def test_a_correction_is_below_zero_only_where_that_can_be(town: Town, benefit: Benefit) -> None:
    said = {"source": "Telling", "by": town.partner}
    wrong = make_measurement(benefit, 190)
    least = {"value": Decimal(-1), **said}
    assert code_of(actions.correct_measurement, wrong, correction="x", **least) == "negative"
    fixed = actions.correct_measurement(wrong, value=Decimal(150), correction="x", **said)
    assert code_of(actions.change_measurement, fixed, measured_on=JUNE, **least) == "negative"
    assert Measurement.objects.get(pk=fixed.pk).value == 150


def test_a_correction_waits_for_nobody_and_nobody_waits_for_it(town: Town, benefit: Benefit) -> None:
    first = make_measurement(benefit, 130, measured_on=date(2026, 3, 31))
    fixed = actions.correct_measurement(first, value=Decimal(131), source="x", correction="x", by=town.partner)
    late = written(benefit, 150, by=town.partner)
    actions.approve_measurement(late, by=town.leader)
    actions.approve_measurement(fixed, by=town.leader)
    actions.lock_measurement(late, by=town.leader)
    actions.lock_measurement(fixed, by=town.leader)
    (read,) = queries.benefits_of(benefit.initiative, None)
    assert [one.value for one in read.counting] == [131, 150]


# --- Published figures ---


def published(**values: float) -> Edition:
    return factories.make_edition(
        *(Figure("neet_share", "4016", period, value, "", "age=15-29") for period, value in values.items()),
        table="13556", fetched_at=NOW,
    )  # fmt: skip


@pytest.fixture
def measured(drangedal: Town) -> Benefit:
    """A benefit whose measure is published from 2023 to 2025, with effects from 2025."""
    factories.make_edition(
        *(
            Figure("neet_share", "4016", str(year), value, "", "age=15-29")
            for year, value in ((2022, 10.5), (2023, 10.0), (2024, 9.5), (2025, 9.0))
        ),
        table="13556", fetched_at=NOW,
    )  # fmt: skip
    return make_benefit(
        make_initiative(municipality=drangedal.municipality), better="lower", indicator="neet_share",
        indicator_part="age=15-29", effects_from=date(2024, 7, 1), unit="prosent",
    )  # fmt: skip


def test_published_values_are_offered_and_taken_with_one_press(drangedal: Town, measured: Benefit) -> None:
    client = drangedal.client("leader")
    at = reverse("benefits:work_benefit", args=[measured.pk])
    context = client.get(at).context
    assert [one.period for one in context["baselines"]] == ["2023", "2022"]
    assert context["values"] == ()
    client.post(reverse("benefits:take_baseline", args=[measured.pk]), {"period": "2023"})
    base = Baseline.objects.get()
    edition = Edition.objects.get()
    assert (base.measured_on, base.value, base.standing, base.period, base.edition) == (
        date(2023, 12, 31), 10, "official", "2023", edition,
    )  # fmt: skip
    assert base.source == "Source: SSB, table 13556, fetched 1 July 2026"
    context = client.get(at).context
    assert [(one.period, one.on) for one in context["values"]] == [
        ("2024", date(2024, 12, 31)), ("2025", date(2025, 12, 31)),
    ]  # fmt: skip
    client.post(reverse("benefits:take_measurement", args=[measured.pk]), {"period": "2024"})
    taken = Measurement.objects.get()
    assert (taken.value, taken.state, taken.standing, taken.edition, taken.written_by) == (
        Decimal("9.5"), "draft", "official", edition, drangedal.leader,
    )  # fmt: skip
    public = words_of(drangedal.client("anonymous").get(reverse("benefits:benefit", args=[measured.pk])))
    assert "Official figures" in public
    assert "https://example.org/tabell" in public


def test_a_published_period_that_ends_after_the_start_is_no_baseline(drangedal: Town, measured: Benefit) -> None:
    assert code_of(actions.take_baseline, measured, period="2024", by=drangedal.leader) == "baseline_after_start"
    with pytest.raises(NotFound):
        actions.take_baseline(measured, period="1999", by=drangedal.leader)


def test_a_taken_figure_that_is_changed_by_hand_is_ones_own(drangedal: Town, measured: Benefit) -> None:
    actions.take_baseline(measured, period="2023", by=drangedal.leader)
    taken = actions.take_measurement(measured, period="2024", by=drangedal.leader)
    said = {"measured_on": taken.measured_on, "source": taken.source, "by": drangedal.leader}
    kept = actions.change_measurement(taken, value=taken.value, cause="Sen oppstart.", **said)
    assert (kept.standing, kept.period, kept.cause) == ("official", "2024", "Sen oppstart.")
    own = actions.change_measurement(taken, value=Decimal(9), **said)
    assert (own.standing, own.period, own.edition) == ("ours", "", None)


def test_a_figure_that_its_publisher_changed_is_offered_as_a_correction(drangedal: Town, measured: Benefit) -> None:
    actions.take_baseline(measured, period="2023", by=drangedal.leader)
    taken = actions.take_measurement(measured, period="2024", by=drangedal.facilitator)
    actions.approve_measurement(taken, by=drangedal.leader)
    actions.lock_measurement(taken, by=drangedal.leader)
    with clock.showing(datetime(2026, 8, 1, 12, tzinfo=UTC)):
        factories.make_edition(Figure("neet_share", "4016", "2024", 9.7, "", "age=15-29"), table="13556")
        client = drangedal.client("leader")
        page = words_of(client.get(reverse("benefits:work_benefit", args=[measured.pk])))
        assert "The publisher has changed the figure of 2024 to 9.7" in page
        client.post(reverse("benefits:take_correction", args=[taken.pk]))
    fixed = Measurement.objects.get(corrects=taken)
    assert (fixed.value, fixed.standing, fixed.measured_on) == (Decimal("9.7"), "official", date(2024, 12, 31))
    taken.refresh_from_db()
    assert taken.value == Decimal("9.5")


def test_a_deleted_edition_leaves_the_number_its_source_and_standing(drangedal: Town, measured: Benefit) -> None:
    actions.take_baseline(measured, period="2023", by=drangedal.leader)
    Edition.objects.all().delete()
    base = Baseline.objects.get()
    assert (base.edition, base.standing, base.value, "13556" in base.source) == (None, "official", 10, True)


# --- In a browser ---


def test_from_draft_to_locked_in_a_browser(town: Town, benefit: Benefit) -> None:
    writer, leader = town.client("partner"), town.client("leader")
    at = reverse("benefits:work_benefit", args=[benefit.pk])
    data = {"value": "150", "measured_on": "2026-06-30", "source": "Telling uke 26", "cause": ""}
    assert writer.post(reverse("benefits:new_measurement", args=[benefit.pk]), data)["Location"] == at
    made = Measurement.objects.get()
    assert "Telling uke 26" in words_of(writer.get(reverse("benefits:change_measurement", args=[made.pk])))
    writer.post(reverse("benefits:change_measurement", args=[made.pk]), data | {"value": "155"})
    assert "155" in words_of(leader.get(reverse("benefits:approve_measurement", args=[made.pk])))
    leader.post(reverse("benefits:approve_measurement", args=[made.pk]), {})
    leader.post(reverse("benefits:send_back_measurement", args=[made.pk]))
    leader.post(reverse("benefits:approve_measurement", args=[made.pk]), {})
    leader.post(reverse("benefits:lock_measurement", args=[made.pk]))
    page = words_of(leader.get(reverse("benefits:approve_measurement", args=[made.pk])))
    assert "This measurement is approved already." in page
    page = words_of(leader.get(at))
    assert "Locked by leader" in page
    correction = {"value": "156", "source": "Telling uke 27", "correction": "", "cause": ""}
    where = reverse("benefits:correct_measurement", args=[made.pk])
    assert "This field is required." in words_of(writer.post(where, correction))
    writer.post(where, correction | {"correction": "En dag var glemt."})
    assert "En dag var glemt." in words_of(leader.get(at))
    draft = Measurement.objects.get(state="draft")
    leader.post(reverse("benefits:delete_measurement", args=[draft.pk]))
    assert list(Measurement.objects.values_list("value", "state")) == [(Decimal(155), "locked")]


def test_what_the_rules_refuse_stands_beside_its_field_and_nothing_is_lost(town: Town, benefit: Benefit) -> None:
    data = {"value": "-3", "measured_on": "2026-06-30", "source": "En lang kilde", "cause": "En lang grunn"}
    page = words_of(town.client("leader").post(reverse("benefits:new_measurement", args=[benefit.pk]), data))
    assert "\N{MINUS SIGN}3 is below zero" in page
    assert "En lang kilde" in page
    assert "En lang grunn" in page
    assert not Measurement.objects.exists()
