"""Contracts as files: what goes out comes in elsewhere, looked through first, whole or not at all."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse
from tests import factories
from tests.apps.viewers import DESK, PUBLIC, Town, make_town, words_of
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

from samskap.apps.actors.models import Organisation
from samskap.apps.benefits import actions
from samskap.apps.benefits.labels.contract_files import PROBLEMS, REFUSALS, problem_words
from samskap.apps.benefits.models import Contract, Payment, PaymentPlan
from samskap.apps.benefits.queries.contract_files import contract_document, indigo_contract, organisation_key
from samskap.apps.benefits.queries.contracts import contract_rows
from samskap.apps.benefits.rules.contract_files import file_faults
from samskap.apps.initiatives.models import Initiative
from samskap.apps.trail.models import Entry
from samskap.formats.indigo import Problem, renamed


@pytest.fixture
def contract(town: Town) -> Contract:
    """A whole contract: results validated and not, an investment with money back, and two plans."""
    made = make_contract(
        make_initiative(municipality=town.municipality), is_shown=True, title="Flere i jobb", text="Om\nunge."
    )
    Organisation.objects.filter(pk=party(made, "provider").pk).update(register_number="974760673")
    fund = make_party(made, "investor", commitment_nok=Decimal(500_000)).organisation
    metric = make_metric(made, price_nok=Decimal("40000.50"))
    make_result(metric, 12, note="Første")
    make_result(metric, "15.25", validated=False, counted_on=date(2026, 9, 30), engaged=30)
    make_payment(metric, 400_000, plan=make_plan(made), on=date(2026, 12, 31))
    make_payment(metric, 300_000, note="Første del")
    way = {"by": town.leader, "on": date(2026, 2, 1)}
    provider = party(made, "provider")
    actions.record_payment(made, kind="investment", sender=fund, receiver=provider, amount_nok=Decimal(200_000), **way)
    actions.record_payment(made, kind="return", sender=provider, receiver=fund, amount_nok=Decimal("50.25"), **way)
    actions.make_plan(made, reason="Færre ble med.", by=town.leader)
    return contract_rows().get(pk=made.pk)


@pytest.fixture
def elsewhere(db: None) -> tuple[Town, Initiative]:
    """Another municipality, with one of the organisations known by its number and one by its name."""
    other = make_town()
    factories.make_organisation(municipality=other.municipality, name="Laget her", register_number="974760673")
    return other, make_initiative(municipality=other.municipality)


def upload(town: Town, initiative: Initiative, document: Any) -> HttpResponse:
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    return town.client("leader").post(
        reverse("benefits:import_contract", args=[initiative.pk]),
        {"file": SimpleUploadedFile("x.json", content)},
    )  # fmt: skip


def bring_in(town: Town, address: str, **change: Any) -> HttpResponse:
    """Send the form of the preview as it stands, with changes."""
    client = town.client("leader")
    form = client.get(address).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields} | {"left": "on"} | change
    return client.post(address, typed)


def test_a_contract_goes_out_and_comes_in_elsewhere_as_it_was(
    contract: Contract, elsewhere: tuple[Town, Initiative]
) -> None:
    other, initiative = elsewhere
    document = contract_document(contract)
    ours = indigo_contract(contract)
    document["project"]["id"] = "another-id"
    looked = upload(other, initiative, document)
    assert looked.status_code == 303
    page = other.client("leader").get(looked["Location"])
    assert page.context["preview"].wrong == ()
    assert "It comes from another municipality." in page.content.decode()
    assert bring_in(other, looked["Location"]).status_code == 303
    made = contract_rows().get(key="another-id")
    theirs = indigo_contract(made)
    keys = [{one.name: key for key, one in bodies(each).items()} for each in (contract, made)]
    keys[1] = {("provider" if name == "Laget her" else name): key for name, key in keys[1].items()}
    provider = party(contract, "provider").name
    keys[0] = {("provider" if name == provider else name): key for name, key in keys[0].items()}
    mapped = renamed(theirs, {key: keys[0][name] for name, key in keys[1].items()})
    same = {name: getattr(mapped, name) for name in ("title", "text", "parties", "metrics", "results", "paid", "plans")}
    assert same == {name: getattr(ours, name) for name in same}
    assert (made.is_shown, made.initiative_id) == (False, initiative.pk)
    assert party(made, "provider").name == "Laget her"
    assert Organisation.objects.filter(
        municipality=other.municipality, name=party(contract, "payer").name, sector="public"
    ).exists()
    entry = Entry.objects.get(verb="benefits.contract_imported")
    assert len(entry.data["sha256"]) == 64


def bodies(contract: Contract) -> dict[str, Organisation]:
    return {organisation_key(one.organisation, contract): one.organisation for one in contract.parties.all()}


def test_the_same_contract_is_not_brought_in_twice(town: Town, contract: Contract) -> None:
    looked = upload(town, contract.initiative, contract_document(contract))
    page = town.client("leader").get(looked["Location"])
    assert [one.place for one in page.context["preview"].wrong] == ["id"]
    assert "is here already, so it is not brought in twice." in page.content.decode()
    assert bring_in(town, looked["Location"]).status_code == 200
    assert Contract.objects.count() == 1


def changed(contract: Contract, change: Any) -> dict[str, Any]:
    document = contract_document(contract)
    document["project"]["id"] = ""
    change(document["project"]["data"])
    return document


def put(way: str, value: Any) -> Any:
    """A change that puts a value in at a place below the data."""
    *steps, last = [int(step) if step.isdigit() else step for step in way.split("/")]

    def change(data: Any) -> None:
        for step in steps:
            data = data[step]
        data[last] = value

    return change


_REACHED = "number_with_positive_social_outcomes/value"


@pytest.mark.parametrize(
    ("way", "value", "place", "told"),
    [
        ("dates/start_date_of_service_provision/value", "2029-01-01", "dates", "It must end after it starts."),
        ("outcome_pricings/0/price_per_unit/amount/value", 2_000_000, "outcome_pricings", "one unit alone costs"),
        (f"results/1/{_REACHED}", 3, "results", "12 had been counted by 30 June 2026, and 3"),
        ("results/1/period/end_date/value", "2099-01-01", "results", "is still to come."),
        (f"results/0/{_REACHED}", 2, "transactions", "too much"),
        ("transactions/0/date/value", "2099-01-01", "transactions", "is still to come"),
        ("investments/0/investment_commitment/amount/exact/value", 5, "investments", "has bound itself to invest"),
        ("outcome_payment_commitments", [], "transactions", "is no payer in this contract."),
        ("outcome_payments/1/money/amount/value", 10_000_000, "outcome_payment_plans", "would be planned"),
        ("outcome_pricings/0/currency/value", "SEK", "/project/data", "Only amounts in NOK"),
    ],
)
def test_what_cannot_be_is_told_with_its_place_and_nothing_is_stored(
    contract: Contract, elsewhere: tuple[Town, Initiative], way: str, value: Any, place: str, told: str
) -> None:
    other, initiative = elsewhere
    before = (Contract.objects.count(), Organisation.objects.count(), Payment.objects.count())
    looked = upload(other, initiative, changed(contract, put(way, value)))
    page = other.client("leader").get(looked["Location"])
    wrong = page.context["preview"].wrong
    assert any(one.place.startswith(place) and told in one.words.replace("\N{NO-BREAK SPACE}", " ") for one in wrong)
    assert "Bring it in as a draft" not in page.content.decode()
    assert bring_in(other, looked["Location"]).status_code == 200
    assert (Contract.objects.count(), Organisation.objects.count(), Payment.objects.count()) == before


def test_two_organisations_of_the_file_that_become_one_here_are_refused(
    contract: Contract, elsewhere: tuple[Town, Initiative]
) -> None:
    other, initiative = elsewhere
    provider = Organisation.objects.get(municipality=other.municipality, name="Laget her")
    looked = upload(other, initiative, changed(contract, lambda data: None))
    page = bring_in(other, looked["Location"], body_0=str(provider.pk))
    assert "cannot pay itself" in page.content.decode()
    assert not Contract.objects.filter(initiative=initiative).exists()
    assert list(Organisation.objects.filter(municipality=other.municipality, register_number__gt="")) == [provider]


def test_an_organisation_must_be_chosen_and_what_is_left_out_agreed_to(
    contract: Contract, elsewhere: tuple[Town, Initiative]
) -> None:
    other, initiative = elsewhere
    document = changed(contract, put("purpose_and_classifications/policy_sector", {"value": "Health"}))
    del document["organisations"][1]["data"]["type"]
    looked = upload(other, initiative, document)
    page = other.client("leader").get(looked["Location"])
    assert "policy_sector" in words_of(page)
    assert bring_in(other, looked["Location"]).status_code == 200
    unchosen = {"body_0": "new:public"}
    assert bring_in(other, looked["Location"], **unchosen, left="").status_code == 200
    assert not Contract.objects.filter(initiative=initiative).exists()
    assert bring_in(other, looked["Location"], **unchosen).status_code == 303
    assert Contract.objects.filter(initiative=initiative).count() == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"{", "The file is not whole as JSON."),
        (b'{"figures": []}', "The file has no project of the INDIGO standard"),
        (b'{"name": "\xff"}', "is not in UTF-8"),
        (b"", "The submitted file is empty."),
    ],
)
def test_what_is_no_such_file_is_refused_and_not_kept(town: Town, content: bytes, told: str) -> None:
    page = upload(town, make_initiative(municipality=town.municipality), content)
    assert told in page.content.decode()
    kept = Path(settings.SAMSKAP_DATA) / "imports"
    assert not list(kept.glob(f"contracts-{town.leader.pk}-*"))


def test_a_file_waits_for_the_one_who_gave_it_alone(town: Town, contract: Contract) -> None:
    looked = upload(town, contract.initiative, contract_document(contract))
    assert town.statuses(looked["Location"]) == DESK | {"facilitator": 404}


def test_of_a_file_with_several_one_is_looked_at(town: Town, contract: Contract) -> None:
    second = make_contract(contract.initiative, is_shown=True, title="Den andre")
    make_metric(second)
    address = reverse("benefits:contracts_json", args=[town.municipality.number])
    assert town.statuses(address) == PUBLIC
    document = town.client("anonymous").get(address).json()
    assert [one["data"]["name"]["value"] for one in document["projects"]] == ["Flere i jobb", "Den andre"]
    looked = upload(town, contract.initiative, document)
    page = town.client("leader").get(f"{looked['Location']}?project=1")
    assert page.context["preview"].project.title == "Den andre"
    assert town.client("leader").get(f"{looked['Location']}?project=99").status_code == 200


def test_no_person_is_in_the_open_data(town: Town, contract: Contract) -> None:
    for name in ("contract_json", "ledger_csv", "contract"):
        content = town.client("anonymous").get(reverse(f"benefits:{name}", args=[contract.pk])).content.decode()
        assert all(one.email not in content for one in town.people.values())


def test_the_ledger_as_a_table_has_what_is_paid_and_what_the_newest_plan_plans(contract: Contract, town: Town) -> None:
    content = town.client("anonymous").get(reverse("benefits:ledger_csv", args=[contract.pk])).content.decode()
    rows = list(csv.DictReader(io.StringIO(content)))
    assert [(one["plan"], one["state"], one["on"], one["kind"], one["amount_nok"]) for one in rows] == [
        ("", "paid", "2026-02-01", "investment", "200000"), ("", "paid", "2026-02-01", "return", "50.25"),
        ("", "paid", "2026-07-01", "outcome", "300000"), ("2", "planned", "2026-12-31", "outcome", "100000"),
    ]  # fmt: skip


def test_an_absent_contract_answers_as_data(client: Any, db: None) -> None:
    answer = client.get(reverse("benefits:contract_json", args=[999_999]))
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_every_problem_of_a_file_is_a_sentence() -> None:
    gaps: dict[str, Any] = dict.fromkeys(("value", "metric", "plan", "investment", "length", "most", "decimals"), "x")
    gaps |= {"payments": Decimal(5), "transactions": Decimal(6), "begun": date(2026, 1, 1), "last": date(2026, 2, 1)}
    for code in PROBLEMS:
        assert problem_words(Problem("/x", code, gaps)).endswith(".")
    assert set(REFUSALS) == {"format_encoding", "indigo_json", "indigo_projects"}


def test_plans_are_kept_in_their_order(contract: Contract) -> None:
    assert [one.key for one in indigo_contract(contract).plans] == ["plan-1", "plan-2"]
    assert PaymentPlan.objects.count() == 2


def test_a_file_with_more_than_a_contract_can_hold_is_refused(contract: Contract) -> None:
    whole = indigo_contract(contract)
    long = replace(whole, paid=whole.paid * 334, metrics=whole.metrics * 41, plans=whole.plans * 101)
    told = {(place, fault.code) for place, fault in file_faults(long, today=date(2026, 11, 29))}
    lists = ("outcome_metrics", "outcome_payments", "outcome_payment_plans")
    assert {(name, "too_many") for name in lists} <= told
    assert file_faults(whole, today=date(2026, 11, 29)) == []


def test_an_organisation_that_is_in_a_contract_is_not_deleted_and_says_why(town: Town, contract: Contract) -> None:
    body = make_party(contract, "coordinator").organisation
    page = town.client("leader").post(reverse("actors:delete_organisation", args=[body.pk]), follow=True)
    assert "Flere i jobb (Coordinator)" in page.content.decode()
