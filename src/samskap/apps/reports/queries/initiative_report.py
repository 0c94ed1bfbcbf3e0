"""The report of an initiative: from the figure of the challenge to what changed, in one read model."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samskap.apps.benefits.queries import benefits_of
from samskap.apps.budgeting.queries import initiative_results
from samskap.apps.initiatives.labels.opportunities import amount_words, residents_words
from samskap.apps.initiatives.queries import today
from samskap.apps.initiatives.queries.page import page_context
from samskap.apps.reports.labels import initiative as words
from samskap.apps.reports.queries.initiative_origin import origin_parts
from samskap.apps.reports.queries.initiative_outcome import benefit_sources, outcome_parts, standing_counts
from samskap.apps.reports.queries.initiative_told import (
    DecisionPart,
    InitiativeReport,
    PartnerPart,
    Source,
    TablePart,
    VotePart,
    Words,
)
from samskap.apps.reports.queries.paper import absolute
from samskap.apps.reports.queries.plain import on_paper, plain

if TYPE_CHECKING:
    from samskap.apps.initiatives.models import Initiative

__all__ = ["initiative_paper", "initiative_report"]


def initiative_report(initiative: Initiative) -> InitiativeReport:
    """What everybody may read of a published initiative, told from beginning to end."""
    page = page_context(initiative)
    benefits = benefits_of(initiative, None)
    said, owner = initiative.said, initiative.owner_organisation
    stage = next((one for one in page["stages"] if one.state == "current"), None)
    parts = {
        **origin_parts(initiative),
        **outcome_parts(initiative, benefits),
        **_work_parts(initiative, page),
    }
    return InitiativeReport(
        pk=initiative.pk,
        number=initiative.municipality.number,
        municipality=initiative.municipality.name,
        title=Words(said.title, said.lang),
        summary=Words(plain(said.summary), said.lang),
        stage=page["stage_name"],
        stage_meaning=stage.meaning if stage and not page["is_stopped"] else "",
        is_stopped=page["is_stopped"],
        owner=owner.name if owner else "",
        starts=date_format(initiative.starts_on) if initiative.starts_on else "",
        made=date_format(today()),
        is_illustrative=initiative.municipality.is_illustrative,
        headline=words.headline(
            standing_counts(benefits), benefits=len(benefits), stage=page["stage_name"], is_stopped=page["is_stopped"]
        ),
        numbers=_numbers(parts, page),
        learned=Words(plain(said.learned) if initiative.learned else "", said.lang),
        stopped_reason=Words(plain(said.stopped_reason) if initiative.stopped_reason else "", said.lang),
        answers=tuple(
            (one.question, Words(plain(one.text), one.lang)) for one in page["answers"] if one.text.strip()
        ),
        sources=_sources(parts, benefits),
        **parts,
    )  # fmt: skip


def initiative_paper(told: InitiativeReport, *, site: str) -> dict[str, Any]:
    """Everything that stands in the PDF, in the reader's language."""
    address = absolute(reverse("reports:initiative_report", args=[told.pk]), site=site)
    return {
        "lang": get_language() or "nb",
        "author": told.municipality,
        "footer": _("Report of “%(title)s” · %(place)s · %(date)s")
        % {"title": told.title.text, "place": told.municipality, "date": told.made},
        "address": address,
        "words": words.paper_words(),
        "told": on_paper(asdict(told)),
    }


def _numbers(parts: dict[str, Any], page: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """The few numbers that stand large: only what is known."""
    money = page["basis"].money
    found = [(_("partners"), str(len(parts["partners"])))] if parts["partners"] else []
    if money.full_nok:
        found.append((_("whole price"), dict(page["money_lines"])[_("Whole price")]))
    if parts["benefits"]:
        found.append((_("benefits followed"), str(len(parts["benefits"]))))
    if parts["stories"]:
        found.append((_("stories told"), str(len(parts["stories"]))))
    return tuple(found)


def _work_parts(initiative: Initiative, page: dict[str, Any]) -> dict[str, Any]:
    """Who contributed, what was decided, and what it costs."""
    joined = page["partnership"]
    table = page["money_table"]
    sums = tuple((str(one.kind), one.promised, one.confirmed, one.delivered) for one in joined.sums)
    heads = (_("Kind"), _("Promised"), _("Of this confirmed"), _("Of this delivered"))
    return {
        "partners": tuple(
            _partner(partner, sector=str(sector.name)) for sector in joined.sectors for partner in sector.partners
        ),
        "residents": residents_words(joined.residents) if joined.residents else "",
        "sums": TablePart(heads, sums) if sums else None,
        "decisions": tuple(_decision(one) for one in page["decisions"]),
        "votes": tuple(
            VotePart(card.title, card.tag, card.text, card.url)
            for part in initiative_results(initiative, None)
            for card in part.cards
        ),
        "money": tuple(page["money_lines"]),
        "money_table": TablePart(table.headers, table.rows, table.total) if table else None,
    }


def _partner(partner: Any, *, sector: str) -> PartnerPart:
    delivered = [one for one in partner.commitments.all() if one.state == "delivered"]
    return PartnerPart(
        name=partner.organisation.name,
        sector=sector,
        note=partner.note,
        delivered=tuple(_delivered(one) for one in delivered),
    )


def _delivered(one: Any) -> Words:
    """What came: an amount in the reader's language, or what was promised in words."""
    amount = amount_words(one.kind, one.amount)
    text = one.said.text if one.text else ""
    return Words(" · ".join(filter(None, (amount, text))), one.said.lang if text else "")


def _decision(one: Any) -> DecisionPart:
    stages = one.stage if one.stage == one.from_stage else f"{one.from_stage} → {one.stage}"
    return DecisionPart(
        on=date_format(one.gate.decided_on),
        what=f"{one.decision}: {stages}",
        by=one.gate.decided_by,
        reason=Words(plain(one.gate.said.reason), one.gate.said.lang),
        missing=one.missing,
    )


def _sources(parts: dict[str, Any], benefits: Any) -> tuple[Source, ...]:
    """Every source of a figure, of a number and of the appraisal, each once."""
    appraisal = [Source(text, "") for text in parts["appraisal"].sources] if parts["appraisal"] else []
    figures = [figure for challenge in parts["challenges"] for figure in challenge.figures]
    found = [source for figure in figures for source in figure.sources]
    return tuple(_once([*found, *benefit_sources(benefits), *appraisal]))


def _once(sources: Iterable[Source]) -> list[Source]:
    return list({(one.text, one.url): one for one in sources}.values())
