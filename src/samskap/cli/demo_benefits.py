"""What the initiatives of the example municipality brought: effect chains, benefits, an appraisal, a contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from samskap.cli.demo_initiatives import Ground
from samskap.cli.demo_texts import LANGUAGES, Content, content, texts
from samskap.kernel import clock
from samskap.kernel.acting import SYSTEM_DEMO

__all__ = ["appraise_one", "measure_benefits", "pay_for_results"]

SAYS = ("title", "gainer", "measure", "unit", "owner_role")
PILOT_DAY, APPRAISED_DAY = 135, 242  # days after the gathering
HORIZON_YEARS = 10
SEED = 20171115
ROLES = ("payer", "investor", "provider", "coordinator", "evaluator")


def measure_benefits(ground: Ground, *, initiatives: Mapping[str, Any], starts_at: datetime) -> list[Any]:
    """Effect chains, and on them the benefits with what was measured. Gives back the benefits in their order."""
    plan = content("benefits")
    with clock.showing(starts_at + timedelta(days=60)):
        links = {told["of"]: _draw_chain(initiatives[told["of"]], told) for told in plan["chains"]}
    return [
        _follow(ground, told, initiatives[told["of"]], links=links.get(told["of"], []), starts_at=starts_at)
        for told in plan["benefits"]
    ]


def _draw_chain(initiative: Any, told: Content) -> list[Any]:
    from samskap.apps.benefits import actions as benefits  # noqa: PLC0415 -- needs settings

    links = []
    for place, (kind, title) in enumerate(told["links"]):
        others = {code: {"title": told[code]["links"][place]} for code in LANGUAGES}
        links.append(benefits.add_link(initiative, by=SYSTEM_DEMO, kind=kind, title=title, translations=others))
    for place, (source, target, *said) in enumerate(told["arrows"]):
        benefits.add_arrow(
            initiative, source=links[source - 1], target=links[target - 1], by=SYSTEM_DEMO,
            mechanism=said[0], assumption=said[1],
            translations={code: _arrow(told[code]["arrows"][place]) for code in LANGUAGES},
        )  # fmt: skip
    return links


def _arrow(said: Sequence[str]) -> Content:
    return {"mechanism": said[0], "assumption": said[1]}


def _follow(ground: Ground, told: Content, initiative: Any, *, links: Sequence[Any], starts_at: datetime) -> Any:
    """One benefit: written before the pilot began, with its baseline and targets; then measured, as time went."""
    from samskap.apps.benefits import actions as benefits  # noqa: PLC0415 -- needs settings

    def on(day: int) -> date:
        return (starts_at + timedelta(days=day)).date()

    plain = ("kind", "gainer_sector", "certainty", "is_harm", "is_planned", "better")
    with clock.showing(starts_at + timedelta(days=PILOT_DAY - 5)):
        benefit = benefits.create_benefit(
            initiative, by=SYSTEM_DEMO, effects_from=on(PILOT_DAY), owner=_account(told["owner"]),
            owner_organisation=ground.organisations[told["owner"]],
            link=links[told["link"] - 1] if "link" in told else None,
            **{name: told[name] for name in plain if name in told}, **texts(told, *SAYS),
        )  # fmt: skip
        if "baseline" in told:
            day, value = told["baseline"]
            benefits.set_baseline(
                benefit, measured_on=on(day), value=Decimal(value), source=told["source"], by=SYSTEM_DEMO
            )
        for day, value in told["targets"]:
            benefits.add_target(benefit, due_on=on(day), value=Decimal(value), by=SYSTEM_DEMO)
    for day, value, state in told["measurements"]:
        with clock.showing(starts_at + timedelta(days=day + 1)):
            _measure(benefit, told, on(day), Decimal(value), state=state)
    return benefit


def _measure(benefit: Any, told: Content, day: date, value: Decimal, *, state: str) -> None:
    from samskap.apps.benefits import actions as benefits  # noqa: PLC0415 -- needs settings

    written = benefits.write_measurement(
        benefit, measured_on=day, value=value, source=told["source"], by=SYSTEM_DEMO, cause=told.get("cause", "")
    )
    approved = benefits.approve_measurement(written, by=SYSTEM_DEMO)
    if state == "locked":
        benefits.lock_measurement(approved, by=SYSTEM_DEMO)


def _account(organisation: str) -> Any:
    """The account that stands for the organisation with this key, or None."""
    from samskap.apps.actors import queries as actors  # noqa: PLC0415 -- needs settings

    return actors.person_by_email(content("initiatives")["owners"].get(organisation, ""))


def appraise_one(ground: Ground, initiative: Any, *, benefits: Sequence[Any], starts_at: datetime) -> Any:
    """The effect list of one initiative, and its appraisal, for all to see."""
    from samskap.apps.benefits import actions, compute, queries  # noqa: PLC0415 -- needs settings

    plan = content("benefits")
    first = starts_at.year + 1
    with clock.showing(starts_at + timedelta(days=APPRAISED_DAY)):
        for told in plan["effects"]:
            actions.add_effect(initiative, by=SYSTEM_DEMO, **_effect(ground, told, first=first, benefits=benefits))
        asked = queries.Asked(
            name=plan["appraisal"]["nb"], edition=compute.latest_edition(), comparison_year=first, price_year=first,
            horizon_years=HORIZON_YEARS, seed=SEED,
        )  # fmt: skip
        appraisal = compute.appraise(initiative, queries.ground_of(initiative), asked, by=SYSTEM_DEMO)
        return actions.set_appraisal_shown(appraisal, is_shown=True, by=SYSTEM_DEMO)


def _effect(ground: Ground, told: Content, *, first: int, benefits: Sequence[Any]) -> Content:
    """The fields of one line of the effect list."""
    plain = ("kind", "sector", "certainty", "unit", "scale", "in_kind", "is_harm")
    fields = {name: told[name] for name in plain if name in told} | texts(told, "title", "who")
    organisation = ground.organisations[told["organisation"]] if "organisation" in told else None
    if organisation is not None:
        fields |= {"organisation": organisation, "who": organisation.name}
    if "price" in told:
        fields |= {"price_nok": Decimal(told["price"]), "price_year": first, "price_source": "Illustrativt"}
    if "benefit" in told:
        fields["benefit"] = benefits[told["benefit"] - 1]
    if "shares" in told:
        *shares, source = told["shares"]
        names = ("deadweight", "displacement", "attribution", "drop_off")
        fields |= {name: Decimal(str(share)) for name, share in zip(names, shares, strict=True)}
        fields["shares_source"] = source
    fields |= _spread(told.get("spread"))
    fields["public_share"] = Decimal(str(told.get("public_share", 0)))
    return fields | {"quantities": {first + number: Decimal(much) for number, much in enumerate(told["quantities"])}}


def _spread(told: Sequence[Any] | None) -> Content:
    if told is None:
        return {}
    kind, *values = told
    names = ("low", "mode", "high") if kind == "triangular" else ("spread_sd",)
    return {"spread": kind} | {name: Decimal(str(value)) for name, value in zip(names, values, strict=True)}


def pay_for_results(ground: Ground, initiative: Any, *, starts_at: datetime) -> None:
    """An outcome contract: five parties, what is counted, what was reached, and what was paid and is planned."""
    from samskap.apps.benefits import actions as benefits  # noqa: PLC0415 -- needs settings

    told = content("benefits")["contract"]
    begins, ends = told["days"]

    def on(day: int) -> date:
        return (starts_at + timedelta(days=day)).date()

    with clock.showing(starts_at + timedelta(days=begins)):
        contract = benefits.create_contract(
            initiative, by=SYSTEM_DEMO, starts_on=on(begins), ends_on=on(ends), **texts(told, "title", "text")
        )
        parties = {role: ground.organisations[told[role]] for role in ROLES}
        for role, organisation in parties.items():
            benefits.add_party(contract, role=role, organisation=organisation, by=SYSTEM_DEMO)
        metric = benefits.add_metric(contract, by=SYSTEM_DEMO, **_metric(told))
        benefits.show_contract(contract, by=SYSTEM_DEMO)
    counted = [(day, "count", numbers) for day, *numbers in told["results"]]
    paid = [(day, "pay", rest) for day, *rest in told["payments"]]
    for day, what, values in sorted(counted + paid, key=lambda entry: entry[0]):
        with clock.showing(starts_at + timedelta(days=day)):
            if what == "count":
                engaged, reached = values
                benefits.add_result(
                    metric, by=SYSTEM_DEMO, counted_on=on(day), engaged=engaged, reached=Decimal(reached),
                    validated_by=parties["evaluator"],
                )  # fmt: skip
            else:
                due, kind, amount, state = values
                _pay(contract, metric, parties, kind=kind, amount=Decimal(amount), on=on(due), state=state)


def _pay(
    contract: Any, metric: Any, parties: Mapping[str, Any], *, kind: str, amount: Decimal, on: date, state: str
) -> None:
    """The investor pays the provider in advance, and is paid by the payer for results."""
    from samskap.apps.benefits import actions as benefits  # noqa: PLC0415 -- needs settings

    sender, receiver = ("investor", "provider") if kind == "investment" else ("payer", "investor")
    money = {"sender": parties[sender], "receiver": parties[receiver], "amount_nok": amount, "on": on}
    if state == "planned":
        benefits.plan_payment(contract, metric=metric, by=SYSTEM_DEMO, **money)
    else:
        paid_for = metric if kind == "outcome" else None
        benefits.record_payment(contract, kind=kind, metric=paid_for, by=SYSTEM_DEMO, **money)


def _metric(told: Content) -> Content:
    others = {code: {"title": told[code]["metric"], "unit": told[code]["unit"]} for code in LANGUAGES}
    return {
        "title": told["metric"], "unit": told["unit"], "translations": others, "target": Decimal(told["target"]),
        "validation": told["validation"], "source": told["source"], "price_nok": Decimal(told["price"]),
        "cap_nok": Decimal(told["cap"]),
    }  # fmt: skip
