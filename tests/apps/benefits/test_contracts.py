"""Outcome contracts: who may, what is refused with numbers, versions of the plan, and the pages."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests import factories
from tests.apps.viewers import DESK, HIDDEN, KINDS, PUBLIC, Town, words_of
from tests.factories.benefits import make_benefit, make_measurement
from tests.factories.contracts import (
    make_contract,
    make_metric,
    make_party,
    make_payment,
    make_plan,
    make_result,
    party,
)
from tests.factories.initiatives import make_initiative

from samskap.apps.benefits import actions
from samskap.apps.benefits.models import Contract, ContractParty, Measurement, Metric, MetricResult, Payment
from samskap.apps.benefits.queries.contract_desk import takeable_measurements
from samskap.apps.benefits.queries.contract_files import indigo_contract
from samskap.apps.benefits.queries.contract_reading import read_contract
from samskap.apps.benefits.queries.contracts import contract_rows, contract_steps, contracts_of
from samskap.apps.benefits.rules import contracts as rules
from samskap.apps.benefits.rules.contract_files import file_faults
from samskap.apps.initiatives.models import Initiative
from samskap.apps.trail.models import Entry
from samskap.kernel.errors import NotAllowed, RuleError

JUNE, JULY = date(2026, 6, 30), date(2026, 7, 1)


@pytest.fixture
def initiative(town: Town) -> Initiative:
    return make_initiative(municipality=town.municipality, title="Følgevenn")


@pytest.fixture
def contract(initiative: Initiative) -> Contract:
    """A contract that is shown, with 12 of 30 reached and 400 000 kr paid of what that earns."""
    made = make_contract(initiative, is_shown=True, title="Flere i jobb")
    metric = make_metric(made, title="I jobb")
    make_result(metric, 12)
    make_payment(metric, 400_000)
    return made


def where(name: str, contract: Contract, *more: object) -> str:
    return reverse(f"benefits:{name}", args=[contract.pk, *more])


def bare(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def refused(code: str) -> Any:
    return pytest.raises(RuleError, check=lambda error: error.code == f"contract_{code}")


# --- Who may ---


def test_a_contract_that_is_shown_is_public_with_its_initiative(town: Town, contract: Contract) -> None:
    for page in ("contract", "contract_json", "ledger_csv"):
        assert town.statuses(where(page, contract)) == PUBLIC
    assert town.statuses(reverse("trail:history", args=["contract", contract.pk])) == PUBLIC
    for hidden in ({"is_shown": False}, {"is_shown": True, "published_at": None}):
        Contract.objects.filter(pk=contract.pk).update(is_shown=hidden["is_shown"])
        Initiative.objects.filter(pk=contract.initiative_id).update(
            published_at=hidden.get("published_at", contract.initiative.published_at)
        )
        for page in ("contract", "contract_json", "ledger_csv"):
            assert town.statuses(where(page, contract)) == HIDDEN


def test_the_comparison_of_plans_is_public_too(town: Town, contract: Contract) -> None:
    assert set(town.statuses(where("compare_plans", contract)).values()) == {404}
    make_plan(contract, version=1)
    make_plan(contract, version=2, reason="Færre ble med.")
    assert town.statuses(where("compare_plans", contract)) == PUBLIC


@pytest.mark.parametrize("page", ["work_contract", "edit_contract", "delete_contract", "make_plan", "drop_plan"])
def test_a_page_of_the_desk_is_for_those_in_charge(town: Town, contract: Contract, page: str) -> None:
    assert town.statuses(where(page, contract)) == DESK


@pytest.mark.parametrize("section", ["parties", "metrics", "results", "plan", "paid"])
def test_a_section_of_the_desk_is_for_those_in_charge(town: Town, contract: Contract, section: str) -> None:
    assert town.statuses(where("contract_part", contract, section)) == DESK


def test_the_parts_of_the_desk_are_for_those_in_charge(town: Town, contract: Contract) -> None:
    rows = {
        "parties": contract.parties.first(), "metrics": contract.metrics.first(),
        "results": MetricResult.objects.get(), "paid": Payment.objects.get(),
    }  # fmt: skip
    for section, row in rows.items():
        assert row is not None
        assert town.statuses(where("change_contract_part", contract, section, row.pk)) == DESK
        removed = town.statuses(where("remove_contract_part", contract, section, 999_999), method="post")
        assert set(removed.values()) == {302, 404}
    assert town.statuses(where("change_contract_part", contract, "plan", rows["paid"].pk))["leader"] == 404  # type: ignore[union-attr]
    assert town.statuses(where("contract_part", contract, "gifts"))["leader"] == 404


@pytest.mark.parametrize("page", ["contracts_at_work", "new_contract", "import_contract"])
def test_the_contracts_of_an_initiative_are_kept_by_those_in_charge(
    town: Town, initiative: Initiative, page: str
) -> None:
    assert town.statuses(reverse(f"benefits:{page}", args=[initiative.pk])) == DESK


def test_the_owner_of_an_initiative_does_not_keep_its_contracts(town: Town, contract: Contract) -> None:
    Initiative.objects.filter(pk=contract.initiative_id).update(owner=town.partner)
    assert town.client("partner").get(where("work_contract", contract)).status_code == 404
    with pytest.raises(NotAllowed):
        actions.hide_contract(contract, by=town.partner)


def test_what_is_a_draft_stands_on_no_public_page(town: Town, initiative: Initiative) -> None:
    make_contract(initiative, title="Hemmelig avtale")
    page = reverse("initiatives:initiative", args=[initiative.pk])
    document = reverse("benefits:contracts_json", args=[town.municipality.number])
    for kind in KINDS:
        for address in (page, document):
            assert "Hemmelig avtale" not in town.client(kind).get(address).content.decode()
    desk = town.client("leader").get(reverse("initiatives:work_initiative", args=[initiative.pk])).content.decode()
    assert "Hemmelig avtale" in desk


# --- Written by hand, step by step ---


def typed_contract(**change: str) -> dict[str, str]:
    return {
        "title_nb": "Flere i jobb",
        "text_nb": "Om unge.",
        "starts_on": "2026-01-01",
        "ends_on": "2028-12-31",
    } | change


def test_a_contract_is_written_from_beginning_to_end_without_script(town: Town, initiative: Initiative) -> None:
    client = town.client("facilitator")
    bodies = [
        factories.make_organisation(municipality=town.municipality, name=name)
        for name in ("Laget", "Fondet", "Instituttet")
    ]
    payer = factories.make_organisation(municipality=town.municipality, name="Kommunen")
    client.post(reverse("benefits:new_contract", args=[initiative.pk]), typed_contract(title_en="More in work"))
    contract = Contract.objects.get()
    part = {name: where("contract_part", contract, name) for name in ("parties", "metrics", "results", "plan", "paid")}
    for role, body in (("provider", bodies[0]), ("payer", payer), ("investor", bodies[1]), ("evaluator", bodies[2])):
        typed = {"role": role, "organisation": body.pk, "commitment_nok": "kr 500 000,-" if role == "investor" else ""}
        assert client.post(part["parties"], typed).status_code == 302
    metric = {
        "title_nb": "I jobb", "unit_nb": "personer", "validation_nb": "Før og etter", "source_nb": "A-ordningen",
        "target": "30", "price_nok": "40 000,50", "cap_nok": "1.000.000", "benefit": "",
    }  # fmt: skip
    assert client.post(part["metrics"], metric).status_code == 302
    row = Metric.objects.get()
    plan = {
        "metric": row.pk,
        "sender": payer.pk,
        "receiver": bodies[0].pk,
        "amount_nok": "500 000",
        "on": "2026-12-31",
        "note": "",
    }
    assert client.post(part["plan"], plan).status_code == 302
    result = {
        "metric": row.pk,
        "counted_on": "2026-06-30",
        "engaged": "25",
        "reached": "12,5",
        "validated_by": bodies[2].pk,
    }
    assert client.post(part["results"], result).status_code == 302
    invested = {
        "what": "investment",
        "sender": bodies[1].pk,
        "receiver": bodies[0].pk,
        "amount_nok": "300 000",
        "on": "2026-01-15",
    }
    assert client.post(part["paid"], invested).status_code == 302
    planned = Payment.objects.get(plan__isnull=False)
    form = client.get(f"{part['paid']}?planned={planned.pk}").context["form"]
    assert (form["amount_nok"].value(), form["what"].value()) == ("500000", str(row.pk))
    paid = plan | {"what": row.pk, "on": "2026-07-01"}
    assert client.post(part["paid"], paid).status_code == 302
    read = read_contract(contract_rows().get())
    assert (read.title, contract.key[:5]) == ("More in work", f"{town.municipality.number}-")
    assert [(one.role, one.name, one.commitment) for one in read.parties] == [
        ("payer", "Kommunen", None), ("investor", "Fondet", Decimal(500_000)), ("provider", "Laget", None),
        ("evaluator", "Instituttet", None),
    ]  # fmt: skip
    assert read.sums.earned == Decimal("500006.25")
    assert (read.sums.paid, read.sums.due, read.sums.invested) == (500_000, Decimal("6.25"), 300_000)
    assert [line.state for line in read.plans[0].lines] == ["paid"]
    client.post(where("show_contract", contract))
    assert (
        "Flere i jobb" in town.client("anonymous").get(where("contract", contract)).content.decode()
        or read.is_shown is False
    )
    verbs = list(Entry.objects.order_by("number").values_list("verb", flat=True))
    assert [one.removeprefix("benefits.") for one in verbs] == [
        "contract_created", *["contract_party_added"] * 4, "metric_added", "payment_planned", "result_added",
        "payment_made", "payment_made", "contract_shown",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"ends_on": "2026-01-01"}, "The contract ends on 1 January 2026, and starts on 1 January 2026."),
        ({"ends_on": "2025-12-31"}, "It must end after it starts."),
        ({"title_nb": " "}, "This field is required."),
        ({"starts_on": "soon"}, "Enter a valid date."),
    ],
)
def test_a_contract_with_a_mistake_is_not_begun(
    town: Town, initiative: Initiative, change: dict[str, str], told: str
) -> None:
    page = town.client("leader").post(reverse("benefits:new_contract", args=[initiative.pk]), typed_contract(**change))
    assert told in page.content.decode()
    assert not Contract.objects.exists()


def test_a_contract_starts_no_later_than_what_was_counted_in_it(town: Town, contract: Contract) -> None:
    client, address = town.client("leader"), where("edit_contract", contract)
    page = client.post(address, typed_contract(starts_on="2026-07-01"))
    assert "30 June 2026 is before the contract starts, on 1 July 2026." in page.content.decode()
    assert client.post(address, typed_contract(starts_on="2026-06-30")).status_code == 302
    contract.refresh_from_db()
    assert contract.starts_on == JUNE


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"price_nok": "-5"}, "NOK -5 is below nothing."),
        ({"price_nok": "0"}, "A unit must have a price above nothing."),
        ({"cap_nok": "39 999"}, "At most NOK 39,999 is paid, and one unit alone costs NOK 40,000."),
        ({"target": "0"}, "The target is 0."),
        ({"target": "-2"}, "The target is -2."),
        ({"price_nok": "1,234567"}, "Write kroner with at most two decimals."),
        ({"price_nok": "much"}, "Write kroner in figures, such as 120 000 or 99.50."),
        ({"unit_nb": ""}, "This field is required."),
    ],
)
def test_what_is_counted_and_cannot_be_is_told_with_numbers(
    town: Town, contract: Contract, change: dict[str, str], told: str
) -> None:
    typed = {
        "title_nb": "x", "unit_nb": "y", "validation_nb": "v", "source_nb": "s", "target": "30", "price_nok": "40 000",
        "cap_nok": "1 000 000", "benefit": "",
    } | change  # fmt: skip
    page = town.client("leader").post(where("contract_part", contract, "metrics"), typed)
    assert told in bare(page.content.decode())
    assert Metric.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"reached": "11"}, "12 had been counted by 30 June 2026, and 11 by 1 August 2026."),
        ({"engaged": "24"}, "25 had been counted by 30 June 2026, and 24 by 1 August 2026."),
        ({"counted_on": "2026-06-30"}, "There is a result of 30 June 2026 already."),
        ({"counted_on": "2025-12-31"}, "31 December 2025 is before the contract starts, on 1 January 2026."),
        ({"counted_on": "2099-01-01"}, "1 January 2099 is still to come."),
        ({"reached": "-3", "counted_on": "2026-02-01"}, "says -3 reached"),
        ({"engaged": "-3"}, "greater than or equal to 0"),
        (
            {"counted_on": "2026-02-01", "engaged": "4", "reached": "1"},
            "Fewer than five had taken part by 1 February 2026.",
        ),
    ],
)
def test_a_result_that_cannot_be_is_told_with_numbers(
    town: Town, contract: Contract, change: dict[str, str], told: str
) -> None:
    metric = contract.metrics.get()
    typed = {"metric": str(metric.pk), "counted_on": "2026-08-01", "engaged": "25", "reached": "13"} | change
    page = town.client("leader").post(where("contract_part", contract, "results"), typed)
    assert told in page.content.decode()
    assert MetricResult.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            {"amount_nok": "80 000,01"},
            "By 1 August 2026 NOK 480,000.01 would be paid, and NOK 480,000 was earned: NOK 0.01 too much.",
        ),
        ({"amount_nok": "-5"}, "NOK -5 is not above nothing."),
        ({"amount_nok": "0"}, "NOK 0 is not above nothing."),
        ({"receiver": "payer"}, "payer cannot pay itself."),
        ({"sender": "evaluator"}, "is no payer in this contract."),
        ({"receiver": "evaluator"}, "cannot be paid for results."),
        ({"on": "2099-01-01"}, "1 January 2099 is still to come."),
        ({"on": "2026-06-29"}, "By 29 June 2026 NOK 80,000 would be paid, and NOK 0 was earned"),
        ({"what": "return"}, "is no investor in this contract, so there is nothing to repay."),
    ],
)
def test_a_payment_that_cannot_be_is_told_with_numbers(
    town: Town, contract: Contract, change: dict[str, str], told: str
) -> None:
    metric = contract.metrics.get()
    ContractParty.objects.filter(role="payer").first().organisation  # noqa: B018
    for role in ("payer", "evaluator", "provider"):
        body = party(contract, role)
        body.name = role
        body.save()
    typed = {
        "what": str(metric.pk),
        "sender": "payer",
        "receiver": "provider",
        "amount_nok": "80 000",
        "on": "2026-08-01",
    } | change
    for way in ("sender", "receiver"):
        typed[way] = str(party(contract, typed[way]).pk)
    page = town.client("leader").post(where("contract_part", contract, "paid"), typed)
    assert told in bare(page.content.decode())
    assert Payment.objects.count() == 1


def test_what_earned_a_payment_is_not_taken_away(town: Town, contract: Contract) -> None:
    result, metric = MetricResult.objects.get(), contract.metrics.get()
    for change in ({"reached": Decimal(9)}, {"validated_by": None}, {"counted_on": JULY + timedelta(days=1)}):
        with refused("overpaid"):
            actions.change_result(MetricResult.objects.get(), by=town.leader, **change)
    with refused("overpaid"):
        actions.remove_result(result, by=town.leader)
    with refused("overpaid"):
        actions.change_metric(metric, by=town.leader, price_nok=Decimal(30_000))
    for remove, row in ((actions.remove_metric, metric), (actions.remove_party, contract.parties.get(role="provider"))):
        with pytest.raises(RuleError):
            remove(row, by=town.leader)
    assert MetricResult.objects.get().reached == 12
    assert Metric.objects.get().price_nok == 40_000


def test_an_evaluator_validates_and_no_other(town: Town, contract: Contract) -> None:
    metric = contract.metrics.get()
    fields = {"counted_on": date(2026, 8, 1), "engaged": 30, "reached": Decimal(13)}
    with refused("validator_no_evaluator"):
        actions.add_result(metric, by=town.leader, validated_by=party(contract, "payer"), **fields)
    with refused("evaluator_provides"):
        actions.add_party(contract, role="evaluator", organisation=party(contract, "provider"), by=town.leader)
    with refused("party_twice"):
        actions.add_party(contract, role="payer", organisation=party(contract, "payer"), by=town.leader)
    with refused("organisation_foreign"):
        actions.add_party(contract, role="payer", organisation=factories.make_organisation(), by=town.leader)
    with refused("party_used"):
        actions.remove_party(contract.parties.get(role="evaluator"), by=town.leader)


def test_an_investor_is_bound_to_what_it_said(town: Town, contract: Contract) -> None:
    fund = make_party(contract, "investor", commitment_nok=Decimal(100)).organisation
    way = {"kind": "investment", "sender": fund, "receiver": party(contract, "provider"), "on": JULY, "by": town.leader}
    actions.record_payment(contract, amount_nok=Decimal(100), **way)
    with refused("beyond_commitment"):
        actions.record_payment(contract, amount_nok=Decimal("0.01"), **way)
    with refused("beyond_commitment"):
        actions.change_party(contract.parties.get(role="investor"), commitment_nok=Decimal(99), by=town.leader)
    back = {"kind": "return", "sender": party(contract, "provider"), "receiver": fund, "on": JULY, "by": town.leader}
    actions.record_payment(contract, amount_nok=Decimal(130), **back)
    sums = read_contract(contract_rows().get(pk=contract.pk)).sums
    assert (sums.committed, sums.invested, sums.returned, sums.paid) == (100, 100, 130, 400_000)


# --- Undo ---


def test_each_part_is_taken_away_and_put_back(town: Town, initiative: Initiative) -> None:
    contract = make_contract(initiative)
    metric = make_metric(contract, translations={"en": {"title": "In work"}})
    lone = make_metric(contract, title="Ensom")
    make_result(metric, 12, note="Første")
    make_payment(metric, "399999.50")
    make_payment(metric, 100, plan=make_plan(contract))
    extra = make_party(contract, "coordinator")
    client = town.client("leader")
    rows = {"parties": extra.pk, "metrics": lone.pk, "paid": Payment.objects.get(plan=None).pk,
            "plan": Payment.objects.get(plan__isnull=False).pk}  # fmt: skip
    before = read_contract(contract_rows().get())
    for section, pk in rows.items():
        page = client.post(where("remove_contract_part", contract, section, pk), follow=True).content.decode()
        assert "Undo" in page
        assert read_contract(contract_rows().get()) != before
        restore = where("restore_contract_part", contract)
        assert client.post(restore, {"section": section}).status_code == 302
        assert client.post(restore, {"section": section}).status_code == 404
        after = read_contract(contract_rows().get())
        assert (after.sums, [one.name for one in after.parties]) == (before.sums, [one.name for one in before.parties])
        assert [one.title for one in after.metrics] == [one.title for one in before.metrics]


def test_a_result_that_nothing_was_paid_for_is_taken_away_and_put_back(town: Town, initiative: Initiative) -> None:
    contract = make_contract(initiative)
    result = make_result(make_metric(contract), "12.25", note="Første")
    client = town.client("leader")
    client.post(where("remove_contract_part", contract, "results", result.pk))
    assert not MetricResult.objects.exists()
    client.post(where("restore_contract_part", contract), {"section": "results"})
    again = MetricResult.objects.get()
    assert (again.reached, again.validated_by_id, again.note) == (result.reached, result.validated_by_id, "Første")


def test_a_part_is_changed(town: Town, contract: Contract) -> None:
    client = town.client("leader")
    result = MetricResult.objects.get()
    address = where("change_contract_part", contract, "results", result.pk)
    form = client.get(address).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    client.post(address, {key: str(value) for key, value in typed.items()} | {"reached": "13", "note": "Rettet"})
    result.refresh_from_db()
    assert (result.reached, result.note, result.metric_id) == (13, "Rettet", contract.metrics.get().pk)
    payment = Payment.objects.get()
    address = where("change_contract_part", contract, "paid", payment.pk)
    form = client.get(address).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    page = client.post(address, {key: str(value) for key, value in typed.items()} | {"amount_nok": "520 001"})
    assert "NOK 1 too much" in bare(page.content.decode())
    client.post(address, {key: str(value) for key, value in typed.items()} | {"amount_nok": "520 000"})
    payment.refresh_from_db()
    assert payment.amount_nok == 520_000


def test_a_draft_is_deleted_and_what_is_shown_is_not(town: Town, contract: Contract) -> None:
    page = town.client("leader").post(where("delete_contract", contract), follow=True).content.decode()
    assert "Everybody can read this contract." in page
    actions.hide_contract(contract, by=town.leader)
    town.client("leader").post(where("delete_contract", contract))
    assert not Contract.objects.exists()
    assert not Payment.objects.exists()


# --- Shown ---


@pytest.mark.parametrize(
    ("lacks", "code"), [("payer", "lacks_payer"), ("provider", "lacks_provider"), ("", "lacks_metric")]
)
def test_a_contract_is_shown_when_it_says_who_pays_whom_for_what(
    town: Town, initiative: Initiative, lacks: str, code: str
) -> None:
    contract = make_contract(initiative)
    contract.parties.filter(role=lacks).delete()
    if lacks:
        make_metric(contract)
    with refused(code):
        actions.show_contract(contract, by=town.leader)


def test_a_contract_in_which_few_take_part_is_not_shown(town: Town, initiative: Initiative) -> None:
    contract = make_contract(initiative)
    metric = make_metric(contract)
    make_result(metric, 1, engaged=4)
    with refused("count_few"):
        actions.show_contract(contract, by=town.leader)
    MetricResult.objects.update(engaged=5)
    assert actions.show_contract(contract, by=town.leader).is_shown


# --- Plans ---


def test_a_new_version_repeats_what_is_paid_and_plans_the_rest(town: Town, contract: Contract) -> None:
    metric = contract.metrics.get()
    first = make_plan(contract)
    make_payment(metric, 500_000, plan=first, on=date(2026, 12, 31))
    make_payment(metric, 450_000, plan=first, on=date(2027, 12, 31), note="Siste")
    with refused("plan_reason_missing"):
        actions.make_plan(contract, reason=" ", by=town.leader)
    client = town.client("leader")
    client.post(where("make_plan", contract), {"reason": "Færre ble med enn vi trodde."})
    read = read_contract(contract_rows().get(), now=date(2026, 11, 29))
    assert [[(one.payment.on, one.payment.amount, one.state) for one in plan.lines] for plan in read.plans] == [
        [(date(2026, 12, 31), 500_000, "partly"), (date(2027, 12, 31), 450_000, "to_come")],
        [
            (JULY, 400_000, "repeated"),
            (date(2026, 12, 31), 100_000, "to_come"),
            (date(2027, 12, 31), 450_000, "to_come"),
        ],
    ]
    assert read.plan is not None
    assert (read.plan.reason, read.plan.total) == ("Færre ble med enn vi trodde.", 950_000)
    old = first.payments.first()
    assert old is not None
    with refused("plan_frozen"):
        actions.remove_payment(old, by=town.leader)
    with refused("plan_frozen"):
        actions.remove_payment(Payment.objects.get(plan__version=2, state="paid"), by=town.leader)
    actions.remove_payment(Payment.objects.get(plan__version=2, note="Siste"), by=town.leader)
    page = bare(words_of(town.client("anonymous").get(where("compare_plans", contract))))
    for words in ("NOK 500,000", "NOK 450,000", "NOK −450,000", "Færre ble med enn vi trodde."):
        assert words in page, words
    client.post(where("drop_plan", contract))
    assert [plan.version for plan in contract.plans.all()] == [1]


def test_a_third_version_counts_only_what_came_since(town: Town, contract: Contract) -> None:
    metric = contract.metrics.get()
    make_payment(metric, 900_000, plan=make_plan(contract), on=date(2026, 12, 31))
    actions.make_plan(contract, reason="En.", by=town.leader)
    actions.make_plan(contract, reason="To.", by=town.leader)
    plan = read_contract(contract_rows().get()).plan
    assert plan is not None
    assert [(one.payment.amount, one.state) for one in plan.lines] == [(400_000, "repeated"), (500_000, "to_come")]


def test_a_new_version_fits_in_what_a_contract_holds(
    town: Town, contract: Contract, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_payment(contract.metrics.get(), 500_000, plan=make_plan(contract), on=date(2026, 12, 31))
    monkeypatch.setattr(rules, "MOST_PAYMENTS", 3)
    with refused("too_many"):
        actions.make_plan(contract, reason="En.", by=town.leader)
    monkeypatch.setattr(rules, "MOST_PAYMENTS", 4)
    assert actions.make_plan(contract, reason="En.", by=town.leader).payments.count() == 2


def test_a_plan_plans_no_more_than_the_most(town: Town, contract: Contract) -> None:
    metric = contract.metrics.get()
    way = {
        "metric": metric,
        "sender": party(contract, "payer"),
        "receiver": party(contract, "provider"),
        "by": town.leader,
    }
    actions.plan_payment(contract, amount_nok=Decimal(1_000_000), on=JULY, **way)
    with refused("planned_beyond_cap"):
        actions.plan_payment(contract, amount_nok=Decimal("0.01"), on=JULY, **way)
    with refused("plan_missing"):
        actions.make_plan(make_contract(contract.initiative), reason="x", by=town.leader)


def test_the_most_is_not_lowered_below_what_is_planned(town: Town, contract: Contract) -> None:
    metric = contract.metrics.get()
    way = {"metric": metric, "sender": party(contract, "payer"), "receiver": party(contract, "provider"), "on": JULY}
    actions.plan_payment(contract, amount_nok=Decimal(900_000), by=town.leader, **way)
    with refused("planned_beyond_cap"):
        actions.change_metric(metric, cap_nok=Decimal(899_999), by=town.leader)
    plan = actions.make_plan(contract, reason="Færre ble med.", by=town.leader)
    rest = plan.payments.get(state="planned")
    actions.change_planned_payment(rest, amount_nok=Decimal(100_000), by=town.leader, **way)
    metric.refresh_from_db()
    actions.change_metric(metric, cap_nok=Decimal(500_000), by=town.leader)
    kept = indigo_contract(contract_rows().get())
    assert [sum(one.amount for one in (*plan.repeated, *plan.planned)) for plan in kept.plans] == [900_000, 500_000]
    assert file_faults(kept, today=JULY) == []


# --- From a benefit ---


def test_an_approved_measurement_becomes_a_result(town: Town, initiative: Initiative) -> None:
    benefit = make_benefit(
        initiative, baseline=10, measured={date(2026, 3, 1): 14, date(2026, 6, 30): 25}, unit="personer"
    )
    contract = make_contract(initiative)
    metric = make_metric(contract, benefit=benefit)
    client = town.client("leader")
    page = client.get(where("contract_part", contract, "results"))
    assert [(one.on, one.reached) for one in page.context["takeable"]] == [(JUNE, 15), (date(2026, 3, 1), 4)]
    newest = page.context["takeable"][0]
    form = client.get(newest.url).context["form"]
    typed = {name: str(form[name].value() or "") for name in form.fields} | {"engaged": "40", "validated_by": ""}
    assert client.post(where("contract_part", contract, "results"), typed).status_code == 302
    result = MetricResult.objects.get()
    assert (result.reached, result.counted_on, result.measurement_id) == (15, JUNE, newest.pk)
    with refused("measurement_differs"):
        actions.change_result(result, by=town.leader, reached=Decimal(16))
    metric.refresh_from_db()
    assert metric.benefit == benefit


def test_a_measurement_is_corrected_from_when_its_correction_is_approved(town: Town, initiative: Initiative) -> None:
    benefit = make_benefit(initiative, baseline=10, measured={JUNE: 25}, unit="personer")
    locked = benefit.measurements.get()
    contract = make_contract(initiative)
    metric = make_metric(contract, benefit=benefit)
    make_measurement(benefit, 24, corrects=locked, measured_on=JUNE, state="draft")
    assert [one.pk for one in takeable_measurements(contract)] == [locked.pk]
    result = make_result(metric, 15, measurement=locked)

    def is_corrected() -> bool:
        (read,) = read_contract(contract_rows().get()).metrics[0].results
        return read.is_corrected

    assert not is_corrected()
    actions.approve_measurement(Measurement.objects.get(corrects=locked), by=town.leader)
    assert is_corrected()
    result.delete()
    assert [one.reached for one in takeable_measurements(contract)] == [14]


def test_a_benefit_in_another_unit_or_of_another_initiative_is_not_paid_for(town: Town, contract: Contract) -> None:
    for code, benefit in (
        ("measurement_unit", make_benefit(contract.initiative, unit="timer")),
        ("benefit_foreign", make_benefit(unit="personer")),
    ):
        with refused(code):
            actions.change_metric(Metric.objects.get(), by=town.leader, benefit=benefit)


# --- Pages ---


def test_the_public_page_says_it_all(town: Town, contract: Contract) -> None:
    page = bare(words_of(town.client("anonymous").get(where("contract", contract))))
    for words in (
        "A unit (personer) is worth NOK 40,000, and at most NOK 1,000,000 is paid. The target is 30.",
        "By 30 June 2026 12 were reached and validated, and 25 had taken part. That earns NOK 480,000.",
        "NOK 400,000 is paid, NOK 80,000 is due now, and NOK 600,000 is left up to the most.",
        "Independent evaluator", "Flere i jobb",
    ):  # fmt: skip
        assert words in page, words
    assert "style=" not in page


def test_money_that_is_due_is_the_next_step_of_those_in_charge(town: Town, contract: Contract) -> None:
    (step,) = contract_steps(town.municipality, town.leader)
    assert bare(step.title) == "NOK 80,000 is due in “Flere i jobb”"
    actions.record_payment(
        contract, kind="outcome", metric=contract.metrics.get(), sender=party(contract, "payer"),
        receiver=party(contract, "provider"), amount_nok=Decimal(80_000), on=JULY, by=town.leader,
    )  # fmt: skip
    assert contract_steps(town.municipality, town.leader) == []


def test_contracts_are_read_in_as_many_queries_for_one_as_for_three(
    town: Town, contract: Contract, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def read() -> None:
        assert contracts_of(contract.initiative, None)

    with django_assert_num_queries(11) as one:
        read()
    for _ in range(2):
        more = make_contract(contract.initiative, is_shown=True)
        make_payment(make_metric(more), 1, plan=make_plan(more))
        make_result(more.metrics.get())
    with django_assert_num_queries(len(one.captured_queries)):
        read()
