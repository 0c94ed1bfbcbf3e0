"""What the pages of an effect chain show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from samskap.apps.actors.queries import frame
from samskap.apps.benefits.labels import LINKS
from samskap.apps.benefits.labels.chains import LINK_MEANINGS
from samskap.apps.benefits.permissions.chains import can_edit_chain
from samskap.apps.benefits.queries.chain_parts import chain_proposals, outcome_choices
from samskap.apps.benefits.queries.chains import ChainRead, chain_drawing, chain_of, editable_chain, visible_chain
from samskap.apps.initiatives.permissions import can_decide_gate

if TYPE_CHECKING:
    from samskap.apps.initiatives.models import Initiative

__all__ = ["chain_desk", "public_chain", "work_chain"]


def chain_desk(initiative: Initiative, *, viewer: Any) -> dict[str, Any]:
    """What every page shows that is about changing a chain."""
    in_charge = can_decide_gate(viewer, initiative)
    return {
        **frame(initiative.municipality),
        "initiative": initiative,
        "said": initiative.said,
        "may_decide": in_charge,
        "base": "actors/base_work.html" if in_charge else "web/base.html",
    }


def public_chain(pk: int, *, viewer: Any) -> dict[str, Any]:
    """The chain as everybody sees it."""
    initiative, chain = visible_chain(pk, viewer=viewer)
    return {
        **frame(initiative.municipality),
        "initiative": initiative,
        "said": initiative.said,
        "may_edit": can_edit_chain(viewer, initiative),
        **_told(initiative, chain),
    }


def work_chain(pk: int, *, viewer: Any) -> dict[str, Any]:
    """The desk of a chain: drawn, told, looked through, and the benefits that can hang on its outcomes."""
    initiative = editable_chain(pk, viewer=viewer)
    chain = chain_of(initiative, viewer)
    outcomes = outcome_choices(initiative)
    return {
        **chain_desk(initiative, viewer=viewer),
        **_told(initiative, chain),
        "proposals": len(chain_proposals(initiative)),
        "outcomes": outcomes,
        "benefits": [(one, one.said) for one in initiative.benefits.all()] if outcomes else [],
        "is_work": True,
    }


def _told(initiative: Initiative, chain: ChainRead) -> dict[str, Any]:
    return {
        "chain": chain,
        "drawing": mark_safe(chain_drawing(initiative, chain)),  # noqa: S308 -- formats.charts escapes every word
        "headers": (_("Arrow"), _("From the link"), _("To the link"), _("Mechanism"), _("Assumption")),
        "kinds": [(str(name), str(LINK_MEANINGS[kind])) for kind, name in LINKS.items()],
    }
