"""What is written in the shape of the INDIGO standard is read back whole, and has the fields of the standard."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

from hypothesis import given, settings
from tests.formats.indigo.ledgers import BODIES, WHOLE, contracts

from samskap.formats.indigo import Contract, Organisation, one_document, read_indigo, several_document
from samskap.formats.indigo.nodes import leaves

TODAY = date(2026, 11, 29)


def packed(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


@settings(max_examples=50, deadline=None)
@given(contracts())
def test_a_contract_comes_back_as_it_was(made: tuple[Contract, tuple[Organisation, ...]]) -> None:
    contract, bodies = made
    (found,) = read_indigo(packed(one_document(contract, bodies, today=TODAY)), file="x.json", today=TODAY)
    assert found.problems == ()
    assert found.contract == contract
    assert set(found.organisations) == set(bodies)
    assert found.remarks == ()


def test_a_contract_that_says_everything_comes_back_also_later_and_among_others() -> None:
    document = several_document([WHOLE, WHOLE], BODIES, today=TODAY)
    found = read_indigo(packed(document), file="x.json", today=date(2030, 1, 1))
    assert [one.contract for one in found] == [WHOLE, WHOLE]
    assert [one.remarks for one in found] == [(), ()]
    assert found[0].organisations == BODIES


# The fields of schema/project.json 4.0.0 that we write, and the kind of value each has there.
FIELDS = """
status text | name value-text | stage_development value-text
dates/start_date_of_service_provision value-date | dates/anticipated_end_date_of_service_provision value-date
jurisdiction/jurisdiction value-text | purpose_and_classifications/intervention value-text
overall_project_finance/maximum_potential_outcome_payment_v2/currency value-text
overall_project_finance/maximum_potential_outcome_payment_v2/amount value-number
overall_project_finance/total_outcome_payments_made/currency value-text
overall_project_finance/total_outcome_payments_made/amount value-number
overall_project_finance/total_investment_commitment/currency value-text
overall_project_finance/total_investment_commitment/amount/exact value-number
delivery_locations/*/location_name value-text | delivery_locations/*/location_country value-text
delivery_locations/*/adminstrative_geography_code_type value-text
delivery_locations/*/adminstrative_geography_code value-text
service_provisions/*/id text | service_provisions/*/organisation_id value-text
service_provisions/*/organisation_role_category value-text
outcome_payment_commitments/*/organisation_id value-text
outcome_payment_commitments/*/organisation_role_category value-text
investments/*/id text | investments/*/organisation_id value-text
investments/*/organisation_role_category value-text
investments/*/investment_commitment/currency value-text
investments/*/investment_commitment/amount/exact value-number
intermediary_services/*/organisation_id value-text
intermediary_services/*/organisation_role_category value-text
intermediary_services/*/other_role_description value-text
outcome_metrics/*/id text | outcome_metrics/*/definition value-text
outcome_metrics/*/unit_type_of_targeted_service_users_or_beneficiaries value-text
outcome_metrics/*/unit_description_of_service_user_or_beneficiaries value-text
outcome_metrics/*/outcome_metric_target value-text | outcome_metrics/*/outcome_validation_method value-text
outcome_metrics/*/data_source_for_outcome_validation value-text
outcome_pricings/*/outcome_metric_id value-text | outcome_pricings/*/currency value-text
outcome_pricings/*/price_per_unit/amount value-number
outcome_pricings/*/maximum_price_if_all_targets_achieved/amount value-text
results/*/outcome_metric_id value-text | results/*/result_level value-text | results/*/result_type value-text
results/*/period/start_date value-date | results/*/period/end_date value-date
results/*/number_engaged_in_impact_bond value-number | results/*/number_with_positive_social_outcomes value-number
results/*/outcomes_validator_organisation_ids value-text | results/*/notes text
outcome_payment_plans/*/id value-text | outcome_payment_plans/*/notes text
outcome_payment_plans/*/period/start_date value-date | outcome_payment_plans/*/period/end_date value-date
outcome_payments/*/outcome_payment_plan_id value-text | outcome_payments/*/outcome_metric_id value-text
outcome_payments/*/period/start_date value-date | outcome_payments/*/period/end_date value-date
outcome_payments/*/payer_organisation_id value-text | outcome_payments/*/recipient_organisation_id value-text
outcome_payments/*/type value-text | outcome_payments/*/notes text
outcome_payments/*/money/currency value-text | outcome_payments/*/money/amount value-number
transactions/*/investment_id value-text | transactions/*/outcome_metric_id value-text | transactions/*/date value-date
transactions/*/sending_organisation_id value-text | transactions/*/receiving_organisation_id value-text
transactions/*/transaction_type value-text | transactions/*/notes text
transactions/*/money/currency value-text | transactions/*/money/amount value-number
"""


def kind_of(value: object) -> str:
    if isinstance(value, str):
        return "date" if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else "text"
    return "number"


def test_what_is_written_has_the_fields_of_the_standard_and_no_other() -> None:
    document = one_document(WHOLE, BODIES, today=TODAY)
    found = set()
    for place, value in leaves(document["project"]["data"]):
        name = re.sub(r"/\d+(?=/|$)", "/*", place).lstrip("/")
        wrapped = name.endswith("/value")
        found.add(f"{name.removesuffix('/value')} {'value-' if wrapped else ''}{kind_of(value)}")
    assert found == {one.strip() for line in FIELDS.splitlines() for one in line.split("|") if one.strip()}


def test_an_organisation_has_its_number_as_org_id_writes_it() -> None:
    assert one_document(WHOLE, BODIES, today=TODAY)["organisations"][0] == {
        "id": "laget",
        "data": {
            "status": "PUBLIC",
            "name": {"value": "Laget"},
            "jurisdiction": {"value": "NO"},
            "type": {"value": "Registered non-profit organisation, charity or foundation"},
            "org-ids": {"primary": {"value": "NO-BRC-974760673"}},
        },
    }


def test_the_stage_follows_from_the_day() -> None:
    stages = [
        one_document(WHOLE, BODIES, today=day)["project"]["data"]["stage_development"]["value"]
        for day in (date(2025, 12, 31), date(2026, 1, 1), date(2028, 12, 31), date(2029, 1, 1))
    ]
    assert stages == ["Contracted", "Implementation", "Implementation", "Service delivery complete"]
