"""The public page of an initiative: its origin, the six questions, money, partners, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from samskap.apps.initiatives import rules
from samskap.apps.initiatives.labels import LEVELS, STAGES
from samskap.apps.initiatives.labels.initiatives import (
    DECISIONS,
    MUNICIPALITY_PAYS,
    QUESTIONS,
    STAGE_MEANINGS,
    numbers,
)
from samskap.apps.initiatives.labels.opportunities import amount_words, residents_words
from samskap.apps.initiatives.queries.initiatives import basis_of, lacking_words, today
from samskap.apps.initiatives.queries.opportunities import origin_of
from samskap.apps.initiatives.queries.partners import partnership
from samskap.web.money import kroner

if TYPE_CHECKING:
    from datetime import date

    from samskap.apps.initiatives.models import Gate, Initiative, Milestone, Opportunity, Risk
    from samskap.apps.initiatives.queries.opportunities import Origin
    from samskap.apps.initiatives.rules import Money

__all__ = [
    "Answer",
    "Decided",
    "MoneyTable",
    "RiskCell",
    "StageMark",
    "answers_of",
    "decisions_of",
    "ideas_behind",
    "milestones_of",
    "money_lines",
    "money_table",
    "opportunity_behind",
    "page_context",
    "risk_matrix",
    "stage_marks",
]


@dataclass(frozen=True)
class Answer:
    """One of the six questions, or the zero alternative, with what is answered; "" where nothing is yet."""

    key: str
    question: str
    text: str
    lang: str


@dataclass(frozen=True)
class MoneyTable:
    """Years by payers: headers, a row for each year, and the sums; words, and the numbers of the rows."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]


@dataclass(frozen=True)
class Decided:
    """One gate in words. `missing`: what the stage expects and was not in place."""

    gate: Gate
    decision: str
    stage: str
    from_stage: str
    missing: tuple[str, ...]


@dataclass(frozen=True)
class StageMark:
    """One of the five stages on the way: `state` is done, current or to_come."""

    key: str
    name: str
    meaning: str
    state: str


@dataclass(frozen=True)
class RiskCell:
    """A place in the matrix of three by three: how grave it is, and the numbers of the risks that lie there."""

    weight: str
    risks: tuple[tuple[int, Risk], ...]


def answers_of(initiative: Initiative) -> list[Answer]:
    """The six questions and the zero alternative, in their order, answered or not."""
    said = initiative.said
    return [
        Answer(key, str(question), getattr(initiative, key) and getattr(said, key), said.lang)
        for key, (question, _help) in QUESTIONS.items()
    ]


def stage_marks(initiative: Initiative) -> list[StageMark]:
    """The five stages with the one it stands at; of a stopped one, the stage it was stopped at."""
    at = initiative.stage
    if at == rules.STOPPED:
        last = initiative.gates.filter(to_stage=rules.STOPPED).order_by("-decided_on", "-pk").first()
        at = last.from_stage if last and last.from_stage in rules.STAGES else rules.STAGES[0]
    here = rules.STAGES.index(at)
    states = ["done" if place < here else "current" if place == here else "to_come" for place in range(5)]
    return [
        StageMark(key, str(STAGES[key]), str(STAGE_MEANINGS[key]), state)
        for key, state in zip(rules.STAGES, states, strict=True)
    ]


def money_table(initiative: Initiative) -> MoneyTable | None:
    """What it costs by year and payer; None where there is no cost line."""
    found = list(initiative.cost_lines.select_related("payer"))
    if not found:
        return None
    names = {one.payer_id: one.payer.name if one.payer else str(MUNICIPALITY_PAYS) for one in found}
    payers = sorted(names, key=lambda payer: (payer is not None, names[payer]))
    lines = [rules.Line(one.year, one.amount_nok, one.payer_id) for one in found]
    rows = rules.year_rows(lines, payers=payers)
    write = numbers().write
    sums = [sum(row.amounts_nok[at] for row in rows) for at in range(len(payers))]
    several = len(payers) > 1
    total = [_("Total")] if several else []
    return MoneyTable(
        headers=(_("Year"), *(names[payer] for payer in payers), *total),
        rows=tuple(
            (str(row.year), *map(write, row.amounts_nok), *([write(row.total_nok)] if several else [])) for row in rows
        ),
        total=(_("Total"), *map(write, sums), *([write(sum(sums))] if several else [])),
    )


def money_lines(money: Money) -> list[tuple[str, str]]:
    """From the whole price to what the municipality pays, as pairs of words; hours stand apart and are not added."""
    lines = [(_("Whole price"), kroner(money.full_nok))]
    if money.confirmed_nok:
        lines.append((_("Confirmed by partners"), f"\u2212\u00a0{kroner(money.confirmed_nok)}"))
    lines.append((_("The municipality pays"), kroner(money.net_nok)))
    if money.unconfirmed_nok:
        lines.append((_("Of this, planned to be paid by others who have not confirmed"), kroner(money.unconfirmed_nok)))
    if money.promised_nok:
        lines.append((_("Promised and not confirmed yet"), kroner(money.promised_nok)))
    if money.surplus_nok:
        lines.append((_("Confirmed beyond the whole price"), kroner(money.surplus_nok)))
    if money.hours:
        lines.append((_("Hours from partners, beside the money"), amount_words("hours", money.hours)))
    return lines


def decisions_of(initiative: Initiative) -> list[Decided]:
    """What was decided about it, oldest first."""
    return [
        Decided(
            gate=gate,
            decision=str(DECISIONS[rules.decision(gate.from_stage, gate.to_stage)]),
            stage=str(STAGES[gate.to_stage]),
            from_stage=str(STAGES[gate.from_stage]),
            missing=tuple(lacking_words(gate.missing)),
        )
        for gate in initiative.gates.all()
    ]


def milestones_of(initiative: Initiative) -> list[tuple[Milestone, bool]]:
    """The milestones by date, each with whether its date has passed without it."""
    now: date = today()
    return [(one, one.done_on is None and one.due_on < now) for one in initiative.milestones.all()]


def risk_matrix(risks: Sequence[Risk]) -> list[tuple[str, list[RiskCell]]]:
    """Rows from high to low likelihood, in each the cells from low to high consequence."""
    numbered = list(enumerate(risks, start=1))
    return [
        (
            str(LEVELS[likelihood]),
            [
                RiskCell(
                    weight=_weight(likelihood * consequence),
                    risks=tuple(
                        (number, one)
                        for number, one in numbered
                        if (one.likelihood, one.consequence) == (likelihood, consequence)
                    ),
                )
                for consequence in (1, 2, 3)
            ],
        )
        for likelihood in (3, 2, 1)
    ]


def _weight(product: int) -> str:
    """How grave: the product of the two levels is at most 2, 3 to 4, or 6 and more."""
    return "low" if product <= 2 else "medium" if product <= 4 else "high"


def page_context(initiative: Initiative) -> dict[str, Any]:
    """What the public page and its print show."""
    basis = basis_of(initiative)
    risks, joined = list(initiative.risks.all()), partnership(initiative)
    return {
        "initiative": initiative,
        "said": initiative.said,
        "stage_name": str(STAGES[initiative.stage]),
        "is_stopped": initiative.stage == rules.STOPPED,
        "is_overdue": rules.is_overdue(initiative.next_date, stage=initiative.stage, today=today()),
        "stages": stage_marks(initiative),
        "challenges": [one for one in initiative.challenges.all() if one.is_published],
        "origin": ideas_behind(initiative),
        "opportunity": opportunity_behind(initiative),
        "answers": answers_of(initiative),
        "basis": basis,
        "money_lines": money_lines(basis.money) if basis.money.full_nok or basis.money.hours else [],
        "money_table": money_table(initiative),
        "partnership": joined,
        "residents": residents_words(joined.residents),
        "affected": list(initiative.affected.all()),
        "risks": risks,
        "matrix": risk_matrix(risks) if risks else [],
        "levels": [str(name) for name in LEVELS.values()],
        "milestones": milestones_of(initiative),
        "decisions": decisions_of(initiative),
    }


def opportunity_behind(initiative: Initiative) -> Opportunity | None:
    """The public opportunity that it came from."""
    found = initiative.opportunity
    return found if found is not None and found.is_published else None


def ideas_behind(initiative: Initiative) -> Origin | None:
    """The ideas that became the opportunity it came from; None where there are none, or their process is a draft."""
    if initiative.opportunity is None:
        return None
    origin = origin_of(initiative.opportunity)
    public = tuple(line for line in origin.ideas if line[0].idea_round.process.is_published)
    supporters = origin.supporters if len(public) == len(origin.ideas) else None
    return replace(origin, ideas=public, supporters=supporters) if public else None
