"""Projects of the INDIGO data standard read as contracts, with every problem, and everything that is not kept."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from samskap.formats.errors import FormatError
from samskap.formats.indigo.ledger import Contract, Metric, Organisation, Party, Place, Result
from samskap.formats.indigo.nodes import MOST_UNITS, Node, Notes, Problem, Remark, leaves
from samskap.formats.indigo.payments import ledger_of, plans_of
from samskap.formats.indigo.words import COORDINATOR, COUNTRY, EVALUATOR, PLACE_CODES, REGISTER, SECTORS
from samskap.formats.indigo.writing import project_data
from samskap.formats.tables import decoded
from samskap.kernel.text import one_line

__all__ = ["Project", "read_indigo"]

MOST_PROJECTS = 200
MOST_RESULTS = 16_000
LONGEST_KEY = 80


@dataclass(frozen=True, slots=True)
class Project:
    """One project of a file. The contract may be made where nothing is wrong; it is None where nothing holds."""

    key: str
    title: str
    contract: Contract | None
    organisations: tuple[Organisation, ...]
    problems: tuple[Problem, ...]
    remarks: tuple[Remark, ...]


def read_indigo(data: bytes, *, file: str, today: date) -> tuple[Project, ...]:
    """The projects of a file: an answer of the INDIGO interface, one of ours, or the bare data of one project.

    Raises FormatError where it is not such a document at all.
    """
    document = _parsed(decoded(data, file=file), file=file)
    described = _organisations(document)
    found = _projects(document)
    if not found or len(found) > MOST_PROJECTS:
        raise FormatError(
            f"{file} has {len(found)} projects of the INDIGO standard, and from 1 to {MOST_PROJECTS} can be read.",
            code="indigo_projects", cure="Give a file with “project” or “projects”.", gaps={"found": len(found)},
        )  # fmt: skip
    beside = _beside(document) if found[0][1].place else ()
    return tuple(_project(key, node, described, beside, today=today) for key, node in found)


def _parsed(text: str, *, file: str) -> dict[str, Any]:
    try:
        document = json.loads(text, parse_float=_fraction, parse_constant=_refused, object_pairs_hook=_once)
        for place, value in leaves(document):
            f"{place}{value}".encode()  # a sign that UTF-8 cannot write could be neither stored nor shown
    except (ValueError, RecursionError) as error:
        raise FormatError(
            f"{file} is not whole as JSON: {error}.", code="indigo_json", cure="Fetch or write the file again."
        ) from error
    if not isinstance(document, dict):
        raise FormatError(f"{file} is no JSON object.", code="indigo_json", cure="Fetch or write the file again.")
    return document


def _fraction(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{text[:40]} has an exponent that is too large") from None


def _refused(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(name for name, times in Counter(name for name, _ in pairs).items() if times > 1)
        raise ValueError(f"“{twice}” stands twice in one object")
    return found


def _projects(document: dict[str, Any]) -> list[tuple[str, Node]]:
    """Key and data of each project, with a fresh notebook for each."""
    several = document.get("projects")
    if isinstance(several, list):
        rows = [(one, f"/projects/{at}") for at, one in enumerate(several)]
    elif isinstance(document.get("project"), dict):
        rows = [(document["project"], "/project")]
    elif "outcome_metrics" in document or "name" in document:
        return [("", Node(document, "", Notes()))]
    else:
        return []
    if not all(isinstance(one, dict) and isinstance(one.get("data"), dict) for one, _ in rows):
        return []
    return [(one_line(one["id"]) if isinstance(one.get("id"), str) else "", Node(one["data"], f"{place}/data", Notes()))
            for one, place in rows]  # fmt: skip


def _beside(document: dict[str, Any]) -> tuple[Remark, ...]:
    """What stands beside the projects and the organisations of a document."""
    known = {"project", "projects", "organisations", "standard", "standard_version"}
    rest = {name: value for name, value in document.items() if name not in known}
    return tuple(Remark(place, str(value)) for place, value in leaves(rest))


def _organisations(document: dict[str, Any]) -> dict[str, tuple[Organisation, tuple[Remark, ...]]]:
    """The organisations that the file describes, by their keys, with what is not kept of each."""
    rows = document.get("organisations")
    found = {}
    for at, one in enumerate(rows if isinstance(rows, list) else []):
        key = one.get("id") if isinstance(one, dict) else None
        if isinstance(key, str) and isinstance(one.get("data"), dict):
            data = Node(one["data"], f"/organisations/{at}/data", Notes())
            organisation = _organisation(key, data)
            data.at("jurisdiction").take()
            found[key] = (organisation, tuple(_not_kept(data)))
    return found


def _organisation(key: str, data: Node) -> Organisation:
    number = data.down("org-ids", "primary").text(most=100) or key
    match = re.fullmatch(rf"{REGISTER}([0-9]{{9}})", number)
    return Organisation(
        key=key,
        name=data.at("name").text(most=10**6) or key,
        register_number=match[1] if match else "",
        sector=SECTORS.get(data.at("type").text(most=100), ""),
    )


def _project(
    key: str,
    data: Node,
    described: Mapping[str, tuple[Organisation, tuple[Remark, ...]]],
    beside: tuple[Remark, ...],
    *,
    today: date,
) -> Project:
    if len(key) > LONGEST_KEY:
        data.wrong("too_long", length=len(key), most=LONGEST_KEY)
    contract = _contract(key, data)
    named = _named(contract) if contract else ()
    bodies = [described.get(one) or (_organisation(one, Node({}, "", Notes())), ()) for one in named]
    organisations = tuple(one for one, _ in bodies)
    if contract is not None:
        ours = project_data(contract, {one.key: one.sector for one in organisations}, today=today)
        said = {f"{data.place}{place}": value for place, value in leaves(ours)}
        data.notes.taken.update(place for place, value in leaves(data.value, data.place) if _same(said, place, value))
    return Project(
        key=key,
        title=data.at("name").text(most=10**6) or key,
        contract=None if data.notes.problems else contract,
        organisations=organisations,
        problems=tuple(data.notes.problems),
        remarks=(*_not_kept(data), *(one for _, rest in bodies for one in rest), *beside),
    )


def _same(said: dict[str, Any], place: str, value: Any) -> bool:
    """Whether we would write the same value there: then it is kept, though it was not read."""
    return place in said and str(said[place]) == str(value)


def _not_kept(data: Node) -> list[Remark]:
    """What was rounded, and everything in the file that was neither read nor follows from what was read."""
    follows = f"{data.place}/stage_development/"
    rest = [
        Remark(place, str(value))
        for place, value in leaves(data.value, data.place)
        if place not in data.notes.taken
        and not place.startswith(follows)
        and not (place.endswith("/status") and value == "PUBLIC")
    ]
    return [*data.notes.remarks, *rest]


def _contract(key: str, data: Node) -> Contract | None:
    starts_on = _first_day(data, "start_date_of_service_provision", "outcomes_contract_signed")
    ends_on = _first_day(
        data, "anticipated_end_date_of_service_provision", "actual_end_date_of_service_provision",
        "anticipated_completion_date", last=True,
    )  # fmt: skip
    title = data.at("name").text(most=160, needed=True)
    text = data.down("purpose_and_classifications", "intervention").text(most=20_000, lines=True)
    metrics = _metrics(data)
    if starts_on is None or ends_on is None:
        return None
    keys = [one.key for one in metrics]
    results = _results(data, keys, starts_on)
    investors = _investors(data)
    return Contract(
        key=key, title=title, text=text, starts_on=starts_on, ends_on=ends_on,
        parties=_parties(data, results), metrics=metrics, results=results, place=_place(data),
        paid=ledger_of(data, keys, investors), plans=plans_of(data, keys, starts_on),
    )  # fmt: skip


def _first_day(data: Node, *names: str, last: bool = False) -> date | None:
    """The first of these dates that is there."""
    dates = data.at("dates")
    given = next((name for name in names if not dates.at(name).is_empty), names[0])
    return dates.at(given).day(needed=True, last=last)


def _place(data: Node) -> Place | None:
    """The municipality, where the file says it by number."""
    for row in data.rows("delivery_locations"):
        if row.at("adminstrative_geography_code_type").leaf().value != PLACE_CODES:
            continue
        number = row.at("adminstrative_geography_code").text(most=20)
        name = row.at("location_name").text(most=160)
        if re.fullmatch(r"\d{4}", number) and row.at("location_country").leaf().value in (COUNTRY, None):
            return Place(number, name)
    return None


def _organisation_key(node: Node, *, needed: bool = True) -> str:
    """The key of an organisation that a row names."""
    return node.text(most=200, needed=needed)


def _parties(data: Node, results: tuple[Result, ...]) -> tuple[Party, ...]:
    """The parties of the lists of the standard, and those who validated results as evaluators. Each stands once."""
    found: dict[tuple[str, str], Party] = {}

    def add(role: str, organisation: str, commitment: Decimal | None = None) -> None:
        if organisation:
            found.setdefault((role, organisation), Party(role, organisation, commitment))

    for name, role in (("service_provisions", "provider"), ("outcome_payment_commitments", "payer")):
        for row in data.rows(name):
            add(role, _organisation_key(row.at("organisation_id")))
    for row in data.rows("investments"):
        most = row.at("investment_commitment").kroner("amount/exact", needed=False)
        add("investor", _organisation_key(row.at("organisation_id")), most or None)
    for row in data.rows("intermediary_services"):
        words = row.at("other_role_description").leaf().value
        if words in (EVALUATOR, COORDINATOR):
            row.at("other_role_description").take()
        add("evaluator" if words == EVALUATOR else "coordinator", _organisation_key(row.at("organisation_id")))
    for one in results:
        add("evaluator", one.validator)
    return tuple(found.values())


def _investors(data: Node) -> dict[str, str]:
    """The investor of each investment, by the id of the investment."""
    return {
        row.at("id").text(most=LONGEST_KEY): str(row.at("organisation_id").leaf().value)
        for row in data.rows("investments")
    }


def _metrics(data: Node) -> tuple[Metric, ...]:
    prices: dict[str, Node] = {}
    for row in data.rows("outcome_pricings"):
        key = row.at("outcome_metric_id").text(most=LONGEST_KEY, needed=True)
        if key in prices:
            row.wrong("priced_twice", metric=key)
        prices[key] = row
    rows = data.rows("outcome_metrics")
    if not rows:
        data.at("outcome_metrics").wrong("no_metric")
    found = [_metric(row, prices) for row in rows]
    keys = [one.key for one in found]
    for row, one in zip(rows, found, strict=True):
        if keys.count(one.key) > 1:
            row.wrong("metric_twice", metric=one.key)
    for key, row in prices.items():
        if key not in keys:
            row.wrong("unknown_metric", metric=key)
    return tuple(found)


def _metric(row: Node, prices: Mapping[str, Node]) -> Metric:
    key = row.at("id").text(most=LONGEST_KEY, needed=True)
    pricing = prices.get(key)
    price = cap = None
    if pricing is None:
        row.wrong("no_price", metric=key)
    else:
        price = pricing.kroner("price_per_unit/amount")
        cap = pricing.kroner("maximum_price_if_all_targets_achieved/amount")
    return Metric(
        key=key,
        title=row.at("definition").text(most=160, needed=True),
        unit=_unit(row),
        target=_target(row),
        validation=row.at("outcome_validation_method").text(most=300, needed=True),
        source=row.at("data_source_for_outcome_validation").text(most=300, needed=True),
        price=price or Decimal(0),
        cap=cap or Decimal(0),
    )


def _unit(row: Node) -> str:
    """The unit in words; "Individual" is one by itself."""
    described = row.at("unit_description_of_service_user_or_beneficiaries")
    kind = row.at("unit_type_of_targeted_service_users_or_beneficiaries")
    if described.is_empty and kind.leaf().value == "Individual":
        return kind.text(most=40)
    return described.text(most=40, needed=True)


def _target(row: Node) -> Decimal:
    """The target where it is a number; else the number of people aimed at."""
    said, people = row.at("outcome_metric_target"), row.at("targeted_number_of_service_users_or_beneficiaries_total")
    is_number = re.fullmatch(r"\d+(\.\d+)?", str(said.leaf().value).strip(), re.ASCII) is not None
    use = said if is_number or people.is_empty else people
    return use.number(decimals=4, most=MOST_UNITS, needed=True) or Decimal(0)


def _results(data: Node, metrics: list[str], starts_on: date) -> tuple[Result, ...]:
    """The results, each from the beginning of the contract; those of a period of their own are added up."""
    found: list[Result] = []
    last: dict[str, Result] = {}
    for row in data.rows("results", most=MOST_RESULTS):
        key = row.at("outcome_metric_id").text(most=LONGEST_KEY, needed=True)
        if key and key not in metrics:
            row.at("outcome_metric_id").wrong("unknown_metric", metric=key)
        one = _result(row, key)
        if one is not None:
            found.append(_from_start(row, one, last.get(key), starts_on))
            last[key] = max(last.get(key, found[-1]), found[-1], key=lambda each: each.counted_on)
    return tuple(found)


def _result(row: Node, metric: str) -> Result | None:
    counted_on = row.down("period", "end_date").day(needed=True, last=True)
    engaged = row.at("number_engaged_in_impact_bond").number(decimals=0, most=MOST_UNITS, needed=True)
    reached = row.at("number_with_positive_social_outcomes").number(decimals=4, most=MOST_UNITS, needed=True)
    validators = [one.strip() for one in row.at("outcomes_validator_organisation_ids").text(most=2000).split(",")]
    for other in validators[1:]:
        place = row.at("outcomes_validator_organisation_ids").leaf().place
        row.notes.remarks.append(Remark(place, other))
    if counted_on is None or engaged is None or reached is None:
        return None
    note = row.at("notes").text(most=300)
    return Result(metric, counted_on, int(engaged), reached, validators[0], note)


def _from_start(row: Node, one: Result, last: Result | None, starts_on: date) -> Result:
    begun = row.down("period", "start_date").day()
    if begun is None or begun <= starts_on or last is None:
        return one
    if begun <= last.counted_on:
        row.at("period").wrong("periods_overlap", begun=begun, last=last.counted_on)
        return one
    return Result(
        one.metric, one.counted_on, one.engaged + last.engaged, one.reached + last.reached, one.validator, one.note
    )


def _named(contract: Contract) -> tuple[str, ...]:
    """The keys of the organisations that a contract names, each once, parties first."""
    payments = [*contract.paid, *(one for plan in contract.plans for one in (*plan.repeated, *plan.planned))]
    keys = [one.organisation for one in contract.parties]
    keys += [key for one in payments for key in (one.sender, one.receiver)]
    return tuple(key for key in dict.fromkeys(keys) if key)
