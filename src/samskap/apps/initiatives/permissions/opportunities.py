"""Who may see and do what with idea rounds, opportunities, and what partners promise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samskap.apps.actors import permissions as actors
from samskap.apps.actors.queries import mandates_of
from samskap.apps.initiatives.permissions.initiatives import can_edit_initiative, can_see_initiative
from samskap.apps.processes import permissions as processes

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality, Organisation
    from samskap.apps.initiatives.models import Idea, IdeaRound, Opportunity, Partner

__all__ = [
    "can_edit_opportunity",
    "can_publish_opportunity",
    "can_run_ideas",
    "can_run_partners",
    "can_see_ideas",
    "can_see_opportunity",
    "can_see_subject",
    "can_speak_as_partner",
    "can_speak_for",
    "can_write_opportunity",
    "is_idea_author",
]

SPEAKING = ("unit_manager", "partner")


def can_see_ideas(viewer: Any, idea_round: IdeaRound) -> bool:
    """An idea round is as public as its process."""
    return processes.can_see_process(viewer, idea_round.process)


def can_run_ideas(person: Any, idea_round: IdeaRound) -> bool:
    """May change its texts and windows, moderate its ideas, and type in ideas from paper."""
    return processes.can_run_process(person, idea_round.process)


def is_idea_author(actor: Any, idea: Idea) -> bool:
    """This ticket wrote the idea."""
    is_ticket = getattr(actor, "acting_as", "").startswith("ticket:")
    return is_ticket and idea.author_id is not None and actor.pk == idea.author_id


def can_write_opportunity(person: Any, municipality: Municipality) -> bool:
    """May write a draft: everybody with a role in the municipality."""
    return actors.has_role(person, municipality, "leader", "facilitator", *SPEAKING)


def can_publish_opportunity(person: Any, opportunity: Opportunity) -> bool:
    """May publish it, set it aside and run it: those in charge."""
    return actors.can_facilitate(person, opportunity.municipality)


def can_edit_opportunity(person: Any, opportunity: Opportunity) -> bool:
    """May change the words: those in charge; while it is a draft also the one who wrote it."""
    if can_publish_opportunity(person, opportunity):
        return True
    is_writer = opportunity.written_by_id is not None and opportunity.written_by_id == getattr(person, "pk", None)
    return is_writer and not opportunity.is_published and can_write_opportunity(person, opportunity.municipality)


def can_see_opportunity(viewer: Any, opportunity: Opportunity) -> bool:
    """A published one is public; a draft is seen by those who may change it."""
    return opportunity.is_published or can_edit_opportunity(viewer, opportunity)


def can_see_subject(viewer: Any, subject: Any) -> bool:
    """May see what is joined or followed: an opportunity, an initiative or a process."""
    kind = subject._meta.model_name
    if kind == "opportunity":
        return can_see_opportunity(viewer, subject)
    return can_see_initiative(viewer, subject) if kind == "initiative" else processes.can_see_process(viewer, subject)


def can_speak_for(person: Any, organisation: Organisation) -> bool:
    """Holds a mandate to speak for this organisation."""
    if not getattr(person, "is_active", False):
        return False
    held = mandates_of(person, organisation.municipality)
    return any(one.organisation_id == organisation.pk and one.role in SPEAKING for one in held)


def can_speak_as_partner(person: Any, partner: Partner) -> bool:
    """May promise, change and withdraw on behalf of this partner: those with a mandate for its organisation."""
    return partner.organisation is not None and can_speak_for(person, partner.organisation)


def can_run_partners(person: Any, subject: Any) -> bool:
    """May confirm promises and say whether they came: those who run the opportunity or the initiative."""
    if subject._meta.model_name == "opportunity":
        return can_publish_opportunity(person, subject)
    return can_edit_initiative(person, subject)
