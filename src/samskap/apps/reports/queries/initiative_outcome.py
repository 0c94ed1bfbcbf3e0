"""What came of an initiative, for its report: chain, benefits, the appraisal that is shown, and stories."""

from __future__ import annotations

import html
from collections import Counter
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from samskap.apps.benefits.labels import KINDS
from samskap.apps.benefits.queries import chain_drawing, chain_of
from samskap.apps.benefits.queries.answer_page import answer_page
from samskap.apps.benefits.queries.appraisals import latest_shown
from samskap.apps.benefits.queries.benefit_pages import benefit_chart, benefit_sentence, number_lines
from samskap.apps.reports.queries.initiative_told import (
    AppraisalPart,
    BenefitPart,
    ChainPart,
    Source,
    StoryPart,
    TablePart,
    Words,
)
from samskap.apps.reports.queries.plain import plain
from samskap.apps.stories.queries import stories_for
from samskap.kernel.errors import RuleError

if TYPE_CHECKING:
    from samskap.apps.benefits.queries import BenefitRead
    from samskap.apps.initiatives.models import Initiative
    from samskap.apps.stories.queries import StoryRead

__all__ = ["benefit_sources", "outcome_parts", "standing_counts"]


def outcome_parts(initiative: Initiative, benefits: tuple[BenefitRead, ...]) -> dict[str, Any]:
    """The fields of the report that tell how it works and what changed."""
    return {
        "chain": _chain(initiative),
        "benefits": tuple(_benefit(one) for one in benefits),
        "appraisal": _appraisal(initiative),
        "stories": tuple(_story(one) for one in stories_for(initiative, channel="report", purpose="show")),
    }


def standing_counts(benefits: tuple[BenefitRead, ...]) -> Counter[str]:
    """How many benefits stand how."""
    return Counter(one.standing for one in benefits)


def _chain(initiative: Initiative) -> ChainPart | None:
    """The chain as everybody sees it: what there is to look at is for those who write it."""
    chain = chain_of(initiative, None)
    if chain.is_empty:
        return None
    drawing = mark_safe(chain_drawing(initiative, chain))  # noqa: S308 -- our drawing, words escaped in it
    return ChainPart(
        drawing=drawing,
        alt=_alternative(drawing),
        columns=tuple(
            (column.name, tuple(Words(link.title, link.lang) for link in column.links))
            for column in chain.columns
            if column.links
        ),
        arrows=tuple(
            (
                str(one.number), Words(one.source_title, one.source_lang), Words(one.target_title, one.target_lang),
                Words(one.mechanism, one.lang), Words(one.assumption, one.lang),
            )
            for one in chain.arrows
        ),
    )  # fmt: skip


def _alternative(svg: str) -> str:
    """The description that a drawing carries."""
    begins, ends = svg.find("<desc"), svg.find("</desc>")
    return html.unescape(svg[svg.index(">", begins) + 1 : ends]) if 0 <= begins < ends else ""


def _benefit(one: BenefitRead) -> BenefitPart:
    owner = ", ".join(filter(None, (one.owner_role, one.organisation)))
    ended = f"{date_format(one.ended_on)}. {one.ended_reason}" if one.ended_on else ""
    return BenefitPart(
        title=Words(one.title, one.lang),
        text=Words(plain(one.text), one.lang),
        kind=str(KINDS[one.kind]),
        standing=one.standing_words,
        colour=one.colour,
        sentence=benefit_sentence(one),
        gainer=Words(one.gainer, one.lang),
        measure=Words(one.measure, one.lang),
        owner=owner,
        cause=Words(one.cause, one.lang),
        ended=ended,
        drawing=benefit_chart(one),
        table=_numbers(one),
        url=one.url,
    )


def _numbers(one: BenefitRead) -> TablePart:
    """Every number by day: what counts, and the targets."""
    heads = {"baseline": _("Baseline"), "target": _("Target"), "measurement": _("Measured")}
    rows = tuple(
        (date_format(line.on), str(heads[line.kind]), line.value, line.expected, line.note)
        for line in number_lines(one)
        if line.measurement is None or line.measurement.counts
    )
    return TablePart((_("When"), _("What"), one.unit, _("Forecast"), _("State")), rows, words=(0, 1, 4))


def _appraisal(initiative: Initiative) -> AppraisalPart | None:
    found = latest_shown(initiative)
    if found is None:
        return None
    try:
        page = answer_page(found, viewer=None)
    except RuleError:  # kept by another version in a form that this one cannot read
        return None
    edition = {name: value for name, value, _lang in page["facts"]["edition"]}
    prices = (one.source.text for one in (*page["priced"], *page["in_kind"]) if one.source)
    unpriced = tuple((one.title.text, one.who, one.value, one.note) for one in page["unpriced"])
    return AppraisalPart(
        name=found.name,
        headline=page["headline"],
        numbers=tuple((one.label, one.value, one.note) for one in page["keys"]),
        beside=TablePart(
            (_("Effects without a price"), _("Who"), _("How good or bad"), _("How much")), unpriced, words=(0, 1, 2, 3)
        ),
        actors=TablePart(page["actors"].headers, page["actors"].rows, words=(0, *page["actors"].words)),
        notes=(page["krone"], *page["certainty"]),
        sources=(": ".join(edition[name] for name in (_("Edition"), _("Source"))), *prices),
        url=reverse("benefits:appraisal", args=[initiative.pk, found.pk]),
    )


def _story(one: StoryRead) -> StoryPart:
    return StoryPart(
        title=Words(one.title, one.language),
        text=Words(one.excerpt, one.language),
        name=one.shown_name,
        on=date_format(one.told_on),
    )


def benefit_sources(benefits: tuple[BenefitRead, ...]) -> list[Source]:
    """Where the numbers of benefits come from, each source once."""
    numbers = [number for one in benefits for number in (one.baseline, *(each.number for each in one.counting))]
    found = {(number.source, number.url) for number in numbers if number and number.source}
    return [Source(text, url) for text, url in sorted(found)]
