"""Who pays and who gains: an actor, and a sector."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from samskap.engines.appraisal.effects import SECTORS
from samskap.engines.appraisal.flows import Case
from samskap.engines.appraisal.result import ActorLine, SectorLine

__all__ = ["actor_lines", "sector_lines"]


def actor_lines(case: Case) -> tuple[ActorLine, ...]:
    """A line for each actor in the order of the sectors and of the list, also those with nothing but unpriced
    effects."""
    known = dict.fromkeys(
        (effect.who, effect.sector) for effect in (*(flow.effect for flow in case.counted), *case.unpriced)
    )
    lines = []
    for who, sector in sorted(known, key=lambda actor: SECTORS.index(actor[1])):
        flows = [flow for flow in case.counted if (flow.effect.who, flow.effect.sector) == (who, sector)]
        beside = [effect for effect in case.unpriced if (effect.who, effect.sector) == (who, sector)]
        gains = fsum(flow.present_value for flow in flows if flow.effect.sign > 0)
        pays = fsum(flow.present_value for flow in flows if flow.effect.sign < 0)
        lines.append(
            ActorLine(
                who=who,
                sector=sector,
                gains=gains,
                pays=pays,
                in_kind=fsum(flow.present_value for flow in flows if flow.effect.in_kind),
                public=fsum(flow.public for flow in flows),
                net=gains + pays,
                better=tuple(effect.key for effect in beside if effect.sign > 0),
                worse=tuple(effect.key for effect in beside if effect.sign < 0),
            )
        )
    return tuple(lines)


def sector_lines(actors: Sequence[ActorLine]) -> tuple[SectorLine, ...]:
    """The lines of actors added up, sector by sector."""
    lines = []
    for sector in SECTORS:
        own = [actor for actor in actors if actor.sector == sector]
        sums = (fsum(getattr(actor, name) for actor in own) for name in ("gains", "pays", "in_kind", "public", "net"))
        if own:
            lines.append(SectorLine(sector, *sums))
    return tuple(lines)
