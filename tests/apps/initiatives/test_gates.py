"""Gates: what is decided between two stages, why and by whom; kept as it was, with what was missing."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import factories
from tests.apps.viewers import Town, words_of
from tests.factories.initiatives import make_gate, make_initiative

from samskap.apps.challenges.models import Challenge
from samskap.apps.initiatives import actions, queries, rules
from samskap.apps.initiatives.labels import STAGES
from samskap.apps.initiatives.labels.initiatives import DECISIONS, EXPECTATIONS
from samskap.apps.initiatives.labels.news import NEWS
from samskap.apps.initiatives.models import Gate, Initiative, News
from samskap.apps.initiatives.queries.initiatives import SECTION_OF
from samskap.apps.trail.labels import SENTENCES
from samskap.apps.trail.models import Entry
from samskap.kernel.acting import SYSTEM_DEMO
from samskap.kernel.errors import NotAllowed, RuleError

ALL_STAGES = (*rules.STAGES, rules.STOPPED)
KEYS = sorted({key for keys in rules.EXPECTED.values() for key in keys})


@pytest.fixture
def initiative(town: Town) -> Initiative:
    return make_initiative(municipality=town.municipality, title="Følgevenn", owner=town.leader)


def in_days(days: int) -> date:
    return queries.today() + timedelta(days=days)


def decided(one: Initiative, to_stage: str, *, by: Any, **fields: Any) -> Gate:
    given_fields = {
        "reason": "Fordi det trengs.", "decided_by": "Kommunestyret, sak 24/12", "decided_on": queries.today(),
        "next_step": "Spør de frivillige", "next_date": in_days(20),
    } | fields  # fmt: skip
    return actions.decide_gate(one, to_stage=to_stage, by=by, **given_fields)


# --- The rules ---


@pytest.mark.parametrize(
    ("from_stage", "to_stage", "decision"),
    [
        ("idea", "explored", "go_on"), ("idea", "in_operation", "go_on"), ("pilot", "planned", "back"),
        ("pilot", "pilot", "wait"), ("pilot", "stopped", "stop"), ("stopped", "explored", "resume"),
    ],
)  # fmt: skip
def test_what_a_gate_decides(from_stage: str, to_stage: str, decision: str) -> None:
    assert rules.decision(from_stage, to_stage) == decision


def test_every_way_between_stages_has_words_news_and_a_sentence_of_the_trail() -> None:
    for from_stage, to_stage in itertools.product(ALL_STAGES, ALL_STAGES):
        if to_stage not in rules.targets(from_stage):
            continue
        decision = rules.decision(from_stage, to_stage)
        assert decision in DECISIONS
        assert f"gate_{decision}" in NEWS
        assert f"initiatives.gate_{decision}" in SENTENCES
    assert set(ALL_STAGES) == set(STAGES)
    assert set(KEYS) <= set(EXPECTATIONS)
    assert set(EXPECTATIONS) <= set(SECTION_OF)


def test_the_next_stage_is_the_one_after_and_what_was_stopped_begins_again() -> None:
    assert [rules.next_stage(stage) for stage in ALL_STAGES] == [
        "explored", "planned", "pilot", "in_operation", "in_operation", "idea",
    ]  # fmt: skip


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(rules.STAGES), st.sampled_from(rules.STAGES), st.sets(st.sampled_from(KEYS)))
def test_what_is_missing_is_what_is_expected_up_to_there_and_not_present(
    from_stage: str, to_stage: str, present: set[str]
) -> None:
    missing = rules.missing_for(from_stage, to_stage, present=present)
    forward = rules.STAGES.index(to_stage) > rules.STAGES.index(from_stage)
    plain = [
        key
        for stage in rules.STAGES
        if forward and rules.STAGES.index(stage) <= rules.STAGES.index(to_stage)
        for key in rules.EXPECTED[stage]
        if key not in present
    ]
    assert list(missing) == plain


# --- The action ---


def test_a_decision_moves_the_initiative_and_is_kept_with_what_was_missing(town: Town, initiative: Initiative) -> None:
    gate = decided(initiative, "explored", by=town.facilitator)
    initiative.refresh_from_db()
    assert (initiative.stage, initiative.next_step, initiative.next_date) == (
        "explored", "Spør de frivillige", in_days(20),
    )  # fmt: skip
    assert (gate.from_stage, gate.to_stage, gate.recorded_by, gate.missing) == (
        "idea", "explored", town.facilitator, ["problem", "measures", "challenge"],
    )  # fmt: skip
    entry = Entry.objects.get(verb="initiatives.gate_go_on")
    assert (entry.is_public, entry.data) == (
        True, {"from": "idea", "to": "explored", "missing": ["problem", "measures", "challenge"]},
    )  # fmt: skip
    news = News.objects.get()
    assert (news.kind, news.initiative, news.data) == ("gate_go_on", initiative, {"reason": "Fordi det trengs."})


def test_a_decision_about_a_draft_is_told_to_nobody(town: Town) -> None:
    draft = make_initiative(municipality=town.municipality, published=False)
    decided(draft, "explored", by=town.leader)
    assert not News.objects.exists()
    assert not Entry.objects.filter(is_public=True).exists()


def test_only_those_in_charge_decide_not_the_owner(town: Town, initiative: Initiative) -> None:
    Initiative.objects.filter(pk=initiative.pk).update(owner=town.partner)
    for kind in ("stranger", "elsewhere", "partner"):
        with pytest.raises(NotAllowed):
            decided(initiative, "explored", by=town.people[kind])
    decided(initiative, "explored", by=SYSTEM_DEMO)


@pytest.mark.parametrize(
    ("to_stage", "fields", "code"),
    [
        ("explored", {"reason": "  "}, "gate_without_reason"),
        ("explored", {"decided_by": ""}, "gate_without_reason"),
        ("explored", {"decided_on": "tomorrow"}, "gate_in_future"),
        ("explored", {"next_step": " "}, "no_next_step"),
        ("explored", {"next_date": None}, "no_next_step"),
        ("explored", {"next_date": "yesterday"}, "next_date_passed"),
        ("pilot", {"decided_on": "yesterday"}, "gate_before_last"),
        ("stopped", {"learned": " "}, "stopped_without_learning"),
        ("nowhere", {}, "stage_unreachable"),
    ],
)
def test_what_cannot_be_a_decision_is_refused_and_changes_nothing(
    town: Town, initiative: Initiative, to_stage: str, fields: dict[str, Any], code: str
) -> None:
    make_gate(initiative, to_stage="idea")
    days = {"tomorrow": in_days(1), "yesterday": in_days(-1)}
    before = Initiative.objects.values().get()
    with pytest.raises(RuleError) as refused:
        decided(initiative, to_stage, by=town.leader, **{key: days.get(value, value) for key, value in fields.items()})
    assert refused.value.code == code
    assert Initiative.objects.values().get() == before
    assert Gate.objects.count() == 1


def test_stopping_needs_no_next_step_and_says_why_and_what_was_learned(town: Town, initiative: Initiative) -> None:
    decided(initiative, "stopped", by=town.leader, learned="Spør før du bygger.", next_step="", next_date=None)
    initiative.refresh_from_db()
    assert (initiative.stage, initiative.stopped_reason, initiative.learned) == (
        "stopped", "Fordi det trengs.", "Spør før du bygger.",
    )  # fmt: skip
    page = words_of(town.client("anonymous").get(reverse("initiatives:initiative", args=[initiative.pk])))
    assert "Why it was stopped" in page
    assert "Spør før du bygger." in page
    assert "What comes next" not in page


def test_a_stopped_one_is_taken_up_again_by_a_decision_and_keeps_what_was_learned(
    town: Town, initiative: Initiative
) -> None:
    decided(initiative, "stopped", by=town.leader, learned="Spør før du bygger.")
    with pytest.raises(RuleError) as refused:
        decided(initiative, "stopped", by=town.leader, learned="x")
    assert refused.value.code == "stage_unreachable"
    gate = decided(initiative, "explored", by=town.leader)
    initiative.refresh_from_db()
    assert rules.decision(gate.from_stage, gate.to_stage) == "resume"
    assert (initiative.stage, initiative.stopped_reason, initiative.learned) == (
        "explored", "", "Spør før du bygger.",
    )  # fmt: skip


def test_a_wrong_decision_is_corrected_by_a_new_one_and_both_stay(town: Town, initiative: Initiative) -> None:
    decided(initiative, "pilot", by=town.leader, reason="Feil tastet.")
    decided(initiative, "explored", by=town.leader, reason="Skulle vært utforsket.")
    initiative.refresh_from_db()
    assert initiative.stage == "explored"
    assert [(one.from_stage, one.to_stage) for one in initiative.gates.all()] == [
        ("idea", "pilot"), ("pilot", "explored"),
    ]  # fmt: skip
    page = words_of(town.client("anonymous").get(reverse("initiatives:initiative", args=[initiative.pk])))
    assert "Feil tastet." in page
    assert "Skulle vært utforsket." in page


def test_nothing_changes_a_gate() -> None:
    """No action, page or form takes a gate that is there."""
    names = [name for name in (*actions.__all__, *queries.__all__) if "gate" in name]
    assert sorted(names) == ["decide_gate", "gate_initial", "missing_for_gate"]


def test_translations_of_a_step_that_is_past_go_with_it(town: Town) -> None:
    one = make_initiative(
        municipality=town.municipality, next_step="Gammelt", learned="Samme",
        translations={"en": {"title": "T", "next_step": "Old", "learned": "Same"}, "nn": {"next_step": "Gamalt"}},
    )  # fmt: skip
    decided(one, "explored", by=town.leader)
    one.refresh_from_db()
    assert one.translations == {"en": {"title": "T", "learned": "Same"}}


# --- The page ---


def sent(**fields: Any) -> dict[str, Any]:
    return {
        "to_stage": "explored", "reason": "Vi vil vite mer.", "decided_by": "Ledergruppa",
        "decided_on": queries.today().isoformat(), "next_step": "Spør", "next_date": in_days(9).isoformat(),
    } | fields  # fmt: skip


def test_what_is_missing_is_told_before_and_to_go_on_is_a_choice_of_its_own(town: Town, initiative: Initiative) -> None:
    where, client = reverse("initiatives:decide_gate", args=[initiative.pk]), town.client("facilitator")
    page = client.post(where, sent()).content.decode()
    assert "This is not in place yet" in page
    assert "Which challenge does it answer?" in page
    assert 'name="confirmed" value="explored"' in page
    assert not Gate.objects.exists()
    client.post(where, sent(confirmed="pilot"))
    assert not Gate.objects.exists()
    client.post(where, sent(confirmed="explored"))
    gate = Gate.objects.get()
    assert gate.missing == ["problem", "measures", "challenge"]
    shown = words_of(town.client("anonymous").get(reverse("initiatives:initiative", args=[initiative.pk])))
    assert "3 things were not in place" in shown


def test_a_stage_with_everything_in_place_needs_no_second_press(town: Town) -> None:
    one = make_initiative(municipality=town.municipality, problem="P", measures="M")
    one.challenges.add(Challenge.objects.create(municipality=town.municipality, title="x", text="x"))
    answer = town.client("leader").post(reverse("initiatives:decide_gate", args=[one.pk]), sent())
    assert answer.headers["Location"] == reverse("initiatives:work_initiative", args=[one.pk])
    assert Gate.objects.get().missing == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"reason": ""}, "This field is required."),
        ({"decided_by": ""}, "This field is required."),
        ({"decided_on": "2999-01-01"}, "This date is still to come."),
        ({"next_step": ""}, "Write what is done next."),
        ({"next_date": ""}, "Choose by when."),
        ({"next_date": "2020-01-01"}, "Choose today or a later day."),
        ({"to_stage": "nowhere"}, "Select a valid choice."),
        ({"to_stage": "stopped"}, "Say what was learned. A sentence is enough."),
    ],
)
def test_a_form_with_a_mistake_says_so_beside_the_field(
    town: Town, initiative: Initiative, change: dict[str, str], told: str
) -> None:
    where = reverse("initiatives:decide_gate", args=[initiative.pk])
    page = town.client("leader").post(where, sent(confirmed="explored") | change).content.decode()
    assert told in page
    assert not Gate.objects.exists()


def test_a_decision_before_the_last_one_is_refused_on_the_page(town: Town, initiative: Initiative) -> None:
    make_gate(initiative)
    where = reverse("initiatives:decide_gate", args=[initiative.pk])
    page = town.client("leader").post(where, sent(decided_on="2020-01-01", to_stage="idea")).content.decode()
    assert "Something was decided later than that" in page


def test_the_operating_budget_is_a_cost_in_a_year_to_come(town: Town) -> None:
    this_year = queries.today().year
    one = make_initiative(municipality=town.municipality, costs={this_year: 100})
    assert "operating_budget" in rules.missing_for("pilot", "in_operation", present=_present(one))
    actions.add_part(one, "costs", by=town.leader, year=this_year + 1, text="Drift", amount_nok=5, payer=None)
    assert "operating_budget" not in rules.missing_for("pilot", "in_operation", present=_present(one))


def _present(one: Initiative) -> frozenset[str]:
    return queries.desk_context(one, viewer=None)["basis"].present


def test_the_reminder_follows_the_date_that_a_decision_sets(town: Town, initiative: Initiative) -> None:
    from django_tasks_db.models import DBTaskResult

    DBTaskResult.objects.all().delete()
    decided(initiative, "explored", by=town.leader, site="https://samskap.example")
    jobs = [row.args_kwargs["args"] for row in DBTaskResult.objects.all()]
    assert ["initiatives.remind", {"initiative_id": initiative.pk, "site": "https://samskap.example"}] in jobs


def test_an_organisation_that_is_deleted_leaves_the_story(town: Town) -> None:
    body = factories.make_organisation(municipality=town.municipality)
    one = make_initiative(municipality=town.municipality, owner_organisation=body)
    body.delete()
    one.refresh_from_db()
    assert one.owner_organisation is None
    assert town.client("anonymous").get(reverse("initiatives:initiative", args=[one.pk])).status_code == 200


def test_a_decision_may_be_told_in_more_languages(town: Town, initiative: Initiative) -> None:
    initiative.translations = {"en": {"title": "A companion", "next_step": "An old step"}}
    initiative.save(update_fields=["translations"])
    told = {"en": {"reason": "It is needed.", "next_step": "Ask the volunteers"}}
    gate = decided(initiative, "explored", by=town.leader, translations=told)
    initiative.refresh_from_db()
    assert gate.translations == {"en": {"reason": "It is needed."}}
    assert initiative.translations == {"en": {"title": "A companion", "next_step": "Ask the volunteers"}}
    initiative.published_at = initiative.created_at
    initiative.save(update_fields=["published_at"])
    page = words_of(town.client("anonymous").get(reverse("initiatives:initiative", args=[initiative.pk])))
    assert "It is needed." in page
    told = {"en": {"reason": "It costs too much.", "learned": "Begin small."}}
    decided(initiative, "stopped", by=town.leader, learned="Begynn i det små.", translations=told)
    initiative.refresh_from_db()
    assert initiative.translations["en"] == {
        "title": "A companion", "next_step": "Ask the volunteers",
        "stopped_reason": "It costs too much.", "learned": "Begin small.",
    }  # fmt: skip
