"""Benefits themselves: written, changed, ended, taken up again and deleted, by whom and when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from tests import factories
from tests.apps.viewers import Town, words_of
from tests.factories.benefits import make_baseline, make_benefit, make_measurement, make_target
from tests.factories.initiatives import make_initiative

from samskap.apps.benefits import actions, queries
from samskap.apps.benefits.models import Benefit
from samskap.apps.initiatives.models import Initiative
from samskap.apps.trail.models import Entry
from samskap.kernel import clock
from samskap.kernel.acting import SYSTEM_DEMO
from samskap.kernel.errors import NotAllowed, RuleError
from samskap.sources.values import Figure

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_july() -> Iterator[None]:
    with clock.showing(NOW):
        yield


@pytest.fixture
def initiative(town: Town) -> Initiative:
    return make_initiative(municipality=town.municipality, starts_on=date(2026, 1, 1))


def fields(initiative: Initiative, **more: Any) -> dict[str, Any]:
    body = more.pop("body", None) or factories.make_organisation(municipality=initiative.municipality)
    return {
        "title": "Færre avlyste besøk", "kind": "quality", "gainer": "Eldre",
        "measure": "Avlyste besøk", "unit": "besøk",
        "owner_role": "Leder for hjemmetjenesten", "owner_organisation": body, "better": "lower",
        "effects_from": date(2026, 2, 1),
    } | more  # fmt: skip


def typed(initiative: Initiative, **more: Any) -> dict[str, Any]:
    body = factories.make_organisation(municipality=initiative.municipality)
    return {
        "title_nb": "Færre avlyste besøk", "kind": "quality", "certainty": "hoped", "gainer_nb": "Eldre",
        "gainer_sector": "people", "owner_role_nb": "Leder", "owner_organisation": body.pk,
        "measure_nb": "Avlyste besøk", "unit_nb": "besøk", "better": "lower", "effects_from": "2026-02-01",
    } | more  # fmt: skip


# --- Who ---


@pytest.mark.parametrize(
    "act",
    [
        lambda b, by: actions.create_benefit(b.initiative, by=by, **fields(b.initiative)),
        lambda b, by: actions.update_benefit(b, by=by, title="Nytt"),
        lambda b, by: actions.end_benefit(b, by=by, reason="Vi målte feil."),
        lambda b, by: actions.reopen_benefit(b, by=by),
        lambda b, by: actions.add_target(b, by=by, due_on=date(2027, 1, 1), value=5),
        lambda b, by: actions.delete_benefit(b, by=by),
    ],
)
def test_only_those_who_may_change_the_initiative_change_its_benefits(
    town: Town, initiative: Initiative, act: Any
) -> None:
    benefit = make_benefit(initiative, owner=town.partner)
    for kind in ("stranger", "elsewhere", "partner"):
        with pytest.raises(NotAllowed):
            act(benefit, town.people[kind])


# --- Written ---


def test_a_benefit_is_written_and_told(town: Town, initiative: Initiative) -> None:
    first = actions.create_benefit(initiative, by=town.leader, **fields(initiative))
    second = actions.create_benefit(initiative, by=SYSTEM_DEMO, **fields(initiative, title="Nummer to"))
    assert [(one.title, one.standing) for one in queries.benefits_of(initiative, None)] == [
        ("Færre avlyste besøk", "waiting_for_baseline"), ("Nummer to", "waiting_for_baseline"),
    ]  # fmt: skip
    told = Entry.objects.filter(verb="benefits.benefit_added", is_public=True).order_by("pk")
    assert [(one.actor, one.subject_id) for one in told] == [
        (town.leader.acting_as, str(first.pk)), ("system:demo", str(second.pk)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "unit", "shown"),
    [
        ("saved_money", "", "kroner a year"),
        ("avoided_cost", "NOK", "kroner a year"),
        ("freed_time", "timer", "hours a year"),
        ("quality", "dager", "dager"),
    ],
)
def test_money_and_time_have_their_units(initiative: Initiative, kind: str, unit: str, shown: str) -> None:
    actions.create_benefit(initiative, by=SYSTEM_DEMO, **fields(initiative, kind=kind, unit=unit))
    (found,) = queries.benefits_of(initiative, None)
    with translation.override("nb"):
        stored = translation.gettext(shown)
    assert (Benefit.objects.get().unit, found.unit) == (stored, shown)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"unit": ""}, "target_without_unit"),
        ({"kind": "freed_time", "unit": "årsverk"}, "not_in_hours_a_year"),
        ({"effects_from": date(2025, 12, 31)}, "effects_before_initiative"),
        ({"indicator": "unknown"}, "indicator_unknown"),
        ({"effects_from": date(26, 1, 1)}, "start_too_early"),
        ({"effects_from": date(2151, 1, 1)}, "start_too_late"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(initiative: Initiative, more: dict[str, Any], code: str) -> None:
    with pytest.raises(RuleError) as refused:
        actions.create_benefit(initiative, by=SYSTEM_DEMO, **fields(initiative, **more))
    assert refused.value.code == code
    assert refused.value.cure
    assert not Benefit.objects.exists()


def test_who_answers_for_it_leads_in_that_organisation_or_in_the_municipality(
    town: Town, initiative: Initiative
) -> None:
    own = town.partner.mandates.get().organisation
    found = {}
    for name, person, body in (
        ("own", town.partner, own), ("other", town.partner, None), ("leader", town.leader, None),
        ("stranger", town.stranger, None), ("foreign", None, factories.make_organisation()),
    ):  # fmt: skip
        try:
            actions.create_benefit(initiative, by=SYSTEM_DEMO, **fields(initiative, owner=person, body=body))
        except RuleError as error:
            found[name] = error.code
        else:
            found[name] = ""
    assert found == {
        "own": "", "other": "owner_of_another", "leader": "", "stranger": "owner_elsewhere",
        "foreign": "owner_organisation_foreign",
    }  # fmt: skip


def test_published_figures_can_be_the_measure_and_name_it(drangedal: Town) -> None:
    initiative = make_initiative(municipality=drangedal.municipality)
    factories.make_edition(Figure("neet_share", "4016", "2024", 9.5, "", "age=15-29"))
    made = actions.create_benefit(
        initiative, by=SYSTEM_DEMO,
        **fields(initiative, measure="", unit="", indicator="neet_share", indicator_part="age=15-29"),
    )  # fmt: skip
    assert made.language == "nb"  # whoever writes it, and in whatever language
    assert made.measure.startswith("Unge utenfor arbeid, utdanning og arbeidsmarkedstiltak, ")
    assert made.unit == "prosent"
    with pytest.raises(RuleError) as refused:
        actions.update_benefit(made, by=SYSTEM_DEMO, kind="saved_money", unit="")
    assert refused.value.code == "indicator_other_unit"


# --- Changed ---


def test_what_is_counted_stays_once_a_measurement_is_approved(town: Town, initiative: Initiative) -> None:
    benefit = make_benefit(initiative, baseline=100)
    actions.update_benefit(benefit, by=town.leader, unit="dager", title="Nytt navn")
    make_measurement(benefit, state="approved")
    actions.update_benefit(benefit, by=town.leader, title="Enda et navn", owner_role="Rektor")
    with pytest.raises(RuleError) as refused:
        actions.update_benefit(benefit, by=town.leader, unit="timer")
    assert refused.value.code == "benefit_measured"
    benefit.refresh_from_db()
    assert (benefit.title, benefit.unit, benefit.owner_role) == ("Enda et navn", "dager", "Rektor")


@pytest.mark.parametrize(
    ("effects_from", "code"),
    [(date(2026, 1, 2), ""), (date(2026, 1, 1), "start_before_baseline"), (date(2026, 12, 31), "start_after_target")],
)
def test_the_start_stays_between_the_baseline_and_the_first_target(
    initiative: Initiative, effects_from: date, code: str
) -> None:
    benefit = make_benefit(initiative, effects_from=date(2026, 2, 1))
    make_baseline(benefit, measured_on=date(2026, 1, 1))
    make_target(benefit)
    found = ""
    try:
        actions.update_benefit(benefit, by=SYSTEM_DEMO, effects_from=effects_from)
    except RuleError as error:
        found = error.code
    assert found == code


def test_the_direction_is_not_turned_against_the_targets(town: Town, initiative: Initiative) -> None:
    benefit = make_benefit(initiative, baseline=100, targets={date(2026, 12, 31): 120})
    with pytest.raises(RuleError) as refused:
        actions.update_benefit(benefit, by=town.leader, better="lower")
    assert refused.value.code == "target_worse_lower"
    actions.update_benefit(benefit, by=town.leader, better="lower", is_harm=True)


def test_ending_needs_a_reason_and_can_be_taken_back(town: Town, initiative: Initiative) -> None:
    benefit = make_benefit(initiative, baseline=100, targets={date(2026, 12, 31): 120})
    actions.end_benefit(benefit, reason="Vi sluttet å telle.", by=town.leader)
    (read,) = queries.benefits_of(initiative, None)
    assert (read.standing, read.ended_reason, read.due) == ("not_realised", "Vi sluttet å telle.", None)
    with pytest.raises(RuleError, match="This benefit was ended on 1 July 2026"):
        actions.end_benefit(benefit, reason="Igjen", by=town.leader)
    actions.reopen_benefit(benefit, by=town.leader)
    (read,) = queries.benefits_of(initiative, None)
    assert (read.standing, read.ended_reason, read.ended_on) == ("not_measured", "", None)


def test_what_is_approved_is_ended_and_not_deleted(town: Town, initiative: Initiative) -> None:
    kept = make_benefit(initiative, baseline=100, measured={date(2026, 6, 30): 110})
    with pytest.raises(RuleError) as refused:
        actions.delete_benefit(kept, by=town.leader)
    assert refused.value.code == "benefit_kept"
    gone = make_benefit(initiative, baseline=100)
    wrong = make_measurement(gone, state="draft")
    actions.delete_benefit(gone, by=town.leader)
    assert list(Benefit.objects.all()) == [kept]
    assert not type(wrong).objects.filter(pk=wrong.pk).exists()


def test_an_initiative_goes_with_its_benefits_and_their_corrections(initiative: Initiative) -> None:
    wrong = make_measurement(make_benefit(initiative, baseline=1), 5)
    make_measurement(wrong.benefit, 6, corrects=wrong)
    initiative.municipality.delete()
    assert not Benefit.objects.exists()


# --- In a browser ---


def test_the_form_writes_a_benefit_in_two_languages(town: Town, initiative: Initiative) -> None:
    data = typed(initiative, title_en="Fewer cancelled visits", is_harm="on", owner=town.partner.pk)
    data["owner_organisation"] = town.partner.mandates.get().organisation_id
    page = town.client("leader").post(reverse("benefits:new_benefit", args=[initiative.pk]), data)
    made = Benefit.objects.get()
    assert page["Location"] == reverse("benefits:work_benefit", args=[made.pk])
    found = (made.title, made.translations, made.is_harm, made.is_planned, made.owner, made.effects_from, made.better)
    assert found == (
        "Færre avlyste besøk", {"en": {"title": "Fewer cancelled visits"}}, True, True, town.partner, date(2026, 2, 1),
        "lower",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"unit_nb": ""}, "A target without a unit says nothing."),
        ({"effects_from": "2025-01-01"}, "it can have no effect before that day"),
        ({"kind": "freed_time", "unit_nb": "årsverk"}, "Freed time is counted in hours a year, not in “årsverk”."),
        ({"owner_role_nb": ""}, "This field is required."),
        ({"owner_organisation": ""}, "This field is required."),
        ({"measure_nb": ""}, "Write what is counted."),
    ],
)
def test_a_form_that_fails_says_why_and_loses_nothing(
    town: Town, initiative: Initiative, more: dict[str, Any], said: str
) -> None:
    data = typed(initiative, text_nb="En lang tekst som ingen vil skrive om igjen.") | more
    page = words_of(town.client("leader").post(reverse("benefits:new_benefit", args=[initiative.pk]), data))
    assert said in page
    assert "En lang tekst som ingen vil skrive om igjen." in page
    assert not Benefit.objects.exists()


def test_a_benefit_is_changed_ended_and_taken_up_again_in_a_browser(town: Town, initiative: Initiative) -> None:
    benefit = make_benefit(initiative)
    client, at = town.client("leader"), reverse("benefits:work_benefit", args=[benefit.pk])
    page = client.get(reverse("benefits:change_benefit", args=[benefit.pk]))
    assert f'value="{benefit.title}"' in page.content.decode()
    changed = typed(initiative, title_nb="Nytt navn", came_unplanned="on", effects_from="2026-03-01")
    assert client.post(reverse("benefits:change_benefit", args=[benefit.pk]), changed)["Location"] == at
    benefit.refresh_from_db()
    assert (benefit.title, benefit.is_planned) == ("Nytt navn", False)
    assert "This field is required." in words_of(client.post(reverse("benefits:end_benefit", args=[benefit.pk]), {}))
    client.post(reverse("benefits:end_benefit", args=[benefit.pk]), {"reason": "Tiltaket ble stoppet."})
    assert "Tiltaket ble stoppet." in words_of(client.get(at))
    client.post(reverse("benefits:reopen_benefit", args=[benefit.pk]))
    client.post(reverse("benefits:delete_benefit", args=[benefit.pk]))
    assert not Benefit.objects.exists()


# --- Lists for other pages ---


def test_the_benefits_of_a_municipality_are_those_that_everybody_sees_or_all(town: Town) -> None:
    shown = make_initiative(municipality=town.municipality, title="A")
    one = make_benefit(shown, effects_from=date(2025, 1, 1))
    make_baseline(one, 100, measured_on=date(2024, 12, 31))
    make_target(one, 120, due_on=date(2025, 12, 31))
    make_measurement(one, 121, measured_on=date(2025, 12, 31))
    make_measurement(one, 90, measured_on=date(2026, 6, 30))
    make_benefit(shown, title="Senere", effects_from=date(2026, 1, 1))
    hidden = make_benefit(make_initiative(municipality=town.municipality, title="B", published=False))
    make_benefit(make_initiative(title="Et annet sted"))
    now = queries.benefits_in(town.municipality)
    assert [(read.title, read.standing) for read in now] == [
        (one.title, "not_realised"), ("Senere", "waiting_for_baseline"),
    ]  # fmt: skip
    assert [read.pk for read in queries.benefits_in(town.municipality, of="all")][-1] == hidden.pk


def test_what_was_expected_and_what_is_realised_stand_apart(initiative: Initiative) -> None:
    one = make_benefit(initiative, better="lower", baseline=200, targets={date(2026, 12, 31): 100})
    make_measurement(one, 190, cause="Sen oppstart.")
    (read,) = queries.benefits_of(initiative, None)
    assert (read.realised, read.promised, read.standing, read.cause) == (10, 100, "behind", "Sen oppstart.")
    assert read.latest is not None
    assert round(read.latest.gap or 0) == 39
