"""Everything that changes the effect chain of an initiative: its links, its arrows, and what hangs on outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from samskap.apps.benefits.labels.chains import way_words
from samskap.apps.benefits.models import Benefit, ChainArrow, ChainLink
from samskap.apps.benefits.permissions.chains import can_edit_chain
from samskap.apps.benefits.rules import chains
from samskap.apps.trail import actions as trail
from samskap.kernel.acting import Acting, SystemActor
from samskap.kernel.errors import RuleError
from samskap.web.acting import lock, require

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from samskap.apps.benefits.queries.chain_parts import Proposed
    from samskap.apps.initiatives.models import Initiative

__all__ = [
    "MOST_ARROWS",
    "MOST_LINKS",
    "add_arrow",
    "add_link",
    "begin_chain",
    "change_arrow",
    "change_link",
    "delete_arrow",
    "delete_link",
    "move_link",
    "place_benefit",
    "restore_arrow",
    "restore_link",
]

Part = TypeVar("Part", ChainLink, ChainArrow)

MOST_LINKS = 60
MOST_ARROWS = 200
_LINK_TEXTS = ("language", "translations", "kind", "title", "text", "order")
_ARROW_TEXTS = ("language", "translations", "mechanism", "assumption")


@transaction.atomic
def add_link(initiative: Initiative, *, by: Acting, **fields: Any) -> ChainLink:
    """Put one more link at the end of its kind."""
    initiative = _held(initiative, by=by)
    _check_room(initiative, more=1)
    link = _new_link(initiative, fields)
    _record("link_added", initiative, by=by)
    return link


@transaction.atomic
def change_link(link: ChainLink, *, by: Acting, **fields: Any) -> ChainLink:
    """Change the words or the kind of a link."""
    initiative = _held(link.initiative, by=by)
    link = _still_there(link)
    for name, value in fields.items():
        setattr(link, name, value)
    link.save(update_fields=list(fields))
    if link.kind not in chains.ENDS:
        link.benefits.update(link=None)
    _record("link_changed", initiative, by=by)
    return link


@transaction.atomic
def move_link(link: ChainLink, *, towards: Literal["up", "down"], by: Acting) -> ChainLink:
    """Let a link and its neighbour of the same kind change places; the first goes no further up, the last not down."""
    initiative = _held(link.initiative, by=by)
    link = _still_there(link)
    keys = [one.pk for one in initiative.chain_links.filter(kind=link.kind)]
    place = keys.index(link.pk)
    other = place + (-1 if towards == "up" else 1)
    if 0 <= other < len(keys):
        keys[place], keys[other] = keys[other], keys[place]
        for order, key in enumerate(keys, start=1):
            ChainLink.objects.filter(pk=key).update(order=order)
        _record("link_moved", initiative, by=by)
    return link


@transaction.atomic
def delete_link(link: ChainLink, *, by: Acting) -> dict[str, Any]:
    """Delete a link with its arrows; benefits that hang on it hang loose. What comes back is all that restores it."""
    initiative = _held(link.initiative, by=by)
    link = _still_there(link)
    arrows = ChainArrow.objects.filter(source=link) | ChainArrow.objects.filter(target=link)
    kept = {
        "pk": link.pk,
        "link": {name: getattr(link, name) for name in _LINK_TEXTS},
        "arrows": [_kept_arrow(arrow) for arrow in arrows],
        "benefits": list(link.benefits.values_list("pk", flat=True)),
    }
    link.delete()
    _record("link_deleted", initiative, by=by)
    return kept


@transaction.atomic
def restore_link(initiative: Initiative, kept: Mapping[str, Any], *, by: Acting) -> ChainLink:
    """Put back a deleted link where it stood, with those arrows and benefits that still have something to hang on."""
    initiative = _held(initiative, by=by)
    _check_room(initiative, more=1)
    link = ChainLink.objects.create(initiative=initiative, **kept["link"])
    there = set(initiative.chain_links.values_list("pk", flat=True))
    for arrow in kept["arrows"]:
        ends = {end: link.pk if arrow[end] == kept["pk"] else arrow[end] for end in ("source", "target")}
        if set(ends.values()) <= there and not _loop(initiative, ends["source"], ends["target"]):
            _create_arrow(arrow, ends)
    initiative.benefits.filter(pk__in=kept["benefits"], link=None).update(link=link)
    _record("link_restored", initiative, by=by)
    return link


@transaction.atomic
def add_arrow(initiative: Initiative, *, source: ChainLink, target: ChainLink, by: Acting, **texts: Any) -> ChainArrow:
    """Say that one link leads to another. An arrow that would close a loop is refused, and the loop named."""
    initiative = _held(initiative, by=by)
    if ChainArrow.objects.filter(source__initiative=initiative).count() >= MOST_ARROWS:
        raise RuleError(
            _("An effect chain has at most %(number)s arrows.") % {"number": MOST_ARROWS},
            code="too_many_arrows",
            cure=_("Put some links together."),
        )
    _check_ends(initiative, source, target)
    arrow = ChainArrow.objects.create(source=source, target=target, **texts)
    _record("arrow_added", initiative, by=by)
    return arrow


@transaction.atomic
def change_arrow(arrow: ChainArrow, *, source: ChainLink, target: ChainLink, by: Acting, **texts: Any) -> ChainArrow:
    """Change the words of an arrow, or where it begins and ends."""
    initiative = _held(arrow.source.initiative, by=by)
    arrow = _still_there(arrow)
    _check_ends(initiative, source, target, but=arrow)
    fields = {"source": source, "target": target, **texts}
    for name, value in fields.items():
        setattr(arrow, name, value)
    arrow.save(update_fields=list(fields))
    _record("arrow_changed", initiative, by=by)
    return arrow


@transaction.atomic
def delete_arrow(arrow: ChainArrow, *, by: Acting) -> dict[str, Any]:
    """Delete an arrow. What comes back is all that restores it."""
    initiative = _held(arrow.source.initiative, by=by)
    arrow = _still_there(arrow)
    kept = _kept_arrow(arrow)
    arrow.delete()
    _record("arrow_deleted", initiative, by=by)
    return kept


@transaction.atomic
def restore_arrow(initiative: Initiative, kept: Mapping[str, Any], *, by: Acting) -> ChainArrow:
    """Put back a deleted arrow, if both its links are there and it still closes no loop."""
    initiative = _held(initiative, by=by)
    ends = {one.pk: one for one in initiative.chain_links.filter(pk__in=[kept["source"], kept["target"]])}
    if len(ends) < 2:
        raise RuleError(_("One of the links of this arrow is no longer there."), code="link_gone")
    source, target = ends[kept["source"]], ends[kept["target"]]
    return add_arrow(initiative, source=source, target=target, by=by, **{name: kept[name] for name in _ARROW_TEXTS})


@transaction.atomic
def place_benefit(benefit: Benefit, *, link: ChainLink | None, by: Acting) -> Benefit:
    """Hang a benefit on the outcome or impact that it measures, or with None on nothing."""
    initiative = _held(benefit.initiative, by=by)
    if link is not None and (link.initiative_id != initiative.pk or link.kind not in chains.ENDS):
        raise RuleError(
            _("A benefit hangs on an outcome, or on an impact on society, of its own initiative."), code="link_foreign"
        )
    benefit.link = _still_there(link) if link else None
    benefit.save(update_fields=["link"])
    _record("benefit_placed", initiative, by=by)
    return benefit


@transaction.atomic
def begin_chain(initiative: Initiative, chosen: Sequence[Proposed], *, by: Acting) -> list[ChainLink]:
    """Make links of what the initiative has already; a benefit hangs on the outcome that is made of it."""
    initiative = _held(initiative, by=by)
    _check_room(initiative, more=len(chosen))
    made = []
    for one in chosen:
        link = _new_link(initiative, {"kind": one.kind, **one.texts})
        if one.benefit is not None:
            initiative.benefits.filter(pk=one.benefit, link=None).update(link=link)
        made.append(link)
    if made:
        _record("chain_begun", initiative, by=by)
    return made


def _held(initiative: Initiative, *, by: Acting) -> Initiative:
    initiative = lock(initiative)
    require(isinstance(by, SystemActor) or can_edit_chain(by, initiative))
    return initiative


def _still_there(part: Part) -> Part:
    """The link or the arrow, read again now that nobody else changes the chain."""
    found = type(part)._default_manager.filter(pk=part.pk).first()
    if found is None:
        raise RuleError(
            _("Somebody has deleted this in the meantime."),
            code="chain_part_gone",
            cure=_("Go back to the effect chain."),
        )
    return found


def _check_room(initiative: Initiative, *, more: int) -> None:
    if initiative.chain_links.count() + more > MOST_LINKS:
        raise RuleError(
            _("An effect chain has at most %(number)s links.") % {"number": MOST_LINKS},
            code="too_many_links",
            cure=_("A chain that can be read has one to five of each kind. Put some of them together."),
        )


def _new_link(initiative: Initiative, fields: Mapping[str, Any]) -> ChainLink:
    last = initiative.chain_links.filter(kind=fields["kind"]).order_by("-order").values_list("order", flat=True).first()
    return ChainLink.objects.create(initiative=initiative, order=(last or 0) + 1, **fields)


def _check_ends(initiative: Initiative, source: ChainLink, target: ChainLink, *, but: ChainArrow | None = None) -> None:
    """Stop unless both links are of this initiative, differ, have no arrow yet, and close no loop."""
    if {source.initiative_id, target.initiative_id} != {initiative.pk}:
        raise RuleError(_("That link belongs to another initiative."), code="link_foreign")
    if source.pk == target.pk:
        raise RuleError(_("An arrow leads from one link to another."), code="arrow_to_itself")
    _still_there(source)
    _still_there(target)
    others = _arrows_but(initiative, but)
    if others.filter(source=source, target=target).exists():
        raise RuleError(
            _("There is an arrow from “%(source)s” to “%(target)s” already.")
            % {"source": source.said.title, "target": target.said.title},
            code="arrow_there",
        )
    if loop := _loop(initiative, source.pk, target.pk, but=but):
        raise RuleError(
            _("This arrow would close a circle: %(way)s.") % {"way": way_words(_titles(initiative, loop))},
            code="chain_loop",
            cure=_("Delete one of these arrows first, or write what happens the second time as a link of its own."),
        )


def _loop(initiative: Initiative, source: int, target: int, *, but: ChainArrow | None = None) -> tuple[int, ...]:
    """The links of the circle that an arrow would close, first and last the same; empty where it closes none."""
    way = chains.path(_arrows_but(initiative, but).values_list("source", "target"), target, source)
    return (source, *way) if way else ()


def _arrows_but(initiative: Initiative, but: ChainArrow | None) -> QuerySet[ChainArrow]:
    arrows = ChainArrow.objects.filter(source__initiative=initiative)
    return arrows.exclude(pk=but.pk) if but else arrows


def _titles(initiative: Initiative, keys: Iterable[int]) -> list[str]:
    titles = {one.pk: one.said.title for one in initiative.chain_links.all()}
    return [titles[key] for key in keys]


def _kept_arrow(arrow: ChainArrow) -> dict[str, Any]:
    texts = {name: getattr(arrow, name) for name in _ARROW_TEXTS}
    return {"source": arrow.source_id, "target": arrow.target_id, **texts}


def _create_arrow(kept: Mapping[str, Any], ends: Mapping[str, int]) -> None:
    texts = {name: kept[name] for name in _ARROW_TEXTS}
    ChainArrow.objects.create(source_id=ends["source"], target_id=ends["target"], **texts)


def _record(what: str, initiative: Initiative, *, by: Acting) -> None:
    trail.record(f"benefits.{what}", initiative, by=by, public=initiative.is_published)
