"""What a package says, told in the reader's language: for the preview and for the page of an experience."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samskap.apps.benefits.labels import KINDS, LINKS
from samskap.apps.benefits.labels.answers import nok
from samskap.apps.initiatives.labels import LEVELS, STAGES
from samskap.apps.initiatives.labels.initiatives import MUNICIPALITY_PAYS, QUESTIONS, numbers
from samskap.apps.stories.labels import experiences as labels
from samskap.apps.stories.rules import experiences as rules
from samskap.web.money import kroner

if TYPE_CHECKING:
    from samskap.formats.experience_values import AppraisalTold, BenefitTold, ChainTold, Origin, Parts, ValueOn

__all__ = ["Told", "date_words", "day_words", "told"]


@dataclass(frozen=True)
class Said:
    """A text, or several, and the language they are in."""

    words: Any
    lang: str


@dataclass(frozen=True)
class Line:
    """A heading and what stands under it."""

    heading: str
    said: Said
    text: str


@dataclass(frozen=True)
class BenefitLines:
    """A benefit as it was there: its words, its kind, and what was counted, each with its day."""

    said: Said
    kind: str
    is_harm: bool
    values: tuple[tuple[str, str, str], ...]
    cause: str
    ended_reason: str


@dataclass(frozen=True)
class StoryLines:
    """A story that is lent, until when, and the key by which its origin knows it."""

    key: str
    title: str
    text: str
    name: str
    lang: str
    until: str


@dataclass(frozen=True)
class Told:
    """A package in words."""

    said: Said
    origin: Origin
    exported: str
    stage: str
    starts: str
    is_illustrative: bool
    answers: tuple[Line, ...]
    costs: tuple[tuple[str, Said, str, str], ...]
    affected: tuple[Said, ...]
    risks: tuple[tuple[Said, str, str], ...]
    links: tuple[tuple[str, Said], ...]
    arrows: tuple[tuple[Said, Said, Said], ...]
    benefits: tuple[BenefitLines, ...]
    appraisal: tuple[tuple[str, str], ...]
    appraisal_basis: str
    stories: tuple[StoryLines, ...]


def told(parts: Parts, origin: Origin, exported: datetime) -> Told:
    """The package in the reader's language. Give the parts with those stories that may be shown."""
    first = parts.initiative
    texts = said(first)
    return Told(
        said=texts,
        origin=origin,
        exported=date_words(exported),
        stage=str(STAGES[first.stage]),
        starts=day_words(first.starts_on) if first.starts_on else "",
        is_illustrative=first.is_illustrative,
        answers=tuple(
            Line(str(question), texts, getattr(texts.words, key))
            for key, (question, _help) in QUESTIONS.items()
            if getattr(texts.words, key).strip()
        ),
        costs=tuple(
            (str(one.year), said(one), one.payer or str(MUNICIPALITY_PAYS), kroner(one.amount_nok))
            for one in parts.costs
        ),
        affected=tuple(said(one) for one in parts.affected),
        risks=tuple((said(one), str(LEVELS[one.likelihood]), str(LEVELS[one.consequence])) for one in parts.risks),
        links=tuple((str(LINKS[one.kind]), said(one)) for one in parts.chain.links),
        arrows=_arrows(parts.chain),
        benefits=tuple(_benefit(one) for one in parts.benefits),
        appraisal=_appraisal(parts.appraisal),
        appraisal_basis=_basis(parts.appraisal),
        stories=tuple(
            StoryLines(one.key, one.title, one.text, one.name, one.language, day_words(one.until))
            for one in parts.stories
        ),
    )


def said(one: Any) -> Said:
    """The texts of a value of a package in the reader's language, each that lacks there as it was written."""
    words: Mapping[str, Any] = one.words
    lang = rules.shown_language(words, wanted=(get_language() or "nb")[:2], original=one.language)
    original = dataclasses.asdict(words[one.language])
    there = {name: text for name, text in dataclasses.asdict(words[lang]).items() if text.strip()}
    return Said(type(words[lang])(**(original | there)), lang)


def date_words(moment: datetime) -> str:
    return date_format(localtime(moment).date(), "DATE_FORMAT")


def day_words(day: str) -> str:
    return date_format(date.fromisoformat(day), "DATE_FORMAT")


def number_words(value: str) -> str:
    """A decimal of a package as people write it, with the decimals that it has."""
    number = Decimal(value)
    exponent = number.normalize().as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return numbers().write(float(number), decimals)


def _arrows(chain: ChainTold) -> tuple[tuple[Said, Said, Said], ...]:
    links = {one.key: said(one) for one in chain.links}
    return tuple((links[one.source], links[one.target], said(one)) for one in chain.arrows)


def _benefit(one: BenefitTold) -> BenefitLines:
    texts = said(one)
    rows = [(_("Baseline"), one.baseline)] if one.baseline else []
    rows += [(_("Target"), target) for target in one.targets]
    rows += [(_("Measured"), value) for value in one.measured]
    return BenefitLines(
        said=texts,
        kind=str(KINDS[one.kind]),
        is_harm=one.is_harm,
        values=tuple((heading, day_words(value.on), _amount(value, texts.words.unit)) for heading, value in rows),
        cause=next((value.cause for value in reversed(one.measured) if value.cause), ""),
        ended_reason=one.ended_reason,
    )


def _amount(value: ValueOn, unit: str) -> str:
    return f"{number_words(value.value)} {unit}"


def _appraisal(found: AppraisalTold | None) -> tuple[tuple[str, str], ...]:
    """The results whose meaning this version knows."""
    if found is None:
        return ()
    return tuple(
        (
            str(labels.FIGURES[one.key]),
            nok(float(one.value)) if one.unit == "NOK" else number_words(one.value),
        )
        for one in found.figures
        if one.key in labels.FIGURES
    )


def _basis(found: AppraisalTold | None) -> str:
    if found is None:
        return ""
    return _("Computed there on %(date)s with the parameters %(edition)s, in kroner of %(year)s.") % {
        "date": day_words(found.computed_on), "edition": found.edition, "year": found.price_year,
    }  # fmt: skip
