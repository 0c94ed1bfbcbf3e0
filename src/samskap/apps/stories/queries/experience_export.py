"""An initiative of this municipality as an experience package: what is public of it, and the stories that are lent."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.urls import reverse
from django.utils.translation import gettext as _

from samskap.apps.benefits.queries import benefits_of
from samskap.apps.initiatives.queries import visible_initiative
from samskap.apps.stories import permissions
from samskap.apps.stories.queries.experience_appraisal import appraisal_told
from samskap.apps.stories.queries.experience_told import day_words
from samskap.apps.stories.queries.stories import stories_for
from samskap.formats.experience_checks import LONGEST
from samskap.formats.experience_package import Package
from samskap.formats.experience_values import (
    AffectedTold,
    AffectedWords,
    ArrowTold,
    ArrowWords,
    BenefitTold,
    BenefitWords,
    ChainTold,
    CostTold,
    CostWords,
    InitiativeTold,
    InitiativeWords,
    LinkTold,
    LinkWords,
    Origin,
    Parts,
    RiskTold,
    RiskWords,
    StoryTold,
    ValueOn,
)
from samskap.kernel.errors import NotFound

if TYPE_CHECKING:
    from samskap.apps.benefits.queries import BenefitRead
    from samskap.apps.initiatives.models import Initiative
    from samskap.apps.stories.queries.stories import StoryRead
    from samskap.web.localised import LocalisedModel

__all__ = ["check_document", "exportable_initiative", "lent_stories", "lent_story_lines", "package_of"]

Words = TypeVar("Words")


def exportable_initiative(pk: int, *, viewer: Any) -> Initiative:
    """A published initiative, for those who may fetch its package; `NotFound` for everybody else."""
    found = visible_initiative(pk, viewer=viewer)
    if not permissions.can_export_experience(viewer, found):
        raise NotFound(_("There is no such package here."))
    return found


def package_of(initiative: Initiative, *, site: str, now: datetime) -> Package:
    """The package as it is now. `site` is the public address of this server, without a slash at its end."""
    town = initiative.municipality
    return Package(
        key=f"{town.number}-{initiative.pk}",
        origin=Origin(
            number=town.number,
            name=town.name[: LONGEST["name"]],
            address=site + reverse("initiatives:initiative", args=[initiative.pk]),
            check=site + reverse("stories:experience_of", args=[initiative.pk]),
        ),
        exported_at=now.astimezone(UTC).replace(microsecond=0).strftime("%Y-%m-%dT%H:%M:%SZ"),
        parts=Parts(
            initiative=_initiative(initiative),
            costs=tuple(
                CostTold(*_texts(one, CostWords), one.year, one.amount_nok, one.payer.name if one.payer else "")
                for one in initiative.cost_lines.select_related("payer")
            ),
            risks=tuple(
                RiskTold(*_texts(one, RiskWords), one.likelihood, one.consequence) for one in initiative.risks.all()
            ),
            affected=tuple(AffectedTold(*_texts(one, AffectedWords)) for one in initiative.affected.all()),
            chain=_chain(initiative),
            benefits=_benefits(initiative),
            appraisal=appraisal_told(initiative),
            stories=lent_stories(initiative),
        ),
    )


def check_document(initiative: Initiative) -> dict[str, Any]:
    """Which stories of an initiative may be used in other municipalities today, and until when. No words of them."""
    return {
        "format": "samskap-experience-check",
        "version": 1,
        "key": f"{initiative.municipality.number}-{initiative.pk}",
        "stories": [{"key": one.key, "until": one.until} for one in lent_stories(initiative)],
    }


def lent_stories(initiative: Initiative) -> tuple[StoryTold, ...]:
    """The stories that are lent to other municipalities, in words: pictures and sound stay here."""
    found = sorted(stories_for(initiative, channel="package", purpose="learn"), key=lambda one: one.pk)
    return tuple(_story(one) for one in found if one.words)


def lent_story_lines(initiative: Initiative) -> list[tuple[str, str]]:
    """The number of each of these stories, and its last day in words."""
    return [(one.key, day_words(one.until)) for one in lent_stories(initiative)]


def _story(one: StoryRead) -> StoryTold:
    return StoryTold(str(one.pk), one.language, one.title, one.words, one.shown_name, one.until.isoformat())


def _texts(thing: LocalisedModel, kind: type[Words]) -> tuple[str, Mapping[str, Words]]:
    """The original language, and the texts in each language that has some of them."""
    names = [field.name for field in dataclasses.fields(kind)]  # type: ignore[arg-type]
    by_language = {thing.language: {name: getattr(thing, name) for name in names}}
    for language, texts in thing.translations.items():
        if any(texts.get(name) for name in names):
            by_language[language] = {name: texts.get(name, "") for name in names}
    return thing.language, {
        language: kind(**{name: _clean(text) for name, text in texts.items()})
        for language, texts in by_language.items()
    }


def _clean(text: str) -> str:
    """Line breaks as the form has them, whatever the browser sent."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _initiative(initiative: Initiative) -> InitiativeTold:
    starts = initiative.starts_on
    return InitiativeTold(
        *_texts(initiative, InitiativeWords),
        stage=cast("Any", initiative.stage),
        starts_on=starts.isoformat() if starts else None,
        is_illustrative=initiative.municipality.is_illustrative,
    )


def _chain(initiative: Initiative) -> ChainTold:
    links = list(initiative.chain_links.prefetch_related("arrows_out"))
    arrows = [arrow for link in links for arrow in link.arrows_out.all()]
    return ChainTold(
        links=tuple(LinkTold(str(one.pk), cast("Any", one.kind), *_texts(one, LinkWords)) for one in links),
        arrows=tuple(
            ArrowTold(str(one.source_id), str(one.target_id), *_texts(one, ArrowWords))
            for one in sorted(arrows, key=lambda one: one.pk)
        ),
    )


def _benefits(initiative: Initiative) -> tuple[BenefitTold, ...]:
    """The benefits with what counts of their measurements: approved or locked, and not corrected since."""
    words = {one.pk: one for one in initiative.benefits.all()}
    return tuple(_benefit(words[read.pk], read) for read in benefits_of(initiative, None))


def _benefit(one: Any, read: BenefitRead) -> BenefitTold:
    return BenefitTold(
        key=str(one.pk),
        link=str(one.link_id or ""),
        language=one.language,
        words=_texts(one, BenefitWords)[1],
        kind=one.kind,
        is_harm=one.is_harm,
        is_planned=one.is_planned,
        certainty=one.certainty,
        gainer_sector=one.gainer_sector,
        better=one.better,
        ended_reason=one.ended_reason,
        baseline=_value(read.baseline.on, read.baseline, source=read.baseline.source) if read.baseline else None,
        targets=tuple(_value(each.due_on, each) for each in read.targets),
        measured=tuple(_value(each.on, each, source=each.number.source, cause=each.cause) for each in read.counting),
    )


def _value(on: date, thing: Any, *, source: str = "", cause: str = "") -> ValueOn:
    value = f"{thing.value:f}"
    plain = value.rstrip("0").rstrip(".") if "." in value else value
    return ValueOn(on.isoformat(), plain, source[: LONGEST["source"]], cause)
