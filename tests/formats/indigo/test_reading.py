"""Files of others and files with mistakes: what is wrong is told with its place, and nothing is dropped unsaid."""

from __future__ import annotations

import copy
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.indigo.ledgers import BODIES, WHOLE

from samskap.formats.errors import FormatError
from samskap.formats.indigo import Organisation, Party, Payment, Problem, Project, Remark, one_document, read_indigo

TODAY = date(2026, 11, 29)
DOCUMENT = one_document(WHOLE, BODIES, today=TODAY)


def read(document: Any) -> Project:
    (found,) = read_indigo(json.dumps(document).encode(), file="x.json", today=TODAY)
    return found


def with_change(place: str, value: Any) -> dict[str, Any]:
    """The whole document with one value put in, or taken away (`...`), at a pointer below the data."""
    document = copy.deepcopy(DOCUMENT)
    inner: Any = document["project"]["data"]
    *way, last = [int(step) if step.isdigit() else step for step in place.split("/")]
    for step in way:
        inner = inner[step]
    if value is ...:
        del inner[last]
    else:
        inner[last] = value
    return document


@pytest.mark.parametrize(
    ("place", "value", "code", "gaps"),
    [
        ("name", ..., "missing", {}),
        ("name/value", "x" * 161, "too_long", {"length": 161, "most": 160}),
        ("name/value", 7, "not_a_text", {"value": "7"}),
        ("dates/start_date_of_service_provision/value", "1 May", "not_a_date", {"value": "1 May"}),
        ("dates/start_date_of_service_provision/value", "2026-02-30", "not_a_date", {"value": "2026-02-30"}),
        ("dates/anticipated_end_date_of_service_provision", ..., "missing", {}),
        ("outcome_pricings/0/currency/value", "GBP", "currency", {"value": "GBP"}),
        ("outcome_pricings/0/price_per_unit/amount/value", -5, "negative", {"value": "-5"}),
        ("outcome_pricings/0/price_per_unit/amount/value", "a lot", "not_a_number", {"value": "a lot"}),
        ("outcome_pricings/0/price_per_unit/amount/value", True, "not_a_number", {"value": "True"}),
        ("outcome_pricings/0/price_per_unit/amount/value", 1.234, "too_fine", {"value": "1.234", "decimals": 2}),
        ("outcome_pricings/0/price_per_unit/amount/value", 10**12, "too_large",
         {"value": "1000000000000", "most": Decimal(10**11)}),
        ("outcome_metrics/0/outcome_validation_method", ..., "missing", {}),
        ("outcome_metrics/1/id", "jobb", "metric_twice", {"metric": "jobb"}),
        ("outcome_pricings/1/outcome_metric_id/value", "jobb", "priced_twice", {"metric": "jobb"}),
        ("outcome_pricings/1", ..., "no_price", {"metric": "timer"}),
        ("results/0/outcome_metric_id/value", "x", "unknown_metric", {"metric": "x"}),
        ("results/1/number_engaged_in_impact_bond/value", 2.5, "too_fine", {"value": "2.5", "decimals": 0}),
        ("results/1/period/start_date/value", "2026-02-01", "periods_overlap",
         {"begun": date(2026, 2, 1), "last": date(2026, 3, 31)}),
        ("results", "many", "not_a_list", {}),
        ("outcome_metrics", [{"id": f"m{at}"} for at in range(20_000)], "too_many", {"most": 2000}),
        ("outcome_payments/0/type/value", "Maybe", "payment_type", {"value": "Maybe"}),
        ("outcome_payments/0/outcome_payment_plan_id/value", "plan-9", "unknown_plan", {"plan": "plan-9"}),
        ("outcome_payments/0/outcome_payment_plan_id", ..., "no_plan", {}),
        ("outcome_payments/0/money/amount/value", 0, "not_above_nothing", {}),
        ("outcome_payment_plans/1/id/value", "plan-1", "plan_twice", {"plan": "plan-1"}),
        ("transactions/0/investment_id/value", "x", "unknown_investment", {"investment": "x"}),
        ("transactions/0/outcome_metric_id", {"value": "jobb"}, "two_links", {}),
        ("transactions/0/sending_organisation_id", ..., "missing", {}),
        ("transactions/1/money/amount/value", 5, "ledgers_differ",
         {"metric": "jobb", "payments": Decimal(160_002), "transactions": Decimal(5)}),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(place: str, value: Any, code: str, gaps: dict[str, Any]) -> None:
    found = read(with_change(place, value))
    assert found.contract is None
    assert code in {one.code for one in found.problems}
    told = next(one for one in found.problems if one.code == code)
    assert told.gaps == gaps
    assert told.place.startswith("/project/data/")


def test_a_project_without_metrics_is_no_contract() -> None:
    found = read(with_change("outcome_metrics", []))
    assert found.problems[0] == Problem("/project/data/outcome_metrics", "no_metric")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"{", "indigo_json"),
        (b"[]", "indigo_json"),
        (b'{"name": NaN}', "indigo_json"),
        (b'{"name": {"value": "a"}, "name": {"value": "b"}}', "indigo_json"),
        (b"[" * 100_000, "indigo_json"),
        (b'{"name": ' + b"9" * 5000 + b"}", "indigo_json"),
        (b'{"name": 1e99999999999999999999}', "indigo_json"),
        (b'{"name": "\\ud800"}', "indigo_json"),
        (b'{"\\ud800": "a"}', "indigo_json"),
        (b'{"figures": []}', "indigo_projects"),
        (b'{"projects": []}', "indigo_projects"),
        (b'{"projects": [7]}', "indigo_projects"),
        (b'{"projects": [' + b",".join([b'{"data": {}}'] * 201) + b"]}", "indigo_projects"),
        (b"\xff\xfe{", "format_encoding"),
    ],
)
def test_what_is_no_such_document_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(FormatError) as refused:
        read_indigo(data, file="x.json", today=TODAY)
    assert refused.value.code == code


def test_an_id_is_one_line_without_invisible_signs() -> None:
    assert read(DOCUMENT | {"project": DOCUMENT["project"] | {"id": " a\x00\nb "}}).key == "a b"


def test_a_name_twice_in_one_object_is_named() -> None:
    with pytest.raises(FormatError, match="“a” stands twice"):
        read_indigo(b'{"name": {"a": 1, "b": 2, "a": 1}}', file="x.json", today=TODAY)


# --- What is not kept ---


@pytest.mark.parametrize(
    ("place", "value", "remark"),
    [
        ("purpose_and_classifications/policy_sector", {"value": "Health"},
         Remark("/project/data/purpose_and_classifications/policy_sector/value", "Health")),
        ("status", "PRIVATE", Remark("/project/data/status", "PRIVATE")),
        ("overall_project_finance/total_outcome_payments_made/amount/value", 99,
         Remark("/project/data/overall_project_finance/total_outcome_payments_made/amount/value", "99")),
        ("results/0/outcomes_validator_organisation_ids/value", "instituttet, kommunen",
         Remark("/project/data/results/0/outcomes_validator_organisation_ids/value", "kommunen")),
        ("results/0/period/end_date/value", "2026-03",
         Remark("/project/data/results/0/period/end_date/value", "2026-03", "2026-03-31")),
        ("dates/start_date_of_service_provision/value", "2026",
         Remark("/project/data/dates/start_date_of_service_provision/value", "2026", "2026-01-01")),
        ("outcome_payments/4/notes", "Avtalt", Remark("/project/data/outcome_payments/4/notes", "Avtalt")),
        ("outcome_payments/0/period/start_date/value", "2026-01-01",
         Remark("/project/data/outcome_payments/0/period/start_date/value", "2026-01-01")),
    ],
)  # fmt: skip
def test_what_is_not_kept_is_told(place: str, value: Any, remark: Remark) -> None:
    found = read(with_change(place, value))
    assert found.problems == ()
    assert found.remarks == (remark,)


def test_money_that_is_neither_for_results_nor_for_an_investment_is_told_whole() -> None:
    found = read(with_change("transactions/0/transaction_type/value", "Grant"))
    assert found.contract is not None
    assert [one.kind for one in found.contract.paid] == ["outcome", "return"]
    assert Remark("/project/data/transactions/0/money/amount/value", "300000") in found.remarks


def test_what_is_said_of_an_organisation_and_beside_the_project_is_told() -> None:
    document = copy.deepcopy(DOCUMENT)
    document["organisations"][0]["data"]["website"] = {"value": "https://example.org"}
    document["licence"] = "CC BY 4.0"
    assert read(document).remarks == (
        Remark("/organisations/0/data/website/value", "https://example.org"),
        Remark("/licence", "CC BY 4.0"),
    )


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(categories=["L"]), min_size=1, max_size=12), st.text("abc", min_size=1), st.integers(0, 3))
def test_a_field_that_nobody_knows_is_always_told(name: str, value: str, at: int) -> None:
    lists = ("outcome_metrics/0", "results/1", "transactions/2", "outcome_payments/0")
    found = read(with_change(f"{lists[at]}/x{name}", {"inner": [value]}))
    assert [one.value for one in found.remarks] == [value]


# --- Files of others ---


def test_a_file_of_an_older_edition_is_read() -> None:
    """No plans, no wrapped ids, results of periods of their own, a cap that is a number, and an id of the register."""
    org = "NO-BRC-974760673"
    money = {"currency": {"value": "NOK"}, "amount": {"value": 100.5}}

    def result(begun: str, ended: str, engaged: int, reached: int) -> dict[str, Any]:
        return {
            "outcome_metric_id": {"value": "m"},
            "period": {"start_date": {"value": begun}, "end_date": {"value": ended}},
            "number_engaged_in_impact_bond": {"value": engaged},
            "number_with_positive_social_outcomes": {"value": reached},
        }  # fmt: skip

    def payment(kind: str) -> dict[str, Any]:
        return {
            "outcome_metric_id": {"value": "m"}, "period": {"end_date": {"value": "2020-12-31"}},
            "payer_organisation_id": {"value": "INDIGO-ORG-1"}, "recipient_organisation_id": {"value": org},
            "type": {"value": kind}, "money": money,
        }  # fmt: skip

    data = {
        "name": {"value": "Older"},
        "dates": {
            "start_date_of_service_provision": {"value": "2020"},
            "actual_end_date_of_service_provision": {"value": "2021-06"},
        },
        "service_provisions": [{"organisation_id": {"value": org}}],
        "outcome_payment_commitments": [{"organisation_id": {"value": "INDIGO-ORG-1"}}],
        "outcome_metrics": [{
            "id": "m", "definition": {"value": "In work"},
            "targeted_number_of_service_users_or_beneficiaries_total": {"value": 40},
            "unit_type_of_targeted_service_users_or_beneficiaries": {"value": "Individual"},
            "outcome_metric_target": {"value": "70 % of those who begin"},
            "outcome_validation_method": {"value": "Historical comparison"},
            "data_source_for_outcome_validation": {"value": "Administrative data"},
        }],
        "outcome_pricings": [{
            "outcome_metric_id": {"value": "m"}, "currency": {"value": "NOK"},
            "price_per_unit": {"amount": {"value": 10}},
            "maximum_price_if_all_targets_achieved": {"amount": {"value": 400}},
        }],
        "results": [result("2020-01-01", "2020-06-30", 10, 3), result("2020-07-01", "2020-12-31", 5, 4)],
        "outcome_payments": [payment("Planned"), payment("Actual")],
    }  # fmt: skip
    (found,) = read_indigo(json.dumps(data).encode(), file="x.json", today=TODAY)
    assert found.problems == ()
    assert found.contract is not None
    assert found.organisations == (Organisation(org, org, "974760673"), Organisation("INDIGO-ORG-1", "INDIGO-ORG-1"))
    assert found.contract.parties == (Party("provider", org), Party("payer", "INDIGO-ORG-1"))
    assert [(one.engaged, one.reached) for one in found.contract.results] == [(10, 3), (15, 7)]
    paid = Payment("outcome", date(2020, 12, 31), "INDIGO-ORG-1", org, Decimal("100.5"), "m")
    assert found.contract.paid == (paid,)
    assert [(plan.key, plan.planned, plan.repeated) for plan in found.contract.plans] == [("plan-1", (paid,), ())]
    assert (found.contract.metrics[0].target, found.contract.metrics[0].unit) == (40, "Individual")
    assert [(one.value, one.kept) for one in found.remarks] == [
        ("2020", "2020-01-01"), ("2021-06", "2021-06-30"), ("70 % of those who begin", ""),
    ]  # fmt: skip


_anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["value", "id", "period", "type", "money", "amount", "currency", "outcome_metric_id"]),
        inner, max_size=4,
    ),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(sorted(DOCUMENT["project"]["data"])), _anything)
def test_whatever_stands_in_a_field_the_reader_answers(name: str, value: Any) -> None:
    found = read(with_change(name, value))
    assert (found.contract is None) == bool(found.problems)
