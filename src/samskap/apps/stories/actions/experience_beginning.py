"""An initiative of one's own that begins from what another municipality learned."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from samskap.apps.benefits.actions.benefits import create_benefit
from samskap.apps.benefits.actions.chains import add_arrow, add_link, place_benefit
from samskap.apps.initiatives import actions as initiatives
from samskap.apps.stories import permissions
from samskap.apps.trail import actions as trail
from samskap.formats.experience_package import parts_in
from samskap.kernel.acting import Acting, SystemActor
from samskap.kernel.errors import RuleError
from samskap.web.acting import lock, require

if TYPE_CHECKING:
    from samskap.apps.actors.models import Organisation
    from samskap.apps.initiatives.models import Initiative
    from samskap.apps.stories.models import Experience
    from samskap.formats.experience_values import Parts

__all__ = ["begin_from_experience"]

# Of the texts, what answers the six questions; what was learned there was learned there.
_QUESTIONS = (
    "summary", "problem", "measures", "principles", "effects", "recommendation", "conditions", "zero_alternative",
)  # fmt: skip


@transaction.atomic
def begin_from_experience(
    experience: Experience, *, brings: Collection[str], title: str, effects_from: date | None,
    organisation: Organisation | None, owner_role: str, by: Acting, site: str = "", **fields: Any,
) -> Initiative:  # fmt: skip
    """A draft of one's own, with the chosen things as texts to work on, that names where it began; all or nothing.

    No number comes along: benefits are proposals without a baseline and targets, and what it cost there is not a cost
    here. `fields` are the next step and its date.
    """
    experience = lock(experience)
    require(isinstance(by, SystemActor) or permissions.can_import_experiences(by, experience.municipality))
    if experience.made_id is not None:
        raise RuleError(
            _("An initiative has begun from this experience already."),
            code="experience_used",
            cure=_("Work on that one, or delete its draft first."),
        )
    parts = parts_in(experience.content["parts"])
    made = initiatives.create_initiative(
        experience.municipality, by=by, site=site, **_texts_of(parts, title=title, brings=brings), **fields
    )
    _bring(made, parts, brings=brings, by=by)
    if "benefits" in brings:
        links = _bring_chain(made, parts, by=by) if "chain" in brings else {}
        owner = {"owner_organisation": organisation, "owner_role": owner_role, "effects_from": effects_from}
        _bring_benefits(made, parts, links=links, owner=owner, by=by)
    elif "chain" in brings:
        _bring_chain(made, parts, by=by)
    experience.made, experience.made_from = made, experience.exported_at
    experience.save(update_fields=["made", "made_from"])
    trail.record("stories.begun_from_experience", made, by=by, data={"place": experience.origin_name})
    return made


def _texts_of(parts: Parts, *, title: str, brings: Collection[str]) -> dict[str, Any]:
    first = parts.initiative
    names = _QUESTIONS if "questions" in brings else ()
    own = {name: getattr(first.words[first.language], name) for name in names}
    others = {
        language: {name: getattr(words, name) for name in ("title", *names)}
        for language, words in first.words.items()
        if language != first.language
    }
    if title != first.words[first.language].title:
        others = {language: {**texts, "title": ""} for language, texts in others.items()}
    return {"language": first.language, "title": title, "translations": others, **own}


def _bring(made: Initiative, parts: Parts, *, brings: Collection[str], by: Acting) -> None:
    for one in parts.affected if "affected" in brings else ():
        initiatives.add_part(made, "affected", by=by, **_localised(one))
    for risk in parts.risks if "risks" in brings else ():
        levels = {"likelihood": risk.likelihood, "consequence": risk.consequence}
        initiatives.add_part(made, "risks", by=by, **_localised(risk), **levels)


def _bring_chain(made: Initiative, parts: Parts, *, by: Acting) -> dict[str, Any]:
    """The links by their keys in the package."""
    links = {one.key: add_link(made, by=by, kind=one.kind, **_localised(one)) for one in parts.chain.links}
    for arrow in parts.chain.arrows:
        add_arrow(
            made, source=links[arrow.source], target=links[arrow.target], by=by, **_localised(arrow)
        )  # fmt: skip
    return links


def _bring_benefits(
    made: Initiative, parts: Parts, *, links: Mapping[str, Any], owner: Mapping[str, Any], by: Acting
) -> None:
    for one in parts.benefits:
        benefit = create_benefit(
            made, by=by, **_localised(one), kind=one.kind, is_harm=one.is_harm, certainty="hoped",
            gainer_sector=one.gainer_sector, better=one.better, **owner,
        )  # fmt: skip
        link = links.get(one.link)
        if link is not None and link.kind in ("outcome", "impact"):
            place_benefit(benefit, link=link, by=by)


def _localised(one: Any) -> dict[str, Any]:
    """The fields of a text in more than one language, as a model keeps them."""
    texts = {language: dataclasses.asdict(words) for language, words in one.words.items()}
    return {"language": one.language, **texts.pop(one.language), "translations": texts}
