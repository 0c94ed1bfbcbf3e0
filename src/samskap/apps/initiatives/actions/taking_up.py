"""An opportunity becomes an initiative, and takes along everybody and everything it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from samskap.apps.initiatives import permissions
from samskap.apps.initiatives.actions.initiatives import create_initiative
from samskap.apps.initiatives.actions.partners import carry_partners
from samskap.apps.initiatives.queries.desk import summary_of
from samskap.kernel.acting import Acting, SystemActor
from samskap.kernel.errors import RuleError
from samskap.web.acting import lock, require

if TYPE_CHECKING:
    from samskap.apps.initiatives.models import Initiative, Opportunity

__all__ = ["create_initiative_from"]


@transaction.atomic
def create_initiative_from(opportunity: Opportunity, *, by: Acting, site: str = "", **fields: Any) -> Initiative:
    """Make an initiative of an opportunity: its texts and challenges, its partners with what they promised, its
    followers. `fields` go before what the opportunity says; owner, next step and its date are among them.
    """
    opportunity = lock(opportunity)
    require(isinstance(by, SystemActor) or permissions.can_start_initiative(by, opportunity.municipality))
    if opportunity.state == "taken_up":
        raise RuleError(
            _("This opportunity has been taken up as an initiative."),
            code="opportunity_taken_up",
            cure=_("Go on with the initiative that it became."),
        )
    fields.setdefault("challenges", list(opportunity.challenges.all()))
    given = _texts(opportunity, fields.get("language", opportunity.language)) | fields
    given["translations"] = _together(_translations(opportunity, given["language"]), fields.get("translations", {}))
    made = create_initiative(opportunity.municipality, by=by, site=site, opportunity=opportunity, **given)
    carry_partners(opportunity, made, by=by)
    return made


def _said(opportunity: Opportunity) -> dict[str, dict[str, str]]:
    """What an initiative takes over, by language: the title, the text as the problem, its beginning as the summary."""
    own = {"title": opportunity.title, "text": opportunity.text}
    said = {opportunity.language: own, **opportunity.translations}
    return {
        code: {
            name: text
            for name, text in (
                ("title", texts.get("title", "")),
                ("problem", texts.get("text", "")),
                ("summary", summary_of(texts.get("text", ""))),
            )
            if text
        }
        for code, texts in said.items()
    }


def _texts(opportunity: Opportunity, language: str) -> dict[str, Any]:
    """The texts in the original language of the initiative; where the opportunity has none there, its own."""
    said = _said(opportunity)
    return {"language": language, **said[opportunity.language], **said.get(language, {})}


def _translations(opportunity: Opportunity, original: str) -> dict[str, dict[str, str]]:
    return {code: texts for code, texts in _said(opportunity).items() if code != original and texts}


def _together(carried: dict[str, Any], typed: dict[str, Any]) -> dict[str, Any]:
    return {code: {**carried.get(code, {}), **typed.get(code, {})} for code in sorted({*carried, *typed})}
